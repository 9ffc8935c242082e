"""A desk of every older format is brought up to date: after a copy, once, and all or nothing."""

from __future__ import annotations

import hashlib
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from multiprocessing import get_context
from pathlib import Path
from types import FrameType
from typing import Any

import pytest
from msgspec import json

from opsdesk.core.actions import Action
from opsdesk.core.errors import Invalid, Unavailable
from opsdesk.core.journal import fields
from opsdesk.core.kinds import KINDS
from opsdesk.core.settings import Settings
from opsdesk.desk.context import Context
from opsdesk.desk.undo import Undo
from opsdesk.store import files, migrations, schema
from opsdesk.store.guard import copying
from opsdesk.store.migrations import Step
from opsdesk.store.schema import FORMAT, make
from opsdesk.store.sqlite import SqliteStore
from tests.clock import START, Clock
from tests.contract.conftest import capture
from tests.store.test_files import READ_ONLY

FIXTURES = Path(__file__).parent / "fixtures"
OLD = (FIXTURES / "format-1.db").read_bytes()
EVERY = 5
MADE = {
    1: "b6957a397db4004e68e6489599503a4ab7ac794078fe3353a2570ebdc8e03059",
    2: "356d43dd26c66aaadd4428e64cd3756fac5965ecb3b7f083d00e8149ec2480d1",
}


@pytest.fixture
def old(folder: Path) -> Path:
    """A folder with a desk of format 1."""
    return put(folder, 1)


def put(folder: Path, format: int) -> Path:
    folder.mkdir(mode=0o700)
    shutil.copyfile(FIXTURES / f"format-{format}.db", folder / "desk.db")
    (folder / "desk.db").chmod(0o600)
    return folder


def untouched(format: int) -> sqlite3.Connection:
    """A connection that leaves nothing beside the fixture."""
    return sqlite3.connect(f"{(FIXTURES / f'format-{format}.db').as_uri()}?immutable=1", uri=True)


def golden(format: int) -> Any:
    return json.decode((FIXTURES / f"format-{format}.json").read_bytes())


def held(store: SqliteStore, like: Any) -> Any:
    """What the store holds, of the fields that there were when the fixture was made."""
    records = {kind.kind: [fields(record) for record in store.all(kind)] for kind in KINDS}
    journal = json.decode(json.encode(store.history()))
    return {
        "records": known({kind: found for kind, found in records.items() if found}, like["records"]),
        "journal": journal,
    }


def known(value: Any, example: Any) -> Any:
    """The value without the fields that the example has not."""
    if isinstance(value, dict) and isinstance(example, dict):
        return {name: known(each, example[name]) for name, each in value.items() if name in example}
    if isinstance(value, list) and isinstance(example, list) and len(value) == len(example):
        return [known(*pair) for pair in zip(value, example, strict=True)]
    return value


def copies(folder: Path) -> list[Path]:
    return sorted((folder / "backups").iterdir())


def tables(path: Path) -> list[tuple[str, str]]:
    with closing(sqlite3.connect(path)) as db:
        return sorted(db.execute("select name, sql from sqlite_master where sql is not null").fetchall())


def test_there_is_a_fixture_of_every_format_and_none_was_ever_changed() -> None:
    found = {format: FIXTURES / f"format-{format}.db" for format in range(1, FORMAT + 1)}
    assert {format: hashlib.sha256(file.read_bytes()).hexdigest() for format, file in found.items()} == MADE


@pytest.mark.parametrize("format", range(1, FORMAT + 1))
def test_a_desk_of_every_format_opens_to_what_it_held(folder: Path, format: int) -> None:
    put(folder, format)
    for _ in range(2):
        with closing(SqliteStore(folder)) as store:
            assert held(store, golden(format)) == golden(format)
            assert (store.damaged, store.migrated) == ((), 0)


@pytest.mark.parametrize("format", range(1, FORMAT))
def test_an_older_desk_becomes_like_a_new_one(folder: Path, tmp_path: Path, format: int) -> None:
    put(folder, format)
    SqliteStore(folder).close()
    with closing(sqlite3.connect(tmp_path / "new.db", isolation_level=None)) as db:
        make(db)
    assert tables(folder / "desk.db") == tables(tmp_path / "new.db")
    with closing(sqlite3.connect(folder / "desk.db")) as db:
        assert db.execute("pragma user_version").fetchone() == (FORMAT,)
        assert db.execute("pragma integrity_check").fetchone() == ("ok",)


def test_a_desk_that_was_brought_up_to_date_goes_on(old: Path) -> None:
    with closing(SqliteStore(old)) as store:
        last, seq = store.all(Action)[-1].id, store.history()[-1].seq
        (made,) = capture(store, "one more")
        assert int(made.id[2:]) == int(last[2:]) + 1
        assert store.history()[-1].seq == seq + 1


