"""The trail of a record: everything that happened to it, from the journal."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import msgspec

from opsdesk.core.journal import Change, Transaction, in_effect


class Step(msgspec.Struct, frozen=True):
    """One transaction that touched the record, and what it changed of it."""

    tx: Transaction
    change: Change


def trail(history: Iterable[Transaction], kind: str, id: str) -> list[Step]:
    """Oldest first, of the transactions in effect. `history`: at least all that touched this record."""
    steps = [Step(tx, change) for tx in reversed(in_effect(history)) for change in tx.changes]
    return [step for step in steps if (step.change.kind, step.change.id) == (kind, id)]


def told(change: Change, most: int | None = None) -> tuple[str, ...]:
    """`due: 2026-11-20 → 2026-11-27`, one a field, of each value `most` characters; nothing for a record made or
    removed as a whole.
    """
    before, after = change.before, change.after
    if before is None or after is None:
        return ()
    return tuple(f"{name}: {_plain(before.get(name), most)} → {_plain(new, most)}" for name, new in after.items())


def _plain(value: Any, most: int | None) -> str:
    if value in (None, "", [], {}):
        return "nothing"
    text = str(len(value)) if isinstance(value, list | dict) else str(value)
    return text if most is None or len(text) <= most else text[: most - 1] + "…"
