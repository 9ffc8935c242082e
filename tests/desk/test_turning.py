"""A line turned into an action, an incident or an escalation: both name each other, and one undo takes it back."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from opsdesk.core.actions import Action
from opsdesk.core.entries import Item
from opsdesk.core.errors import Invalid, NotFound
from opsdesk.core.kinds import shape_of
from opsdesk.core.settings import Settings
from opsdesk.desk import Desk
from tests.clock import START, Clock
from tests.desk.meeting_desk import AGENDAS, desk, everything, furnished


@pytest.fixture
def sue() -> Desk:
    return desk(Clock())


def record(at: Desk, id: str) -> Any:
    shape = shape_of(id)
    assert shape is not None
    return at.read.get(shape, id)


def test_an_incident_leads_to_an_action_that_names_it(sue: Desk) -> None:
    sue.registers.add("incidents", "Login slow @bob #acme")
    made = sue.turn("I-1", "action")
    assert isinstance(made, Action)
    assert (made.title, made.owner, made.customer, made.came_of) == ("Follow up I-1 Login slow", "bob", "acme", "I-1")
    assert (made.created, made.created_by) == (START, "sue")
    assert record(sue, "I-1").led_to == (made.id,)


@pytest.mark.parametrize("days", [7, 0, 30])
def test_the_action_is_due_when_one_that_is_typed_without_a_date_is(days: int) -> None:
    sue = Desk(furnished(), Clock(), "sue", Settings(due_days=days), lambda: AGENDAS)
    sue.registers.add("incidents", "Login slow @bob #acme")
    made: Any = sue.turn("I-1", "action")
    assert made.due == sue.actions.capture("Look at it @bob").due == sue.today() + timedelta(days=days)


def test_what_concerns_several_customers_becomes_an_action_for_none_of_them(sue: Desk) -> None:
    sue.registers.add("incidents", "Login slow #acme #globex")
    assert record(sue, sue.turn("I-1", "action").id).customer == ""


def test_a_bug_becomes_an_incident_with_what_is_known_of_it(sue: Desk) -> None:
    sue.registers.add("components", "Login", handle="login")
    sue.registers.add("bugs", "Wrong total @ann #globex severity:2 component:login")
    made: Any = sue.turn("B-1", "incident")
    assert (made.title, made.sev, made.components, made.customers) == ("Wrong total", 2, ("login",), ("globex",))
    assert (made.owner, made.came_of, made.state, made.started) == ("ann", "B-1", "investigating", START)
    assert made.next_update is not None
    assert record(sue, "B-1").led_to == ("I-1",)


def test_an_action_becomes_an_incident_too(sue: Desk) -> None:
    action = sue.actions.capture("Look at the disk @bob #acme")
    made: Any = sue.turn(action.id, "incident")
    assert (made.title, made.customers, made.came_of) == ("Look at the disk", ("acme",), action.id)
    assert record(sue, action.id).led_to == ("I-1",)


def test_an_agenda_item_is_about_what_it_led_to(sue: Desk) -> None:
    item = sue.items.add("Disk full again", agenda="daily", section="Burning")
    made = sue.turn(item.id, "incident")
    assert record(sue, item.id).ref == made.id
    assert record(sue, made.id).came_of == item.id


def test_in_a_meeting_it_belongs_to_the_section_that_is_on(sue: Desk) -> None:
    sue.registers.add("deliveries", "Export #acme")
    meeting = sue.meetings.start("daily")
    sue.meetings.next(meeting.id)
    made = record(sue, sue.turn("DL-1", "action", meeting=meeting.id).id)
    assert (made.meeting, made.agenda, made.section) == (meeting.id, "daily", "Outages")
    assert made.id in [each.id for each in sue.meetings.said(meeting.id)]
    told = sue.history()[-1]
    assert (told.meeting, told.section, told.command) == (meeting.id, "Outages", "Turn DL-1 into an action")


def test_an_escalation_is_an_item_before_the_agenda_that_takes_them_up(sue: Desk) -> None:
    sue.registers.add("deliveries", "Export #acme", agenda="daily")
    meeting = sue.meetings.start("daily")
    made = sue.turn("DL-1", "escalation", meeting=meeting.id, why="a second time")
    assert isinstance(made, Item)
    assert (made.text, made.ref, made.customer, made.why) == ("Export", "DL-1", "acme", "a second time")
    assert made.escalated == START
    assert record(sue, "DL-1").led_to == (made.id,)
    with pytest.raises(Invalid, match="DL-1 is on an agenda already"):
        sue.turn("DL-1", "escalation", meeting=meeting.id)


def test_an_action_or_an_item_is_escalated_itself(sue: Desk) -> None:
    action = sue.actions.capture("Look at the disk @bob")
    assert record(sue, sue.turn(action.id, "escalation").id).escalated == START
    item = sue.items.add("Disk", agenda="daily", section="Burning")
    assert sue.turn(item.id, "escalation").id == item.id
    assert record(sue, item.id).escalated == START


@pytest.mark.parametrize("into", ["action", "incident", "escalation"])
def test_one_undo_takes_all_of_it_back(sue: Desk, into: Any) -> None:
    sue.registers.add("deliveries", "Export #acme")
    before = everything(sue)
    sue.turn("DL-1", into)
    assert everything(sue) != before
    sue.undo.last()
    assert everything(sue) == before


def test_what_cannot_be_turned_is_refused_in_a_sentence(sue: Desk) -> None:
    sue.registers.add("incidents", "Login slow")
    sue.registers.add("timeline", "restarted", about="I-1")
    cake: Any = "cake"
    with pytest.raises(Invalid, match="I-1 is an incident already"):
        sue.turn("I-1", "incident")
    with pytest.raises(Invalid, match='Nothing is turned into "cake"'):
        sue.turn("I-1", cake)
    with pytest.raises(Invalid, match="L-1 is not turned into an action"):
        sue.turn("L-1", "action")
    with pytest.raises(Invalid, match="P-1 is not turned into an action"):
        sue.turn("P-1", "action")
    with pytest.raises(NotFound):
        sue.turn("I-9", "action")
    assert not sue.read.all(Action)


def test_a_verb_of_the_key_table_takes_records_of_several_registers_in_one_transaction(sue: Desk) -> None:
    sue.registers.add("incidents", "Login slow")
    sue.registers.add("deliveries", "Export #acme")
    sue.registers.add("environments", "staging @bob")
    before = everything(sue)
    done = sue.triage.act(["I-1", "DL-1", "E-1"], "done")
    assert [getattr(each, "state", "") for each in done] == ["resolved", "delivered", "working"]
    assert record(sue, "E-1").holder == ""
    sue.undo.last()
    assert everything(sue) == before


def test_where_it_means_nothing_for_one_of_them_nothing_is_done(sue: Desk) -> None:
    sue.registers.add("incidents", "Login slow")
    sue.registers.add("deliveries", "Export #acme")
    before = everything(sue)
    with pytest.raises(Invalid, match="An incident is not dropped"):
        sue.triage.act(["DL-1", "I-1"], "drop", "no more")
    assert everything(sue) == before
    assert sue.triage.meaning("I-1", "drop").why_not.startswith("An incident is not dropped")


def test_an_environment_is_held_until_a_day_by_whoever_says_so_and_since_then(sue: Desk) -> None:
    sue.registers.add("environments", "staging")
    sue.triage.act(["E-1"], "wait", "2026-11-27")
    kept = record(sue, "E-1")
    assert (kept.holder, kept.since, str(kept.until)) == ("sue", START.date(), "2026-11-27")
    sue.registers.set(["E-1"], {"holder": ""})
    assert record(sue, "E-1").since is None


def test_the_customer_is_told_of_the_date_that_is_likely_now(sue: Desk) -> None:
    sue.registers.add("deliveries", "Export #acme", promised="2026-11-27")
    sue.triage.act(["DL-1"], "date", "2026-12-01")
    assert record(sue, "DL-1").told is None
    sue.triage.act(["DL-1"], "wait")
    assert str(record(sue, "DL-1").told) == "2026-12-01"
