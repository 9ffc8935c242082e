"""A disk that is full, or fails, at any call of a command: one sentence, memory is the disk, and the desk goes on."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from shutil import copyfile, rmtree
from typing import Any

import pytest
from msgspec.structs import replace

from opsdesk.core.actions import Action
from opsdesk.store import connections
from opsdesk.store.guard import SqliteGuard
from opsdesk.store.sqlite import SqliteStore
from tests.clock import START
from tests.faults.ledger import audited
from tests.faults.refusing import REFUSALS, after_a_kill, is_clear, on_disk, same, sweep, tidy
from tests.faults.vfs import Disk, SharedMemory

LONG = "x" * 3_000
SELDOM = 1_000_000
OFTEN = [how for how in REFUSALS if how != "shared memory"]
OLD = Path(__file__).parents[1] / "store" / "fixtures" / "format-1.db"


def capture(store: SqliteStore, *titles: str) -> list[str]:
    with store.work("capture", by="sue", at=START) as work:
        return [work.add(Action(title=title)).id for title in titles]


def change(store: SqliteStore) -> None:
    with store.work("change", by="sue", at=START) as work:
        first, *_, last = work.all(Action)
        work.add(Action(title=LONG))
        work.put(replace(last, title=f"{last.title[:9]}{work.seq} {LONG}"))
        work.remove(Action, first.id)


def undo(store: SqliteStore) -> None:
    """Of an undo as well, so that there is always something to take back."""
    with store.work("undo", by="sue", at=START) as work:
        work.undo(store.history(limit=1)[0])


@pytest.mark.parametrize("lasting", [True, False])
@pytest.mark.parametrize("pages", [1, 10, SELDOM])
@pytest.mark.parametrize("how", OFTEN)
@pytest.mark.parametrize("command", [change, undo])
def test_wherever_the_disk_refuses_memory_is_the_disk_and_the_desk_goes_on(
    disk: Disk,
    monkeypatch: pytest.MonkeyPatch,
    quick_path: Path,
    command: Callable[[SqliteStore], None],
    how: str,
    pages: int,
    lasting: bool,
) -> None:
    folder = quick_path / "desk"
    with monkeypatch.context() as patch:
        on_disk(patch, disk, pages)
        store, other = SqliteStore(folder), SqliteStore(folder)
        for number in range(12):
            capture(store, f"{number} {LONG}")
        other.news()
        known, refused = audited(store), 0
        for error in sweep(disk, how, lasting, lambda: command(store)):
            history = same(store, folder)
            assert list(other.news()) == history[len(known) :]
            if error is None:
                assert len(history) == len(known) + 1
            else:
                is_clear(error, folder / "desk.db")
                assert history == known
            refused += error is not None
            known = history
            tidy(folder)
        assert refused >= 2 or how == "read"
        assert len(same(store, folder)) == len(known) + 1
        store.close()
        other.close()


@pytest.mark.parametrize("lasting", [True, False])
@pytest.mark.parametrize("how", OFTEN)
def test_a_kill_after_a_refusal_loses_nothing_that_was_acknowledged(
    disk: Disk, monkeypatch: pytest.MonkeyPatch, quick_path: Path, how: str, lasting: bool
) -> None:
    """Where the outcome of a command is unknown, it may come to light afterwards; never half of it."""
    folder = quick_path / "desk"
    with monkeypatch.context() as patch:
        on_disk(patch, disk, 10)
        store = SqliteStore(folder)
        capture(store, "one", "two", "three")
        for _ in sweep(disk, how, lasting, lambda: change(store)):
            known = audited(store)
            found = after_a_kill(folder, quick_path / "aside")
            assert list(found[: len(known)]) == known
            assert len(found) <= len(known) + 1
            tidy(folder)
        store.close()


@pytest.mark.parametrize("lasting", [True, False])
@pytest.mark.parametrize("how", REFUSALS)
def test_a_desk_whose_making_was_refused_is_made_when_there_is_room(
    disk: Disk, monkeypatch: pytest.MonkeyPatch, quick_path: Path, how: str, lasting: bool
) -> None:
    on_disk(monkeypatch, disk, 10)
    folder, kept, refused = quick_path / "desk", list[str](), 0

    def first_command() -> None:
        store = SqliteStore(folder)
        try:
            kept.extend(capture(store, "one"))
        finally:
            store.close()

    with SharedMemory(disk):
        for error in sweep(disk, how, lasting, first_command):
            refused += 1
            if error is not None:
                is_clear(error, folder / "desk.db")
            known = after_a_kill(folder, quick_path / "aside")
            assert len(kept) <= len(known) <= len(kept) + 1
            first_command()
            kept = [change.id for tx in known for change in tx.changes] + kept[-1:]
            assert kept == [f"A-{number + 1}" for number in range(len(kept))]
            rmtree(folder)
            kept.clear()
    assert refused


def test_shared_memory_that_cannot_grow_under_a_long_log_is_one_sentence(
    disk: Disk, monkeypatch: pytest.MonkeyPatch, quick_path: Path
) -> None:
    """Its second piece is wanted when the log has 4,062 pages."""
    on_disk(monkeypatch, disk, SELDOM)
    folder = quick_path / "desk"
    store = SqliteStore(folder)
    capture(store, *["x" * 10_000] * 600)
    refused = 0
    with SharedMemory(disk):
        for _ in range(9):
            known = audited(store)
            for error in sweep(disk, "shared memory", True, lambda: capture(store, *["x" * 10_000] * 40)):
                assert error is not None
                is_clear(error, folder / "desk.db")
                assert same(store, folder) == known
                refused += 1
    assert refused
    store.close()
    assert same(SqliteStore(folder), folder)


@pytest.mark.parametrize("how", OFTEN)
def test_a_log_that_cannot_be_put_away_when_a_desk_is_closed_is_there_when_it_is_opened(
    disk: Disk, monkeypatch: pytest.MonkeyPatch, quick_path: Path, how: str
) -> None:
    on_disk(monkeypatch, disk, SELDOM)
    folder, desks, count = quick_path / "desk", list[SqliteStore](), 0

    def worked() -> None:
        desks.append(SqliteStore(folder))
        capture(desks[0], LONG)

    worked()
    for error in sweep(disk, how, True, lambda: desks.pop().close()):
        assert error is None
        count += 1
        store = SqliteStore(folder)
        assert len(audited(store)) == count
        store.close()
        tidy(folder)
        worked()
    assert count >= (how != "read")


class Place:
    """A folder with what an operation needs, made anew for each attempt; `run` is what is refused."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.target = folder, folder.parent / "copy.db"

    def make(self) -> None:
        store = SqliteStore(self.folder)
        capture(store, "one", "two", LONG)
        change(store)
        store.close()

    def leave(self) -> None:
        rmtree(self.folder)
        self.target.unlink(missing_ok=True)


