"""An incident as lines of text and as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from opsdesk.cli.columns import aligned, room, width
from opsdesk.core.instants import readable
from opsdesk.core.spans import lasting

if TYPE_CHECKING:
    from opsdesk.core.registers.incidents import Incident
    from opsdesk.desk import Desk
    from opsdesk.insight.standing import Known, Standing

Fact = tuple[str, str]
NOT_YET = "not informed yet"


def page(desk: Desk, found: Standing) -> Iterator[str]:
    """What it is, its clocks, who knows, and the timeline."""
    from opsdesk.core.registers.incidents import REGISTER

    incident = found.incident
    yield f"{incident.id}  {incident.title}"
    yield REGISTER.reason(incident, desk.registers.look())
    yield ""
    yield from _facts([*_what(desk, incident), *_clocks(desk, found), *_who(desk, found)])
    yield ""
    rows = [
        (clock_time(desk, each.at), each.what, each.text, desk.people.person_name(each.by)) for each in found.moments
    ]
    yield from aligned(("Time", "Kind", "What happened", "By"), rows, room())


def points(desk: Desk, incident: Incident) -> Iterator[str]:
    """As they stand, with who has approved them."""
    from opsdesk.insight.talking import draft_points

    talk = incident.talk
    yield f"{incident.id}  {incident.title}"
    yield ""
    yield from _facts([(each.title, each.text) for each in draft_points(incident, desk.registers.look())])
    if talk is not None and talk.approved is not None:
        yield ""
        yield f"Approved by {desk.people.person_name(talk.approved_by)} at {clock_time(desk, talk.approved)}."


def points_whole(desk: Desk, incident: Incident) -> dict[str, Any]:
    from opsdesk.insight.talking import draft_points

    talk = incident.talk
    return {
        "incident": incident.id,
        "approved": talk.approved if talk else None,
        "approved_by": talk.approved_by if talk else "",
        "points": draft_points(incident, desk.registers.look()),
    }


def whole(found: Standing) -> dict[str, Any]:
    """Lengths in seconds."""
    return {
        "incident": found.incident,
        "update": {
            "due": found.clock.due,
            "left": _seconds(found.clock.left),
            "overdue": found.clock.overdue,
            "owed": found.clock.owed,
        },
        "timeline": found.moments,
        "known": [
            {
                "department": each.department,
                "at": each.at,
                "by": each.by,
                "how": each.how,
                "after": _seconds(each.after),
            }
            for each in found.known
        ],
        "uninformed": found.uninformed,
        "until_sales_knew": _seconds(found.until_sales_knew),
    }


def clock_time(desk: Desk, at: datetime | None) -> str:
    """Today's as "14:05", another day's with its date; empty where it is not known."""
    return readable(at, desk.now(), desk.settings) if at is not None else ""


def _facts(facts: Sequence[Fact]) -> Iterator[str]:
    """Those that say something, in two columns."""
    told = [(title, said) for title, said in facts if said]
    column = max((width(title) for title, _ in told), default=0)
    for title, said in told:
        yield f"{title}{' ' * (column - width(title))}  {said}"


def _what(desk: Desk, incident: Incident) -> Iterator[Fact]:
    yield "State", f"{incident.state}: {incident.why}" if incident.why else incident.state
    yield "Impact", incident.impact
    yield "Customers", ", ".join(map(desk.people.customer_name, incident.customers)) or "none named: all of them"
    parts = desk.registers.directories().get("components")
    yield "Components", ", ".join(parts.name(each) if parts else each for each in incident.components)
    yield "Owner", desk.people.person_name(incident.owner) if incident.owner else "nobody"
    yield "Workaround", incident.workaround


def _clocks(desk: Desk, found: Standing) -> Iterator[Fact]:
    from opsdesk.insight.outage import STAMPS

    for name in STAMPS:
        yield name.capitalize(), clock_time(desk, found.incident[name])
    clock = found.clock
    if clock.due is not None:
        yield "Next update", f"{clock_time(desk, clock.due)} ({clock.span}), owed to {_names(desk, clock.owed)}"


def _who(desk: Desk, found: Standing) -> Iterator[Fact]:
    for each in found.known:
        yield each.department, _known(desk, each)
    departments = {each.department.casefold() for each in found.known}
    for told in found.incident.informed:
        if told.who.casefold() not in departments:
            by = f" by {desk.people.person_name(told.by)}" if told.by else ""
            how = f", {told.how}" if told.how else ""
            yield desk.people.person_name(told.who), f"informed at {clock_time(desk, told.at)}{by}{how}"
    yield "Time until Sales knew", _length(found.until_sales_knew) or NOT_YET


def _known(desk: Desk, known: Known) -> str:
    if known.at is None:
        return NOT_YET
    by = f" by {desk.people.person_name(known.by)}" if known.by else ""
    how = f", {known.how}" if known.how else ""
    return f"informed at {clock_time(desk, known.at)}{by}{how} (after {_length(known.after)})"


def _names(desk: Desk, names: Sequence[str]) -> str:
    return ", ".join(map(desk.people.person_name, names)) or "nobody"


def _length(lasted: timedelta | None) -> str:
    from opsdesk.insight.outage import whole_minutes

    return "" if lasted is None else lasting(whole_minutes(lasted))


def _seconds(lasted: timedelta | None) -> float | None:
    return None if lasted is None else lasted.total_seconds()
