"""Pieces of a line put together to a width, and blocks of lines fitted into a height."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from opsdesk.ui.ink import Ink, fit, shorten, width
from opsdesk.ui.widgets.columns import Row

GAP = 2
LEAST = 3
MOST_AIR = 2


class Block(msgspec.Struct, frozen=True, kw_only=True):
    """A heading, or none, and its rows; `name` makes its keys. One that `grows` is shortened where there is no room."""

    name: str
    title: str
    rows: tuple[Row, ...]
    grows: bool = False


def between(left: Sequence[Ink], right: Sequence[Ink], cells: int) -> tuple[Ink, ...]:
    """Left and right at the edges of one line. Where both do not fit, each gives way down to half of it."""
    gap = GAP if right else 0
    if cells_of(left) + gap + cells_of(right) > cells:
        right = cut(right, max(cells // 2 - gap, cells - cells_of(left) - gap))
        left = cut(left, cells - cells_of(right) - gap)
    return (*left, Ink(" " * max(0, cells - cells_of(left) - cells_of(right))), *right)


def cells_of(pieces: Sequence[Ink]) -> int:
    return sum(width(piece.text) for piece in pieces)


def cut(pieces: Sequence[Ink], cells: int) -> tuple[Ink, ...]:
    """At most so many cells."""
    kept: list[Ink] = []
    for piece in pieces:
        room = cells - cells_of(kept)
        if room <= 0:
            break
        kept.append(Ink(shorten(piece.text, room), piece.role))
    return tuple(kept)


def padded(text: str, cells: int, role: str = "ink") -> Ink:
    return Ink(fit(text, cells), role)


def heading(block: Block) -> list[Row]:
    return [Row(across=(Ink(block.title.upper(), "dim"),)), Row()] if block.title else []


def rows_of(block: Block, shown: int) -> list[Row]:
    """The block with so many of its rows, and a line that opens the rest."""
    hidden = len(block.rows) - shown
    if hidden <= 0:
        return [*heading(block), *block.rows, Row()]
    more = Row(key=f"more/{block.name}", across=(Ink(f"… {hidden + 1} more", "dim"),))
    return [*heading(block), *block.rows[: shown - 1], more, Row()]


def column(blocks: Sequence[Block], height: int, opened: frozenset[str] = frozenset()) -> list[Row]:
    """Blocks below one another. Those that do not fit are shortened fairly, the opened ones never."""
    shown = shares(blocks, height, opened)
    stacks = [rows_of(block, shown[block.name]) for block in blocks]
    spare = (height + 1 - sum(map(len, stacks))) // max(1, len(blocks) - 1)
    air = [Row()] * max(0, min(MOST_AIR, spare))
    rows = [row for stack in stacks for row in (*stack, *air)]
    return rows[: -1 - len(air)]


def needed(blocks: Sequence[Block]) -> int:
    """Rows they take below one another with nothing shortened."""
    return sum(len(rows_of(block, len(block.rows))) for block in blocks) - 1


def shares(blocks: Sequence[Block], height: int, opened: frozenset[str]) -> dict[str, int]:
    """Rows for each block: everybody's first three, then one each in turn while there is room."""
    shown = {b.name: len(b.rows) if not b.grows or b.name in opened else min(LEAST, len(b.rows)) for b in blocks}
    left = height - sum(shown.values()) - 3 * len(blocks) + 1
    while left > 0:
        hungry = [b for b in blocks if shown[b.name] < len(b.rows)]
        if not hungry:
            break
        for block in hungry[:left]:
            shown[block.name] += 1
        left -= len(hungry)
    return shown
