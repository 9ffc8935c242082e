"""How an incident stands, for whoever leads it: the update clock, the timeline, and who knows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

import msgspec

from opsdesk.core.people import Person
from opsdesk.core.register import Look
from opsdesk.core.registers.incidents import Incident
from opsdesk.core.registers.timeline import TimelineEntry
from opsdesk.insight.outage import (
    SALES,
    Moment,
    UpdateClock,
    first_told,
    speakers,
    time_until,
    timeline,
    uninformed,
    update_clock,
)


class Known(msgspec.Struct, frozen=True, kw_only=True):
    """A department that speaks with customers. `at`: when it was first told, None while it does not know; `after`:
    the time from detection until then.
    """

    department: str
    at: datetime | None = None
    by: str = ""
    how: str = ""
    after: timedelta | None = None


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """`until_sales_knew`: None while Sales does not know. `uninformed`: departments that have not been told yet."""

    incident: Incident
    clock: UpdateClock
    moments: tuple[Moment, ...]
    known: tuple[Known, ...]
    uninformed: tuple[str, ...]
    until_sales_knew: timedelta | None


def standing(incident: Incident, entries: Iterable[TimelineEntry], people: Sequence[Person], look: Look) -> Standing:
    departments = speakers(people, look.settings)
    return Standing(
        incident=incident,
        clock=update_clock(incident, look, departments),
        moments=timeline(incident, entries),
        known=tuple(_known(incident, each, people) for each in departments),
        uninformed=uninformed(incident, people, look.settings),
        until_sales_knew=time_until(incident, SALES, people),
    )


def _known(incident: Incident, department: str, people: Sequence[Person]) -> Known:
    told = first_told(incident, department, people)
    if told is None:
        return Known(department=department)
    after = time_until(incident, department, people)
    return Known(department=department, at=told.at, by=told.by, how=told.how, after=after)
