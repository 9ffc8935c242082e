"""Flags that nobody has ended, on the score sheet: unknown meanwhile, opened again, stale, of no measure any more."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace

from opsdesk.core.settings import MEASURES, Settings
from opsdesk.desk import Desk
from opsdesk.store.memory import MemoryStore
from opsdesk.ui.app import OpsDesk
from tests import screen
from tests.clock import Clock
from tests.ui.desks import app, company
from tests.ui.keyboard import press, say
from tests.ui.test_scores import at, cell, opened

SIZE = (160, 40)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def store() -> MemoryStore:
    return MemoryStore()


@pytest.fixture
def desk(clock: Clock, store: MemoryStore) -> Desk:
    """Globex has been red in Delivery for five days."""
    made = company(clock, store)
    clock.forward(days=-5)
    made.scores.set("globex", "Delivery", "red", "the date is broken", owner="tom", exit="DHL is live")
    clock.forward(days=5)
    return made


def under(settings: Settings, desk: Desk, clock: Clock, store: MemoryStore) -> OpsDesk:
    return app(Desk(store, clock, "sue", settings, lambda: desk.agendas))


async def test_unknown_over_a_red_asks_why_and_says_what_it_was(desk: Desk) -> None:
    shown = app(desk)
    async with shown.run_test(size=SIZE) as pilot:
        await opened(shown, pilot)
        at(shown, "globex", 2)
        assert "it stays an open red until it is green" in await press(pilot, "u")
        await press(pilot, "enter")
        assert getattr(cell(desk, "globex", "Delivery"), "level", "") == "red", "no words, nothing said"
        words = await say(pilot, "nobody reaches them")
        assert getattr(cell(desk, "globex", "Delivery"), "level", "") == "unknown"
        assert "· unknown since today, was red" in words
        assert "Delivery unknown, was red" in screen.line(shown, "Globex")


async def test_unknown_over_a_green_takes_an_empty_line(desk: Desk) -> None:
    desk.scores.set("acme", "Product", "green")
    shown = app(desk)
    async with shown.run_test(size=SIZE) as pilot:
        await opened(shown, pilot)
        at(shown, "acme", 0)
        assert "Acme Logistics Product → UNKNOWN" in await press(pilot, "u", "enter")


async def test_a_flag_that_came_again_says_so_and_offers_what_was_before(desk: Desk, clock: Clock) -> None:
    desk.scores.set("globex", "Delivery", "green")
    clock.forward(days=2)
    desk.scores.set("globex", "Delivery", "red", "broken again")
    shown = app(desk)
    async with shown.run_test(size=SIZE) as pilot:
        await opened(shown, pilot)
        at(shown, "globex", 2)
        words = await press(pilot, "left", "right")
        assert "2nd time in 1 week, 5 d in all" in words
        assert "before: Tom Reyes, exit DHL is live" in words
        assert getattr(cell(desk, "globex", "Delivery"), "owner", "?") == "", "not silently taken"
        words = await press(pilot, "v")
        assert "a flag twice, 5 d in all" in words


async def test_a_red_of_what_is_no_measure_any_more_stands_in_the_reason(
    desk: Desk, clock: Clock, store: MemoryStore
) -> None:
    shown = under(Settings(measures=MEASURES[:2]), desk, clock, store)
    async with shown.run_test(size=SIZE) as pilot:
        words = await opened(shown, pilot)
        assert "red Delivery, no longer a measure" in screen.line(shown, "Globex")
        assert screen.line(shown, "Globex").split()[0] == "▲"
        assert "▲ 1" in words


async def test_a_measure_in_capitals_is_the_same_column(desk: Desk, clock: Clock, store: MemoryStore) -> None:
    shown = under(Settings(measures=(replace(MEASURES[2], name="DELIVERY"),)), desk, clock, store)
    async with shown.run_test(size=SIZE) as pilot:
        await opened(shown, pilot)
        at(shown, "globex", 0)
        assert screen.line(shown, "Globex").split()[:4] == ["▲", "Globex", "▲", "R"]
        assert "the date is broken" in await press(pilot, "v")


@pytest.mark.parametrize(("rule", "mark"), [("strict", "▲"), ("weighted", "·")])
async def test_stale_flags_are_said_whichever_way_it_rolls_up(
    desk: Desk, clock: Clock, store: MemoryStore, rule: Any, mark: str
) -> None:
    desk.scores.set("globex", "Support", "orange", "late answers")
    clock.forward(days=40)
    shown = under(Settings(roll_up=rule), desk, clock, store)
    async with shown.run_test(size=SIZE) as pilot:
        await opened(shown, pilot)
        assert screen.line(shown, "Globex").split()[0] == mark
        assert "2 stale flags" in screen.line(shown, "Globex")


async def test_a_new_override_says_which_it_ends_and_the_weeks_mark_it(desk: Desk, clock: Clock) -> None:
    first = desk.scores.override("globex", "orange", "a first look", desk.today())
    shown = app(desk)
    async with shown.run_test(size=SIZE) as pilot:
        await opened(shown, pilot)
        at(shown, "globex", 2)
        await press(pilot, "b")
        assert f"{first.id} is ended" in await say(pilot, "green until fri, because they signed")
        words = await press(pilot, "v")
        assert "computed: the worst open flag" in words
        assert "^ judged otherwise then: not counted" in words


async def test_two_desks_that_both_saw_nothing_are_told(desk: Desk, clock: Clock, store: MemoryStore) -> None:
    ana = Desk(store, clock, "ana", desk.settings, lambda: desk.agendas)
    shown = app(desk)
    async with shown.run_test(size=SIZE) as pilot:
        await opened(shown, pilot)
        at(shown, "acme", 0)
        await press(pilot, "g")
        await say(pilot, "all is well", then="")
        ana.scores.set("acme", "Product", "red", "it crashes")
        assert "Product is red since, by Ana Lima: it crashes" in await press(pilot, "enter")
        assert getattr(cell(desk, "acme", "Product"), "level", "") == "red"
