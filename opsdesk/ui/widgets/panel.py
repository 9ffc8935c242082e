"""Lines beside a list."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest

from rich.style import Style
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from opsdesk.ui.ink import Ink, segments
from opsdesk.ui.theme import PALETTES

Line = Sequence[Ink]


class Panel(Widget):
    """Of its lines only those are drawn again that say something else."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._lines: Sequence[Line] = ()

    def show(self, lines: Sequence[Line]) -> None:
        """Each of them has to fit."""
        before, self._lines = self._lines, lines
        for at, (was, now) in enumerate(zip_longest(before, lines)):
            if was != now:
                self.refresh(Region(0, at, self.size.width, 1))

    def render_line(self, y: int) -> Strip:
        palette = PALETTES[self.app.theme]
        pieces = self._lines[y] if y < len(self._lines) else ()
        strip = Strip(segments(pieces, palette, palette.ground))
        return strip.adjust_cell_length(self.size.width, Style(bgcolor=palette.ground))
