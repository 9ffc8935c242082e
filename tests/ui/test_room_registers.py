"""A register's line on the table: the keys of a line do what they mean for it, in the meeting and its section."""

from __future__ import annotations

from typing import Any

import pytest

from opsdesk.core.actions import Action
from opsdesk.core.entries import Item
from opsdesk.core.registers import registers
from opsdesk.core.registers.deliveries import Delivery
from opsdesk.core.registers.incidents import Incident
from opsdesk.core.triage import KEYS
from opsdesk.desk import Desk
from opsdesk.ui.app import OpsDesk
from opsdesk.ui.commands import BY_ID, why_not
from opsdesk.ui.registerlines import meanings
from opsdesk.ui.widgets.capture_bar import CaptureBar
from tests import screen
from tests.clock import Clock
from tests.ui.desks import app, company
from tests.ui.keyboard import press, say, settle

DAILY = "daily-operations-sync"
SIZE = (120, 36)
LINES = {
    "absences": "@ana away until fri",
    "announcements": "New office",
    "bugs": "Totals are wrong #globex severity:2",
    "components": "Login",
    "contacts": "Lena Ortiz #globex role:CIO",
    "deliveries": "Single sign-on #globex @ed 24 nov 2026",
    "environments": "staging holder:sue",
    "escalations": "Their CIO wrote to us #globex sev:critical @sue",
    "incidents": "Login slow, EU #globex sev:2",
    "known-issues": "Export loses the last line",
    "maintenance": "New disks starts:tomorrow 22:00",
    "overrides": "They renewed #globex level:green until 4 dec 2026",
    "problems": "Import stops at night",
    "releases": "2026.12 4 dec",
    "requirements": "Faster search @sue",
    "side-channel": "#globex @tom 2h chat asked for the export",
    "tickets": "Import stopped #globex number:4711",
}


@pytest.fixture
def desk() -> Desk:
    made = company(Clock())
    made.registers.add("incidents", LINES["incidents"])
    made.registers.add("deliveries", LINES["deliveries"])
    return made


def in_section(desk: Desk, title: str) -> OpsDesk:
    """The Room of a daily that is in that section."""
    meeting = desk.meetings.start(DAILY)
    at = next(i for i, section in enumerate(meeting.sections) if section.title == title)
    desk.meetings.go_to(meeting.id, at)
    return app(desk, meeting.id)


def to(pilot: Any, line: str) -> None:
    """The cursor onto the line of that record."""
    listed = pilot.app.front.list
    listed.action_edge(-1)
    for _ in listed.rows:
        if pilot.app.front.on == line:
            return
        listed.action_move(1)
    raise AssertionError(f"no {line} in {[row.key for row in listed.rows]}")


def incident(desk: Desk) -> Incident:
    return desk.read.get(Incident, "I-1")


def last(desk: Desk) -> tuple[str, str]:
    """The meeting and the section of the last transaction."""
    tx = desk.history(limit=1)[-1]
    return tx.meeting, tx.section


async def test_a_key_does_what_it_means_in_the_register_and_z_undoes_it(desk: Desk) -> None:
    shown = in_section(desk, "Service outages")
    async with shown.run_test(size=SIZE) as pilot:
        await settle(pilot)
        assert shown.front.situation().line == "I-1"
        said = await press(pilot, "s")
        assert incident(desk).acknowledged is not None
        assert "I-1: acknowledge · z undoes" in said
        assert last(desk) == ("M-1", "Service outages")
        said = await press(pilot, "s", "enter")
        assert (incident(desk).state, "I-1 is identified" in said) == ("identified", True)
        said = await press(pilot, "x")
        assert incident(desk).state == "resolved"
        assert "I-1 is resolved · z undoes" in said
        assert "undo Resolve: I-1" in said
        await press(pilot, "z")
        assert incident(desk).state == "identified"


async def test_the_keys_of_the_record_stand_below_its_line(desk: Desk) -> None:
    async with in_section(desk, "Service outages").run_test(size=SIZE) as pilot:
        shown = await settle(pilot)
        assert "s Acknowledge · x Resolve · t Next update · @ Give to" in shown
        await press(pilot, "a")
        assert "x Resolve" not in screen.text(pilot.app)


