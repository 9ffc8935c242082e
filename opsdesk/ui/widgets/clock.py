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
        rows += [("  " * scale).join(drawn)] * scale
    return rows


class Clock(Static):
    """Shows what is left of the section; `share` is the share of it used, 1 when it is up."""

    def show(self, left: timedelta, share: float, tone: str, palette: Palette) -> None:
        text = spoken(left)
        scale = 2 if self.size.width >= 60 and self.size.height >= 2 * ROWS + 1 else 1
        drawn = pixels(text, scale)
        wide = max(len(row) for row in drawn)
        if wide > self.size.width > 0:
            drawn, wide = [text], min(self.size.width, 34)
        filled = round(min(share, 1) * wide)
        role = {"orange": "orange", "red": "red"}.get(tone, "bright")
        bar = [Ink("▔" * filled, role), Ink("▔" * (wide - filled), "rule")]
        self.update(lines([*[[Ink(row, role)] for row in drawn], bar], palette), layout=False)
