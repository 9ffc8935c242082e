"""From a screen to the desk: command → desk → store → changed → redraw, and what came of it is said."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import msgspec

from opsdesk.core.errors import Conflict, OpsDeskError
from opsdesk.core.quickentry import Draft
from opsdesk.ui.drafts import Kept, Place
from opsdesk.ui.screens.home import AtHome
from opsdesk.ui.warned import warned
from opsdesk.ui.widgets.capture_bar import CaptureBar, Mode
from opsdesk.ui.widgets.record_list import RecordList

T = TypeVar("T")


class Sent(msgspec.Struct, frozen=True):
    """What is to be done where an intent could not be carried out, and the line that it came from, if any."""

    lost: Callable[[], None] = lambda: None
    line: Kept | None = None


SLOW = 0.7  # seconds after which a write that is not through is worth a word


def after_saving(trouble: str) -> str:
    """What went wrong once something had been saved."""
    return f"It is saved; {trouble[:1].lower() if trouble[1:2].islower() else trouble[:1]}{trouble[1:]}"


class Intending(AtHome[bool]):
    """A screen with a list and a capture bar that sends intents to the desk."""

    @property
    def bar(self) -> CaptureBar:
        return self.query_one(CaptureBar)

    @property
    def list(self) -> RecordList:
        return self.query_one("#list", RecordList)

    @property
    def place(self) -> Place:
        """Where what is typed here belongs."""
        raise NotImplementedError

    # as last read: a key that is typed waits for no disk

    def person(self, handle: str) -> str:
        """The name; the handle itself where nobody has it."""
        return self.home.glance.names.people.name(handle)

    def customer(self, handle: str) -> str:
        """The name; the handle itself where no customer has it."""
        return self.home.glance.names.customers.name(handle)

    def draft(self, text: str) -> Draft:
        """What the text is understood as."""
        return self.desk.actions.draft(text, self.home.glance.names)

    @property
    def there(self) -> bool:
        """Whether there still is something to draw on: the desk may have been left while something was read."""
        return self.app.is_running and self.is_attached and bool(self.query(CaptureBar))

    def say(self, text: str, role: str = "dim") -> None:
        """Where this screen was left meanwhile, on the one that is in front.

        The same trouble again is not said over the word that something is saved.
        """
        if self.home.front is self:
            if not text or self.bar.said != after_saving(text):
                self.bar.say(text, role)
        else:
            self.home.say(text, role)

    def refused(self, error: OpsDeskError) -> None:
        """What could not be read or done is said; nothing of it leaves the application."""
        self.say(self.home.hands.addressed(str(error)), "orange")

    def intend(
        self,
        call: Callable[[], T],
        said: Callable[[T], str],
        *,
        lost: Callable[[], None] = lambda: None,
        then: Callable[[T], None] = lambda _: None,
        line: Kept | None = None,
    ) -> None:
        """Carries a change out on the writing thread, says what came of it, and lets every screen redraw.

        `lost` is called when it could not be kept, and the `line` that was typed is given back; `then` when it was.
        Where somebody has changed the same meanwhile, who is at the keyboard chooses before it is lost. It goes on
        when this screen is left.
        """
        self.home.run_worker(self._carry_out(call, said, Sent(lost, line), then), group="writes", exclusive=False)

    async def _carry_out(
        self, call: Callable[[], T], said: Callable[[T], str], sent: Sent, then: Callable[[T], None]
    ) -> None:
        patience = self.set_timer(SLOW, lambda: self.say("Still writing: the disk or another desk is busy …"))
        try:
            found = await self.home.write(call)
        except OpsDeskError as error:
            await self._not_kept(error, sent)
            return
        finally:
            patience.stop()
        await self._tell(found, said, then)

    async def _tell(self, found: T, said: Callable[[T], str], then: Callable[[T], None]) -> None:
        """It is saved, whatever cannot be read afterwards: nobody shall do it once more."""
        try:
            words = await self.home.reading(lambda: said(found))
            if self.there:
                self.say(words)
            await self.home.renew()
            if self.there:
                then(found)
        except OpsDeskError as error:
            error.message = after_saving(error.message)
            self.refused(error)
            self.home.changed.publish(None)

    async def _not_kept(self, error: OpsDeskError, sent: Sent) -> None:
        if isinstance(error, Conflict) and error.mine is not None:
            await self.overtaken(error, sent)
        else:
            self.lose(sent, error)

    async def overtaken(self, conflict: Conflict, sent: Sent) -> None:
        """Somebody has changed the same: it is theirs until who is at the keyboard has chosen."""
        self.lose(sent, conflict)

    def lose(self, sent: Sent, error: OpsDeskError) -> None:
        """Says what went wrong and gives the line back: to the bar at once, where no key was pressed since."""
        sent.lost()
        line = sent.line
        back = line is None or self.give_back(line, at_once=line.at == self.home.key_at)
        self.refused(error)
        if line is not None and not back:
            where = "comes back to the bar" if self.is_active else "waits as a draft"
            self.say(f"Not kept: {self.home.drafts.waiting() or line.line.quoted} · it {where} · {error}", "orange")

    def give_back(self, line: Kept, *, at_once: bool) -> bool:
        """Whether it stands in the bar again; else it waits until the bar is empty or left."""
        self.home.drafts.turn(line, "back" if self.there else "left")
        if not self.there:
            return False
        back = self.is_active and self.bar.bring_back(at_once=at_once)
        self.draw_footer()
        return back and self.home.drafts.back(self.bar) is None

    def submit(
        self,
        mode: Callable[[], Mode],
        call: Callable[[], T],
        said: Callable[[T], str],
        text: str,
        then: Callable[[T], None] = lambda _: None,
    ) -> None:
        """An intent that came from the capture bar: if it fails the text stands in the bar again."""
        line = self.bar.sent(mode(), text, self.home.key_at)
        place = self.place

        def through() -> T:
            made = call()
            line.done = True
            return made

        def told(made: T) -> str:
            return warned(said(made), place.warning(text) or place.warning(str(getattr(made, "customer", ""))))

        self.intend(through, told, then=then, line=line)

    def draw_footer(self) -> None:
        """The keys that matter now."""
