"""A meeting whose start is taken back while it is shown: the screen goes to Today and says so."""

from __future__ import annotations

import pytest

from opsdesk.core.errors import Invalid, Unavailable
from opsdesk.core.meeting import Meeting
from opsdesk.desk import Desk
from opsdesk.ui.screens.room import Room
from tests import screen
from tests.clock import Clock
from tests.ui.desks import app, company
from tests.ui.keyboard import press, settle

DAILY = "daily-operations-sync"
BIG = (120, 45)
GONE = "M-1 is not there any more (its start was undone)"


def started() -> tuple[Desk, Meeting]:
    desk = company(Clock())
    return desk, desk.meetings.start(DAILY)


@pytest.mark.parametrize("keys", [("z",), ("c", "z", "z")])
async def test_its_own_undo_goes_to_today_and_back(keys: tuple[str, ...]) -> None:
    desk, meeting = started()
    async with app(desk, meeting.id).run_test(size=BIG) as pilot:
        shown = await press(pilot, *keys)
        assert pilot.app.front.NAME == "today"
        assert f"{GONE} · y brings it back" in shown
        await press(pilot, "space", "y")
        assert desk.read.get(Meeting, "M-1").state == "running"


async def test_started_with_m_and_undone_the_room_is_left() -> None:
    async with app(company(Clock())).run_test(size=BIG) as pilot:
        await press(pilot, "m")
        assert pilot.app.front.NAME == "room"
        await press(pilot, "z")
        shown = await press(pilot, "space", "c", "plus")
        assert pilot.app.front.NAME == "today"
        assert "Traceback" not in shown


@pytest.mark.parametrize("key", ["next", "more", "close", "attendance", "keep_length", "note"])
async def test_a_key_pressed_before_the_news_came_leaves_too(key: str) -> None:
    desk, meeting = started()
    async with app(desk, meeting.id).run_test(size=BIG) as pilot:
        await settle(pilot)
        room = pilot.app.front
        desk.undo.last()
        room.run_command(key)
        await pilot.pause()
        await settle(pilot)
        pilot.app.publish()  # as when the news is heard
        await settle(pilot)
        assert pilot.app.front.NAME == "today"


async def test_a_desk_beside_takes_the_start_back() -> None:
    ours, meeting = started()
    async with app(ours, meeting.id).run_test(size=BIG) as pilot:
        await settle(pilot)
        await press(pilot, "c")
        ours.undo.last()
        ours.undo.last()
        ours.actions.capture("something newer")
        pilot.app.publish()  # as when the news is heard
        shown = await settle(pilot)
        assert pilot.app.front.NAME == "today"
        assert GONE in shown
        assert "y brings it back" not in shown


async def test_an_error_in_a_command_is_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    desk, meeting = started()

    def broken(_: Room) -> None:
        raise Unavailable("The disk is full.", "Make room.")

    monkeypatch.setattr(Room, "do_more", broken)
    async with app(desk, meeting.id).run_test(size=BIG) as pilot:
        assert "The disk is full. Make room." in await press(pilot, "plus")


@pytest.mark.parametrize("part", ["headline", "redraw", "tick"])
async def test_an_error_while_drawing_is_a_sentence(part: str, monkeypatch: pytest.MonkeyPatch) -> None:
    desk, meeting = started()

    def broken(_: Room) -> None:
        raise Invalid("That cannot be drawn.")

    async with app(desk, meeting.id).run_test(size=BIG) as pilot:
        await settle(pilot)
        monkeypatch.setattr(Room, part, broken)
        pilot.app.front.refresh_all()
        await pilot.pause(1.1)
        assert "That cannot be drawn." in screen.text(pilot.app)
        monkeypatch.undo()
