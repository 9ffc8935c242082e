"""Two people change the same: who, when, what differs, and theirs, mine or both with one key."""

from __future__ import annotations

from datetime import date

import pytest
from textual.pilot import Pilot
from textual.widgets import Input, Static

from opsdesk.core.actions import Action
from opsdesk.core.clocks import current
from opsdesk.core.entries import Note
from opsdesk.core.journal import undoable
from opsdesk.core.meeting import Meeting
from opsdesk.core.ports import Store
from opsdesk.desk import Desk
from opsdesk.store.memory import MemoryStore
from opsdesk.ui.app import OpsDesk
from opsdesk.ui.screens import overtaken as overtaken_screen
from opsdesk.ui.screens.overtaken import Overtaken
from tests import screen
from tests.clock import Clock
from tests.ui.desks import app, company
from tests.ui.keyboard import burst, on_line, press, say, settle, until
from tests.ui.slow import SlowStore

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
        assert "Not undone: Ana Lima has changed A-1 since (Due," in shown
        assert sue.read.get(Action, "A-1") == before
        assert undoable(reversed(sue.history(by="sue"))) == sue.undo.peek()


async def test_its_keys_are_in_the_list_of_keys_and_greyed_with_the_reason() -> None:
    sue, _, _ = two_desks()
    home = app(sue)
    async with home.run_test(size=(120, 60)) as pilot:
        shown = await press(pilot, "question_mark", *"theirs")
        line = next(line for line in shown.splitlines() if line.split()[:2] == ["t", "theirs"])
        assert "not now: nobody has changed what you were typing" in line


def noted(*texts: str) -> tuple[OpsDesk, Desk, Desk, Clock]:
    """Sue's room and Ana's desk, with notes that Sue has taken."""
    sue, ana, clock = two_desks()
    meeting = sue.meetings.start(DAILY)
    for text in texts:
        sue.meetings.note(meeting.id, text)
    return app(sue, meeting.id), sue, ana, clock


async def corrected(pilot: Pilot[None], typed: str, ana: Desk, theirs: str) -> str:
    """Sue corrects the first note; Ana has done so meanwhile."""
    await on_line(pilot, "N-1")
    await press(pilot, "enter")
    await say(pilot, typed, then="")
    ana.meetings.amend("N-1", theirs)
    return await press(pilot, "enter")


async def test_what_goes_on_being_typed_chooses_nothing_and_reaches_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(overtaken_screen, "MOMENT", 1.0)
    home, sue, ana, _ = noted("The pool is back")
    async with home.run_test(size=SIZE) as pilot:
        await on_line(pilot, "N-1")
        await press(pilot, "enter")
        await say(pilot, "The pool is up", then="")
        ana.meetings.amend("N-1", "The EU pool is back")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(home.screen, Overtaken), "nobody asks")
        await burst(home, *"that is mine, but both m t b z x 0 1 q ", "space", "pagedown", gap=0.01)
        await pilot.pause()
        shown = screen.text(home)
        assert isinstance(home.screen, Overtaken)
        assert "a key counts once none has come for a second" in shown
        assert current(sue.read.get(Meeting, "M-1")) == 0
        assert sue.read.get(Note, "N-1").text == "The EU pool is back"
        await settle(pilot)
        assert "N-1: yours is kept · z undoes" in await press(pilot, "m")


async def test_the_clock_goes_on_in_sight() -> None:
    home, _, ana, clock = noted("The pool is back")
    async with home.run_test(size=(80, 24)) as pilot:
        await corrected(pilot, "The pool is up", ana, "The EU pool is back")
        before = screen.lines(home)
        clock.forward(seconds=75)
        await until(pilot, lambda: screen.lines(home)[0] != before[0], "the clock stands")
        now = screen.lines(home)
        assert "18:45 left of 20" in now[0]
        assert now[2:8] != before[2:8]
        assert "Burning issues" in now[2]
        assert isinstance(home.screen, Overtaken)


