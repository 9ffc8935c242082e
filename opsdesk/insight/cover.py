"""Who is there and who is on call, and what nobody covers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

import msgspec

from opsdesk.core.registers.absences import Absence
from opsdesk.core.registers.components import Component
from opsdesk.core.registers.incidents import Incident

AHEAD = 7
"""Days that are looked at, today the first of them."""
USED = 31
"""A company that had nobody on call for so many days does without."""


class Uncovered(msgspec.Struct, frozen=True, kw_only=True):
    """What an absence leaves to nobody: `on_call`: days on which they would be on call and nobody else is; names of
    `components`; ids of open `incidents`. `cover_away`: the one who stands in is away too.
    """

    cover_away: bool = False
    on_call: tuple[date, ...] = ()
    components: tuple[str, ...] = ()
    incidents: tuple[str, ...] = ()


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


def uncovered(
    absence: Absence,
    absences: Sequence[Absence],
    components: Iterable[Component],
    incidents: Iterable[Incident],
    today: date,
) -> Uncovered:
    """What is left to nobody on the days of this absence that lie ahead of us; `incidents`: the open ones."""
    ahead = [day for day in days_ahead(today) if absence.on(day)]
    cover_away = bool(absence.cover) and not all(there(absence.cover, day, absences) for day in ahead)
    held = [each for each in absences if each.person == absence.person and each.what == "on call"]
    bare = [day for day in unmanned(absences, today) if absence.on(day) and any(duty.on(day) for duty in held)]
    if absence.cover and not cover_away:
        return Uncovered(on_call=tuple(bare))
    return Uncovered(
        cover_away=cover_away,
        on_call=tuple(bare),
        components=tuple(each.name for each in components if each.owner == absence.person),
        incidents=tuple(each.id for each in incidents if each.owner == absence.person),
    )
