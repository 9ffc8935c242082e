"""Rows found in the bytes of a page, whatever has become of the tree it belonged to.

SQLite keeps a row as a payload: a header (its own length, then a type for each column, all as varints), then the
columns. In both tables' pages the payload lies in one piece up to a limit; the rest is in a chain of overflow pages,
each beginning with the number of the next. Source: https://www.sqlite.org/fileformat2.html#record_format
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from opsdesk.store.guard.trust import believed_doc, believed_entry
from opsdesk.store.header import big
from opsdesk.store.rows import Doc, Entry

Follow = Callable[[int], bytes]
"""The page of this number; nothing where there is none."""

START = re.compile(rb"[\x06-\x12](?=\x00[\x0d-\xff]|[\x0d-\x7f][\x01-\x06\x08\x09][\x01\x08\x09])", re.DOTALL)
SIZES = (0, 1, 2, 3, 4, 6, 8, 8, 0, 0)
LARGEST = 1 << 26
Cell = int | str | bytes | None
Columns = list[Any]


def rows(page: bytes, usable: int, *ways: Follow) -> Iterator[Doc | Entry]:
    """Every whole row of docs and journal that begins in this page. `usable`: its bytes that SQLite uses.

    `ways`: states of the file, in one of which the rest of a long row is found.
    """
    for match in START.finditer(page):
        for follow in ways:
            found = _row(page, match.start(), usable, follow)
            if found is not None:
                yield found
                break


def _row(page: bytes, at: int, usable: int, follow: Follow) -> Doc | Entry | None:
    types = _types(page, at)
    if types is None or len(types) not in (5, 6):
        return None
    entry = types[0] == 0
    size = page[at] + sum(map(_width, types))
    if size > LARGEST:
        return None
    payload = _payload(page, at, size, usable, entry, follow)
    if len(payload) < size:
        return None
    columns = _columns(payload, types)
    if columns is None:
        return None
    return believed_entry(tuple(columns)) if entry else believed_doc(tuple(columns))


def _types(page: bytes, at: int) -> list[int] | None:
    """The columns' types, where the header is exactly as long as it says."""
    end, place, types = at + page[at], at + 1, []
    while place < end:
        value, place = varint(page, place)
        if value in (10, 11):
            return None
        types.append(value)
    return types if place == end else None


def varint(data: bytes, at: int) -> tuple[int, int]:
    """The number that begins here, and where it ends: 7 bits a byte, the ninth byte whole."""
    value = 0
    for place in range(at, min(at + 8, len(data))):
        value = value << 7 | data[place] & 0x7F
        if data[place] < 0x80:
            return value, place + 1
    return value << 8 | big(data[at + 8 : at + 9]), at + 9


def _width(type: int) -> int:
    return SIZES[type] if type < 10 else (type - 12) // 2


def _payload(page: bytes, at: int, size: int, usable: int, table: bool, follow: Follow) -> bytes:
    local = kept_here(size, usable, table)
    parts, needed = [page[at : at + local]], size - local
    following = big(page[at + local : at + local + 4]) if needed else 0
    while needed > 0 and following:
        more = follow(following)
        following, part = big(more[:4]), more[4 : 4 + min(needed, usable - 4)]
        if not part:
            break
        parts.append(part)
        needed -= len(part)
    return b"".join(parts)


def kept_here(size: int, usable: int, table: bool) -> int:
    """How much of a payload is in its own page: leaves of tables keep more than pages of indexes."""
    most = usable - 35 if table else (usable - 12) * 64 // 255 - 23
    if size <= most:
        return size
    least = (usable - 12) * 32 // 255 - 23
    fitting = least + (size - least) % (usable - 4)
    return fitting if fitting <= most else least


def _columns(payload: bytes, types: list[int]) -> Columns | None:
    columns: Columns = []
    place = payload[0]
    for type in types:
        raw = payload[place : place + _width(type)]
        place += len(raw)
        try:
            columns.append(_value(type, raw))
        except UnicodeDecodeError:
            return None
    return columns


def _value(type: int, raw: bytes) -> Cell:
    if type in (0, 8, 9):
        return (None, 0, 1)[max(0, type - 7)]
    if type < 7:
        return int.from_bytes(raw, "big", signed=True)
    return raw.decode() if type % 2 else raw
