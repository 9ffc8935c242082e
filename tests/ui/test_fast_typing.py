"""Keys come faster than anything is drawn: each one acts before the next, and none is lost or taken for another."""

from __future__ import annotations

import pytest
from textual.events import AppBlur, Hide, Paste

from opsdesk.core.clocks import current
from opsdesk.core.entries import Note
from opsdesk.core.meeting import Meeting
from opsdesk.desk import Desk
from opsdesk.ui.app import OpsDesk
from opsdesk.ui.screens.find import Find
from tests.ui.keyboard import burst, on_line, settle, until
from tests.ui.test_undisturbed import field, news, two_desks

SIZE = (120, 36)
SAID = "Half a thoughy\b, then d x 0 1 5 q z: said in a room, wirh\b\bth spaces and haste "
KEPT = "Half a though, then d x 0 1 5 q z: said in a room, with spaces and haste"
TIMES = 4  # about 300 letters
PACES = [(1, 0.0), (1, 0.002), (7, 0.01), (1000, 0.0)]


def typed(text: str) -> list[str]:
    return ["backspace" if each == "\b" else each for each in text]


def notes(desk: Desk) -> list[str]:
    return [note.text for note in desk.read.all(Note) if note.by == "sue" and "said before" not in note.text]


def untouched(home: OpsDesk, desk: Desk, meeting: str) -> None:
    """No letter was a command: the same section, the same screen, nothing undone."""
    assert current(desk.read.get(Meeting, meeting)) == 0
    assert len(home.screen_stack) == 1
    assert desk.undo.peek_redo() is None


@pytest.mark.parametrize(("at_once", "gap"), PACES)
async def test_what_stands_in_the_bar_is_what_was_typed_whatever_is_drawn(at_once: int, gap: float) -> None:
    home, sue, tom, meeting = two_desks()
    async with home.run_test(size=SIZE) as pilot:
        await settle(pilot)
        async with news(home, tom, meeting):
            await burst(home, "n", *typed(SAID * TIMES), at_once=at_once, gap=gap)
            want = (KEPT + " ") * TIMES
            await until(pilot, lambda: field(home).value == want, "a letter is lost or in another place")
        untouched(home, sue, meeting)


@pytest.mark.parametrize(("at_once", "gap"), PACES)
async def test_what_is_kept_is_what_was_typed_line_by_line(at_once: int, gap: float) -> None:
    home, sue, tom, meeting = two_desks()
    async with home.run_test(size=SIZE) as pilot:
        await settle(pilot)
        async with news(home, tom, meeting):
            lines = [f"{number} {SAID}" for number in range(TIMES)]
            keys = [key for line in lines for key in (*typed(line), "enter")]
            await burst(home, "n", *keys, "escape", at_once=at_once, gap=gap)
            await until(pilot, lambda: len(notes(sue)) == TIMES, "a line is lost")
        await settle(pilot)
        assert notes(sue) == [f"{number} {KEPT}" for number in range(TIMES)]
        assert not home.front.bar.typing
        untouched(home, sue, meeting)


async def test_a_command_right_after_a_line_that_closes_the_bar_is_a_command() -> None:
    home, sue, _, meeting = two_desks(notes=1)
    async with home.run_test(size=SIZE) as pilot:
        await on_line(pilot, "N-1")
        await burst(home, "enter", *"and more", "enter", "n", *"the next", "enter", "escape", "space", at_once=1000)
        await until(pilot, lambda: current(sue.read.get(Meeting, meeting)) == 1, "the space was lost")
        await settle(pilot)
        assert [note.text for note in sue.read.all(Note)] == ["said before 0 and more", "the next"]


async def test_what_is_pasted_stands_where_it_was_pasted() -> None:
    home, _, tom, meeting = two_desks()
    async with home.run_test(size=SIZE) as pilot:
        await settle(pilot)
        async with news(home, tom, meeting):
            await burst(home, "n", *"before ", at_once=1000)
            home.post_message(Paste("pasted\nwords"))
            await burst(home, *" after", at_once=1000)
            await until(pilot, lambda: field(home).value == "before pasted words after", "not in its place")


@pytest.mark.parametrize("size", [(80, 24), (160, 50)])
async def test_other_sizes_and_a_window_that_is_left_take_nothing_from_who_types(size: tuple[int, int]) -> None:
    home, sue, tom, meeting = two_desks()
    async with home.run_test(size=SIZE) as pilot:
        await settle(pilot)
        async with news(home, tom, meeting):
            await burst(home, "n", *"Half", at_once=1000)
            await until(pilot, lambda: field(home).value == "Half", "nothing typed")
            home.post_message(AppBlur())
            await burst(home, *" a ", at_once=1000)
            await pilot.resize_terminal(*size)
            await burst(home, *"tho", at_once=1000)
            field(home).post_message(Hide())  # of an earlier drawing, in which the bar was not lit
            await pilot.pause()
            await burst(home, *"ughx", "backspace", "t", at_once=1000)
            await until(pilot, lambda: field(home).value == "Half a thought", "a letter is lost")
        untouched(home, sue, meeting)


async def test_letters_typed_before_a_dialog_is_there_wait_for_it() -> None:
    home, sue, _, meeting = two_desks()
    async with home.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await burst(home, "slash", *"restorex", "backspace", *" pool", at_once=1000)
        await until(pilot, lambda: isinstance(home.screen, Find), "no dialog")
        await until(pilot, lambda: getattr(home.focused, "value", "") == "restore pool", "a letter is lost")
        assert current(sue.read.get(Meeting, meeting)) == 0


async def test_a_screen_that_is_being_opened_hears_what_was_typed_for_it() -> None:
    home, sue, _, meeting = two_desks()
    async with home.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await burst(home, "1", "5", "n", *"Said at once", "enter", "escape", at_once=1000)
        await until(pilot, lambda: notes(sue) == ["Said at once"], "a letter is lost")
        assert current(sue.read.get(Meeting, meeting)) == 0
