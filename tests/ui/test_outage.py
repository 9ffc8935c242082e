"""An outage on the screen, by keys alone: opened, told, what may be said, its clock, its review; each step undone."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from opsdesk.core.registers.incidents import Incident
from opsdesk.core.registers.timeline import TimelineEntry
from opsdesk.desk import Desk
from opsdesk.ui.screens.outage import Outage
from opsdesk.ui.screens.room import Room
from opsdesk.ui.widgets.clock import Clock as Face
from opsdesk.ui.widgets.record_list import RecordList
from tests import screen
from tests.clock import START, Clock
from tests.ui.desks import app, company
from tests.ui.keyboard import press, say, settle

CALL = "customer-status-call"
DAILY = "daily-operations-sync"
POINTS = {"known": "yes, since 15:00", "affected": "EU", "doing": "rolling back"}


@pytest.fixture(autouse=True)
def no_key_is_held(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each key is pressed on purpose, however fast the machine is."""
    monkeypatch.setattr("opsdesk.ui.repeats.QUICK", 0.0)


def slow(clock: Clock | None = None) -> Desk:
    """A major incident that has been open for twenty minutes."""
    clock = clock or Clock()
    desk = company(clock)
    desk.incidents.open("Login slow, EU #acme", sev=2)
    clock.forward(minutes=20)
    return desk


def incident(desk: Desk, id: str = "I-1") -> Incident:
    return desk.read.get(Incident, id)


def told(words: str) -> list[str]:
    """Its lines, spaces run together."""
    return [" ".join(line.split()) for line in words.splitlines()]


def timeline(desk: Desk) -> list[str]:
    return [each.text for each in desk.read.where(TimelineEntry, about="I-1")]


async def at(pilot: Any, key: str) -> None:
    """The cursor on the row with this key, moved there by arrows."""
    listed = pilot.app.screen.query_one("#list", RecordList)
    await press(pilot, "home")
    for _ in range(len(listed.rows)):
        if listed.key == key:
            return
        await press(pilot, "down")
    raise AssertionError(f"{key} is none of {[row.key for row in listed.rows if row.key]}")


async def test_with_nothing_open_one_key_and_one_line_open_an_incident() -> None:
    desk = company()
    daily = desk.meetings.start(DAILY)
    shown = app(desk, daily.id)
    async with shown.run_test(size=(120, 36)) as pilot:
        assert "open an incident" in await press(pilot, "o")
        words = await say(pilot, "Login slow, EU #acme #globex sev:2")
        assert "I-1 is open at SEV-2, next update due 15:30 · z undoes" in words
        assert "WHO KNOWS" in words
        assert isinstance(shown.screen, Outage)
        assert "▲ SEV-2 Login slow, EU" in await press(pilot, "escape")
        assert isinstance(shown.screen, Room)
    found = incident(desk)
    assert (found.customers, found.meeting, found.section) == (("acme", "globex"), daily.id, "Burning issues")


async def test_one_key_shows_how_it_stands_from_any_screen_also_while_typing() -> None:
    desk = slow()
    desk.incidents.inform("", "Support", how="by phone")
    shown = app(desk)
    async with shown.run_test(size=(120, 44)) as pilot:
        lines = told(await press(pilot, "o"))
        assert any("▲ Login slow, EU" in line for line in lines)
        assert any("next update due 15:30 · owed to Program Management, Support" in line for line in lines)
        assert "Support informed at 15:20 by Sue Park, by phone (after 20 min)" in lines
        assert "Program Management not informed yet" in lines
        assert "Time until Sales knew not informed yet" in lines
        assert "not approved yet Enter or = writes them" in lines
        assert lines.index("15:20 Support informed (by phone) Sue Park") < lines.index("15:00 Opened as SEV-2 Sue Park")
        for leave in ("o", "q", "escape"):
            await press(pilot, leave)
            assert not isinstance(shown.screen, Outage)
            await press(pilot, "o")
            assert isinstance(shown.screen, Outage)
        await press(pilot, "escape")
        await press(pilot, "a", "f10")
        assert isinstance(shown.screen, Outage)


async def test_what_is_typed_line_by_line_is_kept_as_what_it_says() -> None:
    desk = slow()
    shown = app(desk)
    async with shown.run_test(size=(120, 44)) as pilot:
        assert "I-1: note" in await press(pilot, "o", "n")
        assert "at 15:05 · by Tom Reyes" in await say(pilot, "15:05 restarted @tom", then="")
        assert "in its timeline" in await press(pilot, "enter")
        assert "Support, Ed Novak informed · phone · at 15:10" in await say(
            pilot, "told support, @ed phone 15:10", then=""
        )
        assert "I-1: Support, Ed Novak informed phone" in await press(pilot, "enter")
        assert "next update due 16:30" in await say(pilot, "next 16:30")
        assert "is no department or person here" in await say(pilot, "told @ghost", then="")
        await press(pilot, "enter")
        assert len(timeline(desk)) == 4
        await say(pilot, "", then="escape")
        words = await press(pilot, "u")
        assert "I-1: update" in words
        assert "next update due 15:50" in await say(pilot, "Half of the EU is back, next 15:50")
    found = incident(desk)
    assert [(each.who, each.how, each.by) for each in found.informed] == [
        ("Support", "phone", "sue"),
        ("ed", "phone", "sue"),
    ]
    assert found.next_update == START + timedelta(minutes=50)
    assert timeline(desk)[1:] == [
        "restarted",
        "Support informed (phone)",
        "ed informed (phone)",
        "Half of the EU is back",
    ]


