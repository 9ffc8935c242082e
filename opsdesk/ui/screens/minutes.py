"""Minutes on the screen, as they print; older and newer ones one key away."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from msgspec.structs import replace
from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from opsdesk.core.errors import NotFound
from opsdesk.core.minutes import MinutesRecord
from opsdesk.minutes import FORMATS
from opsdesk.ui.commands import Situation
from opsdesk.ui.ink import Ink
from opsdesk.ui.screens.base import DeskScreen, bindings
from opsdesk.ui.widgets.columns import Column, Row
from opsdesk.ui.widgets.record_list import RecordList


class MinutesPage(DeskScreen):
    """`meeting`: whose minutes; empty shows the newest there are."""

    CSS_PATH = "page.tcss"
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
        self._at = -1
        self._shown = ""

    def body(self) -> ComposeResult:
        yield RecordList(columns=(Column(flex=True),), id="list")

    def redraw(self) -> None:
        self._book = self.desk.minutes.all()
        found = [i for i, record in enumerate(self._book) if record.meeting == self._meeting]
        self._at = found[-1] if found else len(self._book) - 1
        record = self.record
        if record is None:
            self.list.show(
                [Row(across=(Ink("  No meeting has been closed yet. 1 goes to Today; m there starts one.", "dim"),))]
            )
            return
        self._meeting = record.meeting
        lines = FORMATS["txt"].render(record.minutes).splitlines()
        self.list.show([Row(across=(Ink("  " + line),)) for line in lines])
        if self._shown != record.id:
            self._shown = record.id
            self.list.scroll_to(y=0, animate=False)

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
        self._meeting = self._book[self._at + by].meeting
        self.refresh_all()

    def do_save(self) -> None:
        record = self.record
        if record is None:
            return
        minutes = record.minutes
        name = f"{record.agenda}-{minutes.number}-{(minutes.started or minutes.scheduled):%Y-%m-%d}.md"
        text = FORMATS["md"].render(minutes)
        self.intend(lambda: self.home.hands.save(name, text), lambda path: f"saved as {path}")

    def do_settle(self) -> None:
        self.intend(lambda: self.desk.meetings.settle(self._meeting), lambda m: "the minutes are final · z undoes")

    def do_reopen(self) -> None:
        record = self.record
        if record is None:
            raise NotFound("There are no minutes yet.")
        meeting = record.meeting
        self.intend(
            lambda: self.desk.meetings.reopen(meeting),
            lambda m: f"{m.title} #{m.number} goes on",
            then=lambda _: self.home.open_room(meeting),
        )
