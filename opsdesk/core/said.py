"""What was said in a meeting: entries of five kinds, read alike."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Literal

import msgspec

from opsdesk.core.actions import Action
from opsdesk.core.entries import Decision, Item, Note
from opsdesk.core.meeting import Meeting
from opsdesk.core.ports import Reader
from opsdesk.core.scores import Score

Said = Note | Decision | Action | Score | Item
SaidKind = Literal["note", "decision", "action", "flag", "item"]

_UNKNOWN = datetime.min.replace(tzinfo=UTC)


class SaidLine(msgspec.Struct, frozen=True, kw_only=True):
    """One entry, as a person reads it. `owner` and `customer` are handles, empty where the kind has none."""

    id: str
    kind: SaidKind
    at: datetime
    section: str
    text: str
    owner: str = ""
    customer: str = ""


def said_in(reader: Reader, meeting: str) -> tuple[Said, ...]:
    """Every entry of one meeting (its id), by time and then by number."""
    kinds: tuple[type[Said], ...] = (Note, Decision, Action, Score, Item)
    found: list[Said] = []
    for kind in kinds:
        found += reader.where(kind, meeting=meeting)
    return in_order(found)


def in_order(said: Iterable[Said]) -> tuple[Said, ...]:
    return tuple(sorted(said, key=lambda each: (said_at(each), _number(each.id), each.id)))


def said_line(said: Said) -> SaidLine:
    return SaidLine(
        id=said.id,
        kind=said_kind(said),
        at=said_at(said),
        section=said.section,
        text=said_text(said),
        owner=getattr(said, "owner", ""),
        customer=getattr(said, "customer", ""),
    )


def said_kind(said: Said) -> SaidKind:
    match said:
        case Note():
            return "note"
        case Decision():
            return "decision"
        case Action():
            return "action"
        case Score():
            return "flag"
        case Item():
            return "item"


def said_at(said: Said) -> datetime:
    match said:
        case Action():
            return said.created or _UNKNOWN
        case Item():
            return said.opened
        case _:
            return said.at


def said_text(said: Said) -> str:
    match said:
        case Action():
            return said.title
        case Score():
            return f"{said.customer} {said.measure} {said.level}" + (f": {said.comment}" if said.comment else "")
        case _:
            return said.text


def last_heard(meeting: Meeting, said: Iterable[Said]) -> datetime:
    """The time of its last event or entry."""
    return max([meeting.last, *(said_at(each) for each in said)])


def _number(id: str) -> int:
    digits = id.rpartition("-")[2]
    return int(digits) if digits.isdigit() else 0
