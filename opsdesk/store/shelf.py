"""One kind's committed records: read row by row, or remembered once somebody has asked for many."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from typing import Any

from opsdesk.core.record import Record, decoder

Rows = Callable[..., list[tuple[Any, ...]]]
Changed = Mapping[str, Record | None]
# Left to itself, SQLite reads the whole kind to find those that are live.
LIVE = "select body from docs indexed by living where kind=? and live order by number"
EVERY = "select body from docs where kind=? and body is not null order by number"
ONE = "select body from docs where kind=? and number=?"


def number(kind: type[Record], id: str) -> int | None:
    """12 of "A-12"; None for what is no id of this kind."""
    head, _, tail = id.partition("-")
    if head != kind.prefix or not tail.isascii() or not tail.isdecimal() or len(tail) > 18:
        return None
    return int(tail) if tail[0] != "0" else None


def by_number(record: Record) -> int:
    return int(record.id.rpartition("-")[2])


class Rack:
    """Records in the order of their ids' numbers; the order is made anew only where a write disturbed it."""

    def __init__(self, records: Iterable[Record]) -> None:
        self._kept = {record.id: record for record in records}
        self._last = max(map(by_number, self._kept.values()), default=0)
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
    """`rows` runs one query on the reading connection."""

    def __init__(self, kind: type[Record], rows: Rows) -> None:
        self.kind, self._rows = kind, rows
        self._every: Rack | None = None
        self._living: Rack | None = None

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
        found = self._rows(ONE, self.kind.kind, place)
        return self._decode(found[0][0]) if found and found[0][0] is not None else None

    def all(self) -> tuple[Record, ...]:
        if self._every is None:
            self._every = Rack(self._read(EVERY))
        return self._every.values()

    def live(self) -> tuple[Record, ...]:
        if self._living is None:
            self._living = Rack(self._read(LIVE))
        return self._living.values()

    def _read(self, query: str) -> Iterable[Record]:
        return (self._decode(body) for (body,) in self._rows(query, self.kind.kind))

    def keep(self, changed: Changed) -> None:
        """What was committed, into what is remembered."""
        for id, record in changed.items():
            if self._every is not None:
                self._every.put(id, record)
            if self._living is not None:
                self._living.put(id, record if record is not None and record.live else None)

    def renew(self, ids: Iterable[str]) -> None:
        """Reads again what somebody else has changed."""
        if self._every is not None or self._living is not None:
            self.keep({id: self.row(id) for id in ids})

    def forget(self) -> None:
        self._every = self._living = None
