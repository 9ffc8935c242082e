"""A child that kills itself at a counted step: something it does to a file, or a statement it gives to SQLite."""

from __future__ import annotations

import os
import signal
import sqlite3
import sys
from collections.abc import Callable
from importlib import import_module
from typing import Any

from opsdesk.store import connections

TO_A_FILE = ("open", "os.chmod", "os.link", "os.mkdir", "os.remove", "os.rename", "os.rmdir", "os.truncate")

Acknowledge = Callable[[dict[str, Any]], None]


class Steps:
    """Counts them; SIGKILL instead of the one after `last`."""

    def __init__(self, last: int, statements: bool) -> None:
        self.last, self.statements, self.done = last, statements, 0

    def step(self) -> None:
        if self.done == self.last:
            os.kill(os.getpid(), signal.SIGKILL)
        self.done += 1

    def audited(self, event: str, given: tuple[Any, ...]) -> None:
        if event in TO_A_FILE:
            self.step()

    def connect(self, target: str) -> sqlite3.Connection:
        db = self.usual(target)
        db.set_trace_callback(lambda statement: self.step())
        return db

    def watch(self) -> None:
        if self.statements:
            self.usual, connections.connect = connections.connect, self.connect
        sys.addaudithook(self.audited)


def counted(acknowledge: Acknowledge, work: str, last: int, statements: bool, *given: Any) -> None:
    """`work` with these steps, and how many they were, if it comes to its end."""
    module, _, name = work.partition(":")
    steps = Steps(last, statements)
    doing = getattr(import_module(module), name)
    steps.watch()
    doing(acknowledge, *given)
    acknowledge({"steps": steps.done, "given": [], "seq": 0})
