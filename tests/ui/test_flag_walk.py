"""The walk over the flags on the screen: one at a time, its clock, its keys, two desks, every size."""

from __future__ import annotations

from datetime import date

import pytest
from textual.widgets import Input

from opsdesk.core.flagreviews import FlagReview
from opsdesk.core.meeting import Meeting
from opsdesk.core.scores import Score
from opsdesk.desk import Desk
from opsdesk.store.memory import MemoryStore
from opsdesk.ui.widgets.banner import Banner
from tests import screen
from tests.clock import Clock
from tests.ui.desks import app, company
from tests.ui.keyboard import press, say, settle

WEEKLY = "customer-success"
SIZE = (120, 36)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def store() -> MemoryStore:
    return MemoryStore()


@pytest.fixture
def desk(clock: Clock, store: MemoryStore) -> Desk:
    """Globex' Delivery red for 12 days without exit, Acme's Support and Product orange."""
    made = company(clock, store)
    clock.forward(days=-12)
    made.scores.set("globex", "Delivery", "red", "the date is broken", owner="tom")
    clock.forward(days=5)
    made.scores.set("acme", "Support", "orange", "answers are late")
    clock.forward(days=1)
    made.scores.set("acme", "Product", "orange", "the import stops")
    clock.forward(days=6)
    return made


def at_flags(desk: Desk) -> Meeting:
    meeting = desk.meetings.start(WEEKLY)
    return desk.meetings.go_to(meeting.id, 4)


def outcomes(desk: Desk, meeting: Meeting) -> list[tuple[str, str]]:
    found = sorted(desk.read.where(FlagReview, meeting=meeting.id), key=lambda each: (each.entered, each.id))
    return [(f"{each.customer} {each.measure}", each.outcome) for each in found]


def cell(desk: Desk, customer: str, measure: str) -> Score:
    (found,) = desk.read.where(Score, customer=customer, measure=measure, superseded=False)
    return found


async def test_the_worst_flag_is_big_with_its_own_clock_and_what_it_owes(desk: Desk, clock: Clock) -> None:
    meeting = at_flags(desk)
    home = app(desk, meeting.id)
    async with home.run_test(size=SIZE) as pilot:
        shown = await settle(pilot)
        assert outcomes(desk, meeting) == [("globex Delivery", "")]
        for words in ("▲ Globex · Delivery", "red 12 d, not discussed yet", "1 of 3 · 2 left", "the date is broken"):
            assert words in shown
        assert "exit   owed by" in shown
        assert "Tom Reyes" in shown
        assert "Address red and orange flags 15:00" in shown
        clock.forward(seconds=60)
        home.screen.tick()
        assert "Address red and orange flags 14:00" in await settle(pilot)
        assert desk.walk.state(meeting.id).current.left.total_seconds() == 390


async def test_every_outcome_by_its_key(desk: Desk, clock: Clock) -> None:
    meeting = at_flags(desk)
    async with app(desk, meeting.id).run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "t")
        shown = await say(pilot, "4 dec because their lawyer is away")
        assert "Globex Delivery kept until Fri 4 Dec · now Acme Logistics Support · z undoes" in shown
        await press(pilot, "b")
        assert "Acme Logistics Support skipped · now Acme Logistics Product" in await say(
            pilot, "nobody of them is here"
        )
        await press(pilot, "x")
        shown = await say(pilot, "the import runs")
        assert "All 3 flags have had their turn" in shown
        assert "1 resolved, 1 kept, 1 skipped" in shown
        assert cell(desk, "globex", "Delivery").plan == date(2026, 12, 4)
        assert cell(desk, "acme", "Product").level == "green"
        assert [came for _, came in outcomes(desk, meeting)] == ["kept", "skipped", "resolved"]
        shown = await press(pilot, "space")
        assert "Closing" in shown


async def test_space_goes_on_and_from_the_last_one_to_the_closing_page_up_goes_back(desk: Desk, clock: Clock) -> None:
    meeting = at_flags(desk)
    async with app(desk, meeting.id).run_test(size=SIZE) as pilot:
        await settle(pilot)
        clock.forward(seconds=90)
        assert "◆ Acme Logistics · Support" in await press(pilot, "space")
        clock.forward(seconds=30)
        assert "back to Globex Delivery" in await press(pilot, "pageup")
        await press(pilot, "space", "space")
        assert "◆ Acme Logistics · Product" in await settle(pilot)
        shown = await press(pilot, "space")
        assert "Closing" in shown
        assert desk.read.get(Meeting, meeting.id).closing is not None


async def test_page_up_at_the_first_flag_leads_to_the_section_before(desk: Desk) -> None:
    meeting = at_flags(desk)
    async with app(desk, meeting.id).run_test(size=SIZE) as pilot:
        await settle(pilot)
        shown = await press(pilot, "pageup")
        assert "▌ Priorities" in shown or "▌ Customer success" in shown
        assert "Globex · Delivery" not in shown


