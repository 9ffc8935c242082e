"""What is saved is said to be saved, also where the desk cannot be read any more: nobody shall type it again."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from textual.widgets import Input

from opsdesk.core.actions import Action
from opsdesk.core.errors import Unavailable
from opsdesk.core.ports import Work
from opsdesk.store.memory import MemoryStore
from opsdesk.ui.screens.intents import after_saving
from tests import screen
from tests.clock import Clock
from tests.ui.desks import app, company
from tests.ui.keyboard import settle

READS = ("get", "all", "live", "where", "history", "trail")
SAID = "It is saved; the disk could not read the desk's file: here."


class Unreadable(MemoryStore):
    """Once `fails` it cannot be read any more after the next commit, until it is `fails` no longer."""

    fails = cut = False

    def __getattribute__(self, name: str) -> Any:
        if name in READS and self.fails and self.cut:
            raise Unavailable("The disk could not read the desk's file: here.", "Do it again.")
        return object.__getattribute__(self, name)

    @contextmanager
    def work(self, *args: Any, **named: Any) -> Iterator[Work]:  # type: ignore[override]
        with super().work(*args, **named) as unit:
            yield unit
        self.cut = True


@pytest.mark.parametrize("polled", [False, True])
async def test_a_reading_that_fails_after_the_commit_does_not_look_like_a_lost_write(polled: bool) -> None:
    store = Unreadable()
    desk = company(Clock(), store)
    store.cut = False
    home = app(desk)
    async with home.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await pilot.press("a", *"Call Globex")
        store.fails = True
        await pilot.press("enter")
        for _ in range(200):
            if SAID in screen.text(home):
                break
            await pilot.pause(0.02)
        if polled:
            home.listen()
            home.publish()
            await pilot.pause(0.6)
        assert SAID in screen.text(home)
        assert "nothing was saved" not in screen.text(home).lower()
        assert home.front is not None
        assert home.front.query_one(Input).value == ""
        store.fails = False
        assert [action.title for action in desk.read.all(Action)] == ["Call Globex"]


def test_the_words_after_saving() -> None:
    assert after_saving("The disk is gone.") == "It is saved; the disk is gone."
    assert after_saving("A-12 is damaged.") == "It is saved; A-12 is damaged."
