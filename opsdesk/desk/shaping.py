"""The fields of a row as a record, every constraint held; what does not fit is said by its field."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from typing import Any

import msgspec
from msgspec import inspect, json

from opsdesk.core.declared import bare, declared, initial
from opsdesk.core.errors import Invalid
from opsdesk.core.fieldvalues import choices
from opsdesk.core.journal import Fields
from opsdesk.core.record import R, Record, checked

SHOWN = 60


@cache
def defaults(shape: type[Record]) -> Mapping[str, Any]:
    """Field → what it is where nobody says anything, as a JSON type; not of fields that have to be said."""
    made = {name: value for name, value in initial(shape).items() if value is not msgspec.NODEFAULT}
    return json.decode(json.encode(made), type=dict[str, Any])


def shaped(shape: type[R], values: Fields) -> R:
    """The record of these JSON types, None being nothing said. Raises Invalid."""
    known = defaults(shape)
    said = {name: known.get(name) if value is None else value for name, value in values.items()}
    try:
        record = checked(msgspec.convert(said, shape))
    except msgspec.ValidationError as error:
        raise Invalid(_told(shape, said, str(error))) from None
    place = next((name for name in record if _is_local(record[name])), "")
    if place:
        raise Invalid(f"{place}: an instant says no offset: 2026-11-27T15:00:00Z does.")
    return record


def _told(shape: type[Record], values: Fields, said: str) -> str:
    """msgspec's "Expected `int`, got `str` - at `$.limit`", for a person."""
    wanted, _, place = said.partition(" - at `$.")
    if wanted.startswith("Object missing required field"):
        return f"{wanted.split('`')[1]} is missing."
    if wanted.endswith("length >= 1"):
        return f"{place.rstrip('`')} is missing."
    name = re.split(r"[.\[`]", place)[0]
    return f"{name or 'It'}: {_shown(values.get(name))} is not {_allowed(shape, name)}."


def _shown(value: Any) -> str:
    words = ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)
    return f'"{words if len(words) <= SHOWN else f"{words[:SHOWN]}…"}"'


def _allowed(shape: type[Record], name: str) -> str:
    """What the field takes, as in "a whole number from 1 to 5"."""
    if name not in declared(shape):
        return "what was exported"
    kind = bare(declared(shape)[name])
    match kind:
        case inspect.LiteralType():
            return f"one of {', '.join(filter(None, choices(shape, name)))}"
        case inspect.IntType() | inspect.FloatType():
            whole = "whole " if isinstance(kind, inspect.IntType) else ""
            least = f" from {kind.ge:g}" if kind.ge is not None else ""
            return f"a {whole}number{least}{f' to {kind.le:g}' if kind.le is not None else ''}"
        case inspect.StrType() if kind.pattern is not None:
            return "a handle: letters from a to z, digits, dots and dashes"
        case inspect.StrType():
            return f"a text of at most {kind.max_length:,} characters" if kind.max_length else "a text"
        case inspect.VarTupleType(item_type=item) if isinstance(bare(item), inspect.StrType):
            return "a list with commas between, such as acme, globex"
    return "as it was exported"


def _is_local(value: Any) -> bool:
    """Whether any instant in it has no offset: nobody could say when that was."""
    match value:
        case datetime():
            return value.tzinfo is None
        case tuple():
            return any(map(_is_local, value))
        case msgspec.Struct():
            return any(_is_local(getattr(value, name)) for name in value.__struct_fields__)
    return False