async def test_o_is_orange_and_f10_is_the_outage(desk: Desk) -> None:
    desk.incidents.open("Login slow #acme sev:2")
    meeting = at_flags(desk)
    async with app(desk, meeting.id).run_test(size=SIZE) as pilot:
        await settle(pilot)
        assert pilot.app.screen.query_one(Banner).key == "F10"
        shown = await press(pilot, "o")
        assert "Globex · Delivery ◆ O" in shown
        await say(pilot, "a new date that holds")
        assert cell(desk, "globex", "Delivery").level == "orange"
        assert "◆ Globex · Delivery" in await settle(pilot)
        assert "WHO KNOWS" in await press(pilot, "f10")


async def test_the_oranges_are_kept_together(desk: Desk) -> None:
    meeting = at_flags(desk)
    async with app(desk, meeting.id).run_test(size=SIZE) as pilot:
        await press(pilot, "space")
        await press(pilot, "ampersand")
        shown = await press(pilot, "enter")
        assert "2 orange flags kept · that was the last flag · z undoes" in shown
        assert [came for _, came in outcomes(desk, meeting)] == ["discussed", "kept", "kept"]
        shown = await press(pilot, "z")
        assert "1 of 3" not in shown
        assert "2 of 3" in shown


async def test_owner_exit_action_and_escalation_are_for_the_flag_that_is_big(desk: Desk) -> None:
    meeting = at_flags(desk)
    async with app(desk, meeting.id).run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "at")
        await say(pilot, "ana")
        await press(pilot, "equals_sign")
        await say(pilot, "two dates kept")
        score = cell(desk, "globex", "Delivery")
        assert (score.owner, score.exit) == ("ana", "two dates kept")
        await press(pilot, "a")
        await say(pilot, "#globex Call them @tom fri")
        await press(pilot, "escape")
        assert [each.customer for each in desk.meetings.said(meeting.id)] == ["globex"]
        assert "goes to the Escalation Review" in await press(pilot, "e")


async def test_a_second_desk_follows_and_nothing_typed_is_disturbed(
    desk: Desk, clock: Clock, store: MemoryStore
) -> None:
    meeting = at_flags(desk)
    other = company_at(clock, store)
    home = app(desk, meeting.id)
    async with home.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "x")
        pilot.app.screen.query_one("#capture-input", Input).value = "they have signed"
        other.walk.discussed(meeting.id)
        home.publish()
        shown = await settle(pilot)
        assert "◆ Acme Logistics · Support" in shown
        assert "they have signed" in shown
        shown = await press(pilot, "enter")
        assert "The walk has moved on to Acme Logistics Support already." in shown
        assert "they have signed" in shown
        assert cell(desk, "acme", "Support").level == "orange"


def company_at(clock: Clock, store: MemoryStore) -> Desk:
    """Another desk of the same company."""
    from opsdesk import agendas
    from opsdesk.core.settings import Settings

    return Desk(store, clock, "tom", Settings(company="Northwind Systems"), lambda: agendas.read(None))


async def test_walked_flags_are_ticked_below_and_the_cursor_is_on_the_one_whose_turn_it_is(desk: Desk) -> None:
    meeting = at_flags(desk)
    home = app(desk, meeting.id)
    async with home.run_test(size=SIZE) as pilot:
        await press(pilot, "space")
        line = next(row for row in screen.text(home).splitlines() if "✓" in row and "Globex Delivery" in row)
        assert "discussed" in line
        assert home.screen.list.key == cell(desk, "acme", "Support").id


async def test_on_a_line_with_verbs_of_its_own_x_is_that_line_s(desk: Desk) -> None:
    meeting = at_flags(desk)
    action = desk.meetings.act(meeting.id, "Call Acme @tom fri")
    home = app(desk, meeting.id)
    async with home.run_test(size=SIZE) as pilot:
        await settle(pilot)
        home.screen.list.show(home.screen.list.rows, at=action.id)
        await settle(pilot)
        assert f"{action.id} done" in await press(pilot, "x")
        assert "▲ Globex · Delivery" in await press(pilot, "space", "pageup")


async def test_a_long_walk_is_not_quiet(desk: Desk, clock: Clock) -> None:
    meeting = at_flags(desk)
    clock.forward(minutes=61)
    desk.walk.discussed(meeting.id)
    clock.forward(minutes=29)
    home = app(desk, meeting.id)
    async with home.run_test(size=SIZE) as pilot:
        await settle(pilot)
        assert home.screen.quiet is None
        clock.forward(minutes=2)
        home.screen.tick()
        assert home.screen.quiet is not None


@pytest.mark.parametrize("size", [(80, 24), (120, 36), (200, 50)])
async def test_who_what_and_the_place_are_seen_at_every_size_and_behind_the_curtain_nothing(
    desk: Desk, size: tuple[int, int]
) -> None:
    meeting = at_flags(desk)
    async with app(desk, meeting.id).run_test(size=size) as pilot:
        shown = await settle(pilot)
        for words in (
            "▲ Globex · Delivery",
            "red 12 d",
            "not discussed yet",
            "1 of 3",
            "the date is broken",
            "exit",
            "Tom Reyes",
        ):
            assert words in shown
        assert "Globex" not in await press(pilot, "full_stop")


async def test_without_a_flag_the_section_is_one_as_any_other(clock: Clock) -> None:
    desk = company(clock)
    meeting = at_flags(desk)
    async with app(desk, meeting.id).run_test(size=SIZE) as pilot:
        assert "What makes it green again?" in await settle(pilot)
        assert "Closing" in await press(pilot, "space")
