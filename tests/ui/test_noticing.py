"""What the desk has to say by itself: one sentence at a time, after the first frame, never over what is read."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from opsdesk.cli.addressing import addressed
from opsdesk.core.errors import Unavailable
from opsdesk.core.minutes import MinutesRecord
from opsdesk.desk import Desk
from opsdesk.ui import noticing
from opsdesk.ui.widgets.capture_bar import CaptureBar
from tests import screen
from tests.clock import Clock
from tests.ui.desks import app, company
from tests.ui.keyboard import press, settle, shows, until

SIZE = (160, 40)
DAILY = "daily-operations-sync"


def given(*sentences: str) -> Callable[[], tuple[str, ...]]:
    return lambda: sentences


async def test_notices_come_one_after_the_other_and_each_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(noticing, "READ", 0.05)
    home = app(company(), problems=given("The first.", "The second."), daily=lambda: "No backup was made.")
    seen: list[str] = []
    plain = home.say

    def say(text: str, role: str = "orange") -> None:
        seen.append(text)
        plain(text, role)

    monkeypatch.setattr(home, "say", say)
    async with home.run_test(size=SIZE) as pilot:
        await until(pilot, lambda: len(seen) == 3, "not all of them")
        home.notice("The first.")
        await pilot.pause(0.3)
        assert seen == ["The first.", "The second.", "No backup was made."]


async def test_a_command_in_what_is_said_names_the_desk_that_was_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(noticing, "READ", 0.05)
    home = app(
        company(),
        problems=given("`opsdesk agenda check` lists them.", "`opsdesk check` lists it."),
        addressed=lambda text: addressed(text, Path("mine")),
    )
    shown: list[str] = []
    plain = CaptureBar.say

    def say(bar: CaptureBar, text: str, role: str = "dim") -> None:
        plain(bar, text, role)
        shown.append(bar.said)

    monkeypatch.setattr(CaptureBar, "say", say)
    async with home.run_test(size=SIZE) as pilot:
        for said in ("`opsdesk --desk mine agenda check` lists them.", "`opsdesk --desk mine check` lists it."):
            await until(pilot, lambda said=said: said in shown, f"not {said}")
        home.front.refused(Unavailable("It is damaged.", "`opsdesk check --repair` mends it."))
        assert home.front.bar.said == "It is damaged. `opsdesk --desk mine check --repair` mends it."


async def test_what_a_command_has_said_stays_until_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(noticing, "READ", 0.05)
    home = app(company())
    async with home.run_test(size=SIZE) as pilot:
        await settle(pilot)
        home.front.say("A-1 kept · z undoes")
        home.notice("a.toml has mistakes and is not used.")
        await pilot.pause(0.3)
        assert home.front.bar.said == "A-1 kept · z undoes"
        home.front.hush()
        await shows(pilot, "a.toml has mistakes")


async def test_the_backup_is_made_after_the_first_frame_and_again_when_the_day_changes() -> None:
    clock, made = Clock(), []
    desk = company(clock)
    home = app(desk, daily=lambda: made.append((home.front is not None, threading.current_thread().name)) or "")
    assert made == []
    async with home.run_test(size=SIZE) as pilot:
        await until(pilot, lambda: len(made) == 1, "no backup")
        await pilot.pause(0.6)
        assert len(made) == 1
        clock.forward(days=1)
        await until(pilot, lambda: len(made) == 2, "no backup of the next day")
    assert made == [(True, "keeper_0")] * 2


async def test_a_backup_that_takes_long_holds_up_no_write() -> None:
    go_on, begun = threading.Event(), threading.Event()

    def slow() -> str:
        begun.set()
        assert go_on.wait(20)
        return "The backup took long."

    desk = company()
    home = app(desk, daily=slow)
    async with home.run_test(size=SIZE) as pilot:
        await until(pilot, begun.is_set, "no backup")
        shown = await press(pilot, "a", *"Call", "enter")
        assert "A-1 kept" in shown
        go_on.set()


async def test_who_leaves_does_not_wait_for_a_backup() -> None:
    abandoned, ended = threading.Event(), []

    def slow() -> str:
        ended.append(abandoned.wait(20))
        return ""

    home = app(company(), daily=slow, abandon=abandoned.set)
    async with home.run_test(size=SIZE) as pilot:
        await settle(pilot)
        assert ended == []
    assert ended == [True]


async def test_a_backup_that_fails_is_a_sentence() -> None:
    def fails() -> str:
        raise Unavailable("The disk is full.", "Make room.")

    home = app(company(), daily=fails)
    async with home.run_test(size=SIZE) as pilot:
        await shows(pilot, "The disk is full. Make room.")


async def test_records_that_were_damaged_are_named_once() -> None:
    class Scratched(Desk):
        found: tuple[str, ...] = ()

        @property
        def damaged(self) -> tuple[str, ...]:
            return self.found

    desk = company()
    desk.__class__ = Scratched
    home = app(desk)
    async with home.run_test(size=SIZE) as pilot:
        await settle(pilot)
        desk.found = ("A-12",)
        await shows(pilot, "A-12 was damaged in the desk's file and read from the journal: `opsdesk check --repair`")
        home.front.say("")
        await pilot.pause(0.6)
        assert "A-12" not in screen.text(home)


async def test_undo_says_what_has_already_left_the_desk() -> None:
    clock = Clock()
    desk = company(clock)
    meeting = desk.meetings.start(DAILY)
    made = desk.meetings.act(meeting.id, "Call Globex @tom #globex fri")
    clock.forward(minutes=5)
    desk.meetings.close(meeting.id)
    home = app(desk)
    async with home.run_test(size=(200, 50)) as pilot:
        await settle(pilot)
        desk.actions.done(made.id)
        shown = await press(pilot, "7", "ctrl+s")
        assert "saved as" in shown
        assert [each.copies[0].how for each in desk.read.all(MinutesRecord) if each.copies] == ["saved"]
        desk.people.rename("tom", "Thomas Reyes")
        shown = await press(pilot, "z")
        assert "undone: Rename tom · y brings it back" in shown
        await press(pilot, "z", "z")
        shown = await press(pilot, "y")
        assert "These minutes were saved at 15:05 by Sue Park: daily-operations-sync-1-2026-11-23.md" in shown
