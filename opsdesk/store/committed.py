"""What is durable, as remembered here: read at any time from any thread, and never stale."""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Mapping, Sequence
from contextlib import suppress

from msgspec import MsgspecError, json

from opsdesk.core.errors import Damaged, Invalid
from opsdesk.core.journal import Transaction
from opsdesk.core.record import Record
from opsdesk.store.faults import Spoken
from opsdesk.store.rows import whole_entry
from opsdesk.store.schema import refuse_other
from opsdesk.store.shelf import Changed, Rack, Row, Shelf, Shelves
from opsdesk.store.source import Source

MANY = 500
SLICE = 500
NO_END = (1 << 63) - 1
COLUMNS = "seq, person, undoes, origin, body, sum"
FROM = f"select {COLUMNS} from journal where seq>=? order by seq limit ?"
OF_ALL = f"select {COLUMNS} from journal where seq>? and seq<=? order by seq desc limit ?"
NAMING = f"select {COLUMNS} from journal where seq>=? and instr(body, ?) order by seq"
OF_ONE = f"select {COLUMNS} from journal where seq>? and seq<=? and person=? order by seq desc limit ?"


class Committed:
    """`guard` holds the reading connection and all that is remembered; nobody keeps it over a write to disk."""

    def __init__(self, source: Source) -> None:
        self.source, self.spoken = source, Spoken(source.place)
        self.guard = threading.RLock()
        self.origin = int.from_bytes(os.urandom(7), "big")
        self._shelves = Shelves(self.rows, self._mend)
        self._damaged: set[str] = set()
        self._whole = 0
        self._unseen: list[Transaction] = []
        self._version = self._data_version()
        self.seq, self._mark = self._last()

    def rows(self, query: str, *values: object) -> list[Row]:
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

    def journal(self, since: int, by: str, limit: int, until: int = 0) -> list[Transaction]:
        span = since, until or NO_END
        query, values = (OF_ONE, (*span, by)) if by else (OF_ALL, span)
        with self.spoken:
            return [self._entry(row) for row in reversed(self.rows(query, *values, limit or -1))]

    def touching(self, id: str, first: int = 0) -> list[Transaction]:
        """Those from seq `first` on that changed one record, oldest first: only what names it is decoded."""
        with self.spoken:
            named = map(self._entry, self.rows(NAMING, first, json.encode(id)))
            return [entry for entry in named if any(change.id == id for change in entry.changes)]

    def unbroken(self, id: str, first: int) -> list[Transaction]:
        """As `touching`, of a journal in which from `first` on nothing can be overlooked. Raises Damaged."""
        with self.guard, self.spoken:
            self._look_through(max(0, first - 1))
            return self.touching(id, first)

    def news(self) -> list[Transaction]:
        """What others have committed since the last call. Raises Unavailable as long as something stands in the way:
        an answer means that the desk can be read.
        """
        with self.guard:
            with self.spoken:
                self.follow()
                self.catch_up()
            news, self._unseen = self._unseen, []
            return news

    def follow(self) -> None:
        """Goes on in the file that has taken the place of the one that was read, where it is the same desk.

        Raises Unavailable where there is none, or another desk.
        """
        with self.guard:
            if self.source.moved():
                self.source.follow(self._is_this)
                self._version = self._data_version()
                self._put_back()

    def _is_this(self, old: sqlite3.Connection, new: sqlite3.Connection) -> bool:
        from opsdesk.store.following import same_desk

        return same_desk(old, new, self.seq, self._mark)

    def catch_up(self) -> None:
        """Reads again what has been committed since; what is not our own is news."""
        version = self._data_version()
        if version == self._version:
            return
        refuse_other(int(self.rows("pragma user_version")[0][0]), self.source.place)
        rows = self.rows(FROM, self.seq, -1)
        if self.seq and (not rows or (rows[0][0], rows[0][5]) != (self.seq, self._mark)):
            self._put_back()
            rows = []
        entries = [(row[3], self._entry(row)) for row in rows if row[0] > self.seq]
        if entries:
            self._renew([entry for _, entry in entries])
            self._unseen += [entry for origin, entry in entries if origin != self.origin]
            self.seq, self._mark = rows[-1][0], rows[-1][5]
        elif self._damaged:
            self._forget()
        self._version = version

    def keep(self, seq: int, mark: int, changed: Mapping[type[Record], Changed]) -> None:
        """What this store has committed itself, unless a poll in between has caught up with it already.

        `mark` is the sum of its entry.
        """
        with self.guard:
            if self.seq < seq:
                self.seq, self._mark = seq, mark
                for kind, records in changed.items():
                    self._shelves[kind].keep(records)
                    self._damaged.difference_update(records)

    @property
    def damaged(self) -> tuple[str, ...]:
        """Records met so far whose rows are damaged; they were read from the journal."""
        with self.guard:
            return tuple(sorted(self._damaged))

    def migrated(self) -> int:
        return int(self.rows("select coalesce(max(seq), 0) from migrated")[0][0])

    def _entry(self, row: Row) -> Transaction:
        """Raises Damaged."""
        if whole_entry(row):
            with suppress(MsgspecError):
                return json.decode(row[4], type=Transaction)
        raise self._damage(row[0])

    def _damage(self, seq: int) -> Damaged:
        return Damaged(f"Entry {seq} of the journal", self.source.place)

    def _mend(self, kind: type[Record], number: int) -> Record | None:
        """What a damaged row held, if nothing is missing that could have changed it since. Raises Damaged."""
        from opsdesk.store.mending import mended

        id = f"{kind.prefix}-{number}"
        try:
            with self.guard:
                self._whole = self._look_through(self._whole)
                record = mended(kind, id, self.touching(id))
                self._damaged.add(id)
                return record
        except (Invalid, Damaged, MsgspecError) as error:
            raise Damaged(id, self.source.place) from error

    def _look_through(self, since: int) -> int:
        """The seq of the last entry, where all after `since` are there and whole. Raises Damaged."""
        rows = [(since,)]
        while rows:
            rows = self.rows(FROM, since + 1, SLICE)
            for row in rows:
                if row[0] != since + 1 or not whole_entry(row):
                    raise self._damage(since + 1)
                since = row[0]
        return since

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

    def _last(self) -> tuple[int, int]:
        """seq and sum of the newest entry."""
        rows = self.rows("select seq, sum from journal order by seq desc limit 1")
        return (rows[0][0], rows[0][1]) if rows else (0, 0)

    def _put_back(self) -> None:
        """A copy was put in the desk's place: nothing remembered counts, and its newest entry is the news."""
        self.seq, self._mark = self._last()
        self._forget()
        self._unseen = [self._entry(row) for row in self.rows(FROM, self.seq, 1)]

    def begin_anew(self) -> None:
        """After all was written at once by this store itself."""
        with self.guard:
            self.seq, self._mark = self._last()
            self._forget()

    def _forget(self) -> None:
        self._damaged.clear()
        self._whole = 0
        for shelf in list(self._shelves.values()):
            shelf.forget()

    def _renew(self, entries: Sequence[Transaction]) -> None:
        changes = [change for entry in entries for change in entry.changes]
        for kind, shelf in list(self._shelves.items()):
            ids = {change.id for change in changes if change.kind == kind.kind}
            if len(ids) > MANY:
                shelf.forget()
            elif ids:
                shelf.renew(ids)
