"""Beside the screen: one thread that writes, one that reads, one that listens. The screen itself waits for no disk."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

T = TypeVar("T")
PATIENCE = 0.5  # seconds after which a desk that has not answered is taken for busy


class Thread:
    """Runs one call at a time, in the order they were given."""

    def __init__(self, name: str) -> None:
        self._runs = ThreadPoolExecutor(max_workers=1, thread_name_prefix=name)

    def start(self, call: Callable[[], T]) -> asyncio.Future[T]:
        """Raises in the future whatever the call raises."""
        return asyncio.get_running_loop().run_in_executor(self._runs, call)

    def end(self) -> None:
        """After the call that is being made; what has not begun is left."""
        self._runs.shutdown(wait=True, cancel_futures=True)


class Ear:
    """Asks a desk for news, never twice at once: while an answer is outstanding nothing piles up behind it."""

    def __init__(self) -> None:
        self._thread = Thread("listener")
        self._asked: float | None = None

    @property
    def waiting(self) -> bool:
        """Whether the desk has not answered for longer than anybody should wait at a key."""
        return self._asked is not None and time.monotonic() - self._asked > PATIENCE

    def ask(self, call: Callable[[], T], heard: Callable[[asyncio.Future[T]], None]) -> None:
        """`heard` gets the finished call, on the thread of the screen."""
        if self._asked is not None:
            return
        self._asked = time.monotonic()
        self._thread.start(call).add_done_callback(lambda done: self._answered(done, heard))

    def _answered(self, done: asyncio.Future[T], heard: Callable[[asyncio.Future[T]], None]) -> None:
        self._asked = None
        if not done.cancelled():
            heard(done)

    def end(self) -> None:
        self._thread.end()
