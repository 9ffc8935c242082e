"""A record as words: the titles of its fields, and values as people read them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import msgspec
from msgspec.structs import replace

from opsdesk.core.declared import naming, title_of
from opsdesk.core.record import Record
from opsdesk.core.register import ORIGIN, Registered

if TYPE_CHECKING:
    from datetime import tzinfo

SILENT = ("id", "rev")
UNSAID = {"valid_days": 0}
"""Field → what it is where nobody has said, and another rule counts."""
CALLED = {"flag-reviews": "review of a flag", "minutes": "minutes", "moved": "meeting skipped or moved"}
SMALL, FEW = 8, 3


def described(record: Record, zone: tzinfo, few: int = FEW) -> list[tuple[str, str]]:
    """(title, words) of every field that says something. `few`: as for words."""
    said = [name for name in _in_order(record) if name not in SILENT and UNSAID.get(name, ...) != record[name]]
    labels = {name: title_of(type(record), name) for name in said}
    return [(label, text) for name, label in labels.items() if (text := words(record[name], zone, few))]


def with_names(record: Record, people: Callable[[str], str], customers: Callable[[str], str]) -> Record:
    """With names where it has handles of people and customers, also in its parts; for whoever only reads it."""
    calls = {"people": people, "customers": customers}
    plain = {name: calls[kind] for name, kind in naming(type(record)).items() if kind in calls and "." not in name}
    found = {name: _each(record[name], call) for name, call in plain.items()}
    inside = {name: _each(record[name], lambda part: _named(part, people, customers)) for name in _parted(record)}
    return replace(record, **found, **inside)


def _parted(record: Record) -> list[str]:
    """The fields whose values tell who was told."""
    return [n for n in record if isinstance(record[n], tuple) and any(hasattr(each, "who") for each in record[n])]


def _named(part: Any, people: Callable[[str], str], customers: Callable[[str], str]) -> Any:
    own = {"by": people(part.by)} if getattr(part, "by", "") else {}
    return replace(part, who=people(customers(part.who)), **own)


def _each(value: Any, call: Callable[[Any], Any]) -> Any:
    if isinstance(value, tuple):
        return tuple(map(call, value))
    return call(value) if value else value


def called(shape: type[Record]) -> str:
    """What one record of the kind is called."""
    from opsdesk.core.kinds import OWN
    from opsdesk.core.registers import registers

    return CALLED.get(shape.kind) or shape.__name__.lower() if shape in OWN else registers()[shape.kind].one


def _in_order(record: Record) -> list[str]:
    """Of a register's first what it is, then where it came from."""
    if not isinstance(record, Registered):
        return list(record)
    return sorted(record, key=lambda name: (name in ORIGIN, name == "why"))


def words(value: Any, zone: tzinfo, few: int = FEW) -> str:
    """One value as a person reads it, empty where there is nothing to say; of more than `few` parts their number."""
    match value:
        case None | False:
            return ""
        case True:
            return "yes"
        case datetime():
            return f"{value.astimezone(zone):%Y-%m-%d %H:%M}"
        case date():
            return value.isoformat()
        case float():
            return f"{value:g}" if value % 1 else f"{value:.0f}"
        case tuple():
            return _several(value, zone, few)
        case msgspec.Struct():
            return _parts(value, zone, few)
        case _:
            return str(value)


def _several(values: tuple[Any, ...], zone: tzinfo, few: int) -> str:
    if all(isinstance(value, str) for value in values):
        return ", ".join(values)
    return "; ".join(words(value, zone, few) for value in values) if len(values) <= few else str(len(values))


def _told(value: msgspec.Struct, zone: tzinfo) -> str:
    """As in "Support told 2026-11-23 08:40 by Ana Lima, chat"."""
    who, at, by, how = (getattr(value, name, "") for name in ("who", "at", "by", "how"))
    return f"{who} told {words(at, zone)}{f' by {by}' if by else ''}{f', {how}' if how else ''}"


def _parts(value: msgspec.Struct, zone: tzinfo, few: int) -> str:
    """A small value in one line; a large one is shown elsewhere."""
    if len(value.__struct_fields__) > SMALL:
        return ""
    if "who" in value.__struct_fields__ and "at" in value.__struct_fields__:
        return _told(value, zone)
    parts = {name: words(getattr(value, name), zone, few) for name in value.__struct_fields__}
    return ", ".join(f"{name.replace('_', ' ')} {text}" for name, text in parts.items() if text)
