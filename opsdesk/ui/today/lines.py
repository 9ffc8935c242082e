"""Lines of several blocks under one another, their columns aligned: mark, id, text, owner, reason."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from opsdesk.boards.table import Line
from opsdesk.ui.ink import FLAGS, Ink, width
from opsdesk.ui.today.lay import padded
from opsdesk.ui.widgets.columns import Row

MARK, ID, GAP = 2, 7, 3
LEAST_REASON = 16


class Widths(msgspec.Struct, frozen=True, kw_only=True):
    """Cells of each column; no owner column where there is no room for it."""

    text: int
    owner: int
    reason: int


def widths(lines: Sequence[Line], cells: int) -> Widths:
    """The text comes first, then the reason, at least in few words, then the owner, each whole where it fits."""
    room = cells - MARK - ID
    brief = max((width(line.brief or line.reason) for line in lines), default=0)
    reason = min(brief, max(LEAST_REASON, room // 2))
    text = min(max((width(line.text) for line in lines), default=0), room - GAP - reason)
    owner = max((width(line.owner) for line in lines), default=0)
    rest = room - text - 2 * GAP - reason
    owner = owner if owner <= rest else 0
    return Widths(text=text, owner=owner, reason=room - text - GAP - (owner + GAP if owner else 0))


def row(name: str, line: Line, wide: Widths, mark: Ink | None = None, *, reason: str = "") -> Row:
    """`reason` is the role of the last column, its harm by default; dim makes the whole line dim but for its mark."""
    role = line.weight if line.weight in ("red", "orange") else "dim"
    quiet = reason == "dim"
    sign = mark or Ink(FLAGS.get(line.weight, FLAGS["none"])[0], role)
    pieces = [sign, Ink(" "), padded(line.id, ID, "dim" if quiet else "bright")]
    pieces += [padded(line.text, wide.text, "dim" if quiet else "ink"), Ink(" " * GAP)]
    if wide.owner:
        pieces += [padded(line.owner, wide.owner, "dim"), Ink(" " * GAP)]
    words = line.reason if width(line.reason) <= wide.reason else line.brief or line.reason
    return Row(key=f"{name}/{line.id}", across=(*pieces, padded(words, wide.reason, reason or role)))
