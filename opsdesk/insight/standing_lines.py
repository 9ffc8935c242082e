"""How an incident stands, as lines of two columns: what it is, its clocks, and who knows of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta

import msgspec

from opsdesk.core.instants import readable
from opsdesk.core.register import Look
from opsdesk.core.spans import lasting
from opsdesk.insight.outage import STAMPS, whole_minutes
from opsdesk.insight.standing import Known, Standing

Fact = tuple[str, str]
NOT_YET = "not informed yet"


class Called(msgspec.Struct, frozen=True, kw_only=True):
    """Handle → name, of each that an incident tells of."""

    person: Callable[[str], str]
    customer: Callable[[str], str]
    component: Callable[[str], str]


def facts(found: Standing, called: Called, look: Look) -> Iterator[Fact]:
    """(title, words) of those that say something."""
    told = (*_what(found, called), *_clocks(found, called, look), *_who(found, called, look))
    return ((title, said) for title, said in told if said)


def clock_time(at: datetime | None, look: Look) -> str:
    """Today's as "14:05", another day's with its date; empty where it is not known."""
    return readable(at, look.now, look.settings) if at is not None else ""


def _what(found: Standing, called: Called) -> Iterator[Fact]:
    incident = found.incident
    yield "State", f"{incident.state}: {incident.why}" if incident.why else incident.state
    yield "Impact", incident.impact
    yield "Customers", ", ".join(map(called.customer, incident.customers)) or "none named: all of them"
    yield "Components", ", ".join(map(called.component, incident.components))
    yield "Owner", called.person(incident.owner) if incident.owner else "nobody"
    yield "Workaround", incident.workaround


def _clocks(found: Standing, called: Called, look: Look) -> Iterator[Fact]:
    for name in STAMPS:
        yield name.capitalize(), clock_time(found.incident[name], look)
    clock = found.clock
    if clock.due is not None:
        yield "Next update", f"{clock_time(clock.due, look)} ({clock.span}), owed to {_names(called, clock.owed)}"


def _who(found: Standing, called: Called, look: Look) -> Iterator[Fact]:
    for each in found.known:
        yield each.department, known_words(each, called, look)
    departments = {each.department.casefold() for each in found.known}
    for told in found.incident.informed:
        if told.who.casefold() not in departments:
            by = f" by {called.person(told.by)}" if told.by else ""
            how = f", {told.how}" if told.how else ""
            yield called.person(told.who), f"informed at {clock_time(told.at, look)}{by}{how}"
    yield "Time until Sales knew", length(found.until_sales_knew) or NOT_YET


def known_words(known: Known, called: Called, look: Look) -> str:
    if known.at is None:
        return NOT_YET
    by = f" by {called.person(known.by)}" if known.by else ""
    how = f", {known.how}" if known.how else ""
    return f"informed at {clock_time(known.at, look)}{by}{how} (after {length(known.after)})"


def _names(called: Called, names: Sequence[str]) -> str:
    return ", ".join(map(called.person, names)) or "nobody"


def length(lasted: timedelta | None) -> str:
    return "" if lasted is None else lasting(whole_minutes(lasted))
