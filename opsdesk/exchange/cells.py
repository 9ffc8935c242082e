"""One field of a record as one cell of a spreadsheet, and back: exact, and nothing a spreadsheet would run."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import msgspec
from msgspec import inspect, json

from opsdesk.core.declared import bare, declared
from opsdesk.core.errors import Invalid
from opsdesk.core.record import Record

# What a spreadsheet takes for a formula, also behind spaces and quotes, and where it parts cells at semicolons.
_FORMULA = "=+\\-@\t\r\n\uff1d\uff0b\uff0d\uff20"
_OPENS = re.compile(rf"(?<![^;\t\r\n])(?='|(?:[^\S\t\r\n]|[\"'])*[{_FORMULA}])")
_GUARD = re.compile(r"(?<![^;\t\r\n])'")
_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?")
_SHOWN = 60


def guarded(text: str) -> str:
    """With an apostrophe before whatever a spreadsheet could take for a formula, and before an apostrophe there."""
    return _OPENS.sub("'", text)


def unguarded(cell: str) -> str:
    """The text that was guarded so; a text that needed no guard is as it is."""
    return _GUARD.sub("", cell)


def writers(shape: type[Record]) -> dict[str, Callable[[Any], str]]:
    """Field → how its value, as a JSON type, is written into a cell. Nothing yet is an empty cell."""
    return {name: _writer(bare(kind)) for name, kind in declared(shape).items()}


def readers(shape: type[Record]) -> dict[str, Callable[[str], Any]]:
    """Field → the value in a cell, as a JSON type; raises Invalid. An empty cell is an empty text, else nothing."""
    return {name: _reader(name, bare(kind)) for name, kind in declared(shape).items()}


def _writer(kind: inspect.Type) -> Callable[[Any], str]:
    match kind:
        case inspect.StrType() | inspect.LiteralType():
            return lambda value: guarded(value or "")
        case inspect.BoolType():
            return lambda value: "true" if value else "false"
        case inspect.IntType() | inspect.FloatType() | inspect.DateType() | inspect.DateTimeType():
            return lambda value: "" if value is None else str(value)
    # A semicolon inside a text of JSON can be written without one: see _FORMULA.
    return lambda value: "" if value is None else json.encode(value).decode().replace(";", "\\u003b")


def _reader(name: str, kind: inspect.Type) -> Callable[[str], Any]:
    match kind:
        case inspect.StrType() | inspect.LiteralType():
            return unguarded
        case inspect.BoolType():
            return _filled(name, _truth, "true or false")
        case inspect.IntType():
            return _filled(name, int, "a whole number such as 12")
        case inspect.FloatType():
            return _filled(name, _number, "a number such as 120000.5")
        case inspect.DateType():
            return _filled(name, _day, "a date such as 2026-11-27")
        case inspect.DateTimeType():
            return _filled(name, _instant, "an instant such as 2026-11-27T15:00:00Z")
    return _filled(name, _nested, "JSON as it was exported")


def _filled(name: str, read: Callable[[str], Any], allowed: str) -> Callable[[str], Any]:
    def reader(cell: str) -> Any:
        try:
            return read(cell) if cell else None
        except (ValueError, KeyError, msgspec.DecodeError, RecursionError):
            shown = cell if len(cell) <= _SHOWN else f"{cell[:_SHOWN]}…"
            raise Invalid(f'{name}: "{shown}" is not {allowed}.') from None

    return reader


def _truth(cell: str) -> bool:
    return {"true": True, "false": False}[cell.lower()]


def _number(cell: str) -> float:
    if not _NUMBER.fullmatch(cell):
        raise ValueError(cell)
    return float(cell)


def _day(cell: str) -> str:
    return date.fromisoformat(cell).isoformat()


def _instant(cell: str) -> str:
    found = datetime.fromisoformat(cell)
    if found.tzinfo is None:
        raise ValueError(cell)
    return found.isoformat()


def _nested(cell: str) -> Any:
    return json.decode(cell)
