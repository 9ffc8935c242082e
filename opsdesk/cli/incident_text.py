"""An incident as lines of text and as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from opsdesk.cli.columns import aligned, room, width
from opsdesk.core.instants import readable

if TYPE_CHECKING:
    from opsdesk.core.registers.incidents import Incident
    from opsdesk.desk import Desk
    from opsdesk.insight.standing import Standing
    from opsdesk.insight.standing_lines import Called

Fact = tuple[str, str]


def page(desk: Desk, found: Standing) -> Iterator[str]:
    """What it is, its clocks, who knows, and the timeline."""
    from opsdesk.core.registers.incidents import REGISTER
    from opsdesk.insight.standing_lines import facts

    incident = found.incident
    yield f"{incident.id}  {incident.title}"
    yield REGISTER.reason(incident, desk.registers.look())
    yield ""
    yield from _facts(list(facts(found, _called(desk), desk.registers.look())))
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


def _called(desk: Desk) -> Called:
    from opsdesk.insight.standing_lines import Called

    parts = desk.registers.directories().get("components")
    return Called(
        person=desk.people.person_name,
        customer=desk.people.customer_name,
        component=parts.name if parts else str,
    )


def _seconds(lasted: timedelta | None) -> float | None:
    return None if lasted is None else lasted.total_seconds()
