"""A whole history written into an empty store, as it was: numbers, times and names, and the records it makes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec
from msgspec import json

from opsdesk.core.errors import Invalid
from opsdesk.core.journal import Fields, Transaction
from opsdesk.core.record import Record, checked
from opsdesk.core.replay import Key, Replay
from opsdesk.core.text import cleaned
from opsdesk.store.engine import DOC, ENTRY, Engine, Pending
from opsdesk.store.rows import Doc, doc_row, entry_row

EMPTY = "select (select count(*) from journal) + (select count(*) from docs)"


def take_over(
    engine: Engine, kinds: Sequence[type[Record]], history: Iterable[Transaction], records: Iterable[Record]
) -> int:
    """How many transactions. Raises Invalid, with nothing changed, where the store is not empty, the history has a gap
    or contradicts itself, or the records are not what it makes.
    """
    pending = engine.begin()
    try:
        with engine.undivided(), engine.spoken:
            if pending.db.execute(EMPTY).fetchone()[0]:
                raise Invalid("There is a history here already.", "Take this one into an empty desk.")
            last = _written(engine, pending, kinds, history, records)
            pending.db.execute("commit")
        engine.committed.begin_anew()
        return last
    finally:
        engine.end()


def _written(
    engine: Engine,
    pending: Pending,
    kinds: Sequence[type[Record]],
    history: Iterable[Transaction],
    records: Iterable[Record],
) -> int:
    count = Count()

    def kept() -> Iterator[Transaction]:
        for entry in count.through(history):
            pending.db.execute(ENTRY, entry_row(entry, engine.committed.origin))
            yield entry

    made = Replay(kept(), strict=True).fields
    pending.db.executemany(DOC, _docs({kind.kind: kind for kind in kinds}, made, records))
    return count.last


class Count:
    """The seq of the newest of what went through it, one after the other from 1 on."""

    def __init__(self) -> None:
        self.last = 0

    def through(self, history: Iterable[Transaction]) -> Iterator[Transaction]:
        for entry in history:
            self.last += 1
            if entry.seq != self.last:
                raise Invalid(f"Entry {self.last} of the journal is missing.", "Export the desk again.")
            _check(entry)
            yield entry


def _check(entry: Transaction) -> None:
    """What people type is cleaned before it is kept; what is not clean no desk has kept."""
    encoded = json.encode(entry)
    plain = encoded.isascii() and b"\\" not in encoded and b"\x7f" not in encoded
    if entry.at.tzinfo is None or not (plain or _is_clean(json.decode(encoded))):
        raise Invalid(f"Entry {entry.seq} of the journal holds what no desk has written.", "Export the desk again.")


def _is_clean(values: object) -> bool:
    return bool(cleaned(values) == values)


def _docs(
    kinds: Mapping[str, type[Record]], made: Mapping[Key, Fields | None], records: Iterable[Record]
) -> Iterator[Doc]:
    """A row for every record that ever was. Raises Invalid where the records are not those that were made."""
    for kind, id in made:
        if kind not in kinds:
            raise Invalid(f"{id} is of {kind}, which is no kind of this desk.", "Update OpsDesk, then try again.")
    missing = {key for key, fields in made.items() if fields is not None}
    for record in records:
        key = record.kind, record.id
        fields = made.get(key)
        if key not in missing or fields is None or _shaped(type(record), fields) != record:
            raise _different(record.id)
        missing.discard(key)
        yield doc_row(type(record), record.id, record)
    if missing:
        raise _different(min(missing)[1])
    yield from (doc_row(kinds[kind], id, None) for (kind, id), fields in made.items() if fields is None)


def _shaped(kind: type[Record], fields: Fields) -> Record | None:
    """As the journal made it; None where no desk would have kept it so."""
    try:
        found = msgspec.convert(fields, kind)
        return found if checked(found) == found else None
    except (msgspec.ValidationError, Invalid):
        return None


def _different(id: str) -> Invalid:
    return Invalid(f"{id} is not what the journal makes of it.", "Export the desk again.")
