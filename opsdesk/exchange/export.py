"""Everything a desk holds, as one JSON document: same desk, same bytes, a record or a transaction on each line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Protocol

import msgspec
from msgspec import json

from opsdesk.core.errors import Unavailable
from opsdesk.core.journal import Transaction
from opsdesk.core.kinds import KINDS
from opsdesk.core.ports import Reader
from opsdesk.core.record import Record
from opsdesk.core.settings import Settings

FORMAT = 1
PAGE = 500
TRIES = 100


class History(Protocol):
    """As core.ports.Store.history."""

    def __call__(self, since: int = 0, *, limit: int = 0, until: int = 0) -> Sequence[Transaction]: ...


class Moment(msgspec.Struct, frozen=True):
    """The records of one moment, by kind, and the seq of the newest transaction in them."""

    seq: int
    records: Mapping[str, Sequence[Record]]


def moment(reader: Reader, history: History, kinds: Iterable[type[Record]] = KINDS) -> Moment:
    """Kinds by name. Other desks may be writing: what was read while they did is read again. Raises Unavailable."""
    shapes = sorted(kinds, key=lambda shape: shape.kind)
    for _ in range(TRIES):
        seq = _newest(history)
        records = {shape.kind: reader.all(shape) for shape in shapes}
        if seq == _newest(history):
            return Moment(seq, records)
    raise Unavailable("Other desks are writing all the time.", "Try again in a moment.")


def _newest(history: History) -> int:
    return next((entry.seq for entry in history(limit=1)), 0)


def journal(history: History, until: int) -> Iterator[Transaction]:
    """Oldest first up to this seq, read page by page."""
    for since in range(0, until, PAGE):
        yield from history(since, until=min(since + PAGE, until))


def document(
    now: Moment, entries: Iterable[Transaction], settings: Settings, agendas: Mapping[str, str], zone: str = ""
) -> Iterator[bytes]:
    """In pieces of UTF-8, so that it is never held whole.

    {"opsdesk": format, "settings": {…}, "zone": the desk's own time zone, "agendas": {slug: TOML, …},
    "records": {kind: [record, …], …}, "journal": [transaction, …]}: kinds by name, records by number, the journal from
    its beginning.
    """
    yield b'{\n"opsdesk": %d,\n"settings": %b,\n"zone": %b,\n' % (FORMAT, json.encode(settings), json.encode(zone))
    yield b'"agendas": %b,\n"records": {\n' % json.encode(dict(sorted(agendas.items())))
    for place, (kind, records) in enumerate(now.records.items()):
        yield from chain([b",\n" * bool(place), json.encode(kind), b": "], _listed(records))
    yield from chain([b'\n},\n"journal": '], _listed(entries), [b"\n}\n"])


def _listed(values: Iterable[object]) -> Iterator[bytes]:
    """A list with each of its values on a line of its own."""
    yield b"["
    for place, value in enumerate(values):
        yield b"%b\n%b" % (b"," * bool(place), json.encode(value))
    yield b"\n]"
