"""Two people change the same: who, when, what differs, and theirs, mine or both with one key."""

from __future__ import annotations

from datetime import date

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from opsdesk.core.actions import Action
from opsdesk.core.entries import Note
from opsdesk.core.journal import undoable
from opsdesk.core.meeting import Meeting
from opsdesk.core.ports import Store
from opsdesk.desk import Desk
from opsdesk.store.memory import MemoryStore
from opsdesk.ui.app import OpsDesk
from opsdesk.ui.screens import overtaken as overtaken_screen
from opsdesk.ui.screens.overtaken import Overtaken
from tests.clock import Clock
from tests.ui.desks import app, company
from tests.ui.keyboard import press, say, settle
from tests.ui.slow import SlowStore
from tests.ui.test_slow_disk import until
from tests.ui.test_typing import on_line

SIZE = (120, 36)
DAILY = "daily-operations-sync"


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who reads here needs no time."""
    monkeypatch.setattr(overtaken_screen, "MOMENT", 0.01)


def two_desks(store: Store | None = None) -> tuple[Desk, Desk, Clock]:
    """Sue's and Ana's, on one store; one action that is Tom's, due on Friday 20 November."""
    clock, store = Clock(), store or MemoryStore()
    sue = company(clock, store)
    ana = Desk(store, clock, "ana", sue.settings, lambda: sue.agendas)
    sue.actions.capture("Restore the EU pool @tom 20 nov", past_ok=True)
    return sue, ana, clock


def words(home: OpsDesk) -> str:
    return home.front.query_one("#capture-input", Input).value


async def overtaken(pilot: Pilot[None], key: str, typed: str, ana: Desk, theirs: date) -> str:
    """Sue types after `key`; Ana has moved the date meanwhile."""
    await on_line(pilot, "A-1")
    await press(pilot, key)
    await say(pilot, typed, then="")
    ana.actions.redate("A-1", theirs, "they asked")
    return await press(pilot, "enter")


@pytest.mark.parametrize(
    ("key", "due", "said"), [("t", "2026-12-01", "A-1: theirs is kept"), ("m", "2026-12-04", "A-1: yours is kept")]
)
async def test_theirs_or_mine_with_one_key_and_undone_with_one(key: str, due: str, said: str) -> None:
    sue, ana, clock = two_desks()
    home = app(sue)
    async with home.run_test(size=SIZE) as pilot:
        await settle(pilot)
        clock.forward(minutes=1)
        shown = await overtaken(pilot, "t", "4 dec because of the move", ana, date(2026, 12, 1))
        assert "A-1 was changed while you typed · nothing is lost" in shown
        assert "Due   Ana Lima at 15:01" in shown
        found = [" ".join(line.split()) for line in shown.splitlines()]
        assert {
            "was Fri 20 Nov",
            "theirs Tue 1 Dec because they asked",
            "mine Fri 4 Dec because of the move",
        } <= set(found)
        assert "b is not possible: There is one Due: only one of the two can be true." in shown
        await press(pilot, "b")
        assert isinstance(home.screen, Overtaken)
        shown = await press(pilot, key)
        assert said in shown
        assert str(sue.read.get(Action, "A-1").due) == due
        assert ("z undoes" in shown.split(said)[1].splitlines()[0]) == (key == "m")
        if key == "m":
            await press(pilot, "z")
            assert str(sue.read.get(Action, "A-1").due) == "2026-12-01"


async def test_esc_leaves_theirs_and_gives_the_words_back() -> None:
    sue, ana, _ = two_desks()
    home = app(sue)
    async with home.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await overtaken(pilot, "t", "4 dec because of the move", ana, date(2026, 12, 1))
        shown = await press(pilot, "escape")
        assert "A-1 stays as it is now · your words are in the bar" in shown
        assert words(home) == "4 dec because of the move"
        assert str(sue.read.get(Action, "A-1").due) == "2026-12-01"
        assert isinstance(home.screen, type(home.front))
        await press(pilot, "enter")
        assert isinstance(home.screen, Overtaken)  # asked again: nothing is ever put over theirs unseen
        await press(pilot, "m")
        assert str(sue.read.get(Action, "A-1").due) == "2026-12-04"


async def test_both_where_both_can_be_true() -> None:
    sue, ana, _ = two_desks()
    meeting = sue.meetings.start(DAILY)
    sue.meetings.note(meeting.id, "The pool is back")
    home = app(sue, meeting.id)
    async with home.run_test(size=SIZE) as pilot:
        await on_line(pilot, "N-1")
        await press(pilot, "enter")
        await say(pilot, "The pool is back since noon", then="")
        ana.meetings.amend("N-1", "The EU pool is back")
        shown = await press(pilot, "enter")
        assert "b both" in shown
        shown = await press(pilot, "B")
        assert "N-1: both are kept · z undoes" in shown
        assert sue.read.get(Note, "N-1").text == "The EU pool is back / The pool is back since noon"
        await press(pilot, "z")
        assert sue.read.get(Note, "N-1").text == "The EU pool is back"


async def test_different_fields_go_together_and_nobody_is_asked() -> None:
    sue, ana, _ = two_desks()
    home = app(sue)
    async with home.run_test(size=SIZE) as pilot:
        await on_line(pilot, "A-1")
        await press(pilot, "at")
        await say(pilot, "@ed", then="")
        ana.actions.redate("A-1", date(2026, 12, 1), "they asked")
        shown = await press(pilot, "enter")
        assert "A-1 goes to Ed Novak · z undoes" in shown
        made = sue.read.get(Action, "A-1")
        assert (made.owner, str(made.due)) == ("ed", "2026-12-01")


