"""A disk whose syncs take long: whoever reads does not wait for whoever writes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pytest
from msgspec.structs import replace

from opsdesk.core.actions import Action
from opsdesk.store.guard import SqliteGuard
from opsdesk.store.sqlite import SqliteStore
from tests.clock import START
from tests.faults.refusing import on_disk
from tests.faults.vfs import Call, Disk

LONGEST = 20.0
EVERY_COMMIT = 1


class Stuck:
    """A command whose sync of one of the files does not come back before `go`."""

    def __init__(self, disk: Disk, file: str, command: Callable[[], object]) -> None:
        self.file, self.reached, self.go = file, Event(), Event()
        self.thread = Thread(target=command, daemon=True)
        disk.watch = self._watch

    def _watch(self, call: Call) -> None:
        if call.what == "sync" and Path(call.path).name == self.file:
            self.reached.set()
            assert self.go.wait(LONGEST)

    def __enter__(self) -> Stuck:
        self.thread.start()
        assert self.reached.wait(LONGEST)
        return self

    def __exit__(self, *_: object) -> None:
        self.go.set()
        self.thread.join(LONGEST)
        assert not self.thread.is_alive()

    def meanwhile(self, look: Callable[[], Any]) -> Any:
        """What it gives in a thread of its own, while the command stands still."""
        seen: list[Any] = []
        thread = Thread(target=lambda: seen.append(look()), daemon=True)
        thread.start()
        thread.join(LONGEST)
        assert seen, "it waited for the disk"
        assert self.thread.is_alive()
        assert not self.go.is_set()
        return seen[0]


@pytest.fixture
def folder(quick_path: Path) -> Path:
    return quick_path / "desk"


@pytest.fixture
def desk(disk: Disk, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[SqliteStore]:
    on_disk(monkeypatch, disk, EVERY_COMMIT)
    store = SqliteStore(folder)
    with store.work("capture", by="sue", at=START) as work:
        work.add(Action(title="old", meeting="M-1"))
    yield store
    store.close()


def change(store: SqliteStore) -> None:
    with store.work("change", by="sue", at=START) as work:
        work.put(replace(work.get(Action, "A-1"), title="new"))


LOOKS: dict[str, Callable[[SqliteStore], Any]] = {
    "get": lambda store: [store.get(Action, "A-1")],
    "all": lambda store: list(store.all(Action)),
    "live": lambda store: list(store.live(Action)),
    "where": lambda store: list(store.where(Action, meeting="M-1")),
}


@pytest.mark.parametrize("remembered", [True, False])
@pytest.mark.parametrize("look", LOOKS)
def test_what_is_read_while_a_commit_is_synced_is_there_at_once(
    disk: Disk, desk: SqliteStore, look: str, remembered: bool
) -> None:
    if remembered:
        LOOKS[look](desk)
    with Stuck(disk, "desk.db-wal", lambda: change(desk)) as stuck:
        assert [action.title for action in stuck.meanwhile(lambda: LOOKS[look](desk))] == ["old"]
        assert len(stuck.meanwhile(desk.history)) == 1
        assert not stuck.meanwhile(desk.news)
    assert [action.title for action in LOOKS[look](desk)] == ["new"]


@pytest.mark.parametrize("look", LOOKS)
def test_what_is_read_while_the_log_is_moved_into_the_file_is_there_at_once(
    disk: Disk, desk: SqliteStore, look: str
) -> None:
    """SQLite does so within the commit, which is durable by then; a desk that looks may know of it already."""
    with Stuck(disk, "desk.db", lambda: change(desk)) as stuck:
        assert [action.title for action in stuck.meanwhile(lambda: LOOKS[look](desk))] == ["new"]
    assert [action.title for action in LOOKS[look](desk)] == ["new"]


def test_another_desk_is_opened_and_read_while_a_commit_is_synced(disk: Disk, desk: SqliteStore, folder: Path) -> None:
    def opened() -> list[str]:
        store = SqliteStore(folder)
        found = [action.title for action in store.all(Action)]
        store.close()
        return found

    with Stuck(disk, "desk.db-wal", lambda: change(desk)) as stuck:
        assert stuck.meanwhile(opened) == ["old"]


def test_a_backup_is_made_while_a_commit_is_synced(
    disk: Disk, desk: SqliteStore, folder: Path, quick_path: Path
) -> None:
    with Stuck(disk, "desk.db-wal", lambda: change(desk)) as stuck:
        assert stuck.meanwhile(lambda: SqliteGuard(folder).backup(quick_path / "copy.db").records) == 1


def test_whoever_writes_next_waits_and_nothing_is_lost(disk: Disk, desk: SqliteStore, folder: Path) -> None:
    other = SqliteStore(folder)

    def add() -> None:
        with other.work("add", by="bob", at=START) as work:
            work.add(Action(title="second"))

    with Stuck(disk, "desk.db-wal", lambda: change(desk)) as stuck:
        waiting = Thread(target=add, daemon=True)
        waiting.start()
        stuck.go.set()
        waiting.join(LONGEST)
    assert [tx.command for tx in desk.history()] == ["capture", "change", "add"]
    assert [action.title for action in desk.all(Action)] == ["new", "second"]
    other.close()
