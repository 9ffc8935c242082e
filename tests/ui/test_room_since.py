"""What a meeting opens with: in one line what has changed since its last run, unfolded where somebody asks."""

from __future__ import annotations

import pytest

from opsdesk.core.meeting import Meeting
from opsdesk.core.registers.incidents import Incident
from opsdesk.desk import Desk
from opsdesk.ui.room.since import NOTHING
from tests import screen
from tests.clock import Clock
from tests.ui.desks import app, company
from tests.ui.keyboard import press, settle

DAILY = "daily-operations-sync"
CALL = "customer-status-call"
SIZE = (120, 36)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def desk(clock: Clock) -> Desk:
    made = company(clock)
    made.people.add_customer("Aperture Optics", owner="sue", handle="aperture", onboarding=True)
    made.registers.add("incidents", "Search is slow #globex sev:3")
    return made


def again(desk: Desk, clock: Clock, slug: str = DAILY, *, changed: bool = True, customer: str = "") -> Meeting:
    """The second run of a meeting; between the two an incident was resolved and others have begun."""
    first = desk.meetings.start(slug, customer=customer)
    clock.forward(minutes=10)
    desk.meetings.close(first.id)
    clock.forward(hours=1)
    if changed:
        desk.registers.act(["I-1"], "resolve", "index rebuilt")
        desk.registers.add("incidents", "Login slow, EU #globex sev:2")
        desk.registers.add("deliveries", "Single sign-on #aperture @ed 24 nov 2026")
    clock.forward(hours=22)
    return desk.meetings.start(slug, customer=customer)


async def test_the_first_run_has_nothing_to_look_back_on(desk: Desk) -> None:
    async with app(desk, desk.meetings.start(DAILY).id).run_test(size=SIZE) as pilot:
        assert "SINCE" not in await settle(pilot)
        assert f"since last time: {NOTHING}" in await press(pilot, "less_than_sign")


async def test_where_nothing_has_changed_it_says_so(desk: Desk, clock: Clock) -> None:
    async with app(desk, again(desk, clock, changed=False).id).run_test(size=SIZE) as pilot:
        assert "SINCE #1  nothing has changed" in await settle(pilot)


async def test_one_line_above_the_table_that_unfolds(desk: Desk, clock: Clock) -> None:
    shown = app(desk, again(desk, clock).id)
    async with shown.run_test(size=SIZE) as pilot:
        words = await settle(pilot)
        line = screen.line(shown, "SINCE #1")
        assert "▸ SINCE #1" in line
        assert "1 new incident" in line
        assert "1 incident resolved" in line
        assert "Search is slow" not in words
        assert shown.front.on == "I-2"  # the cursor stands on the table
        words = await press(pilot, "less_than_sign")
        assert "▾ SINCE #1" in words
        assert "resolved Mon" in screen.line(shown, "Search is slow")
        assert screen.row(shown, "▾ SINCE #1") < screen.row(shown, "Search is slow") < screen.row(shown, "update late")
        words = await press(pilot, "enter")
        assert "▸ SINCE #1" in words
        assert "Search is slow" not in words


async def test_a_later_section_shows_its_own_part_and_one_without_news_none(desk: Desk, clock: Clock) -> None:
    meeting = again(desk, clock)
    shown = app(desk, meeting.id)
    async with shown.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await pilot.pause(0.2)
        await press(pilot, "space")
        line = screen.line(shown, "SINCE #1")
        assert "I-2 new Mon" in line
        assert "I-1 resolved Mon" in line
        assert "DL-1" not in line
        await pilot.pause(0.2)
        assert "SINCE" not in await press(pilot, "space")
        await pilot.pause(0.2)
        assert "DL-1 new Mon" in await press(pilot, "space")


async def test_a_verb_acts_on_an_unfolded_line_and_the_cursor_stays_there(desk: Desk, clock: Clock) -> None:
    shown = app(desk, again(desk, clock).id)
    async with shown.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "less_than_sign", "down")
        assert shown.front.on == "I-2"
        await press(pilot, "s")
        assert desk.read.get(Incident, "I-2").acknowledged is not None
        assert shown.front.list.key == "since/I-2"
        await press(pilot, "enter")
        assert str(shown.screen.query_one("#sheet-title").render()).startswith("I-2")


@pytest.mark.parametrize("size", [(80, 24), (79, 23), (58, 16), (200, 50)])
async def test_it_takes_one_line_and_below_80x24_no_empty_one(desk: Desk, clock: Clock, size: tuple[int, int]) -> None:
    shown = app(desk, again(desk, clock).id)
    async with shown.run_test(size=size) as pilot:
        words = await settle(pilot)
        assert words.count("SINCE #1") == 1
        below = screen.row(shown, "I-2 ") - screen.row(shown, "SINCE #1")
        assert below == (2 if size >= (80, 24) else 1)
        assert all(len(line) <= size[0] for line in words.splitlines())


async def test_before_a_customer_it_names_nobody_else(desk: Desk, clock: Clock) -> None:
    meeting = again(desk, clock, CALL, customer="aperture")
    desk.registers.add("incidents", "Globex cannot print #globex sev:1")
    shown = app(desk, meeting.id)
    async with shown.run_test(size=SIZE, notifications=True) as pilot:
        seen = [await settle(pilot)]
        for _ in meeting.sections[1:]:
            await pilot.pause(0.2)
            seen += [await press(pilot, "less_than_sign"), await press(pilot, "space")]
        seen.append(await press(pilot, "greater_than_sign"))
        told = "\n".join(seen)
        assert "SINCE #1" in told
        for other in ("Globex", "globex", "Acme", "Login slow", "Search is slow", "cannot print", "I-1", "I-2"):
            assert other not in told


async def test_in_a_section_without_news_too_the_cursor_begins_on_the_first_line_and_that_is_told_whole(
    desk: Desk, clock: Clock
) -> None:
    desk.registers.add("maintenance", "New disks starts:27.11.2026 20:00 risk:high #globex")
    desk.registers.add("maintenance", "New cables starts:4.12.2026 20:00")
    desk.registers.add("incidents", "Mail late sev:4")
    meeting = again(desk, clock, changed=False)
    shown = app(desk, meeting.id)
    async with shown.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "space")
        await pilot.pause(0.2)
        words = await press(pilot, "down", "space")
        assert shown.front.list.key == "W-1"
        assert "maintenance in 3 days, 1 of 1 customers not told, high risk" in words
