"""The fields of a row as a record, every constraint held; what does not fit is said by its field."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import cache
from typing import Any

import msgspec
from msgspec import json

from opsdesk.core.declared import initial
from opsdesk.core.errors import Invalid
from opsdesk.core.journal import Fields
from opsdesk.core.record import R, Record, checked


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
        raise Invalid(_told(str(error))) from None
    place = next((name for name in record if _is_local(record[name])), "")
    if place:
        raise Invalid(f"{place}: an instant says no offset: 2026-11-27T15:00:00Z does.")
    return record


def _told(said: str) -> str:
    """msgspec's "Expected `int`, got `str` - at `$.limit`", for a person."""
    wanted, _, place = said.partition(" - at `$.")
    if wanted.startswith("Object missing required field"):
        return f"{wanted.split('`')[1]} is missing."
    if wanted.endswith("length >= 1"):
        return f"{place.rstrip('`')} is missing."
    return f"{place.rstrip('`') or 'It'} is not allowed ({wanted})."


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
