"""What is durable, as remembered here: read at any time from any thread, and never stale."""

from __future__ import annotations

import os
import threading
from collections.abc import Mapping, Sequence
from typing import Any

from msgspec import json

from opsdesk.core.journal import Transaction
from opsdesk.core.record import Record
from opsdesk.store.faults import Spoken
from opsdesk.store.files import Source
from opsdesk.store.shelf import Changed, Rack, Shelf

MANY = 500
OF_ALL = "select body from journal where seq>? order by seq desc limit ?"
NAMING = "select body from journal where instr(body, ?) order by seq"
OF_ONE = "select body from journal where seq>? and person=? order by seq desc limit ?"


def _entry(body: bytes) -> Transaction:
    return json.decode(body, type=Transaction)


class Committed:
    """`guard` holds the reading connection and all that is remembered; nobody keeps it over a write to disk."""

    def __init__(self, source: Source, kinds: Sequence[type[Record]]) -> None:
        self.source, self.spoken = source, Spoken(source.place)
        self.guard = threading.RLock()
        self.origin = int.from_bytes(os.urandom(7), "big")
        self._shelves = {kind: Shelf(kind, self.rows) for kind in kinds}
        self._unseen: list[Transaction] = []
        self._version, self.seq = self._data_version(), self._last()

    def rows(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        with self.guard, self.spoken:
            return self.source.reader.execute(query, values).fetchall()

    def get(self, kind: type[Record], id: str) -> Record | None:
        with self.guard, self.spoken:
            self.catch_up()
            return self._shelves[kind].get(id)

    def all(self, kind: type[Record]) -> tuple[Record, ...]:
        """Read once; whoever reads something else meanwhile does not wait for it."""
        shelf = self._shelves[kind]
        with self.spoken:
            found = self._remembered(shelf)
            if found is None:
                with shelf.loading:
                    while (found := self._remembered(shelf)) is None:
                        self._load(shelf)
            return found

    def live(self, kind: type[Record]) -> tuple[Record, ...]:
        with self.guard, self.spoken:
            self.catch_up()
            return self._shelves[kind].live()

    def where(self, kind: type[Record], equal: Mapping[str, object]) -> tuple[Record, ...]:
        """All that can have these field values: what was said in one meeting is found without the rest of its kind."""
        meeting = equal.get("meeting")
        if not isinstance(meeting, str) or not meeting.isascii() or not meeting or not hasattr(kind, "meeting"):
            return self.all(kind)
        with self.guard, self.spoken:
            self.catch_up()
            return self._shelves[kind].said(meeting)

    def journal(self, since: int, by: str, limit: int) -> list[Transaction]:
        query, values = (OF_ONE, (since, by)) if by else (OF_ALL, (since,))
        with self.spoken:
            return [_entry(body) for (body,) in reversed(self.rows(query, *values, limit or -1))]

    def touching(self, id: str) -> list[Transaction]:
        """Those that changed one record, oldest first: SQLite looks through all, only what names it is decoded."""
        with self.spoken:
            named = (_entry(body) for (body,) in self.rows(NAMING, json.encode(id)))
            return [entry for entry in named if any(change.id == id for change in entry.changes)]

    def news(self) -> list[Transaction]:
        """What others have committed since the last call."""
        with self.guard, self.spoken:
            self.catch_up()
            news, self._unseen = self._unseen, []
            return news

    def catch_up(self) -> None:
        """Reads again what has been committed since; what is not our own is news."""
        version = self._data_version()
        if version == self._version:
            return
        rows = self.rows("select seq, origin, body from journal where seq>=? order by seq", self.seq)
        if not rows:
            self._look_back()
        entries = [(origin, _entry(body)) for seq, origin, body in rows if seq > self.seq]
        if entries:
            self._renew([entry for _, entry in entries])
            self._unseen += [entry for origin, entry in entries if origin != self.origin]
            self.seq = rows[-1][0]
        self._version = version

    def keep(self, seq: int, changed: Mapping[type[Record], Changed]) -> None:
        """What this store has committed itself, unless a poll in between has caught up with it already."""
        with self.guard:
            if self.seq < seq:
                self.seq = seq
                for kind, records in changed.items():
                    self._shelves[kind].keep(records)

    def _remembered(self, shelf: Shelf) -> tuple[Record, ...] | None:
        with self.guard:
            self.catch_up()
            return shelf.all()

    def _load(self, shelf: Shelf) -> None:
        """What others commit meanwhile is renewed when it is caught up with, before the rack is settled or after."""
        with self.guard:
            shelf.watch()
        rack = Rack(shelf.every())
        with self.guard:
            shelf.settle(rack)

    def _data_version(self) -> int:
        return int(self.rows("pragma data_version")[0][0])

    def _last(self) -> int:
        return int(self.rows("select coalesce(max(seq), 0) from journal")[0][0])

    def _look_back(self) -> None:
        """A journal that has become shorter was put back from a copy: nothing remembered counts."""
        last = self._last()
        if last < self.seq:
            self.seq = last
            for shelf in self._shelves.values():
                shelf.forget()

    def _renew(self, entries: Sequence[Transaction]) -> None:
        changes = [change for entry in entries for change in entry.changes]
        for kind, shelf in self._shelves.items():
            ids = {change.id for change in changes if change.kind == kind.kind}
            if len(ids) > MANY:
                shelf.forget()
            elif ids:
                shelf.renew(ids)
