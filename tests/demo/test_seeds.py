"""The demo company on any day and from any seed: a history that can be believed. It takes its time."""

from __future__ import annotations

from datetime import timedelta

import pytest

from opsdesk.boards.table import Line
from opsdesk.core.actions import Action
from opsdesk.core.meeting import Meeting
from opsdesk.core.registers.deliveries import Delivery
from opsdesk.core.registers.incidents import Incident
from opsdesk.core.registers.maintenance import Maintenance
from opsdesk.core.registers.releases import Release
from opsdesk.core.registers.timeline import TimelineEntry
from opsdesk.desk import Desk
from tests.demo.company import MONDAY, SHIPPED, days_away, made, table

SECTIONS = {
    "daily-operations-sync": ("I", "I", "W", "DL", "AB"),
    "operations-engineering-sync": ("RQ", "RL", "KI", "B", "E"),
}
"""The kind of record that each section has on the table, by its prefix."""

HOURS = (0, -8, 5, -14.5, -3)
HARM = {"red": 0, "orange": 1, "none": 2, "green": 3}


@pytest.mark.parametrize("seed", range(20))
def test_whatever_the_seed_both_meetings_have_their_tables_and_nothing_is_absurd(seed: int) -> None:
    desk = made(None, MONDAY + timedelta(days=seed % 7, hours=HOURS[seed % len(HOURS)]), seed)
    eight_weeks_were_worked(desk)
    every_section_has_something(desk)
    incidents_went_forward(desk)
    one_outage_is_under_way(desk)
    nobody_is_in_two_places(desk)
    nothing_ends_before_it_began(desk)


def eight_weeks_were_worked(desk: Desk) -> None:
    due = [action.due for action in desk.read.all(Action) if action.due]
    assert [day for day in due if day.weekday() > 4] == []
    assert len(desk.read.all(Action)) > 100
    assert desk.meetings.running() == ()
    assert len(desk.read.all(Meeting)) > 50


def every_section_has_something(desk: Desk) -> None:
    for agenda, prefixes in SECTIONS.items():
        for section, prefix in zip(SHIPPED[agenda].sections, prefixes, strict=True):
            shown = [line for line in table(desk, agenda, section.title) if line.id.startswith(f"{prefix}-")]
            assert shown, section.title
            assert all(line.reason and line.text for line in shown)
            harm = worst_of_customers(desk, agenda, section.title) if prefix == "DL" else harms(shown)
            assert harm == sorted(harm), section.title
            assert harm[0] < HARM["none"], section.title


def harms(shown: list[Line]) -> list[int]:
    return [HARM[line.weight] for line in shown]


def worst_of_customers(desk: Desk, agenda: str, title: str) -> list[int]:
    """Delays stand customer by customer: the harm of the worst of each."""
    worst: dict[str, int] = {}
    for line in table(desk, agenda, title):
        if not line.id.startswith("T-"):
            worst[line.customer] = min(HARM[line.weight], worst.get(line.customer, HARM["green"]))
    return list(worst.values())


def incidents_went_forward(desk: Desk) -> None:
    entries = desk.read.all(TimelineEntry)
    for each in desk.read.all(Incident):
        instants = [each.started, each.detected, each.acknowledged, each.mitigated, each.resolved]
        known = [at for at in instants if at is not None]
        assert known == sorted(known)
        assert known[-1] <= desk.now()
        assert each.detected is not None
        assert all(told.at >= each.detected for told in each.informed)
        assert all(entry.at and entry.at >= each.detected for entry in entries if entry.about == each.id)
        assert each.components
        assert each.customers


def one_outage_is_under_way(desk: Desk) -> None:
    outage = desk.incidents.the()
    assert (outage.sev, outage.state) == (2, "identified")
    assert outage.next_update is not None
    assert timedelta() < outage.next_update - desk.now() <= timedelta(minutes=10)
    assert outage.talk is not None
    assert outage.talk.approved is not None
    assert {told.who for told in outage.informed} == {"Sales", "Program Management", "Support"}


def nobody_is_in_two_places(desk: Desk) -> None:
    gone = set(days_away(desk))
    met = [(each.who, meeting) for meeting in desk.read.all(Meeting) for each in meeting.attendance]
    there = {(who, meeting.scheduled.date()) for who, meeting in met if present(meeting, who)}
    led = {(who, m.scheduled.date()) for m in desk.read.all(Meeting) for who in (m.chair, m.minute_taker) if m.started}
    typed = {(tx.by, tx.at.date()) for tx in desk.history()}
    assert not gone & there
    assert not gone & led
    assert not gone & typed


def present(meeting: Meeting, who: str) -> bool:
    return any(each.who == who and each.presence == "present" for each in meeting.attendance) and bool(meeting.started)


def nothing_ends_before_it_began(desk: Desk) -> None:
    now, today = desk.now(), desk.today()
    for window in desk.read.all(Maintenance):
        assert window.starts
        assert window.created
        assert window.created < window.starts < (window.ended or window.ends or window.starts)
        assert window.live == (window.starts > now) or window.state == "cancelled"
        assert set(window.told) <= set(window.customers)
    for delivery in desk.read.all(Delivery):
        assert delivery.created
        assert delivery.promised
        assert delivery.created.date() < (delivery.delivered or delivery.promised)
        assert not delivery.live or (delivery.expected or today) > today
    for release in desk.read.live(Release):
        assert release.state == "taken back" or (release.planned or today) > today
