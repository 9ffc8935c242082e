"""What was measured, as one table: each figure beside its floor, taken in the same run."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple


class Row(NamedTuple):
    """One measurement. `found` is held against `goal`, at most or `at_least`; no goal: shown for comparison only."""

    what: str
    ours: str
    beside: str
    found: float
    unit: str = "x"
    goal: float | None = None
    at_least: bool = False

    @property
    def mark(self) -> str:
        if self.goal is None:
            return ""
        if self.at_least:
            return "ok" if self.found >= self.goal else "under"
        return "ok" if self.found <= self.goal else "over"

    @property
    def asked(self) -> str:
        if self.goal is None:
            return ""
        return f"{'>=' if self.at_least else '<='} {self.goal:,.2f} {self.unit}"


def ms(seconds: float) -> str:
    return f"{seconds * 1000:.1f} ms"


def ratio(what: str, ours: float, floor: float, beside: str, goal: float | None = None) -> Row:
    """Ours against a floor, both in seconds."""
    return Row(what, ms(ours), f"{ms(floor)}  {beside}", ours / floor, goal=goal)


def table(rows: Sequence[Row]) -> str:
    """Columns as wide as their widest cell; figures end in one line."""
    cells = [("", "OpsDesk", "beside it", "found", "goal", "")]
    for row in rows:
        cells.append((row.what, row.ours, row.beside, f"{row.found:,.2f} {row.unit}", row.asked, row.mark))
    widths = [max(len(line[i]) for line in cells) for i in range(6)]
    right = (False, True, False, True, True, False)
    return "\n".join(
        "  ".join(c.rjust(w) if r else c.ljust(w) for c, w, r in zip(line, widths, right, strict=True)).rstrip()
        for line in cells
    )
