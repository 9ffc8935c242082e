"""A disk that fails, at every call of a command: one sentence, and memory is what the disk is."""

from __future__ import annotations

import errno
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from opsdesk.core.actions import Action
from opsdesk.core.errors import Unavailable
from opsdesk.store import files
from opsdesk.store.faults import sentence
from opsdesk.store.sqlite import SqliteStore
from tests.clock import START
from tests.contract.conftest import capture

CALLS = 7
FULL, IOERR = (sqlite3.SQLITE_FULL, "disk is full"), (sqlite3.SQLITE_IOERR_FSYNC, "did not confirm")


def failure(code: int) -> sqlite3.OperationalError:
    error = sqlite3.OperationalError("as the engine words it")
    error.sqlite_errorcode = code
    return error


class Failing(sqlite3.Connection):
    """Fails at the call after `left` others; counts them."""

    left, code = -1, 0

    @classmethod
    def count(cls, query: str) -> None:
        if query == "rollback":
            return
        cls.left -= 1
        if cls.left == -1:
            raise failure(cls.code)

    def execute(self, query: str, *values: Any) -> sqlite3.Cursor:
        self.count(query)
        return super().execute(query, *values)

    def executemany(self, query: str, *values: Any) -> sqlite3.Cursor:
        self.count(query)
        return super().executemany(query, *values)


@pytest.fixture
def desk(folder: Path, monkeypatch: pytest.MonkeyPatch) -> SqliteStore:
    real = files.connect

    def connect(target: str) -> sqlite3.Connection:
        if target.endswith("mode=ro"):
            return real(target)
        return sqlite3.connect(target, isolation_level=None, check_same_thread=False, uri=True, factory=Failing)

    monkeypatch.setattr(files, "connect", connect)
    monkeypatch.setattr(Failing, "left", -1)
    store = SqliteStore(folder)
    capture(store, "one", "two")
    return store


def change(store: SqliteStore) -> None:
    with store.work("x", by="sue", at=START) as work:
        work.add(Action(title="new"))
        work.put(replace(work.get(Action, "A-1"), title="changed"))
        work.remove(Action, "A-2")


@pytest.mark.parametrize(("code", "said"), [FULL, IOERR])
def test_memory_equals_disk_wherever_a_command_fails(
    desk: SqliteStore, folder: Path, monkeypatch: pytest.MonkeyPatch, code: int, said: str
) -> None:
    before = list(desk.all(Action))
    monkeypatch.setattr(Failing, "code", code)
    for calls in range(CALLS):
        Failing.left = calls
        with pytest.raises(Unavailable, match=said) as refused:
            change(desk)
        assert refused.value.hint
        assert list(desk.all(Action)) == list(desk.live(Action)) == before
        other = SqliteStore(folder)
        assert list(other.all(Action)) == before
        assert len(other.history()) == len(desk.history()) == 1
        other.close()
    Failing.left = CALLS
    change(desk)
    assert Failing.left == 0
    assert [(a.id, a.title) for a in desk.all(Action)] == [("A-1", "changed"), ("A-3", "new")]


LIMITED = """
import resource, signal, sys
from datetime import UTC, datetime
from pathlib import Path
from opsdesk.core.actions import Action
from opsdesk.core.errors import Unavailable
from opsdesk.store.sqlite import SqliteStore

def capture():
    with store.work("x", by="sue", at=datetime(2026, 11, 23, 15, tzinfo=UTC)) as work:
        return work.add(Action(title="x" * 5000)).id

signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
store = SqliteStore(Path(sys.argv[1]))
kept = [capture()]
resource.setrlimit(resource.RLIMIT_FSIZE, (150_000, resource.RLIM_INFINITY))
refused = 0
while refused < 3:
    try:
        kept.append(capture())
    except Unavailable as error:
        refused += 1
        assert error.hint
        assert [a.id for a in store.all(Action)] == kept, "memory is not what was kept"
resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
kept.append(capture())
store.close()
print(*kept)
"""


def test_a_file_size_limit_refuses_then_goes_on(folder: Path) -> None:
    ran = subprocess.run([sys.executable, "-c", LIMITED, str(folder)], capture_output=True, text=True, check=False)
    assert ran.stderr == ""
    store = SqliteStore(folder)
    assert (
        [a.id for a in store.all(Action)] == ran.stdout.split() == [f"A-{n + 1}" for n in range(len(store.history()))]
    )
    store.close()


