"""One kind's committed records: read row by row, or remembered once somebody has asked for many."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property
from typing import Any

from msgspec import MsgspecError

from opsdesk.core.record import Record, decoder
from opsdesk.store.rows import number, wholeness

Row = tuple[Any, ...]
Rows = Callable[..., list[Row]]
Mend = Callable[[type[Record], int], Record | None]
Changed = Mapping[str, Record | None]
SLICE = 1_000
# Left to itself, SQLite reads the whole kind to find a few of it.
COLUMNS = "number, live, meeting, body, sum"
LIVE = f"select {COLUMNS} from docs indexed by living where kind=? and live order by number"
EVERY = f"select {COLUMNS} from docs where kind=? and number>? order by number limit ?"
SAID = f"select {COLUMNS} from docs indexed by said where kind=? and meeting=? order by number"
ONE = f"select {COLUMNS} from docs where kind=? and number=?"


def by_number(record: Record) -> int:
    return int(record.id.rpartition("-")[2])


class Rack:
    """Records in the order of their ids' numbers; the order is made anew only where a write disturbed it."""

    def __init__(self, in_order: Iterable[Record]) -> None:
        self._kept = {record.id: record for record in in_order}
        self._last = by_number(self._kept[next(reversed(self._kept))]) if self._kept else 0
        self._tidy = True
        self._view: tuple[Record, ...] | None = None

    def get(self, id: str) -> Record | None:
        return self._kept.get(id)

    def put(self, id: str, record: Record | None) -> None:
        self._view = None
        if record is None:
            self._kept.pop(id, None)
            return
        if id not in self._kept:
            self._tidy = self._tidy and by_number(record) > self._last
            self._last = max(self._last, by_number(record))
        self._kept[id] = record

    def values(self) -> tuple[Record, ...]:
        if not self._tidy:
            self._kept = {record.id: record for record in sorted(self._kept.values(), key=by_number)}
            self._tidy = True
        if self._view is None:
            self._view = tuple(self._kept.values())
        return self._view


class Shelf:
    """`rows` runs one query on the reading connection; `mend` gives the record of a row that is damaged.

    All but `every` and `loading` is for whoever holds the guard. `loading` lets one thread read the whole kind.
    """

    def __init__(self, kind: type[Record], rows: Rows, mend: Mend) -> None:
        self.kind, self._rows, self._mend = kind, rows, mend
        self._whole = wholeness(kind.kind)
        self.loading = threading.Lock()
        self._every: Rack | None = None
        self._living: Rack | None = None
        self._meanwhile: dict[str, Record | None] | None = None

    @cached_property
    def _decode(self) -> Callable[[bytes], Record]:
        """Made when the first record is read: it takes a millisecond, and most commands need few kinds."""
        return decoder(self.kind).decode

    def get(self, id: str) -> Record | None:
        if self._every is not None:
            return self._every.get(id)
        remembered = self._living.get(id) if self._living is not None else None
        return remembered or self.row(id)

    def row(self, id: str) -> Record | None:
        place = number(self.kind, id)
        if place is None:
            return None
        return next(self._records(self._rows(ONE, self.kind.kind, place)), None)

    def live(self) -> tuple[Record, ...]:
        if self._living is None:
            self._living = Rack(each for each in self._records(self._rows(LIVE, self.kind.kind)) if each.live)
        return self._living.values()

    def said(self, meeting: str) -> tuple[Record, ...]:
        found = self._records(self._rows(SAID, self.kind.kind, meeting))
        return tuple(record for record in found if record["meeting"] == meeting)

    def _records(self, rows: Iterable[Row]) -> Iterator[Record]:
        """A removed record has no body."""
        whole, decode = self._whole, self._decode
        for row in rows:
            try:
                record = (None if row[3] is None else decode(row[3])) if whole(row) else self._mend(self.kind, row[0])
            except MsgspecError:
                record = self._mend(self.kind, row[0])
            if record is not None:
                yield record

    # The whole kind, read in slices, so that others read in between

    def all(self) -> tuple[Record, ...] | None:
        """None while nobody has read them all."""
        return None if self._every is None else self._every.values()

    def watch(self) -> None:
        """Notes from here on what is committed, for `settle`."""
        self._meanwhile = {}

    def every(self) -> Iterator[Record]:
        """Each as it is committed when its slice is read."""
        last: int | None = 0
        while last is not None:
            rows = self._rows(EVERY, self.kind.kind, last, SLICE)
            yield from self._records(rows)
            last = rows[-1][0] if len(rows) == SLICE else None

    def settle(self, rack: Rack) -> None:
        """Remembers what was read since `watch` with what was committed meanwhile, unless all was to be forgotten."""
        if self._meanwhile is not None:
            for id, record in self._meanwhile.items():
                rack.put(id, record)
            self._every, self._meanwhile = rack, None

    def keep(self, changed: Changed) -> None:
        """What was committed, into what is remembered."""
        if self._meanwhile is not None:
            self._meanwhile.update(changed)
        for id, record in changed.items():
            if self._every is not None:
                self._every.put(id, record)
            if self._living is not None:
                self._living.put(id, record if record is not None and record.live else None)

    def renew(self, ids: Iterable[str]) -> None:
        """Reads again what somebody else has changed."""
        if any(each is not None for each in (self._every, self._living, self._meanwhile)):
            self.keep({id: self.row(id) for id in ids})

    def forget(self) -> None:
        self._every = self._living = self._meanwhile = None


class Shelves(dict[type[Record], Shelf]):
    """Each kind's, made when first asked for; two threads that ask at once are given the same."""

    def __init__(self, rows: Rows, mend: Mend) -> None:
        super().__init__()
        self._rows, self._mend = rows, mend

    def __missing__(self, kind: type[Record]) -> Shelf:
        return self.setdefault(kind, Shelf(kind, self._rows, self._mend))
