"""The big clock: a 3 by 5 pixel font and a line under it that fills."""

from __future__ import annotations

from datetime import timedelta

from textual.widgets import Static

from opsdesk.ui.ink import Ink, lines
from opsdesk.ui.theme import Palette

GLYPHS = {
    "0": ("###", "# #", "# #", "# #", "###"),
    "1": (" # ", "## ", " # ", " # ", "###"),
    "2": ("###", "  #", "###", "#  ", "###"),
    "3": ("###", "  #", "###", "  #", "###"),
    "4": ("# #", "# #", "###", "  #", "  #"),
    "5": ("###", "#  ", "###", "  #", "###"),
    "6": ("###", "#  ", "###", "# #", "###"),
    "7": ("###", "  #", "  #", "  #", "  #"),
    "8": ("###", "# #", "###", "# #", "###"),
    "9": ("###", "# #", "###", "  #", "###"),
    ":": (" ", "#", " ", "#", " "),
    "+": ("   ", " # ", "###", " # ", "   "),
}
ROWS = 5


def spoken(left: timedelta) -> str:
    """1:12 left, or +1:20 over; hours as minutes."""
    seconds = int(left.total_seconds())
    sign = "+" if seconds < 0 else ""
    return f"{sign}{abs(seconds) // 60}:{abs(seconds) % 60:02d}"


def pixels(text: str, scale: int = 1) -> list[str]:
    """Five rows (times scale) of blocks, each pixel two cells wide and one high (times scale)."""
    rows = []
    for row in range(ROWS):
        drawn = [GLYPHS[c][row].replace("#", "██" * scale).replace(" ", "  " * scale) for c in text]
        rows += [(" " * scale).join(drawn)] * scale
    return rows


class Clock(Static):
    """Shows what is left of the section; `share` is the share of it used, 1 when it is up."""

    _shape: tuple[int, int] = (0, 0)

    @property
    def cells(self) -> int:
        """As wide as it was drawn last."""
        return self._shape[0]

    def show(self, left: timedelta, share: float, tone: str, palette: Palette, *, scale: int = 1) -> None:
        text = spoken(left)
        drawn = pixels(text, scale)
        wide = len(drawn[0])
        filled = round(min(share, 1) * wide)
        role = {"orange": "orange", "red": "red"}.get(tone, "bright")
        bar = [Ink("━" * filled, role), Ink("━" * (wide - filled), "rule")]
        shape = (wide, scale)
        self.update(lines([*[[Ink(row, role)] for row in drawn], bar], palette), layout=shape != self._shape)
        self._shape = shape
