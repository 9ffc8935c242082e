from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from opsdesk.core.actions import Action
from opsdesk.core.errors import OpsDeskError, Unavailable
from opsdesk.store.sqlite import SqliteStore
from tests.contract.conftest import capture

Open = Callable[[], SqliteStore]


@pytest.fixture(params=[0o000, 0o022, 0o077])
def umask(request: pytest.FixtureRequest) -> Iterator[None]:
    before = os.umask(request.param)
    yield
    os.umask(before)


def modes(folder: Path) -> dict[str, int]:
    return {path.name: path.stat().st_mode & 0o777 for path in (folder, *folder.iterdir())}


@pytest.mark.usefixtures("umask")
def test_only_the_owner_reads_a_desk(folder: Path, opened: Open) -> None:
    capture(opened(), "one")
    assert modes(folder) == {"desk": 0o700, "desk.db": 0o600, "desk.db-wal": 0o600, "desk.db-shm": 0o600}


@pytest.mark.usefixtures("umask")
def test_a_file_that_others_could_read_is_closed_to_them(folder: Path, opened: Open) -> None:
    desk = opened()
    capture(desk, "one")
    for path in folder.iterdir():
        path.chmod(0o644)
    capture(opened(), "two")
    assert {mode for name, mode in modes(folder).items() if name != "desk"} == {0o600}


def test_a_folder_with_other_things_in_it_keeps_its_permissions(folder: Path, opened: Open) -> None:
    folder.mkdir()
    folder.chmod(0o755)
    (folder / "notes.txt").write_text("mine")
    capture(opened(), "one")
    assert modes(folder)["desk"] == 0o755
    assert modes(folder)["desk.db"] == 0o600


def test_everything_is_there_after_opening_again(folder: Path) -> None:
    for title in ("one", "two"):
        store = SqliteStore(folder)
        capture(store, title)
        store.close()
    store = SqliteStore(folder)
    assert [(a.id, a.title) for a in store.all(Action)] == [("A-1", "one"), ("A-2", "two")]
    assert [tx.seq for tx in store.history()] == [1, 2]
    store.close()


def test_one_file_is_left_after_writing(folder: Path) -> None:
    store = SqliteStore(folder)
    capture(store, "one")
    store.close()
    assert [path.name for path in folder.iterdir()] == ["desk.db"]


def test_reading_a_desk_leaves_its_file_as_it_is(folder: Path) -> None:
    store = SqliteStore(folder)
    capture(store, "one")
    store.close()
    before = (folder / "desk.db").read_bytes()
    store = SqliteStore(folder)
    assert len(store.all(Action)) == 1
    store.close()
    assert (folder / "desk.db").read_bytes() == before


def test_closing_twice_is_closing_and_then_all_is_one_sentence(folder: Path) -> None:
    store = SqliteStore(folder)
    store.close()
    store.close()
    for use in (store.history, store.news, lambda: store.all(Action), lambda: capture(store, "one")):
        with pytest.raises(Unavailable, match="closed"):
            use()


def newer(path: Path, mode: str) -> None:
    db = sqlite3.connect(path)
    db.execute(f"pragma journal_mode={mode}")
    db.execute("create table future(x)")
    db.execute("pragma user_version=99")
    db.commit()
    db.close()


@pytest.mark.parametrize("mode", ["delete", "wal"])
def test_a_newer_desk_is_refused_and_left_byte_for_byte(folder: Path, mode: str) -> None:
    folder.mkdir()
    newer(folder / "desk.db", mode)
    before = (folder / "desk.db").read_bytes()
    with pytest.raises(Unavailable, match="newer OpsDesk") as refused:
        SqliteStore(folder)
    assert refused.value.hint.startswith("Update OpsDesk")
    assert (folder / "desk.db").read_bytes() == before
    assert [path.name for path in folder.iterdir()] == ["desk.db"]


def test_a_newer_desk_whose_version_is_still_in_its_log_is_refused_too(folder: Path, opened: Open) -> None:
    capture(opened(), "one")
    db = sqlite3.connect(folder / "desk.db")
    db.execute("pragma user_version=99")
    db.commit()
    before = {path.name: path.read_bytes() for path in folder.iterdir() if path.suffix != ".db-shm"}
    with pytest.raises(Unavailable, match="newer OpsDesk"):
        SqliteStore(folder)
    assert {path.name: path.read_bytes() for path in folder.iterdir() if path.suffix != ".db-shm"} == before
    db.close()


