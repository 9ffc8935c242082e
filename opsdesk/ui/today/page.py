"""How the blocks of Today stand on a screen of any size: one, two or three columns."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from opsdesk.boards.table import Line
from opsdesk.boards.today import PastView, TodayView
from opsdesk.ui.today import blocks
from opsdesk.ui.today.lay import Block, column
from opsdesk.ui.widgets.columns import Row

TWO = 100
LEFT, RIGHT = 76, 118
TALL = 44
AIRY = 24
GAP, EDGE = 4, 2


class Page(msgspec.Struct, frozen=True):
    """Columns of rows, and how many cells wide each is; GAP lies between them."""

    columns: Sequence[Sequence[Row]]
    widths: Sequence[int]


def laid(view: TodayView, past: PastView | None, width: int, height: int, opened: frozenset[str]) -> Page:
    """One column scrolls, so it may be longer than the screen; the most important stands first."""
    widths = across(width)
    air = [Row()] if height >= AIRY else []
    room = max(TALL, height) if len(widths) == 1 else height - len(air)
    stacks = stacked(view, past, [cells - EDGE for cells in widths])
    return Page([[*air, *column(stack, room, opened)] for stack in stacks], widths)


def across(width: int) -> Sequence[int]:
    """One column, or two from 100 cells on: the right one is wider, as its lines say more."""
    if width < TWO:
        return [width]
    left = min(LEFT, (width - GAP) * 21 // 50)
    return [left, min(RIGHT, width - GAP - left)]


def stacked(view: TodayView, past: PastView | None, cells: Sequence[int]) -> Sequence[Sequence[Block]]:
    """The blocks of each column, in the order of reading."""
    left, right = cells[0], cells[-1]
    meets, kept = blocks.next_block(view, left, airy=len(cells) > 1), blocks.kept_block(past, left)
    constraint, since = blocks.constraint_block(view, left), blocks.since_block(past, right)
    records = blocks.record_blocks(view, past, right)
    if len(cells) == 1:
        return [[meets, *records, since, kept, constraint]]
    return [[meets, kept, constraint], [*records, since]]


def told(view: TodayView, past: PastView | None) -> dict[str, str]:
    """By the key of its row, all there is to say of a line: nothing of it is cut."""
    blocks_of = {
        "burns": view.burns,
        "promised": (*view.promised, *(past.done if past else ())),
        "carried": view.carried,
    }
    found = {f"{name}/{line.id}": _whole(line) for name, lines in blocks_of.items() for line in lines}
    decided = past.since.decisions if past and past.since else ()
    return found | {f"since/{made.id}": f"{made.id}   {made.text}" for made in decided}


def _whole(line: Line) -> str:
    return "   ".join(word for word in (line.id, line.text, line.owner, line.customer, line.reason) if word)
