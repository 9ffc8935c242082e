"""What a step of an incident leaves in its timeline: read off the incident before and after it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from opsdesk.core.names import fold
from opsdesk.core.register import Look, Registered
from opsdesk.core.registers.timeline import TimelineEntry, What

if TYPE_CHECKING:
    from opsdesk.core.registers.incidents import Incident, Informed

OF_STATE = {"monitoring": "mitigated", "resolved": "resolved"}
"""The instant at which an incident entered the state."""


def entries(before: Incident | None, after: Incident, look: Look, by: str) -> tuple[Registered, ...]:
    """Without ids; none where nothing happened that a reader of the timeline would miss. `by`: a handle."""
    found = _opened(after) if before is None else _steps(before, after)
    return tuple(
        TimelineEntry(about=after.id, what=what, text=text, at=at or look.now, by=by, created=look.now, created_by=by)
        for what, text, at in found
    )


Step = tuple[What, str, datetime | None]


def _opened(incident: Incident) -> Iterator[Step]:
    yield "state", f"Opened as SEV-{incident.sev}", incident.detected


def _steps(before: Incident, after: Incident) -> Iterator[Step]:
    if before.sev != after.sev:
        yield "state", f"SEV-{before.sev} → SEV-{after.sev}", None
    if before.impact != after.impact:
        yield "state", f"Impact: {before.impact} → {after.impact}", None
    if before.acknowledged is None and after.acknowledged is not None:
        yield "state", "Acknowledged", after.acknowledged
    if before.state != after.state:
        why = f": {after.why}" if after.why else ""
        yield "state", f"{before.state} → {after.state}{why}", _entered(after)
    known = {fold(each.who) for each in before.informed}
    for each in after.informed:
        if fold(each.who) not in known:
            yield "informed", informed_words(each), each.at
    yield from _talk(before, after)


def informed_words(told: Informed) -> str:
    """As in "Sales informed (phone)"."""
    return f"{told.who} informed{f' ({told.how})' if told.how else ''}"


def _entered(incident: Incident) -> datetime | None:
    name = OF_STATE.get(incident.state, "")
    return incident[name] if name else None


def _talk(before: Incident, after: Incident) -> Iterator[Step]:
    was = before.talk is not None and before.talk.approved is not None
    now = after.talk is not None and after.talk.approved is not None
    if was != now:
        yield "note", "Talking points approved" if now else "Talking points changed: no longer approved", None
