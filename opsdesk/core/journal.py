"""What happened: one Transaction a command, one Change a record it touched."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

import msgspec
from msgspec import json

from opsdesk.core.record import Record

Fields = dict[str, Any]


class Change(msgspec.Struct, frozen=True, omit_defaults=True):
    """Only the fields that differ, as JSON types. before None: made; after None: removed."""

    kind: str
    id: str
    before: Fields | None = None
    after: Fields | None = None


class Transaction(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One command. `undoes` is the seq of the transaction taken back (an undo of an undo is a redo)."""

    seq: int = 0
    at: datetime
    by: str
    command: str
    meeting: str = ""
    section: str = ""
    undoes: int = 0
    changes: tuple[Change, ...] = ()


def fields(record: Record | None) -> Fields | None:
    """As the journal holds them: JSON's types only (to_builtins alone leaves tuples tuples)."""
    return None if record is None else json.decode(json.encode(record), type=dict[str, Any])


def difference(kind: str, id: str, old: Fields | None, new: Fields | None) -> Change:
    """The change from old to new; `rev` is never part of it."""
    if old is None or new is None:
        return Change(kind, id, old, new)
    names = [n for n in new if old.get(n) != new[n] and n != "rev"]
    return Change(kind, id, {n: old.get(n) for n in names}, {n: new[n] for n in names})


def in_effect(history: Iterable[Transaction]) -> list[Transaction]:
    """Newest first, without what was taken back and without what took it back twice over."""
    gone: set[int] = set()
    kept = []
    for tx in sorted(history, key=lambda t: -t.seq):
        if tx.seq in gone:
            continue
        gone.add(tx.undoes)
        kept.append(tx)
    return kept


def undoable(history: Iterable[Transaction], by: str) -> Transaction | None:
    """The newest command of this person still in effect."""
    return next((tx for tx in in_effect(history) if tx.by == by and not tx.undoes), None)


def redoable(history: Sequence[Transaction], by: str) -> Transaction | None:
    """The newest undo in effect, unless a new command of the same person came after it."""
    undos = {tx.seq for tx in history if tx.undoes}
    mine = (tx for tx in in_effect(history) if tx.by == by and tx.undoes not in undos)
    newest = next(mine, None)
    return newest if newest and newest.undoes else None
