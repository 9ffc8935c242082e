"""What every screen of the desk shares: headline, capture bar, footer, and the way a key becomes a command."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING, ClassVar, TypeVar, cast

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import Screen

from opsdesk.core.actions import Action
from opsdesk.core.errors import OpsDeskError
from opsdesk.desk import Desk
from opsdesk.ui.commands import BY_ID, COMMANDS, Situation, footer, for_screen, why_not
from opsdesk.ui.ink import Ink
from opsdesk.ui.theme import PALETTES, Palette
from opsdesk.ui.typing.modes import action_mode
from opsdesk.ui.typing.offers import anyway, complete, take_offer
from opsdesk.ui.widgets.bars import Footer, Headline, KeyClicked
from opsdesk.ui.widgets.capture_bar import CaptureBar, Mode
from opsdesk.ui.widgets.record_list import RecordList

if TYPE_CHECKING:
    from opsdesk.ui.app import OpsDesk

T = TypeVar("T")
HELD = 0.15  # seconds: a key that comes again this soon is being held down


def bindings(screen: str) -> list[BindingType]:
    """Textual's bindings for one screen, from the command table."""
    able = [*for_screen(screen), *(c for c in COMMANDS if "typing" in c.where)]
    made: list[BindingType] = [
        Binding(",".join(c.keys), f"command('{c.id}')", c.label, show=False, priority=c.typing) for c in able if c.keys
    ]
    return [*made, Binding("escape", "escape", show=False, priority=True)]


class DeskScreen(Screen[bool]):
    """A screen reads values, draws them and sends intents; it keeps no data of its own."""

    NAME: ClassVar[str] = ""

    def __init__(self) -> None:
        super().__init__()
        self._pressed: tuple[str, float] = ("", 0.0)
        self.offer: date | None = None
        self._due = False

    # what a screen fills in

    def body(self) -> ComposeResult:
        """The widgets between headline and capture bar; one of them is the RecordList with id "list"."""
        yield RecordList(id="list")

    def redraw(self) -> None:
        """Reads everything again and draws it."""

    def headline(self) -> tuple[Sequence[Ink], Sequence[Ink]]:
        return (), ()

    def tick(self) -> None:
        """Once a second: what only the clock changes."""
        self.draw_headline()

    # what every screen has

    @property
    def home(self) -> OpsDesk:
        return cast("OpsDesk", self.app)

    @property
    def desk(self) -> Desk:
        return self.home.desk

    @property
    def palette(self) -> Palette:
        return PALETTES[self.app.theme]

    @property
    def bar(self) -> CaptureBar:
        return self.query_one(CaptureBar)

    @property
    def list(self) -> RecordList:
        return self.query_one("#list", RecordList)

    def compose(self) -> ComposeResult:
        yield Headline(id="headline", markup=False)
        yield from self.body()
        yield CaptureBar()
        yield Footer(id="footer", markup=False)

    def on_mount(self) -> None:
        self.home.changed.subscribe(self, lambda _: self.refresh_all())
        self.set_interval(1, self._ticking)
        self.list.focus()
        self._draw_all()  # so that the first frame is not an empty one

    def on_resize(self) -> None:
        self.refresh_soon()

    def on_screen_resume(self) -> None:
        self.refresh_soon()

    def _ticking(self) -> None:
        if self.is_active:
            self.tick()

    def refresh_soon(self) -> None:
        """Once after the next frame, however many ask for it."""
        if not self._due:
            self._due = True
            self.call_after_refresh(self.refresh_all)

    def refresh_all(self) -> None:
        self._due = False
        if self.is_mounted and self is self.home.front:
            self._draw_all()

    def _draw_all(self) -> None:
        try:
            self.redraw()
        except OpsDeskError as error:
            self.say(str(error), "orange")
        self.bar.redraw()
        self.draw_headline()
        self.draw_footer()

    def draw_headline(self) -> None:
        left, right = self.headline()
        self.query_one(Headline).show(left, right, self.palette)

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
            undo=undo,
            redo=redo,
            offer=self.offer.isoformat() if self.offer else "",
        )

    # key → command

    def action_command(self, id: str) -> None:
        command = BY_ID[id]
        if command.verb and self._held(id):
            return
        self.run_command(id)

    def run_command(self, id: str) -> None:
        """Runs a command of the table, or says why it cannot run now."""
        reason = why_not(BY_ID[id], self.situation())
        if reason:
            self.say(f"{BY_ID[id].label}: {reason}", "orange")
            return
        name = id.removesuffix("_typing").replace("-", "_")
        own = getattr(self, f"do_{name}", None) or getattr(self.home, f"do_{name}")
        own()

    def _held(self, id: str) -> bool:
        before, now = self._pressed, time.monotonic()
        self._pressed = (id, now)
        return before[0] == id and now - before[1] < HELD

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

    def stop_typing(self) -> None:
        self.list.focus()
        self.bar.close()
        self.draw_footer()

    def type(self, mode: Mode) -> None:
        self.bar.open(mode)
        self.draw_footer()

    # command → desk → store → changed → redraw

    def say(self, text: str, role: str = "dim") -> None:
        self.bar.say(text, role)

    def intend(
        self,
        call: Callable[[], T],
        said: Callable[[T], str],
        *,
        lost: Callable[[], None] = lambda: None,
        then: Callable[[T], None] = lambda _: None,
    ) -> None:
        """Carries a change out on the writing thread, says what came of it, and lets every screen redraw.

        `lost` is called when it could not be kept, so that what was typed is given back; `then` when it was.
        """
        self.run_worker(self._carry_out(call, said, lost, then), group="writes", exclusive=False)

    async def _carry_out(
        self, call: Callable[[], T], said: Callable[[T], str], lost: Callable[[], None], then: Callable[[T], None]
    ) -> None:
        try:
            found = await self.home.write(call)
        except OpsDeskError as error:
            self.say(str(error), "orange")
            lost()
            return
        self.say(said(found))
        self.home.publish()
        then(found)

    def submit(
        self,
        mode: Callable[[], Mode],
        call: Callable[[], T],
        said: Callable[[T], str],
        text: str,
        then: Callable[[T], None] = lambda _: None,
    ) -> None:
        """An intent that came from the capture bar: if it fails the text stands in the bar again."""
        self.intend(call, said, lost=lambda: self.bar.give_back(mode(), text), then=then)

    # commands every screen has

    def do_action(self) -> None:
        self.type(action_mode(self))

    def capture(self, text: str, *, past_ok: bool) -> Action:
        """A new action; the room makes it one of its meeting."""
        return self.desk.actions.capture(text, past_ok=past_ok)

    def do_complete(self) -> None:
        if self.bar.typing:
            complete(self)
        else:
            self.focus_next()

    def do_take_offer(self) -> None:
        take_offer(self)

    def do_anyway(self) -> None:
        anyway(self)

    def on_capture_bar_finished(self) -> None:
        self.stop_typing()

    # while typing the list does not have the focus, and its own bindings do not hear the arrows

    def key_up(self) -> None:
        if self.bar.typing:
            self.list.action_move(-1)

    def key_down(self) -> None:
        if self.bar.typing:
            self.list.action_move(1)
