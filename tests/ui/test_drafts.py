"""Whatever somebody has typed is kept by the desk or stands in a bar again: refused, left, or the desk itself left."""

from __future__ import annotations

import threading
from datetime import date
from typing import Any

import pytest
from textual.widgets import Input

from opsdesk.core.actions import Action
from opsdesk.core.entries import Note
from opsdesk.core.errors import Unavailable
from opsdesk.desk import Desk
from opsdesk.store.memory import MemoryStore
from opsdesk.ui.app import OpsDesk
from opsdesk.ui.drafts import Drafts, Kept, Line
from opsdesk.ui.widgets import capture_bar
from tests.clock import Clock
from tests.ui.desks import app, company
from tests.ui.keyboard import on_line, press, say, settle, until

SIZE = (120, 36)
DAILY = "daily-operations-sync"


def in_bar(home: OpsDesk) -> str:
    return home.front.query_one("#capture-input", Input).value


class Refusing:
    """Takes notes when it is told to; before that it lets them wait, and then refuses them."""

    def __init__(self, desk: Desk) -> None:
        self._plain = desk.meetings.note
        self.go_on = threading.Event()
        self.refuses = True
        desk.meetings.note = self  # type: ignore[method-assign, assignment]

    def __call__(self, id: str, text: str) -> Note:
        assert self.go_on.wait(20)
        if self.refuses:
            raise Unavailable("Another desk is writing.", "Try again in a moment.")
        return self._plain(id, text)


def in_room() -> tuple[OpsDesk, Desk, Refusing]:
    desk = company()
    meeting = desk.meetings.start(DAILY)
    return app(desk, meeting.id), desk, Refusing(desk)


def notes(desk: Desk) -> list[str]:
    return [note.text for note in desk.read.all(Note)]


async def test_every_refused_line_comes_back_in_its_turn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(capture_bar, "QUIET", 0.01)
    home, desk, disk = in_room()
    async with home.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await pilot.press("n", *"First line", "enter", *"second line", "enter", *"third")
        disk.go_on.set()
        shown = await settle(pilot)
        assert in_bar(home) == "third"
        assert 'Not kept: "First line" and 1 more · it comes back to the bar · Another desk is writing.' in shown
        disk.refuses = False
        await pilot.press("enter")
        for line in ("First line", "second line"):
            await until(pilot, lambda line=line: in_bar(home) == line, f"{line} is lost")
            await press(pilot, "enter")
        await settle(pilot)
        assert notes(desk) == ["third", "First line", "second line"]
        assert home.drafts.lines == ()


async def test_a_refused_line_does_not_come_between_the_letters_of_the_next_one() -> None:
    home, _, disk = in_room()
    async with home.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await pilot.press("n", *"First line", "enter", "x", "backspace")
        disk.go_on.set()
        await settle(pilot)
        assert in_bar(home) == ""
        await press(pilot, "up")
        assert in_bar(home) == "First line"


async def test_a_line_refused_after_its_room_was_left_waits_as_a_draft() -> None:
    home, _, disk = in_room()
    async with home.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await pilot.press("n", *"First line", "enter", "f2")
        await until(pilot, lambda: home.front.NAME == "today", "still in the room")
        disk.go_on.set()
        shown = await settle(pilot)
        assert 'Not kept: "First line" · it waits as a draft' in shown
        await press(pilot, "5", "n")
        assert in_bar(home) == "First line"


def on_table(store: MemoryStore | None = None, **others: Any) -> tuple[OpsDesk, Desk]:
    """In a meeting in which two actions were given out."""
    desk = company(Clock(), store)
    meeting = desk.meetings.start(DAILY)
    for title in ("Restore the EU pool", "Call Globex"):
        desk.meetings.act(meeting.id, f"{title} @tom 27 nov")
    return app(desk, meeting.id, **others), desk


@pytest.mark.parametrize(
    ("key", "typed"),
    [
        ("enter", "Restore both pools @tom 2026-11-27"),
        ("at", "@an"),
        ("t", "4 dec because of"),
        ("w", "legal until"),
        ("delete", "nobody needs"),
    ],
)
async def test_esc_keeps_the_draft_of_each_record(key: str, typed: str) -> None:
    home, _ = on_table()
    async with home.run_test(size=SIZE) as pilot:
        await on_line(pilot, "A-1")
        await press(pilot, key)
        shown = await say(pilot, typed, then="escape")
        assert f"draft kept   {typed}" in shown
        await on_line(pilot, "A-2")
        await press(pilot, key)
        assert in_bar(home) != typed
        await press(pilot, "escape", "home")
        await on_line(pilot, "A-1")
        await press(pilot, key)
        assert in_bar(home) == typed


async def test_what_was_left_last_is_named_and_what_was_not_changed_is_no_draft() -> None:
    home, _ = on_table()
    async with home.run_test(size=SIZE) as pilot:
        await on_line(pilot, "A-1")
        assert "draft kept" not in await press(pilot, "enter", "escape")
        await press(pilot, "a")
        await say(pilot, "First thought", then="escape")
        await press(pilot, "t")
        shown = await say(pilot, "4 dec", then="escape")
        assert "draft kept   4 dec   A-1 is due" in shown


