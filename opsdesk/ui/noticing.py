"""What the desk has to say by itself: one sentence at a time, and not over what somebody reads."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from datetime import date

import msgspec

from opsdesk.core.damage import read_from_journal
from opsdesk.core.errors import OpsDeskError
from opsdesk.core.journal import Transaction
from opsdesk.desk import Desk
from opsdesk.ui.keyboard import Keyboard
from opsdesk.ui.threads import Ear, Thread

POLL = 0.25  # seconds between two looks for what other desks have committed
READ = 8.0  # seconds in which one sentence is read


class Heard(msgspec.Struct, frozen=True):
    """What a desk answers: what others have committed, which records were found damaged, what day it is."""

    news: Sequence[Transaction]
    damaged: Sequence[str]
    today: date


def asked(desk: Desk) -> Heard:
    return Heard(desk.news(), desk.damaged, desk.today())


class Noticing(Keyboard):
    """Listens to other desks, and sees to the day's backup, each on a thread of its own."""

    def __init__(self) -> None:
        super().__init__()
        self._ear, self._keeper = Ear(), Thread("keeper")
        self._trouble = self._notice = ""
        self._notices: list[str] = []
        self._told: set[str] = set()
        self._day: date | None = None

    def publish(self) -> None:
        """Something was committed: every screen reads again."""

    def begin_noticing(self) -> None:
        """Once there is a first frame: nothing of this delays it."""
        self.set_interval(POLL, self.listen)
        self.set_interval(READ, self._tell_next)
        self._keep(self.hands.problems)
        self._day = self.desk.today()
        self._keep(lambda: (self.hands.daily(),))

    def end_noticing(self) -> None:
        self.hands.abandon()
        self._ear.end()
        self._keeper.end()

    # other desks

    @property
    def busy(self) -> bool:
        """The desk does not answer: what would have to be read now is better asked for later."""
        return self._ear.waiting

    def listen(self) -> None:
        """Asks for what other desks have committed, if the last answer is in."""
        desk = self.desk
        self._ear.ask(lambda: asked(desk), lambda answer: self.call_next(self._hear, desk, answer))

    def _hear(self, desk: Desk, answer: asyncio.Future[Heard]) -> None:
        """Of the desk that was asked, unless another one has been opened since."""
        error = answer.exception()
        if desk is not self.desk:
            return
        if isinstance(error, OpsDeskError):
            self._tell_trouble(str(error))
            return
        heard = answer.result()
        self._tell_trouble("")
        self.notice(read_from_journal(heard.damaged))
        if heard.news:
            self.publish()
        if self._day not in (None, heard.today):
            self._day = heard.today
            self._keep(lambda: (self.hands.daily(),))

    def _tell_trouble(self, trouble: str) -> None:
        """Stands as long as it is so, but not over and over what somebody reads; its end is said too."""
        was, self._trouble = self._trouble, trouble
        if trouble and (trouble != was or (self.front is not None and not self.front.bar.said)):
            self.say(trouble)
        elif was and not trouble:
            self.say("The desk can be read again.", "dim")
            self.publish()

    # what is to be known

    def notice(self, sentence: str) -> None:
        """Said once, as soon as nothing else is being read."""
        if sentence and sentence not in self._told:
            self._told.add(sentence)
            self._notices.append(sentence)
            if self.front is not None and not self.front.bar.said:
                self._tell_next()

    def _tell_next(self) -> None:
        """What somebody has not read for long enough, or what a command has said, stays."""
        front = self.front
        if front is None or not self._notices or front.bar.said not in ("", self._notice):
            return
        self.say(self._notices.pop(0))
        self._notice = front.bar.said

    def _keep(self, call: Callable[[], Sequence[str]]) -> None:
        """Sees to something beside everything else, and says what there is to say of it."""
        self._keeper.start(call).add_done_callback(lambda done: self.call_next(self._kept, done))

    def _kept(self, done: asyncio.Future[Sequence[str]]) -> None:
        if done.cancelled():
            return
        error = done.exception()
        for sentence in (str(error),) if isinstance(error, OpsDeskError) else done.result():
            self.notice(sentence)
