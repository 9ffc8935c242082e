"""How long a test of the screen waits: until nothing is left to be done, however busy the machine is."""

from __future__ import annotations

import asyncio

import pytest

FRAME = 1 / 250  # seconds between two drawings
TURNS = 1000


@pytest.fixture(autouse=True)
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """Textual takes a process that gets no time for one that has nothing to do."""
    monkeypatch.setattr("textual.screen.UPDATE_PERIOD", FRAME)
    for module in ("app", "pilot"):
        monkeypatch.setattr(f"textual.{module}.wait_for_idle", idle)


async def idle(*_: float) -> None:
    """In the place of Textual's own: two drawings, and all that follows from them."""
    for _ in range(2):
        await drained()
        await asyncio.sleep(FRAME)
    await drained()


async def drained() -> None:
    """Until the loop has nothing that could be done at once."""
    ready = asyncio.get_running_loop()._ready
    for _ in range(TURNS):
        await asyncio.sleep(0)
        if not ready:
            return