async def test_what_a_verb_asks_for_is_typed_and_answered(desk: Desk) -> None:
    async with in_section(desk, "Service outages").run_test(size=SIZE) as pilot:
        shown = await press(pilot, "t")
        assert "I-1: next update" in shown
        shown = await say(pilot, "17:30", then="")
        assert "Next update 17:30" in shown
        shown = await press(pilot, "enter")
        assert "I-1: next update 17:30 · z undoes" in shown
        assert f"{incident(desk).next_update:%H:%M}" == "17:30"
        assert last(desk) == ("M-1", "Service outages")
        await press(pilot, "at")
        shown = await say(pilot, "@tom")
        assert "I-1: give to Tom Reyes · z undoes" in shown
        assert incident(desk).owner == "tom"


async def test_what_cannot_be_read_stands_in_the_bar_again_and_esc_keeps_it(desk: Desk) -> None:
    async with in_section(desk, "Service outages").run_test(size=SIZE) as pilot:
        await press(pilot, "t")
        before = incident(desk)
        await say(pilot, "whenever")
        assert pilot.app.screen.query_one(CaptureBar).input.value == "whenever"
        assert incident(desk) == before
        shown = await press(pilot, "escape")
        assert "draft kept   whenever   I-1: next update" in shown
        assert incident(desk) == before


async def test_a_delivery_waits_and_is_dropped_with_its_reason(desk: Desk) -> None:
    async with in_section(desk, "Delayed deliveries").run_test(size=SIZE) as pilot:
        await settle(pilot)
        to(pilot, "DL-1")
        shown = await press(pilot, "t")
        shown = await say(pilot, "4 dec 2026 their firewall")
        assert "DL-1: new forecast 2026-12-04" in shown or "DL-1: new forecast Fri 4 Dec" in shown
        kept = desk.read.get(Delivery, "DL-1")
        assert (str(kept.forecast), len(kept.slips)) == ("2026-12-04", 1)
        await press(pilot, "delete")
        shown = await say(pilot, "they bought another one")
        assert "DL-1 is dropped · reason they bought another one · z undoes" in shown
        assert desk.read.get(Delivery, "DL-1").state == "dropped"


async def test_a_verb_that_means_nothing_is_greyed_with_the_reason(desk: Desk) -> None:
    shown = in_section(desk, "Service outages")
    async with shown.run_test(size=SIZE) as pilot:
        before = incident(desk)
        words = await press(pilot, "w")
        assert "An incident waits for nobody: t says when its next update is due" in words
        words = await press(pilot, "delete")
        assert "An incident is not dropped: x resolves it, with the reason" in words
        assert incident(desk) == before
        words = await press(pilot, "question_mark", *"or what waiting")
        assert "not now: An incident waits for nobody" in words


async def test_the_list_of_keys_calls_a_verb_as_the_register_does(desk: Desk) -> None:
    async with in_section(desk, "Service outages").run_test(size=SIZE) as pilot:
        await press(pilot, "question_mark")
        assert screen.line(pilot.app, "resolve ").split()[:2] == ["x", "resolve"]


@pytest.mark.parametrize("kind", sorted(LINES))
def test_every_register_is_asked_what_each_key_means(kind: str) -> None:
    made = company(Clock())
    record: Any = made.registers.add(kind, LINES[kind])
    refused, labels = meanings(record)
    for triage in KEYS:
        found = made.triage.meaning(record.id, triage)
        assert refused.get(triage, "") == found.why_not.rstrip(".")
        assert (triage in labels) == (found.verb is not None or bool(found.turns))
        assert labels.get(triage, "") == (found.verb.label.lower() if found.verb else triage if found.turns else "")


def test_there_is_a_line_for_every_register() -> None:
    assert set(LINES) == set(registers()) - {"timeline"}


