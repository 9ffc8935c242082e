"""The closing gate: of a running meeting, of a quiet one, of a draft."""

from __future__ import annotations

from datetime import timedelta

import pytest
from textual.pilot import Pilot

from opsdesk.core.actions import Action
from opsdesk.core.entries import Item
from opsdesk.core.meeting import Meeting
from opsdesk.core.scores import Score
from opsdesk.desk import Desk
from opsdesk.ui.widgets.capture_bar import CaptureBar
from tests import screen
from tests.clock import START, Clock
from tests.ui.desks import app, company
from tests.ui.keyboard import press, say, settle

DAILY = "daily-operations-sync"
BIG = (120, 45)


def running(clock: Clock, slug: str = DAILY) -> tuple[Desk, Meeting]:
    desk = company(clock)
    return desk, desk.meetings.start(slug)


async def test_escape_and_q_go_back_to_the_last_section() -> None:
    desk, meeting = running(Clock())
    async with app(desk, meeting.id).run_test(size=BIG) as pilot:
        for key in ("escape", "q"):
            await press(pilot, "c")
            shown = await press(pilot, key)
            assert desk.read.get(Meeting, meeting.id).closing is None
            assert "▌ Burning issues" in shown
            assert "space next" in shown


async def test_a_second_desk_sees_only_what_was_said_and_how_to_close() -> None:
    desk, meeting = running(Clock())
    desk.actions.capture("Restore the EU pool @tom 20 nov 2026", past_ok=True)
    desk.meetings.note(meeting.id, "all quiet")
    desk.meetings.open_closing(meeting.id)
    async with app(desk, meeting.id).run_test(size=BIG) as pilot:
        shown = await settle(pilot)
        assert "all quiet" in shown
        assert "Restore the EU pool" not in shown
        footer = shown.splitlines()[-1]
        assert footer.strip().startswith("c close")
        assert "next" not in footer


async def test_a_quiet_meeting_closes_when_it_was_last_heard_of() -> None:
    clock = Clock()
    desk, meeting = running(clock)
    desk.meetings.outcome(meeting.id)
    clock.forward(minutes=75)
    async with app(desk, meeting.id).run_test(size=BIG) as pilot:
        shown = await settle(pilot)
        assert "Quiet since 15:00" in shown
        assert "c close it at 15:00" in shown
        assert shown.splitlines()[-1].strip().startswith("c close")
        shown = await press(pilot, "c")
        assert "Closes at 15:00, when it was last heard of." in shown
        assert "closes at 15:00" in shown.splitlines()[0]
        await press(pilot, "escape", "c", "enter")
        assert desk.read.get(Meeting, meeting.id).ended == START


async def test_a_quiet_meeting_closes_as_of_now_where_that_is_meant() -> None:
    clock = Clock()
    desk, meeting = running(clock)
    clock.forward(minutes=75)
    async with app(desk, meeting.id).run_test(size=BIG) as pilot:
        await press(pilot, "c")
        await press(pilot, "equals_sign")
        shown = await say(pilot, "nobody came")
        assert "Closes at 15:00, when it was last heard of." in shown
        assert "+ close as of now" in shown.splitlines()[-1]
        await press(pilot, "plus")
        assert desk.read.get(Meeting, meeting.id).ended == clock.now


async def test_what_a_draft_owes_is_settled_where_it_stands() -> None:
    desk, meeting = running(Clock())
    desk.meetings.close(meeting.id)
    home = app(desk)
    async with home.run_test(size=BIG) as pilot:
        await settle(pilot)
        home.settle_draft(meeting.id)
        shown = await settle(pilot)
        assert "Settling  Daily Operations Sync #1" in shown
        assert "STILL OWED   = gives it, b lets it go" in shown
        assert "enter make final" in shown.splitlines()[-1]
        shown = await press(pilot, "enter")
        assert "Burning issues has no outcome." in shown
        assert desk.read.get(Meeting, meeting.id).state == "draft"
        await press(pilot, "equals_sign")
        shown = await say(pilot, "quiet since Friday")
        assert "Enter makes the minutes final." in shown
        await press(pilot, "enter")
        assert desk.read.get(Meeting, meeting.id).state == "closed"
        assert not desk.minutes.of(meeting.id).minutes.draft


