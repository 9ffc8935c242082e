"""A long list with a cursor on one cell: up and down go from row to row, left and right from cell to cell."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.strip import Strip

from opsdesk.ui.ink import Ink, fit, segments, shorten, width
from opsdesk.ui.theme import PALETTES, Palette
from opsdesk.ui.widgets.columns import Row, cut
from opsdesk.ui.widgets.long_list import LongList

LEAD = 1  # cells in front of each row


class Matrix(LongList):
    """`widths`: cells of each column with the gap behind it, 0 for one that is left out. The cursor goes over `count`
    columns from `first` on. A click puts it on a cell; the second of two opens the row.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left,h,H", "across(-1)", show=False),
        Binding("right,l,L", "across(1)", show=False),
    ]

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.column = 0
        self._columns_at: Sequence[int] = ()
        self._first = self._count = 0

    def lay(self, widths: Sequence[int], first: int, count: int) -> None:
        self._columns_at, self._first, self._count = widths, first, count
        self.column = max(0, min(self.column, count - 1))
        self.refresh()

    @property
    def cells(self) -> int:
        """Of a line, without the scrollbar and what stands in front of each row."""
        return max(0, self._room - LEAD)

    @property
    def whole(self) -> str:
        """What the row says last, where the line has no room for all of it."""
        return ""

    def stand(self, key: str, column: int) -> None:
        """The cursor on that cell, if the row is listed."""
        self.column = max(0, min(column, self._count - 1))
        found = self.place_of(key)
        if found is not None:
            self._go(found)

    def action_across(self, by: int) -> None:
        column = self.column + by
        if 0 <= column < self._count and self.key:
            self.column = column
            self.refresh_lines(self._cursor - self.scroll_offset.y)
            self.tell()

    def on_click(self, event: events.Click) -> None:
        event.prevent_default()  # a plain list opens the row under its cursor at one click
        at = event.y + self.scroll_offset.y
        if not 0 <= at < len(self._rows) or not self._rows[at].selectable:
            return
        column = self._column_at(event.x - LEAD)
        if column is not None:
            self.column = column
        self._go(at)
        if event.chain == 2:
            self.action_open()

    def _column_at(self, x: int) -> int | None:
        """Of those that the cursor goes over the one at this cell of the line."""
        ends = [sum(self._columns_at[: n + 1]) for n in range(len(self._columns_at))]
        found = next((n for n, end in enumerate(ends) if x < end), len(ends)) - self._first
        return found if 0 <= found < self._count else None

    def render_line(self, y: int) -> Strip:
        at = y + self.scroll_offset.y
        room, palette = self._room, PALETTES[self.app.theme]
        if not 0 <= at < len(self._rows):
            return self._blank(room, palette)
        row, here = self._rows[at], at == self._cursor
        ground = palette.raised if here and row.selectable else palette.ground
        made = segments([Ink(" " * LEAD)], palette, ground)
        if row.across:
            made += segments(cut(row.across, room - LEAD), palette, ground)
        else:
            made += self._drawn(row, here, palette, ground)
        return Strip(made).adjust_cell_length(room, Style(bgcolor=ground))

    def _drawn(self, row: Row, here: bool, palette: Palette, ground: str) -> list[Segment]:
        made: list[Segment] = []
        on = self._first + self.column
        for at, (cell, cells) in enumerate(zip(row.cells, self._columns_at, strict=False)):
            if not cells:
                continue
            if here and at == on:
                text = shorten(cell.text, cells) or "·"
                made.append(Segment(text, _cursor(palette)))
                made += segments([Ink(" " * (cells - width(text)))], palette, ground)
            else:
                made += segments([Ink(_in(cell.text, cells), cell.role)], palette, ground)
        return made


def _in(text: str, cells: int) -> str:
    """With a gap behind it where it has to be cut."""
    return text + " " * (cells - width(text)) if width(text) < cells else f"{fit(text, cells - 1)} "


@cache
def _cursor(palette: Palette) -> Style:
    return Style(color=palette.ground, bgcolor=palette.bright, bold=True)
