"""A register on the screen: listed, narrowed, typed into, moved one by one and many at once."""

from __future__ import annotations

from typing import Any

import pytest

from opsdesk.boards.index import BOARDS
from opsdesk.core.registers.incidents import Incident
from opsdesk.core.registers.maintenance import Maintenance
from opsdesk.desk import Desk
from opsdesk.ui.app import OpsDesk
from opsdesk.ui.screens.register import RegisterPage
from tests import screen
from tests.clock import Clock
from tests.ui.desks import app, company
from tests.ui.keyboard import press, say, settle

SIZE = (120, 36)


@pytest.fixture
def desk() -> Desk:
    made = company(Clock())
    made.registers.add("incidents", "Search is slow #globex sev:3")
    made.registers.add("incidents", "Login down @tom #acme sev:1")
    made.registers.add("incidents", "Mail late @ana sev:4")
    return made


async def opened(shown: OpsDesk, pilot: Any, kind: str = "incidents") -> str:
    shown.do_open_register(kind)
    return await settle(pilot)


def ids(shown: OpsDesk) -> list[str]:
    """Of the lines that are listed, from the top."""
    return [row.key for row in shown.front.list.rows] if shown.front else []


def incident(desk: Desk, id: str) -> Any:
    return desk.read.get(Incident, id)


async def test_the_worst_is_first_and_every_line_says_why(desk: Desk) -> None:
    shown = app(desk)
    async with shown.run_test(size=SIZE) as pilot:
        words = await opened(shown, pilot)
        assert ids(shown) == ["I-2", "I-1", "I-3"]
        assert "Incidents  3 open  most harmful first" in words
        line = screen.line(shown, "I-2")
        assert line.split()[:3] == ["▲", "R", "I-2"]
        assert "SEV-1 for 0 min · investigating" in line
        assert "Acme" in line
        assert "Tom Reyes" in line


async def test_8_lists_the_registers_and_what_is_open_in_them(desk: Desk) -> None:
    shown = app(desk)
    async with shown.run_test(size=SIZE) as pilot:
        words = await press(pilot, "8")
        assert "▲ R  Incidents" in words
        assert "3 open" in words
        await press(pilot, *"inci", "enter")
        assert isinstance(shown.front, RegisterPage)
        assert shown.front.kind == "incidents"


async def test_every_register_is_in_the_palette(desk: Desk) -> None:
    shown = app(desk)
    async with shown.run_test(size=SIZE) as pilot:
        await press(pilot, "ctrl+p", *"deliveries", "enter")
        assert isinstance(shown.front, RegisterPage)
        assert shown.front.kind == "deliveries"
        assert "No delivery is open." in screen.text(shown)
        assert "ctrl+n adds one: what  @who  #customer" in screen.text(shown)


async def test_each_letter_narrows_and_esc_shows_all_with_the_cursor_where_it_was(desk: Desk) -> None:
    shown = app(desk)
    async with shown.run_test(size=SIZE) as pilot:
        await opened(shown, pilot)
        await press(pilot, "slash", *"glob")
        assert ids(shown) == ["I-1"]
        assert "Incidents  1 of 3  with glob" in screen.text(shown)
        await press(pilot, "escape")
        assert ids(shown) == ["I-2", "I-1", "I-3"]
        assert shown.front.list.key == "I-1"
        await press(pilot, "slash", *"tom down", "enter")
        assert (ids(shown), shown.front.bar.typing) == (["I-2"], False)
        await press(pilot, "escape")
        assert len(ids(shown)) == 3
        assert shown.drafts.lines == ()


async def test_what_no_line_has_is_said_with_what_to_do(desk: Desk) -> None:
    shown = app(desk)
    async with shown.run_test(size=SIZE) as pilot:
        await opened(shown, pilot)
        words = await press(pilot, "slash", *"zzz")
        assert 'None of these incidents has "zzz".' in words
        assert "Esc shows all again. ; looks among what is over too." in words


async def test_one_key_walks_the_orders_and_the_cursor_stays_with_its_line(desk: Desk) -> None:
    shown = app(desk)
    async with shown.run_test(size=SIZE) as pilot:
        await opened(shown, pilot)
        assert "newest first" in await press(pilot, "comma")
        assert ids(shown) == ["I-3", "I-2", "I-1"]
        assert shown.front.list.key == "I-2"
        assert "by name" in await press(pilot, "comma")
        assert ids(shown) == ["I-2", "I-3", "I-1"]
        assert "most harmful first" in await press(pilot, "comma")


