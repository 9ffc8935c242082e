"""An incident under way: its update clock, who knows of it and who does not yet, and its timeline."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta

import msgspec

from opsdesk.core.instants import readable
from opsdesk.core.names import fold
from opsdesk.core.people import Person
from opsdesk.core.register import Look, Weight
from opsdesk.core.registers.incidents import UPDATE_EVERY, Incident, Informed
from opsdesk.core.registers.timeline import TimelineEntry, What
from opsdesk.core.settings import Settings
from opsdesk.core.spans import between, lasting

MINUTE = timedelta(minutes=1)
NEAR = UPDATE_EVERY / 3
SALES = "Sales"
STAMPS = ("started", "detected", "acknowledged", "mitigated", "resolved")


class UpdateClock(msgspec.Struct, frozen=True, kw_only=True):
    """When the next update is due. `left`: until then, below zero once it is overdue; both None where none is due.

    `owed`: who is waiting for it, departments first.
    """

    due: datetime | None = None
    left: timedelta | None = None
    weight: Weight = "none"
    owed: tuple[str, ...] = ()

    @property
    def overdue(self) -> bool:
        return self.left is not None and self.left < timedelta()

    @property
    def span(self) -> str:
        """As in "in 12 min", rounded up, or "overdue for 5 min", cut off; empty where none is due."""
        if self.left is None:
            return ""
        return (
            f"overdue for {lasting(-self.left // MINUTE)}" if self.overdue else f"in {lasting(-(-self.left // MINUTE))}"
        )

    @property
    def words(self) -> str:
        """As in "next update in 12 min" or "update overdue for 5 min"; empty where none is due."""
        return f"{'update' if self.overdue else 'next update'} {self.span}" if self.span else ""


def update_clock(incident: Incident, look: Look, speakers: Sequence[str] = ()) -> UpdateClock:
    """Red once an update of a major incident is overdue, of another one orange, as in the last ten minutes before it.

    `speakers`: the departments that speak with customers; they and whoever was told before are owed it.
    """
    due = incident.next_update
    if due is None or not incident.live:
        return UpdateClock()
    left = due - look.now
    late, near = left < timedelta(), left <= NEAR
    weight: Weight = "red" if late and incident.major else "orange" if late or near else "green"
    return UpdateClock(due=due, left=left, weight=weight, owed=_once([*speakers, *(e.who for e in incident.informed)]))


# who knows of it


def speakers(people: Iterable[Person], settings: Settings) -> tuple[str, ...]:
    """The departments of the settings that speak with customers and have somebody in them; all where none has."""
    there = {fold(each.department) for each in people}
    return tuple(e for e in settings.speak_with_customers if fold(e) in there) or settings.speak_with_customers


def first_told(incident: Incident, department: str, people: Iterable[Person]) -> Informed | None:
    """When the department, or the first person in it, was told; None while nobody was."""
    names = {fold(each.handle) for each in people if fold(each.department) == fold(department)} | {fold(department)}
    told = [each for each in incident.informed if fold(each.who) in names]
    return min(told, key=lambda each: each.at, default=None)


def time_until(incident: Incident, department: str, people: Iterable[Person]) -> timedelta | None:
    """Time until the department knew: first told - detected, never below zero; None while it does not know."""
    told = first_told(incident, department, people)
    if told is None or incident.detected is None:
        return None
    return max(told.at - incident.detected, timedelta())


def whole_minutes(lasted: timedelta) -> int:
    """Rounded, so that 15:00 to 15:05 on the clock is not told as 4."""
    return (lasted + MINUTE / 2) // MINUTE


def uninformed(incident: Incident, people: Sequence[Person], settings: Settings) -> tuple[str, ...]:
    """The departments that speak with customers and have not been told yet."""
    return tuple(each for each in speakers(people, settings) if first_told(incident, each, people) is None)


def _once(names: Iterable[str]) -> tuple[str, ...]:
    """Each name once, as it was written first."""
    found: dict[str, str] = {}
    for name in names:
        found.setdefault(fold(name), name)
    return tuple(found.values())


# what happened


class Moment(msgspec.Struct, frozen=True, kw_only=True):
    """One line of the timeline. `id`: of its entry, "" for an instant of the incident that no entry tells of."""

    at: datetime
    what: What
    text: str
    by: str = ""
    id: str = ""


def timeline(incident: Incident, entries: Iterable[TimelineEntry]) -> tuple[Moment, ...]:
    """Everything that is known to have happened, in order; of one instant as it was written down."""
    told = [_moment(each) for each in entries if each.about == incident.id and each.at is not None]
    known = {each.at for each in told if each.what == "state"}
    found = [*_instants(incident, known), *told]
    return tuple(sorted(found, key=lambda each: (each.at, int(each.id.rpartition("-")[2] or 0))))


def _moment(entry: TimelineEntry) -> Moment:
    assert entry.at is not None
    return Moment(at=entry.at, what=entry.what, text=entry.text, by=entry.by, id=entry.id)


def _instants(incident: Incident, known: set[datetime]) -> Iterator[Moment]:
    for name in STAMPS:
        at: datetime | None = incident[name]
        if at is not None and at not in known:
            known.add(at)
            yield Moment(at=at, what="state", text=name.capitalize())


def since(incident: Incident, look: Look) -> str:
    """As in "since 14:05 (42 min)"; of one that is over how long it lasted."""
    began = incident.started or look.now
    lasted = between(began, incident.resolved or look.now)
    return f"since {readable(began, look.now, look.settings)} ({lasted})" if incident.live else f"lasted {lasted}"
