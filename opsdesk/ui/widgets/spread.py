"""Rows in columns side by side with one cursor through all of them; only the lines one sees are drawn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

import msgspec
from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.strip import Strip

from opsdesk.ui.ink import Ink, segments
from opsdesk.ui.theme import PALETTES, Palette
from opsdesk.ui.widgets.columns import Row
from opsdesk.ui.widgets.record_list import RecordList


class Place(msgspec.Struct, frozen=True):
    """Where a row stands: its column, and its line in it."""

    column: int
    line: int


class Spread(RecordList):
    """Up and down walk through every column in turn, left and right go across.

    A click selects and only the second of two opens: the row under the cursor may be a meeting, and opening starts it.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left,h,H", "across(-1)", show=False),
        Binding("right,l,L", "across(1)", show=False),
        Binding("pageup", "page(-1)", show=False),
        Binding("pagedown", "page(1)", show=False),
    ]

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._spread: Sequence[Sequence[Row]] = ()
        self._places: list[Place] = []
        self._column_cells: Sequence[int] = ()
        self._gap = 0
        self._told: Mapping[str, str] = {}

    def spread(
        self, columns: Sequence[Sequence[Row]], cells: Sequence[int], gap: int, told: Mapping[str, str] | None = None
    ) -> None:
        """Shows these columns, each as wide as `cells` says; the cursor stays with its row if that is still there.

        `told`: by the key of a row, all there is to say of it.
        """
        held = self._held()
        self._told = told or {}
        self._spread, self._column_cells, self._gap = columns, cells, gap
        self._places = [Place(n, line) for n, column in enumerate(columns) for line in range(len(column))]
        self._take([row for column in columns for row in column], "")
        self._fit()
        if held is not None:
            self._hold(*held)
        else:
            self._reveal()

    @property
    def whole(self) -> str:
        return self._told.get(self.key, "")

    def _line(self, at: int) -> int:
        return self._places[at].line

    def _fit(self) -> None:
        self.virtual_size = Size(self.size.width, max((len(column) for column in self._spread), default=0))

    def on_resize(self) -> None:
        self._fit()
        self._reveal()

    def action_page(self, by: int) -> None:
        self.page(by)

    def action_across(self, by: int) -> None:
        """To the nearest row of the next column that has one."""
        here = self._here
        if here is None:
            return
        column = here.column + by
        while 0 <= column < len(self._spread):
            found = self._nearest_in(column, here.line)
            if found is not None:
                self._go(found)
                return
            column += by

    def _nearest_in(self, column: int, line: int) -> int | None:
        able = [i for i, row in enumerate(self._rows) if row.selectable and self._places[i].column == column]
        return min(able, key=lambda i: abs(self._places[i].line - line), default=None)

    @property
    def _here(self) -> Place | None:
        return self._places[self._cursor] if 0 <= self._cursor < len(self._places) else None

    def _scrolled_to(self, at: int) -> bool:
        return False

    def _reveal(self) -> None:
        here = self._here
        if here is None or not self.size.height:
            return
        top, last = self.scroll_offset.y, self.scroll_offset.y + self.size.height - 1
        above = 0 if self._cursor == self._first else here.line
        if here.line < top or above < top:
            self.scroll_to(y=max(0, above - 2) if above else 0, animate=False, immediate=True)
        elif here.line > last:
            self.scroll_to(y=here.line - self.size.height + 1, animate=False, immediate=True)

    @property
    def _first(self) -> int:
        return next((i for i, row in enumerate(self._rows) if row.selectable), -1)

    def on_click(self, event: events.Click) -> None:
        event.prevent_default()  # a plain list opens the row under its cursor at one click
        ends = [sum(self._column_cells[: n + 1]) + n * self._gap for n in range(len(self._column_cells))]
        column = sum(event.x >= end for end in ends)
        at = Place(column, event.y + self.scroll_offset.y)
        if at not in self._places:
            return
        row = self._places.index(at)
        if self._rows[row].selectable:
            self._go(row)
            if event.chain == 2:
                self.action_open()

    def render_line(self, y: int) -> Strip:
        line, palette = y + self.scroll_offset.y, PALETTES[self.app.theme]
        strips = [self._part(n, line, palette) for n in range(len(self._spread))]
        blank = self._blank(self._gap, palette)
        parts = [part for strip in strips for part in (strip, blank)]
        return Strip.join(parts).adjust_cell_length(self.size.width, Style(bgcolor=palette.ground))

    def _part(self, column: int, line: int, palette: Palette) -> Strip:
        rows, width = self._spread[column], self._column_cells[column]
        if line >= len(rows):
            return self._blank(width, palette)
        here = self._here == Place(column, line)
        ground = palette.raised if here else palette.ground
        pieces = [Ink(" "), *rows[line].across]
        return Strip(segments(pieces, palette, ground)).adjust_cell_length(width, Style(bgcolor=ground))
