"""What the Room shows of a walk over the flags, and where its cursor goes on it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from textual.widgets import Static

from opsdesk.boards.table import Line
from opsdesk.core.clocks import Tone, View, current_section
from opsdesk.core.meeting import Meeting
from opsdesk.core.moves import FLAGS
from opsdesk.core.register import Look
from opsdesk.core.said import Said
from opsdesk.core.scores import Score
from opsdesk.ui.flagwalk.cells import SHEET
from opsdesk.ui.flagwalk.found import Found, found
from opsdesk.ui.flagwalk.keys import WalkKeys
from opsdesk.ui.flagwalk.rows import Called, heading, needs, one_line, ordered, ticked
from opsdesk.ui.ink import Ink, lines
from opsdesk.ui.room import table
from opsdesk.ui.widgets.banner import Banner
from opsdesk.ui.widgets.clock import Clock, spoken
from opsdesk.ui.widgets.columns import Row

LEAST = 20  # cells of the heading beside the clock
APART = 2


class WalkStage(WalkKeys):
    """One flag at a time is big: who it is, its own clock, what it needs. All of them stand below, walked ones ticked.

    1. The room comes to its last section. The worst flag is on the wall: its shape, its customer, "red 12 d, skipped
       twice", and what it owes in orange. Its own clock runs; nobody has pressed anything.
    2. The lead asks who owns it: `@` tom Enter. It is talked about; Space. The next flag, its clock beginning anew.
    3. "That one is over": `x`, one line, Enter: its cell is green. "Not before December": `t` 4 dec Enter. "Their
       people are not here": `b` and why. With only orange ones left, `&` keeps them together.
    4. Space at the last one is the closing. What came of each is in the minutes.
    """

    _follow = ""  # the record that the cursor goes to
    _shown = ""  # the score of the flag that was shown last

    # reading

    def read_flags(self, meeting: Meeting) -> Found | None:
        walks = current_section(meeting).board == FLAGS and meeting.closing is None and meeting.state == "running"
        return found(self.desk, self.meeting_id) if walks and meeting.audience != "customer" else None

    def cells_of(self, meeting: Meeting, shown: Sequence[Line | Said]) -> dict[str, Score]:
        """The cells that are on the table or were said, as they are now."""
        if current_section(meeting).board not in (SHEET, FLAGS):
            return {}
        ids = {each.id for each in shown}
        return {score.id: score for score in self.desk.read.live(Score) if score.id in ids}

    def take_flags(self, section: int, flags: Found | None, scores: dict[str, Score]) -> None:
        """Where a line is of a cell that says something else now, the cursor stays with the cell."""
        gone = self.scores.get(self.list.key)
        if gone is not None and gone.id not in scores:
            cell = gone.customer, gone.measure
            self._follow = next((each.id for each in scores.values() if (each.customer, each.measure) == cell), "")
        self.section_read, self.flags, self.scores = section, flags, scores

    def on_the_table(self, meeting: Meeting, said: set[str]) -> Sequence[Line]:
        """On the walk a flag stands with the others also where it was said in this meeting."""
        if self.read_flags(meeting) is None:
            return super().on_the_table(meeting, said)
        return super().on_the_table(meeting, {id for id in said if not id.startswith(f"{Score.prefix}-")})

    # the list

    def table_rows(self, shown: int) -> list[Row]:
        if self.stage != "walk" or self.flags is None:
            return super().table_rows(shown)
        walk = self.flags.walk
        done = slice(len(walk.ahead), walk.total)
        walked = {line.id for line in self.board[done]}
        return [ticked(row) if row.key in walked else row for row in table.board_rows(self.board, shown)]

    def draw_list(self, *, at: str = "") -> None:
        super().draw_list(at=at or self._followed())

    def _followed(self) -> str:
        """The flag whose turn has come, unless the cursor is on something else than a flag."""
        follow, self._follow = self._follow, ""
        turn = self.turn_now
        if turn is None or turn.score.id == self._shown:
            return follow
        self._shown = turn.score.id
        return self._shown if not self.list.key or self.list.key.startswith(f"{Score.prefix}-") else ""

    # the flag

    @property
    def _called(self) -> Called:
        return Called(
            person=self.person,
            customer=self.customer,
            look=Look(self.desk.now(), self.desk.settings),
            owners=self.meeting.audience == "team" and self.home.glance.before.audience == "team",
        )

    def arranged(self, board: Sequence[Line], flags: Found | None) -> Sequence[Line]:
        """The lines of the table in the order of the walk."""
        if flags is None:
            return board
        cells = {(score.customer, score.measure): score for score in self.desk.read.live(Score)}
        return ordered(
            flags, board, {each.cell: cells[each.cell] for each in flags.walk.done if each.cell in cells}, self._called
        )

    def face(self, now: View) -> tuple[timedelta, float, Tone]:
        """What the big clock shows: what is left of this flag's share, else of the section."""
        turn = self.turn_now
        return (turn.left, turn.share, turn.tone) if turn is not None else (now.left, now.share, now.tone)

    def draw_flag(self, now: View) -> bool:
        """The flag instead of the section; tells whether there is a walk."""
        walks = self.stage == "walk" and self.flags is not None
        self.set_class(walks, "-walk")
        self.query_one(Banner).key = "F10" if self.stage != self.NAME else Banner.key
        if not walks or self.flags is None:
            return False
        left, _, tone = self.face(now)
        top, wide = self.query_one("#top").size.width, self.query_one(Clock).cells
        beside = top - wide - APART
        tiny = self.has_class("-tiny")
        spare = not tiny and top > 0 and beside < LEAST
        self.set_class(spare, "-spare")
        scale = 2 if self.has_class("-huge") else 1
        section = Ink(spoken(now.left), now.tone if now.tone != "green" else "ink")
        own = [Ink(f"   {spoken(left)}", tone if tone != "green" else "ink")]
        if tiny:
            rows = [[*one_line(self.flags, self._called), *own]]
        else:
            rows = heading(self.flags, self._called, section, top if spare else max(LEAST, beside), scale)
            rows[0] = [*rows[0], *(own if spare else [])]
        self.query_one("#section", Static).update(lines(rows, self.palette), layout=False)
        self._draw_needs()
        return True

    def _draw_needs(self) -> None:
        panel, turn = self.query_one("#flag", Static), self.turn_now
        cells, high = panel.content_size.width, panel.content_size.height
        rows = needs(turn.score, self._called, max(LEAST, cells), max(1, high)) if turn is not None else []
        panel.update(lines(rows, self.palette), layout=False)
