"""How stable the company's services are: uptime by every policy, per component and as each customer felt it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Literal

import msgspec
from msgspec.structs import replace

from opsdesk.core.customers import Customer
from opsdesk.core.ports import Reader
from opsdesk.core.registers.components import Component
from opsdesk.core.registers.incidents import Incident
from opsdesk.core.registers.maintenance import Maintenance, known_since
from opsdesk.core.settings import Policy
from opsdesk.insight import outages as hits
from opsdesk.insight.outages import Outage, Window
from opsdesk.insight.period import Period
from opsdesk.insight.response import Course, Response, responses
from opsdesk.insight.uptime import Uptime, lasted_in, uptime

Of = Literal["all", "component", "customer"]


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """One component, one customer, or (`of` all) everything together: down as soon as anything is.

    `figures`: one a policy, in their order. `incidents`: ids of those that lasted in the period, whatever their
    severity. `response`: of those that began in it, in all and by severity. `known`: False for a period that was over
    before there was anything to know of; it has no figures.
    """

    of: Of
    handle: str = ""
    name: str = ""
    figures: tuple[Uptime, ...]
    incidents: tuple[str, ...]
    response: tuple[Response, ...]
    known: bool = True


class Facts(msgspec.Struct, frozen=True, kw_only=True):
    """What uptime is computed from. `windows`: also those that are done. `since`: when the desk began, None where
    nobody knows; of a time before that only what was written down afterwards is known.
    """

    incidents: Sequence[Incident]
    windows: Sequence[Maintenance]
    policies: Sequence[Policy]
    period: Period
    now: datetime
    since: datetime | None = None


def facts_of(
    reader: Reader, policies: Sequence[Policy], period: Period, now: datetime, since: datetime | None = None
) -> Facts:
    """Everything the registers tell of the time until now; `since`: when the desk began."""
    incidents, maintenance = reader.all(Incident), reader.all(Maintenance)
    return Facts(incidents=incidents, windows=maintenance, policies=policies, period=period, now=now, since=since)


def together(facts: Facts) -> Row:
    """Everything as one: down while anything was, also what names no component."""
    return _row("all", "", "", facts, facts.since, list(outages(facts.incidents)), list(windows(facts.windows)))


def of_component(component: Component, facts: Facts) -> Row:
    """By what names the component; its own SLO, where it has one, takes the place of every policy's."""
    slo, handle = component.slo, component.handle
    own = replace(facts, policies=[replace(each, slo=slo or each.slo) for each in facts.policies])
    down = hits.of_component(outages(facts.incidents), handle)
    held = hits.of_component(windows(facts.windows), handle)
    return _row("component", handle, component.name, own, component.created or facts.since, down, held)


def of_customer(customer: Customer, facts: Facts) -> Row:
    """By what names the customer or no customer at all: as this one felt it."""
    down = hits.of_customer(outages(facts.incidents), customer.handle)
    held = hits.of_customer(windows(facts.windows), customer.handle)
    return _row("customer", customer.handle, customer.name, facts, facts.since, down, held)


def outages(incidents: Iterable[Incident]) -> Iterator[Outage]:
    """From their start until they were resolved, as TTR has it, and not only until they were mitigated; those that
    nobody has dated are left out.
    """
    for each in incidents:
        if each.started is not None:
            yield Outage(
                id=each.id,
                start=each.started,
                end=each.resolved,
                severity=each.sev,
                partial=each.impact == "partial",
                components=each.components,
                customers=each.customers,
            )


def windows(maintenance: Iterable[Maintenance]) -> Iterator[Window]:
    """Those that have a time, and of the cancelled ones those that had begun, until they were given up. One that nobody
    began or ended counts as held as announced.
    """
    for each in maintenance:
        if each.starts is not None and each.ends is not None and (each.state != "cancelled" or each.ended is not None):
            yield Window(
                id=each.id,
                starts=each.starts,
                ends=each.ends,
                ended=each.ended,
                announced=each.announced,
                notices={who: known_since(each, who) for who in (*each.customers, *each.told)},
                running=each.state == "running",
                components=each.components,
                customers=each.customers,
            )


def unended(facts: Facts) -> tuple[str, ...]:
    """A sentence for each window whose end in the period has passed and of which nobody has said that it was over."""
    found = []
    for each in windows(each for each in facts.windows if each.live):
        passed = each.ended is None and each.ends <= facts.now
        if passed and each.starts < facts.period.until and each.over(facts.now) > facts.period.since:
            counted = "counted until now" if each.running else "counted as planned"
            found.append(f"{each.id} was never ended: {counted}.")
    return tuple(found)


def courses(incidents: Iterable[Incident]) -> Iterator[Course]:
    """Their instants, for MTTA and TTR."""
    for each in incidents:
        if each.started is not None:
            yield Course(
                severity=each.sev,
                started=each.started,
                detected=each.detected,
                acknowledged=each.acknowledged,
                resolved=each.resolved,
            )


def _row(
    of: Of,
    handle: str,
    name: str,
    facts: Facts,
    since: datetime | None,
    down: Sequence[Outage],
    held: Sequence[Window],
) -> Row:
    """`since`: when it began, as far as is known; a period that was over by then has no figures."""
    known = [since, *(each.start for each in down), *(each.starts for each in held)] if since is not None else []
    begun = min(filter(None, known), default=facts.period.since)
    there = begun < facts.period.until
    now = facts.now if there else facts.period.since
    ids = {each.id for each in down}
    return Row(
        of=of,
        handle=handle,
        name=name,
        figures=tuple(uptime(down, held, policy, facts.period, now) for policy in facts.policies),
        incidents=tuple(each.id for each in down if lasted_in(each, facts.period, now)),
        response=responses(courses(each for each in facts.incidents if each.id in ids), facts.period, now),
        known=there,
    )
