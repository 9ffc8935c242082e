"""A disk that refuses the Nth of some calls, and all after it or none; and what must hold of a desk on it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from shutil import copyfile, rmtree

import apsw
import pytest

from opsdesk.core.actions import Action
from opsdesk.core.errors import OpsDeskError
from opsdesk.core.journal import Transaction
from opsdesk.store import connections, files
from opsdesk.store.sqlite import SqliteStore
from tests.faults.adapter import Connection
from tests.faults.ledger import audited, held
from tests.faults.vfs import Call, Disk, Refused

CHANGING = frozenset(("write", "truncate", "sync", "grow"))
REFUSALS = {
    "full": (apsw.SQLITE_FULL, CHANGING),
    "write": (apsw.SQLITE_IOERR_WRITE, frozenset(("write", "truncate"))),
    "sync": (apsw.SQLITE_IOERR_FSYNC, frozenset(("sync",))),
    "shared memory": (apsw.SQLITE_IOERR_SHMSIZE, frozenset(("grow",))),
    "read": (apsw.SQLITE_IOERR_READ, frozenset(("read",))),
}


@dataclass
class Refusing:
    """Of the calls named, the one after `left` others is refused, half done; with `lasting` all after it as well."""

    code: int
    whats: frozenset[str]
    left: int
    lasting: bool
    refused: list[Call] = field(default_factory=list)

    def __call__(self, call: Call) -> None:
        if call.what not in self.whats:
            return
        self.left -= 1
        if self.left == -1 or (self.left < -1 and self.lasting):
            self.refused.append(call)
            raise Refused(self.code, done=0.5)


def idle(call: Call) -> None:
    return None


def on_disk(monkeypatch: pytest.MonkeyPatch, disk: Disk, pages: int) -> None:
    """From here on every desk is on this disk; its log is tidied at so many pages."""
    monkeypatch.setattr(connections, "connect", lambda target: Connection(target, disk.name, pages))


MOST = 200


def tidy(folder: Path) -> None:
    """The log goes into the file, so that the next command finds no work that others have left."""
    with closing(connections.connect((folder / files.NAME).as_uri())) as db:
        db.execute("pragma wal_checkpoint(passive)")


def sweep(
    disk: Disk, how: str, lasting: bool, attempt: Callable[[], object], step: int = 1
) -> Iterator[OpsDeskError | None]:
    """The attempt again and again, refused at its first call, its second … until it goes through untouched.

    After each: the error, or None where it went through all the same; there is room again by then.
    """
    for left in range(0, MOST, step):
        disk.watch = refusing = Refusing(*REFUSALS[how], left, lasting)
        error = None
        try:
            attempt()
        except OpsDeskError as said:
            error = said
        finally:
            disk.watch = idle
        if not refusing.refused:
            assert error is None
            return
        yield error
    raise AssertionError("it never goes through")


def is_clear(error: OpsDeskError, place: Path) -> None:
    """One sentence that says what, where and that nothing was saved (or read); and another what to do."""
    assert any(words in error.message for words in ("nothing was saved", "could not read", "that reading needs"))
    assert error.message.count(str(place)) == 1
    assert error.message.endswith(".")
    assert ". " not in error.message
    assert "do it again" in error.hint.lower()


def same(store: SqliteStore, folder: Path) -> list[Transaction]:
    """What this store remembers is what a new one finds; the journal of both."""
    history = audited(store)
    fresh = SqliteStore(folder)
    assert audited(fresh) == history
    assert held(fresh) == held(store)
    assert list(fresh.where(Action, state="open")) == list(store.where(Action, state="open"))
    fresh.close()
    return history


def after_a_kill(folder: Path, aside: Path) -> Sequence[Transaction]:
    """The journal as a new process finds it, were every one that has the desk open killed now."""
    aside.mkdir()
    for path in folder.glob(f"{files.NAME}*"):
        if not path.name.endswith("-shm"):
            copyfile(path, aside / path.name)
    store = SqliteStore(aside)
    history = audited(store)
    store.close()
    rmtree(aside)
    return history
