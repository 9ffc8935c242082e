"""Records as words: the titles of their fields, and values as people read them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import msgspec

from opsdesk.core.errors import NotFound
from opsdesk.core.kinds import KINDS
from opsdesk.core.record import Record

SMALL, FEW = 8, 3

# Kinds whose fields carry no titles: these columns tell them apart.
CHOSEN = {
    "meetings": {
        "scheduled": "When",
        "title": "Meeting",
        "number": "No",
        "customer": "Customer",
        "state": "State",
        "chair": "Chair",
        "why": "Why",
    },
    "minutes": {"frozen": "Frozen", "agenda": "Agenda", "meeting": "Meeting", "version": "Version"},
    "series": {"agenda": "Agenda", "on": "On", "anchor": "From", "customer": "Customer", "at": "At", "rule": "Rule"},
    "moved": {"agenda": "Agenda", "planned": "Planned", "to": "Moved to", "why": "Why"},
    "notes": {"meeting": "Meeting", "section": "Section", "text": "Note"},
    "decisions": {"meeting": "Meeting", "text": "Decision", "supersedes": "Supersedes"},
    "items": {"agenda": "Agenda", "section": "Section", "text": "Item", "state": "State", "relisted": "Re-listed"},
    "scores": {"customer": "Customer", "measure": "Measure", "level": "Level", "at": "Said", "comment": "Why"},
}


CALLED = {
    "actions": "an action",
    "customers": "a customer",
    "decisions": "a decision",
    "items": "an agenda item",
    "meetings": "a meeting",
    "minutes": "the minutes of a meeting",
    "moved": "a meeting skipped or moved",
    "notes": "a note",
    "people": "a person",
    "scores": "a flag",
    "series": "a series of meetings",
}


def called(shape: type[Record]) -> str:
    """What one record of the kind is: "an action"."""
    return CALLED[shape.kind]


def shape_named(word: str) -> type[Record]:
    """The kind of record called so, in the singular too. Raises NotFound."""
    wanted = word.lower()
    for shape in KINDS:
        if wanted in (shape.kind, shape.kind.removesuffix("s"), shape.__name__.lower()):
            return shape
    raise NotFound(f"There is no kind of record called {word!r}.", f"There are {', '.join(s.kind for s in KINDS)}.")


def shape_of(id: str) -> type[Record]:
    """The kind of record an id such as "A-12" belongs to. Raises NotFound."""
    prefix, _, number = id.upper().partition("-")
    for shape in KINDS:
        if shape.prefix == prefix and number.isdigit():
            return shape
    known = ", ".join(f"{s.prefix}-1 ({s.__name__.lower()})" for s in KINDS[:4])
    raise NotFound(f"{id!r} is not the id of a record.", f"Ids are written {known} and so on.")


def titles(shape: type[Record]) -> dict[str, str]:
    """Field → title, of the fields that carry one."""
    from msgspec.inspect import Metadata, StructType, type_info

    info = type_info(shape)
    fields = info.fields if isinstance(info, StructType) else ()
    found = {f.name: f.type.extra_json_schema for f in fields if isinstance(f.type, Metadata)}
    return {name: extra["title"] for name, extra in found.items() if extra and "title" in extra}


def columns(shape: type[Record]) -> dict[str, str]:
    """Field → header of a list of such records."""
    return {"id": "Id", **(CHOSEN.get(shape.kind) or titles(shape))}


def words(value: Any, zone: ZoneInfo) -> str:
    """One value as a person reads it; empty where there is nothing to say."""
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
            return _several(value, zone)
        case msgspec.Struct():
            return _parts(value, zone)
        case _:
            return str(value)


def _several(values: tuple[Any, ...], zone: ZoneInfo) -> str:
    """A few values in one line; of many their number."""
    if all(isinstance(value, str) for value in values):
        return ", ".join(values)
    return "; ".join(words(value, zone) for value in values) if len(values) <= FEW else str(len(values))


def _parts(value: msgspec.Struct, zone: ZoneInfo) -> str:
    """A small value in one line; a large one has a verb of its own."""
    if len(value.__struct_fields__) > SMALL:
        return ""
    parts = {name: words(getattr(value, name), zone) for name in value.__struct_fields__}
    return ", ".join(f"{name.replace('_', ' ')} {text}" for name, text in parts.items() if text)
