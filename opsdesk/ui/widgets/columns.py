"""Rows of a list and how their columns share the room there is."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from opsdesk.ui.ink import Ink, shorten, width

GAP = 2


class Column(msgspec.Struct, frozen=True, kw_only=True):
    """`flex` takes what is left, at least `least`. Where there is no room a column first shrinks to `keep` (or, without
    one, to `shrink`), then the one with the highest `drop` goes, and at last a column shrinks to `shrink`.
    """

    most: int = 30
    least: int = 0
    flex: bool = False
    drop: int = 0
    keep: int = 0
    shrink: int = 0


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """One line: cells for the columns, or one piece of text right across (a heading, an empty state).

    `told`: what the last cell says in few words, in full.
    """

    key: str = ""
    cells: tuple[Ink, ...] = ()
    across: tuple[Ink, ...] = ()
    told: str = ""

    @property
    def selectable(self) -> bool:
        return bool(self.key)


RECORD: tuple[Column, ...] = (
    Column(most=3),
    Column(most=7),
    Column(flex=True, least=30),
    Column(most=18, drop=2, shrink=11),
    Column(most=18, drop=3, shrink=10),
    Column(most=40, keep=26, shrink=18),
)
"""mark · id · text · customer · owner · reason."""


def layout(rows: Sequence[Row], columns: Sequence[Column], room: int) -> list[int]:
    """Cells for each column (0: left out); the flexible one takes what it needs of the rest.

    Where its longest text finds no room, columns that can be left out and are empty in most rows are.
    """
    flex = next(i for i, c in enumerate(columns) if c.flex)
    longest = max((width(row.cells[flex].text) for row in rows if len(row.cells) > flex), default=0)
    wanted = _wanted(rows, columns)
    if _left(wanted, flex, room) < longest:
        wanted = [0 if columns[i].drop and _is_sparse(rows, i) else cells for i, cells in enumerate(wanted)]
    widths = _squeezed(wanted, columns, flex, room)
    widths[flex] = max(4, min(_left(widths, flex, room), max(longest, columns[flex].least)))
    return widths


def _squeezed(wanted: Sequence[int], columns: Sequence[Column], flex: int, room: int) -> list[int]:
    """Narrower, and then fewer, until the flexible column has its least."""
    drops = sorted((i for i, c in enumerate(columns) if c.drop), key=lambda i: -columns[i].drop)
    for gone in range(len(drops) + 1):
        widths = [0 if i in drops[:gone] else cells for i, cells in enumerate(wanted)]
        _shrink(widths, [c.keep or c.shrink for c in columns], columns[flex].least, flex, room)
        if _left(widths, flex, room) >= columns[flex].least:
            return widths
    _shrink(widths, [c.shrink for c in columns], columns[flex].least, flex, room)
    return widths


def _shrink(widths: list[int], floors: Sequence[int], least: int, flex: int, room: int) -> None:
    """The last columns give first, none below its floor (0: it does not give)."""
    for at in reversed(range(len(widths))):
        short = least - _left(widths, flex, room)
        if short > 0 and floors[at]:
            widths[at] = max(min(widths[at], floors[at]), widths[at] - short)


def _is_sparse(rows: Sequence[Row], at: int) -> bool:
    """Empty in more than two thirds of the rows."""
    cells = [row.cells[at].text for row in rows if len(row.cells) > at]
    return 3 * sum(bool(text) for text in cells) < len(cells)


def _wanted(rows: Sequence[Row], columns: Sequence[Column]) -> list[int]:
    widths = [0] * len(columns)
    for row in rows:
        for i, cell in enumerate(row.cells):
            if not columns[i].flex and widths[i] < columns[i].most:
                widths[i] = min(columns[i].most, max(widths[i], width(cell.text)))
    return widths


def _left(widths: Sequence[int], flex: int, room: int) -> int:
    return room - sum(w + GAP for i, w in enumerate(widths) if w and i != flex)


def cut(pieces: Sequence[Ink], cells: int) -> list[Ink]:
    """As many pieces as there is room for, the last of them with an ellipsis where it does not fit."""
    kept: list[Ink] = []
    for piece in pieces:
        left = cells - sum(width(each.text) for each in kept)
        if left <= 0:
            break
        kept.append(Ink(shorten(piece.text, left), piece.role))
    whole = sum(width(piece.text) for piece in pieces) <= cells
    if kept and not whole and not kept[-1].text.endswith("…"):
        kept[-1] = Ink(shorten(kept[-1].text + "…" * 2, width(kept[-1].text)), kept[-1].role)
    return kept