async def test_a_line_leads_to_an_action_that_names_it(desk: Desk) -> None:
    async with in_section(desk, "Service outages").run_test(size=SIZE) as pilot:
        shown = await press(pilot, "greater_than_sign")
        assert "Turn I-1 into …" in shown
        assert " incident " not in shown.partition("Turn I-1")[2].partition("\n\n")[0].replace(", incident or", "")
        shown = await press(pilot, "enter")
        made = desk.read.get(Action, "A-1")
        assert (made.title, made.customer, made.came_of) == ("Follow up I-1 Login slow, EU", "globex", "I-1")
        assert (made.meeting, made.section) == ("M-1", "Service outages")
        assert "I-1 led to A-1 · z undoes" in shown
        assert "SAID IN THIS MEETING" in shown
        await press(pilot, "z")
        assert desk.read.all(Action) == ()
        assert incident(desk).led_to == ()


async def test_a_line_leads_to_an_incident_also_from_the_palette(desk: Desk) -> None:
    async with in_section(desk, "Delayed deliveries").run_test(size=SIZE) as pilot:
        await settle(pilot)
        to(pilot, "DL-1")
        shown = await press(pilot, "greater_than_sign", *"inc", "enter")
        assert "DL-1 led to I-2 · z undoes" in shown
        made = desk.read.get(Incident, "I-2")
        assert (made.customers, made.came_of, made.section) == (("globex",), "DL-1", "Delayed deliveries")
        await press(pilot, "ctrl+p", *"turn into an action", "enter")
        assert desk.read.get(Action, "A-1").came_of == "DL-1"


async def test_e_puts_a_line_before_the_escalation_review(desk: Desk) -> None:
    async with in_section(desk, "Service outages").run_test(size=SIZE) as pilot:
        shown = await press(pilot, "e")
        item = desk.read.all(Item)[0]
        assert f"I-1 goes to the Escalation Review as {item.id} · z undoes" in shown
        assert (item.ref, item.meeting, item.section) == ("I-1", "M-1", "Service outages")
        assert item.escalated is not None


async def test_a_note_said_here_becomes_an_action_and_leads_to_none(desk: Desk) -> None:
    shown = in_section(desk, "Staffing")
    desk.meetings.note("M-1", "Ask the vendor")
    async with shown.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "end")
        assert why_not(BY_ID["turn"], shown.front.situation()).startswith("nothing is under the cursor")
        await press(pilot, "ctrl+p", *"turn into an action", "enter")
        made = desk.read.get(Action, "A-1")
        assert (made.title, made.came_of) == ("Ask the vendor", "")


async def test_enter_opens_the_record_with_why_it_is_here(desk: Desk) -> None:
    async with in_section(desk, "Service outages").run_test(size=SIZE) as pilot:
        shown = await press(pilot, "enter")
        assert "Esc goes back" in shown
        assert "Why it is here      nobody told yet, investigating, SEV-2" in shown


async def test_two_who_moved_the_same_incident_do_it_once(desk: Desk) -> None:
    """The key does what stood there when it was pressed, or nothing."""
    shown = in_section(desk, "Service outages")
    async with shown.run_test(size=SIZE) as pilot:
        await settle(pilot)
        desk.registers.act(["I-1"], "acknowledge")
        await press(pilot, "s")
        assert incident(desk).state == "investigating"


async def test_today_has_the_same_verbs_outside_of_a_meeting(desk: Desk) -> None:
    shown = app(desk)
    async with shown.run_test(size=SIZE) as pilot:
        await settle(pilot)
        to(pilot, "I-1")
        assert shown.front.situation().line == "I-1"
        assert shown.front.situation().labels["start"] == "acknowledge"
        words = await press(pilot, "s")
        assert "I-1: acknowledge · z undoes" in words
        assert last(desk) == ("", "")
        words = await press(pilot, "w")
        assert "An incident waits for nobody" in words


async def test_the_cause_is_asked_for_and_may_be_left_out(desk: Desk) -> None:
    async with in_section(desk, "Service outages").run_test(size=SIZE) as pilot:
        await press(pilot, "s")
        shown = await press(pilot, "s")
        assert "I-1: cause found" in shown
        assert "Enter, or  (reason)  (workaround)" in shown
        await say(pilot, "a full disk")
        await press(pilot, "escape")
        found = desk.read.get(Incident, "I-1")
        assert (found.state, found.why) == ("identified", "a full disk")
        await press(pilot, "z")
        await press(pilot, "s", "enter")
        await settle(pilot)
        assert (desk.read.get(Incident, "I-1").state, desk.read.get(Incident, "I-1").why) == ("identified", "")
