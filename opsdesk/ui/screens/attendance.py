"""Who is in, late, gone or excused: one key a person."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Static

from opsdesk.core.attendance import is_late
from opsdesk.core.errors import OpsDeskError
from opsdesk.core.meeting import Attendance, Meeting, Presence
from opsdesk.core.people import Person
from opsdesk.ui.dates import clock
from opsdesk.ui.ink import Ink, content
from opsdesk.ui.screens.overlay import Warned
from opsdesk.ui.widgets.columns import Column, Row
from opsdesk.ui.widgets.record_list import RecordList

WORDS: dict[Presence, tuple[str, str]] = {
    "present": ("●", "here"),
    "apologies": ("◆", "apologies"),
    "absent": ("·", "absent"),
}
TURN: dict[Presence, Presence] = {"present": "apologies", "apologies": "absent", "absent": "present"}


class AttendanceList(Warned[None]):
    """Everybody of the company; those who were expected first. Space turns here → apologies → absent."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space,enter", "turn", show=False, priority=True),
        Binding("g,G", "leave", show=False),
        Binding("i,I,q,Q", "dismiss_none", show=False),
    ]
    HINT = "space here, apologies, absent   ·   g gone now   ·   Esc back"

    def __init__(self, meeting: str) -> None:
        super().__init__()
        self._meeting = meeting

    def compose(self) -> ComposeResult:
        with Vertical(id="sheet"):
            yield Static(id="sheet-title", markup=False)
            yield RecordList(
                columns=(Column(most=3), Column(flex=True, least=16), Column(most=24), Column(most=20)), id="sheet-list"
            )
            yield Static(id="sheet-said", markup=False)

    def on_mount(self) -> None:
        self.set_focus(self.query_one(RecordList))
        self.home.changed.subscribe(self, lambda _: self.draw())
        self.call_after_refresh(self.draw)

    def draw(self) -> None:
        self._with_meeting(self._draw)

    def _with_meeting(self, use: Callable[[Meeting], None]) -> None:
        """Of a meeting that is not there any more there is nothing to see: the room below says so."""
        try:
            meeting = self.desk.read.get(Meeting, self._meeting)
        except OpsDeskError:
            if self.is_current:
                self.dismiss(None)
        else:
            use(meeting)

    def _draw(self, meeting: Meeting) -> None:
        expected = {a.who: a for a in meeting.attendance}
        people = sorted(self.desk.read.live(Person), key=lambda p: (p.handle not in expected, p.name))
        self.query_one("#sheet-title", Static).update(
            content([Ink("Who is in", "bright!"), Ink(f"   {self.HINT}", "dim")], self.palette)
        )
        self.query_one(RecordList).show([self._row(p, expected.get(p.handle), meeting) for p in people])

    def _row(self, person: Person, here: Attendance | None, meeting: Meeting) -> Row:
        mark, words = WORDS[here.presence] if here else ("", "not expected")
        zone = self.desk.settings.zone
        if here and here.left:
            words = f"left {clock(here.left, zone)}"
        elif here and here.came and is_late(meeting, here):
            words = f"late {clock(here.came, zone)}"
        role = "ink" if here and here.presence == "present" and not here.left else "dim"
        roles = [
            word for word, who in (("chair", meeting.chair), ("minutes", meeting.minute_taker)) if who == person.handle
        ]
        cells = (
            Ink(mark, role),
            Ink(person.name, role),
            Ink(person.department, "dim"),
            Ink(" · ".join([words, *roles]), role),
        )
        return Row(key=person.handle, cells=cells)

    def action_turn(self) -> None:
        self._with_meeting(self._turn)

    def _turn(self, meeting: Meeting) -> None:
        who = self.query_one(RecordList).key
        here = next((a for a in meeting.attendance if a.who == who), None)
        back = here is not None and here.left is not None
        wanted: Presence = "present" if here is None or back else TURN[here.presence]
        self._write(lambda: self.desk.meetings.attend(self._meeting, who, wanted))

    def action_leave(self) -> None:
        who = self.query_one(RecordList).key
        self._write(lambda: self.desk.meetings.leave(self._meeting, who))

    def _write(self, call: Callable[[], Meeting]) -> None:
        self.run_worker(self._carry_out(call), group="writes", exclusive=False)

    async def _carry_out(self, call: Callable[[], Meeting]) -> None:
        try:
            await self.home.write(call)
        except OpsDeskError as error:
            self.query_one("#sheet-said", Static).update(content([Ink(str(error), "orange")], self.palette))
            return
        self.query_one("#sheet-said", Static).update("")
        self.home.publish()
