"""Pressing keys as a person does, and waiting until what they caused is done."""

from __future__ import annotations

import asyncio
import unicodedata
from collections.abc import Callable
from contextlib import suppress
from time import monotonic
from typing import Any
from weakref import WeakKeyDictionary

from textual.app import App
from textual.events import Key
from textual.pilot import Pilot
from textual.widgets import Input
from textual.worker import WorkerCancelled

from opsdesk.ui.repeats import QUICK
from opsdesk.ui.screens.base import DeskScreen
from tests import screen

PRESSED: WeakKeyDictionary[App[Any], dict[str, float]] = WeakKeyDictionary()
"""When each key was pressed last, in seconds."""


async def settle(pilot: Pilot[Any]) -> str:
    """The screen, once every write is through and drawn, and all that was read because of it."""
    while getattr(pilot.app.screen, "waiting", None):
        await pilot.pause(0.02)
    await pilot.pause()
    while at_work := [worker for worker in pilot.app.workers if not worker.is_finished]:
        for worker in at_work:
            with suppress(WorkerCancelled):  # another has taken its place
                await worker.wait()
        await pilot.pause()
    await pilot.pause()
    return screen.text(pilot.app)


async def press(pilot: Pilot[Any], *keys: str) -> str:
    for key in keys:
        at = PRESSED.setdefault(pilot.app, {})
        await pilot.pause(max(0.0, at.get(key, 0.0) + QUICK - monotonic()))  # sooner it would be held down
        at[key] = monotonic()
        await pilot.press(key)
        await settle(pilot)
    return screen.text(pilot.app)


async def say(pilot: Pilot[Any], text: str, *, then: str = "enter") -> str:
    """Text into the lit bar, all at once, and the key after it."""
    pilot.app.screen.query_one("#capture-input", Input).value = text
    await pilot.pause()
    return await press(pilot, then) if then else screen.text(pilot.app)


async def until(pilot: Pilot[Any], done: Callable[[], bool], complaint: str) -> str:
    """The screen as soon as `done` holds; the desk itself may be waiting."""
    for _ in range(500):
        if done():
            return screen.text(pilot.app)
        await pilot.pause(0.02)
    focused = f"{pilot.app.focused!r} {getattr(pilot.app.focused, 'value', None)!r}"
    raise AssertionError(f"{complaint}, {focused} in\n{screen.text(pilot.app)}")


async def shows(pilot: Pilot[Any], words: str) -> str:
    return await until(pilot, lambda: words in screen.text(pilot.app), f"no {words!r}")


async def on_line(pilot: Pilot[Any], id: str) -> None:
    """The cursor on the line of this record."""
    await settle(pilot)
    assert isinstance(pilot.app.screen, DeskScreen)
    shown = pilot.app.screen
    for _ in shown.list.rows:
        if shown.situation().line != id:
            shown.list.action_move(1)
    assert shown.situation().line == id


async def burst(home: App[Any], *keys: str, at_once: int = 1, gap: float = 0.0) -> None:
    """Keys as fast as a terminal hands them over, `at_once` together: nobody waits for what they cause."""
    for number, key in enumerate(keys, 1):
        home.post_message(_key(key))
        if number % at_once == 0:
            await asyncio.sleep(gap)


def _key(key: str) -> Key:
    if len(key) > 1:
        return Key(key, None)
    name = key if key.isalnum() else unicodedata.name(key).lower().replace(" ", "_").replace("-", "_")
    return Key(name, key)
