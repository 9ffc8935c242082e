"""What the desk knows of an incident, as the draft of its review."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from opsdesk.core.actions import Action
from opsdesk.core.customers import Customer
from opsdesk.core.entries import Decision
from opsdesk.core.people import Person
from opsdesk.core.ports import Reader
from opsdesk.core.register import Look
from opsdesk.core.registers.components import Component
from opsdesk.core.registers.incidents import Incident, Informed
from opsdesk.core.registers.timeline import TimelineEntry
from opsdesk.core.review import Review, ReviewAction, ReviewDecision, ReviewMoment, ReviewTold
from opsdesk.insight.minute_lines import by_number
from opsdesk.insight.outage import SALES, STAMPS, Moment, time_until, timeline, uninformed, whole_minutes


def review(incident: Incident, entries: Iterable[TimelineEntry], reader: Reader, look: Look) -> Review:
    """Linked are actions that the incident was turned into and that came of it, and decisions that name its id."""
    people = reader.all(Person)
    names = {each.handle: each.name for each in people}
    customers = {each.handle: each.name for each in reader.all(Customer)}
    components = {each.handle: each.name for each in reader.all(Component)}
    return Review(
        id=incident.id,
        title=incident.title,
        company=look.settings.company,
        zone=look.settings.zone.key,
        sev=incident.sev,
        state=incident.state,
        impact=incident.impact,
        why=incident.why,
        owner=names.get(incident.owner, incident.owner),
        workaround=incident.workaround,
        customers=tuple(customers.get(each, each) for each in incident.customers),
        components=tuple(components.get(each, each) for each in incident.components),
        uninformed=uninformed(incident, [each for each in people if each.live], look.settings),
        informed=tuple(_told(each, names, look) for each in sorted(incident.informed, key=lambda each: each.at)),
        timeline=tuple(_moment(each, names, look) for each in timeline(incident, entries)),
        actions=tuple(_action(each, names) for each in _actions(incident, reader)),
        decisions=tuple(ReviewDecision(id=each.id, text=each.text) for each in _decisions(incident, reader)),
        **_clocks(incident, look),
        until_sales_knew=_whole(time_until(incident, SALES, people)),
    )


def _clocks(incident: Incident, look: Look) -> dict[str, Any]:
    """MTTA = acknowledged - detected, TTR = resolved - started, of this one; in minutes."""
    stamps = {name: _local(incident[name], look) for name in STAMPS}
    return {
        **stamps,
        "down": _between(incident.started, incident.resolved or look.now),
        "to_acknowledge": _between(incident.detected, incident.acknowledged),
        "to_resolve": _between(incident.started, incident.resolved),
    }


def _between(start: datetime | None, end: datetime | None) -> int | None:
    return None if start is None or end is None else _whole(max(end - start, timedelta()))


def _whole(lasted: timedelta | None) -> int | None:
    return None if lasted is None else whole_minutes(lasted)


def _local(at: datetime | None, look: Look) -> datetime | None:
    return None if at is None else at.astimezone(look.settings.zone)


def _told(told: Informed, names: Mapping[str, str], look: Look) -> ReviewTold:
    at = told.at.astimezone(look.settings.zone)
    return ReviewTold(who=names.get(told.who, told.who), at=at, by=names.get(told.by, told.by), how=told.how)


def _moment(moment: Moment, names: Mapping[str, str], look: Look) -> ReviewMoment:
    at = moment.at.astimezone(look.settings.zone)
    return ReviewMoment(at=at, what=moment.what, text=moment.text, by=names.get(moment.by, moment.by))


def _actions(incident: Incident, reader: Reader) -> list[Action]:
    linked = {incident.came_of, *incident.led_to}
    return by_number(reader.where(Action, lambda each: each.id in linked or each.came_of == incident.id))


def _action(action: Action, names: Mapping[str, str]) -> ReviewAction:
    owner = names.get(action.owner, action.owner)
    return ReviewAction(id=action.id, title=action.title, owner=owner, due=action.due, state=action.state)


def _decisions(incident: Incident, reader: Reader) -> list[Decision]:
    named = re.compile(rf"(?<![\w-]){re.escape(incident.id)}(?![\w-])", re.IGNORECASE)
    return by_number(reader.where(Decision, lambda each: named.search(each.text) is not None))
