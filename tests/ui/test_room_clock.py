"""What the Room warns of, and the key that answers it: late, long, capped, nobody in the chair."""

from __future__ import annotations

from datetime import timedelta

from opsdesk.core.clocks import view
from opsdesk.core.entries import Item
from opsdesk.core.meeting import Meeting
from opsdesk.desk import Desk
from opsdesk.ui.room.rail import agenda
from tests import screen
from tests.clock import START, Clock
from tests.ui.desks import app, company
from tests.ui.keyboard import press, say, settle

DAILY = "daily-operations-sync"
REVIEW = "escalation-review"
BIG = (120, 45)


def running(clock: Clock, slug: str = DAILY) -> tuple[Desk, Meeting]:
    desk = company(clock)
    return desk, desk.meetings.start(slug)


def footer(shown: str) -> str:
    return shown.splitlines()[-1].strip()


async def test_every_section_that_will_not_fit_is_named() -> None:
    clock = Clock()
    desk, meeting = running(clock)
    clock.forward(minutes=12)
    async with app(desk, meeting.id).run_test(size=BIG) as pilot:
        words = " ".join(line[:28].strip() for line in (await settle(pilot)).splitlines())
        assert "Delayed deliveries, Staffing will not fit" in words
        assert "- park the last" in words


async def test_past_the_planned_end_closing_comes_first() -> None:
    clock = Clock()
    desk, meeting = running(clock)
    clock.forward(minutes=21)
    async with app(desk, meeting.id).run_test(size=BIG) as pilot:
        shown = await settle(pilot)
        assert "Past the planned end" in shown
        assert footer(shown).startswith("c close")


async def test_the_footer_turns_to_closing_while_the_clock_runs() -> None:
    clock = Clock()
    desk, meeting = running(clock)
    home = app(desk, meeting.id)
    async with home.run_test(size=BIG) as pilot:
        assert footer(await settle(pilot)).startswith("space next")
        clock.forward(minutes=21)
        home.screen.tick()
        assert footer(await settle(pilot)).startswith("c close")


async def test_in_the_last_minutes_of_a_cap_space_leads_to_the_decisions() -> None:
    clock = Clock()
    desk, meeting = running(clock, REVIEW)
    clock.forward(minutes=56)
    async with app(desk, meeting.id).run_test(size=BIG) as pilot:
        shown = await settle(pilot)
        assert "Last 5 minutes" in shown
        assert "space to Decisions" in shown
        assert footer(shown).startswith("c close")
        shown = await press(pilot, "space")
        assert "▌ Decisions" in shown
        shown = await press(pilot, "plus")
        assert "last 5 minutes: capture, decide, close" in shown


async def test_past_the_cap_a_reason_is_one_key_away() -> None:
    clock = Clock()
    desk, meeting = running(clock, REVIEW)
    clock.forward(minutes=61)
    async with app(desk, meeting.id).run_test(size=BIG) as pilot:
        shown = await settle(pilot)
        assert "Past the hard cap" in shown
        assert "= say why it goes on" in shown
        shown = await press(pilot, "space")
        assert "next: past the hard cap" in shown
        await press(pilot, "equals_sign")
        await say(pilot, "the outage is still on")
        assert desk.read.get(Meeting, meeting.id).overrun == "the outage is still on"
        await press(pilot, "space")
        assert desk.meetings.view(meeting.id).section == 1


async def test_without_a_cap_there_is_no_reason_to_give() -> None:
    desk, meeting = running(Clock())
    async with app(desk, meeting.id).run_test(size=BIG) as pilot:
        await settle(pilot)
        assert "this meeting has no hard cap" in await press(pilot, "equals_sign")


async def test_a_late_start_is_told_and_the_length_kept_instead() -> None:
    desk = company(Clock())
    meeting = desk.meetings.start(DAILY, scheduled=START - timedelta(minutes=11))
    async with app(desk, meeting.id).run_test(size=BIG) as pilot:
        words = " ".join(line[:28].strip() for line in (await settle(pilot)).splitlines())
        assert "started 11 min late: end kept, sections shortened" in words
        shown = await press(pilot, "ctrl+p", *"keep", "space", *"the", "space", *"length", "enter")
        assert "the length is kept, planned to end 15:20" in shown
        assert desk.read.get(Meeting, meeting.id).sections[0].seconds == 300
        await press(pilot, "ctrl+p", *"keep", "space", *"the", "space", *"end", "enter")
        assert desk.read.get(Meeting, meeting.id).late == "end"