async def test_a_draft_whose_record_has_changed_is_there_and_enter_asks() -> None:
    home, desk = on_table()
    async with home.run_test(size=SIZE) as pilot:
        await on_line(pilot, "A-1")
        await press(pilot, "enter")
        await say(pilot, "Restore both pools @tom 2026-11-27", then="escape")
        desk.actions.edit("A-1", "Restore three pools @tom 2026-11-27", past_ok=True)
        shown = await press(pilot, "enter")
        assert in_bar(home) == "Restore both pools @tom 2026-11-27"
        assert "A-1 has changed since you typed this · Enter asks where it differs" in shown
        assert "A-1 was changed while you typed" in await press(pilot, "enter")


async def test_drafts_are_there_when_the_desk_is_opened_again() -> None:
    store, files = MemoryStore(), [""]
    home, desk = on_table(store, keep_drafts=lambda text: files.append(text))
    async with home.run_test(size=SIZE) as pilot:
        await on_line(pilot, "A-1")
        await press(pilot, "enter")
        await say(pilot, "Restore both pools @tom 2026-11-27", then="escape")
        await press(pilot, "a")
        await say(pilot, "Half a thought", then="")
        await pilot.press("ctrl+q")
    assert home.drafts.told()[-1] == 'Kept as a draft for next time: action "Half a thought"'
    again = app(desk, "M-1", drafts=files[-1], keep_drafts=lambda text: files.append(text))
    async with again.run_test(size=SIZE) as pilot:
        assert "draft kept   Half a thought" in await settle(pilot)
        await press(pilot, "a")
        assert in_bar(again) == "Half a thought"
        await press(pilot, "enter", "escape")
        desk.actions.redate("A-1", date(2026, 12, 1), "they asked")
        await on_line(pilot, "A-1")
        shown = await press(pilot, "enter")
        assert in_bar(again).startswith("Restore the EU pool ")
        assert 'A-1 has changed since you typed "Restore both pools @tom ' in shown
        assert "↑ puts that here" in shown
        await press(pilot, "up")
        assert in_bar(again) == "Restore both pools @tom 2026-11-27"
        await say(pilot, "", then="escape")
        await pilot.press("ctrl+q")
    assert files[-1] == ""
    assert [action.title for action in desk.read.all(Action)][-1] == "Half a thought"


async def test_what_cannot_be_kept_for_next_time_is_said_before_it_is_lost() -> None:
    def full(text: str) -> None:
        if text:
            raise Unavailable("The disk is full.", "Make room.")

    home, _ = on_table(keep_drafts=full)
    async with home.run_test(size=SIZE) as pilot:
        await press(pilot, "a")
        await say(pilot, "Half a thought", then="")
        shown = await press(pilot, "ctrl+q")
        assert '"Half a thought" cannot be kept for next time · ctrl+q again leaves without it' in shown
        assert home.is_running
        await pilot.press("ctrl+q")
        await pilot.pause()
        assert home.return_code == 0


async def test_a_line_that_is_on_its_way_when_the_desk_is_left_is_kept_or_a_draft() -> None:
    files: list[str] = []
    desk = company()
    meeting = desk.meetings.start(DAILY)
    disk = Refusing(desk)
    home = app(desk, meeting.id, keep_drafts=files.append)
    async with home.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await pilot.press("n", *"First", "enter", *"second", "enter")
        disk.refuses = False
        threading.Timer(0.3, disk.go_on.set).start()
        await pilot.press("ctrl+q")
    left = [line.text for line in Drafts(files[-1]).lines]
    assert sorted(notes(desk) + left) == ["First", "second"]


def test_the_same_words_in_the_same_place_are_one_draft_and_a_spoilt_file_is_none() -> None:
    drafts = Drafts("{spoilt")
    for _ in range(2):
        drafts.put(Kept(line=Line(id="note", text="One [b] 日本"), state="left"))
    assert [line.text for line in Drafts(drafts.text).lines] == ["One [b] 日本"]
    assert Drafts('[{"id": "note", "text": "\\u001b[31m red"}]').lines[0].text == "[31m red"


async def test_the_cursor_stands_behind_the_words_so_that_the_date_stays_the_date() -> None:
    home, desk = on_table()
    async with home.run_test(size=SIZE) as pilot:
        await on_line(pilot, "A-1")
        shown = await press(pilot, "enter", "space", *"soon", "enter")
        assert "A-1 corrected" in shown
        kept = desk.read.get(Action, "A-1")
        assert (kept.title, kept.owner, str(kept.due)) == ("Restore the EU pool soon", "tom", "2026-11-27")


@pytest.mark.parametrize(("verb", "did"), [("drop", "dropped"), ("done", "finished")])
async def test_correcting_what_somebody_has_ended_meanwhile_says_so(verb: str, did: str) -> None:
    store = MemoryStore()
    home, desk = on_table(store)
    ana = Desk(store, Clock(), "ana", desk.settings, lambda: desk.agendas)
    async with home.run_test(size=SIZE) as pilot:
        await on_line(pilot, "A-1")
        await press(pilot, "enter", *"soon")
        ana.actions.drop("A-1", "not needed") if verb == "drop" else ana.actions.done("A-1")
        shown = await press(pilot, "enter")
        assert f"A-1 corrected · Ana Lima {did} it at 15:00 · z undoes" in shown
