"""Which rows are believed: those that fit their sum; without sums, those whose columns tell the same as their body."""

from __future__ import annotations

from typing import Any, NamedTuple

from msgspec import MsgspecError, json

from opsdesk.core.journal import Transaction
from opsdesk.core.kinds import shape_named
from opsdesk.core.record import decoder
from opsdesk.store.rows import Doc, Entry, doc_sum, entry_sum, number, whole_doc, whole_entry


class Spoiled(NamedTuple):
    """A row, or what is left of one, that is not believed. `place`: of which record or entry."""

    place: str
    where: str
    row: tuple[Any, ...]
    seq: int = 0


def believed_doc(row: tuple[Any, ...]) -> Doc | None:
    """kind, number, live, meeting, body and, if it has one, sum."""
    kind, place, live, meeting, body, *sums = row
    if not isinstance(kind, str) or not isinstance(place, int) or live not in (0, 1):
        return None
    if sums:
        whole = whole_doc(kind, (place, live, meeting, body, sums[0]))
        return (kind, place, bool(live), meeting, body, sums[0]) if whole else None
    if body is not None and not _is(kind, place, body):
        return None
    return kind, place, bool(live), meeting, body, doc_sum(kind, place, bool(live), meeting, body)


def _is(kind: str, place: int, body: object) -> bool:
    """Whether the body is a record of this kind and number."""
    shape = shape_named(kind)
    if shape is None or not isinstance(body, bytes):
        return False
    try:
        return number(shape, decoder(shape).decode(body).id) == place
    except (MsgspecError, UnicodeError):
        return False


def believed_entry(row: tuple[Any, ...]) -> Entry | None:
    """seq (None where only its body tells it), person, undoes, origin, body and, if it has one, sum."""
    seq, person, undoes, origin, body, *sums = row
    if not isinstance(body, bytes) or not isinstance(person, str) or not isinstance(undoes, int):
        return None
    if seq is not None and sums:
        return row if whole_entry(row) else None
    told = decoded(body)
    if told is None or seq not in (None, told.seq) or not isinstance(origin, int):
        return None
    if sums:
        found = told.seq, person, undoes, origin, body, sums[0]
        return found if whole_entry(found) else None
    alike = (told.by, told.undoes) == (person, undoes)
    return (
        (told.seq, person, undoes, origin, body, entry_sum(told.seq, person, undoes, origin, body)) if alike else None
    )


def decoded(body: bytes) -> Transaction | None:
    try:
        return json.decode(body, type=Transaction)
    except (MsgspecError, UnicodeError):
        return None
