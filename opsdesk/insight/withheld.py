"""What is held back where a customer reads or listens: words that tell of another one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import msgspec
from msgspec.structs import replace

from opsdesk.core.audience import Before
from opsdesk.core.minutes import Minutes
from opsdesk.core.ports import Reader
from opsdesk.core.record import Record
from opsdesk.insight.others import Others

WITHHELD = "withheld"
WORDS = ("title", "text", "comment")
FIXED = ("id", "meeting", "state", "standing", "role", "before", "after", "audience", "zone", "supersedes", "at")
"""Fields of minutes that nobody types."""

R = TypeVar("R", bound=Record)
S = TypeVar("S", bound=msgspec.Struct)
Tells = Callable[[str], bool]


def nothing(text: str) -> bool:
    return False


def tells_of(reader: Reader, room: Before) -> Tells:
    """Whether words tell of somebody whom those in the room must not read of."""
    return Others(reader, room.customer).named_in if room.audience == "customer" else nothing


def as_heard(record: R, tells: Tells) -> R:
    """An entry of a meeting as those in the room may read it."""
    told = {name: WITHHELD for name in WORDS if name in record and tells(record[name])}
    return replace(record, **told) if told else record


def printed(minutes: Minutes, tells: Tells) -> Minutes:
    """In every field in which people type."""
    return _each_of(minutes, tells)


def _each_of(struct: S, tells: Tells) -> S:
    typed = (name for name in struct.__struct_fields__ if name not in FIXED)
    return replace(struct, **{name: _without(getattr(struct, name), tells) for name in typed})


def _without(value: Any, tells: Tells) -> Any:
    match value:
        case str():
            return WITHHELD if tells(value) else value
        case tuple():
            return tuple(_without(each, tells) for each in value)
        case msgspec.Struct():
            return _each_of(value, tells)
        case _:
            return value
