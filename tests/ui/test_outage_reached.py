"""The way to an outage: one key from whatever lies over a screen, and at once where it has just been opened."""

from __future__ import annotations

import pytest

from opsdesk.ui.screens.outage import Outage
from opsdesk.ui.screens.today import Today
from tests import screen
from tests.clock import Clock
from tests.ui.desks import app, company
from tests.ui.keyboard import press, say, settle
from tests.ui.test_outage import slow

BANNER = "▲ SEV-2 Login slow, EU · since 15:00 · next update due 15:30"
OVERLAYS = {"8": "Registers", "question_mark": "Keys", "ctrl+p": "Everything", "slash": "Find", "6": ""}


@pytest.mark.parametrize("size", [(80, 24), (200, 50)])
@pytest.mark.parametrize("key", OVERLAYS)
async def test_over_a_screen_the_banner_stands_and_f10_leads_to_the_outage(key: str, size: tuple[int, int]) -> None:
    shown = app(slow())
    async with shown.run_test(size=size) as pilot:
        await settle(pilot)
        words = await press(pilot, key)
        assert not isinstance(shown.screen, Today)
        assert screen.lines(shown)[0].strip().startswith(BANNER)
        assert OVERLAYS[key] in words
        assert size[0] < 100 or "F10 how it stands" in screen.lines(shown)[0]
        words = await press(pilot, "f10")
        assert isinstance(shown.screen, Outage)
        assert "WHO KNOWS" in words
        await press(pilot, "escape")
        assert isinstance(shown.screen, Today)


async def test_the_banner_over_a_screen_keeps_its_clock() -> None:
    clock = Clock()
    shown = app(slow(clock))
    async with shown.run_test(size=(80, 24)) as pilot:
        await press(pilot, "8")
        clock.forward(minutes=15)
        await pilot.pause(1.2)
        assert "update overdue for 5 min" in screen.lines(shown)[0]


async def test_over_a_screen_there_is_no_banner_without_an_outage_and_f10_asks_for_its_line() -> None:
    shown = app(company())
    async with shown.run_test(size=(80, 24)) as pilot:
        words = await press(pilot, "8")
        assert words.splitlines()[1].strip().startswith("Registers")
        assert "open an incident" in await press(pilot, "f10")
        assert isinstance(shown.screen, Today)


async def test_the_record_of_anything_has_the_banner_too() -> None:
    desk = slow()
    made = desk.actions.capture("Call Globex @sue")
    shown = app(desk)
    async with shown.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        shown.open_record(made.id)
        assert "Call Globex" in await settle(pilot)
        assert screen.lines(shown)[0].strip().startswith(BANNER)
        assert "WHO KNOWS" in await press(pilot, "f10")


async def test_f10_in_the_record_of_an_outage_goes_back_to_its_page() -> None:
    shown = app(slow())
    async with shown.run_test(size=(80, 24)) as pilot:
        await press(pilot, "o", "v", "f10")
        assert isinstance(shown.screen, Outage)
        await press(pilot, "escape")
        assert isinstance(shown.screen, Today)


async def test_the_curtain_shows_no_banner() -> None:
    shown = app(slow())
    async with shown.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        assert "SEV-2" not in await press(pilot, "full_stop")


async def test_what_was_opened_from_the_page_of_another_is_shown_instead() -> None:
    desk = slow()
    shown = app(desk)
    async with shown.run_test(size=(80, 24)) as pilot:
        await press(pilot, "o", "ctrl+p")
        shown.screen.dismiss("open_incident")  # type: ignore[attr-defined]
        await settle(pilot)
        words = await say(pilot, "Mail is late sev:2")
        assert "Mail is late" in words.splitlines()[2]
        await press(pilot, "escape")
        assert isinstance(shown.screen, Today)


async def test_beside_an_outage_the_footer_of_a_small_terminal_still_says_that_a_step_can_be_undone() -> None:
    desk = slow()
    shown = app(desk, desk.meetings.start("daily-operations-sync").id)
    async with shown.run_test(size=(80, 24)) as pilot:
        foot = (await settle(pilot)).splitlines()[-1]
        assert "o outage" in foot
        assert foot.rstrip().endswith("z undo")
