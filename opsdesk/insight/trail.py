"""The trail of a record: everything that happened to it, from the journal."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

import msgspec

from opsdesk.core.journal import Change, Transaction, in_effect
from opsdesk.core.record import Record

SILENT = ("id", "rev")


class Step(msgspec.Struct, frozen=True):
    """One transaction that touched the record: when, who, which command, what is different since."""

    at: datetime
    by: str
    command: str
    what: tuple[str, ...]


def trail(history: Iterable[Transaction], kind: str, id: str) -> list[Step]:
    """Oldest first, of the transactions in effect."""
    steps = [(tx, change) for tx in reversed(in_effect(history)) for change in tx.changes]
    return [Step(tx.at, tx.by, tx.command, told(c)) for tx, c in steps if (c.kind, c.id) == (kind, id)]


def told(change: Change) -> tuple[str, ...]:
    """`due 2026-11-20 → 2026-11-27`, one a field; nothing for what was made or removed as a whole."""
    if change.before is None or change.after is None:
        return ("made",) if change.before is None else ("removed",)
    after = change.after
    return tuple(f"{name} {_short(old)} → {_short(after.get(name))}" for name, old in change.before.items())


def _short(value: Any) -> str:
    if isinstance(value, list | dict):
        return str(len(value))
    text = "none" if value in (None, "") else str(value)
    return text if len(text) <= 40 else text[:39] + "…"


def described(record: Record) -> list[tuple[str, Any]]:
    """(title, value) of every field with something in it, titled as declared."""
    info = msgspec.inspect.type_info(type(record))
    titles = {f.name: _title(f) for f in info.fields} if isinstance(info, msgspec.inspect.StructType) else {}
    return [
        (titles.get(name) or name.replace("_", " "), record[name])
        for name in record
        if name not in SILENT and record[name] not in (None, "", (), False)
    ]


def _title(field: msgspec.inspect.Field) -> str:
    kind = field.type
    extra = kind.extra_json_schema if isinstance(kind, msgspec.inspect.Metadata) else None
    return str(extra.get("title", "")) if extra else ""
