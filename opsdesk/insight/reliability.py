"""How stable the company's services are: uptime by every policy, per component and as each customer felt it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from typing import Literal

import msgspec
from msgspec.structs import replace

from opsdesk.core.customers import Customer
from opsdesk.core.ports import Reader
from opsdesk.core.registers.components import Component
from opsdesk.core.registers.incidents import Incident
from opsdesk.core.registers.maintenance import Maintenance
from opsdesk.core.settings import Policy
from opsdesk.insight.outages import Happening, Outage, Window, hits_component, hits_customer
from opsdesk.insight.period import Period
from opsdesk.insight.response import Course, Response, responses
from opsdesk.insight.uptime import Uptime, lasted_in, uptime

Of = Literal["all", "component", "customer"]


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """One component, one customer, or (`of` all) everything together: down as soon as anything is.

    `figures`: one a policy, in their order. `incidents`: ids of those that lasted in the period, whatever their
    severity. `response`: of those that began in it, in all and by severity.
    """

    of: Of
    handle: str = ""
    name: str = ""
    figures: tuple[Uptime, ...]
    incidents: tuple[str, ...]
    response: tuple[Response, ...]


class Facts(msgspec.Struct, frozen=True, kw_only=True):
    """What uptime is computed from. `windows`: also those that are done."""

    incidents: Sequence[Incident]
    windows: Sequence[Maintenance]
    policies: Sequence[Policy]
    period: Period
    now: datetime


def facts_of(reader: Reader, policies: Sequence[Policy], period: Period, now: datetime) -> Facts:
    """Everything the registers tell of the time until now."""
    incidents, maintenance = reader.all(Incident), reader.all(Maintenance)
    return Facts(incidents=incidents, windows=maintenance, policies=policies, period=period, now=now)


def together(facts: Facts) -> Row:
    """Everything as one: down while anything was, also what names no component."""
    return _row("all", "", "", facts, lambda happening: True)


def of_component(component: Component, facts: Facts) -> Row:
    """By what names the component; its own SLO, where it has one, takes the place of every policy's."""
    slo = component.slo
    own = replace(facts, policies=[replace(each, slo=slo or each.slo) for each in facts.policies])
    return _row("component", component.handle, component.name, own, lambda each: hits_component(each, component.handle))


def of_customer(customer: Customer, facts: Facts) -> Row:
    """By what names the customer or no customer at all: as this one felt it."""
    return _row("customer", customer.handle, customer.name, facts, lambda each: hits_customer(each, customer.handle))


def outages(incidents: Iterable[Incident]) -> Iterator[Outage]:
    """From their start until they were resolved, as TTR has it; those that nobody has dated are left out."""
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
    """Those that have a time and were not cancelled. One that nobody began or ended counts as held as announced."""
    for each in maintenance:
        if each.starts is not None and each.ends is not None and each.state != "cancelled":
            yield Window(
                id=each.id,
                starts=each.starts,
                ends=each.ends,
                ended=each.ended,
                announced=each.announced,
                running=each.state == "running",
                components=each.components,
                customers=each.customers,
            )


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


def _row(of: Of, handle: str, name: str, facts: Facts, hit: Callable[[Happening], bool]) -> Row:
    down = [each for each in outages(facts.incidents) if hit(each)]
    held = [each for each in windows(facts.windows) if hit(each)]
    ids = {each.id for each in down}
    return Row(
        of=of,
        handle=handle,
        name=name,
        figures=tuple(uptime(down, held, policy, facts.period, facts.now) for policy in facts.policies),
        incidents=tuple(each.id for each in down if lasted_in(each, facts.period, facts.now)),
        response=responses(courses(each for each in facts.incidents if each.id in ids), facts.period, facts.now),
    )
