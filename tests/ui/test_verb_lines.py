"""The line that a verb asks for, in the Room and on Today: completed, and answered with what it would run into."""

from __future__ import annotations

import pytest

from opsdesk.core.registers.deliveries import Delivery
from opsdesk.desk import Desk
from opsdesk.ui.app import OpsDesk
from opsdesk.ui.widgets.capture_bar import CaptureBar
from tests.clock import Clock
from tests.ui.desks import app, company
from tests.ui.keyboard import on_line, press, say, settle

DAILY = "daily-operations-sync"
SIZE = (120, 36)


@pytest.fixture
def desk() -> Desk:
    made = company(Clock())
    made.registers.add("deliveries", "Single sign-on #globex @ed 24 nov 2026")
    made.registers.add("incidents", "Login slow, EU #globex sev:2")
    return made


def typed(shown: OpsDesk) -> str:
    return shown.screen.query_one(CaptureBar).input.value


async def test_tab_completes_the_fields_that_a_verb_asks_for(desk: Desk) -> None:
    meeting = desk.meetings.start(DAILY)
    desk.meetings.go_to(meeting.id, 3)
    shown = app(desk, meeting.id)
    async with shown.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await on_line(pilot, "DL-1")
        await press(pilot, "t")
        await say(pilot, "their firewall fo", then="tab")
        assert typed(shown) == "their firewall forecast:"
        words = await say(pilot, "their firewall x", then="tab")
        assert "nothing to complete here: @ names a person, # a customer, field: one of what it asks for" in words
        await say(pilot, "their firewall forecast:1.12.2026")
        kept = desk.read.get(Delivery, "DL-1")
        assert (str(kept.forecast), kept.slips[-1].why) == ("2026-12-01", "their firewall")


async def test_tab_names_the_others_that_it_could_be_too(desk: Desk) -> None:
    shown = app(desk)
    async with shown.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await on_line(pilot, "I-1")
        await press(pilot, "at")
        words = await say(pilot, "owner:a", then="tab")
        assert typed(shown).startswith("owner:ana")
        assert "Ana Lima   also: " in words


async def test_what_a_record_runs_into_is_said_while_it_is_typed(desk: Desk) -> None:
    desk.registers.add("releases", "2.4 24 nov 2026")
    desk.registers.add("maintenance", "New disks starts:25.11.2026 20:00 risk:high")
    shown = app(desk)
    async with shown.run_test(size=SIZE) as pilot:
        shown.do_open_register("maintenance")
        await press(pilot, "ctrl+n")
        words = await say(pilot, "New certificates starts:tomorrow 22:00", then="")
        assert "release 2.4 is planned for Tue 24 Nov · " in words
        await press(pilot, "escape")
        await on_line(pilot, "W-1")
        await press(pilot, "t")
        assert "release 2.4 is planned" not in await say(pilot, "26.11.2026 20:00", then="")
        assert "release 2.4 is planned for Tue 24 Nov · " in await say(pilot, "24.11.2026 20:00", then="")


async def test_a_forecast_past_the_promise_is_said_while_it_is_typed_and_stands_with_the_record(desk: Desk) -> None:
    shown = app(desk)
    async with shown.run_test(size=SIZE) as pilot:
        shown.do_open_register("deliveries")
        await on_line(pilot, "DL-1")
        await press(pilot, "t")
        past = "forecast Fri 27 Nov is 3 days past the promise of Tue 24 Nov"
        assert f"{past} · " in await say(pilot, "27.11.2026 firewall", then="")
        await press(pilot, "enter")
        words = await press(pilot, "enter")
        assert f"Runs into           {past}" in words
