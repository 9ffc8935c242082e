"""Lines of several blocks under one another, their columns aligned: mark, id, text, owner, reason."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from opsdesk.boards.table import Line
from opsdesk.ui.ink import FLAGS, Ink, width
from opsdesk.ui.today.lay import padded
from opsdesk.ui.widgets.record_list import Row

MARK, ID, GAP = 2, 7, 3
LEAST_REASON = 16


class Widths(msgspec.Struct, frozen=True, kw_only=True):
    """Cells of each column; no owner column where there is no room for it. `brief`: reasons in few words."""

    text: int
    owner: int
    reason: int
    brief: bool


def widths(lines: Sequence[Line], cells: int) -> Widths:
    """The text comes first, then the reason; both whole where they fit, with the owner where that fits too."""
    room = cells - MARK - ID
    text = max((width(line.text) for line in lines), default=0)
    full, brief = (max((width(words) for words in said), default=0) for said in _reasons(lines))
    short = text + GAP + full > room
    reason = min(brief if short else full, max(LEAST_REASON, room // 2))
    text = min(text, room - GAP - reason)
    owner = max((width(line.owner) for line in lines), default=0)
    fits = text + GAP + owner + GAP + reason <= room
    return Widths(text=text, owner=owner if fits else 0, reason=reason, brief=short)


def _reasons(lines: Sequence[Line]) -> tuple[list[str], list[str]]:
    return [line.reason for line in lines], [line.brief or line.reason for line in lines]


def row(name: str, line: Line, wide: Widths, mark: Ink | None = None, *, quiet: bool = False) -> Row:
    """`quiet` is for what is done: all of it dim but the mark."""
    role = line.weight if line.weight in ("red", "orange") else "dim"
    sign = mark or Ink(FLAGS.get(line.weight, FLAGS["none"])[0], role)
    pieces = [sign, Ink(" "), padded(line.id, ID, "dim" if quiet else "bright")]
    pieces += [padded(line.text, wide.text, "dim" if quiet else "ink"), Ink(" " * GAP)]
    if wide.owner:
        pieces += [padded(line.owner, wide.owner, "dim"), Ink(" " * GAP)]
    words = line.brief or line.reason if wide.brief else line.reason
    return Row(key=f"{name}/{line.id}", across=(*pieces, padded(words, wide.reason, "dim" if quiet else role)))
