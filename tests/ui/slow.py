"""A store that can be made to stop answering, and that nobody may ask on the screen's own thread meanwhile."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from opsdesk.core.ports import Work
from opsdesk.store.memory import MemoryStore

PATIENCE = 20.0
ASKED = ("get", "all", "live", "where", "history", "trail", "news")


class SlowStore(MemoryStore):
    """`asked`: what was asked of it on the main thread while it did not answer; there it answers all the same."""

    def __init__(self) -> None:
        super().__init__()
        self._answers = threading.Event()
        self._answers.set()
        self.asked: list[str] = []
        self.waiting = 0

    def stop(self) -> None:
        self._answers.clear()

    def go_on(self) -> None:
        self._answers.set()

    def _wait(self, name: str) -> None:
        if self._answers.is_set():
            return
        if threading.current_thread() is threading.main_thread():
            self.asked.append(name)
            return
        self.waiting += 1
        assert self._answers.wait(PATIENCE)
        self.waiting -= 1

    def __getattribute__(self, name: str) -> Any:
        if name in ASKED:
            object.__getattribute__(self, "_wait")(name)
        return object.__getattribute__(self, name)

    @contextmanager
    def work(self, *args: Any, **named: Any) -> Iterator[Work]:  # type: ignore[override]
        self._wait("work")
        with super().work(*args, **named) as unit:
            yield unit
            self._wait("commit")
