"""A disk that fails, at every call of a command: one sentence, and memory is what the disk is."""

from __future__ import annotations

import errno
import os
import shutil
import sqlite3
import subprocess
import sys
import threading
from contextlib import nullcontext
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from msgspec.structs import replace

from opsdesk.core.actions import Action
from opsdesk.core.errors import Unavailable
from opsdesk.store import connections, descriptors, engine, keeping
from opsdesk.store.faults import REOPEN, RESTORE, Spoken, sentence
from opsdesk.store.files import DeskFile
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
    real = connections.connect

    def connect(target: str) -> sqlite3.Connection:
        if target.endswith("mode=ro"):
            return real(target)
        return sqlite3.connect(target, isolation_level=None, check_same_thread=False, uri=True, factory=Failing)

    monkeypatch.setattr(connections, "connect", connect)
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
        (failure(sqlite3.SQLITE_IOERR_FSYNC), "did not confirm what was written"),
        (failure(sqlite3.SQLITE_IOERR_READ), "could not read"),
        (failure(sqlite3.SQLITE_IOERR_WRITE), "did not take what was to be written"),
        (failure(sqlite3.SQLITE_IOERR_SHMLOCK), "does not lock files"),
        (failure(sqlite3.SQLITE_IOERR_SHMSIZE), "The index that reading needs"),
        (failure(sqlite3.SQLITE_IOERR_SHMMAP), "The index that reading needs"),
        (failure(sqlite3.SQLITE_IOERR_SHMOPEN), "The index that reading needs"),
        (failure(sqlite3.SQLITE_IOERR_VNODE), "The disk reported an error"),
        (failure(sqlite3.SQLITE_READONLY_DBMOVED), "removed or replaced"),
        (failure(sqlite3.SQLITE_CORRUPT_INDEX), "damaged"),
        (OSError(errno.ENOSPC, "x"), "The disk is full"),
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
    assert "nothing was saved" not in str(spoken).lower()


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (PermissionError(errno.EACCES, "x", "/here/backups"), "Permission denied: /here/backups. Check its"),
        (PermissionError(errno.EPERM, "x", "/here/backups/.lock"), "Permission denied: /here/backups. Check its"),
        (FileExistsError(errno.EEXIST, "x", "/here/backups"), "A file is where a folder is needed: /here/backups."),
        (NotADirectoryError(errno.ENOTDIR, "x", "/here/backups/.lock"), "a folder is needed: /here/backups. Move"),
        (FileNotFoundError(errno.ENOENT, "gone", "/here/daily.db"), "/here/daily.db: gone."),
        (OSError(errno.ENOSPC, "x", "/here/.copy.part"), "The disk is full: /here/desk.db."),
    ],
)
def test_what_the_system_names_is_the_place(error: Exception, said: str) -> None:
    assert said in str(sentence(error, "/here/desk.db"))


@pytest.mark.parametrize("code", [sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY_CANTINIT])
def test_a_disk_that_can_only_be_read_is_told_from_permissions(code: int, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "can only be read" not in sentence(failure(code), "/here/desk.db").message
    monkeypatch.setattr(os, "statvfs", lambda folder: SimpleNamespace(f_flag=os.ST_RDONLY), raising=False)
    spoken = sentence(failure(code), "/here/desk.db")
    assert "The disk can only be read: /here/desk.db." in spoken.message
    assert "removed or replaced" in sentence(failure(sqlite3.SQLITE_READONLY_DBMOVED), "/here/desk.db").message


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (failure(sqlite3.SQLITE_FULL), "The disk is full, so nothing was saved: /here/desk.db. Make room"),
        (failure(sqlite3.SQLITE_IOERR_READ), "could not read the desk's file, so nothing was saved: /here/desk.db."),
        (failure(sqlite3.SQLITE_BUSY), "does not finish: /here/desk.db. Nothing was changed; try again"),
        (OSError(errno.ENOSPC, "x"), "The disk is full, so nothing was saved: /here/desk.db."),
        (Unavailable("It was replaced.", REOPEN), "It was replaced. Nothing was saved; close this desk"),
        (Unavailable("It was cut.", RESTORE), "It was cut. Nothing was saved; `opsdesk restore` lists"),
        (Unavailable("Something else.", "Look."), "Something else. Look."),
    ],
)
def test_where_something_was_to_be_written_nothing_was_saved(error: Exception, said: str) -> None:
    """Also where a reading on the way has failed; a reading by itself does not say so."""
    for inner in (Spoken("/here/desk.db"), nullcontext()):
        with pytest.raises(Unavailable) as raised, Spoken("/here/desk.db", writes=True), inner:
            raise error if not isinstance(error, Unavailable) else Unavailable(error.message, error.hint)
        assert said in str(raised.value)
        assert str(raised.value).lower().count("nothing was") == ("else" not in said)


