"""The Room from section to section: where one begins, what "nothing to report" asks, which are done, what is cut."""

from __future__ import annotations

from typing import Any

import pytest

from opsdesk.core.meeting import Meeting
from opsdesk.desk import Desk
from opsdesk.ui.screens.room import Room
from opsdesk.ui.screens.today import Today
from tests import screen
from tests.clock import Clock
from tests.ui.desks import app, company
from tests.ui.keyboard import on_line, press, settle
from tests.ui.test_room_registers import DAILY, LINES, in_section

SMALL = (80, 24)


@pytest.fixture(autouse=True)
def no_key_is_held(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each key is pressed on purpose, however fast the machine is."""
    monkeypatch.setattr("opsdesk.ui.repeats.QUICK", 0.0)


@pytest.fixture
def desk() -> Desk:
    """An incident, and a delivery that was promised for a day that has passed."""
    made = company(Clock())
    made.registers.add("incidents", LINES["incidents"])
    made.registers.anyway.add("deliveries", "Single sign-on #globex @ed promised:20 nov 2026 forecast:1 dec 2026")
    return made


def _section(desk: Desk, at: int) -> str:
    """What it came to."""
    return desk.read.get(Meeting, "M-1").sections[at].outcome


async def test_over_red_lines_nothing_to_report_is_asked_once_in_each_section(desk: Desk) -> None:
    async with app(desk, desk.meetings.start(DAILY).id).run_test(size=SMALL) as pilot:
        words = await press(pilot, "0")
        assert "2 red lines stand here: 0 again says there is nothing to report" in words
        assert _section(desk, 0) == ""
        assert "nothing to report · z undoes" in await press(pilot, "0")
        assert _section(desk, 0) == "nothing to report"
        assert "1 red line stands here" in await press(pilot, "space", "0")
        assert _section(desk, 1) == ""


async def test_where_nothing_is_red_nothing_is_asked(desk: Desk) -> None:
    async with in_section(desk, "Staffing").run_test(size=SMALL) as pilot:
        assert "Staffing: nothing to report · z undoes" in await press(pilot, "0")


async def test_a_section_that_came_to_nothing_has_no_tick_until_it_has_an_outcome(desk: Desk) -> None:
    async with in_section(desk, "Planned maintenance").run_test(size=SMALL) as pilot:
        words = await press(pilot, "space")
        assert "· Planned maintenance" in words
        assert "✓" not in words
        words = await press(pilot, "pageup", "0", "space")
        assert "✓ Planned maintenance" in words


async def test_a_section_begins_at_its_top_line_after_a_line_was_turned_far_down(desk: Desk) -> None:
    for number in range(12):
        desk.actions.capture(f"Job {number} #globex @sue 20 nov 2026", past_ok=True)
    async with in_section(desk, "Service outages").run_test(size=SMALL) as pilot:
        await settle(pilot)
        await press(pilot, "pageup", "end")
        shown = pilot.app.screen
        assert isinstance(shown, Room)
        await press(pilot, *["enter"] * (shown.list.key == "more"), "end", "greater_than_sign", "down", "enter")
        assert shown.list.scroll_offset.y > 0
        await press(pilot, *["space"] * 3)
        assert shown.section_title == "Delayed deliveries"
        assert shown.list.scroll_offset.y == 0
        assert shown.list.key == next(row.key for row in shown.list.rows if row.key and not row.key.startswith("since"))


async def test_an_escalated_line_keeps_its_place_and_weight_and_says_as_what(desk: Desk) -> None:
    async with in_section(desk, "Delayed deliveries").run_test(size=(120, 36)) as pilot:
        await on_line(pilot, "DL-1")
        await press(pilot, "greater_than_sign", *"esc", "enter")
        row = screen.line(pilot.app, "DL-1")
        assert "▲ R  DL-1" in row
        assert "escalated as T-1" in row
        await press(pilot, "z")
        assert "escalated" not in screen.line(pilot.app, "DL-1")


async def test_words_that_name_nothing_to_turn_into_are_told_what_the_list_is_for(desk: Desk) -> None:
    async with in_section(desk, "Service outages").run_test(size=SMALL) as pilot:
        words = await press(pilot, "greater_than_sign", *"tom fri")
        assert "Choose what it becomes; owner and date come after." in words


async def test_the_reason_and_the_keys_of_a_line_stand_whole_below_the_list(desk: Desk) -> None:
    desk.registers.add("components", "Search")
    made = desk.registers.add("incidents", "Import stops at night #acme #globex sev:3 component:search")
    async with in_section(desk, "Service outages").run_test(size=SMALL) as pilot:
        await on_line(pilot, made.id)
        await settle(pilot)
        below = " ".join(" ".join(screen.lines(pilot.app)[-5:]).split())
        assert "…" not in below
        assert pilot.app.front.list.reason in below
        for key in ("s Acknowledge", "x Resolve", "@ Give to"):
            assert key in below


async def test_esc_leaves_a_register_where_nothing_is_left_to_clear(desk: Desk) -> None:
    shown: Any = in_section(desk, "Service outages")
    async with shown.run_test(size=SMALL) as pilot:
        await settle(pilot)
        words = await press(pilot, "8", *"incid", "enter")
        assert "esc back" in words
        words = await press(pilot, "slash", *"login", "enter")
        assert "esc list all again" in words
        assert "esc unmark" in await press(pilot, "escape", "space")
        assert "esc back" in await press(pilot, "escape")
        assert shown.front.NAME == "register"
        await press(pilot, "escape")
        assert isinstance(shown.screen, Room)
        assert shown.screen.meeting_id == "M-1"


async def test_a_register_that_was_opened_from_today_leads_back_there(desk: Desk) -> None:
    shown = app(desk)
    async with shown.run_test(size=SMALL) as pilot:
        await settle(pilot)
        assert "Enter opens it   ·   Esc goes back" in await press(pilot, "8")
        await press(pilot, *"deliv", "enter", "escape")
        assert isinstance(shown.screen, Today)