async def test_when_the_chair_is_missing_the_deputy_is_one_command_away() -> None:
    desk, meeting = running(Clock())
    desk.meetings.attend(meeting.id, meeting.chair, "absent")
    async with app(desk, meeting.id).run_test(size=BIG) as pilot:
        shown = await settle(pilot)
        assert "The chair is not here" in shown
        assert "to Ed Novak, the deputy" in shown
        shown = await press(pilot, "ctrl+p", *"deputy", "enter")
        assert "Ed Novak has the chair · z undoes" in shown
        assert desk.read.get(Meeting, meeting.id).chair == "ed"


async def test_without_a_quorum_adjourning_is_offered() -> None:
    desk, meeting = running(Clock())
    for who in ("tom", "ana", "ed"):
        desk.meetings.leave(meeting.id, who)
    async with app(desk, meeting.id).run_test(size=BIG) as pilot:
        shown = await settle(pilot)
        assert "No quorum: 1 of 2" in shown
        assert "ctrl+p adjourn" in shown


async def test_who_takes_the_chair_is_named_and_who_has_left_cannot() -> None:
    desk, meeting = running(Clock())
    desk.meetings.leave(meeting.id, "ana")
    async with app(desk, meeting.id).run_test(size=BIG) as pilot:
        await press(pilot, "ctrl+p", *"hand", "space", *"over", "space", *"the", "space", *"chair", "enter")
        shown = await say(pilot, "@ana")
        assert "Ana Lima is not in the room." in shown
        shown = await say(pilot, "@tom")
        assert "Tom Reyes has the chair · z undoes" in shown


async def test_two_minutes_say_whose_they_were_and_what_undo_takes_back() -> None:
    desk, meeting = running(Clock())
    async with app(desk, meeting.id).run_test(size=BIG) as pilot:
        shown = await press(pilot, "plus")
        assert "2 minutes from Staffing · z undoes" in shown
        assert "undo 2 minutes" in footer(shown)


async def test_parking_sections_from_the_end_and_the_one_we_are_in() -> None:
    desk, meeting = running(Clock())
    async with app(desk, meeting.id).run_test(size=BIG) as pilot:
        assert "Staffing is parked" in await press(pilot, "minus")
        assert "Delayed deliveries is parked" in await press(pilot, "minus")
        shown = await press(pilot, "ctrl+p", *"park", "space", *"this", "enter")
        assert "Burning issues is parked" in shown
        parked = [section.parked for section in desk.read.get(Meeting, meeting.id).sections]
        assert parked == [True, False, False, True, True]


async def test_an_agenda_item_is_on_the_agenda_and_not_parked() -> None:
    desk, meeting = running(Clock())
    async with app(desk, meeting.id).run_test(size=BIG) as pilot:
        await press(pilot, "ctrl+p", *"agenda", "space", *"item", "enter")
        await say(pilot, "The new pager")
        assert "on the agenda" in screen.line(pilot.app, "The new pager")
        assert "parked" not in screen.text(pilot.app)
        assert desk.read.all(Item)[0].parked_in == ""


async def test_what_is_over_is_told_as_over() -> None:
    clock = Clock()
    desk = company(clock)
    meeting = desk.meetings.start("daily-operations-sync")
    clock.forward(minutes=25)
    async with app(desk, meeting.id).run_test(size=(120, 45)) as pilot:
        shown = (await settle(pilot)).splitlines()[0]
        assert "5:00 over 20   ends" in shown
        assert "left of" not in shown


def test_the_figure_of_a_section_that_is_over_is_red() -> None:
    desk = company(Clock())
    meeting = desk.meetings.start("daily-operations-sync")
    for spent, role in ((5, "accent!"), (25, "red")):
        rows = agenda(meeting, view(meeting, START + timedelta(minutes=spent)), 30)
        assert rows[2][-1].role == role, spent


async def test_a_reason_does_not_outlive_the_command_it_was_given_for() -> None:
    desk, meeting = running(Clock())
    async with app(desk, meeting.id).run_test(size=BIG) as pilot:
        for keys in (("a", "escape"), ("ctrl+p", "escape", "question_mark", "escape"), ("i", "escape")):
            await press(pilot, "x")
            pilot.app.front.say("done: the line under the cursor is gone", "orange")
            await pilot.pause()
            assert "under the cursor is gone" in screen.text(pilot.app)
            assert "under the cursor is gone" not in await press(pilot, *keys), keys
