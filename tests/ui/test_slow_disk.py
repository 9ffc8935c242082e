"""A disk that does not answer: the clock goes on, keys are answered, what was written is kept, nothing piles up."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from pathlib import Path

import pytest
from textual.widgets import Input

from opsdesk.core.entries import Note
from opsdesk.core.errors import Unavailable
from opsdesk.core.journal import Transaction
from opsdesk.desk import Desk
from opsdesk.store.committed import Committed
from opsdesk.store.sqlite import SqliteStore
from opsdesk.ui.app import OpsDesk
from opsdesk.ui.commands import BUSY
from opsdesk.ui.threads import Ear
from tests import screen
from tests.clock import Clock
from tests.ui.desks import app, company
from tests.ui.keyboard import press, settle, shows, until
from tests.ui.slow import SlowStore

SIZE = (120, 40)
DAILY = "daily-operations-sync"


def opened() -> tuple[OpsDesk, Desk, SlowStore, Clock]:
    clock, store = Clock(), SlowStore()
    desk = company(clock, store)
    for title in ("Restore the EU pool", "Write the way back", "Call Globex"):
        desk.actions.capture(f"{title} @tom 20 nov", past_ok=True)
    meeting = desk.meetings.start(DAILY)
    desk.meetings.act(meeting.id, "Tell Sales @sue fri")
    desk.meetings.act(meeting.id, "Send the plan @tom fri")
    return app(desk, meeting.id), desk, store, clock


async def test_the_clock_and_the_keys_go_on_while_the_disk_does_not_answer() -> None:
    home, desk, store, clock = opened()
    async with home.run_test(size=SIZE) as pilot:
        before = await settle(pilot)
        store.stop()
        await until(pilot, lambda: home.busy, "the desk answers")
        clock.forward(seconds=75)
        headline = before.splitlines()[0]
        shown = await until(pilot, lambda: screen.lines(home)[0] != headline, "the clock stands")
        assert "18:45 left of 20" in shown
        was = home.front.list.key
        await pilot.press("down")
        assert home.front.list.key != was
        await pilot.press("n", *"half")
        assert home.front.query_one("#capture-input", Input).value == "half"
        await pilot.press("enter")
        await shows(pilot, "Still writing: the disk or another desk is busy")
        clock.forward(seconds=60)
        await shows(pilot, "17:45 left of 20")
        assert store.waiting <= 3  # one that writes, one that reads, one that listens
        assert store.asked == []
        store.go_on()
        await shows(pilot, "N-1 kept")
        shown = await settle(pilot)
        assert [note.text for note in desk.read.all(Note)] == ["half"]
        assert "half" in "\n".join(shown.splitlines()[5:-4])


async def test_what_would_have_to_be_read_first_says_so_instead_of_waiting() -> None:
    home, _, store, _ = opened()
    async with home.run_test(size=SIZE) as pilot:
        await settle(pilot)
        store.stop()
        await until(pilot, lambda: home.busy, "the desk answers")
        for key in ("v", "slash", "1", "7", "enter", "w", "i", "c", "q"):
            home.front.say("")
            await pilot.press(key)
            await shows(pilot, BUSY)
        await pilot.press("a", *"Call @to", "tab", *"fri")
        await shows(pilot, "Tom Reyes · due Fri 27 Nov")
        await pilot.press("escape", "f", *"globex support red why")
        await shows(pilot, "Globex")
        await pilot.press("escape", "question_mark")
        await shows(pilot, "Keys")
        await pilot.press("escape", "full_stop")
        await pilot.pause(1.1)
        assert store.asked == []
        store.go_on()
        await until(pilot, lambda: not home.busy, "still busy")


async def test_today_turns_its_minute_without_the_disk_and_catches_up_afterwards() -> None:
    home, desk, store, clock = opened()
    desk.meetings.adjourn("M-1", "over")
    home = app(desk)
    async with home.run_test(size=SIZE) as pilot:
        await settle(pilot)
        store.stop()
        clock.forward(minutes=31)
        await shows(pilot, "15:31")
        assert store.asked == []
        store.go_on()
        assert "15:31" in await settle(pilot)


async def test_a_guard_that_is_held_stops_no_clock(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    clock, stuck, go_on = Clock(), threading.Event(), threading.Event()
    desk = company(clock, SqliteStore(tmp_path))
    meeting = desk.meetings.start(DAILY)
    home = app(desk, meeting.id)
    plain = Committed.catch_up

    def stick(committed: Committed) -> None:
        """Whoever reads holds the guard."""
        if threading.current_thread() is not threading.main_thread():
            stuck.set()
            assert go_on.wait(20)
        plain(committed)

    async with home.run_test(size=SIZE) as pilot:
        await settle(pilot)
        monkeypatch.setattr(Committed, "catch_up", stick)
        await until(pilot, stuck.is_set, "nobody asks")
        clock.forward(seconds=75)
        await shows(pilot, "18:45 left of 20")
        await pilot.press("down", "n", *"half", "enter")
        await shows(pilot, "Still writing")
        go_on.set()
        await shows(pilot, "N-1 kept")
        await settle(pilot)
    desk.close()


async def test_a_poll_that_takes_long_is_not_asked_again_and_ends_with_the_screen() -> None:
    ear, asked, go_on = Ear(), [], threading.Event()

    def slow() -> str:
        asked.append(threading.current_thread().name)
        go_on.wait(20)
        return "news"

    heard: list[str] = []
    for _ in range(5):
        ear.ask(slow, lambda answer: heard.append(answer.result()))
    go_on.set()
    ear.end()
    assert asked == ["listener_0"]
    assert not any(thread.name.startswith("listener") for thread in threading.enumerate())


def test_nothing_runs_on_after_the_desk_was_left() -> None:
    import asyncio

    async def visit() -> None:
        async with app(company()).run_test(size=SIZE) as pilot:
            await settle(pilot)
            await pilot.pause(0.6)

    asyncio.run(visit())
    names = [thread.name for thread in threading.enumerate()]
    assert not [name for name in names if name.startswith(("writer", "reader", "listener", "daily"))]


@pytest.mark.parametrize("words", ["The desk's folder was removed.", "A-12 is damaged in the desk's file."])
async def test_trouble_is_said_when_it_begins_and_when_it_ends(words: str) -> None:
    home, desk, _, _ = opened()
    trouble: list[Unavailable] = []
    polls: list[int] = []
    plain = desk.news

    def news() -> Sequence[Transaction]:
        polls.append(1)
        if trouble:
            raise trouble[0]
        return plain()

    desk.news = news  # type: ignore[method-assign]
    async with home.run_test(size=SIZE) as pilot:
        await settle(pilot)
        trouble.append(Unavailable(words, "Look."))
        await shows(pilot, f"{words} Look.")
        home.front.say("something that is read now")
        count = len(polls)
        await until(pilot, lambda: len(polls) > count + 2, "no polls")
        assert "something that is read now" in screen.text(home)
        trouble.clear()
        await shows(pilot, "The desk can be read again.")


async def test_what_came_meanwhile_is_there_when_the_disk_answers() -> None:
    home, desk, store, _ = opened()
    async with home.run_test(size=SIZE) as pilot:
        await settle(pilot)
        store.stop()
        home.publish()
        await until(pilot, lambda: store.waiting > 0, "nobody reads")
        store.go_on()
        desk.meetings.note("M-1", "typed by somebody else")
        home.publish()
        assert "typed by somebody else" in await settle(pilot)
        assert "Tell Sales" in await press(pilot, "down")
