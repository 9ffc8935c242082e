"""The list of the Room: what has changed since the last run, what is on the table, what was said."""

from __future__ import annotations

from collections.abc import Sequence

from opsdesk.boards.index import BOARDS
from opsdesk.boards.opening import Opening, Part
from opsdesk.boards.table import Line
from opsdesk.core.clocks import current, current_section
from opsdesk.core.meeting import Meeting
from opsdesk.core.said import Said
from opsdesk.ui.ink import Ink
from opsdesk.ui.room import since, table
from opsdesk.ui.room.keys import MeetingKeys
from opsdesk.ui.widgets.columns import Row

MORE = (table.MORE, table.EARLIER)
LOW = (80, 24)  # cells and lines, below which no line of the list stays empty


class Listing(MeetingKeys):
    """`board`, `said`: as last read; `opened`: what the meeting opens with, and for which section that was read."""

    foot_lines = 3
    section_read: int

    def __init__(self) -> None:
        super().__init__()
        self.board: Sequence[Line] = ()
        self.said: Sequence[Said] = ()
        self.opened: tuple[int, Opening] | None = None
        self.news: Sequence[Part] = ()
        self._all = False
        self._unfolded = -1  # the section in which what has changed is unfolded
        self._listed = -1  # the section that was listed last
        self.section_read = -1  # the section that all of this was read in

    # reading

    def on_the_table(self, meeting: Meeting, said: set[str]) -> Sequence[Line]:
        """What the board brings, without what stands below as said in this meeting."""
        section = current_section(meeting)
        place = self.desk.scene(meeting, section.title)
        found = BOARDS.get(section.board, BOARDS["section"])(self.desk.read, place)
        return [line for line in found if line.id not in said]

    def opening(self, meeting: Meeting) -> tuple[tuple[int, Opening] | None, Sequence[Part]]:
        """What has changed since the last run, read once a section, and what of it belongs into this one."""
        at = current(meeting)
        if not meeting.live or meeting.closing:
            return None, ()
        opened = self.opened if self.opened and self.opened[0] == at else (at, self.desk.opening(meeting))
        return opened, since.parts_of(opened[1], meeting.sections[at].title, first=at == 0)

    # drawing

    def draw_list(self, *, at: str = "") -> None:
        """`at`: the key of the row that the cursor is put on."""
        opened = self._since()
        height = 0 if self._all else self.list.size.height
        height = max(1, height - len(opened)) if height else 0
        shown, newest = table.shares(len(self.board), len(self.said), height)
        shown, newest = max(shown, self._under(self.board)), max(newest, self._under(self.said[::-1]) + 1)
        said = table.said_rows(self.said, newest, self.person, self.customer, self.desk.today())
        rows = self.table_rows(shown)
        if not rows and not self.meeting.closing:
            rows = [Row(across=(Ink(self._empty(), "dim"),))]
        if said:
            rows += [*([Row()] if rows else []), Row(across=(Ink(" SAID IN THIS MEETING", "dim"),)), *said]
        self.list.show([*opened, *rows], at=at or self._first(rows))

    def table_rows(self, shown: int) -> list[Row]:
        """The lines of the table, as many as there is room for."""
        return table.board_rows(self.board, shown)

    def _first(self, rows: Sequence[Row]) -> str:
        """Where a section begins, the cursor stands on the first line of it, below what has changed."""
        here = self.section_read
        arrived, self._listed = here != self._listed, here
        return next((row.key for row in rows if row.key), "") if arrived else ""

    def _since(self) -> list[Row]:
        if self.opened is None:
            return []
        at, opening = self.opened
        room = self.size.width >= LOW[0] and self.size.height >= LOW[1]
        return since.rows(opening, self.news, first=at == 0, unfolded=self._unfolded == at, room=room)

    def _under(self, records: Sequence[Line | Said]) -> int:
        """How many of them lead up to the one under the cursor, which is not folded away; 0 for none of them."""
        return next((at for at, each in enumerate(records, 1) if each.id and each.id == self.list.key), 0)

    def _empty(self) -> str:
        return " Nothing is on the table.   0 nothing to report · a action · n note"

    # the cursor, and Enter

    @property
    def on(self) -> str:
        key = self.list.key
        return "" if key in (*MORE, since.FOLD) else key.removeprefix(f"{since.FOLD}/")

    @property
    def reds(self) -> int:
        return sum(line.weight == "red" for line in self.board)

    def was_said(self, id: str) -> bool:
        return any(each.id == id for each in self.said)

    def open_row(self, key: str) -> None:
        if key in MORE:
            self._all = True
            self.draw_list()
        elif key == since.FOLD:
            self.do_since()
        elif key and self.answers():
            self.heed(lambda: self._open(self.on))

    def _open(self, id: str) -> None:
        if not self.correct(id):
            self.home.open_record(id, self.list.reason)

    def do_since(self) -> None:
        """Unfolds what has changed since the last run, or folds it again."""
        here = current(self.meeting)
        self._unfolded = -1 if self._unfolded == here else here
        self.draw_list(at=since.FOLD)
        self.draw_footer()
