"""A record made again from its trail in the journal, where the row it was kept in is damaged."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from opsdesk.core.journal import Change, Fields, Transaction
from opsdesk.core.record import Record


class Broken(Exception):
    """The trail does not fit together: something of it is missing."""


def mended(kind: type[Record], id: str, trail: Iterable[Transaction]) -> Record | None:
    """As the last entry left it; None where that removed it. Raises Broken."""
    now, found = None, False
    for entry in trail:
        for change in entry.changes:
            if change.kind == kind.kind and change.id == id:
                now, found = changed(now, change, entry.seq), True
    if not found:
        raise Broken
    return None if now is None else msgspec.convert(now, kind)


def changed(now: Fields | None, change: Change, seq: int) -> Fields | None:
    """The fields after a change. Raises Broken where they were not as the change says it found them."""
    if change.before is None or now is None:
        if now is not change.before or change.after is None:
            raise Broken
        return change.after | {"rev": seq}
    if any(now.get(name) != value for name, value in change.before.items() if name != "rev"):
        raise Broken
    return None if change.after is None else now | change.after | {"rev": seq}
