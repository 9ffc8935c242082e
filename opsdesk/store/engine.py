"""TinyDB's Storage over SQLite: one transaction a command, and memory that changes only after it is durable."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from msgspec import json
from msgspec.structs import replace

from opsdesk.core.errors import Invalid, Unavailable
from opsdesk.core.journal import Transaction
from opsdesk.core.record import Record
from opsdesk.store.faults import BUSY, Spoken
from opsdesk.store.files import PATIENCE, Source, copy
from opsdesk.store.schema import refuse_newer, version_of
from opsdesk.store.shelf import Shelf, by_number, number
from opsdesk.store.tables import Deltas

MANY = 500
_journal_entry = json.Decoder(Transaction).decode


class Pending:
    """What the open transaction has changed so far; seen by its own thread only."""

    def __init__(self, seq: int) -> None:
        self.seq = seq
        self.thread = threading.get_ident()
        self.changed: dict[type[Record], dict[str, Record | None]] = {}


class Engine(Deltas):
    """`guard` holds the reading connection and all that is remembered; `turn` lets one thread write at a time."""

    def __init__(self, source: Source, kinds: Sequence[type[Record]]) -> None:
        self.source = source
        self.spoken = Spoken(source.place)
        self.guard, self.turn = threading.RLock(), threading.Lock()
        self.origin = int.from_bytes(os.urandom(7), "big")
        self.shelves = {kind: Shelf(kind, self.rows) for kind in kinds}
        self.pending: Pending | None = None
        self.unseen: list[Transaction] = []
        self.version, self.seq = self.data_version(), self.last()

    # Reading

    def rows(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        with self.guard, self.spoken:
            return self.source.reader.execute(query, values).fetchall()

    def data_version(self) -> int:
        return int(self.rows("pragma data_version")[0][0])

    def last(self) -> int:
        return int(self.rows("select coalesce(max(seq), 0) from journal")[0][0])

    def committed(self, kind: type[Record], id: str) -> Record | None:
        with self.guard, self.spoken:
            self.catch_up()
            return self.shelves[kind].get(id)

    def all(self, kind: type[Record]) -> tuple[Record, ...]:
        with self.guard, self.spoken:
            self.catch_up()
            return self.shelves[kind].all()

    def live(self, kind: type[Record]) -> tuple[Record, ...]:
        with self.guard, self.spoken:
            self.catch_up()
            return self.shelves[kind].live()

    def journal(self, since: int, by: str, limit: int) -> list[Transaction]:
        mine, values = (" and person=?", (by,)) if by else ("", ())
        query = f"select body from journal where seq>?{mine} order by seq desc limit ?"
        with self.spoken:
            return [_journal_entry(body) for (body,) in reversed(self.rows(query, since, *values, limit or -1))]

    # What others commit

    def news(self) -> list[Transaction]:
        with self.guard, self.spoken:
            self.catch_up()
            news, self.unseen = self.unseen, []
            return news

    def catch_up(self) -> None:
        """Reads again what has been committed since; what is not our own is news."""
        version = self.data_version()
        if version == self.version:
            return
        rows = self.rows("select seq, origin, body from journal where seq>? order by seq", self.seq)
        entries = [(origin, _journal_entry(body)) for _, origin, body in rows]
        self.renew([entry for _, entry in entries])
        self.unseen += [entry for origin, entry in entries if origin != self.origin]
        self.seq, self.version = rows[-1][0] if rows else self.seq, version

    def renew(self, entries: Sequence[Transaction]) -> None:
        changes = [change for entry in entries for change in entry.changes]
        for kind, shelf in self.shelves.items():
            ids = {change.id for change in changes if change.kind == kind.kind}
            shelf.forget() if len(ids) > MANY else shelf.renew(ids)

    # TinyDB's tables: as the transaction of this thread sees it, or as committed

    def mine(self) -> Pending | None:
        pending = self.pending
        return pending if pending is not None and pending.thread == threading.get_ident() else None

    def find(self, kind: type[Record], id: str) -> Record | None:
        pending = self.mine()
        if pending is not None and id in pending.changed.get(kind, {}):
            return pending.changed[kind][id]
        return self.committed(kind, id)

    def every(self, kind: type[Record]) -> tuple[Record, ...]:
        pending = self.mine()
        return overlaid(self.all(kind), pending.changed.get(kind, {}) if pending is not None else {})

    def read(self) -> None:
        return None

    def save(self, kind: type[Record], changed: Mapping[str, Record | None]) -> None:
        pending = self.mine()
        if pending is None:
            raise Invalid("Records change only inside a transaction.", "Use `with store.work(...)`.")
        for id in changed:
            if number(kind, id) is None:
                raise Invalid(f"{id} is no id of {kind.kind}.", f"They read {kind.prefix}-1, {kind.prefix}-2 …")
        stamped = {id: stamp(record, pending.seq) for id, record in changed.items()}
        pending.changed.setdefault(kind, {}).update(stamped)

    def next_id(self, kind: type[Record]) -> str:
        if self.mine() is None:
            raise Invalid("Records change only inside a transaction.", "Use `with store.work(...)`.")
        query = "insert into counters values(?, 1) on conflict(kind) do update set last=last+1 returning last"
        with self.spoken:
            return f"{kind.prefix}-{self.source.writer().execute(query, (kind.kind,)).fetchall()[0][0]}"

    # Writing

    @contextmanager
    def transaction(self) -> Iterator[Pending]:
        """One at a time over all desks. Whoever leaves it without `commit` has changed nothing."""
        self.take_turn()
        try:
            self.begin()
            yield self.pending_now()
        finally:
            self.pending = None
            self.roll_back()
            self.turn.release()

    def take_turn(self) -> None:
        if self.mine() is not None:
            raise RuntimeError("a transaction inside a transaction")
        if not self.turn.acquire(timeout=PATIENCE):
            raise Unavailable(BUSY, "Nothing was changed; try again in a moment.")

    def begin(self) -> None:
        with self.spoken:
            db = self.source.writer()
            db.execute("begin immediate")
            refuse_newer(version_of(db), self.source.place)

    def pending_now(self) -> Pending:
        with self.guard, self.spoken:
            self.catch_up()
            self.pending = Pending(self.seq + 1)
            return self.pending

    def commit(self, pending: Pending, entry: Transaction) -> None:
        """Records and journal together; then, and only then, what is remembered."""
        with self.spoken:
            if self.source.shared:
                with self.guard:
                    self.flush(pending, entry)
                    self.remember(pending, entry)
            else:
                self.flush(pending, entry)
                self.remember(pending, entry)

    def flush(self, pending: Pending, entry: Transaction) -> None:
        db = self.source.writer()
        for kind, changed in pending.changed.items():
            gone = [(kind.kind, number(kind, id)) for id, r in changed.items() if r is None]
            kept = [(kind.kind, number(kind, id), r.live, json.encode(r)) for id, r in changed.items() if r is not None]
            db.executemany("delete from docs where kind=? and number=?", gone)
            db.executemany("insert or replace into docs values(?,?,?,?)", kept)
        if entry.changes:
            row = (entry.seq, entry.by, entry.undoes, self.origin, json.encode(entry))
            db.execute("insert into journal values(?,?,?,?,?)", row)
        db.execute("commit")

    def remember(self, pending: Pending, entry: Transaction) -> None:
        """Unless a poll in between has caught up with it already."""
        with self.guard:
            if not entry.changes or self.seq >= entry.seq:
                return
            self.seq = entry.seq
            for kind, changed in pending.changed.items():
                self.shelves[kind].keep(changed)

    def roll_back(self) -> None:
        db = self.source.writer()
        if db.in_transaction:
            with self.spoken:
                db.execute("rollback")

    def copy(self, target: Path) -> None:
        with self.spoken:
            copy(self.source.reader, target)

    def close(self) -> None:
        with self.guard, self.spoken:
            self.source.close()


def overlaid(records: tuple[Record, ...], changed: Mapping[str, Record | None]) -> tuple[Record, ...]:
    """The records as they are with these changes."""
    if not changed:
        return records
    kept = [record for record in records if record.id not in changed]
    new = [record for record in changed.values() if record is not None]
    return tuple(sorted((*kept, *new), key=by_number))


def stamp(record: Record | None, seq: int) -> Record | None:
    return record if record is None or record.rev == seq else replace(record, rev=seq)
