"""How much is drawn for one key: a list, the bar and what stands beside them lay nothing out anew."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

import pytest
from textual.geometry import Region

from opsdesk.core.registers.absences import Absence
from opsdesk.desk import Desk
from opsdesk.ui.app import OpsDesk
from opsdesk.ui.ink import Ink
from opsdesk.ui.register.rows import Lines
from opsdesk.ui.widgets.columns import Row
from opsdesk.ui.widgets.panel import Panel
from tests import screen
from tests.clock import Clock
from tests.ui.desks import app, company
from tests.ui.keyboard import press, settle

SIZE = (140, 24)
DAY = date(2026, 11, 23)


@pytest.fixture
def desk() -> Desk:
    made = company(Clock())
    for n in range(60):
        made.registers.add("incidents", f"Search is slow, part {n} sev:3" if n % 2 else f"Login down, part {n} sev:2")
    return made


@contextmanager
def layouts(shown: OpsDesk) -> Iterator[list[object]]:
    """Collects each time that the whole screen is laid out."""
    found: list[object] = []
    shown.screen.screen_layout_refresh_signal.subscribe(shown.screen, found.append, immediate=True)
    yield found
    shown.screen.screen_layout_refresh_signal.unsubscribe(shown.screen)


async def opened(shown: OpsDesk, pilot: Any) -> None:
    shown.do_open_register("incidents")
    await settle(pilot)


async def test_no_key_in_a_register_lays_the_screen_out_anew(desk: Desk) -> None:
    shown = app(desk)
    async with shown.run_test(size=SIZE) as pilot:
        await opened(shown, pilot)
        with layouts(shown) as found:
            await press(pilot, "down", "comma", "pagedown", "comma")
        assert found == []
        await press(pilot, "slash")
        with layouts(shown) as found:
            await press(pilot, *"login", "backspace", "backspace")
        assert found == []
        assert "30 of 60" in screen.text(shown)


async def test_where_the_scrollbar_goes_the_lines_are_as_wide_as_the_list(desk: Desk) -> None:
    shown = app(desk)
    async with shown.run_test(size=SIZE) as pilot:
        await opened(shown, pilot)
        assert shown.front is not None
        listed = shown.front.list
        wide = listed.scrollable_content_region.width
        await press(pilot, "slash", *"i-5")
        assert len(listed.rows) < 24
        assert not listed.show_vertical_scrollbar
        assert listed.scrollable_content_region.width == wide + 1
        await press(pilot, "escape")
        assert listed.scrollable_content_region.width == wide


async def test_what_a_letter_narrows_to_is_in_the_frame_that_shows_the_letter(desk: Desk) -> None:
    shown = app(desk)
    async with shown.run_test(size=SIZE) as pilot:
        await opened(shown, pilot)
        await press(pilot, "slash")
        assert shown.front is not None
        shown.front.bar.input.insert_text_at_cursor("login")
        assert len(shown.front.list.rows) == 30


async def test_a_list_that_gets_shorter_ends_at_its_last_line(desk: Desk) -> None:
    shown = app(desk)
    async with shown.run_test(size=SIZE) as pilot:
        await opened(shown, pilot)
        assert shown.front is not None
        listed = shown.front.list
        await press(pilot, "end")
        listed.show(listed.rows[:50], at=listed.rows[49].key)
        assert listed.scroll_offset.y == 50 - listed.size.height
        assert listed.vertical_scrollbar.window_virtual_size == 50


def test_each_row_is_made_once_until_it_is_forgotten() -> None:
    made: list[str] = []

    def make(record: Any) -> Row:
        made.append(record.id)
        return Row(key=record.id)

    records = [Absence(id=f"AB-{n}", person="sue", starts=DAY, ends=DAY) for n in range(5)]
    lines = Lines(records, make)
    assert [row.key for row in lines[1:3]] == ["AB-1", "AB-2"]
    assert [lines[1].key, lines[2].key, lines[4].key] == ["AB-1", "AB-2", "AB-4"]
    assert made == ["AB-1", "AB-2", "AB-4"]
    lines.forget()
    assert lines[1].key == "AB-1"
    assert made[3:] == ["AB-1"]


async def test_a_mark_is_seen_at_once_and_goes_with_esc(desk: Desk) -> None:
    shown = app(desk)
    async with shown.run_test(size=SIZE) as pilot:
        await opened(shown, pilot)
        first = screen.row(shown, "I-1 ")
        await press(pilot, "space")
        assert "▌" in screen.lines(shown)[first]
        await press(pilot, "escape")
        assert "▌" not in screen.text(shown)


async def test_beside_a_list_only_the_lines_that_differ_are_drawn_again(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = app(desk)
    async with shown.run_test(size=SIZE) as pilot:
        await opened(shown, pilot)
        panel = shown.screen.query_one(Panel)
        panel.show([[Ink("one")], [Ink("two")], [Ink("three")]])
        drawn: list[Region] = []
        monkeypatch.setattr(panel, "refresh", lambda *regions: drawn.extend(regions))
        panel.show([[Ink("one")], [Ink("other")], [Ink("three")], [Ink("four")]])
        assert [region.y for region in drawn] == [1, 3]