async def test_leaving_the_gate_of_a_draft_changes_nothing() -> None:
    desk, meeting = running(Clock())
    draft = desk.meetings.close(meeting.id)
    home = app(desk)
    async with home.run_test(size=BIG) as pilot:
        await settle(pilot)
        home.settle_draft(meeting.id)
        await press(pilot, "escape")
        assert desk.read.get(Meeting, meeting.id) == draft


async def test_an_exit_criterion_is_asked_for_with_owner_and_plan() -> None:
    desk, meeting = running(Clock(), "customer-success")
    desk.scores.set("globex", "Delivery", "red", "two weeks late")
    async with app(desk, meeting.id).run_test(size=BIG) as pilot:
        await press(pilot, "c")
        shown = await press(pilot, "equals_sign")
        assert "exit criterion of Globex Delivery" in shown
        assert "@owner  plan date" in shown
        shown = await say(pilot, "@tom fri", then="")
        assert "exit criterion? · Tom Reyes · plan Fri 27 Nov" in shown
        shown = await press(pilot, "enter")
        assert "its exit criterion is still owed" in shown
        assert desk.read.all(Score)[0].exit == ""
        await press(pilot, "equals_sign")
        await say(pilot, "no ticket older than a day")
        score = desk.read.all(Score)[0]
        assert (score.exit, score.owner, str(score.plan)) == ("no ticket older than a day", "tom", "2026-11-27")
        assert "Globex Delivery is red" not in screen.text(pilot.app)


async def test_an_unknown_owner_of_a_flag_is_asked_about_and_not_kept_as_words() -> None:
    desk, meeting = running(Clock(), "customer-success")
    desk.scores.set("globex", "Delivery", "red", "two weeks late")
    async with app(desk, meeting.id).run_test(size=BIG) as pilot:
        await press(pilot, "c", "equals_sign")
        shown = await say(pilot, "a quiet week @zed")
        assert "@zed is not known." in shown
        assert desk.read.all(Score)[0].exit == ""


async def test_the_bar_names_what_an_action_or_a_section_lacks() -> None:
    desk, meeting = running(Clock())
    desk.meetings.act(meeting.id, "Nobody's task nodate")
    desk.meetings.next(meeting.id)
    async with app(desk, meeting.id).run_test(size=BIG) as pilot:
        await press(pilot, "c")
        assert "owner and date of A-1" in await press(pilot, "equals_sign")
        await press(pilot, "escape", "down")
        assert "owner and date of A-1" in await press(pilot, "equals_sign")
        await press(pilot, "escape", "down")
        assert "outcome of Service outages" in await press(pilot, "equals_sign")


@pytest.mark.parametrize(
    ("lacks", "asked", "typed", "owner", "due"),
    [
        ("Fix it fri", "owner of A-1", "@tom", "tom", "2026-11-27"),
        ("Fix it fri", "owner of A-1", "Tom Reyes", "tom", "2026-11-27"),
        ("Fix it @sue nodate", "date of A-1", "tomorrow", "sue", "2026-11-24"),
        ("Fix it nodate", "owner and date of A-1", "@tom eow", "tom", "2026-11-27"),
        ("Fix it nodate", "owner and date of A-1", "tom fri", "tom", "2026-11-27"),
        ("Fix it nodate", "owner and date of A-1", "@tom", "tom", "None"),
        ("Fix it nodate", "owner and date of A-1", "fri", "", "2026-11-27"),
    ],
)
async def test_only_what_an_action_lacks_is_asked_for(lacks: str, asked: str, typed: str, owner: str, due: str) -> None:
    desk, meeting = running(Clock())
    desk.meetings.act(meeting.id, lacks)
    async with app(desk, meeting.id).run_test(size=BIG) as pilot:
        await press(pilot, "c")
        assert f" {asked} " in await press(pilot, "equals_sign")
        assert pilot.app.screen.query_one(CaptureBar).input.value == ""
        await say(pilot, typed)
        kept = desk.read.get(Action, "A-1")
        assert (kept.title, kept.owner, str(kept.due)) == ("Fix it", owner, due)


