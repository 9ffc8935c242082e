"""The rows of a desk's two tables, each with a checksum: what a disk changes by itself is never taken for the truth."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from zlib import crc32

from msgspec import json

from opsdesk.core.journal import Transaction
from opsdesk.core.record import Record

Doc = tuple[str, int | None, bool, str | None, bytes | None, int]
Entry = tuple[int, str, int, int, bytes, int]


def number(kind: type[Record], id: str) -> int | None:
    """12 of "A-12"; None for what is no id of this kind."""
    head, _, tail = id.partition("-")
    if head != kind.prefix or not tail.isascii() or not tail.isdecimal() or len(tail) > 18:
        return None
    return int(tail) if tail[0] != "0" else None


def doc_sum(kind: str, number: int | None, live: bool, meeting: str | None, body: bytes | None) -> int:
    """CRC-32 of everything in a row of docs but the sum itself."""
    return crc32(body or b"", crc32(f"{kind} {number} {live:d} {meeting or ''}".encode()))


def entry_sum(seq: int, person: str, undoes: int, origin: int, body: bytes) -> int:
    """CRC-32 of everything in a row of the journal but the sum itself."""
    return crc32(body, crc32(f"{seq} {person} {undoes} {origin}".encode()))


def doc_row(kind: type[Record], id: str, record: Record | None) -> Doc:
    """A removed record leaves an empty row, so that its number is never given again."""
    live, meeting, body = False, None, None
    if record is not None:
        live, meeting, body = record.live, getattr(record, "meeting", None) or None, json.encode(record)
    place = number(kind, id)
    return kind.kind, place, live, meeting, body, doc_sum(kind.kind, place, live, meeting, body)


def entry_row(entry: Transaction, origin: int) -> Entry:
    body = json.encode(entry)
    return entry.seq, entry.by, entry.undoes, origin, body, entry_sum(entry.seq, entry.by, entry.undoes, origin, body)


def wholeness(kind: str) -> Callable[[tuple[Any, ...]], bool]:
    """Whether number, live, meeting, body and sum of a row of this kind belong together. A damaged one holds anything.

    doc_sum with what all rows of a kind share taken once: whoever reads a hundred thousand of them waits for it.
    """
    begun = crc32(f"{kind} ".encode())

    def whole(row: tuple[Any, ...]) -> bool:
        number, live, meeting, body, sum = row
        try:
            return bool(crc32(body or b"", crc32(f"{number} {live} {meeting or ''}".encode(), begun)) == sum)
        except TypeError:
            return False

    return whole


def whole_doc(kind: str, row: tuple[Any, ...]) -> bool:
    return wholeness(kind)(row)


def whole_entry(row: tuple[Any, ...]) -> bool:
    """Whether seq, person, undoes, origin, body and sum belong together."""
    seq, person, undoes, origin, body, sum = row
    try:
        return bool(entry_sum(seq, person, undoes, origin, body) == sum)
    except (TypeError, ValueError):
        return False
