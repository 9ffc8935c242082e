"""News from another desk every few milliseconds: what one types, and where one is, stays as it was."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from textual.pilot import Pilot
from textual.widgets import Input
from textual.widgets.input import Selection

from opsdesk.desk import Desk
from opsdesk.store.memory import MemoryStore
from opsdesk.ui.app import OpsDesk
from tests import screen
from tests.clock import Clock
from tests.ui.desks import app, company
from tests.ui.keyboard import burst, on_line, press, settle, until

DAILY = "daily-operations-sync"
EVERY = 0.003  # seconds


def two_desks(notes: int = 0) -> tuple[OpsDesk, Desk, Desk, str]:
    clock, store = Clock(), MemoryStore()
    sue = company(clock, store)
    tom = Desk(store, clock, "tom", sue.settings, lambda: sue.agendas)
    for title in ("Restore the EU pool", "Write the way back"):
        sue.actions.capture(f"{title} @tom 20 nov", past_ok=True)
    meeting = sue.meetings.start(DAILY).id
    for number in range(notes):
        sue.meetings.note(meeting, f"said before {number}")
    return app(sue, meeting), sue, tom, meeting


@asynccontextmanager
async def news(home: OpsDesk, tom: Desk, meeting: str) -> AsyncIterator[list[int]]:
    """Another desk commits and this one hears of it, all the while; what is yielded grows with each."""
    heard: list[int] = []

    async def talk() -> None:
        while True:
            if len(heard) % 10 == 0:
                tom.meetings.note(meeting, f"news {len(heard)}")
            home.publish()
            heard.append(1)
            await asyncio.sleep(EVERY)

    talking = asyncio.get_running_loop().create_task(talk())
    try:
        yield heard
    finally:
        talking.cancel()


def field(home: OpsDesk) -> Input:
    return home.front.query_one("#capture-input", Input)


async def more(pilot: Pilot[None], heard: list[int], count: int = 50) -> None:
    wanted = len(heard) + count
    await until(pilot, lambda: len(heard) >= wanted, "no news")


@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
async def test_text_cursor_selection_and_what_is_offered_stay(size: tuple[int, int]) -> None:
    home, _, tom, meeting = two_desks()
    async with home.run_test(size=size) as pilot:
        await press(pilot, "a")
        async with news(home, tom, meeting) as heard:
            await burst(home, *"Call globex ")
            await more(pilot, heard)
            await burst(home, *"@to")
            await until(pilot, lambda: field(home).value == "Call globex @to", "a letter is lost")
            await burst(home, "tab")
            await until(pilot, lambda: field(home).value == "Call globex @tom ", "not completed")
            await more(pilot, heard)
            assert "Tom Reyes" in screen.text(home)
            await burst(home, "left", "left")
            at = len("Call globex @to")
            await until(pilot, lambda: field(home).cursor_position == at, "the cursor is elsewhere")
            await more(pilot, heard)
            assert field(home).cursor_position == at
            field(home).selection = Selection(0, 4)
            await more(pilot, heard)
            assert field(home).selection == Selection(0, 4)
            assert home.focused is field(home)


async def test_of_several_names_the_others_stay_offered() -> None:
    home, sue, tom, meeting = two_desks()
    sue.people.add("Tomas Berg")
    async with home.run_test(size=(120, 36)) as pilot:
        home.publish()
        await settle(pilot)
        await press(pilot, "a", *"Call @t", "tab")
        assert "also: " in screen.text(home)
        async with news(home, tom, meeting) as heard:
            await more(pilot, heard)
            assert "also: " in screen.text(home)


async def test_the_record_under_the_cursor_stays() -> None:
    home, _, tom, meeting = two_desks(notes=4)
    async with home.run_test(size=(120, 36)) as pilot:
        await on_line(pilot, "N-2")
        async with news(home, tom, meeting) as heard:
            await more(pilot, heard)
            assert home.front.list.key == "N-2"
            await burst(home, "n", *"Half a thou")
            await until(pilot, lambda: field(home).value == "Half a thou", "a letter is lost")
            await more(pilot, heard)
            assert home.front.list.key == "N-2"
        await settle(pilot)
        assert home.front.list.key == "N-2"


async def test_a_list_that_was_scrolled_away_from_the_cursor_stays_there() -> None:
    home, _, tom, meeting = two_desks(notes=30)
    async with home.run_test(size=(120, 30)) as pilot:
        await settle(pilot)
        home.front._all = True  # noqa: SLF001
        home.front.redraw()
        listed = home.front.list
        await pilot.pause()
        listed.scroll_to(y=9, animate=False, immediate=True)
        await pilot.pause()
        first, key = screen.lines(home)[listed.region.y], listed.key
        async with news(home, tom, meeting) as heard:
            await more(pilot, heard)
            assert screen.lines(home)[listed.region.y] == first
            assert (listed.scroll_offset.y, listed.key) == (9, key)


async def test_rows_that_come_above_do_not_move_the_row_one_looks_at() -> None:
    home, sue, tom, meeting = two_desks(notes=30)
    async with home.run_test(size=(120, 30)) as pilot:
        await settle(pilot)
        home.front._all = True  # noqa: SLF001
        home.front.redraw()
        await pilot.pause()
        listed = home.front.list
        for _ in range(25):
            listed.action_move(1)
        await pilot.pause()
        line, key = screen.row(home, sue.read.get(type(sue.meetings.said(meeting)[0]), listed.key).text), listed.key
        for number in range(5):
            tom.actions.capture(f"New on the table {number} @sue 19 nov", past_ok=True)
        home.publish()
        shown = await settle(pilot)
        assert listed.key == key
        assert screen.row(home, sue.read.get(type(sue.meetings.said(meeting)[0]), key).text) == line, shown
