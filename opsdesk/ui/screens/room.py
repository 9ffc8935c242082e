"""The Room: one meeting, its clock, what is on the table and what is said."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import timedelta
from typing import ClassVar

from msgspec.structs import replace
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.events import Click
from textual.widgets import Static

from opsdesk.core.actions import Action
from opsdesk.core.attendance import missing_chair
from opsdesk.core.audience import Before
from opsdesk.core.clocks import View, current, idle_since, view
from opsdesk.core.dates import readable
from opsdesk.core.entries import Item
from opsdesk.core.meeting import NOTHING, Meeting
from opsdesk.core.opening import lateness
from opsdesk.core.runner import onward
from opsdesk.insight.closing import without_outcome
from opsdesk.insight.withheld import as_heard, tells_of
from opsdesk.ui.commands import Situation
from opsdesk.ui.dates import clock
from opsdesk.ui.flagwalk.bindings import stage_bindings
from opsdesk.ui.flagwalk.stage import WalkStage
from opsdesk.ui.ink import Ink, lines
from opsdesk.ui.room import rail, since, warnings
from opsdesk.ui.room.head import closer, fits, head
from opsdesk.ui.screens.base import bindings
from opsdesk.ui.theme import Palette
from opsdesk.ui.widgets.clock import Clock, spoken
from opsdesk.ui.widgets.record_list import RecordList

BESIDE = 2  # cells between the questions and the clock
RAIL_TOP = 3  # lines of the rail above the first section


class Room(WalkStage):
    """`meeting` is as it was last read; the timer only redraws the clocks, and waits for no disk."""

    CSS_PATH = "room.tcss"
    NAME = "room"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("room"), *stage_bindings("room")]

    def __init__(self, meeting: Meeting) -> None:
        super().__init__()
        self.meeting_id = meeting.id
        self.meeting = meeting
        self._railed: tuple[list[list[Ink]], Palette] | None = None
        self._parked = 0
        self._heard = meeting.last
        self.quiet = None
        self._asks: tuple[object, ...] = ()
        self.owing: Collection[int] = ()  # sections that were reached and have no outcome
        self.stands = True  # whether the outcome of the section does: none of "nothing" beside what there was

    def body(self) -> ComposeResult:
        with Horizontal(id="room"):
            yield Static(id="rail", markup=False)
            with Vertical(id="main"):
                with Horizontal(id="top"):
                    yield Static(id="section", markup=False)
                    yield Clock(id="clock", markup=False)
                yield Static(id="flag", markup=False)
                yield RecordList(id="list")

    # what is drawn

    @property
    def clocks(self) -> View:
        return view(self.meeting, self.desk.now())

    def read(self) -> Callable[[], None]:
        meeting = self.desk.read.get(Meeting, self.meeting_id)
        heard = self.desk.meetings.said(self.meeting_id)
        tells = tells_of(self.desk.read, Before(audience=meeting.audience, customer=meeting.customer))
        said = [as_heard(each, tells) for each in heard if meeting.may_show(getattr(each, "customer", ""))]
        flags = self.read_flags(meeting)
        board = () if meeting.closing else self.on_the_table(meeting, {each.id for each in said})
        board = self.arranged(board, flags)
        scores, last = self.cells_of(meeting, (*board, *said)), self.desk.meetings.heard(self.meeting_id)
        parked = sum(item.parked_in == self.meeting_id for item in self.desk.read.live(Item))
        opened, news = self.opening(meeting)
        at = current(meeting)
        stands = meeting.sections[at].outcome != NOTHING or not self.desk.meetings.reported(meeting.id, at)
        owing = without_outcome(self.desk.meetings.gate(meeting.id)) if meeting.live else ()
        known = self.recognised(line.id for line in (*board, *(line for part in news for line in part.lines)))

        def take() -> None:
            self.opened, self.news, self.known, self.stands, self.owing = opened, news, known, stands, owing
            self.meeting, self._heard = meeting, last
            self.take_flags(at, flags, scores)
            self.said, self.board, self._parked = said, board, parked

        return take

    def redraw(self) -> None:
        self._asks = self._asked()
        self.draw_list()
        self.draw_clocks()
        self._draw_section()

    def on_resize(self) -> None:
        wide, high = self.size
        self.set_class(wide < 60 or high < 18, "-tiny")
        self.set_class(wide < 100 or high < 30, "-small")
        self.set_class(wide >= 160 and high >= 44, "-huge")
        self.set_class(wide >= 130, "-wide")
        super().on_resize()

    def tick(self) -> None:
        super().tick()
        before, self._asks = self._asks, self._asked()
        self.draw_clocks()
        if before != self._asks:
            self.draw_footer()

    def _asked(self) -> tuple[object, ...]:
        """What the clock changes about which keys matter."""
        self.quiet = idle_since(self.meeting, self._heard, self.desk.now())
        now = self.clocks
        return self.quiet, now.last_five, now.past_cap, now.remaining < timedelta()

    def _draw_section(self) -> None:
        """Beside the big clock where the questions find room there, else with the time in the line of the title."""
        section, now = self.here, self.clocks
        if self.draw_flag(now):
            return
        ask = ("c shows what is still owed, then closes.",) if now.closing else section.ask
        outcome = section.outcome if self.stands and not now.closing else ""
        rows = head("Closing" if now.closing else section.title, ask, outcome)
        top, wide = self.query_one("#top").size, self.query_one(Clock).cells
        beside = top.width - wide - BESIDE
        rows = rows if fits(rows, beside, top.height) else closer(rows)
        self.set_class(not fits(rows, beside, top.height), "-spare")
        if self.has_class("-tiny") or self.has_class("-spare"):
            rows[0] = [*rows[0], Ink(f"   {spoken(now.left)}", now.tone if now.tone != "green" else "ink")]
        self.query_one("#section", Static).update(lines(rows[:1] if self.has_class("-tiny") else rows, self.palette))

    def draw_clocks(self) -> None:
        now = self.clocks
        if self.has_class("-tiny") or self.has_class("-spare") or self.flags is not None:
            self._draw_section()
        scale = 2 if self.has_class("-huge") else 1
        self.query_one(Clock).show(*self.face(now), self.palette, scale=scale)
        left = self.query_one("#rail", Static)
        zone = self.desk.settings.zone
        room = left.content_size.width
        gap: list[list[Ink]] = [[]] if self.has_class("-small") else [[], []]
        parts = [
            rail.agenda(self.meeting, now, room, self.owing),
            warnings.time(self.meeting, now, self.quiet, zone, room),
            warnings.missing(self.meeting, self.person, room) if now.running else [],
            warnings.start(self.meeting, room),
            rail.people(self.meeting, self.person, zone, self._parked),
        ]
        rows = [row for part in parts if part for row in [*part, *gap]]
        if (rows, self.palette) != self._railed:  # most seconds change nothing here
            self._railed = (rows, self.palette)
            left.update(lines(rows, self.palette), layout=False)

    def headline(self) -> tuple[Sequence[Ink], Sequence[Ink]]:
        meeting, now, zone = self.meeting, self.clocks, self.desk.settings.zone
        date = readable(self.desk.today(), self.desk.today())
        left = [Ink(meeting.title, "bright!"), Ink(f"  #{meeting.number}", "dim")]
        if meeting.customer:
            left.append(Ink(f"  {self.customer(meeting.customer)}"))
        right = [Ink(f"{date} {clock(self.desk.now(), zone)}   ", "dim")]
        if not now.running:
            return left, [*right, Ink(f"{meeting.state} {clock(meeting.ended or meeting.last, zone)}", "orange")]
        ends = [Ink("   ends ", "dim"), Ink(clock(now.projected_end, zone)), *self._late(now)]
        return left, [*right, *self._left_of(now), *ends]

    def _left_of(self, now: View) -> list[Ink]:
        if now.remaining < timedelta():
            return [Ink(f"{spoken(-now.remaining)} over {self.meeting.timebox}", "red")]
        return [Ink(spoken(now.remaining)), Ink(f" left of {self.meeting.timebox}", "dim")]

    def _late(self, now: View) -> list[Ink]:
        over = round(now.overrun.total_seconds() / 60)
        return [Ink(f" +{over}", "red" if now.past_cap else "orange")] if over > 0 else []

    def situation(self) -> Situation:
        now = self.clocks
        found = super().situation()
        refused, labels = self.asks(found)
        refused |= {} if self.news else {"since": since.NOTHING}
        return replace(
            found,
            refused={**found.refused, **refused},
            labels={**found.labels, **labels},
            running=now.running,
            closing=now.closing,
            bare=not self.board and not any(each.section == self.here.title for each in self.said),
            hard_cap=self.meeting.hard_cap,
            last_five=now.last_five and not self.meeting.overrun,
            past_cap=now.past_cap and not self.meeting.overrun,
            over=now.running and now.remaining < timedelta(),
            onward=onward(self.meeting, self.desk.now()),
            quiet=clock(self.quiet, self.desk.settings.zone) if self.quiet else "",
            late=self.meeting.late if lateness(self.meeting) else "",
            deputy=missing_chair(self.meeting),
        )

    @property
    def section_title(self) -> str:
        return self.here.title

    # the mouse

    def on_click(self, event: Click) -> None:
        """A click on a section of the agenda goes there."""
        if event.widget is self.query_one("#rail", Static):
            at = event.y - RAIL_TOP
            if 0 <= at < len(self.meeting.sections):
                self.go_to(at)

    def capture(self, text: str, *, past_ok: bool) -> Action:
        return self.desk.meetings.act(self.meeting_id, text, past_ok=past_ok)
