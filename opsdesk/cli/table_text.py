"""What a table of one's own was read as, in words and as JSON."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import msgspec

from opsdesk.core.declared import initial
from opsdesk.core.text import clean

if TYPE_CHECKING:
    from opsdesk.core.record import Record
    from opsdesk.desk.intake import Preview

SHOWN = 10
WIDEST = 60
KEPT = ("id", "rev", "created", "created_by", "told")
NOW = {"scores": ("at", "since")}


def first_rows(preview: Preview) -> Iterator[str]:
    """As in "  name: Ana Ferreira, handle: ana, department: Support", with the number of those not shown."""
    for record in preview.records[:SHOWN]:
        yield "  " + ", ".join(f"{name}: {_shown(value)}" for name, value in said(record).items())
    more = len(preview.records) - SHOWN
    if more > 0:
        yield f"  … and {more:,} more"


def unsaid(preview: Preview) -> str:
    """As in ", 12 lines say nothing, 3 lines were said today already: left alone"."""
    lines = (
        (preview.unsaid, "says", "say", " nothing"),
        (preview.again, "was", "were", " said today already: left alone"),
    )
    return "".join(
        f", {many:,} line{f' {one}' if many == 1 else f's {several}'}{what}"
        for many, one, several, what in lines
        if many
    )


def said(record: Record) -> dict[str, Any]:
    """The fields that the table says something of, as JSON types; dates as they were read."""
    values = msgspec.to_builtins(record)
    defaults = initial(type(record))
    hidden = (*KEPT, *NOW.get(record.kind, ()))
    return {name: each for name, each in values.items() if name not in hidden and each != defaults[name]}


def whole(preview: Preview, taken: bool) -> dict[str, Any]:
    """Everything that would be taken in or was, the problems by line, and the headings that are not used."""
    return {
        "kind": preview.kind,
        "taken": taken,
        "count": len(preview.records),
        "records": [said(record) for record in preview.records],
        "problems": [{"line": line, "why": why} for line, why in preview.problems],
        "ignored": preview.ignored,
        "taken_for": preview.taken_for,
        "unsaid": preview.unsaid,
        "again": preview.again,
    }


def _shown(value: Any) -> str:
    text = "yes" if value is True else clean(str(value))
    return text if len(text) <= WIDEST else f"{text[: WIDEST - 1]}…"
