"""One field of a record as one cell of a spreadsheet, and back: exact, and nothing a spreadsheet would run."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import msgspec
from msgspec import inspect, json

from opsdesk.core import spreadsheets
from opsdesk.core.declared import bare, declared
from opsdesk.core.errors import Invalid
from opsdesk.core.record import Record
from opsdesk.core.settings import Settings

# What a spreadsheet takes for a formula, also behind spaces and quotes, and where it parts cells at semicolons.
_FORMULA = "=+\\-@\t\r\n\uff1d\uff0b\uff0d\uff20"
_OPENS = re.compile(rf"(?<![^;\t\r\n])(?='|(?:[^\S\t\r\n]|[\"'])*[{_FORMULA}])")
_GUARD = re.compile(r"(?<![^;\t\r\n])'")
_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?")
_SHOWN = 60
_EXAMPLES = {"dmy": "27/11/2026", "mdy": "11/27/2026"}


def guarded(text: str) -> str:
    """With an apostrophe before whatever a spreadsheet could take for a formula, and before an apostrophe there."""
    return _OPENS.sub("'", text)


def unguarded(cell: str) -> str:
    """The text that was guarded so; a text that needed no guard is as it is."""
    return _GUARD.sub("", cell)


def writers(shape: type[Record]) -> dict[str, Callable[[Any], str]]:
    """Field → how its value, as a JSON type, is written into a cell. Nothing yet is an empty cell."""
    return {name: _writer(bare(kind)) for name, kind in declared(shape).items()}


def readers(shape: type[Record], settings: Settings) -> dict[str, Callable[[str], Any]]:
    """Field → the value in a cell, as a JSON type; raises Invalid. An empty cell is an empty text, else nothing.

    Dates are read in the company's order and times in its zone, where a spreadsheet has written them in its own way.
    """
    return {name: _reader(name, bare(kind), settings) for name, kind in declared(shape).items()}


def dated(shape: type[Record]) -> tuple[str, ...]:
    """The fields that hold a date or an instant."""
    when = inspect.DateType | inspect.DateTimeType
    return tuple(name for name, kind in declared(shape).items() if isinstance(bare(kind), when))


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


def _reader(name: str, kind: inspect.Type, settings: Settings) -> Callable[[str], Any]:
    match kind:
        case inspect.StrType() | inspect.LiteralType():
            return unguarded
        case inspect.BoolType():
            return _filled(name, spreadsheets.truth, "true or false")
        case inspect.IntType():
            return _filled(name, int, "a whole number such as 12")
        case inspect.FloatType():
            return _filled(name, _number, "a number such as 120000.5")
        case inspect.DateType():
            order = settings.date_order
            allowed = f"a date such as 2026-11-27 or {_EXAMPLES[order]} ({spreadsheets.ORDERS[order]})"
            return _filled(name, lambda cell: spreadsheets.day(cell, order).isoformat(), allowed)
        case inspect.DateTimeType():
            allowed = f"an instant such as 2026-11-27T15:00:00Z or {_EXAMPLES[settings.date_order]} 15:00"
            return _filled(name, lambda cell: spreadsheets.instant(cell, settings).isoformat(), allowed)
    if isinstance(kind, inspect.VarTupleType) and isinstance(bare(kind.item_type), inspect.StrType):
        return _filled(name, _several, "a list with commas between, such as acme, globex")
    return _filled(name, _nested, "as it was exported")


def _filled(name: str, read: Callable[[str], Any], allowed: str) -> Callable[[str], Any]:
    def reader(cell: str) -> Any:
        try:
            return read(cell) if cell else None
        except Invalid as error:
            raise Invalid(f"{name}: {error.message}") from None
        except (ValueError, OverflowError, msgspec.DecodeError, RecursionError):
            shown = cell if len(cell) <= _SHOWN else f"{cell[:_SHOWN]}…"
            raise Invalid(f'{name}: "{shown}" is not {allowed}.') from None

    return reader


def _number(cell: str) -> float:
    if not _NUMBER.fullmatch(cell):
        raise ValueError(cell)
    return float(cell)


def _several(cell: str) -> Any:
    """As it was exported, or as people type it: "acme, globex"."""
    if cell.startswith("["):
        return _nested(cell)
    return list(dict.fromkeys(word.lstrip("@#") for word in re.split(r"[,;\s]+", unguarded(cell)) if word))


def _nested(cell: str) -> Any:
    return json.decode(cell)
