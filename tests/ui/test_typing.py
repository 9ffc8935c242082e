"""What is typed into the bar: what it answers, what it offers, what is kept."""

from __future__ import annotations

import pytest

from opsdesk.core.actions import Action
from opsdesk.core.people import Person
from opsdesk.ui.widgets.capture_bar import CaptureBar
from tests.ui.desks import app, company
from tests.ui.keyboard import on_line, press, say, settle

SIZE = (120, 36)


@pytest.mark.parametrize(
    ("typed", "past", "takes", "then"),
    [
        ("Fix it 19 nov", "Thu 19 Nov", "Fri 19 Nov 2027", "Fix it 2027-11-19"),
        ("Fix it due:19.11. soon", "Thu 19 Nov", "Fri 19 Nov 2027", "Fix it due:2027-11-19 soon"),
        ("Fix it 2026-11-01", "Sun 1 Nov", "Mon 30 Nov", "Fix it 2026-11-30"),
    ],
)
async def test_a_past_date_is_asked_about_and_another_is_offered(typed: str, past: str, takes: str, then: str) -> None:
    desk = company()
    async with app(desk).run_test(size=SIZE) as pilot:
        await press(pilot, "a")
        shown = await say(pilot, typed, then="")
        assert f"{past} is past   ctrl+t takes {takes}   ctrl+o keeps it" in shown
        await press(pilot, "ctrl+t")
        assert pilot.app.screen.query_one(CaptureBar).input.value == then
        await press(pilot, "enter")
        assert [str(each.due) for each in desk.read.all(Action)] == [then.split()[2].removeprefix("due:")]


async def test_who_promised_is_created_where_nobody_has_the_name() -> None:
    desk = company()
    async with app(desk).run_test(size=SIZE) as pilot:
        await press(pilot, "a")
        shown = await say(pilot, "Send it @dan fri !dan", then="")
        assert "promised" in shown
        assert "!dan is not known ctrl+o creates it" in shown
        shown = await press(pilot, "ctrl+o")
        assert [person.name for person in desk.read.all(Person)][-2:] == ["Ed Novak", "Dan"]
        await press(pilot, "enter")
        made = desk.read.get(Action, "A-1")
        assert (made.title, made.owner, made.promise, made.told and made.told.by) == ("Send it", "dan", True, "dan")


@pytest.mark.parametrize(
    ("typed", "on", "until"),
    [
        ("legal until next fri", "legal", "2026-12-04"),
        ("@tom till 27 nov", "tom", "2026-11-27"),
        ("their #1 guy, until fri", "their #1 guy", "2026-11-27"),
        ("Globex", "Globex", "None"),
    ],
)
async def test_whom_an_action_waits_on_and_until_when(typed: str, on: str, until: str) -> None:
    desk = company()
    desk.actions.capture("Restore the EU pool @sue 20 nov", past_ok=True)
    async with app(desk).run_test(size=SIZE) as pilot:
        await on_line(pilot, "A-1")
        await press(pilot, "w")
        await say(pilot, typed)
        waits = desk.read.get(Action, "A-1")
        assert (waits.waiting_on, str(waits.wait_until)) == (on, until)


@pytest.mark.parametrize(("slug", "said"), [("", True), ("company-friday", False)])
async def test_a_start_past_the_limit_is_taken_and_said_to_the_team_only(slug: str, said: bool) -> None:
    desk = company()
    for _ in range(4):
        made = desk.actions.capture("Call Acme @tom today !")
    for number in range(1, 4):
        desk.actions.start(f"A-{number}")
    if slug:
        desk.meetings.start(slug)
    shown = app(desk)
    async with shown.run_test(size=SIZE) as pilot:
        await settle(pilot)
        if slug:
            await press(pilot, "1")
        await on_line(pilot, made.id)
        told = await press(pilot, "s")
        assert "A-4 started" in told
        assert ("Tom Reyes has 4 started of 3 · z undoes" in told) == said
        assert desk.read.get(Action, "A-4").state == "started"


async def test_of_two_owners_the_bar_says_which_counts() -> None:
    async with app(company()).run_test(size=SIZE) as pilot:
        await press(pilot, "a")
        shown = await say(pilot, "Ask @tom #acme @sue #globex fri", then="")
        assert "two owners: Sue Park counts, @tom is text" in shown
        assert "two customers: Globex counts, #acme is text" in shown


async def test_before_a_customer_a_second_one_is_not_named() -> None:
    desk = company()
    meeting = desk.meetings.start("customer-status-call", customer="acme")
    async with app(desk, meeting.id).run_test(size=SIZE) as pilot:
        await press(pilot, "a")
        shown = await say(pilot, "Ask #acme #glob fri", then="")
        assert "two customers: another customer's counts, #acme is text" in shown
        shown = await say(pilot, "Ask #glob #acme fri", then="")
        assert "two customers: Acme Logistics counts, #glob is text" in shown
        assert "Globex" not in shown


async def test_what_is_typed_on_to_a_line_is_a_word_of_its_own() -> None:
    desk = company()
    meeting = desk.meetings.start("daily-operations-sync")
    async with app(desk, meeting.id).run_test(size=SIZE) as pilot:
        await press(pilot, "a")
        await say(pilot, "Call Acme #acme fri")
        await press(pilot, "escape", "enter")
        bar = pilot.app.screen.query_one(CaptureBar)
        assert (bar.input.value, bar.input.cursor_position) == ("Call Acme  #acme 2026-11-27", len("Call Acme "))
        shown = await press(pilot, "end", "space", *"eow")
        assert "two dates: Fri 27 Nov counts, 2026-11-27 is text" in shown
        await press(pilot, *["backspace"] * 3, *"@tom", "enter")
        kept = desk.read.get(Action, "A-1")
        assert (kept.title, kept.owner, str(kept.due)) == ("Call Acme", "tom", "2026-11-27")
