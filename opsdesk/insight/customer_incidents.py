"""What hits a customer now, what hit it in the last 90 days, and how long it was up."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from opsdesk.core.customerpage import PageLine, PagePart
from opsdesk.core.registers.incidents import REGISTER, Incident
from opsdesk.core.spans import away, between
from opsdesk.insight.customer_seen import Seen
from opsdesk.insight.outage import since, update_clock
from opsdesk.insight.period import Period
from opsdesk.insight.reliability import facts_of, of_customer
from opsdesk.insight.shown import may_show, reduced
from opsdesk.insight.talking import talking_points

DAYS = 90


def now(seen: Seen) -> PagePart:
    """Every open incident that names it, or that names no customer at all: then everybody feels it."""
    return PagePart(name="now", lines=tuple(_down(seen, each) for each in _hit(seen, seen.reader.live(Incident))))


def before(seen: Seen) -> PagePart:
    """Those that are over and began, or lasted, in the last 90 days; the newest first."""
    first = seen.look.now - timedelta(days=DAYS)
    over = seen.reader.where(Incident, lambda each: not each.live and _end(each) >= first.timestamp())
    found = sorted(_hit(seen, over), key=lambda each: -_end(each))
    return PagePart(
        name="incidents",
        lines=tuple(_was(seen, each) for each in found),
        summary="" if seen.listened else _uptime(seen),
    )


def _end(incident: Incident) -> float:
    at = incident.resolved or incident.started
    return at.timestamp() if at else 0


def _hit(seen: Seen, incidents: Iterable[Incident]) -> list[Incident]:
    """As those in the room may know them, the worst first."""
    felt = [each for each in incidents if not each.customers or seen.handle in each.customers]
    shown = [reduced(each, seen.room) for each in felt if may_show(each, seen.room, seen.reader)]
    return sorted(shown, key=lambda each: REGISTER.order(each, seen.look))


def _down(seen: Seen, incident: Incident) -> PageLine:
    look = seen.look
    if seen.listened:
        return seen.line(REGISTER, incident, reason=f"{incident.state}, {since(incident, look)}")
    clock = update_clock(incident, look).words
    reason = " · ".join(filter(None, (f"SEV-{incident.sev} {incident.state}", since(incident, look), clock)))
    points = talking_points(incident, seen.room.audience, look)
    around = f"workaround: {incident.workaround}" if incident.workaround else ""
    unsaid = "nothing is approved to be said of it yet"
    said = [f"{each.title}: {each.text}" for each in points] or [unsaid, around]
    return seen.line(REGISTER, incident, reason=reason, said=said, weight="red" if incident.major else "orange")


def _was(seen: Seen, incident: Incident) -> PageLine:
    """When it was and how long it lasted, for nobody has to see to it now; before the customer not how bad it was."""
    began, ended = incident.started or incident.resolved, incident.resolved
    if began is None:
        return PageLine(id=incident.id, text=seen.heard(incident.title), reason=incident.state)
    when = away(seen.day(began), seen.look.today)
    lasted = f"for {between(began, ended)}" if ended else ""
    sev = "" if seen.listened else f"SEV-{incident.sev}"
    part = "impaired" if incident.impact == "partial" else "down"
    reason = " ".join(filter(None, (sev, part, lasted, "·", when)))
    return PageLine(id=incident.id, text=seen.heard(incident.title), reason=reason)


def _uptime(seen: Seen) -> str:
    """As in "up 99.871 % raw, 99.950 % standard"; nothing where there are no components and no incidents to count."""
    period = Period(since=seen.look.now - timedelta(days=DAYS), until=seen.look.now)
    facts = facts_of(seen.reader, seen.look.settings.policies, period, seen.look.now, seen.begun)
    row = of_customer(seen.customer, facts)
    if not row.known or not (facts.incidents or facts.windows):
        return ""
    return "up " + ", ".join(f"{each.shown} % {each.policy}" for each in row.figures)
