"""Conflicts named before they happen, each with its reason in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import NamedTuple

import msgspec

from opsdesk.core.dates import readable
from opsdesk.core.register import Look, Weight
from opsdesk.core.registers.absences import Absence
from opsdesk.core.registers.components import Component
from opsdesk.core.registers.deliveries import Delivery, late
from opsdesk.core.registers.environments import Environment
from opsdesk.core.registers.incidents import Incident
from opsdesk.core.registers.maintenance import Maintenance
from opsdesk.core.registers.releases import Release
from opsdesk.core.spans import days
from opsdesk.insight.cover import on_call, there

SOON = timedelta(days=2)
"""An incident that is open now says nothing about a window further ahead than this."""

LONGEST = 31
"""Days of a window that are looked at one by one; a longer one is a slip of the pen."""

HARM: Mapping[Weight, int] = {"red": 0, "orange": 1, "none": 2, "green": 3}


class Clash(msgspec.Struct, frozen=True, kw_only=True):
    """What the record `id` runs into: the `others` by their ids, how bad it is, why, and on which day it happens."""

    id: str
    reason: str
    weight: Weight
    day: date
    others: tuple[str, ...] = ()


class Around(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """Everything a conflict can be with. `names`: handle → name of a person."""

    look: Look
    windows: Sequence[Maintenance] = ()
    incidents: Sequence[Incident] = ()
    absences: Sequence[Absence] = ()
    releases: Sequence[Release] = ()
    components: Sequence[Component] = ()
    environments: Sequence[Environment] = ()
    deliveries: Sequence[Delivery] = ()
    names: Mapping[str, str] = {}

    def name(self, handle: str) -> str:
        return self.names.get(handle, handle)

    def day(self, moment: datetime) -> date:
        """The company's calendar day."""
        return moment.astimezone(self.look.settings.zone).date()

    def said(self, day: date) -> str:
        return readable(day, self.look.today)

    @cached_property
    def needs(self) -> Mapping[str, frozenset[str]]:
        """Component → all that it needs to work, also what those need in turn."""
        direct = {each.handle: each.depends for each in self.components}
        return {handle: all_needed(handle, direct) for handle in direct}


def all_needed(handle: str, direct: Mapping[str, Sequence[str]]) -> frozenset[str]:
    """`direct`: component → what it names itself; in a circle each needs all of it."""
    found: set[str] = set()
    ahead = [*direct.get(handle, ())]
    while ahead:
        each = ahead.pop()
        if each not in found:
            found.add(each)
            ahead += direct.get(each, ())
    return frozenset(found)


def clashes(around: Around) -> tuple[Clash, ...]:
    """Every conflict there is, the worst first, then the next to come."""
    found = [
        *(each for window in around.windows for each in of_window(window, around)),
        *(each for environment in around.environments for each in of_environment(environment, around)),
        *(each for delivery in around.deliveries for each in of_delivery(delivery, around)),
    ]
    return tuple(sorted(found, key=lambda each: (HARM[each.weight], each.day)))


def of_window(window: Maintenance, around: Around) -> Iterator[Clash]:
    """What a maintenance window that is planned or under way runs into.

    Incidents that are open on its components or on what depends on them (while it is no more than two days ahead),
    other windows on these or on what they depend on, releases planned for its days, holidays, owners of its components
    who are away without a cover, and days on which nobody is on call, where anybody ever is.
    """
    slot = _slot(window, around)
    if slot is not None:
        for kind in (_with_incidents, _with_windows, _with_absences, _with_on_call, _with_releases, _with_holidays):
            yield from kind(slot, around)


def of_environment(environment: Environment, around: Around) -> Iterator[Clash]:
    """An environment that is held past its time."""
    until, today = environment.until, around.look.today
    if until is not None and environment.overheld(today):
        held = f"{around.name(environment.holder)} holds it {days((today - until).days)} past {around.said(until)}"
        yield Clash(id=environment.id, reason=held, weight="orange", day=until)


def of_delivery(delivery: Delivery, around: Around) -> Iterator[Clash]:
    """A delivery that is expected after the date the customer was told, or that has not come by then.

    Expected as forecast, else as planned, and not before today. Red once the promise is broken, orange while the
    customer can still be told in time.
    """
    promised, today, past = delivery.promised, around.look.today, late(delivery, around.look)
    if not delivery.live or promised is None or past <= 0:
        return
    promise = f"{days(past)} past the promise of {around.said(promised)}"
    expected = promised + timedelta(days=past)
    reason = f"not delivered, {promise}" if expected == today else f"forecast {around.said(expected)} is {promise}"
    yield Clash(id=delivery.id, reason=reason, weight="red" if promised < today else "orange", day=promised)


