"""The whole application: which screen opens, themes, two desks, what is remembered."""

from __future__ import annotations

from pathlib import Path

import pytest

from opsdesk.core.entries import Note
from opsdesk.desk import Desk
from opsdesk.store.sqlite import SqliteStore
from opsdesk.ui.theme import PALETTES
from tests import screen
from tests.clock import Clock
from tests.ui.desks import app, company
from tests.ui.keyboard import press, say, settle

DAILY = "daily-operations-sync"


async def test_a_desk_opens_on_today_and_a_running_meeting_in_its_room() -> None:
    desk = company()
    async with app(desk).run_test(size=(100, 30)) as pilot:
        assert "NEXT" in await settle(pilot)
    desk.meetings.start(DAILY)
    async with app(desk).run_test(size=(100, 30)) as pilot:
        assert "AGENDA" in await settle(pilot)


async def test_a_meeting_nobody_closed_does_not_open_its_room_next_morning() -> None:
    clock = Clock()
    desk = company(clock)
    desk.meetings.start(DAILY)
    clock.forward(hours=15)
    async with app(desk).run_test(size=(100, 30)) as pilot:
        assert "NEXT" in await settle(pilot)


async def test_one_and_five_go_between_today_and_the_room() -> None:
    desk = company()
    meeting = desk.meetings.start(DAILY)
    async with app(desk, meeting.id).run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        for _ in range(3):
            assert "NEXT" in await press(pilot, "1")
            assert "AGENDA" in await press(pilot, "5")
        assert "NEXT" in await press(pilot, "f2")
        assert len(pilot.app.screen_stack) <= 2


async def test_leaving_the_room_leaves_the_meeting_running() -> None:
    desk = company()
    meeting = desk.meetings.start(DAILY)
    home = app(desk, meeting.id)
    async with home.run_test(size=(100, 30)) as pilot:
        assert "NEXT" in await press(pilot, "q")
        assert desk.meetings.running()[0].id == meeting.id
        await press(pilot, "q")
    assert home.return_code == 0


@pytest.mark.parametrize("theme", PALETTES)
async def test_every_theme_can_be_chosen_and_is_remembered(theme: str) -> None:
    kept: dict[str, str] = {}
    home = app(company(), remember=kept.__setitem__)
    async with home.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        home.front.run_command(f"theme_{theme}")
        await settle(pilot)
        assert (home.theme, kept) == (theme, {"theme": theme})
        ground = screen.strips(pilot.app)[3]
        colours = {segment.style.bgcolor.name.upper() for segment in ground if segment.style and segment.style.bgcolor}
        assert PALETTES[theme].ground in colours


async def test_the_theme_that_was_remembered_is_used_and_nonsense_is_not() -> None:
    assert app(company(), preferences={"theme": "light"}).theme == "light"
    assert app(company(), preferences={"theme": "plaid"}).theme == "dark"


async def test_what_another_desk_commits_appears(tmp_path: Path) -> None:
    clock = Clock()
    mine = company(clock, SqliteStore(tmp_path))
    meeting = mine.meetings.start(DAILY)
    other = Desk(SqliteStore(tmp_path), clock, "tom", mine.settings, lambda: mine.agendas)
    home = app(mine, meeting.id)
    async with home.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        other.meetings.note(meeting.id, "typed by Tom")
        home.listen()
        assert "typed by Tom" in await settle(pilot)
    other.close()
    mine.close()


async def test_every_command_is_in_the_palette_and_runs_from_it() -> None:
    desk = company()
    meeting = desk.meetings.start(DAILY)
    async with app(desk, meeting.id).run_test(size=(120, 60)) as pilot:
        shown = await press(pilot, "ctrl+p", *"adjourn")
        assert "Break off" in shown
        await press(pilot, "enter")
        shown = await say(pilot, "outage")
        assert desk.read.get(type(meeting), meeting.id).state == "adjourned"
        assert "ADJOURNED" in shown.upper()


async def test_a_command_that_cannot_run_is_listed_with_its_reason() -> None:
    async with app(company()).run_test(size=(120, 60)) as pilot:
        shown = await press(pilot, "question_mark", *"bring back")
        line = next(row for row in shown.splitlines() if "redo" in row)
        assert "not now: nothing to redo" in line
        assert "Keys" in await press(pilot, "enter")


async def test_older_minutes_are_one_key_away_and_can_be_saved() -> None:
    clock = Clock()
    desk = company(clock)
    for words in ("first day", "second day"):
        meeting = desk.meetings.start(DAILY)
        desk.meetings.note(meeting.id, words)
        clock.forward(minutes=10)
        desk.meetings.close(meeting.id)
        clock.forward(days=1)
    saved: dict[str, str] = {}

    def save(name: str, text: str) -> Path:
        saved[name] = text
        return Path(name)

    async with app(desk, save=save).run_test(size=(100, 80)) as pilot:
        assert "second day" in await press(pilot, "7")
        assert "first day" in await press(pilot, "left")
        await press(pilot, "ctrl+s")
        assert list(saved) == ["daily-operations-sync-1-2026-11-23.md"]
        assert "first day" in next(iter(saved.values()))


async def test_reopening_the_last_meeting_goes_back_into_its_room() -> None:
    desk = company()
    meeting = desk.meetings.start(DAILY)
    desk.meetings.note(meeting.id, "said")
    desk.meetings.close(meeting.id)
    home = app(desk)
    async with home.run_test(size=(100, 30)) as pilot:
        await press(pilot, "7")
        home.front.run_command("reopen")
        assert "AGENDA" in await settle(pilot)
        assert [note.text for note in desk.read.all(Note)] == ["said"]


async def test_a_broken_agenda_of_one_s_own_is_said_at_the_start() -> None:
    async with app(company(), problems=lambda: ("renewals.toml has mistakes and is not used.",)).run_test(
        size=(100, 30)
    ) as pilot:
        assert "renewals.toml has mistakes" in await settle(pilot)