@pytest.mark.parametrize("typed", ["@zed fri", "call him", "@tom 1 nov 2026", "@tom fri !"])
async def test_what_is_no_owner_and_no_date_is_given_back(typed: str) -> None:
    desk, meeting = running(Clock())
    before = desk.meetings.act(meeting.id, "Fix it nodate")
    async with app(desk, meeting.id).run_test(size=BIG) as pilot:
        await press(pilot, "c", "equals_sign")
        await say(pilot, typed)
        assert pilot.app.screen.query_one(CaptureBar).input.value == typed
        assert desk.read.get(Action, "A-1") == before


async def test_a_third_time_is_chosen_by_verbs_and_settled_in_this_meeting() -> None:
    clock = Clock()
    desk = company(clock)
    item = desk.items.add("Switch provider", agenda=DAILY, section="Burning issues")
    for _ in range(3):
        desk.meetings.close(desk.meetings.start(DAILY).id)
        clock.forward(days=1)
    meeting = desk.meetings.start(DAILY)
    desk.meetings.outcome(meeting.id)
    async with app(desk, meeting.id).run_test(size=BIG) as pilot:
        await press(pilot, "c")
        assert f"{item.id}: x it is done" in await press(pilot, "equals_sign")
        shown = await press(pilot, "x")
        assert "Nothing is owed." in shown
        assert desk.read.get(Item, item.id).settled_in == meeting.id


async def test_the_footer_follows_the_bar_that_opens_again_after_an_error() -> None:
    desk, meeting = running(Clock(), "customer-success")
    async with app(desk, meeting.id).run_test(size=BIG) as pilot:
        await press(pilot, "c", "asterisk")
        shown = await say(pilot, "11")
        assert pilot.app.screen.query_one(CaptureBar).typing
        assert "enter keep" in shown.splitlines()[-1]


async def test_the_gate_says_which_minutes_earlier_runs_suggest() -> None:
    clock = Clock()
    desk = company(clock)
    for _ in range(3):
        earlier = desk.meetings.start(DAILY)
        clock.forward(minutes=7)
        desk.meetings.close(earlier.id)
        clock.forward(days=1)
    meeting = desk.meetings.start(DAILY)
    clock.forward(minutes=6)
    async with app(desk, meeting.id).run_test(size=BIG) as pilot:
        shown = await press(pilot, "c")
        assert "TIME     Burning issues 6 of 5 · last 3: 7 → suggests 7" in shown


async def test_closing_close_to_the_end_of_a_long_meeting_keeps_its_time() -> None:
    clock = Clock()
    desk, meeting = running(clock)
    clock.forward(minutes=25)
    async with app(desk, meeting.id).run_test(size=BIG) as pilot:
        await press(pilot, "c", "escape")
        clock.forward(minutes=1)
        assert desk.meetings.view(meeting.id).used == timedelta(minutes=26)


async def test_a_quiet_meeting_took_what_it_took_until_it_was_last_heard_of() -> None:
    clock = Clock()
    desk, _ = running(clock)
    for minutes in (7, 7):
        clock.forward(minutes=minutes)
        desk.meetings.close(desk.meetings.running()[0].id)
        clock.forward(minutes=60)
        meeting = desk.meetings.start(DAILY)
    clock.forward(minutes=3)
    desk.meetings.borrow(meeting.id)
    clock.forward(minutes=94)
    async with app(desk, meeting.id).run_test(size=BIG) as pilot:
        shown = await press(pilot, "c")
        assert "TIME     Burning issues 3 of 7 (5 planned) · last 2: 7 → suggests 7" in shown