class Backup(Place):
    def run(self) -> None:
        SqliteGuard(self.folder).backup(self.target)


class Daily(Place):
    def run(self) -> None:
        SqliteGuard(self.folder).daily(START.date())


class Restore(Place):
    def make(self) -> None:
        super().make()
        SqliteGuard(self.folder).backup(self.target)

    def run(self) -> None:
        SqliteGuard(self.folder).restore(self.target)


class Upgrade(Place):
    def make(self) -> None:
        self.folder.mkdir()
        copyfile(OLD, self.folder / "desk.db")

    def run(self) -> None:
        SqliteStore(self.folder).close()


class Repair(Place):
    """Of a desk with a record that the disk has changed by itself."""

    def make(self) -> None:
        super().make()
        with closing(connections.connect((self.folder / "desk.db").as_uri())) as db:
            db.execute("update docs set body=cast('nonsense' as blob) where number=2")

    def run(self) -> None:
        SqliteGuard(self.folder).repair()


@pytest.mark.parametrize("how", OFTEN)
@pytest.mark.parametrize("kind", [Backup, Daily, Restore, Upgrade, Repair], ids=lambda kind: kind.__name__.lower())
def test_long_work_that_the_disk_refuses_leaves_the_desk_as_it_was_and_is_done_when_there_is_room(
    disk: Disk, monkeypatch: pytest.MonkeyPatch, quick_path: Path, kind: type[Any], how: str, soak: int
) -> None:
    on_disk(monkeypatch, disk, SELDOM)
    place = kind(quick_path / "desk")
    place.make()
    place.run()
    expected = SqliteStore(place.folder).history()
    refused = 0
    place.leave()
    place.make()
    for error in sweep(disk, how, True, place.run, step=1 if soak > 1 else 2):
        refused += error is not None
        if error is not None:
            assert error.message.endswith(".")
            assert error.hint.endswith(".")
            assert not place.target.exists() or kind is Restore
            assert not list(quick_path.rglob(".*.part*"))
            place.run()
        store = SqliteStore(place.folder)
        assert audited(store) == expected
        store.close()
        place.leave()
        place.make()
    assert refused >= (how != "sync")
