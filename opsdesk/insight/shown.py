"""What those in the room may read of one record."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, tzinfo
from functools import cache
from typing import TypeVar

import msgspec
from msgspec.structs import replace

from opsdesk.core.actions import Action
from opsdesk.core.audience import Before
from opsdesk.core.customers import Customer
from opsdesk.core.declared import naming, title_of
from opsdesk.core.entries import Decision, Item, Note
from opsdesk.core.errors import NotFound
from opsdesk.core.meeting import Meeting
from opsdesk.core.minutes import MinutesRecord
from opsdesk.core.people import Person
from opsdesk.core.ports import Reader
from opsdesk.core.record import Record
from opsdesk.core.register import Registered
from opsdesk.core.registers import registers
from opsdesk.core.scores import Score
from opsdesk.insight.fields import words

MARKS = ("@", "#", "!")
S = TypeVar("S", bound=Registered)


def may_show(record: Record, room: Before, reader: Reader) -> bool:
    """A customer sees its own records and what was said in calls with it; the company nothing of a team's meetings."""
    if room.audience == "team":
        return True
    match record:
        case Meeting():
            return room.may_read(record.audience, record.customer)
        case MinutesRecord():
            return room.may_read(record.minutes.audience, record.customer)
        case Decision() | Note():
            return _said_openly(record.meeting, room, reader)
        case Item():
            return _is_on(record.agenda, reader) and _theirs(record.customer, room)
        case Action() | Score():
            return _theirs(record.customer, room)
        case Customer():
            return _theirs(record.handle, room)
        case Registered():
            return _registered(record, room)
        case _:
            return isinstance(record, Person) and room.audience == "company"


def reduced(record: S, room: Before) -> S:
    """As a customer may know it: of every list of customers only its own place in it. To others as it is."""
    if room.audience != "customer":
        return record
    own = {name: tuple(each for each in record[name] if each == room.customer) for name in _lists(type(record))}
    told = {
        name: tuple(each for each in record[name] if getattr(each, field) == room.customer)
        for name, field in _lists_inside(type(record))
    }
    return replace(record, **own, **told)


def lists_of_customers(shape: type[Registered]) -> tuple[str, ...]:
    """The fields that may name several."""
    return (*_lists(shape), *(name for name, _ in _lists_inside(shape)))


@cache
def _lists(shape: type[Registered]) -> tuple[str, ...]:
    return tuple(name for name in _of_customers(shape) if "." not in name)


@cache
def _lists_inside(shape: type[Registered]) -> tuple[tuple[str, str], ...]:
    """Field → what names the customer in each of its values."""
    paths = [name.split(".") for name in _of_customers(shape) if "." in name]
    return tuple((name, field) for name, field in paths)


def _of_customers(shape: type[Registered]) -> list[str]:
    fields = {each.name: each.default for each in msgspec.structs.fields(shape)}
    named = [name for name, kind in naming(shape).items() if kind == "customers"]
    return [name for name in named if fields.get(name.partition(".")[0]) == ()]


def plainly(record: Record, zone: tzinfo) -> list[tuple[str, str]]:
    """(title, words) of what others than the team may read: what it is, its dates and its state; no person, no reason.

    Empty for a kind of record that is only the team's.
    """
    told = [(title, words(value, zone)) for title, value in _open(record)]
    return [(title, text) for title, text in told if text]


def _open(record: Record) -> Iterable[tuple[str, object]]:
    match record:
        case Action():
            return _action(record)
        case Item():
            return [("What", record.text), ("State", record.state)]
        case Decision():
            return [("Decision", record.text), ("When", record.at)]
        case Note():
            return [("Note", record.text), ("When", record.at)]
        case Score():
            return [("What", record.measure), ("State", record.level)]
        case Meeting():
            return [("What", f"{record.title} #{record.number}"), ("When", record.scheduled), ("State", record.state)]
        case Customer():
            return [("Name", record.name)]
        case Person():
            return [("Name", record.name), ("Department", record.department)]
        case Registered():
            return _of_register(record)
        case _:
            return []


def _action(action: Action) -> Iterable[tuple[str, object]]:
    moved = tuple(slip.was.isoformat() for slip in action.slips)
    return [
        ("What", action.title),
        ("Promised", unmarked(action.told.words) if action.told else ""),
        ("Due", action.due),
        ("Was due", moved),
        ("State", action.state),
    ]


def _registered(record: Registered, room: Before) -> bool:
    """A customer sees what concerns it, also where it concerns others too: of those `reduced` leaves nothing."""
    register = registers()[record.kind]
    if room.audience == "company":
        return register.open_to != "team" and getattr(record, "audience", "company") != "team"
    whose = record[register.customer] if register.customer else ""
    hit = whose if isinstance(whose, tuple) else (whose,)
    return register.open_to == "customer" and bool(room.customer) and room.customer in hit


def _of_register(record: Registered) -> Iterable[tuple[str, object]]:
    """What it is, its state and its dates."""
    register = registers()[record.kind]
    dated = [name for name in register.columns if isinstance(record[name], date)]
    names = [name for name in (register.text, *(("state",) if "state" in record else ()), *dated) if name != "why"]
    return [(title_of(register.shape, name), record[name]) for name in dict.fromkeys(filter(None, names))]


def unmarked(said: str) -> str:
    """As it was typed, without the marks that name who does it, for whom and by whom it was said."""
    return " ".join(word for word in said.split() if not word.startswith(MARKS))


def _theirs(customer: str, room: Before) -> bool:
    return room.audience == "company" or (bool(customer) and customer == room.customer)


def _said_openly(meeting: str, room: Before, reader: Reader) -> bool:
    try:
        held = reader.get(Meeting, meeting)
    except NotFound:
        return False
    return room.may_read(held.audience, held.customer)


def _is_on(agenda: str, reader: Reader) -> bool:
    return any(meeting.agenda == agenda for meeting in reader.live(Meeting) if meeting.state == "running")
