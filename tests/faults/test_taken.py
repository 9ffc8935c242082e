"""What a desk lives on is taken away, cut or exchanged while it is open; its clock jumps: no loss goes unsaid."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from opsdesk.core.actions import Action
from opsdesk.core.errors import Unavailable
from opsdesk.core.journal import undoable
from opsdesk.store.guard import SqliteGuard
from opsdesk.store.sqlite import SqliteStore
from tests.clock import START
from tests.contract.conftest import capture
from tests.faults.ledger import audited


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "desk"


@pytest.fixture
def desk(folder: Path) -> Iterator[SqliteStore]:
    """Three commands in the file, two more in the log."""
    store = SqliteStore(folder)
    capture(store, "one", "two")
    store.close()
    store = SqliteStore(folder)
    for title in ("three", "four"):
        capture(store, title)
    yield store
    store.close()


def refused(desk: SqliteStore, place: Path, said: str) -> None:
    for _ in range(2):
        with pytest.raises(Unavailable, match=said) as error:
            capture(desk, "refused")
        assert error.value.message.count(str(place)) == 1
        assert "Nothing was saved" in error.value.hint or "--repair" in error.value.hint


def titles(folder: Path) -> list[str]:
    store = SqliteStore(folder)
    audited(store)
    found = [action.title for action in store.all(Action)]
    store.close()
    return found


def test_a_log_that_is_removed_is_saved_into_the_file(desk: SqliteStore, folder: Path) -> None:
    (folder / "desk.db-wal").unlink()
    refused(desk, folder / "desk.db", "log beside the desk's file was removed")
    assert [action.title for action in desk.all(Action)] == ["one", "two", "three", "four"]
    desk.close()
    assert titles(folder) == ["one", "two", "three", "four"]


def test_log_and_shared_memory_that_are_removed_are_saved_into_the_file(desk: SqliteStore, folder: Path) -> None:
    for ending in ("wal", "shm"):
        (folder / f"desk.db-{ending}").unlink()
    refused(desk, folder / "desk.db", "log beside the desk's file was removed")
    desk.close()
    assert titles(folder) == ["one", "two", "three", "four"]


def test_behind_a_log_that_another_has_begun_nothing_more_is_acknowledged(desk: SqliteStore, folder: Path) -> None:
    log = folder / "desk.db-wal"
    shutil.copyfile(log, folder / "aside")
    log.unlink()
    (folder / "aside").rename(log)
    refused(desk, folder / "desk.db", "log beside the desk's file was removed")
    desk.close()
    assert titles(folder) == ["one", "two", "three", "four"]


def test_a_file_that_is_replaced_takes_nothing_from_the_open_desk(desk: SqliteStore, folder: Path) -> None:
    SqliteGuard(folder).backup(folder.parent / "copy.db")
    (folder.parent / "copy.db").replace(folder / "desk.db")
    refused(desk, folder / "desk.db", "removed or replaced")


def test_a_file_cut_to_nothing_is_said_and_not_taken_for_another_desk_writing(desk: SqliteStore, folder: Path) -> None:
    os.truncate(folder / "desk.db", 0)
    refused(desk, folder / "desk.db", "cut to nothing")


@pytest.mark.parametrize("size", [0, 2_048, 4_096, 10_240])
def test_a_file_cut_while_all_of_it_is_needed_is_said(desk: SqliteStore, folder: Path, size: int) -> None:
    desk.close()
    store = SqliteStore(folder)
    os.truncate(folder / "desk.db", size)
    for look in (lambda: store.all(Action), store.history, lambda: capture(store, "refused")):
        with pytest.raises(Unavailable, match=r"damaged|cut to nothing") as error:
            look()
        assert error.value.hint
    store.close()


@pytest.mark.parametrize("back", [timedelta(days=1), timedelta(days=365)])
def test_a_clock_that_jumps_back_changes_no_order(folder: Path, back: timedelta) -> None:
    store = SqliteStore(folder)
    made = capture(store, "first")[0]
    for number, at in enumerate((START, START - back, START - back / 2, START - 2 * back)):
        with store.work("put", by="sue", at=at) as work:
            work.put(replace(work.get(Action, made.id), title=str(number)))
    assert [tx.seq for tx in audited(store)] == [1, 2, 3, 4, 5]
    assert [tx.at for tx in store.history(since=1)] == [START, START - back, START - back / 2, START - 2 * back]
    for number in (2, 1, 0):
        with store.work("undo", by="sue", at=START - 3 * back) as work:
            newest = undoable(reversed(store.history(by="sue")))
            assert newest
            work.undo(newest)
        assert store.get(Action, made.id).title == str(number)
    audited(store)
    store.close()
    assert titles(folder) == ["0"]


FILE_SIZES = (0, 600, 4_200, 4_800, 9_000, 20_000)


@pytest.mark.parametrize("room", FILE_SIZES)
def test_a_limit_on_the_size_of_files_is_a_sentence_and_no_signal(folder: Path, room: int) -> None:
    """In a child of its own, as a limit is not raised again."""
    store = SqliteStore(folder)
    capture(store, "kept")
    store.close()
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        os.close(reading)
        os.write(writing, limited(folder, room).encode())
        os._exit(0)
    os.close(writing)
    said = os.read(reading, 9_999).decode()
    os.close(reading)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    assert "nothing was saved" in said
    store = SqliteStore(folder)
    assert len(store.all(Action)) == len(audited(store)) == 2 + said.count("saved one.")
    store.close()


def limited(folder: Path, room: int) -> str:
    import resource
    import signal

    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    store = SqliteStore(folder)
    capture(store, "kept")
    size = (folder / "desk.db-wal").stat().st_size
    resource.setrlimit(resource.RLIMIT_FSIZE, (size + room, size + room))
    said = ""
    for _ in range(20):
        try:
            capture(store, "x" * 3_000)
            said += "saved one. "
        except Unavailable as error:
            remembered = len(store.all(Action)) == 2 + said.count("saved one.")
            return said + str(error) if remembered and error.hint else "memory is not the disk"
    return said