async def test_who_does_not_know_yet_is_told_from_their_line() -> None:
    desk = slow()
    shown = app(desk)
    async with shown.run_test(size=(120, 44)) as pilot:
        await press(pilot, "o")
        await at(pilot, "who/Support")
        assert "I-1: told" in await press(pilot, "enter")
        await press(pilot, *"chat", "enter")
        assert "Support informed at 15:20 by Sue Park, chat (after 20 min)" in told(screen.text(shown))
        await press(pilot, "i")
        await say(pilot, "@ed by phone")
        await press(pilot, "z")
        assert [each.who for each in incident(desk).informed] == ["Support"]


async def test_what_may_be_said_is_written_and_approved_by_keys_and_each_step_is_undone() -> None:
    desk = slow()
    shown = app(desk)
    async with shown.run_test(size=(120, 44)) as pilot:
        await press(pilot, "o")
        assert "approve: it lacks do we know of it, who is affected, what we are doing" in await press(pilot, "!")
        assert "DRAFT: nobody says this yet" in await press(pilot, "=")
        for text in POINTS.values():
            assert "I-1: " in await press(pilot, "enter")
            await say(pilot, text)
        talk: Any = incident(desk).talk
        assert {name: getattr(talk, name) for name in POINTS} == POINTS
        await press(pilot, "left")
        assert "rolling back" not in screen.text(shown).split("TIMELINE")[0]
        assert "are approved, and shown from now on · z undoes" in await press(pilot, "!")
        words = screen.text(shown).split("TIMELINE")[0]
        assert "rolling back" in words
        assert "approved by Sue Park 15:20" in words
        assert "approve: it is approved already" in await press(pilot, "!")
        await at(pilot, "say/works")
        await press(pilot, "enter")
        assert "the approval is taken back by it" in await say(pilot, "the app", then="")
        assert "What works: kept, no longer approved" in await press(pilot, "enter")
        assert "the app" not in screen.text(shown).split("TIMELINE")[0]
        await press(pilot, "z")
        assert "rolling back" in screen.text(shown).split("TIMELINE")[0]
        await press(pilot, "z")
        assert "not approved yet" in screen.text(shown)
    assert incident(desk).talk.approved is None  # type: ignore[union-attr]


async def test_a_point_is_emptied_and_the_next_update_is_set_on_its_line() -> None:
    desk = slow()
    desk.incidents.talk("", {**POINTS, "works": "the app"})
    shown = app(desk)
    async with shown.run_test(size=(120, 44)) as pilot:
        await press(pilot, "o", "right")
        await at(pilot, "say/works")
        await press(pilot, "enter")
        await say(pilot, "none")
        assert incident(desk).talk.works == ""  # type: ignore[union-attr]
        await at(pilot, "next")
        await press(pilot, "enter")
        await say(pilot, "in 45 min")
        assert incident(desk).next_update == START + timedelta(minutes=65)


async def test_the_clock_of_the_next_update_counts_down_and_then_up() -> None:
    clock = Clock()
    shown = app(slow(clock))
    async with shown.run_test(size=(120, 36)) as pilot:
        await press(pilot, "o")
        for minutes, words, tone in ((0, "next update due 15:30", "orange"), (11, "next update was due 15:30", "red")):
            clock.forward(minutes=minutes)
            shown.front.tick()  # type: ignore[union-attr]
            await settle(pilot)
            assert words in screen.text(shown)
            face = shown.screen.query_one(Face).visual
            assert shown.screen.palette.role(tone).lower() in repr(face).lower()
        await press(pilot, "t")
        assert "next update 16:10" in await say(pilot, "16:10")
        assert "next update due 16:10" in screen.text(shown)


async def test_resolved_its_review_is_one_key_away_and_is_saved() -> None:
    desk, saved = slow(), {}

    def save(name: str, text: str) -> Path:
        saved[name] = text
        return Path(name)

    shown = app(desk, save=save)
    async with shown.run_test(size=(120, 44)) as pilot:
        await press(pilot, "o", "x")
        await say(pilot, "rolled back")
        words = screen.text(shown)
        assert "resolved 15:20" in words
        assert "its review" in words
        words = await press(pilot, "right", "right")
        assert "Review of I-1: Login slow, EU" in words
        assert "rolled back" in words
        assert "saved as review-i-1.md" in await press(pilot, "ctrl+s")
        assert "no update is due" not in await press(pilot, "escape")
        assert "open an incident" in await press(pilot, "o")
    assert saved["review-i-1.md"].startswith("# Review of I-1")


