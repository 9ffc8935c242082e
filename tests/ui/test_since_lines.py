"""What has changed since last time, on Today and in the Room: a verb acts on the record that a line names."""

from __future__ import annotations

from typing import Any

import pytest

from opsdesk.core.actions import Action
from opsdesk.core.entries import Item
from opsdesk.core.registers.deliveries import Delivery
from opsdesk.desk import Desk
from opsdesk.ui.app import OpsDesk
from tests.clock import Clock
from tests.ui.desks import app, company
from tests.ui.keyboard import press, say, settle

DAILY = "daily-operations-sync"
SIZE = (120, 36)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def desk(clock: Clock) -> Desk:
    """After a daily: an action slipped, a flag changed, a decision, a delivery, and an action of the first section."""
    made = company(clock)
    made.actions.capture("Rotate the keys @tom #acme fri !")
    meeting = made.meetings.start(DAILY)
    made.meetings.act(meeting.id, "Call the vendor @ana tomorrow")
    clock.forward(minutes=10)
    made.meetings.close(meeting.id)
    clock.forward(hours=1)
    made.actions.redate("A-1", made.actions.day("4 dec 2026"), "their audit")
    made.scores.set("acme", "Product", "red", "it broke", owner="sue")
    made.registers.add("deliveries", "Single sign-on #globex @ed 24 nov 2026")
    made.actions.redate("A-2", made.actions.day("27 nov 2026"), "on holiday")
    return made


async def onto(pilot: Any, key: str) -> None:
    """The cursor onto the line of that key."""
    listed = pilot.app.front.list
    listed.action_edge(-1)
    for _ in range(60):
        if listed.key == key:
            return
        listed.action_move(1)
    raise AssertionError(f"no {key} in {[row.key for row in listed.rows]}")


async def today(shown: OpsDesk, pilot: Any) -> str:
    for _ in range(2):
        await pilot.pause()
        await shown.workers.wait_for_complete()
    return await settle(pilot)


async def test_on_today_the_count_acts_on_the_record_it_names(desk: Desk) -> None:
    shown = app(desk)
    async with shown.run_test(size=SIZE) as pilot:
        words = await today(shown, pilot)
        assert "2 slipped (A-1, first time)" in words
        await onto(pilot, "since/A-1")
        assert shown.front.on == "A-1"
        words = await press(pilot, "x")
        assert "A-1 done · z undoes" in words
        assert desk.read.get(Action, "A-1").state == "done"


async def test_on_today_a_flag_leads_to_an_escalation_and_says_what_it_does_not_take(desk: Desk) -> None:
    shown = app(desk)
    async with shown.run_test(size=SIZE) as pilot:
        await today(shown, pilot)
        await onto(pilot, "since/S-1")
        words = await press(pilot, "x")
        assert "done: the line under the cursor is no action or agenda item" in words
        words = await press(pilot, "greater_than_sign", *"esc", "enter")
        assert "S-1 goes to the Escalation Review" in words
        assert [item.ref for item in desk.read.all(Item)] == ["S-1"]


async def test_in_the_room_every_kind_of_line_takes_its_verbs(desk: Desk, clock: Clock) -> None:
    clock.forward(hours=22)
    shown = app(desk, desk.meetings.start(DAILY).id)
    async with shown.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "less_than_sign")
        keys = [row.key for row in shown.front.list.rows]
        assert {"since/A-1", "since/A-2", "since/DL-1"} <= set(keys)
        await onto(pilot, "since/A-2")
        await press(pilot, "x")
        assert desk.read.get(Action, "A-2").state == "done"
        await onto(pilot, "since/DL-1")
        await press(pilot, "t")
        await say(pilot, "1 dec 2026")
        assert str(desk.read.get(Delivery, "DL-1").forecast) == "2026-12-01"
        await onto(pilot, "since/DL-1")
        await press(pilot, "delete")
        await say(pilot, "they bought another one")
        assert desk.read.get(Delivery, "DL-1").state == "dropped"


async def test_what_is_gone_since_says_so_and_nothing_is_done(desk: Desk, clock: Clock) -> None:
    clock.forward(hours=22)
    shown = app(desk, desk.meetings.start(DAILY).id)
    async with shown.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "less_than_sign")
        await onto(pilot, "since/DL-1")
        while desk.read.all(Delivery):
            desk.undo.last()
        words = await press(pilot, "x")
        assert "whoever removed it can undo that" in " ".join(words.split()).lower()
        assert desk.history()[-1].undoes
