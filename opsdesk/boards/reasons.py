"""Why a record of a register is on the table, in words for those in the room.

The team reads who and why; the company no person; a customer no more than it may be told: state and dates.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from opsdesk.boards.clauses import Clause, clauses, count, length, short_length
from opsdesk.boards.lay import Table
from opsdesk.boards.spoken import weekday
from opsdesk.boards.words import day, day_beside, days, short_day
from opsdesk.core.register import Register, Registered
from opsdesk.core.registers.absences import REGISTER, Absence, uncovered
from opsdesk.core.registers.bugs import Bug, found
from opsdesk.core.registers.deliveries import Delivery, unaware
from opsdesk.core.registers.environments import Environment
from opsdesk.core.registers.incidents import Incident
from opsdesk.core.registers.known_issues import KnownIssue
from opsdesk.core.registers.maintenance import Maintenance, overrun, unannounced, untold
from opsdesk.core.registers.releases import Release
from opsdesk.core.registers.requirements import Requirement
from opsdesk.core.spans import away, named

Clauses = tuple[Clause, ...]
UNOWNED = Clause("nobody owns it", "no owner")


def why(table: Table, register: Register, record: Registered) -> Clauses:
    """At least one clause. Of a kind without words here: as its register says it, to the team."""
    said = REASONS.get(record.kind)
    if said is not None:
        return said(table, record)
    state = str(getattr(record, "state", "") or register.one)
    told = register.reason(record, table.scene.look) if inside(table) else ""
    return clauses(*told.split(" · ")) or clauses(state)


def inside(table: Table) -> bool:
    """Only the team: figures, names and reasons may stand there."""
    return table.scene.audience == "team"


def at(table: Table, moment: datetime) -> str:
    """ "16:10" today, else with its day."""
    return weekday(moment.astimezone(table.scene.settings.zone), table.today)


def of_incident(table: Table, incident: Incident) -> Clauses:
    """SEV-2 for 1 h 10 min, next update was due 16:10, nobody owns it, investigating, hits 3 customers."""
    now = table.scene.now
    began = incident.started or now
    sev = f"SEV-{incident.sev}"
    if incident.resolved is not None:
        lasted = length(began, incident.resolved)
        return clauses(
            Clause(f"resolved {at(table, incident.resolved)}", f"resolved {at(table, incident.resolved)}"),
            Clause(f"{sev} for {lasted}", sev),
        )
    return clauses(
        Clause(f"{sev} for {length(began, now)}", f"{sev} {short_length(began, now)}"),
        _update(table, incident),
        UNOWNED if inside(table) and not incident.owner else "",
        incident.state,
        "impaired, not down" if incident.impact == "partial" else "",
        _hits(table, incident.customers),
        "nobody told yet" if inside(table) and incident.major and not incident.informed else "",
    )


def _update(table: Table, incident: Incident) -> Clause | str:
    due = incident.next_update
    if due is None:
        return ""
    if due >= table.scene.now:
        return Clause(f"next update {at(table, due)}", f"update {at(table, due)}")
    return Clause(f"next update was due {at(table, due)}", "update late") if inside(table) else ""


def _hits(table: Table, customers: tuple[str, ...]) -> str:
    return f"hits {count(len(customers), 'customer')}" if customers and table.scene.audience != "customer" else ""


def of_maintenance(table: Table, window: Maintenance) -> Clauses:
    """maintenance in 18 h, 2 of 5 customers not told, high risk."""
    told = "" if table.scene.audience == "customer" else _told(window)
    risk = f"{window.risk} risk" if window.risk != "low" and inside(table) else ""
    return clauses(_when(table, window), told, risk)


def _when(table: Table, window: Maintenance) -> Clause:
    now = table.scene.now
    if window.starts is None:
        return Clause("no window yet")
    if window.ends is not None and overrun(window, table.scene.look):
        over = length(window.ends, now)
        return Clause(f"past its window by {over}", f"{over} over")
    if window.state == "running":
        return Clause(f"running until {at(table, window.ends)}" if window.ends else "running")
    if window.starts <= now:
        return Clause(f"should have begun {length(window.starts, now)} ago", "should have begun")
    ahead = length(now, window.starts)
    return Clause(f"maintenance in {ahead}", f"in {ahead}")


def _told(window: Maintenance) -> Clause | str:
    missed = untold(window)
    if missed:
        few = f"{len(missed)} of {len(window.customers)}"
        moved, again = ("moved, ", " again") if window.moved else ("", "")
        return Clause(f"{moved}{few} customers not told{again}", f"{moved}{few} not told")
    return "" if window.customers else unannounced(window)


def of_delivery(table: Table, delivery: Delivery) -> Clauses:
    """forecast 4 days after the promise, the customer does not know."""
    if table.scene.audience == "customer":
        return _to_customer(table, delivery)
    slips = f"moved {len(delivery.slips)}×" if delivery.slips else ""
    unowned = UNOWNED if inside(table) and not delivery.owner else ""
    return clauses(*_dates(table, delivery), _known(delivery), slips, unowned)


def _dates(table: Table, delivery: Delivery) -> Clauses:
    promised, expected, today = delivery.promised, delivery.expected, table.today
    if promised is None:
        return clauses("no date promised", f"expected {away(expected, today)}" if expected else "")
    if promised < today:
        late = expected is None or expected < today
        broken = Clause(f"promise broken {day(promised, today)}", f"broken {short_day(promised, today)}")
        new = (
            Clause(f"forecast {day(expected, today)}", f"now {day_beside(expected, promised, today)}")
            if expected
            else Clause("")
        )
        return clauses(broken, Clause("no new date") if late else new)
    past = (expected - promised).days if expected else 0
    if past > 0:
        return clauses(Clause(f"forecast {days(past)} after the promise", f"{past} d past promise"))
    return clauses(f"promised for {named(promised, today)}")


def _known(delivery: Delivery) -> Clause | str:
    if unaware(delivery):
        return Clause("the customer does not know", "not told")
    moved = delivery.told is not None and delivery.promised is not None and delivery.told > delivery.promised
    return Clause("the customer knows") if moved else ""


def _to_customer(table: Table, delivery: Delivery) -> Clauses:
    """Of the dates only those that the customer was told."""
    told, promised = delivery.told, delivery.promised
    first = f"promised for {day(promised, table.today)}" if promised else delivery.state
    return clauses(first, f"now {day(told, table.today)}" if told and told != promised else "")


def of_requirement(table: Table, requirement: Requirement) -> Clauses:
    """overdue 3 d, nobody owns it, not agreed yet."""
    due, today = requirement.due, table.today
    when = f"due {day(due, today)}" if due else "no date"
    if due and due < today:
        when = f"overdue {(today - due).days} d"
    state = {"asked": "not agreed yet", "agreed": "agreed, not started"}.get(requirement.state, requirement.state)
    return clauses(when, UNOWNED if inside(table) and not requirement.owner else "", state)


def of_release(table: Table, release: Release) -> Clauses:
    """was planned for Fri 20 Nov, moved 2×."""
    if release.state == "taken back":
        reason = f": {release.why}" if release.why and inside(table) else ""
        return clauses(Clause(f"taken back{reason}", "taken back"))
    planned, today = release.planned, table.today
    moved = f"moved {len(release.slips)}×" if release.slips else ""
    if planned is None:
        return clauses("no date", moved)
    if planned < today:
        return clauses(Clause(f"was planned for {day(planned, today)}", f"was {short_day(planned, today)}"), moved)
    return clauses(Clause(f"planned for {named(planned, today)}", named(planned, today)), moved)


def of_known_issue(table: Table, issue: KnownIssue) -> Clauses:
    """hits 3 customers, no workaround, no fix scheduled."""
    hits = _hits(table, issue.customers)
    around = Clause("there is a workaround", "workaround") if issue.workaround else "no workaround"
    return clauses(Clause(hits, hits.removesuffix("s").removesuffix(" customer")), around, _fix(table, issue))


def _fix(table: Table, issue: KnownIssue) -> Clause | str:
    if not issue.fix:
        return Clause("no fix scheduled", "no fix")
    return Clause(f"fix comes with {issue.fix}", f"fix: {issue.fix}") if inside(table) else "fix scheduled"


def of_bug(table: Table, bug: Bug) -> Clauses:
    """severity 1, came back 2×, found by a customer in production; of one that is fixed that first."""
    back = f"came back {bug.reopened}×" if bug.reopened else ""
    by = "by a customer" if bug.found_by == "customer" else f"in {bug.found_in}"
    said = clauses(Clause(f"severity {bug.severity}", f"sev {bug.severity}"), back, Clause(found(bug), by))
    return clauses("fixed", *said, "not closed yet") if bug.state == "fixed" else clauses(*said, bug.state)


def of_environment(table: Table, environment: Environment) -> Clauses:
    """broken: disk full, held by Bob since Mon, 1 day past Sun 22 Nov."""
    why = f": {environment.why}" if environment.why and inside(table) else ""
    works = environment.state == "working"
    state = "" if works else Clause(f"{environment.state}{why}", environment.state)
    held = _held(table, environment) if environment.holder else clauses("free" if works else "nobody holds it")
    return clauses(state, *held)


def _held(table: Table, environment: Environment) -> Clauses:
    who = f" by {table.person(environment.holder)}" if inside(table) else ""
    since = f" since {short_day(environment.since, table.today)}" if environment.since else ""
    until, today = environment.until, table.today
    held = f"held{who}{since}"
    if until is None:
        return clauses(Clause(held, f"held{since}"), "nobody says until when")
    if until >= today:
        return clauses(
            Clause(held, f"held{since}"), Clause(f"until {day(until, today)}", f"until {short_day(until, today)}")
        )
    over = (today - until).days
    return clauses(Clause(f"{held}, {days(over)} past {day(until, today)}", f"held {over} d over"))


def of_absence(table: Table, absence: Absence) -> Clauses:
    """from Mon 30 Nov to Wed 2 Dec, Raj Patel covers; nothing of it to others than the team."""
    starts, ends, today = absence.starts or table.today, absence.ends or table.today, table.today
    if not inside(table):
        return clauses(REGISTER.one)
    if ends < today:
        return clauses(f"over since {day(ends, today)}")
    span = day(starts, today) if starts == ends else f"from {day(starts, today)} to {day(ends, today)}"
    cover = f"{table.person(absence.cover)} covers" if absence.cover else "nobody covers" if uncovered(absence) else ""
    return clauses(span, cover)


REASONS: Mapping[str, Callable[[Table, Any], Clauses]] = {
    Incident.kind: of_incident,
    Maintenance.kind: of_maintenance,
    Delivery.kind: of_delivery,
    Requirement.kind: of_requirement,
    Release.kind: of_release,
    KnownIssue.kind: of_known_issue,
    Bug.kind: of_bug,
    Environment.kind: of_environment,
    Absence.kind: of_absence,
}
