"""What a meeting opens with: what has changed since its last run, in one line until somebody wants to see more."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from opsdesk.boards.opening import Opening, Part
from opsdesk.boards.table import Line
from opsdesk.ui.ink import Ink
from opsdesk.ui.room.table import board_row
from opsdesk.ui.widgets.columns import Row

FOLD = "since"
FOLDED, OPEN = "▸", "▾"
NOTHING = "nothing has changed here since last time"


def parts_of(opening: Opening, section: str, *, first: bool) -> Sequence[Part]:
    """The first section opens with all of it, each later one with its own."""
    if first:
        return opening.parts
    lines = opening.of(section)
    return (Part(section=section, lines=lines),) if lines else ()


def rows(opening: Opening, parts: Sequence[Part], *, first: bool, unfolded: bool, room: bool) -> list[Row]:
    """Nothing at the first run ever. `room`: whether there is some for an empty line."""
    if opening.first or not (parts or first):
        return []
    told = opening.summary.replace(", ", " · ") if first else _own(parts[0].lines)
    mark = f"{OPEN if unfolded else FOLDED} " if parts else " "  # a row that can be chosen is set in by itself
    head = Row(key=FOLD if parts else "", across=(Ink(f"{mark}{opening.title}  ", "dim"), Ink(told)))
    lines = list(_lines(parts)) if unfolded else []
    return [head, *lines, *([Row()] if room else [])]


def _own(lines: Sequence[Line]) -> str:
    """I-3 resolved Fri · I-5 identified → monitoring."""
    return " · ".join(f"{line.id} {(line.brief or line.reason).split(', ')[0]}".strip() for line in lines)


def _lines(parts: Sequence[Part]) -> Iterator[Row]:
    """The lines of each section, below its name where there are several."""
    for part in parts:
        if len(parts) > 1:
            yield Row(across=(Ink(f" {part.section}", "dim"),))
        for line in part.lines:
            row = board_row(line)
            yield replace(row, key=f"{FOLD}/{row.key}") if row.key else row