async def test_open_or_all(desk: Desk) -> None:
    desk.registers.act(["I-2"], "resolve")
    shown = app(desk)
    async with shown.run_test(size=SIZE) as pilot:
        await opened(shown, pilot)
        assert ids(shown) == ["I-1", "I-3"]
        words = await press(pilot, "semicolon")
        assert ids(shown) == ["I-1", "I-3", "I-2"]
        assert "3, 2 open" in words
        await press(pilot, "semicolon")
        assert ids(shown) == ["I-1", "I-3"]


async def test_a_line_is_understood_as_it_is_typed_and_tab_completes(desk: Desk) -> None:
    shown = app(desk)
    async with shown.run_test(size=SIZE) as pilot:
        await opened(shown, pilot)
        await press(pilot, "ctrl+n")
        words = await say(pilot, "Reports stuck @an", then="tab")
        assert "Reports stuck @ana" in words
        words = await say(pilot, "Reports stuck @ana #acme sev:2 impact:part", then="")
        assert "Ana Lima · Acme Logistics · SEV 2 · Impact partial" in words
        assert "I-4 kept · ctrl+z undoes" in await press(pilot, "enter")
        assert shown.front.list.key == "I-4"
        assert (incident(desk, "I-4").sev, incident(desk, "I-4").impact) == (2, "partial")
        words = await say(pilot, "Broken sev:9")
        assert '"9" is no whole number from 1 to 5' in words
        assert "Broken sev:9" in words


async def test_a_verb_of_the_key_table_says_what_it_does_and_how_it_is_undone(desk: Desk) -> None:
    shown = app(desk)
    async with shown.run_test(size=SIZE) as pilot:
        await opened(shown, pilot)
        assert "x resolve" in screen.lines(shown)[-1]
        assert "I-2: resolve · z undoes" in await press(pilot, "x")
        assert ids(shown) == ["I-1", "I-3"]
        await press(pilot, "z")
        assert ids(shown) == ["I-2", "I-1", "I-3"]
        words = await press(pilot, "w")
        assert "An incident waits for nobody: t says when its next update is due" in words
        assert "not now: An incident waits for nobody" in await press(pilot, "question_mark", *"wait")


async def test_marked_lines_are_moved_in_one_step_with_one_undo(desk: Desk) -> None:
    shown = app(desk)
    async with shown.run_test(size=SIZE) as pilot:
        await opened(shown, pilot)
        words = await press(pilot, "space", "space")
        assert "2 marked" in words
        assert "▌▲ R" in screen.line(shown, "I-2")
        await press(pilot, "at")
        words = await say(pilot, "@sue")
        assert "I-2, I-1: give to · z undoes" in words
        assert [incident(desk, id).owner for id in ("I-1", "I-2", "I-3")] == ["sue", "sue", "ana"]
        assert "marked" not in words
        await press(pilot, "z")
        assert [incident(desk, id).owner for id in ("I-1", "I-2", "I-3")] == ["", "tom", "ana"]


async def test_a_field_of_all_that_are_marked_is_set_in_one_step(desk: Desk) -> None:
    shown = app(desk)
    async with shown.run_test(size=SIZE) as pilot:
        await opened(shown, pilot)
        await press(pilot, "ctrl+a", "equals_sign")
        assert "SEV 2 · Owner Sue Park" in await say(pilot, "sev=2 owner=sue", then="")
        assert "I-2, I-1, I-3 set · z undoes" in await press(pilot, "enter")
        assert [incident(desk, id).sev for id in ("I-1", "I-2", "I-3")] == [2, 2, 2]
        await press(pilot, "z")
        assert [incident(desk, id).sev for id in ("I-1", "I-2", "I-3")] == [3, 1, 4]
        await press(pilot, "equals_sign")
        words = await say(pilot, "state=resolved")
        assert "State is not set by hand: a verb does." in words


async def test_what_is_marked_and_not_listed_is_said(desk: Desk) -> None:
    shown = app(desk)
    async with shown.run_test(size=SIZE) as pilot:
        await opened(shown, pilot)
        await press(pilot, "space", "slash", *"glob", "enter")
        assert "1 marked, 1 not listed" in screen.text(shown)
        await press(pilot, "escape", "escape")
        assert "marked" not in screen.text(shown)


async def test_on_a_wide_screen_all_of_the_record_is_beside_the_list(desk: Desk) -> None:
    shown = app(desk)
    async with shown.run_test(size=(150, 36)) as pilot:
        await opened(shown, pilot)
        assert "Customers       Acme Logistics" in screen.text(shown)
        await press(pilot, "down")
        assert "Customers       Globex" in screen.text(shown)


