"""A disk that is full, or fails, at any call of a command: one sentence, memory is the disk, and the desk goes on."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from pathlib import Path

import pytest
from msgspec.structs import replace

from opsdesk.core.actions import Action
from opsdesk.core.errors import OpsDeskError
from opsdesk.store.sqlite import SqliteStore
from tests.clock import START
from tests.faults.ledger import audited
from tests.faults.refusing import REFUSALS, after_a_kill, idle, is_clear, on_disk, same, sweep, tidy
from tests.faults.vfs import Disk, SharedMemory

LONG = "x" * 3_000
SELDOM = 1_000_000


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
@pytest.mark.parametrize("how", REFUSALS)
@pytest.mark.parametrize("command", [change, undo])
def test_wherever_the_disk_refuses_memory_is_the_disk_and_the_desk_goes_on(
    disk: Disk,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    command: Callable[[SqliteStore], None],
    how: str,
    pages: int,
    lasting: bool,
) -> None:
    folder = tmp_path / "desk"
    with monkeypatch.context() as patch:
        on_disk(patch, disk, pages)
        store, other = SqliteStore(folder), SqliteStore(folder)
        for number in range(12):
            capture(store, f"{number} {LONG}")
        other.news()
        known = audited(store)
        for error in sweep(disk, how, lasting, lambda: command(store)):
            history = same(store, folder)
            assert list(other.news()) == history[len(known) :]
            if error is None:
                assert len(history) == len(known) + 1
            else:
                is_clear(error, folder / "desk.db")
                assert history == known
            known = history
            tidy(folder)
        assert len(same(store, folder)) == len(known) + 1
        store.close()
        other.close()


@pytest.mark.parametrize("lasting", [True, False])
@pytest.mark.parametrize("how", REFUSALS)
def test_a_kill_after_a_refusal_loses_nothing_that_was_acknowledged(
    disk: Disk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, how: str, lasting: bool
) -> None:
    """Where the outcome of a command is unknown, it may come to light afterwards; never half of it."""
    folder = tmp_path / "desk"
    with monkeypatch.context() as patch:
        on_disk(patch, disk, 10)
        store = SqliteStore(folder)
        capture(store, "one", "two", "three")
        for _ in sweep(disk, how, lasting, lambda: change(store)):
            known = audited(store)
            found = after_a_kill(folder, tmp_path / "aside")
            assert list(found[: len(known)]) == known
            assert len(found) <= len(known) + 1
        store.close()