async def test_the_one_under_the_cursor_is_shown_also_after_it_is_over() -> None:
    desk = slow()
    desk.incidents.step("", "resolve", "rolled back")
    desk.incidents.open("Mail late", sev=4)
    shown = app(desk)
    async with shown.run_test(size=(120, 44)) as pilot:
        shown.do_open_register("incidents")
        await settle(pilot)
        await press(pilot, "semicolon")
        await at(pilot, "I-1")
        assert "Login slow, EU" in told(await press(pilot, "o"))[2]
        await at(pilot, "incident/I-2")
        assert "Mail late" in told(await press(pilot, "enter"))[2]


async def test_in_the_room_it_is_said_in_its_meeting_and_the_room_is_where_it_was() -> None:
    clock = Clock()
    desk = slow(clock)
    daily = desk.meetings.start(DAILY)
    shown = app(desk, daily.id)
    async with shown.run_test(size=(120, 44)) as pilot:
        await press(pilot, "space", "o")
        assert "Service outages" in screen.lines(shown)[0]
        seq = desk.history(limit=1)[-1].seq
        await press(pilot, "u")
        await say(pilot, "Half of it is back")
        await press(pilot, "n")
        await say(pilot, "told support phone")
        await press(pilot, "escape", "t")
        await say(pilot, "16:30")
        await press(pilot, "greater_than_sign", *"action", "enter")
        steps = desk.history(seq)
        assert len(steps) == 4
        assert {(each.meeting, each.section) for each in steps} == {(daily.id, "Service outages")}
        await press(pilot, "escape")
        assert isinstance(shown.screen, Room)
        await press(pilot, "o", "1")
        assert not isinstance(shown.screen, Outage | Room)


async def test_before_others_than_the_team_nothing_is_typed_and_no_other_customer_is_named() -> None:
    desk = slow()
    desk.incidents.open("Search down #globex", sev=1)
    desk.incidents.talk("I-1", POINTS)
    desk.incidents.approve("I-1")
    call = desk.meetings.start(CALL, customer="acme")
    shown = app(desk, call.id)
    async with shown.run_test(size=(120, 44)) as pilot:
        words = await press(pilot, "o")
        assert isinstance(shown.screen, Outage)
        for key in ("u", "n", "i", "equals_sign", "exclamation_mark", "right", "ctrl+s", "ctrl+n"):
            words += await press(pilot, key)
            assert "others than the team look on" in screen.text(shown)
            assert not shown.screen.bar.typing
        forbidden = ("Globex", "Search", "TIMELINE", "Sue", "rolling back", "overdue", "WHO KNOWS")
        assert not [each for each in forbidden if each in words]


async def test_a_customer_who_comes_in_ends_what_was_open_on_the_screen() -> None:
    desk = slow()
    shown = app(desk)
    async with shown.run_test(size=(100, 40)) as pilot:
        assert "TIMELINE" in await press(pilot, "o")
        desk.meetings.start(CALL, customer="globex")
        shown.publish()
        words = await settle(pilot)
        assert "Login slow" not in words
        assert "not to be shown" in words


async def test_where_its_opening_is_undone_it_says_so() -> None:
    desk = company()
    desk.incidents.open("Login slow, EU", sev=2)
    shown = app(desk)
    async with shown.run_test(size=(120, 36)) as pilot:
        await press(pilot, "o")
        assert "There is no I-1 any more" in await press(pilot, "z")
        assert "it is not there any more" in await press(pilot, "n")
        assert "Login slow" in await press(pilot, "y")


@pytest.mark.parametrize("size", [(40, 10), (80, 24), (120, 36), (200, 50)])
async def test_it_is_drawn_at_every_size(size: tuple[int, int]) -> None:
    desk = slow()
    desk.incidents.note("", "[EMEA] Ünïcode 日本 [/x] " * 9)
    shown = app(desk)
    async with shown.run_test(size=size) as pilot:
        words = await press(pilot, "o")
        assert "Login slow, EU" in words
        assert all(len(line) <= size[0] for line in screen.lines(shown))
        assert ("DRAFT" if size[1] > 10 else "Do we know") in await press(pilot, "right")
        assert "u update" in screen.lines(shown)[-1]


async def test_a_page_is_turned_to_by_a_click() -> None:
    shown = app(slow())
    async with shown.run_test(size=(120, 36)) as pilot:
        await press(pilot, "o")
        await pilot.click("#pages", offset=(40, 0))
        assert "Review of I-1" in await settle(pilot)
        await pilot.click("#pages", offset=(4, 0))
        assert "TIMELINE" in await settle(pilot)


async def test_a_typed_line_of_the_timeline_is_corrected_where_it_stands() -> None:
    desk = slow()
    desk.incidents.note("", "restartd")
    shown = app(desk)
    async with shown.run_test(size=(120, 44)) as pilot:
        await press(pilot, "o")
        await at(pilot, "at/L-2")
        await press(pilot, "enter")
        await say(pilot, "restarted")
        assert timeline(desk)[-1] == "restarted"
        await press(pilot, "z")
        assert timeline(desk)[-1] == "restartd"
