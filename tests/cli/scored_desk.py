"""The small desk with a score sheet: flags, what is stale, an override, a meeting that spoke of them, who left."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from opsdesk.core.customers import Customer
from opsdesk.core.meeting import Meeting, Section, Span
from opsdesk.core.record import Record
from opsdesk.core.registers.escalations import Escalation
from opsdesk.core.registers.overrides import Override
from opsdesk.core.scores import Level, Score
from tests.cli.conftest import NOW


def said(customer: str, measure: str, level: Level, days: int, comment: str = "", **more: object) -> Score:
    at = NOW - timedelta(days=days)
    return Score(customer=customer, measure=measure, level=level, comment=comment, at=at, since=at, by="sue", **more)


CALL = datetime(2026, 11, 16, 9, 0, tzinfo=UTC)
RECORDS: tuple[Record, ...] = (
    Customer(handle="acme", name="Acme", revenue=635_000),
    Customer(handle="initech", name="Initech", active=False, left=date(2026, 11, 20)),
    said("globex", "Product", "green", 61),
    said("globex", "Delivery", "orange", 3, "the date is in danger", owner="tom", plan=date(2026, 12, 4)),
    said("nippon", "Product", "red", 15, "=cmd|'/c calc'!A1 \u202e[/x]", owner="tom", exit="they scan again"),
    said("nippon", "Support", "green", 2),
    said("initech", "Product", "green", 90),
    Override(
        customer="nippon",
        level="orange",
        title="their new head is on our side",
        until=date(2026, 12, 4),
        created_by="tom",
    ),
    Escalation(title="Labels fail", customer="nippon", opened=NOW - timedelta(days=4), update=date(2026, 11, 24)),
    Meeting(
        agenda="customer-status-call",
        title="Customer Status Call",
        state="closed",
        customer="globex",
        scheduled=CALL,
        started=CALL,
        ended=CALL + timedelta(minutes=20),
        last=CALL + timedelta(minutes=20),
        timebox=30,
        sections=(Section(title="Progress", minutes=27, seconds=1200),),
        spans=(Span(section=0, entered=CALL, left=CALL + timedelta(minutes=20)),),
    ),
)
