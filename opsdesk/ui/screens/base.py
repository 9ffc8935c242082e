"""What every screen of the desk shares: headline, capture bar, footer, and the way a key becomes a command."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.timer import Timer

from opsdesk.core.actions import Action
from opsdesk.core.register import Look
from opsdesk.desk.actions import Actions
from opsdesk.ui.commands import BUSY, BY_ID, COMMANDS, Situation, called, footer, for_screen, why_not
from opsdesk.ui.drafts import Place
from opsdesk.ui.ink import Ink
from opsdesk.ui.repeats import QUICK, Repeats
from opsdesk.ui.screens.choosing import Choosing
from opsdesk.ui.typing.modes import action_mode
from opsdesk.ui.typing.offers import anyway, complete, take_offer
from opsdesk.ui.widgets.banner import Banner
from opsdesk.ui.widgets.bars import Footer, Headline, KeyClicked
from opsdesk.ui.widgets.capture_bar import CaptureBar, Mode
from opsdesk.ui.widgets.record_list import RecordList

OVER = (Ink("call over · ", "orange"), Ink("1", "bright!"), Ink(" leaves it   ", "orange"))
"""What stands on every screen that is still shown as the customer may see it."""


def bindings(screen: str) -> list[BindingType]:
    """Textual's bindings for one screen, from the command table."""
    able = [*for_screen(screen), *(c for c in COMMANDS if "typing" in c.where)]
    made: list[BindingType] = [
        Binding(",".join(c.keys), f"command('{c.id}')", c.label, show=False, priority=c.typing) for c in able if c.keys
    ]
    return [*made, Binding("escape", "escape", show=False, priority=True)]