def test_the_old_desk_is_put_aside_first(old: Path, tmp_path: Path) -> None:
    SqliteStore(old).close()
    (copy,) = copies(old)
    assert copy.name.startswith("before-format-2-2")
    assert copy.name.endswith("Z.db")
    assert (copy.stat().st_mode & 0o777, copy.parent.stat().st_mode & 0o777) == (0o600, 0o700)
    with closing(sqlite3.connect(copy)) as db, closing(untouched(1)) as before:
        assert list(db.iterdump()) == list(before.iterdump())
        assert db.execute("pragma user_version").fetchone() == (1,)
    SqliteStore(old).close()
    assert copies(old) == [copy]


def test_a_copy_of_the_same_second_is_kept(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(migrations, "stamp", lambda: "20261123T150000Z")
    (old / "backups").mkdir()
    (old / "backups" / "before-format-2-20261123T150000Z.db").write_text("precious")
    SqliteStore(old).close()
    assert [path.name for path in copies(old)] == [
        "before-format-2-20261123T150000Z-2.db",
        "before-format-2-20261123T150000Z.db",
    ]
    assert copies(old)[1].read_text() == "precious"


def test_a_new_desk_needs_none_of_this(folder: Path) -> None:
    SqliteStore(folder).close()
    SqliteStore(folder).close()
    assert not (folder / "backups").exists()


def opens(folder: Path) -> None:
    with closing(SqliteStore(folder)) as store:
        assert held(store, golden(1)) == golden(1)


def test_of_several_that_open_it_at_once_one_brings_it_up_to_date(tmp_path: Path) -> None:
    fork = get_context("fork")
    for round in range(4):
        folder = put(tmp_path / str(round), 1)
        processes = [fork.Process(target=opens, args=(folder,)) for _ in range(3)]
        for process in processes:
            process.start()
        for process in processes:
            process.join(60)
        assert [process.exitcode for process in processes] == [0, 0, 0]
        assert len(copies(folder)) == 1


def dies_at(line: int) -> Callable[..., Any]:
    """A trace that kills its process before the line of the store's files that comes after so many others."""
    left = iter(range(line))

    def trace(frame: FrameType, event: str, argument: object) -> Callable[..., Any] | None:
        if Path(files.__file__).parent not in Path(frame.f_code.co_filename).parents:
            return None
        if event == "line" and next(left, None) is None:
            os.kill(os.getpid(), signal.SIGKILL)
        return trace

    return trace


def killed_at(folder: Path, line: int) -> bool:
    """Whether the process died; it ends well where it has not so many lines."""
    child = os.fork()
    if not child:
        sys.settrace(dies_at(line))
        SqliteStore(folder).close()
        sys.settrace(None)
        os._exit(0)
    return os.waitpid(child, 0)[1] != 0


def test_a_kill_at_any_instant_leaves_the_old_desk_or_the_new(tmp_path: Path) -> None:
    line, found = 0, set()
    while killed_at(folder := put(tmp_path / f"{line}", 1), line):
        with closing(sqlite3.connect(folder / "desk.db")) as db:
            version = db.execute("pragma user_version").fetchone()[0]
            sums = {"sum" in db.execute(f"select * from {table}").description[-1] for table in ("docs", "journal")}
        assert sums == {version == FORMAT}
        opens(folder)
        assert not list(folder.glob("backups/.*.part"))
        assert all(path.stat().st_size for path in copies(folder))
        shutil.rmtree(folder)
        line, found = line + EVERY, found | {version}
    assert found == {1, FORMAT}
    assert line > 20 * EVERY


@pytest.fixture
def refused(old: Path) -> Iterator[Callable[[str], str]]:
    """Opens it, to be refused; it is as it was."""

    def open(said: str) -> str:
        with pytest.raises(Unavailable, match=said) as error:
            SqliteStore(old)
        with closing(sqlite3.connect(old / "desk.db")) as db, closing(untouched(1)) as was:
            assert list(db.iterdump()) == list(was.iterdump())
        assert not list(old.glob("backups/*"))
        return error.value.hint

    yield open
    SqliteStore(old).close()


def test_where_nothing_can_be_written_it_stays_old(
    old: Path, refused: Callable[[str], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(os, "access", lambda *_: False)
        assert "Copy the folder" in refused("cannot be brought up to date here")
        assert (old / "desk.db").read_bytes() == OLD
        assert [path.name for path in old.iterdir()] == ["desk.db"]


def test_in_a_folder_of_somebody_else_it_stays_old(tmp_path: Path) -> None:
    folder = Path("/tmp") / f"{tmp_path.parent.name}-{tmp_path.name}-locked"
    put(folder, 1)
    try:
        (folder / "desk.db").chmod(0o444)
        folder.chmod(0o555)
        ran = subprocess.run([sys.executable, "-c", READ_ONLY, str(folder)], capture_output=True, text=True, check=True)
        assert ran.stdout.strip() == "Unavailable True 1"
        assert [path.name for path in folder.iterdir()] == ["desk.db"]
        assert (folder / "desk.db").read_bytes() == OLD
    finally:
        folder.chmod(0o700)
        shutil.rmtree(folder)


def test_where_no_copy_can_be_put_it_stays_old(refused: Callable[[str], str], monkeypatch: pytest.MonkeyPatch) -> None:
    def deny(folder: Path) -> Path:
        raise PermissionError(13, "Permission denied")

    with monkeypatch.context() as patched:
        patched.setattr(migrations, "backups", deny)
        refused("cannot be brought up to date here")


def test_a_full_disk_leaves_it_old(refused: Callable[[str], str], monkeypatch: pytest.MonkeyPatch) -> None:
    def full(path: Path) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(copying, "sync", full)
        assert refused("disk is full")


def test_a_copy_that_is_not_whole_leaves_it_old(refused: Callable[[str], str], monkeypatch: pytest.MonkeyPatch) -> None:
    counts = iter(range(9))
    with monkeypatch.context() as patched:
        patched.setattr(migrations, "tally", lambda db: (next(counts),))
        assert refused("a copy of it is not whole")


def test_a_step_that_fails_leaves_it_old(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(db: sqlite3.Connection) -> None:
        migrations.to_2(db)
        raise sqlite3.OperationalError("out of luck")

    with monkeypatch.context() as patched:
        patched.setitem(migrations.STEPS, 1, Step(fail))
        with pytest.raises(Unavailable, match="out of luck"):
            SqliteStore(old)
    with closing(sqlite3.connect(old / "desk.db")) as db:
        assert db.execute("pragma user_version").fetchone() == (1,)
    assert copies(old) == []
    opens(old)


def test_an_old_desk_with_rows_of_no_sense_is_left_as_it_is(old: Path) -> None:
    with closing(sqlite3.connect(old / "desk.db")) as db, db:
        db.execute("update docs set live='x' where number=2")
    before = list(sqlite3.connect(old / "desk.db").iterdump())
    with pytest.raises(Unavailable, match="damaged"):
        SqliteStore(old)
    assert list(sqlite3.connect(old / "desk.db").iterdump()) == before


# What a step may change, and what is never undone after it


def shout(db: sqlite3.Connection) -> None:
    """A step that changes records."""
    db.execute("update docs set body=replace(body, 'one', 'ONE')")


def test_nothing_before_records_were_changed_is_undone(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with closing(SqliteStore(folder)) as store:
        capture(store, "before")
        capture(store, "undone", by="bob")
        Undo(Context(store, Clock(), "bob", Settings(), dict)).last()
        assert store.migrated == 0
    monkeypatch.setattr(schema, "FORMAT", FORMAT + 1)
    monkeypatch.setattr(files, "FORMAT", FORMAT + 1)
    monkeypatch.setitem(migrations.STEPS, FORMAT, Step(lambda db: None, changes_records=True))
    with closing(SqliteStore(folder)) as store:
        sue, bob = (Undo(Context(store, Clock(), by, Settings(), dict)) for by in ("sue", "bob"))
        assert store.migrated == 3
        assert sue.peek() is None
        assert bob.peek_redo() is None
        with pytest.raises(Invalid, match="nothing to undo"):
            sue.last()
        (new,) = capture(store, "after")
        assert sue.peek() == store.history()[-1]
        sue.last()
        assert sue.redo().changes[0].id == new.id
        assert [a.title for a in store.all(Action)] == ["before", "after"]
    assert [path.name.startswith(f"before-format-{FORMAT + 1}-") for path in copies(folder)] == [True]


# Newer than this OpsDesk


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.mark.parametrize("beside", [("-wal",), ("-wal", "-shm")])
def test_a_newer_desk_whose_version_is_in_its_log_only_is_not_touched(
    folder: Path, tmp_path: Path, beside: tuple[str, ...]
) -> None:
    """As a copy of the files leaves it, or a kill."""
    with closing(SqliteStore(folder)) as store, closing(sqlite3.connect(folder / "desk.db")) as db:
        capture(store, "one")
        db.execute(f"pragma user_version={FORMAT + 1}")
        db.commit()
        copied = tmp_path / "copied"
        copied.mkdir()
        for ending in ("", *beside):
            shutil.copyfile(folder / f"desk.db{ending}", copied / f"desk.db{ending}")
    before = contents(copied)
    with pytest.raises(Unavailable, match="newer OpsDesk"):
        SqliteStore(copied)
    assert contents(copied) == before


def test_what_was_not_committed_to_the_log_does_not_count(folder: Path, tmp_path: Path) -> None:
    with closing(SqliteStore(folder)) as store, closing(sqlite3.connect(folder / "desk.db")) as db:
        db.execute("pragma wal_checkpoint(truncate)")
        capture(store, "one")
        log = folder / "desk.db-wal"
        committed = log.stat().st_size
        db.execute(f"pragma user_version={FORMAT + 1}")
        db.commit()
        cut = tmp_path / "cut"
        cut.mkdir()
        shutil.copyfile(folder / "desk.db", cut / "desk.db")
        (cut / "desk.db-wal").write_bytes(log.read_bytes()[: committed + 50])
    with closing(SqliteStore(cut)) as store:
        assert [a.title for a in store.all(Action)] == ["one"]
        assert store.history()[0].at == START
