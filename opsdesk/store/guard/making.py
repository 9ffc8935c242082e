"""Rows made of what the journal tells."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec

from opsdesk.core.journal import Fields
from opsdesk.core.kinds import shape_named
from opsdesk.core.record import Record
from opsdesk.core.replay import Key
from opsdesk.store.rows import Doc, doc_row, number

Place = tuple[str, int]
"""Kind and number of a record."""


def as_row(key: Key, fields: Fields | None) -> Doc | None:
    """The row of a record, or of the place that a removed one left; None for what is no record of today."""
    kind, id = key
    shape = shape_named(kind)
    if shape is None:
        return None
    if fields is None:
        return doc_row(shape, id, None)
    try:
        record: Record = msgspec.convert(fields, shape)
    except msgspec.ValidationError:
        return None
    return doc_row(shape, id, record)


def places(keys: Iterable[Key]) -> Iterator[Place]:
    for kind, id in keys:
        shape = shape_named(kind)
        place = number(shape, id) if shape is not None else None
        if place is not None:
            yield kind, place
