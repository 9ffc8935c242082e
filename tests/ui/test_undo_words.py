"""What undo would take back, in the footer, and what it says when it has."""

from __future__ import annotations

from textwrap import wrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opsdesk.core.actions import Action
from opsdesk.core.journal import Change, Transaction
from opsdesk.core.meeting import Meeting
from opsdesk.desk import Desk
from opsdesk.store.memory import MemoryStore
from opsdesk.ui.ink import width, within
from opsdesk.ui.undone import by_ctrl, turned, undo_word
from tests.clock import START, Clock
from tests.ui.desks import app, company
from tests.ui.keyboard import press

DAILY = "daily-operations-sync"


def command(words: str, *changes: Change) -> Transaction:
    return Transaction(at=START, by="sue", command=words, changes=changes)


@pytest.mark.parametrize("id", ["A-231", "D-4", "N-1", "S-2", "T-9"])
def test_a_capture_goes_by_the_id_it_made(id: str) -> None:
    assert undo_word(command("Add something", Change("x", id, None, {}), Change("x", "V-3", None, {}))) == id


def test_a_command_of_a_meeting_goes_by_its_words() -> None:
    closing = command(
        "closing of Daily Operations Sync #41",
        Change("meeting", "M-77", {"state": "running"}, {"state": "draft"}),
        Change("action", "A-231", None, {}),
    )
    assert undo_word(closing) == "closing of Daily #41"
    assert turned(closing, "undone", "y brings it back") == (
        "undone: closing of Daily Operations Sync #41, it runs again · y closes it"
    )
    assert turned(closing, "done again", "z takes it back") == (
        "done again: closing of Daily Operations Sync #41 · z takes it back"
    )


def test_a_flag_goes_by_its_words_among_the_team_alone() -> None:
    flag = command("Flag Globex Support red", Change("scores", "S-7", None, {}))
    assert turned(flag, "undone", "y brings it back", team=True) == "undone: Flag Globex Support red · y brings it back"
    assert turned(flag, "undone", "y brings it back") == "undone: S-7 · y brings it back"


@pytest.mark.parametrize(
    "words", ["", "start of #1", "of", "x" * 500, "start of " + "日" * 90 + " #3", "a of b of c " * 9]
)
def test_no_words_are_too_long_for_the_footer(words: str) -> None:
    assert width(undo_word(command(words, Change("meeting", "M-1", None, {})))) <= 24


def test_nothing_to_undo_has_no_word() -> None:
    assert undo_word(None) == ""


async def test_a_start_and_a_closing_are_told_by_what_they_were() -> None:
    desk = company(Clock())
    meeting = desk.meetings.start(DAILY)
    async with app(desk, meeting.id).run_test(size=(120, 45)) as pilot:
        shown = await press(pilot, "question_mark", "escape")
        assert "z undo start of Daily #1" in shown.splitlines()[-1]
        await press(pilot, "c", "enter")
        assert desk.read.get(Meeting, meeting.id).state == "draft"
        shown = await press(pilot, "1")
        assert pilot.app.front.NAME == "today"
        shown = await press(pilot, "z")
        assert "undone: closing of Daily Operations Sync #1, it runs again · y closes it" in shown
        assert desk.read.get(Meeting, meeting.id).state == "running"


def overtaken() -> tuple[Desk, str, str]:
    """A desk at which Ana has changed what Sue did last."""
    store, clock = MemoryStore(), Clock()
    desk = company(clock, store)
    first, last = (desk.actions.capture(f"{what} @sue fri").id for what in ("Call Globex", "Write to Acme"))
    desk.actions.give(last, "tom")
    ana = Desk(store, clock, "ana", desk.settings, dict)
    ana.actions.give(last, "ana")
    return desk, first, last


async def test_a_refused_undo_says_so_and_a_second_z_takes_the_next_older_step() -> None:
    desk, _, last = overtaken()
    async with app(desk).run_test(size=(160, 36)) as pilot:
        shown = await press(pilot, "question_mark", "escape")
        assert f"z undo Give {last} to" in shown.splitlines()[-1]
        assert "(changed)" in shown.splitlines()[-1]
        shown = await press(pilot, "z")
        assert f"Not undone: Ana Lima has changed {last} since (Who, 15:00). z again undoes Add Write to Acme." in shown
        assert f"z undo {last}" in shown.splitlines()[-1]
        shown = await press(pilot, "z")
        assert f"Not undone: Ana Lima has changed {last} since" in shown
        assert "z again undoes Add Call Globex." in shown
        shown = await press(pilot, "z")
        assert "undone:" in shown
    assert [each.id for each in desk.read.all(Action)] == [last]


@pytest.mark.parametrize("between", ["down", "y", "escape", "question_mark escape"])
async def test_after_any_other_key_z_is_refused_as_before(between: str) -> None:
    desk, first, last = overtaken()
    async with app(desk).run_test(size=(160, 36)) as pilot:
        for _ in range(3):
            shown = await press(pilot, "z", *between.split(), "z")
            assert "z again undoes Add Write to Acme." in shown
            await press(pilot, "down")
    assert [each.id for each in desk.read.all(Action)] == [first, last]


def test_while_one_types_the_ctrl_keys_are_named() -> None:
    assert by_ctrl("A-1 kept · z undoes") == "A-1 kept · ctrl+z undoes"
    assert by_ctrl("undone: A-1 · y brings it back") == "undone: A-1 · ctrl+y brings it back"
    assert by_ctrl("3 taken · ctrl+z undoes") == "3 taken · ctrl+z undoes"


@given(
    st.text(st.characters(codec="ascii", categories=("L", "Zs")), max_size=200), st.integers(12, 60), st.integers(0, 9)
)
def test_what_does_not_fit_ends_with_an_ellipsis(text: str, cells: int, indent: int) -> None:
    shown = within(text, cells, 2, indent)
    assert len(wrap(shown, cells, initial_indent=" " * indent)) <= 2
    assert shown == text or (shown.endswith("…") and "".join(text.split()).startswith("".join(shown[:-1].split())))
