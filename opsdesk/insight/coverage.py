"""Coverage of the score sheet: of how many customers anybody knows how they are."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from opsdesk.core.register import Look
from opsdesk.insight.sheet import SheetRow

GOAL = 95


class Coverage(msgspec.Struct, frozen=True, kw_only=True):
    """`fresh` of `active` customers have a fresh score, one at least; of `complete` ones every measure is fresh.

    `cells`: the share of all their cells that are fresh, 0 to 1, None without any. `goal`: per cent.
    """

    fresh: int = 0
    active: int = 0
    complete: int = 0
    cells: float | None = None
    goal: int = GOAL

    @property
    def share(self) -> float | None:
        """Of active customers with a fresh score, 0 to 1; None without any customer."""
        return self.fresh / self.active if self.active else None

    @property
    def percent(self) -> int | None:
        """The share in whole per cent, cut off: what misses the goal never reads as if it were met."""
        return 100 * self.fresh // self.active if self.active else None

    @property
    def met(self) -> bool:
        return 100 * self.fresh >= self.goal * self.active


def coverage(rows: Iterable[SheetRow], look: Look) -> Coverage:
    """ "Share of active customers with a fresh score (goal 95 %)"."""
    counts = [_fresh(row, look) for row in rows if row.customer.active]
    cells = sum(total for _, total in counts)
    return Coverage(
        fresh=sum(fresh > 0 for fresh, _ in counts),
        active=len(counts),
        complete=sum(fresh == total for fresh, total in counts),
        cells=sum(fresh for fresh, _ in counts) / cells if cells else None,
    )


def _fresh(row: SheetRow, look: Look) -> tuple[int, int]:
    """How many cells are fresh, of how many."""
    return sum(score is not None and score.fresh(look) for score in row.cells), len(row.cells)
