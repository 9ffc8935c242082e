"""What the registers tell of one customer: escalations, problems, tickets, its people, side-channel, requirements."""

from __future__ import annotations

from datetime import timedelta
from math import fsum

from opsdesk.core.customerpage import PagePart
from opsdesk.core.registers import contacts, escalations, known_issues, problems, requirements, sidechannel, tickets
from opsdesk.core.spans import away, named
from opsdesk.insight.attention import WEEKS, Attention
from opsdesk.insight.customer_seen import Seen

DAYS = 30


def escalated(seen: Seen) -> PagePart:
    register = escalations.REGISTER
    found = seen.theirs(register, seen.reader.live(escalations.Escalation))
    return PagePart(name="escalations", lines=tuple(seen.line(register, each, said=[_exit(each)]) for each in found))


def _exit(escalation: escalations.Escalation) -> str:
    over = f"over when {escalation.exit}" if escalation.exit else ""
    risk = f"{escalation.risk:,.0f} a year at risk" if escalation.risk else ""
    news = f"last: {escalation.news}" if escalation.news else ""
    return " · ".join(filter(None, (over, risk, news)))


def problems_of(seen: Seen) -> PagePart:
    register = problems.REGISTER
    found = seen.theirs(register, seen.reader.live(problems.Problem))
    return PagePart(
        name="problems", lines=tuple(seen.line(register, each, said=[_around(each.workaround)]) for each in found)
    )


def issues(seen: Seen) -> PagePart:
    register = known_issues.REGISTER
    found = seen.theirs(register, seen.reader.live(known_issues.KnownIssue))
    return PagePart(
        name="issues", lines=tuple(seen.line(register, each, said=[_around(each.workaround)]) for each in found)
    )


def _around(workaround: str) -> str:
    return f"workaround: {workaround}" if workaround else ""


def tickets_of(seen: Seen) -> PagePart:
    register = tickets.REGISTER
    found = seen.theirs(register, seen.reader.live(tickets.Ticket))
    lines = [seen.line(register, each, text=" ".join(filter(None, (each.number, each.title)))) for each in found]
    return PagePart(name="tickets", lines=tuple(lines))


def people_there(seen: Seen) -> PagePart:
    """Those who were spoken with last come first: they are the ones who call."""
    register = contacts.REGISTER
    found = seen.theirs(register, seen.reader.live(contacts.Contact))
    found.sort(key=lambda each: -(each.last.toordinal() if each.last else 0))
    lines = [
        seen.line(register, each, text="  ".join(filter(None, (each.name, each.phone, each.mail)))) for each in found
    ]
    return PagePart(name="people", lines=tuple(lines))


def requests(seen: Seen) -> PagePart:
    """The last 30 days, also those that were brought back."""
    register, since = sidechannel.REGISTER, seen.look.today - timedelta(days=DAYS)
    recent = seen.reader.where(
        sidechannel.SideChannel, lambda each: each.day is None or each.day >= since, customer=seen.handle
    )
    found = seen.theirs(register, recent)
    hours = fsum(each.hours for each in found)
    return PagePart(
        name="requests",
        lines=tuple(seen.line(register, each) for each in found),
        summary=f"{hours:g} h in {DAYS} days" if hours else "",
    )


def required(seen: Seen) -> PagePart:
    register = requirements.REGISTER
    found = seen.theirs(register, seen.reader.live(requirements.Requirement))
    lines = [seen.line(register, each, reason=_asked(seen, each) if seen.listened else None) for each in found]
    return PagePart(name="requirements", lines=tuple(lines))


def _asked(seen: Seen, requirement: requirements.Requirement) -> str:
    due = f"due {named(requirement.due, seen.look.today)}" if requirement.due else ""
    return " · ".join(filter(None, (requirement.state, due)))


def discussed(seen: Seen, spoken: Attention | None) -> PagePart:
    """As in "12 days ago · 14 min in 12 weeks: 2 % of the time for 8 % of revenue"."""
    if spoken is None or spoken.last_discussed is None:
        return PagePart(name="discussed")
    spent, worth = spoken.minutes_share, spoken.revenue_share
    share = f": {100 * spent:.0f} % of the time for {100 * worth:.0f} % of revenue" if spent and worth else ""
    last = away(spoken.last_discussed, seen.look.today)
    return PagePart(name="discussed", summary=f"{last} · {spoken.minutes} min in {WEEKS} weeks{share}")
