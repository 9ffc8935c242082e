"""Today at three sizes: what it shows, what the cursor opens, what an empty desk says."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest
from msgspec.structs import replace
from textual.pilot import Pilot

from opsdesk.core.actions import Action
from opsdesk.desk import Desk
from opsdesk.minutes import FORMATS
from opsdesk.ui.app import OpsDesk
from opsdesk.ui.screens.room import Room
from opsdesk.ui.screens.today import Today
from tests import screen
from tests.clock import START, Clock
from tests.ui.desks import app, company
from tests.ui.keyboard import press, settle

SIZES = [(80, 24), (120, 36), (200, 50)]
HOSTILE = "[EMEA] Ünïcode 日本 [/x] \u202e\x1b[31mred [bold]"


@asynccontextmanager
async def opened(desk: Desk, size: tuple[int, int] = (120, 36)) -> AsyncIterator[tuple[OpsDesk, Pilot[None]]]:
    shown = app(desk)
    async with shown.run_test(size=size) as pilot:
        await settle(pilot)
        yield shown, pilot


def busy(clock: Clock | None = None) -> Desk:
    """Two broken promises, one for today, one kept today."""
    clock = clock or Clock()
    desk = company(clock)
    clock.forward(days=-7)
    for text in ("Import the price lists @tom #acme fri !", "Ship the adapter @tom wed !", "Rotate the keys @ana tue"):
        desk.actions.capture(text)
    clock.forward(days=7)
    desk.actions.capture("Answer Globex on single sign-on @sue #globex today !")
    desk.actions.done(desk.actions.capture("Export for Acme @ana #acme today !").id)
    return desk


@pytest.mark.parametrize("size", SIZES)
async def test_today_shows_its_blocks_in_the_order_of_harm(size: tuple[int, int]) -> None:
    async with opened(busy(), size) as (shown, _):
        assert screen.line(shown, "Northwind Systems").endswith("15:00")
        assert "Monday 23 November" in screen.text(shown)
        assert "16:30     Daily Operations Sync" in screen.text(shown)
        assert "in 1 h 30" in screen.line(shown, "Daily Operations Sync")
        assert (
            screen.row(shown, "Ship the adapter") < screen.row(shown, "Import the price") < screen.row(shown, "Rotate")
        )
        assert "broken Wed" in screen.line(shown, "Ship the adapter")
        assert "overdue 6 d" in screen.line(shown, "Rotate the keys")


@pytest.mark.parametrize("size", SIZES[1:])
async def test_a_promise_for_today_stands_open_or_with_its_tick(size: tuple[int, int]) -> None:
    async with opened(busy(), size) as (shown, _):
        assert "◆ A-4" in screen.line(shown, "Answer Globex")
        assert "✓ A-5" in screen.line(shown, "Export for Acme")


async def test_a_small_screen_scrolls_to_everything() -> None:
    async with opened(busy(), (80, 24)) as (shown, pilot):
        assert "KEPT PROMISES" not in screen.text(shown)
        shown.screen.query_one("#list").scroll_end(animate=False, immediate=True)
        await pilot.pause()
        assert "KEPT PROMISES" in screen.text(shown)
        assert "0 % of 2 in 8 weeks" in screen.text(shown)


@pytest.mark.parametrize("size", SIZES)
async def test_no_line_is_wider_than_the_screen(size: tuple[int, int]) -> None:
    desk = busy()
    desk.actions.capture("x" * 500 + " @tom today !")
    async with opened(desk, size) as (shown, _):
        assert {strip.cell_length for strip in screen.strips(shown)} == {size[0]}


@pytest.mark.parametrize("size", SIZES)
async def test_hostile_names_are_shown_as_text(size: tuple[int, int]) -> None:
    clock = Clock()
    desk = company(clock)
    desk.people.add(HOSTILE, "Operations", handle="odd")
    clock.forward(days=-7)
    desk.actions.capture(f"{HOSTILE} @odd fri !")
    clock.forward(days=7)
    async with opened(desk, size) as (shown, _):
        assert "[EMEA] Ünïcode 日本" in screen.text(shown)
        assert not {"\x1b", "\u202e"} & set(screen.text(shown))


async def test_an_empty_desk_says_what_to_do_next() -> None:
    async with opened(company()) as (shown, _):
        words = screen.text(shown)
        for wanted in (
            "Nothing burns.",
            "An ! at the end of an action",
            "m starts the next one.",
            "No promise was due",
        ):
            assert wanted in words


async def test_without_any_meeting_it_says_how_to_switch_one_on() -> None:
    desk = company()
    for slug in desk.agendas:
        if desk.cadence.is_on(slug):
            desk.cadence.switch(slug, False)
    async with opened(desk) as (shown, pilot):
        assert "No meeting is switched on." in screen.text(shown)
        await pilot.press("m")
        assert "which meetings we hold" in screen.line(shown, "ctrl+p")


async def test_a_running_meeting_comes_first_and_enter_returns_to_it() -> None:
    clock = Clock()
    desk = company(clock)
    meeting = desk.meetings.start("daily-operations-sync")
    clock.forward(minutes=40)
    async with opened(desk) as (shown, pilot):
        shown.do_today()
        await settle(pilot)
        assert isinstance(shown.screen, Today)
        assert screen.row(shown, "Daily Operations Sync #1") < screen.row(shown, "Customer Success")
        assert "running since 15:00: Enter returns to it" in screen.text(shown)
        await pilot.press("enter")
        await settle(pilot)
        assert isinstance(shown.screen, Room)
        assert shown.screen.meeting_id == meeting.id


async def test_enter_on_a_meeting_starts_it() -> None:
    desk = company()
    async with opened(desk) as (shown, pilot):
        await pilot.press("enter")
        await settle(pilot)
        assert isinstance(shown.screen, Room)
    assert [each.agenda for each in desk.meetings.running()] == ["daily-operations-sync"]


async def test_m_starts_the_meeting_under_the_cursor() -> None:
    desk = company(Clock(START.replace(hour=8)))
    async with opened(desk) as (shown, pilot):
        await pilot.press("down", "m")
        await settle(pilot)
        assert isinstance(shown.screen, Room)
    assert [each.agenda for each in desk.meetings.running()] == ["daily-operations-sync"]


async def test_m_takes_back_to_the_meeting_that_is_on_wherever_the_cursor_stands() -> None:
    desk = company()
    meeting = desk.meetings.start("daily-operations-sync")
    async with opened(desk) as (shown, pilot):
        shown.do_today()
        await settle(pilot)
        for _ in range(2):
            await pilot.press("down", "m")
            await settle(pilot)
            assert isinstance(shown.screen, Room)
            assert shown.screen.meeting_id == meeting.id
            shown.do_today()
            await settle(pilot)
    assert [each.id for each in desk.meetings.running()] == [meeting.id]


async def test_a_second_meeting_is_refused_until_it_is_asked_for_by_name() -> None:
    desk = company(Clock(START.replace(hour=8)))
    desk.meetings.start("daily-operations-sync", scheduled=START.replace(hour=16, minute=30))
    async with opened(desk) as (shown, pilot):
        shown.do_today()
        await settle(pilot)
        await pilot.press("down")
        assert shown.screen.list.key == "meet/0"
        await pilot.press("enter")
        await settle(pilot)
        said = "Daily Operations Sync is running: 5 returns to it; close it first, or ctrl+p, start beside it."
        assert said in screen.text(shown)
        assert len(desk.meetings.running()) == 1
        shown.screen.run_command("start_beside")
        await settle(pilot)
        assert isinstance(shown.screen, Room)
    assert [each.agenda for each in desk.meetings.running()] == ["daily-operations-sync", "customer-success"]


@pytest.mark.parametrize("key", ["enter", "m"])
async def test_a_meeting_of_another_day_does_not_start_by_itself(key: str) -> None:
    desk = company()
    async with opened(desk) as (shown, pilot):
        await pilot.press("down")
        await pilot.press(key)
        await settle(pilot)
        said = "Customer Success is on Mon 30 Nov 09:30. ctrl+p, start it now, holds it today instead."
        assert said in screen.text(shown)
    assert desk.meetings.running() == ()


async def test_m_without_a_meeting_under_the_cursor_takes_the_next_one_only_today() -> None:
    desk = busy(Clock(START.replace(hour=18)))
    async with opened(desk) as (shown, pilot):
        await pilot.press("l", "m")
        await settle(pilot)
        assert shown.screen.list.key.startswith("burns/")
        assert "Daily Operations Sync is on Tue 24 Nov 16:30." in screen.text(shown)
    assert desk.meetings.running() == ()


async def test_a_meeting_held_early_takes_the_place_of_the_planned_one() -> None:
    clock = Clock()
    desk = company(clock)
    planned = desk.cadence.next("customer-success", clock.now)
    async with opened(desk) as (shown, pilot):
        await pilot.press("down")
        shown.screen.run_command("start_now")
        await settle(pilot)
        assert isinstance(shown.screen, Room)
        (meeting,) = desk.meetings.running()
        assert planned is not None
        assert meeting.scheduled == planned.start
        assert desk.meetings.view(meeting.id).planned_end == clock.now + timedelta(minutes=60)
        clock.forward(minutes=58)
        desk.meetings.close(meeting.id)
        shown.do_today()
        await settle(pilot)
        assert "7 Dec     Customer Success" in screen.text(shown)
        assert "30 Nov" not in screen.text(shown)
    printed = FORMATS["txt"].render(desk.minutes.of(meeting.id).minutes).split()
    assert "held 7 days early, ended 2 min early" in " ".join(printed)


async def test_a_meeting_started_hours_before_its_time_today_is_today_s() -> None:
    desk = company(Clock(START.replace(hour=9)))
    async with opened(desk) as (shown, pilot):
        await pilot.press("down", "enter")
        await settle(pilot)
        shown.do_today()
        await settle(pilot)
        assert "Tue 16:30 Daily Operations Sync" in screen.text(shown)
    (meeting,) = desk.meetings.running()
    assert meeting.scheduled == START.replace(hour=16, minute=30)


async def test_today_says_what_became_of_the_meeting_that_was_on() -> None:
    clock = Clock()
    desk = company(clock)
    async with opened(desk) as (shown, pilot):
        await pilot.press("enter")
        await settle(pilot)
        clock.forward(minutes=5)
        desk.meetings.close(desk.meetings.running()[0].id)
        shown.do_today()
        await settle(pilot)
        assert "Daily Operations Sync #1 closed as a draft" in screen.text(shown)
        assert " is on" not in screen.text(shown)


def left_of(shown: OpsDesk) -> str:
    """The left column of a screen of 120 cells."""
    return "".join(f"{line[:48].rstrip()}\n" for line in screen.lines(shown))


async def test_a_forgotten_meeting_asks_to_be_closed_and_enter_opens_its_room() -> None:
    clock = Clock()
    desk = company(clock)
    meeting = desk.meetings.start("daily-operations-sync")
    clock.forward(minutes=90)
    async with opened(desk) as (shown, pilot):
        assert isinstance(shown.screen, Today)
        assert "  quiet since 15:00\n" in left_of(shown)
        assert "  Enter: close it at that time?\n" in left_of(shown)
        await pilot.press("enter")
        await settle(pilot)
        assert isinstance(shown.screen, Room)
        assert shown.screen.meeting_id == meeting.id


def with_secrets(clock: Clock) -> Desk:
    """What no customer may read: other customers, figures about people, what the team decided."""
    desk = company(clock)
    desk.people.add_customer("Aperture Optics", onboarding=True)
    desk.people.add_customer("Soylent Foods", onboarding=True)
    desk.cadence.switch("customer-status-call", True)
    clock.forward(days=-7)
    for text in ("Adapter for Aperture #aperture @tom fri !", "Price lists #acme @tom fri !", "Audit @ana wed"):
        desk.actions.capture(text)
    internal = desk.meetings.start("daily-operations-sync")
    desk.meetings.decide(internal.id, "Soylent waits until January")
    desk.meetings.close(internal.id)
    clock.forward(days=7)
    desk.actions.capture("Answer Soylent #soylent @sue today !")
    return desk


SECRETS = ("acme", "soylent", "price lists", "audit", "constraint", "kept", "nothing ready", "daily operations")


def secrets(shown: OpsDesk) -> list[str]:
    """Those that stand anywhere on the screen, or on it further down."""
    rows = "".join(piece.text for row in shown.screen.list.rows for piece in row.across)
    return [word for word in SECRETS if word in (rows + screen.text(shown)).lower()]


@pytest.mark.parametrize("size", SIZES)
async def test_while_a_customer_is_in_the_room_today_shows_only_what_is_theirs(size: tuple[int, int]) -> None:
    clock = Clock()
    desk = with_secrets(clock)
    async with opened(desk, size) as (shown, pilot):
        assert "Acme" in screen.text(shown) or "Price lists" in screen.text(shown)
        meeting = desk.meetings.start("customer-status-call", customer="aperture")
        shown.screen.read()()
        shown.screen.redraw()
        assert secrets(shown) == []  # at once, before what happened is read again
        shown.publish()
        await settle(pilot)
        shown.screen.query_one("#list").scroll_home(animate=False, immediate=True)
        await pilot.pause()
        words = screen.text(shown)
        assert "Aperture Optics is in the room:" in words
        assert "Adapter for Aperture" in words
        assert secrets(shown) == []
        desk.meetings.adjourn(meeting.id, "They had to go")
        shown.publish()
        await settle(pilot)
        assert secrets(shown) == []  # they may still be looking
        assert "in the room" not in await press(pilot, "1")


async def test_with_two_customers_in_the_room_nothing_of_either_is_shown() -> None:
    clock = Clock()
    desk = with_secrets(clock)
    async with opened(desk) as (shown, pilot):
        desk.meetings.start("customer-status-call", customer="aperture")
        desk.meetings.start("customer-status-call", customer="soylent")
        shown.publish()
        await settle(pilot)
        assert "Two customers are in the room" in screen.text(shown)
        assert secrets(shown) == []
        assert "Aperture" not in screen.text(shown)


async def test_before_the_whole_company_today_has_no_figures_about_persons() -> None:
    clock = Clock()
    desk = with_secrets(clock)
    async with opened(desk, (200, 50)) as (shown, pilot):
        assert "Tom Reyes" in screen.text(shown)
        desk.meetings.start("company-friday")
        shown.publish()
        await settle(pilot)
        words = screen.text(shown)
        assert "The whole company is in the room: no figures about single persons" in words
        assert "Price lists" in words
        assert not [word for word in ("CONSTRAINT", "nothing ready", "Tom Reyes", "Ana Lima") if word in words]


async def test_before_anybody_has_open_actions_there_is_no_constraint() -> None:
    async with opened(company()) as (shown, _):
        assert "No constraint yet: nobody has open actions." in screen.text(shown)
        assert "nothing ready for" not in screen.text(shown)


async def test_one_cursor_walks_down_one_column_and_on_into_the_next() -> None:
    async with opened(busy()) as (shown, pilot):
        seen = [shown.screen.list.key]
        for _ in range(4):
            await pilot.press("j")
            seen.append(shown.screen.list.key)
        assert seen == ["meet/0", "meet/1", "meet/2", "burns/A-2", "burns/A-1"]
        await pilot.press("h")
        assert shown.screen.list.key == "meet/0"
        await pilot.press("l")
        assert shown.screen.list.key == "burns/A-2"


async def test_a_click_finds_the_line_in_its_column() -> None:
    async with opened(busy()) as (shown, pilot):
        await pilot.click("#list", offset=(70, screen.row(shown, "Rotate the keys") - 1))
        assert shown.screen.list.key == "burns/A-3"


async def test_a_click_only_selects_and_two_open() -> None:
    desk = company()
    async with opened(desk) as (shown, pilot):
        at = (10, screen.row(shown, "16:30     Daily") - 1)
        await pilot.click("#list", offset=at)
        await settle(pilot)
        assert isinstance(shown.screen, Today)
        assert desk.meetings.running() == ()
        await pilot.click("#list", offset=at, times=2)
        await settle(pilot)
        assert isinstance(shown.screen, Room)


async def test_the_rest_of_a_long_list_opens_in_its_place() -> None:
    clock = Clock()
    desk = company(clock)
    clock.forward(days=-7)
    for number in range(40):
        desk.actions.capture(f"Old work {number:02} tomorrow")
    clock.forward(days=7)
    async with opened(desk) as (shown, pilot):
        more = next(row.key for row in shown.screen.list.rows if row.key.startswith("more/"))
        shown.screen.list.show(shown.screen.list.rows, at=more)
        await pilot.press("enter")
        await pilot.pause()
        keys = [row.key for row in shown.screen.list.rows]
        assert sum(key.startswith("burns/") for key in keys) == 40
        assert more not in keys


async def test_another_desk_is_seen_and_the_cursor_stays_with_its_line() -> None:
    desk = busy()
    async with opened(desk) as (shown, pilot):
        await pilot.press("l", "down")
        assert shown.screen.list.key == "burns/A-1"
        desk.actions.done("A-2")
        shown.publish()
        await settle(pilot)
        assert "Ship the adapter" not in screen.text(shown)
        assert shown.screen.list.key == "burns/A-1"


async def test_since_the_last_meeting_is_counted_after_it_has_closed() -> None:
    clock = Clock()
    desk = busy(clock)
    meeting = desk.meetings.start("daily-operations-sync")
    clock.forward(minutes=10)
    desk.meetings.close(meeting.id)
    clock.forward(hours=1)
    desk.actions.done("A-1", "A-2")
    desk.scores.set("globex", "Support", "red", "Login is slow")
    async with opened(desk) as (shown, _):
        assert "SINCE TODAY'S DAILY OPERATIONS SYNC" in screen.text(shown)
        assert "2 done" in screen.text(shown)
        assert "Globex Support · → ▲" in screen.text(shown)


async def test_the_clock_moves_what_is_ahead_and_says_when_a_meeting_is_late() -> None:
    clock = Clock()
    async with opened(company(clock)) as (shown, pilot):
        clock.forward(minutes=100)
        shown.screen.tick()
        await pilot.pause()
        assert "10 min late" in screen.line(shown, "Daily Operations Sync")
        assert screen.line(shown, "Northwind").endswith("16:40")


async def test_a_meeting_is_skipped_with_a_reason() -> None:
    desk = company()
    async with opened(desk) as (shown, pilot):
        shown.screen.run_command("skip_meeting")
        shown.screen.bar.input.value = "Everybody is at the fair"
        await pilot.press("enter")
        await settle(pilot)
        assert "16:30     Daily" not in screen.text(shown)
        assert "Tue 16:30 Daily Operations Sync" in screen.text(shown)


async def test_agendas_are_switched_on_from_their_list() -> None:
    desk = company()
    async with opened(desk) as (shown, pilot):
        shown.screen.run_command("meetings")
        await settle(pilot)
        assert "● on" in screen.line(shown, "Daily Operations Sync  ")
        shown.screen.query_one("#sheet-list").show(shown.screen.query_one("#sheet-list").rows, at="company-friday")
        await pilot.press("space")
        await settle(pilot)
        assert "● on" in screen.line(shown, "Company Friday")
    assert desk.cadence.is_on("company-friday")


async def test_undo_brings_a_line_back() -> None:
    desk = busy()
    desk.actions.done("A-2")
    async with opened(desk) as (shown, pilot):
        assert "Ship the adapter" not in screen.text(shown)
        await pilot.press("z")
        await settle(pilot)
        assert "Ship the adapter" in screen.text(shown)


async def test_the_verbs_of_a_line_work_here_too() -> None:
    desk = busy()
    async with opened(desk) as (shown, pilot):
        await pilot.press("l", "x")
        await settle(pilot)
        assert "Ship the adapter" not in screen.text(shown)
    assert desk.read.get(Action, "A-2").state == "done"


async def test_the_line_under_the_cursor_is_told_in_full_below() -> None:
    clock = Clock()
    desk = company(clock)
    clock.forward(days=-7)
    desk.actions.capture("Import the price lists of all three warehouses before the sale begins @tom #acme fri !")
    clock.forward(days=7)
    async with opened(desk) as (shown, pilot):
        assert "warehouses before the sale begins" not in screen.text(shown)
        await pilot.press("l")
        await pilot.pause()
        rest = screen.line(shown, "warehouses before the sale begins")
        assert "sale begins   Tom Reyes   Acme Logistics" in rest


async def test_a_meeting_is_started_while_what_meets_next_is_still_being_read() -> None:
    async with opened(busy()) as (shown, pilot):
        today = shown.front
        assert isinstance(today, Today)
        today._ahead, today.view = today.desk.cadence.upcoming(), replace(today.view, next=None)  # noqa: SLF001
        today.start_meeting()
        await settle(pilot)
        assert isinstance(shown.front, Room)
