"""Minutes on the screen, as they print; older and newer ones one key away, on a wide screen listed beside them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from msgspec.structs import replace
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal

from opsdesk.core.audience import Before
from opsdesk.core.errors import NotFound, OpsDeskError
from opsdesk.core.minutes import MinutesRecord
from opsdesk.insight.withheld import nothing, printed, tells_of
from opsdesk.minutes import FORMATS
from opsdesk.ui.commands import Situation
from opsdesk.ui.ink import Ink
from opsdesk.ui.minutes.page import page_rows
from opsdesk.ui.minutes.side import Side, side_rows
from opsdesk.ui.screens.base import DeskScreen, bindings
from opsdesk.ui.today.starting import busy
from opsdesk.ui.widgets.columns import Column, Row
from opsdesk.ui.widgets.record_list import RecordList

WIDE, LOW = 110, 18  # cells and lines: with fewer lines there is only the page
NONE_YET = "No meeting has been closed yet. 1 goes to Today; m there starts one."
NONE_HERE = "None that those in the room may read."


class MinutesPage(DeskScreen):
    """`meeting`: whose minutes; empty shows the newest there are.

    While a customer is in the room only the minutes of the calls with them, before the whole company none of a team;
    and so for as long as the page is open after the meeting it was opened for: they may still be looking.
    """

    CSS_PATH = "minutes.tcss"
    NAME = "minutes"
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings("minutes"),
        Binding("pagedown,space", "page(1)", show=False),
        Binding("pageup", "page(-1)", show=False),
    ]

    def __init__(self, meeting: str = "") -> None:
        super().__init__()
        self._meeting = meeting
        self._book: Sequence[MinutesRecord] = ()
        self._before = Before()
        self._opened: Before | None = None
        self._at = -1
        self._shown = ""
        self._title = ""
        self._gone: list[str] = []

    def body(self) -> ComposeResult:
        with Horizontal(id="minutes"):
            yield Side(id="side")
            yield RecordList(columns=(Column(flex=True),), id="list")

    @property
    def side(self) -> Side:
        return self.query_one("#side", Side)

    def on_resize(self) -> None:
        low = self.size.height < LOW
        wide = self.size.width >= WIDE and not low
        self.set_class(low, "-low")
        self.set_class(wide, "-wide")
        if not self.bar.typing:
            self.set_focus(self.side if wide else self.list)
        super().on_resize()

    def stop_typing(self) -> None:
        super().stop_typing()
        if self.has_class("-wide"):
            self.set_focus(self.side)

    def read(self) -> Callable[[], None]:
        room, book = self.home.room(), self.desk.minutes.all()
        opened = self._opened or self._held_before(book)
        tells = tells_of(self.desk.read, room if room.audience == "customer" else opened)
        if tells is not nothing:
            book = tuple(replace(each, minutes=printed(each.minutes, tells)) for each in book)
        return lambda: self._take(room, book)

    def _take(self, room: Before, book: Sequence[MinutesRecord]) -> None:
        self._before = room
        self._opened = self._opened or self._held_before(book)
        self._book = [each for each in book if self._may_read(each)]
        self._gone = self._lost(book)
        self._at = len(self._book) if self._gone else self._place()

    def redraw(self) -> None:
        record = self.record
        if record is None:
            words = self._gone or [NONE_YET if self._among_us else NONE_HERE]
            if not self._gone:
                self._meeting = self._shown = ""
            self.side.show(side_rows(self._book, self.desk.today(), self.side.size.width))
            self.list.show([Row(across=(Ink(f"  {line}", "dim"),)) for line in words])
        else:
            self._draw(record)

    def _lost(self, book: Sequence[MinutesRecord]) -> list[str]:
        """That the minutes on the screen are not there any more, for as long as nobody has turned to others."""
        if not self._shown or any(each.meeting == self._meeting for each in book):
            return []
        words = [f"{self._title} has no minutes any more:", "its closing was undone."]
        return [*words, "← shows others."] if book else words

    def _held_before(self, book: Sequence[MinutesRecord]) -> Before:
        """Who looks when the page opens: those the meeting was held with, or is being held with."""
        asked = [each for each in book if each.meeting == self._meeting]
        return Before(audience=asked[-1].minutes.audience, customer=asked[-1].customer) if asked else self._before

    def _may_read(self, record: MinutesRecord) -> bool:
        lookers = (self._before, self._opened or self._before)
        return all(each.may_read(record.minutes.audience, record.customer) for each in lookers)

    @property
    def _among_us(self) -> bool:
        return self._before.audience == "team" and (self._opened is None or self._opened.audience == "team")

    def _place(self) -> int:
        """Of the minutes on the screen, else of the last version of those asked for, else of the newest."""
        same = [i for i, each in enumerate(self._book) if each.id == self._shown and each.meeting == self._meeting]
        asked = [i for i, each in enumerate(self._book) if each.meeting == self._meeting]
        return (same or asked or [len(self._book) - 1])[-1]

    def _draw(self, record: MinutesRecord) -> None:
        self._meeting = record.meeting
        self._title = f"{record.minutes.series} #{record.minutes.number}"
        self.side.show(side_rows(self._book, self.desk.today(), self.side.size.width), at=record.id)
        self.list.show(page_rows(record, self._owed(record)))
        if self._shown != record.id:
            self._shown = record.id
            self.list.scroll_to(y=0, animate=False)

    def _owed(self, record: MinutesRecord) -> Sequence[str] | None:
        """Of a draft, what is owed by now; nothing that others than the team need to see."""
        if not record.minutes.draft or not self._among_us or self.has_class("-low"):
            return None
        return [each.text for each in self.desk.meetings.gate(record.meeting)]

    @on(RecordList.Moved)
    def _chosen(self, event: RecordList.Moved) -> None:
        if event.sender is self.side and event.key:
            self._show(next(each for each in self._book if each.id == event.key))

    def _show(self, record: MinutesRecord) -> None:
        self._shown, self._gone, self._meeting = "", [], record.meeting
        self._at = self._book.index(record)
        self._draw(record)
        self.draw_headline()
        self.draw_footer()

    @property
    def record(self) -> MinutesRecord | None:
        return self._book[self._at] if 0 <= self._at < len(self._book) else None

    def headline(self) -> tuple[Sequence[Ink], Sequence[Ink]]:
        record = self.record
        if record is None:
            return [Ink("Minutes", "bright!")], []
        left = [Ink("Minutes", "bright!"), Ink(f"  {record.minutes.series} #{record.minutes.number}", "dim")]
        draft = [Ink("DRAFT   ", "orange!")] if record.minutes.draft else []
        return left, [*draft, Ink(f"{self._at + 1} of {len(self._book)}", "dim")]

    def situation(self) -> Situation:
        record = self.record
        return replace(
            super().situation(),
            draft_minutes=bool(record and record.minutes.draft),
            older=self._at > 0,
            newer=0 <= self._at < len(self._book) - 1,
            minutes=record is not None,
        )

    def action_page(self, by: int) -> None:
        self.list.scroll_relative(y=by * max(1, self.list.size.height - 2), animate=False)

    def do_older(self) -> None:
        self._turn(-1)

    def do_newer(self) -> None:
        self._turn(1)

    def _turn(self, by: int) -> None:
        self._show(self._book[self._at + by])

    def do_save(self) -> None:
        record = self.record
        if record is None:
            return
        minutes = record.minutes
        name = f"{record.agenda}-{minutes.number}-{(minutes.started or minutes.scheduled):%Y-%m-%d}.md"
        text = FORMATS["md"].render(minutes)
        self.intend(lambda: self._save(record, name, text), lambda said: said)

    def _save(self, record: MinutesRecord, name: str, text: str) -> str:
        """What is saved has left the desk, also where the desk cannot keep that it has."""
        path = self.home.hands.save(name, text)
        try:
            self.desk.minutes.left(record.id, "saved", str(path))
        except OpsDeskError as error:
            return f"saved as {path}; that it left the desk could not be kept: {error.message}"
        return f"saved as {path}"

    def do_settle(self) -> None:
        self.home.settle_draft(self._meeting)

    def do_reopen(self) -> None:
        record = self.record
        if record is None:
            raise NotFound("There are no minutes yet.")
        if self.home.running:
            self.say(busy(self.home.running.title), "orange")
            return
        meeting = record.meeting
        self.intend(
            lambda: self.desk.meetings.reopen(meeting),
            lambda m: f"{m.title} #{m.number} goes on",
            then=lambda _: self.home.open_room(meeting),
        )
