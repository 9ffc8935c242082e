"""The first start: the demo company, or one's own, step by step, nothing half taken."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from opsdesk import agendas
from opsdesk.core.actions import Action
from opsdesk.core.customers import Customer
from opsdesk.core.errors import Unavailable
from opsdesk.core.people import Person
from opsdesk.core.settings import Settings
from opsdesk.desk import Desk
from opsdesk.exchange.tables import read_table
from opsdesk.store.memory import MemoryStore
from opsdesk.ui.app import OpsDesk
from opsdesk.ui.hands import Sheet
from opsdesk.ui.screens.today import Today
from opsdesk.ui.screens.welcome import Welcome
from opsdesk.ui.welcome.steps import named_file
from tests import screen
from tests.clock import Clock
from tests.ui.desks import app, company
from tests.ui.keyboard import settle

SIZES = [(80, 24), (120, 36), (200, 50)]
HOSTILE = "[EMEA] Ünïcode 日本 [/x] [bold]"


@pytest.fixture(autouse=True)
def no_key_counts_as_held(monkeypatch: pytest.MonkeyPatch) -> None:
    """The tests press faster than a hand."""
    monkeypatch.setattr("opsdesk.ui.repeats.DELAY", 0.0)
    monkeypatch.setattr("opsdesk.ui.repeats.QUICK", 0.0)


class First:
    """An empty desk and the hands it is given; settings open it again on the same records."""

    def __init__(self) -> None:
        self.store = MemoryStore()
        self.remembered: dict[str, str] = {}
        self.desk = self.open(Settings())

    def open(self, settings: Settings) -> Desk:
        self.desk = Desk(self.store, Clock(), self.remembered.get("me", "me"), settings, lambda: agendas.read(None))
        return self.desk

    def app(self, **others: Any) -> OpsDesk:
        hands = {"read_table": read, "settle": self.open, "remember": self.remembered.__setitem__, **others}
        return app(self.desk, **hands)


def read(data: bytes | str) -> Sheet:
    table = read_table(data)
    return Sheet(headers=table.headers, rows=table.rows, problems=table.problems)


@asynccontextmanager
async def opened(
    first: First, size: tuple[int, int] = (120, 36), **others: Any
) -> AsyncIterator[tuple[OpsDesk, Pilot[None]]]:
    shown = first.app(**others)
    async with shown.run_test(size=size) as pilot:
        await settle(pilot)
        yield shown, pilot


async def press(shown: OpsDesk, pilot: Pilot[None], *keys: str) -> None:
    for key in keys:
        await pilot.press(key)
        await settle(pilot)


async def typed(shown: OpsDesk, pilot: Pilot[None], text: str) -> None:
    assert isinstance(shown.screen, Welcome)
    shown.screen.text.text = text
    await settle(pilot)


async def at_people(shown: OpsDesk, pilot: Pilot[None]) -> None:
    await press(shown, pilot, "down", "enter", "ctrl+s")
    assert "Who works here?" in screen.text(shown)


@pytest.mark.parametrize("size", SIZES)
async def test_an_empty_desk_offers_two_ways(size: tuple[int, int]) -> None:
    async with opened(First(), size) as (shown, _):
        assert "Look around in a demo company" in screen.text(shown)
        assert "Begin with your own company" in screen.text(shown)


async def test_a_desk_with_people_is_not_welcomed() -> None:
    shown = app(company())
    async with shown.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        assert isinstance(shown.screen, Today)


async def test_the_demo_company_opens_on_today() -> None:
    async with opened(First(), make_demo=company) as (shown, pilot):
        await press(shown, pilot, "enter")
        assert isinstance(shown.screen, Today)
        assert "Northwind Systems" in screen.text(shown)


async def test_a_demo_that_cannot_be_made_says_why() -> None:
    def full() -> Desk:
        raise Unavailable("The disk is full.", "Make room.")

    async with opened(First(), make_demo=full) as (shown, pilot):
        await press(shown, pilot, "enter")
        assert "The disk is full. Make room." in screen.text(shown)
        assert isinstance(shown.screen, Welcome)


@pytest.mark.parametrize("size", SIZES)
async def test_a_company_from_nothing_to_today(size: tuple[int, int]) -> None:
    first = First()
    async with opened(first, size) as (shown, pilot):
        await press(shown, pilot, "down", "enter")
        await pilot.press(*"Globex")
        await press(shown, pilot, "enter")
        await typed(shown, pilot, f"Sue Park, Operations\nTom Reyes, R&D\n{HOSTILE}, Support")
        assert "3 people" in screen.text(shown)
        assert "@sue · Operations" in screen.line(shown, "@sue")
        await press(shown, pilot, "ctrl+s")
        assert "Which of them are you?" in screen.text(shown)
        await press(shown, pilot, "enter")
        await typed(shown, pilot, "Initech, tom, 120000")
        await press(shown, pilot, "ctrl+s")
        await typed(shown, pilot, "Call back with the workaround @tom #initech fri !")
        assert "tom · initech · due Fri 27 Nov · promised" in screen.text(shown)
        await press(shown, pilot, "ctrl+s")
        assert isinstance(shown.screen, Today)
        assert "Globex  Monday" in screen.text(shown)
    assert [each.name for each in first.store.live(Person)] == ["Sue Park", "Tom Reyes", HOSTILE]
    assert [each.owner for each in first.store.live(Customer)] == ["tom"]
    assert [(a.title, a.promise) for a in first.store.live(Action)] == [("Call back with the workaround", True)]
    assert first.remembered == {"me": "sue"}
    assert first.desk.by == "sue"


async def test_every_step_can_be_skipped() -> None:
    first = First()
    async with opened(first) as (shown, pilot):
        await press(shown, pilot, "down", "enter", "ctrl+s", "ctrl+s", "ctrl+s", "ctrl+s")
        assert isinstance(shown.screen, Today)
    assert list(first.store.history()) == []


async def test_nothing_is_half_taken() -> None:
    first = First()
    async with opened(first) as (shown, pilot):
        await at_people(shown, pilot)
        await typed(shown, pilot, "Sue Park, Operations\nTom Reyes\nSue Park, Support")
        assert "2 people · 1 line cannot be read" in screen.text(shown)
        assert "line 3  Sue Park is there already." in screen.text(shown)
        await press(shown, pilot, "ctrl+s")
        assert "Nothing was taken in" in screen.text(shown)
        assert list(first.store.history()) == []
        await press(shown, pilot, "ctrl+o")
        assert "Which of them are you?" in screen.text(shown)
    assert [each.name for each in first.store.live(Person)] == ["Sue Park", "Tom Reyes"]
    assert len(first.store.history()) == 1


async def test_esc_goes_back_a_step_and_stops_at_the_first() -> None:
    async with opened(First()) as (shown, pilot):
        await at_people(shown, pilot)
        await press(shown, pilot, "escape")
        assert "What is the company called?" in screen.text(shown)
        await press(shown, pilot, "escape", "escape")
        assert "This desk is empty" in screen.text(shown)


async def test_letters_are_text_while_one_types() -> None:
    async with opened(First()) as (shown, pilot):
        await at_people(shown, pilot)
        await press(shown, pilot, *"aqz1?")
        assert isinstance(shown.screen, Welcome)
        assert shown.screen.text.text == "aqz1?"


async def test_a_name_typed_where_one_is_chosen_does_nothing() -> None:
    first = First()
    async with opened(first) as (shown, pilot):
        await at_people(shown, pilot)
        await typed(shown, pilot, "Sue Park\nTom Reyes")
        await press(shown, pilot, "ctrl+s", *"Acme 1z/.vq", "enter")
        assert isinstance(shown.screen, Welcome)
        assert not shown.screen.bar.typing
        assert len(first.store.live(Person)) == 2
        await press(shown, pilot, "escape")
    assert not first.store.live(Action)


async def test_a_file_is_named_by_its_path(tmp_path: Path) -> None:
    file = tmp_path / "people.csv"
    file.write_bytes("Name;Dept\r\nJörg Müller;Support\r\nLéa Bö;\r\n".encode("cp1252"))
    first = First()
    async with opened(first) as (shown, pilot):
        await at_people(shown, pilot)
        await typed(shown, pilot, f'"{file}"')
        assert "2 people" in screen.text(shown)
        await press(shown, pilot, "ctrl+s")
    assert [each.name for each in first.store.live(Person)] == ["Jörg Müller", "Léa Bö"]


async def test_a_table_without_names_is_refused_in_a_sentence() -> None:
    async with opened(First()) as (shown, pilot):
        await at_people(shown, pilot)
        await typed(shown, pilot, "Department,Limit\nSupport,3\nOperations,2")
        assert "No column is headed name" in screen.text(shown)


@pytest.mark.parametrize("size", SIZES)
async def test_what_is_wrong_is_said_in_full(size: tuple[int, int]) -> None:
    async with opened(First(), size) as (shown, pilot):
        await at_people(shown, pilot)
        await typed(shown, pilot, "Department,Limit,Shoe size\nSupport,3,38")
        said = " ".join(screen.text(shown).split())
        assert "No column is headed name; these are: Department, Limit, Shoe size." in said
        assert "Known are name, first, last, handle, department, email, limit." in said


@pytest.mark.parametrize("size", SIZES)
async def test_lines_that_cannot_be_read_and_columns_not_used_are_told_in_full(size: tuple[int, int]) -> None:
    async with opened(First(), size) as (shown, pilot):
        await press(shown, pilot, "down", "enter", "ctrl+s", "ctrl+s", "ctrl+s")
        await typed(shown, pilot, "Call back @bob fri")
        told = column(shown, "line 1")
        assert "@bob is not known: add people and customers first, or correct the name." in told
        await typed(shown, pilot, "Aufgabe;Größe\nCall back;38")
        told = column(shown, "Not used")
        assert "Not used: Größe. Known are title, owner, due, customer, state, promise, waiting_on." in told


def column(shown: OpsDesk, first: str) -> str:
    """What the panel says from the line that begins with these words."""
    lines = screen.text(shown).splitlines()
    at = next(number for number, line in enumerate(lines) if first in line)
    left = lines[at].index(first)
    return " ".join(" ".join(line[left:] for line in lines[at : at + 6]).split())


async def test_undo_takes_a_whole_step_back() -> None:
    first = First()
    async with opened(first) as (shown, pilot):
        await at_people(shown, pilot)
        await typed(shown, pilot, "Sue Park\nTom Reyes")
        await press(shown, pilot, "ctrl+s")
        assert "2 people taken" in screen.text(shown)
        await press(shown, pilot, "ctrl+z")
        assert list(first.store.live(Person)) == []


async def test_settings_that_cannot_be_kept_hold_the_step() -> None:
    def full(settings: Settings) -> Desk:
        raise Unavailable("The disk is full.")

    async with opened(First(), settle=full) as (shown, pilot):
        await press(shown, pilot, "down", "enter", "x", "enter")
        assert "The disk is full." in screen.text(shown)
        assert "What is the company called?" in screen.text(shown)


@pytest.mark.parametrize("text", ["", "  ", "Sue Park", "a\nb", "\x00", "x" * 600, "~nobody-at-all/x", "/"])
def test_what_is_no_file_is_text(text: str) -> None:
    assert named_file(text) is None