def test_what_a_reading_elsewhere_says_keeps_its_place() -> None:
    with pytest.raises(Unavailable) as raised, Spoken("/here", writes=True), Spoken("/there"):
        raise failure(sqlite3.SQLITE_IOERR_READ)
    assert "/there" in raised.value.message
    assert "saved" not in str(raised.value)


READING = """
import resource, sys
from pathlib import Path
from opsdesk.core.actions import Action
from opsdesk.core.errors import Unavailable
from opsdesk.store.sqlite import SqliteStore

resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]),) * 2)
try:
    SqliteStore(Path(sys.argv[1])).all(Action)
except Unavailable as error:
    print(error)
"""


@pytest.mark.parametrize("limit", [0, 1, 100, 20_000])
def test_a_desk_that_is_only_read_says_nothing_of_saving_nor_of_locks(folder: Path, limit: int) -> None:
    store = SqliteStore(folder)
    capture(store, "one")
    store.close()
    call = [sys.executable, "-c", READING, str(folder), str(limit)]
    ran = subprocess.run(call, capture_output=True, text=True, check=True)
    assert f"The index that reading needs (desk.db-shm) cannot be made beside the desk's file: {folder}" in ran.stdout
    assert "saved" not in ran.stdout
    assert "limit on the size of files" in ran.stdout


def test_a_desk_that_still_writes_says_so_when_it_is_closed_and_is_closed_behind_it(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "PATIENCE", 0.01)
    store, writes, go_on = SqliteStore(folder), threading.Event(), threading.Event()

    def write() -> None:
        with store.work("slow", by="sue", at=START) as work:
            work.add(Action(title="on its way"))
            writes.set()
            assert go_on.wait(20)

    writer = threading.Thread(target=write)
    writer.start()
    assert writes.wait(20)
    with pytest.raises(Unavailable, match="not taken the last command of this desk yet") as refused:
        store.close()
    assert "Another desk" not in str(refused.value)
    go_on.set()
    writer.join()
    assert [path.name for path in folder.iterdir()] == ["desk.db"]
    with pytest.raises(Unavailable, match="closed"):
        store.all(Action)
    other = SqliteStore(folder)
    assert [action.title for action in other.all(Action)] == ["on its way"]
    other.close()


@pytest.mark.parametrize("failing", ["reader", "_writer"])
def test_a_desk_whose_closing_fails_lets_go_of_its_file(
    folder: Path, monkeypatch: pytest.MonkeyPatch, failing: str
) -> None:
    class Stuck:
        def close(self) -> None:
            raise failure(sqlite3.SQLITE_IOERR)

    source = DeskFile(folder)
    source.writer()
    real = getattr(source, failing)
    monkeypatch.setattr(source, failing, Stuck())
    with pytest.raises(sqlite3.OperationalError):
        source.close()
    opened = os.open(folder / "desk.db", os.O_RDONLY)
    descriptors.let_go(opened, descriptors.identity(opened))
    with pytest.raises(OSError, match="Bad file"):
        os.fstat(opened)
    real.close()


KILLED = """
import os, signal, sqlite3, sys
from datetime import UTC, datetime
from pathlib import Path
from opsdesk.core.actions import Action
from opsdesk.store import connections
from opsdesk.store.sqlite import SqliteStore

class Dying(sqlite3.Connection):
    dies = False
    def execute(self, query, *values):
        if self.dies and query == "commit":
            os.kill(os.getpid(), signal.SIGKILL)
        return super().execute(query, *values)

real = sqlite3.connect
connections.sqlite3.connect = lambda *given, **named: real(*given, **named, factory=Dying)
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
    monkeypatch.setattr(keeping, "sync", synced.append)
    SqliteStore(tmp_path / "far" / "away").close()
    assert set(synced) == {tmp_path, tmp_path / "far", tmp_path / "far" / "away"}
