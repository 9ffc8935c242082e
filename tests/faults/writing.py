"""What the children of the kill tests do at a desk, each acknowledged once it is committed."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from opsdesk.core.actions import Action
from opsdesk.core.journal import redoable, undoable
from opsdesk.store import connections
from opsdesk.store.sqlite import SqliteStore

AT = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)
LONG = 9_000
PAGES = 6

Acknowledge = Callable[[dict[str, Any]], None]


def checkpoint_often() -> None:
    """The log goes into the file every few commits, so that kills fall into that as well."""
    usual = connections.connect

    def connect(target: str) -> sqlite3.Connection:
        db = usual(target)
        db.execute(f"pragma wal_autocheckpoint={PAGES}")
        return db

    connections.connect = connect


class Writer:
    """One person doing random things to actions."""

    def __init__(self, acknowledge: Acknowledge, folder: str, by: str, seed: int) -> None:
        self.acknowledge, self.by, self.seed, self.chance = acknowledge, by, seed, random.Random(seed)
        self.store = SqliteStore(Path(folder))
        self.count = 0

    def some(self) -> None:
        doings = (self.add, self.add, self.put, self.put, self.mix, self.remove, self.give_up, self.undo, self.redo)
        self.chance.choice(doings)()

    def title(self) -> str:
        """Its first word is like no other; short or longer than a page."""
        self.count += 1
        return f"{self.by}-{self.seed}-{self.count} " + "x" * self.chance.choice((0, 9, 300, LONG))

    def add(self) -> None:
        with self.store.work("add", by=self.by, at=AT) as work:
            made = [work.add(Action(title=self.title())) for _ in range(self.chance.randint(1, 4))]
        self.done("add", work.seq, {each.id: each.title for each in made}, [each.id for each in made])

    def put(self) -> None:
        with self.store.work("put", by=self.by, at=AT) as work:
            chosen = self.chosen(work.all(Action), 3)
            made = [work.put(replace(each, title=self.title())) for each in chosen]
        self.done("put", work.seq if made else 0, {each.id: each.title for each in made})

    def mix(self) -> None:
        with self.store.work("mix", by=self.by, at=AT) as work:
            chosen = self.chosen(work.all(Action), 4)
            left: dict[str, str | None] = {each.id: None for each in chosen[:2]}
            for each in chosen[:2]:
                work.remove(Action, each.id)
            for each in chosen[2:]:
                left[each.id] = work.put(replace(each, title=self.title(), state="done")).title
            new = work.add(Action(title=self.title()))
        self.done("mix", work.seq, {**left, new.id: new.title}, [new.id])

    def remove(self) -> None:
        with self.store.work("remove", by=self.by, at=AT) as work:
            gone = [each.id for each in self.chosen(work.all(Action), 2)]
            for id in gone:
                work.remove(Action, id)
        self.done("remove", work.seq if gone else 0, dict.fromkeys(gone))

    def give_up(self) -> None:
        """An id that was given and thrown away again leaves no transaction, and is never given again."""
        with self.store.work("give up", by=self.by, at=AT) as work:
            id = work.add(Action(title="never there")).id
            work.remove(Action, id)
        self.done("give up", 0, {}, [id])

    def undo(self) -> None:
        self._take_back("undo", undoable)

    def redo(self) -> None:
        self._take_back("redo", redoable)

    def _take_back(self, command: str, choose: Callable[..., Any]) -> None:
        with self.store.work(command, by=self.by, at=AT) as work:
            found = choose(reversed(self.store.history(by=self.by)))
            if found is not None:
                work.undo(found)
        self.done(command, work.seq if found else 0, {})

    def chosen(self, records: Any, most: int) -> list[Action]:
        return self.chance.sample(list(records), min(len(records), self.chance.randint(1, most)))

    def done(self, command: str, seq: int, left: dict[str, str | None], given: list[str] | None = None) -> None:
        words = {id: title and title.split()[0] for id, title in left.items()}
        self.acknowledge({"seq": seq, "by": self.by, "command": command, "left": words, "given": given or []})


def write(acknowledge: Acknowledge, folder: str, seed: int, commands: int, often: bool) -> None:
    """Opens the desk, or makes it; so many commands; closes it."""
    if often:
        checkpoint_often()
    writer = Writer(acknowledge, folder, "sue", seed)
    for _ in range(commands):
        writer.some()
    writer.store.close()


def upgrade(acknowledge: Acknowledge, folder: str) -> None:
    """Opens a desk of an older format, which brings it up to date; one command."""
    writer = Writer(acknowledge, folder, "sue", 0)
    writer.add()
    writer.store.close()


def repair(acknowledge: Acknowledge, folder: str) -> None:
    from opsdesk.store.guard import SqliteGuard

    done = SqliteGuard(Path(folder)).repair()
    acknowledge({"restored": done.restored, "cut": done.cut})
