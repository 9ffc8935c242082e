"""The scan of the score sheet in a meeting: levels said on its lines; and which command a key runs on a stage."""

from __future__ import annotations

import pytest

from opsdesk.core.customers import Customer
from opsdesk.core.scores import Score
from opsdesk.desk import Desk
from opsdesk.ui.commands import COMMANDS, Situation
from opsdesk.ui.commands.walk import staged
from opsdesk.ui.screens.scores import Scores
from tests.clock import Clock
from tests.ui.desks import app, company
from tests.ui.keyboard import on_line, press, say, settle

SIZE = (120, 36)


@pytest.fixture
def desk() -> Desk:
    """Globex' Delivery has turned orange, and so has that of a customer who is no more."""
    clock = Clock()
    made = company(clock)
    clock.forward(days=-2)
    made.scores.set("globex", "Delivery", "orange", "the date slips")
    made.scores.set("emea", "Delivery", "red", "they leave")
    clock.forward(days=2)
    (gone,) = made.read.where(Customer, handle="emea")
    made.people.retire(gone)
    return made


def cell(desk: Desk) -> Score:
    (found,) = desk.read.where(Score, customer="globex", measure="Delivery", superseded=False)
    return found


async def test_a_level_is_said_on_its_line_and_the_cursor_stays_with_the_cell(desk: Desk) -> None:
    meeting = desk.meetings.start("customer-success")
    home = app(desk, meeting.id)
    async with home.run_test(size=SIZE) as pilot:
        shown = await settle(pilot)
        assert "they leave" not in shown
        await on_line(pilot, cell(desk).id)
        await press(pilot, "r")
        assert "Globex Delivery → RED · owes owner, exit criterion and plan" in await say(pilot, "the date is gone")
        assert (cell(desk).level, cell(desk).meeting, cell(desk).section) == (
            "red",
            meeting.id,
            meeting.sections[0].title,
        )
        assert home.screen.list.key == cell(desk).id
        await press(pilot, "at")
        await say(pilot, "tom")
        await press(pilot, "t")
        await say(pilot, "4 dec")
        assert (cell(desk).owner, f"{cell(desk).plan:%d %b}") == ("tom", "04 Dec")


async def test_the_sheet_lies_over_the_meeting_and_esc_is_back_in_it(desk: Desk) -> None:
    meeting = desk.meetings.start("customer-success")
    home = app(desk, meeting.id)
    async with home.run_test(size=SIZE) as pilot:
        await on_line(pilot, cell(desk).id)
        await press(pilot, "2")
        assert isinstance(home.screen, Scores)
        assert home.screen.cell.score == cell(desk)
        assert "▌ Customer success" in await press(pilot, "escape")


async def test_in_any_other_section_the_letters_of_the_levels_mean_nothing(desk: Desk) -> None:
    meeting = desk.meetings.start("customer-success")
    desk.meetings.go_to(meeting.id, 1)
    home = app(desk, meeting.id)
    async with home.run_test(size=SIZE) as pilot:
        before = await settle(pilot)
        assert await press(pilot, "r", "g", "b", "ampersand") == before


def test_a_stage_takes_a_key_over_and_leaves_the_ones_while_typing() -> None:
    walk = Situation(screen="walk", running=True)
    assert staged("outage", walk, COMMANDS) == "set_orange"
    assert staged("outage_typing", walk, COMMANDS) == "outage_typing"
    assert staged("outage", Situation(screen="room"), COMMANDS) == "outage"
    past = Situation(screen="walk", running=True, past_cap=True)
    assert (staged("overrun", walk, COMMANDS), staged("overrun", past, COMMANDS)) == ("flag_exit", "overrun")
