from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from msgspec.structs import replace

from opsdesk.core.actions import Action
from opsdesk.core.entries import Item
from opsdesk.core.opening import skipped_meeting
from opsdesk.core.settings import Settings
from opsdesk.insight.carryover import (
    carried_actions,
    carried_items,
    escalations,
    next_working_day,
    released,
    working_days,
)
from tests.core.meeting_of import AGENDA, after, opened

MEETING = replace(opened(), id="M-5")
MONDAY = date(2026, 11, 23)
DAILY = replace(AGENDA, limit_days=5, escalates_to="review")
AGENDAS = {"daily": DAILY, "friday": replace(AGENDA, slug="friday")}


def item(**fields: Any) -> Item:
    return Item(**{"id": "T-1", "text": "x", "agenda": "daily", "section": "Outages", "opened": after(-99), **fields})


def action(**fields: Any) -> Action:
    return Action(**{"id": "A-1", "title": "x", "agenda": "daily", "due": date(2026, 11, 20), **fields})


def test_every_open_item_of_the_agenda_is_relisted_once() -> None:
    once = carried_items(MEETING, [item(), item(id="T-2", agenda="friday"), item(id="T-3", state="done")])
    assert [(each.id, each.relisted) for each in once] == [("T-1", ("M-5",))]
    assert carried_items(MEETING, once) == once


def test_the_third_time_somebody_must_choose() -> None:
    twice = item(relisted=("M-3", "M-4"))
    assert not twice.must_choose
    assert carried_items(MEETING, [twice])[0].must_choose


@pytest.mark.parametrize(
    ("fields", "carried"),
    [
        ({}, True),
        ({"due": MONDAY}, False),
        ({"due": None}, False),
        ({"state": "done"}, False),
        ({"agenda": "friday"}, False),
        ({"meeting": "M-5"}, False),
        ({"meeting": "M-4", "state": "waiting"}, True),
    ],
)
def test_actions_past_due_when_the_meeting_met_are_relisted(fields: dict[str, Any], carried: bool) -> None:
    found = carried_actions(MEETING, [action(**fields)], MONDAY)
    assert [each.relisted for each in found] == ([("M-5",)] if carried else [])


def test_a_skipped_meeting_relists_items_and_no_actions() -> None:
    skipped = replace(skipped_meeting(AGENDA, number=6, planned=after(), now=after(), why="a holiday"), id="M-6")
    assert carried_actions(skipped, [action()], MONDAY) == []
    assert carried_items(skipped, [item()])[0].relisted == ("M-6",)


def test_a_customers_series_carries_its_own_alone() -> None:
    call = replace(MEETING, customer="acme")
    mine, other = item(customer="acme"), item(id="T-2", customer="globex")
    assert [each.id for each in carried_items(call, [mine, other])] == ["T-1"]
    assert [each.id for each in carried_actions(call, [action(), action(id="A-2", customer="acme")], MONDAY)] == ["A-2"]


def test_reopening_takes_the_meeting_out_again() -> None:
    noted = [item(relisted=("M-4", "M-5")), item(id="T-2", relisted=("M-4",))]
    assert [(each.id, each.relisted) for each in released("M-5", noted)] == [("T-1", ("M-4",))]


@pytest.mark.parametrize(
    ("since", "until", "days"),
    [
        (date(2026, 11, 20), date(2026, 11, 23), 1),
        (date(2026, 11, 16), date(2026, 11, 23), 5),
        (date(2026, 11, 23), date(2026, 11, 23), 0),
        (date(2026, 11, 24), date(2026, 11, 23), 0),
        (date(2026, 11, 25), date(2026, 11, 27), 1),
    ],
)
def test_working_days_leave_out_weekends_and_holidays(since: date, until: date, days: int) -> None:
    assert working_days(since, until, Settings(holidays=(date(2026, 11, 26),))) == days


def test_the_next_working_day() -> None:
    assert next_working_day(MONDAY, Settings()) == date(2026, 11, 24)
    assert next_working_day(date(2026, 11, 27), Settings()) == date(2026, 11, 30)
    assert next_working_day(MONDAY, Settings(working_days=())) == date(2026, 11, 24)


def friday_before(weeks: int) -> datetime:
    return datetime.fromisoformat("2026-11-20T12:00:00Z") - weeks * (after(7 * 24 * 60) - after())


def test_what_waits_longer_than_the_limit_goes_to_the_review() -> None:
    fresh = item(id="T-2", opened=datetime.fromisoformat("2026-11-16T12:00:00Z"))
    old = item(opened=friday_before(1))
    found = escalations([fresh, old], [action(due=date(2026, 11, 12))], AGENDAS, after(), Settings())
    assert [(each.record.id, each.to, each.days, each.reason) for each in found] == [
        ("A-1", "review", 7, "past due for 7 working days, limit 5"),
        ("T-1", "review", 6, "open for 6 working days, limit 5"),
    ]


def test_an_agenda_without_a_limit_escalates_only_by_hand() -> None:
    old = item(agenda="friday", opened=friday_before(9))
    assert escalations([old], [], AGENDAS, after(), Settings()) == ()
    found = escalations([replace(old, escalated=after(-10))], [], AGENDAS, after(), Settings())
    assert [(each.agenda, each.to, each.reason) for each in found] == [("friday", "review", "escalated on 2026-11-23")]


def test_what_is_settled_escalates_no_more() -> None:
    settled = item(opened=friday_before(9), state="dropped", escalated=after())
    assert escalations([settled], [action(due=date(2026, 1, 1), state="done")], AGENDAS, after(), Settings()) == ()
