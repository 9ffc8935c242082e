"""Pressing keys as a person does, and waiting until what they caused is done."""

from __future__ import annotations

from typing import Any

from textual.pilot import Pilot
from textual.widgets import Input

from tests import screen


async def settle(pilot: Pilot[Any]) -> str:
    """The screen, once every write is through and drawn."""
    while getattr(pilot.app.screen, "waiting", None):
        await pilot.pause(0.02)
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()
    await pilot.pause()
    return screen.text(pilot.app)


async def press(pilot: Pilot[Any], *keys: str) -> str:
    for key in keys:
        await pilot.press(key)
        await settle(pilot)
    return screen.text(pilot.app)


async def say(pilot: Pilot[Any], text: str, *, then: str = "enter") -> str:
    """Text into the lit bar, all at once, and the key after it."""
    pilot.app.screen.query_one("#capture-input", Input).value = text
    await pilot.pause()
    return await press(pilot, then) if then else screen.text(pilot.app)