class DeskScreen(Choosing):
    """A screen reads values, draws them and sends intents; it keeps no data of its own."""

    NAME: ClassVar[str] = ""

    def __init__(self) -> None:
        super().__init__()
        self._repeats = Repeats()
        self.waiting: Timer | None = None
        self.offer: date | None = None

    # what a screen fills in

    def body(self) -> ComposeResult:
        """The widgets between headline and capture bar; one of them is the RecordList with id "list"."""
        yield RecordList(id="list")

    @property
    def place(self) -> Place:
        """Where what is typed here belongs: drafts of a meeting are gone on with in that meeting."""
        return Place(
            self.home.drafts,
            getattr(self, "meeting_id", ""),
            self.home.quiet,
            lambda: self.home.glance.before.audience == "team",
            lambda text: self.home.glance.tells(text),
        )

    def headline(self) -> tuple[Sequence[Ink], Sequence[Ink]]:
        return (), ()

    def tick(self) -> None:
        """Once a second: what only the clock changes."""
        self.draw_headline()

    # what every screen has

    def compose(self) -> ComposeResult:
        yield Headline(id="headline", markup=False)
        yield Banner(id="banner", markup=False)
        yield from self.body()
        yield CaptureBar(self.stop_typing, self.place)
        yield Footer(id="footer", markup=False)

    def on_mount(self) -> None:
        self.home.changed.subscribe(self, lambda _: self.refresh_all())
        self.set_interval(1, self._ticking)
        self.set_focus(self.list)
        if self.heed(lambda: self.read()()):  # at once, so that the first frame is not an empty one
            self.draw_all()

    def on_resize(self) -> None:
        self.call_after_refresh(self.draw_again)

    def on_screen_resume(self) -> None:
        self.refresh_soon()
        self.call_after_refresh(self.ask)

    def _ticking(self) -> None:
        if self.is_active or self.home.seen_through(self):
            self.heed(self.tick)
        if self.is_active:
            self.ask()
            self.bring_back()

    def draw_headline(self) -> None:
        left, right = self.headline()
        left = [*OVER, *left] if self.home.glance.over else left
        self.query_one(Headline).show(left, right, self.palette)
        self.query_one(Banner).show(self.home.glance.alarm, Look(self.desk.now(), self.desk.settings), self.palette)

    def on_record_list_moved(self) -> None:
        self.draw_footer()

    def draw_footer(self) -> None:
        """The keys, and in full the line they would act on."""
        self.bar.rest(self.list.whole)
        self.query_one(Footer).show(footer(self.situation()), self.palette)

    def situation(self) -> Situation:
        """What commands need to know; screens add their own part."""
        undo, redo = self.home.undo_words
        return Situation(
            screen=self.NAME,
            typing=self.bar.typing,
            line=self.list.key,
            running=bool(self.home.running),
            busy=self.home.busy,
            undo=undo,
            redo=redo,
            offer=self.offer.isoformat() if self.offer else "",
            outage=self.home.glance.alarm.incident.id if self.home.glance.alarm else "",
            team=self.home.glance.before.audience == "team",
        )

    # key → command

    def action_command(self, id: str) -> None:
        """A key was pressed. A verb that comes soon again waits a moment: a held key would bring it a third time."""
        self._stop_waiting()
        if not BY_ID[id].verb:
            self.run_command(id)
            return
        match self._repeats.press(id, self.home.key_at):
            case "pressed":
                self.run_command(id)
            case "perhaps":
                self.waiting = self.set_timer(QUICK, lambda: self._waited(id))

    def _waited(self, id: str) -> None:
        self.waiting = None
        self.run_command(id)

    def _stop_waiting(self) -> None:
        if self.waiting is not None:
            self.waiting.stop()
            self.waiting = None

    def run_command(self, id: str) -> None:
        """Runs a command of the table, or says why it cannot run now."""
        command, now = called(id), self.situation()
        if command is None:
            return
        reason = why_not(command, now)
        if reason:
            self.say(f"{now.said(command)}: {reason}", "orange")
            return
        if not command.typing:
            self.hush()
        name, _, argument = id.removesuffix("_typing").replace("-", "_").partition("/")
        own = getattr(self, f"do_{name}", None) or getattr(self.home, f"do_{name}")
        self.heed(partial(own, argument) if argument else own)

    def answers(self) -> bool:
        """Whether the desk can be asked now; if it does not answer, nobody is left waiting for it."""
        if self.home.busy:
            self.say(BUSY, "orange")
        return not self.home.busy

    def hush(self) -> None:
        """What was said before has nothing to do with the command that runs now."""
        self.say("")
        self.bar.rest(self.list.whole)

    def on_key_clicked(self, event: KeyClicked) -> None:
        match event.command:
            case "stop_typing":
                self.action_escape()
            case "submit":
                self.bar.submit()
            case command:
                self.run_command(command)

    def action_escape(self) -> None:
        if self.bar.typing:
            self.stop_typing()
        self.hush()
        self.ask(at_once=True)

    def bring_back(self) -> None:
        """What was given back stands in the bar again, as soon as nobody is in the middle of something."""
        if self.bar.bring_back():
            self.draw_footer()

    def stop_typing(self) -> None:
        self.set_focus(self.list)
        self.bar.close()
        self.draw_footer()

    def type(self, mode: Mode) -> None:
        if self.home.glance.tells(mode.text):
            self.say("its words are not to be shown to those who are in this meeting", "orange")
            return
        self.bar.open(mode)
        self.draw_footer()

    # commands every screen has

    def do_action(self) -> None:
        self.type(action_mode(self))

    def capture(self, text: str, *, past_ok: bool) -> Action:
        """A new action; the room makes it one of its meeting."""
        return self.desk.actions.capture(text, past_ok=past_ok)

    @property
    def moves(self) -> Actions:
        """The verbs of actions; the room makes each a step of its meeting."""
        return self.desk.actions

    def do_complete(self) -> None:
        if self.bar.typing:
            complete(self)
        else:
            self.focus_next()

    def do_take_offer(self) -> None:
        take_offer(self)

    def do_anyway(self) -> None:
        anyway(self)

    # while typing the list does not have the focus, and its own bindings do not hear the arrows

    def key_up(self) -> None:
        if self.bar.typing and not self.bar.recall():
            self.list.action_move(-1)

    def key_down(self) -> None:
        if self.bar.typing:
            self.list.action_move(1)
