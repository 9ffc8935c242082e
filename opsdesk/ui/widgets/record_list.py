"""A list of any length that draws only the lines one sees."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from typing import ClassVar, Protocol, runtime_checkable

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.message import Message
from textual.strip import Strip

from opsdesk.ui.ink import Ink, fit, segments, width
from opsdesk.ui.theme import PALETTES, Palette
from opsdesk.ui.widgets.columns import GAP, RECORD, Column, Row, cut, layout
from opsdesk.ui.widgets.still_view import StillView


@runtime_checkable
class Opener(Protocol):
    """A screen in which a row can be opened."""

    def open_row(self, key: str) -> None: ...


class RecordList(StillView, can_focus=True):
    """Rows with one cursor. Posts Moved when the cursor is on another row; Enter or a second click opens it."""

    DEFAULT_CSS = "RecordList { overflow-x: hidden; scrollbar-size-vertical: 1; }"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k,K", "move(-1)", show=False),
        Binding("down,j,J", "move(1)", show=False),
        Binding("home", "edge(-1)", show=False),
        Binding("end", "edge(1)", show=False),
        Binding("enter", "open", show=False),
    ]

    class Moved(Message):
        def __init__(self, sender: RecordList, key: str) -> None:
            super().__init__()
            self.sender, self.key = sender, key

    def __init__(self, *, columns: Sequence[Column] = RECORD, id: str | None = None) -> None:
        super().__init__(id=id)
        self._columns = columns
        self._rows: Sequence[Row] = ()
        self._widths: list[int] = []
        self._cursor = -1
        self._laid_out = -1

    @property
    def rows(self) -> Sequence[Row]:
        return self._rows

    @property
    def key(self) -> str:
        """The key of the row under the cursor; empty when there is none."""
        return self._rows[self._cursor].key if 0 <= self._cursor < len(self._rows) else ""

    @property
    def _room(self) -> int:
        """Cells of a line, without the scrollbar."""
        return self.scrollable_content_region.width

    @property
    def reason(self) -> str:
        """Why the line under the cursor is here: what its last column says, in full."""
        row = self._rows[self._cursor] if 0 <= self._cursor < len(self._rows) else Row()
        return row.told or (row.cells[-1].text if row.cells else "")

    @property
    def whole(self) -> str:
        """What the list cuts of the row under the cursor, its text and the reason first; empty where nothing is."""
        row = self._rows[self._cursor] if 0 <= self._cursor < len(self._rows) else Row()
        self._lay_out()
        if not row.cells:
            return ""
        texts = [cell.text for cell in row.cells]
        texts[-1] = row.told or texts[-1]
        rooms = self._spilled(row)
        cut = [at for at, text in enumerate(texts) if width(text) > rooms[at]]
        if not cut:
            return ""
        first = [at for at, column in enumerate(self._columns) if column.flex] + [len(texts) - 1]
        order = [*(at for at in first if at in cut), *(at for at in cut if at not in first)]
        return "   ".join([*([row.key] if row.key in texts else []), *(texts[at] for at in order)])

    def show(self, rows: Sequence[Row], *, at: str = "") -> None:
        """Shows these rows; the cursor goes to the row `at`, else stays with its row, else with its place.

        A list that was scrolled keeps the row one looks at on its line.
        """
        held = self._held()
        self._take(rows, at)
        if not at and held is not None:
            self._hold(*held)
        else:
            self._reveal()

    def _take(self, rows: Sequence[Row], at: str) -> None:
        wanted, place = at or self.key, self._cursor
        self._rows = rows
        found = self.place_of(wanted) if wanted else None
        self._cursor = found if found is not None else self._nearest(place)
        self._laid_out = -1
        self.virtual_size = Size(1, len(rows))
        self.refresh()

    def place_of(self, key: str) -> int | None:
        """Where the row with this key stands; None where there is none."""
        return next((i for i, row in enumerate(self._rows) if row.key == key), None)

    def measured(self) -> int:
        """How many rows, from the first, the columns are laid out for."""
        return len(self._rows)

    def _line(self, at: int) -> int:
        """The line that the row stands on, the first being 0."""
        return at

    def _held(self) -> tuple[str, int] | None:
        """The row that is to stay where it is: the one under the cursor if one sees it, else the first one sees.

        Its key, and how far below the top it stands; None where the list is at its top.
        """
        top = self.scroll_offset.y
        order = chain((max(self._cursor, 0),), range(len(self._rows))) if top and self._rows else ()
        seen = ((self._rows[i].key, self._line(i) - top) for i in order if self._rows[i].key)
        return next(((key, below) for key, below in seen if 0 <= below < self.size.height), None)

    def _hold(self, key: str, below: int) -> None:
        found = self.place_of(key)
        if found is None:
            self._reveal()
        else:
            self.scroll_to(y=max(0, self._line(found) - below), animate=False, immediate=True)

    def _nearest(self, place: int) -> int:
        order = sorted(
            range(max(0, place - 50), min(len(self._rows), max(place, 0) + 200)), key=lambda i: abs(i - place)
        )
        return next((i for i in order if self._rows[i].selectable), -1)

    def action_move(self, by: int) -> None:
        at = self._cursor + by
        while 0 <= at < len(self._rows) and not self._rows[at].selectable:
            at += by
        if 0 <= at < len(self._rows):
            self._go(at)
        else:
            self.scroll_relative(y=by, animate=False)

    def action_edge(self, to: int) -> None:
        order = range(len(self._rows)) if to < 0 else range(len(self._rows) - 1, -1, -1)
        found = next((i for i in order if self._rows[i].selectable), None)
        if found is not None:
            self._go(found)

    def page(self, by: int) -> None:
        for _ in range(max(1, self.size.height - 1)):
            self.action_move(by)

    def _go(self, at: int) -> None:
        before, self._cursor = self._cursor, at
        self._reveal()
        if not self._scrolled_to(at):
            self.refresh()
        else:
            self.refresh_lines(before)
            self.refresh_lines(at)
        self.tell()

    def tell(self) -> None:
        """That the cursor is on another row."""
        self.post_message(self.Moved(self, self.key))

    def _scrolled_to(self, at: int) -> bool:
        return self.scroll_offset.y <= at < self.scroll_offset.y + self.size.height

    def _reveal(self) -> None:
        if self._cursor < 0 or not self.size.height:
            return
        top = self.scroll_offset.y
        above = self._cursor
        while above > 0 and not self._rows[above - 1].selectable and self._cursor - above < 3:
            above -= 1  # a heading stays in sight with its first row
        if above < top:
            self.scroll_to(y=above, animate=False, immediate=True)
        elif self._cursor >= top + self.size.height:
            self.scroll_to(y=self._cursor - self.size.height + 1, animate=False, immediate=True)

    def action_open(self) -> None:
        """At once and not by a message: what is typed next is for what it opens."""
        if isinstance(self.screen, Opener):
            self.screen.open_row(self.key)

    def on_click(self, event: events.Click) -> None:
        at = event.y + self.scroll_offset.y
        if 0 <= at < len(self._rows) and self._rows[at].selectable:
            again = at == self._cursor
            self._go(at)
            if again:
                self.action_open()

    def on_resize(self) -> None:
        self._laid_out = -1
        self.virtual_size = Size(1, len(self._rows))
        self._reveal()

    def on_focus(self) -> None:
        self.refresh()

    def on_blur(self) -> None:
        self.refresh()

    def render_line(self, y: int) -> Strip:
        at = y + self.scroll_offset.y
        room = self._room
        palette = PALETTES[self.app.theme]
        if not 0 <= at < len(self._rows):
            return self._blank(room, palette)
        self._lay_out()
        row, here = self._rows[at], at == self._cursor
        ground = palette.raised if here else palette.ground
        lead = " " if row.selectable else ""
        pieces = cut(row.across, room - len(lead)) if row.across else self._cells(row, here)
        strip = Strip(segments([Ink(lead), *pieces], palette, ground))
        return strip.adjust_cell_length(room, Style(bgcolor=ground))

    def _lay_out(self) -> None:
        room = self._room
        if self._laid_out != room:
            self._widths, self._laid_out = layout(self._rows[: self.measured()], self._columns, room - 1), room

    def _cells(self, row: Row, here: bool) -> list[Ink]:
        pieces = []
        for cell, cells in zip(row.cells, self._spilled(row), strict=False):
            if cells:
                bold = "!" if here and not cell.role.endswith("!") else ""
                pieces += [Ink(fit(cell.text, cells), cell.role + bold), Ink(" " * GAP)]
        return pieces

    def _spilled(self, row: Row) -> list[int]:
        """The widths for this row: the last cell with text may go on over the empty ones after it."""
        last = max((i for i, cell in enumerate(row.cells) if cell.text), default=0)
        rest = self._widths[last + 1 :]
        wider = self._widths[last] + sum(cells + GAP for cells in rest if cells)
        return [*self._widths[:last], wider, *(0 for _ in rest)]

    def _blank(self, room: int, palette: Palette) -> Strip:
        return Strip([Segment(" " * room, Style(bgcolor=palette.ground))])
