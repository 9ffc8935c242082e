"""One open transaction: what it changes is noted, then written with its journal entry."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, cast

from msgspec.structs import replace

from opsdesk.core.errors import Conflict, Invalid, NotFound
from opsdesk.core.journal import Change, Fields, Transaction, difference, fields, stale
from opsdesk.core.record import R, Record, checked
from opsdesk.store.engine import Engine, overlaid
from opsdesk.store.tables import Tables, shaped

if TYPE_CHECKING:
    from types import TracebackType


def missing(kind: type[Record], id: str) -> NotFound:
    return NotFound(f"There is no {id or 'record without an id'}.", f"`opsdesk list {kind.kind}` shows what there is.")


def chosen(records: Sequence[R], test: Callable[[R], bool] | None, equal: Mapping[str, object]) -> Sequence[R]:
    """Those with these field values that also pass the test."""
    for name, value in equal.items():
        records = [record for record in records if getattr(record, name) == value]
    return records if test is None else [record for record in records if test(record)]


class Unit:
    """core.ports.Work over one engine."""

    def __init__(self, engine: Engine, tables: Tables, entry: Transaction, kinds: Sequence[type[Record]]) -> None:
        self._engine, self._tables, self._entry, self._kinds = engine, tables, entry, kinds

    def __enter__(self) -> Unit:
        self._pending = self._engine.begin()
        self.seq = self._pending.seq
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        try:
            if kind is None:
                self._finish()
        finally:
            self._engine.end()

    # Reading

    def get(self, kind: type[R], id: str) -> R:
        found = self._engine.find(kind, id)
        if found is None:
            raise missing(kind, id)
        return cast(R, found)

    def all(self, kind: type[R]) -> Sequence[R]:
        return cast(Sequence[R], self._engine.every(kind))

    def live(self, kind: type[R]) -> Sequence[R]:
        changed = {
            id: record if record is not None and record.live else None
            for id, record in self._pending.changed.get(kind, {}).items()
        }
        return cast(Sequence[R], overlaid(self._engine.committed.live(kind), changed))

    def where(self, kind: type[R], test: Callable[[R], bool] | None = None, /, **equal: object) -> Sequence[R]:
        found = overlaid(self._engine.committed.where(kind, equal), self._pending.changed.get(kind, {}))
        return chosen(cast(Sequence[R], found), test, equal)

    # Writing

    def add(self, record: R) -> R:
        return self._note(checked(replace(record, id=self._engine.next_id(type(record)), rev=self.seq)))

    def put(self, record: R) -> R:
        """A record that is as it was keeps its `rev`: nothing is written."""
        now = self._there(record)
        kept = checked(record if now.rev == record.rev else self._laid_over(now, record))
        return now if kept == now else self._note(replace(kept, rev=self.seq))

    def remove(self, kind: type[R], id: str) -> None:
        self.get(kind, id)
        self._tables[kind].put(id, None)

    def undo(self, tx: Transaction) -> None:
        if self._entry.undoes:
            raise Invalid("One command takes back one command.")
        redoes = tx.undoes if tx.undoes and not tx.redoes else 0
        self._entry = replace(self._entry, undoes=tx.seq, redoes=redoes)
        for change in reversed(tx.changes):
            self._take_back(change, tx.seq)

    def _note(self, record: R) -> R:
        self._tables[type(record)].put(record.id, record)
        return record

    def _take_back(self, change: Change, seq: int) -> None:
        kind = next((kind for kind in self._kinds if kind.kind == change.kind), None)
        if kind is None:
            raise Invalid(f"{change.id} cannot be changed back: {change.kind} is no kind of this desk.")
        now = fields(self._engine.find(kind, change.id))
        if stale(change, now):
            raise self._overtaken(kind, change, now, seq)
        self._refuse_changed_back(kind, change, seq)
        if change.before is None:
            self._tables[kind].put(change.id, None)
            return
        self._note(checked(shaped(kind, {**(now or {}), **change.before, "id": change.id, "rev": self.seq})))

    # Who was first

    def _there(self, record: R) -> R:
        """The record as it is now. Raises NotFound, Conflict where somebody has removed it."""
        now = self._engine.find(type(record), record.id)
        if now is not None:
            return cast(R, now)
        from opsdesk.store.merging import gone

        removed = None if self._changed(record) else gone(self._engine.committed, type(record), record.id, record.rev)
        raise removed or missing(type(record), record.id)

    def _laid_over(self, now: R, record: R) -> R:
        """What was read before others changed it, with what they did."""
        from opsdesk.store.merging import laid_over

        if self._changed(record):
            raise Conflict(f"{record.id} was changed twice from the same reading.", "Read it again in between.")
        return laid_over(self._engine.committed, now, record)

    def _changed(self, record: Record) -> bool:
        return record.id in self._pending.changed.get(type(record), ())

    def _overtaken(self, kind: type[Record], change: Change, now: Fields | None, seq: int) -> Conflict:
        from opsdesk.store.merging import overtaken

        return overtaken(self._engine.committed, kind, change, now, seq)

    def _refuse_changed_back(self, kind: type[Record], change: Change, seq: int) -> None:
        """The same value is not the same state of things: who set it again since has meant it. Raises Conflict."""
        if seq + 1 == self.seq:
            return
        from opsdesk.store.merging import refuse_changed_back

        refuse_changed_back(self._engine.committed, kind, change, seq)

    # Ending

    def _finish(self) -> None:
        """Writes what differs; a command that changed nothing leaves no trace but the ids it gave."""
        changes = [change for kind in self._pending.changed for change in self._differences(kind)]
        self._engine.commit(self._pending, replace(self._entry, seq=self.seq, changes=tuple(changes)))

    def _differences(self, kind: type[Record]) -> list[Change]:
        changed, changes = self._pending.changed[kind], []
        for id, new in list(changed.items()):
            old = None if id in self._pending.fresh else fields(self._engine.committed.get(kind, id))
            change = difference(kind.kind, id, old, fields(new))
            if change.before != change.after:
                changes.append(change)
            elif old is not None:
                del changed[id]
        return changes
