"""TinyDB's Storage over SQLite: one transaction a command; memory changes only after it is durable."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Mapping
from contextlib import AbstractContextManager, nullcontext, suppress

from msgspec.structs import replace

from opsdesk.core.errors import Invalid, Unavailable
from opsdesk.core.journal import Transaction
from opsdesk.core.record import Record
from opsdesk.store.committed import Committed
from opsdesk.store.connections import PATIENCE
from opsdesk.store.faults import BUSY, LATER, Spoken
from opsdesk.store.files import EXCHANGES
from opsdesk.store.rows import doc_row, entry_row, number
from opsdesk.store.schema import refuse_other, version_of
from opsdesk.store.shelf import Changed, by_number
from opsdesk.store.source import Source
from opsdesk.store.tables import Deltas

DOC = "insert or replace into docs values(?,?,?,?,?,?)"
ENTRY = "insert into journal values(?,?,?,?,?,?)"
UNFINISHED = "The disk has not taken the last command of this desk yet"
BEHIND = "It is closed once that has come to its end; look then whether the command is there."


class Pending:
    """What the open transaction has changed so far; seen by its own thread only."""

    def __init__(self, db: sqlite3.Connection, seq: int, known: int, numbers: dict[type[Record], int]) -> None:
        self.db, self.seq, self.known, self.numbers = db, seq, known, numbers
        self.thread = threading.get_ident()
        self.changed: dict[type[Record], dict[str, Record | None]] = {}
        self.fresh: set[str] = set()


class Engine(Deltas):
    """`turn` lets one thread write at a time; `_known` is the state of the file in which `_numbers` holds.

    `_left`: whoever writes now closes the desk.
    """

    def __init__(self, source: Source) -> None:
        self.committed = Committed(source)
        self.source, self.spoken = source, Spoken(source.place, writes=True)
        self.turn = threading.Lock()
        self._left = False
        self.pending: Pending | None = None
        self.db: sqlite3.Connection | None = None
        self._known: int | None = None
        self._numbers: dict[type[Record], int] = {}

    # As the transaction of this thread sees it, else as committed

    def mine(self) -> Pending | None:
        pending = self.pending
        return pending if pending is not None and pending.thread == threading.get_ident() else None

    def open(self) -> Pending:
        pending = self.mine()
        if pending is None:
            raise Invalid("Records change only inside a transaction.", "Use `with store.work(...)`.")
        return pending

    def find(self, kind: type[Record], id: str) -> Record | None:
        pending = self.mine()
        if pending is not None and id in pending.changed.get(kind, ()):
            return pending.changed[kind][id]
        return self.committed.get(kind, id)

    def every(self, kind: type[Record]) -> tuple[Record, ...]:
        pending = self.mine()
        return overlaid(self.committed.all(kind), pending.changed.get(kind, {}) if pending is not None else {})

    def save(self, kind: type[Record], changed: Changed) -> None:
        pending = self.open()
        noted = pending.changed.setdefault(kind, {})
        for id, record in changed.items():
            if id not in pending.fresh:
                self._count(pending, kind, id)
            noted[id] = record if record is None or record.rev == pending.seq else replace(record, rev=pending.seq)

    def _count(self, pending: Pending, kind: type[Record], id: str) -> None:
        """An id that was given by hand is not given again either."""
        place = number(kind, id)
        if place is None:
            raise Invalid(f"{id} is no id of {kind.kind}.", f"They read {kind.prefix}-1, {kind.prefix}-2 …")
        pending.numbers[kind] = max(self._last_number(pending, kind), place)

    def next_id(self, kind: type[Record]) -> str:
        pending = self.open()
        pending.numbers[kind] = self._last_number(pending, kind) + 1
        id = f"{kind.prefix}-{pending.numbers[kind]}"
        pending.fresh.add(id)
        return id

    def _last_number(self, pending: Pending, kind: type[Record]) -> int:
        """The highest ever given: a removed record leaves its number behind."""
        if kind in pending.numbers:
            return pending.numbers[kind]
        with self.spoken:
            query = "select coalesce(max(number), 0) from docs where kind=?"
            return int(pending.db.execute(query, (kind.kind,)).fetchall()[0][0])

    # One transaction

    def begin(self) -> Pending:
        """One at a time over all desks. What is not committed before `end` has changed nothing."""
        self._take_turn()
        try:
            with self.spoken:
                self.pending = self._begun()
            return self.pending
        finally:
            if self.pending is None:
                self.end()

    def end(self) -> None:
        self.pending = None
        try:
            with self.spoken:
                if self.db is not None and self.db.in_transaction:
                    self.db.execute("rollback")
        finally:
            self.turn.release()
            if self._left:
                with suppress(Unavailable):
                    self.close()

    def _take_turn(self) -> None:
        if self.mine() is not None:
            raise RuntimeError("a transaction inside a transaction")
        if not self.turn.acquire(timeout=PATIENCE):
            raise Unavailable(f"{BUSY}: {self.source.place}.", LATER)

    def _begun(self) -> Pending:
        """Nobody else can write from here on; what others have written is looked at only where there is any."""
        db = self._locked()
        version = int(db.execute("pragma data_version").fetchone()[0])
        if version != self._known:
            refuse_other(version_of(db), self.source.place)
            self._numbers.clear()
            with self.committed.guard:
                self.committed.catch_up()
        self._known = None
        return Pending(db, self.committed.seq + 1, version, self._numbers.copy())

    def _locked(self) -> sqlite3.Connection:
        """A connection on which only this desk can write until `end`. Raises Unavailable.

        While it waited for its turn a repair may have put another file in the place of this one: then that is written.
        """
        for _ in range(EXCHANGES):
            self.committed.follow()
            try:
                db = self._writing()
                db.execute("begin immediate")
            except (sqlite3.Error, Unavailable):
                if not self.source.moved():
                    raise
                continue
            if not self.source.moved():
                return db
            db.execute("rollback")
        raise Unavailable(f"{BUSY}: {self.source.place}.", LATER)

    def _writing(self) -> sqlite3.Connection:
        """What is known of the file by another connection says nothing of what this one finds."""
        before, self.db = self.db, None
        db = self.source.writer()
        if db is not before:
            self._known = None
        self.db = db
        return db

    def commit(self, pending: Pending, entry: Transaction) -> None:
        """Records and journal together; then, and only then, what is remembered."""
        with self.undivided():
            self._flush(pending, entry)

    def _flush(self, pending: Pending, entry: Transaction) -> None:
        with self.spoken:
            db = pending.db
            for kind, changed in pending.changed.items():
                db.executemany(DOC, [doc_row(kind, id, record) for id, record in changed.items()])
            if entry.changes:
                values = entry_row(entry, self.committed.origin)
                db.execute(ENTRY, values)
            db.execute("commit")
        self._known, self._numbers = pending.known, pending.numbers
        if entry.changes:
            self.committed.keep(entry.seq, values[-1], pending.changed)

    def undivided(self) -> AbstractContextManager[object]:
        """On one connection for all, nobody may look at what is half written."""
        return self.committed.guard if self.source.shared else nullcontext()

    def close(self) -> None:
        """After the command that is being written, if there is one.

        Where a disk does not let it come to its end, that is said, and the command closes the desk behind it.
        """
        if self.mine() is not None:
            raise RuntimeError("closed inside a transaction")
        self._left = not self.turn.acquire(timeout=PATIENCE)
        if self._left and not self.turn.acquire(blocking=False):
            raise Unavailable(f"{UNFINISHED}: {self.source.place}.", BEHIND)
        try:
            with self.committed.guard, self.committed.spoken:
                self.source.close()
        finally:
            self.turn.release()


def overlaid(records: tuple[Record, ...], changed: Mapping[str, Record | None]) -> tuple[Record, ...]:
    """The records as they are with these changes."""
    if not changed:
        return records
    kept = [record for record in records if record.id not in changed]
    new = [record for record in changed.values() if record is not None]
    return tuple(sorted((*kept, *new), key=by_number))
