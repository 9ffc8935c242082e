"""A record made again from its trail in the journal, where the row it was kept in is damaged."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from opsdesk.core.errors import Invalid
from opsdesk.core.journal import Fields, Transaction
from opsdesk.core.record import Record
from opsdesk.core.replay import after


def mended(kind: type[Record], id: str, trail: Iterable[Transaction]) -> Record | None:
    """As the last entry left it; None where that removed it. Raises Invalid for a trail that has gaps, or none."""
    now: Fields | None = None
    found = False
    for entry in trail:
        for change in entry.changes:
            if change.kind == kind.kind and change.id == id:
                now, found = after(now, change, entry.seq), True
    if not found:
        raise Invalid(f"The journal knows no {id}.")
    return None if now is None else msgspec.convert(now, kind)
