"""Everything a desk holds, as one JSON document: same desk, same bytes, a record or a transaction on each line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain

from msgspec import json

from opsdesk.core.journal import Transaction
from opsdesk.core.kinds import KINDS
from opsdesk.core.ports import Reader
from opsdesk.core.settings import Settings

FORMAT = 1


def document(
    reader: Reader, journal: Iterable[Transaction], settings: Settings, agendas: Mapping[str, str]
) -> Iterator[bytes]:
    """In pieces of UTF-8, so that it is never held whole.

    {"opsdesk": format, "settings": {…}, "agendas": {slug: TOML, …}, "records": {kind: [record, …], …},
    "journal": [transaction, …]}: kinds by name, records by number, the journal from its beginning.
    """
    yield b'{\n"opsdesk": %d,\n"settings": %b,\n' % (FORMAT, json.encode(settings))
    yield b'"agendas": %b,\n"records": {\n' % json.encode(dict(sorted(agendas.items())))
    for place, shape in enumerate(sorted(KINDS, key=lambda shape: shape.kind)):
        yield from chain([b",\n" * bool(place), json.encode(shape.kind), b": "], _listed(reader.all(shape)))
    yield from chain([b'\n},\n"journal": '], _listed(journal), [b"\n}\n"])


def _listed(values: Iterable[object]) -> Iterator[bytes]:
    """A list with each of its values on a line of its own."""
    yield b"["
    for place, value in enumerate(values):
        yield b"%b\n%b" % (b"," * bool(place), json.encode(value))
    yield b"\n]"