async def test_enter_and_v_show_the_record_with_its_trail(desk: Desk) -> None:
    shown = app(desk)
    async with shown.run_test(size=SIZE) as pilot:
        await opened(shown, pilot)
        for key in ("enter", "v"):
            words = await press(pilot, key)
            assert "TRAIL" in words
            assert "Add Login down" in words
            assert "SEV-1 for 0 min" in words
            await press(pilot, "escape")


async def test_what_another_desk_adds_is_listed(desk: Desk) -> None:
    shown = app(desk)
    async with shown.run_test(size=SIZE) as pilot:
        await opened(shown, pilot)
        desk.registers.add("incidents", "Backup failed sev:2")
        shown.publish()
        await settle(pilot)
        assert ids(shown) == ["I-2", "I-4", "I-1", "I-3"]
        assert shown.front.list.key == "I-2"


@pytest.mark.usefixtures("vendors")
async def test_a_register_added_by_one_file_is_on_the_screen_in_the_palette_and_found() -> None:
    shown = app(company(Clock()))
    async with shown.run_test(size=SIZE) as pilot:
        await press(pilot, "ctrl+p", *"vendors", "enter")
        await press(pilot, "ctrl+n")
        await say(pilot, "Pager @sue cost:1200 4 dec")
        words = await press(pilot, "escape")
        assert "Vendors  1 open" in words
        assert screen.line(shown, "Pager").split() == ["VD-1", "Pager", "Sue", "Park", "Fri", "4", "Dec"]
        assert "Vendors" in await press(pilot, "8")
        await press(pilot, "escape", "1", "slash", *"page")
        assert "VD-1" in screen.text(shown)


async def test_hostile_words_are_listed_and_looked_for_as_they_are() -> None:
    desk = company(Clock())
    desk.registers.add("incidents", f"[EMEA] Ünïcode 日本 [/x] {'x' * 5_000}")
    shown = app(desk)
    async with shown.run_test(size=(80, 24)) as pilot:
        await opened(shown, pilot)
        assert "[EMEA] Ünïcode 日本" in screen.text(shown)
        await press(pilot, "slash")
        assert "1 of 1" in await say(pilot, "unicode [/x]", then="")


async def test_a_register_weighs_and_explains_what_its_records_run_into_as_its_board_does() -> None:
    desk = company(Clock())
    desk.registers.add("components", "Search", handle="search", owner="tom")
    desk.registers.add("maintenance", "New disks starts:25.11.2026 18:00 components:search")
    desk.registers.add("maintenance", "New index starts:26.11.2026 18:00")
    desk.registers.add("absences", "@tom starts:25.11.2026 ends:25.11.2026")
    shown = app(desk)
    async with shown.run_test(size=SIZE) as pilot:
        words = await opened(shown, pilot, "maintenance")
        laid = BOARDS["maintenance"](desk.read, desk.scene())
        assert laid[0].weight in ("red", "orange")
        for line in laid:
            assert shown.front.book.says.weight(desk.read.get(Maintenance, line.id)) == line.weight
        assert [line.id for line in laid] == ids(shown)
        assert "and nobody covers" in words
        desk.registers.act(["AB-1"], "cover", "ana")
        shown.front.refresh_all()
        assert "and nobody covers" not in await settle(pilot)


async def test_the_days_of_an_absence_are_told_as_a_person_reads_them() -> None:
    desk = company(Clock())
    desk.registers.add("absences", "@tom starts:25.11.2026 ends:27.11.2026")
    shown = app(desk)
    async with shown.run_test(size=SIZE) as pilot:
        words = await opened(shown, pilot, "absences")
        assert "Tom Reyes away, Wed 25 Nov to Fri 27 Nov" in words
        assert "away from Wed 25 Nov · nobody covers" in words
        assert "2026-" not in words


async def test_an_absence_without_an_end_of_somebody_on_call_says_both_while_it_is_typed() -> None:
    desk = company(Clock())
    desk.registers.add("absences", "@tom on call starts:23.11.2026 ends:27.11.2026")
    shown = app(desk)
    async with shown.run_test(size=SIZE) as pilot:
        await opened(shown, pilot, "absences")
        await press(pilot, "ctrl+n")
        words = await say(pilot, "@tom away", then="")
        assert "on call today, and nobody else is" in words
        assert "one day: until fri makes it longer" in words