class _Slot(NamedTuple):
    """A window with its time: while it runs it ends no earlier than now. `on`: the company's days that it touches."""

    window: Maintenance
    starts: datetime
    ends: datetime
    on: Sequence[date]

    @property
    def grave(self) -> Weight:
        return "red" if self.window.risk == "high" else "orange"

    def clash(self, reason: str, weight: Weight, *others: str) -> Clash:
        return Clash(id=self.window.id, reason=reason, weight=weight, day=self.on[0], others=others)

    def shared(self, components: Iterable[str]) -> str:
        return ", ".join(each for each in self.window.components if each in components)

    def felt(self, components: Iterable[str], around: Around) -> str:
        """What of them it hits: those that it names, else those that need one of these, as in "login, which depends on
        db".
        """
        own = self.window.components
        needing = [each for each in components if not around.needs.get(each, frozenset()).isdisjoint(own)]
        return self.shared(components) or _depending(needing, own, around)

    def leant_on(self, components: Iterable[str], around: Around) -> str:
        """What of them its own components need, as in "db, which login depends on"."""
        own = self.window.components
        for each in components:
            needing = [part for part in own if each in around.needs.get(part, ())]
            if needing:
                return f"{each}, which {', '.join(needing)} depend{'s' * (len(needing) == 1)} on"
        return ""


def _depending(needing: Sequence[str], own: Sequence[str], around: Around) -> str:
    if not needing:
        return ""
    needed = [part for part in own if any(part in around.needs[each] for each in needing)]
    return f"{', '.join(needing)}, which depend{'s' * (len(needing) == 1)} on {', '.join(needed)}"


def _slot(window: Maintenance, around: Around) -> _Slot | None:
    """None for a window that is over, or has no time yet."""
    if not window.live or window.starts is None or window.ends is None:
        return None
    ends = max(window.ends, around.look.now) if window.state == "running" else window.ends
    if ends <= window.starts or (ends <= around.look.now and window.state != "running"):
        return None
    first, last = around.day(window.starts), around.day(ends - timedelta(microseconds=1))
    on = [first + timedelta(days=n) for n in range(min((last - first).days, LONGEST) + 1)]
    return _Slot(window, window.starts, ends, on)


def _with_incidents(slot: _Slot, around: Around) -> Iterator[Clash]:
    for incident in around.incidents if slot.starts <= around.look.now + SOON else ():
        felt = slot.felt(incident.components, around)
        if incident.live and felt:
            reason = f"{incident.id} (SEV-{incident.sev}) is open on {felt}"
            yield slot.clash(reason, "red" if incident.major else "orange", incident.id)


def _with_windows(slot: _Slot, around: Around) -> Iterator[Clash]:
    for window in around.windows:
        other = _slot(window, around)
        if window.id == slot.window.id or other is None or slot.starts >= other.ends or other.starts >= slot.ends:
            continue
        felt = slot.felt(window.components, around) or slot.leant_on(window.components, around)
        if felt:
            local = other.starts.astimezone(around.look.settings.zone)
            when = f"from {around.said(other.on[0])} {local:%H:%M}"
            reason = f"{window.id} is on {felt}{',' * (' depend' in felt)} at the same time, {when}"
            yield slot.clash(reason, "red", window.id)


def _with_absences(slot: _Slot, around: Around) -> Iterator[Clash]:
    for owner, parts in _owned(slot, around).items():
        for away in _uncovered(owner, slot.on, around):
            who = f"{around.name(owner)}, who owns {', '.join(parts)},"
            covers = f"{around.name(away.cover)}, who covers, is too" if away.cover else "nobody covers"
            yield slot.clash(f"{who} is away {_lasts(away, around)}, and {covers}", slot.grave, away.id)


def _with_on_call(slot: _Slot, around: Around) -> Iterator[Clash]:
    duties = [each for each in around.absences if each.what == "on call"]
    bare = [day for day in slot.on if not on_call(day, around.absences)]
    if duties and bare:
        more = f" and {days(len(bare) - 1)} more" if len(bare) > 1 else ""
        yield slot.clash(f"nobody is on call on {around.said(bare[0])}{more}", slot.grave)


def _with_releases(slot: _Slot, around: Around) -> Iterator[Clash]:
    for release in around.releases:
        if release.state == "planned" and release.planned is not None and release.planned in slot.on:
            reason = f"release {release.version} is planned for {around.said(release.planned)}"
            yield slot.clash(reason, "orange", release.id)


def _with_holidays(slot: _Slot, around: Around) -> Iterator[Clash]:
    for day in slot.on:
        if day in around.look.settings.holidays:
            yield slot.clash(f"{around.said(day)} is a holiday", "orange")


def _owned(slot: _Slot, around: Around) -> dict[str, list[str]]:
    """Owner → the names of those components of the window that are theirs."""
    owned: dict[str, list[str]] = {}
    for component in around.components:
        if component.owner and component.handle in slot.window.components:
            owned.setdefault(component.owner, []).append(component.name)
    return owned


def _uncovered(person: str, on: Sequence[date], around: Around) -> Iterator[Absence]:
    """Their absences on one of these days that nobody covers who is there."""
    for away in around.absences:
        gone = [day for day in on if away.on(day)] if away.person == person and away.what == "away" else []
        if gone and (not away.cover or not all(there(away.cover, day, around.absences) for day in gone)):
            yield away


def _lasts(absence: Absence, around: Around) -> str:
    first, last = (around.said(day) if day else "" for day in (absence.starts, absence.ends))
    return f"on {first}" if first == last else f"from {first} to {last}"
