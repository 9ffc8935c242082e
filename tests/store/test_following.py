"""The file of an open desk is exchanged by a repair or a copy: the desk goes on in the one that is there."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from threading import Event, Thread

import pytest
from msgspec.structs import replace

from opsdesk.core.actions import Action
from opsdesk.core.errors import Unavailable
from opsdesk.store.guard import SqliteGuard
from opsdesk.store.sqlite import SqliteStore
from tests.clock import START
from tests.contract.conftest import capture
from tests.faults.ledger import audited

Open = Callable[[], SqliteStore]


def repaired(folder: Path, number: int = 1) -> None:
    """A row is damaged, and mended by a repair: another file is at the desk's place."""
    before = (folder / "desk.db").stat().st_ino
    with closing(sqlite3.connect(folder / "desk.db")) as db, db:
        db.execute("update docs set sum=0 where number=?", (number,))
    assert SqliteGuard(folder).repair().restored
    assert (folder / "desk.db").stat().st_ino != before


def titles(store: SqliteStore) -> list[str]:
    return [action.title for action in store.all(Action)]


def test_what_happened_last_is_news_and_what_was_damaged_no_more(folder: Path, opened: Open) -> None:
    store = opened()
    capture(store, "one", "two")
    capture(store, "three")
    repaired(folder)
    assert [tx.seq for tx in store.news()] == [2]
    assert list(store.news()) == []
    assert titles(store) == ["one", "two", "three"]
    assert store.damaged == ()


@pytest.mark.parametrize("polled", [False, True])
def test_all_desks_write_into_the_file_that_is_there(folder: Path, opened: Open, polled: bool) -> None:
    stores = opened(), opened(), opened()
    for store in stores[:2]:
        capture(store, "before")
    for number in (1, 2, 1):
        repaired(folder, number)
        for store in stores:
            if polled:
                store.news()
            capture(store, "after")
    assert len(audited(opened())) == 11
    assert [len(store.all(Action)) for store in stores] == [11, 11, 11]


def test_a_change_that_was_begun_before_is_merged_after(folder: Path, opened: Open) -> None:
    one, two = opened(), opened()
    (made,) = capture(one, "one")
    repaired(folder)
    for store, values in ((two, {"title": "two"}), (one, {"owner": "sue"})):
        with store.work("edit", by="sue", at=START) as work:
            work.put(replace(made, **values))
    assert [(action.title, action.owner) for action in opened().all(Action)] == [("two", "sue")]


def test_a_desk_that_is_left_after_it_leaves_the_log_of_the_new_file(folder: Path, opened: Open) -> None:
    idle = SqliteStore(folder)
    capture(idle, "one")
    repaired(folder)
    other = opened()
    capture(other, "two")
    idle.close()
    assert (folder / "desk.db-wal").stat().st_size
    capture(other, "three")
    assert titles(opened()) == ["one", "two", "three"]


def test_an_older_copy_of_the_desk_is_followed(folder: Path, opened: Open) -> None:
    store = opened()
    capture(store, "one")
    SqliteGuard(folder).backup(folder.parent / "copy.db")
    capture(store, "two")
    for path in folder.glob("desk.db*"):
        path.unlink()
    shutil.copyfile(folder.parent / "copy.db", folder / "desk.db")
    assert [tx.seq for tx in store.news()] == [1]
    assert titles(store) == ["one"]
    assert [made.id for made in capture(store, "three")] == ["A-2"]
    assert titles(opened()) == ["one", "three"]


def test_another_desk_is_not(folder: Path, opened: Open) -> None:
    store = opened()
    capture(store, "one")
    with closing(SqliteStore(folder.with_name("other"))) as other:
        capture(other, "one")
    for path in folder.glob("desk.db*"):
        path.unlink()
    shutil.copyfile(folder.with_name("other") / "desk.db", folder / "desk.db")
    for _ in range(2):
        with pytest.raises(Unavailable, match="removed or replaced"):
            store.news()
        with pytest.raises(Unavailable, match=r"removed or replaced.*Nothing was saved"):
            capture(store, "two")
    assert len(opened().history()) == 1


def test_reading_on_other_threads_goes_on(folder: Path, opened: Open) -> None:
    store = opened()
    capture(store, "one", "two")
    over, counts, failed = Event(), set[int](), list[Exception]()

    def read() -> None:
        while not over.is_set():
            try:
                store.news()
                counts.add(len(store.all(Action)) + len(store.where(Action, meeting="M-1")))
                counts.add(len(store.history()) + 1)
            except (Unavailable, sqlite3.Error) as error:
                failed.append(error)

    readers = [Thread(target=read, daemon=True) for _ in range(2)]
    for reader in readers:
        reader.start()
    for _ in range(4):
        repaired(folder)
    over.set()
    for reader in readers:
        reader.join(10)
    assert (failed, counts) == ([], {2})
