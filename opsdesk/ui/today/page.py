"""How the blocks of Today stand on a screen of any size: one, two or three columns."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from opsdesk.boards.table import Line
from opsdesk.boards.today import PastView, TodayView
from opsdesk.ui.today import blocks
from opsdesk.ui.today.lay import Block, column, needed
from opsdesk.ui.widgets.columns import Row

TWO = 100
LEFT, RIGHT = 76, 118
TALL = 44
AIRY = 24
GAP, EDGE = 4, 2
ROOMY = 64  # cells from which on a record can stand in the left column
MOST_MOVED = 8


class Page(msgspec.Struct, frozen=True):
    """Columns of rows, and how many cells wide each is; GAP lies between them."""

    columns: Sequence[Sequence[Row]]
    widths: Sequence[int]


def laid(view: TodayView, past: PastView | None, width: int, height: int, opened: frozenset[str]) -> Page:
    """One column scrolls, so it may be longer than the screen; the most important stands first."""
    widths = across(width)
    air = [Row()] if height >= AIRY else []
    room = max(TALL, height) if len(widths) == 1 else height - len(air)
    stacks = stacked(view, past, [cells - EDGE for cells in widths], room)
    return Page([[*air, *column(stack, room, opened)] for stack in stacks], widths)


def across(width: int) -> Sequence[int]:
    """One column, or two from 100 cells on: the right one is wider, as its lines say more."""
    if width < TWO:
        return [width]
    left = min(LEFT, (width - GAP) * 21 // 50)
    return [left, min(RIGHT, width - GAP - left)]


def stacked(view: TodayView, past: PastView | None, cells: Sequence[int], room: int) -> Sequence[Sequence[Block]]:
    """The blocks of each column, in the order of reading; on `room` rows."""
    left, right = cells[0], cells[-1]
    meets = [*blocks.notice(view, left), blocks.next_block(view, left, airy=len(cells) > 1)]
    figures, since = _figures(view, past, left), blocks.since_block(past, right)
    records = blocks.record_blocks(view, past, right)
    if len(cells) == 1:
        return [[*meets, *records, since, *figures]]
    if left < ROOMY or not _fits_beside([*meets, *figures], [*records, since], records[-1], room):
        return [[*meets, *figures], [*records, since]]
    burns, promised, carried = blocks.record_blocks(view, past, right, beside=left)
    return [[*meets, carried, *figures], [burns, promised, since]]


def _figures(view: TodayView, past: PastView | None, cells: int) -> list[Block]:
    """Before a customer none at all, before the whole company none about single persons."""
    kept = [] if view.audience == "customer" else [blocks.kept_block(past, cells)]
    return [*kept, blocks.constraint_block(view, cells)] if view.audience == "team" else kept


def _fits_beside(left: Sequence[Block], right: Sequence[Block], moved: Block, room: int) -> bool:
    """Whether the left column is the shorter one and has room for a block, or for most of a long one."""
    free = room - needed(left) - needed([moved]) + max(0, len(moved.rows) - MOST_MOVED)
    return needed(left) + needed([moved]) <= needed(right) and free > 0


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
