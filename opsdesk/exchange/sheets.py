"""Records as CSV (RFC 4180, with any separator), a kind a sheet, and back; headings are the fields' names."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from io import StringIO
from typing import Any

import msgspec

from opsdesk.core.brought import Brought
from opsdesk.core.errors import Invalid
from opsdesk.core.record import R, Record
from opsdesk.core.settings import Settings
from opsdesk.core.spreadsheets import ambiguous
from opsdesk.exchange.cells import dated, guarded, readers, writers
from opsdesk.exchange.encodings import AS_CSV, decoded

MARK = b"\xef\xbb\xbf"
"""Excel reads a file as UTF-8 only behind this mark."""

SEPARATORS = ",;\t"
LARGEST_CELL = 1 << 30
_QUOTED = re.compile(r'[",;\t\r\n]|^\s|\s$')


Reading = Callable[[str], Any]


class Sheet(msgspec.Struct, frozen=True, kw_only=True):
    """A sheet that was exported, and perhaps edited since: its headings, and its text as a whole."""

    headers: tuple[str, ...]
    text: str
    separator: str


def sheet(shape: type[R], records: Iterable[R], separator: str = ",") -> Iterator[bytes]:
    """The records in their order, a row each, in pieces of UTF-8 without a mark."""
    cells = writers(shape)
    yield _row(cells, separator)
    for record in records:
        fields = msgspec.to_builtins(record)
        yield _row((write(fields[name]) for name, write in cells.items()), separator)


def text_rows(rows: Iterable[Iterable[str]], separator: str = ",") -> Iterator[bytes]:
    """Rows of any text, the headings first; what a spreadsheet could take for a formula is guarded."""
    return (_row(map(guarded, cells), separator) for cells in rows)


def _row(cells: Iterable[str], separator: str) -> bytes:
    return (separator.join(map(_quoted, cells)) + "\r\n").encode()


def _quoted(cell: str) -> str:
    return '"' + cell.replace('"', '""') + '"' if _QUOTED.search(cell) else cell


def read_sheet(data: bytes) -> Sheet | None:
    """A sheet with columns `id` and `rev`; None for any other table. Raises Invalid for what is no text."""
    text = decoded(data)
    first = re.match("[^\r\n]*", text)
    for separator in SEPARATORS:
        headers = tuple(cell.strip().strip('"').lower() for cell in first[0].split(separator)) if first else ()
        if {"id", "rev"} <= set(headers):
            return Sheet(headers=headers, text=text, separator=separator)
    return None


def ignored(found: Sheet, shape: type[Record]) -> tuple[str, ...]:
    """Headings that are no field of this kind."""
    return tuple(name for name in found.headers if name and name not in shape.__struct_fields__)


def rows(found: Sheet, shape: type[Record], settings: Settings) -> Iterator[Brought]:
    """Each with the line it begins on; after what cannot be read at all nothing more is read. Raises Invalid where a
    column is there twice.
    """
    known = readers(shape, settings)
    twice = next((name for name in known if found.headers.count(name) > 1), "")
    if twice:
        raise Invalid(f"There are two columns {twice}.", "Take one of them out.")
    dates = [name for name in dated(shape) if name in found.headers]
    reader = csv.reader(StringIO(found.text, newline=""), delimiter=found.separator, strict=True)
    line, limit = 1, csv.field_size_limit(LARGEST_CELL)
    try:
        for cells in reader:
            if line > 1 and any(cells):
                yield _brought(line, found.headers, cells, known, dates)
            line = reader.line_num + 1
    except csv.Error as error:
        yield Brought(line=line, problem=f"This line and those after it cannot be read: {error}. {AS_CSV}")
    finally:
        csv.field_size_limit(limit)


def _brought(
    line: int, headers: tuple[str, ...], cells: list[str], known: Mapping[str, Reading], dates: Sequence[str]
) -> Brought:
    if len(cells) < len(headers) or any(cells[len(headers) :]):
        return Brought(line=line, problem=f"It has {len(cells)} cells where the first line has {len(headers)}.")
    try:
        fields = {name: known[name](cell) for name, cell in zip(headers, cells, strict=False) if name in known}
    except Invalid as error:
        return Brought(line=line, id=_id(headers, cells), problem=error.message)
    guessed = _guessed({name: cells[headers.index(name)] for name in dates}, fields)
    id, rev = fields.pop("id").strip().upper(), fields.pop("rev") or 0
    return Brought(line=line, id=id, rev=rev, fields=fields, guessed=guessed)


def _guessed(cells: Mapping[str, str], read: Mapping[str, Any]) -> str:
    """As in "due 03/04/2026 is read as 2026-04-03"; empty where no date could be another one."""
    name = next((name for name, cell in cells.items() if ambiguous(cell)), "")
    return f"{name} {cells[name]} is read as {read[name]}" if name else ""


def _id(headers: tuple[str, ...], cells: list[str]) -> str:
    return cells[headers.index("id")].strip().upper()
