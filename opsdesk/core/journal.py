"""What happened: one Transaction a command, one Change a record it touched."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

import msgspec
from msgspec import json

from opsdesk.core.record import Record

Fields = dict[str, Any]
_encode = json.Encoder().encode
_decode = json.Decoder(dict[str, Any]).decode


class Change(msgspec.Struct, frozen=True, omit_defaults=True):
    """Only the fields that differ, as JSON types. before None: made; after None: removed."""

    kind: str
    id: str
    before: Fields | None = None
    after: Fields | None = None


class Transaction(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One command. `undoes` is the seq of the transaction taken back.

    An undo of an undo is a redo: its `redoes` is the seq of the command that is in effect again. `left`: how something
    left the desk by it ("printed", "saved to x.md"): no undo brings that back. `lost`: written by a repair in the place
    of one that could not be read, or for what none of those accounts for; nobody's command, so never undone.
    """

    seq: int = 0
    at: datetime
    by: str
    command: str
    meeting: str = ""
    section: str = ""
    undoes: int = 0
    redoes: int = 0
    left: str = ""
    lost: bool = False
    changes: tuple[Change, ...] = ()


def fields(record: Record | None) -> Fields | None:
    """As the journal holds them: JSON's types only (to_builtins alone leaves tuples tuples)."""
    return None if record is None else _decode(_encode(record))


def difference(kind: str, id: str, old: Fields | None, new: Fields | None) -> Change:
    """The change from old to new; `rev` is never part of it."""
    if old is None or new is None:
        return Change(kind, id, old, new)
    names = [n for n in new if old.get(n) != new[n] and n != "rev"]
    return Change(kind, id, {n: old.get(n) for n in names}, {n: new[n] for n in names})


def stale(change: Change, now: Fields | None) -> bool:
    """Whether any field that the change set is no longer as it set it."""
    if now is None or change.after is None:
        return now is not change.after
    return any(now.get(name) != value for name, value in change.after.items() if name != "rev")


def effective(newest_first: Iterable[Transaction]) -> Iterator[Transaction]:
    """Without what was taken back, nor what took it back where that was taken back in turn."""
    gone: set[int] = set()
    for tx in newest_first:
        if tx.seq not in gone:
            gone.add(tx.undoes)
            yield tx


def in_effect(history: Iterable[Transaction]) -> list[Transaction]:
    """Those of a history in any order that are in effect, newest first."""
    return list(effective(sorted(history, key=lambda tx: -tx.seq)))


def standing(trail: Sequence[Transaction]) -> list[Transaction]:
    """What of this part of the journal, oldest first, has changed anything for good: a command and what took it back
    within it come to nothing, and of one that was done again the command itself stands.
    """
    known = {tx.seq for tx in trail}
    return [tx for tx in in_effect(trail)[::-1] if tx.undoes not in known]


def undoable(newest_first: Iterable[Transaction], below: int = 0) -> Transaction | None:
    """Of one person's transactions the newest command still in effect, with seq < `below` if that is given; reads no
    further than it must.

    What has left the desk is none: neither does it stand in the way of the command before it.
    """
    steps = (tx for tx in effective(newest_first) if not (tx.undoes or tx.left or tx.lost))
    return next((tx for tx in steps if not below or tx.seq < below), None)


def redoable(newest_first: Iterable[Transaction]) -> Transaction | None:
    """Of one person's transactions the newest undo in effect, unless a new command came after it."""
    newest = next((tx for tx in effective(newest_first) if not (tx.redoes or tx.left or tx.lost)), None)
    return newest if newest and newest.undoes else None