def test_an_empty_file_becomes_a_desk(folder: Path, opened: Open) -> None:
    folder.mkdir()
    (folder / "desk.db").touch()
    assert [a.id for a in capture(opened(), "one")] == ["A-1"]


@pytest.mark.parametrize("content", [b"not a database at all" * 99, b"x", b"SQLite format 3\0" + b"\xff" * 5000])
def test_what_is_no_desk_is_one_sentence_and_left_alone(folder: Path, content: bytes) -> None:
    folder.mkdir()
    (folder / "desk.db").write_bytes(content)
    with pytest.raises(OpsDeskError) as refused:
        SqliteStore(folder)
    assert refused.value.message
    assert refused.value.hint
    assert (folder / "desk.db").read_bytes() == content


def test_a_database_of_something_else_is_not_taken_over(folder: Path) -> None:
    folder.mkdir()
    db = sqlite3.connect(folder / "desk.db")
    db.execute("create table docs(x)")
    db.commit()
    db.close()
    before = (folder / "desk.db").read_bytes()
    with pytest.raises(Unavailable, match="not a desk"):
        SqliteStore(folder)
    assert (folder / "desk.db").read_bytes() == before


def test_damage_in_the_middle_is_one_sentence(folder: Path) -> None:
    store = SqliteStore(folder)
    capture(store, *(f"action {n}" for n in range(200)))
    store.close()
    path = folder / "desk.db"
    content = bytearray(path.read_bytes())
    content[4096:] = b"\x5a" * (len(content) - 4096)
    path.write_bytes(content)
    with pytest.raises(Unavailable, match="damaged"):
        SqliteStore(folder).all(Action)


def test_a_record_that_cannot_be_read_is_one_sentence(folder: Path, opened: Open) -> None:
    desk = opened()
    capture(desk, "one")
    db = sqlite3.connect(folder / "desk.db")
    db.execute("update docs set body=?", (b"{nonsense",))
    db.execute("update journal set body=?", (b"{nonsense",))
    db.commit()
    db.close()
    for read in (lambda: desk.get(Action, "A-1"), lambda: desk.all(Action), lambda: desk.live(Action)):
        with pytest.raises(Unavailable, match="damaged"):
            read()


def test_a_folder_that_is_a_file_is_one_sentence(folder: Path) -> None:
    folder.write_text("a file")
    with pytest.raises(Unavailable) as refused:
        SqliteStore(folder)
    assert str(refused.value) == f"A file is where a folder is needed: {folder}. Move it away."


def test_a_file_that_is_a_folder_is_one_sentence(folder: Path) -> None:
    (folder / "desk.db").mkdir(parents=True)
    with pytest.raises(Unavailable, match=r"desk\.db: "):
        SqliteStore(folder)


READ_ONLY = """
import os, sys
from datetime import UTC, datetime
from pathlib import Path
from opsdesk.core.actions import Action
from opsdesk.core.errors import OpsDeskError
from opsdesk.store.sqlite import SqliteStore
if os.getuid() == 0:
    os.setgroups([]), os.setgid(65534), os.setuid(65534)
try:
    store = SqliteStore(Path(sys.argv[1]))
    with store.work("x", by="sue", at=datetime.now(UTC)) as work:
        work.add(Action(title="one"))
    print("written")
except OpsDeskError as error:
    print(type(error).__name__, bool(error.hint), error.message.count(sys.argv[1]))
"""


@pytest.mark.parametrize("filled", [False, True])
def test_a_folder_that_may_not_be_written_is_one_sentence(tmp_path: Path, filled: bool) -> None:
    folder = Path("/tmp") / f"{tmp_path.parent.name}-{tmp_path.name}-locked"
    folder.mkdir()
    try:
        if filled:
            store = SqliteStore(folder)
            capture(store, "one")
            store.close()
            (folder / "desk.db").chmod(0o444)
        folder.chmod(0o555)
        ran = subprocess.run([sys.executable, "-c", READ_ONLY, str(folder)], capture_output=True, text=True, check=True)
        assert ran.stdout.strip() == "Unavailable True 1"
    finally:
        folder.chmod(0o700)
        for path in folder.iterdir():
            path.unlink()
        folder.rmdir()


def test_a_closed_desk_can_be_read_where_nothing_can_be_written(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = SqliteStore(folder)
    capture(desk, "kept")
    desk.close()
    before = sorted(folder.iterdir())
    monkeypatch.setattr(os, "access", lambda *_: False)
    desk = SqliteStore(folder)
    assert [action.title for action in desk.all(Action)] == ["kept"]
    assert sorted(folder.iterdir()) == before
    desk.close()
