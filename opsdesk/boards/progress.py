"""Progress: what works now that did not when this agenda met last."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime

import msgspec

from opsdesk.boards.clauses import Clause
from opsdesk.boards.lay import Found, Table
from opsdesk.boards.registered import lines
from opsdesk.boards.since import last_met
from opsdesk.boards.words import day, short_day
from opsdesk.core.actions import Action
from opsdesk.core.register import Register, Registered
from opsdesk.core.registers import deliveries, incidents, known_issues, requirements

DELIVERED, MET, FIXED, RESOLVED, DONE = range(5)


def find(table: Table) -> Iterable[Found]:
    """Deliveries, requirements, known issues, incidents and actions that ended well since; the newest of each first."""
    last = last_met(table)
    yield from _ended(table, deliveries.REGISTER, "delivered", table.local(last), DELIVERED)
    yield from _ended(table, requirements.REGISTER, "met", table.local(last), MET)
    yield from _ended(table, known_issues.REGISTER, "fixed", table.local(last), FIXED)
    yield from _resolved(table, last)
    for action in table.reader.where(Action, lambda each: each.finished is not None and each.finished > last):
        if action.state == "done" and action.finished is not None and table.scene.customer in ("", action.customer):
            on = table.local(action.finished)
            yield _good(table.action(action, *_when(table, "done", on)), DONE, on)


def _ended(table: Table, register: Register, state: str, last: date, place: int) -> Iterator[Found]:
    """Those in that state, which is also the name of the day it has."""
    recent = table.reader.where(
        register.shape, lambda each: each[state] is not None and each[state] >= last, state=state
    )
    yield from _of_register(table, register, recent, state, place)


def _resolved(table: Table, last: datetime) -> Iterator[Found]:
    def over(incident: incidents.Incident) -> bool:
        return incident.resolved is not None and incident.resolved > last

    recent = table.reader.where(incidents.Incident, over, state="resolved")
    yield from _of_register(table, incidents.REGISTER, recent, "resolved", RESOLVED)


def _of_register(
    table: Table, register: Register, records: Sequence[Registered], word: str, place: int
) -> Iterator[Found]:
    for record in records:
        ended = record[word]
        on = table.local(ended) if isinstance(ended, datetime) else ended
        said = (Clause(*_when(table, word, on)),)
        for found in lines(table, register, [record], said=lambda *_, said=said: said):
            yield _good(found, place, on)


def _when(table: Table, word: str, on: date) -> tuple[str, str]:
    """The reason, and the same in few words."""
    return f"{word} {day(on, table.today)}", f"{word} {short_day(on, table.today)}"


def _good(found: Found, place: int, on: date) -> Found:
    line = msgspec.structs.replace(found.line, weight="green")
    return msgspec.structs.replace(found, line=line, harm=(place, -on.toordinal()))