@pytest.mark.parametrize("wide", [80, 120])
async def test_a_third_time_tells_its_choice_once_and_loses_none_of_it(wide: int) -> None:
    clock = Clock()
    desk = company(clock)
    for text in ("One maintenance window a week for every customer of the second carrier and the first one", "Pools"):
        desk.items.add(text, agenda=DAILY, section="Burning issues")
    for _ in range(7):
        desk.meetings.close(desk.meetings.start(DAILY).id)
        clock.forward(days=1)
    meeting = desk.meetings.start(DAILY)
    async with app(desk, meeting.id).run_test(size=(wide, 36)) as pilot:
        shown = await press(pilot, "c")
        assert shown.count("third time: x done · Del drop · e escalate") == 1
        rows = [line for line in shown.splitlines() if "· put off 7×" in line]
        assert [("T-1 One maintenance window" in rows[0]), ("T-2 Pools" in rows[1])] == [True, True]
        assert ("…" in rows[0]) == (wide == 80)


async def test_the_gate_names_the_working_day_by_which_a_draft_is_to_be_settled() -> None:
    clock = Clock(START - timedelta(days=3))  # a Friday
    desk, meeting = running(clock)
    async with app(desk, meeting.id).run_test(size=(100, 30)) as pilot:
        shown = await press(pilot, "c")
        assert "to settle by Mon 23 Nov" in shown
        await press(pilot, "enter")
    settling = desk.read.get(Meeting, meeting.id).settling
    assert str(desk.read.get(Action, settling).due) == "2026-11-23"


async def test_an_outcome_that_another_desk_gave_first_stays_and_the_words_come_back() -> None:
    clock = Clock()
    desk, meeting = running(clock)
    tom = Desk(desk.read, clock, "tom", desk.settings, lambda: desk.agendas)
    async with app(desk, meeting.id).run_test(size=BIG) as pilot:
        await press(pilot, "c", "equals_sign")
        await say(pilot, "two pools are back", then="")
        tom.meetings.outcome(meeting.id, "one pool is back", 0)
        shown = await press(pilot, "enter")
        assert (
            'Tom Reyes was first with the outcome of Burning issues, on 2026-11-23 at 15:00: "one pool is back".'
            in (" ".join(shown.split()))
        )
        assert pilot.app.front.bar.input.value == "two pools are back"
        assert desk.read.get(Meeting, meeting.id).sections[0].outcome == "one pool is back"


async def test_an_exit_criterion_that_another_desk_gave_first_is_asked_about() -> None:
    clock = Clock()
    desk, meeting = running(clock, "customer-success")
    tom = Desk(desk.read, clock, "tom", desk.settings, lambda: desk.agendas)
    flag = desk.meetings.flag(meeting.id, "globex delivery red late again")
    async with app(desk, meeting.id).run_test(size=BIG) as pilot:
        await press(pilot, "c")
        gate = pilot.app.front
        await on_owed(pilot, f"flag:{flag.id}")
        await press(pilot, "equals_sign")
        await say(pilot, "no ticket older than a day @ed fri", then="")
        tom.scores.complete(flag.id, exit="three weeks without one")
        shown = await press(pilot, "enter")
        assert f"{flag.id} was changed while you typed · nothing is lost" in shown
        assert "three weeks without one" in shown
        assert desk.read.get(Score, flag.id).exit == "three weeks without one"
        await press(pilot, "escape")
        assert gate.bar.input.value == "no ticket older than a day @ed fri"


async def on_owed(pilot: Pilot[None], key: str) -> None:
    for _ in range(30):
        if pilot.app.front.list.key.startswith(key):
            return
        await press(pilot, "down")
    raise AssertionError(key)
