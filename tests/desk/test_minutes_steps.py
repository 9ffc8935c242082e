"""What was done in a meeting to what was there before it stands in its minutes, where it was done and why."""

from __future__ import annotations

from datetime import date

import pytest

from opsdesk import agendas
from opsdesk.core.meeting import Meeting
from opsdesk.core.settings import Settings
from opsdesk.desk import Desk
from opsdesk.minutes import FORMATS
from tests.clock import Clock
from tests.desk.meeting_desk import furnished

TITLES = ("Burning issues", "Service outages", "Planned maintenance", "Delayed deliveries", "Staffing")


@pytest.fixture
def sue(clock: Clock) -> Desk:
    return Desk(furnished(), clock, "sue", Settings(company="Northwind"), lambda: agendas.read(None))


def lines(sue: Desk, meeting: str) -> dict[str, list[tuple[str, str, str]]]:
    """Section → what was changed in it; sections in which nothing was are left out."""
    kept = sue.minutes.of(meeting).minutes
    return {
        item.title: [(each.id, each.text, each.what) for each in item.changed] for item in kept.items if item.changed
    }


def test_an_action_of_earlier_that_was_changed_stands_where_that_was_with_its_reason(sue: Desk, clock: Clock) -> None:
    for text in ("Interface live @bob #globex 27 nov", "Labels @bob", "Price file @bob", "Audit log @bob"):
        sue.actions.capture(text)
    clock.forward(days=1)
    id = sue.meetings.start("daily-operations-sync").id
    sue.actions.capture("Made here @ann", meeting=id)
    sue.actions.within(id).redate("A-1", date(2026, 12, 1), "their test data came late")
    sue.actions.within(id).wait("A-2", "ann")
    sue.meetings.next(id)
    sue.actions.within(id).drop("A-3", "nobody needs it")
    sue.actions.within(id).give("A-4", "ann")
    sue.actions.redate("A-5", date(2026, 12, 2))
    sue.meetings.close(id)
    assert lines(sue, id) == {
        TITLES[0]: [
            ("A-1", "Interface live", "Due: 2026-11-27 → 2026-12-01 (their test data came late)"),
            ("A-2", "Labels", "ready → waiting on Ann"),
        ],
        TITLES[1]: [
            ("A-3", "Price file", "ready → dropped: nobody needs it"),
            ("A-4", "Audit log", "Who: Bob → Ann"),
        ],
    }


def test_a_section_in_which_only_an_action_was_moved_has_its_outcome(sue: Desk, clock: Clock) -> None:
    sue.actions.capture("Interface live @bob 27 nov")
    id = sue.meetings.start("daily-operations-sync").id
    assert [each.section for each in sue.meetings.gate(id)] == [TITLES[0]]
    sue.actions.within(id).redate("A-1", date(2026, 12, 1))
    assert sue.meetings.gate(id) == ()
    sue.undo.last()
    assert [each.section for each in sue.meetings.gate(id)] == [TITLES[0]]


def test_what_was_entered_into_a_timeline_stands_with_its_time_and_who_was_told(sue: Desk, clock: Clock) -> None:
    sue.registers.add("incidents", "Login slow, EU @bob sev:2")
    id = sue.meetings.start("daily-operations-sync").id
    clock.forward(minutes=5)
    sue.incidents.update("I-1", "Half of it is back", meeting=id)
    sue.incidents.note("I-1", "14:50 rolled back @bob", meeting=id)
    sue.incidents.note("I-1", "2026-11-22 23:10 first alarm", meeting=id)
    sue.incidents.inform("I-1", "@ann", meeting=id)
    sue.meetings.close(id)
    (_, *told) = lines(sue, id)[TITLES[0]]
    assert told == [
        ("I-1", "Half of it is back", "update, 15:05"),
        ("I-1", "rolled back", "note by Bob, 14:50"),
        ("I-1", "first alarm", "note, 2026-11-22 23:10"),
        ("I-1", "Ann informed", "15:05"),
    ]


def test_a_new_date_of_a_delivery_says_why(sue: Desk) -> None:
    sue.registers.add("deliveries", "Export #globex @bob", promised="2026-11-27")
    id = sue.meetings.start("daily-operations-sync").id
    sue.triage.act(["DL-1"], "date", "2026-12-01 no trucks", meeting=id)
    sue.triage.act(["DL-1"], "date", "2026-12-02 no drivers", meeting=id)
    sue.meetings.close(id)
    assert lines(sue, id)[TITLES[0]] == [("DL-1", "Export", "Forecast: nothing → 2026-12-02 (no drivers)")]


def test_what_was_moved_there_and_back_is_no_change(sue: Desk) -> None:
    sue.registers.add("incidents", "Login slow, EU @bob sev:3")
    id = sue.meetings.start("daily-operations-sync").id
    sue.registers.act(["I-1"], "resolve", meeting=id)
    sue.registers.act(["I-1"], "reopen", "it is back", meeting=id)
    sue.meetings.close(id)
    assert lines(sue, id) == {}


def test_what_is_escalated_is_called_so(sue: Desk) -> None:
    sue.registers.add("deliveries", "Export #globex @bob", promised="2026-11-27")
    id = sue.meetings.start("daily-operations-sync").id
    sue.turn("DL-1", "escalation", meeting=id)
    sue.meetings.close(id)
    kept = sue.minutes.of(id).minutes
    assert [each.standing for each in (*kept.items[0].parked, *kept.parked)] == ["escalated", "escalated"]


def test_nothing_to_report_is_not_said_beside_what_there_was(sue: Desk) -> None:
    sue.registers.add("deliveries", "Export #globex @bob", promised="2026-11-27")
    id = sue.meetings.start("daily-operations-sync").id
    sue.meetings.outcome(id)
    page = FORMATS["md"].render(sue.minutes.preview(sue.read.get(Meeting, id)))
    assert "nothing to report" in page
    sue.triage.act(["DL-1"], "date", "2026-12-01", meeting=id)
    page = FORMATS["md"].render(sue.minutes.preview(sue.read.get(Meeting, id)))
    assert "nothing to report" not in page
    assert "DL-1" in page


def test_what_the_closing_gate_asked_belongs_to_no_section(sue: Desk, clock: Clock) -> None:
    sue.actions.capture("Labels @bob")
    id = sue.meetings.start("daily-operations-sync").id
    for _ in TITLES:
        sue.meetings.next(id)
    assert sue.read.get(Meeting, id).closing
    sue.actions.within(id).drop("A-1", "nobody needs it")
    sue.meetings.close(id)
    assert lines(sue, id) == {}
