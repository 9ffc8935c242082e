"""How the blocks of Today stand on a screen of any size: one, two or three columns."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from opsdesk.boards.today import PastView, TodayView
from opsdesk.ui.today import blocks
from opsdesk.ui.today.lay import Block, column
from opsdesk.ui.widgets.record_list import Row

TWO, THREE = 100, 165
WIDEST = 84
TALL = 44
AIRY = 24
EDGE = 2


class Page(msgspec.Struct, frozen=True):
    """Columns of rows, each so many cells wide, with a gap between them."""

    columns: Sequence[Sequence[Row]]
    width: int
    gap: int


def laid(view: TodayView, past: PastView | None, width: int, height: int, opened: frozenset[str]) -> Page:
    """One column scrolls, so it may be longer than the screen; the most important stands first."""
    count = 1 if width < TWO else 2 if width < THREE else 3
    gap = 0 if count == 1 else 4
    each = min(WIDEST, (width - gap * (count - 1)) // count)
    air = [Row()] if height >= AIRY else []
    room = max(TALL, height) if count == 1 else height - len(air)
    stacks = stacked(view, past, each - EDGE, count)
    return Page([[*air, *column(stack, room, opened)] for stack in stacks], each, gap)


def stacked(view: TodayView, past: PastView | None, cells: int, count: int) -> Sequence[Sequence[Block]]:
    meets, burns = blocks.next_block(view, cells), blocks.burns_block(view, cells)
    promised, carried = blocks.promised_block(view, past, cells), blocks.carried_block(view, cells)
    since, kept = blocks.since_block(past, cells), blocks.kept_block(past, cells)
    constraint = blocks.constraint_block(view, cells)
    match count:
        case 1:
            return [[meets, burns, promised, carried, since, kept, constraint]]
        case 2:
            return [[meets, kept, constraint], [burns, promised, carried, since]]
        case _:
            return [[meets, kept, constraint], [burns, carried], [promised, since]]