@pytest.mark.parametrize("written", [False, True])
@pytest.mark.parametrize("back", ["nothing", "folder", "other desk"])
def test_nothing_is_written_into_a_file_that_is_gone(folder: Path, written: bool, back: str) -> None:
    store = SqliteStore(folder)
    if written:
        capture(store, "one")
    for path in folder.iterdir():
        path.unlink()
    folder.rmdir()
    if back == "folder":
        folder.mkdir()
    if back == "other desk":
        SqliteStore(folder).close()
    with pytest.raises(Unavailable, match="removed or replaced") as refused:
        capture(store, "two")
    assert "open it again" in refused.value.hint


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (failure(sqlite3.SQLITE_BUSY), "Another desk"),
        (failure(sqlite3.SQLITE_READONLY), "may not be written"),
        (failure(sqlite3.SQLITE_CANTOPEN), "cannot be opened"),
        (failure(sqlite3.SQLITE_CORRUPT), "damaged"),
        (failure(sqlite3.SQLITE_ERROR), "as the engine words it"),
        (sqlite3.ProgrammingError("odd"), "odd"),
        (failure(sqlite3.SQLITE_IOERR_FSYNC), "did not confirm what was written, so nothing was saved"),
        (failure(sqlite3.SQLITE_IOERR_READ), "could not read"),
        (failure(sqlite3.SQLITE_IOERR_WRITE), "did not take what was to be written, so nothing was saved"),
        (failure(sqlite3.SQLITE_IOERR_SHMLOCK), "does not lock files"),
        (failure(sqlite3.SQLITE_IOERR_VNODE), "The disk reported an error"),
        (failure(sqlite3.SQLITE_READONLY_DBMOVED), "removed or replaced"),
        (failure(sqlite3.SQLITE_CORRUPT_INDEX), "damaged"),
        (OSError(errno.ENOSPC, "x"), "The disk is full, so nothing was saved"),
        (OSError(errno.EDQUOT, "x"), "Your share of the disk is used up"),
        (OSError(errno.EFBIG, "x"), "limit on the size of files"),
        (OSError(errno.EROFS, "x"), "can only be read"),
        (PermissionError(13, "Permission denied"), "Permission denied"),
        (OSError("something"), "something"),
        (UnicodeDecodeError("utf-8", b"", 0, 1, "bad"), "damaged"),
    ],
)
def test_every_error_is_a_sentence_with_its_place_and_what_to_do(error: Exception, said: str) -> None:
    spoken = sentence(error, "/here/desk.db")
    assert said in spoken.message
    assert "/here/desk.db" in spoken.message
    assert spoken.hint.endswith(".")


KILLED = """
import os, signal, sqlite3, sys
from datetime import UTC, datetime
from pathlib import Path
from opsdesk.core.actions import Action
from opsdesk.store import files
from opsdesk.store.sqlite import SqliteStore

class Dying(sqlite3.Connection):
    dies = False
    def execute(self, query, *values):
        if self.dies and query == "commit":
            os.kill(os.getpid(), signal.SIGKILL)
        return super().execute(query, *values)

real = sqlite3.connect
files.sqlite3.connect = lambda *given, **named: real(*given, **named, factory=Dying)
store = SqliteStore(Path(sys.argv[1]))
for number in range(int(sys.argv[2]) + 1):
    Dying.dies = number == int(sys.argv[2])
    with store.work("capture", by="sue", at=datetime(2026, 11, 23, 15, tzinfo=UTC)) as work:
        made = [work.add(Action(title=f"{number}")) for _ in range(3)]
    print(made[-1].id, flush=True)
"""

ACKNOWLEDGING = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from msgspec.structs import replace
from opsdesk.core.actions import Action
from opsdesk.store.sqlite import SqliteStore
store = SqliteStore(Path(sys.argv[1]))
while True:
    with store.work("capture", by="sue", at=datetime(2026, 11, 23, 15, tzinfo=UTC)) as work:
        made = work.add(Action(title="x"))
        work.put(replace(made, title=made.id))
    print(made.id, flush=True)
"""


def test_a_kill_before_the_commit_leaves_the_old_state(folder: Path) -> None:
    ran = subprocess.run([sys.executable, "-c", KILLED, str(folder), "4"], capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stderr) == (-9, "")
    store = SqliteStore(folder)
    assert [a.id for a in store.all(Action)] == [f"A-{n}" for n in range(1, 13)]
    assert ran.stdout.split()[-1] == "A-12"
    assert len(store.history()) == 4
    assert [a.id for a in capture(store, "next")] == ["A-13"]
    store.close()


def test_whatever_was_acknowledged_before_a_kill_is_there(folder: Path) -> None:
    acknowledged: list[str] = []
    for round in range(1, 6):
        process = subprocess.Popen(
            [sys.executable, "-c", ACKNOWLEDGING, str(folder)], stdout=subprocess.PIPE, text=True
        )
        assert process.stdout is not None
        acknowledged += [process.stdout.readline().strip() for _ in range(round * 7)]
        process.kill()
        acknowledged += process.stdout.read().split()
        process.wait()
    store = SqliteStore(folder)
    assert len(set(acknowledged)) == len(acknowledged)
    assert set(acknowledged) <= {a.id for a in store.all(Action)}
    assert all(a.title == a.id for a in store.all(Action))
    assert [a.id for a in store.all(Action)] == [f"A-{n + 1}" for n in range(len(store.history()))]
    store.close()


@pytest.mark.parametrize("back", ["nothing", "other desk"])
def test_a_poll_says_that_the_file_is_gone_as_long_as_it_is(folder: Path, back: str) -> None:
    store, aside = SqliteStore(folder), folder.with_name("aside")
    capture(store, "one")
    for _ in range(2):
        folder.rename(aside)
        if back == "other desk":
            SqliteStore(folder).close()
        for _ in range(3):
            with pytest.raises(Unavailable, match="removed or replaced"):
                store.news()
        if folder.exists():
            shutil.rmtree(folder)
        aside.rename(folder)
        assert list(store.news()) == []
    assert [action.id for action in capture(store, "two")] == ["A-2"]
    store.close()


def test_a_new_folder_outlasts_a_power_cut(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    synced: list[Path] = []
    monkeypatch.setattr(files, "sync", synced.append)
    SqliteStore(tmp_path / "far" / "away").close()
    assert set(synced) == {tmp_path, tmp_path / "far", tmp_path / "far" / "away"}