async def test_who_is_typing_something_else_is_not_interrupted() -> None:
    store = SlowStore()
    sue, ana, _ = two_desks(store)
    home = app(sue)
    async with home.run_test(size=SIZE) as pilot:
        await on_line(pilot, "A-1")
        await press(pilot, "t")
        await say(pilot, "4 dec because of the move", then="")
        ana.actions.redate("A-1", date(2026, 12, 1), "they asked")
        store.stop()
        await pilot.press("enter", "a", *"Call t")
        store.go_on()
        shown = await settle(pilot)
        assert words(home) == "Call t"
        assert "Esc asks what is to be kept." in shown
        await press(pilot, *"om")
        assert words(home) == "Call tom"
        shown = await press(pilot, "escape")
        assert "A-1 was changed while you typed" in shown
        await press(pilot, "m", "a")
        assert words(home) == "Call tom"
        assert str(sue.read.get(Action, "A-1").due) == "2026-12-04"


async def test_a_key_that_was_pressed_before_it_could_be_read_chooses_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(overtaken_screen, "MOMENT", 3600.0)
    sue, ana, _ = two_desks()
    home = app(sue)
    async with home.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await on_line(pilot, "A-1")
        await press(pilot, "t")
        await say(pilot, "4 dec because of the move", then="")
        ana.actions.redate("A-1", date(2026, 12, 1), "they asked")
        await pilot.press("enter")
        await pilot.app.workers.wait_for_complete()
        await pilot.press(*"tmb")
        assert isinstance(home.screen, Overtaken)
        assert str(sue.read.get(Action, "A-1").due) == "2026-12-01"
        await press(pilot, "escape")
        await until(pilot, lambda: words(home) == "4 dec because of the move", "the words are gone")


async def test_what_changed_again_while_it_was_looked_at_is_asked_again() -> None:
    sue, ana, _ = two_desks()
    home = app(sue)
    async with home.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await overtaken(pilot, "t", "4 dec because of the move", ana, date(2026, 12, 1))
        ana.actions.redate("A-1", date(2026, 12, 2), "again")
        shown = await press(pilot, "m")
        assert "A-1: Ana Lima has changed it once more" in shown
        assert "theirs  Wed 2 Dec" in shown
        await press(pilot, "m")
        assert str(sue.read.get(Action, "A-1").due) == "2026-12-04"


@pytest.mark.parametrize("size", [(80, 24), (120, 36), (200, 50)])
async def test_it_fits_every_screen_and_the_clock_runs_on_behind_it(size: tuple[int, int]) -> None:
    sue, ana, clock = two_desks()
    meeting = sue.meetings.start(DAILY)
    sue.meetings.note(meeting.id, "word " * 60)
    home = app(sue, meeting.id)
    async with home.run_test(size=size) as pilot:
        await on_line(pilot, "N-1")
        await press(pilot, "enter")
        await say(pilot, "other " * 60, then="")
        ana.meetings.amend("N-1", "words " * 60)
        shown = await press(pilot, "enter")
        assert all(
            each in shown for each in ("nothing is lost", "was", "t theirs   m mine   b both   esc type it again")
        )
        clock.forward(minutes=3)
        await press(pilot, "m")
        assert sue.read.get(Meeting, meeting.id).state == "running"


async def test_before_a_customer_it_names_nobody_and_nothing_of_the_team() -> None:
    sue, ana, _ = two_desks()
    call = sue.meetings.start("customer-status-call", customer="acme")
    sue.meetings.act(call.id, "Send the plan @tom fri")
    home = app(sue, call.id)
    async with home.run_test(size=SIZE) as pilot:
        await on_line(pilot, "A-2")
        await press(pilot, "w")
        await say(pilot, "legal until 1 dec", then="")
        ana.actions.wait("A-2", "the CFO who is angry")
        shown = await press(pilot, "enter")
        assert "A-2 was changed while you typed" in shown
        assert "not shown here" in shown
        assert not any(each in shown for each in ("angry", "Ana"))


async def test_an_undo_that_somebody_has_overtaken_is_one_sentence_and_loses_nothing() -> None:
    sue, ana, _ = two_desks()
    sue.actions.redate("A-1", date(2026, 12, 4), "the move")
    ana.actions.redate("A-1", date(2026, 12, 1), "they asked")
    home = app(sue)
    async with home.run_test(size=SIZE) as pilot:
        await settle(pilot)
        before = sue.read.get(Action, "A-1")
        shown = await press(pilot, "z")
        assert "A-1: Ana Lima set Due to 2026-12-01" in shown
        assert sue.read.get(Action, "A-1") == before
        assert undoable(reversed(sue.history(by="sue"))) == sue.undo.peek()


async def test_its_keys_are_in_the_list_of_keys_and_greyed_with_the_reason() -> None:
    sue, _, _ = two_desks()
    home = app(sue)
    async with home.run_test(size=(120, 60)) as pilot:
        shown = await press(pilot, "question_mark", *"theirs")
        line = next(line for line in shown.splitlines() if line.split()[:2] == ["t", "theirs"])
        assert "not now: nobody has changed what you were typing" in line