@pytest.mark.parametrize(
    ("key", "kept"), [("b", "The EU pool is back since one / The pool is up"), ("m", "The pool is up")]
)
async def test_what_is_changed_once_more_while_it_is_looked_at_is_shown(key: str, kept: str) -> None:
    home, sue, ana, _ = noted("The pool is back")
    async with home.run_test(size=SIZE) as pilot:
        await corrected(pilot, "The pool is up", ana, "The EU pool is back")
        ana.meetings.amend("N-1", "The EU pool is back since one")
        home.publish()
        shown = await settle(pilot)
        assert "N-1: Ana Lima has changed it once more · nothing is lost" in shown
        found = [" ".join(line.split()) for line in shown.splitlines()]
        assert 'theirs "The EU pool is back since one"' in found
        assert 'mine "The pool is up"' in found
        assert 'both "The EU pool is back since one / The pool is up"' in found
        await press(pilot, key)
        assert sue.read.get(Note, "N-1").text == kept


async def test_both_is_not_doubled_where_it_was_changed_between_looking_and_choosing() -> None:
    home, sue, ana, _ = noted("The pool is back")
    async with home.run_test(size=SIZE) as pilot:
        await corrected(pilot, "The pool is up", ana, "The EU pool is back")
        ana.meetings.amend("N-1", "The EU pool is back since one")
        assert "has changed it once more" in await press(pilot, "b")
        await press(pilot, "b")
        assert sue.read.get(Note, "N-1").text == "The EU pool is back since one / The pool is up"


async def test_what_was_made_the_same_or_removed_meanwhile_leaves_nothing_to_choose() -> None:
    home, sue, ana, _ = noted("The pool is back")
    async with home.run_test(size=SIZE) as pilot:
        await corrected(pilot, "The pool is up", ana, "The EU pool is back")
        ana.meetings.amend("N-1", "The pool is up")
        home.publish()
        await settle(pilot)
        assert not isinstance(home.screen, Overtaken)
        assert sue.read.get(Note, "N-1").text == "The pool is up"
        await corrected(pilot, "The pool is down", ana, "The EU pool is down")
        ana.meetings.remove("N-1")
        home.publish()
        await settle(pilot)
        assert not isinstance(home.screen, Overtaken)
        await until(pilot, lambda: words(home) == "The pool is down", "the words are gone")


async def test_after_theirs_ones_own_words_are_one_key_away() -> None:
    home, sue, ana, _ = noted("The pool is back")
    async with home.run_test(size=SIZE) as pilot:
        await corrected(pilot, "The pool is up", ana, "The EU pool is back")
        shown = await press(pilot, "t")
        assert "N-1: theirs is kept · ↑ in the bar brings your words back" in shown
        assert "draft kept   The pool is up" in shown
        await press(pilot, "n", "up")
        assert words(home) == "The pool is up"
        await press(pilot, "enter", "m")
        assert sue.read.get(Note, "N-1").text == "The pool is up"
        assert home.drafts.lines == ()


async def test_theirs_and_mine_come_first_and_the_keys_are_in_sight_where_there_is_hardly_room() -> None:
    home, _, ana, _ = noted("word " * 60)
    async with home.run_test(size=(40, 10)) as pilot:
        shown = await corrected(pilot, "other " * 60, ana, "words " * 60)
        at = [shown.index(each) for each in ("5:00", "nothing is lost", "theirs", "mine", "t theirs   m mine   b both")]
        assert at == sorted(at)


@pytest.mark.parametrize("size", [(40, 10), (80, 24), (200, 50)])
async def test_the_words_that_differ_are_bold(size: tuple[int, int]) -> None:
    home, _, ana, _ = noted("The pool is back")
    async with home.run_test(size=size) as pilot:
        await corrected(pilot, "The pool is up", ana, "The EU pool is back")
        panel = home.screen.query_one("#panel-lines", Static)
        bold = {
            segment.text.strip()
            for row in range(panel.size.height)
            for segment in panel.render_line(row)
            if segment.style and segment.style.bold
        }
        assert {"EU", 'back"', 'up"'} <= bold
        assert not {"pool", "is"} & bold


async def test_whom_one_waits_on_is_a_name() -> None:
    sue, ana, _ = two_desks()
    home = app(sue)
    async with home.run_test(size=SIZE) as pilot:
        await on_line(pilot, "A-1")
        await press(pilot, "w")
        await say(pilot, "@ed", then="")
        ana.actions.wait("A-1", "tom")
        shown = await press(pilot, "enter")
        found = [" ".join(line.split()) for line in shown.splitlines()]
        assert {"theirs Tom Reyes", "mine Ed Novak"} <= set(found)
