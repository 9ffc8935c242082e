"""Who is there and who is on call, and what nobody covers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

import msgspec

from opsdesk.core.actions import Action
from opsdesk.core.registers.absences import Absence
from opsdesk.core.registers.components import Component
from opsdesk.core.registers.deliveries import Delivery
from opsdesk.core.registers.environments import Environment
from opsdesk.core.registers.incidents import Incident

AHEAD = 7
"""Days that are looked at, today the first of them."""
USED = 31
"""A company that had nobody on call for so many days does without."""


class Uncovered(msgspec.Struct, frozen=True, kw_only=True):
    """What an absence leaves to nobody: `on_call`: days on which they would be on call and nobody else is; names of
    `components` and `environments`; ids of open `incidents`, of actions and deliveries that are `promises` due
    meanwhile. `cover_away`: the one who stands in is away too.
    """

    cover_away: bool = False
    on_call: tuple[date, ...] = ()
    incidents: tuple[str, ...] = ()
    promises: tuple[str, ...] = ()
    components: tuple[str, ...] = ()
    environments: tuple[str, ...] = ()


class Held(msgspec.Struct, frozen=True, kw_only=True):
    """What people have to do with: every open record of each kind."""

    incidents: Sequence[Incident] = ()
    actions: Sequence[Action] = ()
    deliveries: Sequence[Delivery] = ()
    components: Sequence[Component] = ()
    environments: Sequence[Environment] = ()


def there(person: str, day: date, absences: Iterable[Absence]) -> bool:
    return not any(each.person == person and each.what == "away" and each.on(day) for each in absences)


def on_call(day: date, absences: Sequence[Absence]) -> bool:
    """Whether somebody who is there has the duty on that day: whoever has it, else who stands in for them."""
    return any(each.what == "on call" and each.on(day) and _kept(each.person, day, absences) for each in absences)


def _kept(person: str, day: date, absences: Sequence[Absence]) -> bool:
    gone = [each for each in absences if each.person == person and each.what == "away" and each.on(day)]
    return not gone or any(each.cover and there(each.cover, day, absences) for each in gone)


def days_ahead(today: date) -> tuple[date, ...]:
    return tuple(today + timedelta(days=n) for n in range(AHEAD))


def duties(absences: Iterable[Absence], today: date) -> list[Absence]:
    """On-call duties, those of the last month too."""
    recent = today - timedelta(days=USED)
    return [each for each in absences if each.what == "on call" and each.ends is not None and each.ends >= recent]


def unmanned(absences: Sequence[Absence], today: date) -> tuple[date, ...]:
    """Of the coming days those on which nobody who is there is on call; none where nobody ever is."""
    if not duties(absences, today):
        return ()
    near = [each for each in absences if each.ends is None or each.ends >= today]
    return tuple(day for day in days_ahead(today) if not on_call(day, near))


def uncovered(absence: Absence, absences: Sequence[Absence], held: Held, today: date) -> Uncovered:
    """What is left to nobody on the days of this absence that lie ahead of us."""
    ahead, who = [day for day in days_ahead(today) if absence.on(day)], absence.person
    cover_away = bool(absence.cover) and not all(there(absence.cover, day, absences) for day in ahead)
    duty = [each for each in absences if each.person == who and each.what == "on call"]
    bare = [day for day in unmanned(absences, today) if absence.on(day) and any(each.on(day) for each in duty)]
    if absence.cover and not cover_away:
        return Uncovered(on_call=tuple(bare))
    return Uncovered(
        cover_away=cover_away,
        on_call=tuple(bare),
        incidents=tuple(each.id for each in held.incidents if each.owner == who),
        promises=_promised(absence, held, today),
        components=tuple(each.name for each in held.components if each.owner == who),
        environments=tuple(each.name for each in held.environments if each.holder == who),
    )


def _promised(absence: Absence, held: Held, today: date) -> tuple[str, ...]:
    """Ids of what they promised for a day that is still to come and on which they are away."""
    actions = ((each.id, each.owner, each.due) for each in held.actions if each.promise)
    deliveries = ((each.id, each.owner, each.promised) for each in held.deliveries)
    return tuple(
        id
        for id, owner, due in (*actions, *deliveries)
        if owner == absence.person and due is not None and due >= today and absence.on(due)
    )
