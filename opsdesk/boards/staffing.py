"""Staffing: who is away or on call and what nobody covers; the constraint, who has too much, who has nothing next."""

from __future__ import annotations

from collections.abc import Iterable

from opsdesk.boards import away
from opsdesk.boards.lay import Found, Table
from opsdesk.boards.table import Line, Weight
from opsdesk.boards.words import days
from opsdesk.core.actions import Action
from opsdesk.core.people import Person
from opsdesk.core.registers.absences import Absence
from opsdesk.insight.flow import Load, constraint, loads


def find(table: Table) -> Iterable[Found]:
    """People as lines, for the team alone; where nobody has any work yet, nobody lacks it."""
    people = {person.handle: person for person in table.reader.live(Person)}
    if table.scene.audience != "team":
        return
    yield from away.find(table)
    actions = table.reader.live(Action)
    carried = loads(people.values(), actions, table.scene.now)
    work = any(each.owner for each in actions)
    held = constraint(carried)
    gone = {each.person for each in table.reader.live(Absence) if each.what == "away" and each.on(table.today)}
    for load in carried:
        out = ", away today" if load.handle in gone else ""
        if load is held:
            brief = f"{_started(load)}, {load.queue} wait"
            yield _found(people[load.handle], f"{_holding(load)}{out}", brief, "red", 0)
        elif load.over:
            yield _found(people[load.handle], f"{_over(load)}{out}", _started(load), "orange", 1)
        elif load.idle and work and not out:
            yield _found(people[load.handle], f"nothing ready, {_started(load)}", "nothing ready", "none", 2)


def _found(person: Person, reason: str, brief: str, weight: Weight, place: int) -> Found:
    line = Line(id=person.id, text=person.name, reason=reason, brief=brief, weight=weight)
    return Found(line=line, harm=(place,))


def _holding(load: Load) -> str:
    return f"the constraint: {_started(load)}, {load.queue} wait, oldest {days(load.oldest)}"


def _over(load: Load) -> str:
    return f"{_started(load)}, oldest {days(load.oldest)}"


def _started(load: Load) -> str:
    return f"{load.started} started of {load.limit}"
