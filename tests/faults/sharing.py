"""What the children do at a desk they share: count, add, change what was read before, take back one's own."""

from __future__ import annotations

import os
import random
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from opsdesk.core.actions import Action
from opsdesk.core.errors import Conflict, Unavailable
from opsdesk.core.journal import undoable
from opsdesk.store import connections
from opsdesk.store.sqlite import SqliteStore
from tests.faults.writing import AT

COUNTERS = ("A-1", "A-2")
SHARED = ("A-3", "A-4")
FREE = ("title", "section", "agenda")

Acknowledge = Callable[[dict[str, Any]], None]


def furnish(store: SqliteStore) -> None:
    with store.work("furnish", by="nobody", at=AT) as work:
        for _ in (*COUNTERS, *SHARED):
            work.add(Action(title="0"))


class Sharer:
    """One of several people who write at the same time."""

    def __init__(self, acknowledge: Acknowledge, folder: str, by: str, seed: int) -> None:
        self.acknowledge, self.by, self.chance = acknowledge, by, random.Random(seed)
        self.store = SqliteStore(Path(folder))
        self.count = 0

    def some(self) -> None:
        doings = (self.increment, self.increment, self.add, self.stale, self.stale, self.undo)
        self.chance.choice(doings)()

    def value(self) -> str:
        self.count += 1
        return f"{self.by}-{os.getpid()}-{self.count}"

    def increment(self) -> None:
        """Read and written inside one transaction."""
        with self.store.work("increment", by=self.by, at=AT) as work:
            now = work.get(Action, self.chance.choice(COUNTERS))
            new = work.put(replace(now, title=str(int(now.title) + 1)))
        self.done("increment", work.seq, {new.id: {"title": new.title}})

    def add(self) -> None:
        with self.store.work("add", by=self.by, at=AT) as work:
            made = [work.add(Action(title=self.value())) for _ in range(self.chance.randint(1, 3))]
        self.done("add", work.seq, {each.id: {"title": each.title} for each in made}, [each.id for each in made])

    def stale(self) -> None:
        """Read before the transaction: others may have changed the same field, or another one, or none."""
        read = self.store.get(Action, self.chance.choice(SHARED))
        field, value = self.chance.choice(FREE), self.value()
        try:
            with self.store.work("stale", by=self.by, at=AT) as work:
                work.put(replace(read, **{field: value}))
        except Conflict as conflict:
            self.conflict(conflict, read, field, value)
        else:
            self.done("stale", work.seq, {read.id: {field: value}})

    def conflict(self, conflict: Conflict, read: Action, field: str, value: str) -> None:
        """It says what was there, what others made of it, and what was wanted."""
        (found,) = conflict.differences
        assert (found.field, found.was, found.mine) == (field, read[field], value)
        assert found.theirs not in (found.was, found.mine)
        assert conflict.mine is not None
        assert conflict.mine[field] == value
        self.acknowledge({"conflict": read.id, "given": []})

    def undo(self) -> None:
        try:
            with self.store.work("undo", by=self.by, at=AT) as work:
                found = undoable(reversed(self.store.history(by=self.by)))
                if found is not None:
                    work.undo(found)
        except Conflict:
            self.acknowledge({"conflict": "undo", "given": []})
        else:
            self.done("undo", work.seq if found else 0, {}, undoes=found.seq if found else 0)

    def done(self, command: str, seq: int, left: Any, given: list[str] | None = None, undoes: int = 0) -> None:
        ack = {"seq": seq, "by": self.by, "command": command, "left": left, "given": given or [], "undoes": undoes}
        self.acknowledge(ack)


def share(acknowledge: Acknowledge, folder: str, by: str, seed: int, commands: int) -> None:
    sharer = Sharer(acknowledge, folder, by, seed)
    for _ in range(commands):
        sharer.some()
    sharer.store.close()


def stop_inside(acknowledge: Acknowledge, folder: str) -> None:
    """Stands still in the middle of a command, until it is told to go on or is killed."""
    store = SqliteStore(Path(folder))
    with store.work("slow", by="eve", at=AT) as work:
        made = work.add(Action(title="slow"))
        os.kill(os.getpid(), signal.SIGSTOP)
    acknowledge({"seq": work.seq, "given": [made.id]})
    store.close()


def refused(acknowledge: Acknowledge, folder: str, patience: float, times: int) -> None:
    """Writes so often while somebody else does not finish, each time as patient as this; then once as usual."""
    usual = connections.PATIENCE
    connections.PATIENCE = patience
    store = SqliteStore(Path(folder))
    for _ in range(times):
        try:
            with store.work("add", by="bob", at=AT) as work:
                work.add(Action(title="never"))
        except Unavailable as error:
            acknowledge({"refused": str(error), "remembered": len(store.all(Action))})
    store.close()
    connections.PATIENCE = usual


def late(acknowledge: Acknowledge, folder: str) -> None:
    """Opens a desk, says so, and writes once it may; the first statement of the command is its sign that it waits."""
    store = SqliteStore(Path(folder))
    source = store._engine.source  # noqa: SLF001
    source.writer().set_trace_callback(lambda statement: acknowledge({"waits": statement}))
    try:
        with store.work("late", by="bob", at=AT) as work:
            work.add(Action(title="late"))
    except Unavailable as error:
        acknowledge({"refused": str(error)})
    else:
        acknowledge({"written": work.seq})


def make(acknowledge: Acknowledge, folder: str, by: str) -> None:
    store = SqliteStore(Path(folder))
    with store.work("make", by=by, at=AT) as work:
        made = work.add(Action(title=by))
    acknowledge({"made": made.id})
    store.close()
