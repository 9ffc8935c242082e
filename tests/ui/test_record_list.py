from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from textual.app import App, ComposeResult
from textual.screen import Screen

from opsdesk.ui.ink import Ink, fit, width
from opsdesk.ui.theme import DEFAULT, PALETTES_VARIABLES, themes
from opsdesk.ui.widgets.columns import RECORD, Row, cut, layout
from opsdesk.ui.widgets.record_list import RecordList
from tests import screen


def record(at: int, text: str = "") -> Row:
    cells = (Ink("▲ R"), Ink(f"A-{at}"), Ink(text or f"line {at}"), Ink("Sue"), Ink("Acme"), Ink("late"))
    return Row(key=f"A-{at}", cells=cells)


class Place(Screen[None]):
    def __init__(self, opened: list[str]) -> None:
        super().__init__()
        self._opened = opened

    def open_row(self, key: str) -> None:
        self._opened.append(key)


class Listed(App[None]):
    def __init__(self, rows: list[Row]) -> None:
        super().__init__()
        self.rows = rows
        self.opened: list[str] = []
        for theme in themes():
            self.register_theme(theme)
        self.theme = DEFAULT

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return PALETTES_VARIABLES

    def compose(self) -> ComposeResult:
        yield RecordList(id="list")

    @property
    def listed(self) -> RecordList:
        return self.query_one(RecordList)

    def on_mount(self) -> None:
        self.listed.show(self.rows)
        self.listed.focus()

    def get_default_screen(self) -> Screen[Any]:
        return Place(self.opened)


HEADED = [Row(across=(Ink("HEADING"),)), record(1), Row(), Row(across=(Ink("MORE"),)), record(2), record(3)]


async def test_the_cursor_skips_headings_and_stops_at_the_ends() -> None:
    app = Listed(HEADED)
    async with app.run_test(size=(60, 10)) as pilot:
        assert app.listed.key == "A-1"
        await pilot.press("down")
        assert app.listed.key == "A-2"
        await pilot.press("j", "j", "J")
        assert app.listed.key == "A-3"
        await pilot.press("up", "k", "K", "up")
        assert app.listed.key == "A-1"
        await pilot.press("end", "enter")
        assert app.opened == ["A-3"]


async def test_the_cursor_stays_with_its_row_when_others_come_and_go() -> None:
    app = Listed(HEADED)
    async with app.run_test(size=(60, 10)) as pilot:
        await pilot.press("end")
        app.listed.show([record(9), record(3), record(1)])
        assert app.listed.key == "A-3"
        app.listed.show([record(9), record(1)])
        assert app.listed.key == "A-1"
        app.listed.show([])
        assert app.listed.key == ""


async def test_a_second_click_opens() -> None:
    app = Listed(HEADED)
    async with app.run_test(size=(60, 10)) as pilot:
        await pilot.click(RecordList, offset=(3, 4))
        assert (app.listed.key, app.opened) == ("A-2", [])
        await pilot.click(RecordList, offset=(3, 4))
        assert app.opened == ["A-2"]


async def test_the_heading_of_the_first_row_comes_back_into_sight() -> None:
    app = Listed([Row(across=(Ink("HEADING"),)), *[record(i) for i in range(1, 60)]])
    async with app.run_test(size=(60, 10)) as pilot:
        await pilot.press("end")
        assert "HEADING" not in screen.text(app)
        assert "line 59" in screen.text(app)
        await pilot.press("home")
        assert "HEADING" in screen.text(app)


async def test_hostile_text_is_shown_as_it_is() -> None:
    app = Listed([record(1, "[EMEA] Ünïcode 日本 [/x] [red]"), record(2, "x" * 10_000)])
    async with app.run_test(size=(80, 6)) as pilot:
        await pilot.pause()
        shown = screen.text(app).splitlines()
        assert "[EMEA] Ünïcode 日本 [/x] [red]" in shown[0]
        assert "…" in shown[1]
        assert all(width(line) <= 80 for line in shown)


@pytest.mark.parametrize("room", [30, 52, 80, 118, 198])
def test_columns_never_take_more_than_there_is(room: int) -> None:
    widths = layout([record(1, "t" * 200), record(12345)], RECORD, room)
    assert sum(w + 2 for w in widths if w) - 2 <= room
    assert widths[2] >= 4


def told(customer: str, owner: str, reason: str, text: str = "t" * 60) -> Row:
    return Row(key="A-1", cells=(Ink("▲ R"), Ink("A-1"), Ink(text), Ink(customer), Ink(owner), Ink(reason)))


def test_the_reason_keeps_26_cells_until_nothing_else_can_go_and_then_18() -> None:
    row = told("Sue", "Acme", "promise broken Fri 20 Nov, now Wed 25 Nov")
    found = {room: layout([row], RECORD, room)[2:] for room in (100, 80, 68, 60, 50)}
    assert found == {
        100: [37, 3, 4, 40],
        80: [30, 3, 4, 27],
        68: [30, 0, 0, 26],
        60: [30, 0, 0, 18],
        50: [20, 0, 0, 18],
    }


def test_a_reason_of_26_cells_is_whole_beside_long_names() -> None:
    row = told("Aperture Optics Ltd", "Bartholomew Higgins", "broken 30 Oct · 3×: choose")
    assert layout([row], RECORD, 84) == [3, 3, 30, 14, 0, 26]


def test_a_column_that_is_mostly_empty_goes_before_the_text_is_cut() -> None:
    rows = [told("Acme", "", "late"), *(told("", "Sue", "late") for _ in range(4))]
    assert layout(rows, RECORD, 83)[2:] == [60, 0, 3, 4]
    assert layout(rows, RECORD, 100)[2:] == [60, 4, 3, 4]
    assert layout([*rows, *rows[:1] * 2], RECORD, 83)[2:] == [56, 4, 3, 4]


async def test_the_row_under_the_cursor_is_told_in_full_where_it_is_cut() -> None:
    app = Listed([record(1), record(2, "a line that is far too long for so small a terminal as this")])
    async with app.run_test(size=(70, 6)) as pilot:
        assert app.listed.whole == ""
        await pilot.press("down")
        assert "too long for so small a terminal as this" in app.listed.whole


async def test_a_line_that_is_too_long_ends_with_an_ellipsis_beside_the_scrollbar_too() -> None:
    rows = [record(1, "t" * 90), Row(across=(Ink("one piece "), Ink("a" * 90))), *(record(n) for n in range(2, 20))]
    app = Listed(rows)
    async with app.run_test(size=(60, 6)) as pilot:
        await pilot.pause()
        assert "ttt…  " in screen.text(app).splitlines()[0]
        assert "aaa…" in screen.text(app).splitlines()[1]


@settings(max_examples=100)
@given(st.lists(st.text(st.characters(categories=["L", "N"]), max_size=12), max_size=5), st.integers(1, 40))
def test_pieces_are_cut_to_the_room_and_show_that_they_are(texts: list[str], room: int) -> None:
    kept, whole = "".join(piece.text for piece in cut([Ink(text) for text in texts], room)), "".join(texts)
    assert width(kept) <= room
    assert kept == whole if width(whole) <= room else kept.endswith("…")


@settings(max_examples=100)
@given(st.text(max_size=40), st.integers(0, 60))
def test_fit_is_exactly_so_wide(text: str, cells: int) -> None:
    printable = "".join(c for c in text if c.isprintable())
    assert width(fit(printable, cells)) == cells
