"""What a verb of a register asks about just now: when something ended, a day that is past, an update that is far."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from opsdesk.core.registers.deliveries import Delivery
from opsdesk.core.registers.maintenance import Maintenance
from opsdesk.desk import Desk
from opsdesk.ui.app import OpsDesk
from tests.clock import START, Clock
from tests.ui.desks import app, company
from tests.ui.keyboard import press, say, settle

SIZE = (120, 36)
DAILY = "daily-operations-sync"


async def opened(shown: OpsDesk, pilot: Any, kind: str) -> str:
    shown.do_open_register(kind)
    return await settle(pilot)


def window(desk: Desk) -> Maintenance:
    return desk.read.get(Maintenance, "W-1")


@pytest.fixture
def past_window() -> Desk:
    """One that should have ended at 12:00, three hours ago."""
    desk = company(Clock())
    desk.registers.add("maintenance", 'New disks starts:"2026-11-23 10:00" ends:"2026-11-23 12:00"')
    return desk


async def test_long_after_its_window_x_asks_when_it_ended_and_offers_its_end(past_window: Desk) -> None:
    shown = app(past_window)
    async with shown.run_test(size=SIZE) as pilot:
        await opened(shown, pilot, "maintenance")
        await press(pilot, "x")
        assert shown.front.bar.typing
        assert shown.front.bar.input.value.strip() == "2026-11-23 12:00"
        await press(pilot, *"all well", "enter")
    assert (window(past_window).ended, window(past_window).result) == (START - timedelta(hours=3), "all well")


async def test_the_same_in_the_room(past_window: Desk) -> None:
    daily = past_window.meetings.start(DAILY)
    for _ in range(2):
        past_window.meetings.next(daily.id)
    shown = app(past_window, daily.id)
    async with shown.run_test(size=SIZE) as pilot:
        await settle(pilot)
        assert shown.front.list.key == "W-1"
        await press(pilot, "x")
        assert shown.front.bar.input.value.strip() == "2026-11-23 12:00"
        await press(pilot, "enter")
    assert window(past_window).ended == START - timedelta(hours=3)


async def test_a_window_that_has_just_ended_is_done_by_one_key() -> None:
    desk = company(Clock())
    desk.registers.add("maintenance", 'New disks starts:"2026-11-23 10:00" ends:"2026-11-23 14:30"')
    shown = app(desk)
    async with shown.run_test(size=SIZE) as pilot:
        await opened(shown, pilot, "maintenance")
        await press(pilot, "x")
        assert not shown.front.bar.typing
    assert window(desk).ended == START


async def test_a_window_that_is_moved_is_told_to_nobody_yet() -> None:
    desk = company(Clock())
    desk.registers.add("maintenance", 'New disks #acme #globex starts:"2026-11-26 10:00"')
    desk.registers.act(["W-1"], "announce")
    daily = desk.meetings.start(DAILY)
    for _ in range(2):
        desk.meetings.next(daily.id)
    shown = app(desk, daily.id)
    async with shown.run_test(size=SIZE) as pilot:
        assert "not told" not in await settle(pilot)
        await press(pilot, "t")
        words = await say(pilot, "2026-11-27 10:00")
        assert "moved, 2 of 2 customers not told again" in words
    assert (window(desk).announced, window(desk).told) == (None, ())


async def test_a_past_day_is_asked_about_while_it_is_typed_and_ctrl_o_keeps_it() -> None:
    desk = company(Clock())
    desk.registers.add("deliveries", "SSO #acme 2026-11-27")
    shown = app(desk)
    async with shown.run_test(size=SIZE) as pilot:
        await opened(shown, pilot, "deliveries")
        await press(pilot, "t")
        words = await press(pilot, *"late 2026-11-20")
        assert "Forecast 2026-11-20 is past" in words
        assert "ctrl+o" in words
        assert "Forecast 2026-11-20 is past" in await press(pilot, "enter")
        assert desk.read.get(Delivery, "DL-1").forecast is None
        assert shown.front.bar.input.value.strip() == "late 2026-11-20"
        await press(pilot, "ctrl+o")
    assert desk.read.get(Delivery, "DL-1").forecast == date(2026, 11, 20)


async def test_a_next_update_that_is_far_away_is_said_to_be_so_while_it_is_typed() -> None:
    desk = company(Clock())
    desk.incidents.open("Login slow #acme", sev=1)
    far = "The next update, 17:00, is later than the 30 min of SEV-1"
    shown = app(desk)
    async with shown.run_test(size=SIZE) as pilot:
        await opened(shown, pilot, "incidents")
        await press(pilot, "t")
        assert far in await press(pilot, *"17:00")
        await press(pilot, "escape")
        await press(pilot, "o", "n")
        assert far in await press(pilot, *"next 17:00")
        assert "later than" not in await press(pilot, *(["backspace"] * 5), *"15:20")


async def test_w_asks_whom_of_a_window_was_told_filled_with_all_who_were_not() -> None:
    desk = company(Clock())
    desk.registers.add("maintenance", 'New disks #acme #globex starts:"2026-11-26 10:00"')
    daily = desk.meetings.start(DAILY)
    for _ in range(2):
        desk.meetings.next(daily.id)
    shown = app(desk, daily.id)
    async with shown.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "w")
        assert shown.front.bar.input.value.split() == ["#acme", "#globex"]
        shown.front.bar.input.value = ""
        await say(pilot, "#acme")
        assert window(desk).told == ("acme",)
        await press(pilot, "w")
        assert shown.front.bar.input.value.split() == ["#globex"]
        await press(pilot, "enter")
    assert window(desk).told == ("acme", "globex")
