"""A call that is over: whoever was in it may still be looking, until somebody leaves it on purpose."""

from __future__ import annotations

from typing import Any

import pytest
from textual.pilot import Pilot

from opsdesk.core.meeting import Meeting
from opsdesk.desk import Desk
from opsdesk.ui.app import OpsDesk
from tests import screen
from tests.ui import secrets
from tests.ui.desks import app
from tests.ui.keyboard import press, say, settle
from tests.ui.secrets import CALL, OURS, told

USUAL = (120, 36)
SOUGHT = ("zyx", "quo", "vor", "engine", "sna")
DAILY = "daily-operations-sync"


@pytest.fixture
def desk() -> Desk:
    return secrets.full()


@pytest.fixture
def call(desk: Desk) -> Meeting:
    return desk.meetings.start(CALL, customer=OURS)


async def looked_through(shown: OpsDesk, pilot: Pilot[Any]) -> list[str]:
    """What is told by the screen in front, find, the sheet, registers, pages, an outage, the keys."""
    pages = [await press(pilot, "home")]
    for needle in SOUGHT:
        pages.append(await press(pilot, "slash", *needle))
        pages.append(await press(pilot, "escape"))
    for key in ("2", "8", "6", "o", "question_mark", "7"):
        pages.append(await press(pilot, key))
        if key != "7":
            pages.append(await press(pilot, "escape"))
    shown.do_open_register("incidents")
    pages.append(await settle(pilot))
    return told("".join(pages))


async def test_closing_leaves_the_screen_before_the_customer_until_1(desk: Desk, call: Meeting) -> None:
    shown = app(desk, call.id)
    async with shown.run_test(size=USUAL) as pilot:
        words = await press(pilot, "c", "enter")
        assert desk.read.get(Meeting, call.id).state in ("closed", "draft")
        assert shown.front.NAME == "minutes"
        assert "call over · 1 leaves it" in screen.lines(shown)[0]
        assert told(words) == []
        assert await looked_through(shown, pilot) == []
        words = await press(pilot, "1")
        assert "call over" not in words
        assert told(words)
        assert told(await press(pilot, "slash", *"zyx"))


async def test_q_leaves_it_too(desk: Desk, call: Meeting) -> None:
    async with app(desk, call.id).run_test(size=USUAL) as pilot:
        assert told(await press(pilot, "c", "enter")) == []
        assert told(await press(pilot, "q"))


async def test_adjourning_leaves_the_screen_before_the_customer(desk: Desk, call: Meeting) -> None:
    shown = app(desk, call.id)
    async with shown.run_test(size=USUAL) as pilot:
        await settle(pilot)
        shown.front.run_command("adjourn")
        assert told(await say(pilot, "They had to go")) == []
        assert desk.read.get(Meeting, call.id).state == "adjourned"
        assert await looked_through(shown, pilot) == []
        assert told(await press(pilot, "1"))


@pytest.mark.parametrize("from_today", [False, True])
async def test_undoing_its_start_says_so_on_a_today_of_theirs(desk: Desk, from_today: bool) -> None:
    shown = app(desk)
    async with shown.run_test(size=USUAL) as pilot:
        assert told(await settle(pilot))
        call = desk.meetings.start(CALL, customer=OURS)
        shown.open_room(call.id)
        await settle(pilot)
        assert told(await press(pilot, *(("1",) if from_today else ()))) == []
        words = await press(pilot, "z")
        assert shown.front.NAME == "today"
        assert not shown.has(call.id)
        assert "undone" in words
        assert "y brings it back" in words
        assert told(words) == []
        for key in ("z", "down", "down", "v", "escape", "slash"):
            assert told(await press(pilot, key)) == [], key
        await press(pilot, "escape")
        assert "call over" not in await press(pilot, "1")
        assert told(screen.text(shown))


async def test_today_that_was_drawn_among_us_is_drawn_anew_before_it_is_seen(desk: Desk) -> None:
    shown = app(desk)
    async with shown.run_test(size=USUAL) as pilot:
        assert told(await settle(pilot))
        shown.open_room(desk.meetings.start(CALL, customer=OURS).id)
        await settle(pilot)
        today = shown.screen_stack[0]
        shown.do_today()
        assert told("".join(piece.text for row in today.list.rows for piece in row.across)) == []  # type: ignore[attr-defined]


async def test_closed_by_another_desk_the_screen_stays_theirs_wherever_it_is(desk: Desk, call: Meeting) -> None:
    shown = app(desk, call.id)
    async with shown.run_test(size=USUAL) as pilot:
        shown.do_open_register("incidents")
        await settle(pilot)
        desk.meetings.close(call.id)
        desk.meetings.start(DAILY)
        shown.publish()
        words = await settle(pilot)
        assert "call over" in words
        assert told(words) == []
        words = await press(pilot, "5")
        assert "The call is over: 1 leaves it first." in words
        assert told(words) == []
        await press(pilot, "1", "5")
        assert shown.front.NAME == "room"
        assert "call over" not in screen.text(shown)


async def test_brought_back_it_goes_on_as_it_was(desk: Desk, call: Meeting) -> None:
    shown = app(desk, call.id)
    async with shown.run_test(size=USUAL) as pilot:
        await press(pilot, "c", "enter")
        words = await press(pilot, "z")
        assert desk.read.get(Meeting, call.id).state == "running"
        assert "call over" not in words
        assert told(words) == []
        assert told(await press(pilot, "1")) == []
        await press(pilot, "5")
        assert shown.front.NAME == "room"


async def test_the_next_meeting_is_entered_by_leaving_the_call(desk: Desk, call: Meeting) -> None:
    shown = app(desk, call.id)
    async with shown.run_test(size=USUAL) as pilot:
        await press(pilot, "c", "enter")
        shown.open_room(desk.meetings.start(CALL, customer="zyxxon").id)
        words = await settle(pilot)
        assert shown.glance.before.customer == "zyxxon"
        assert "Acme" not in words
