"""A copy in the place of the desk."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from pathlib import Path

import pytest

from opsdesk.core.actions import Action
from opsdesk.core.errors import Invalid, NotFound, Unavailable
from opsdesk.store import connections
from opsdesk.store.guard import SqliteGuard, copying, replacing
from opsdesk.store.guard.places import alone
from opsdesk.store.sqlite import SqliteStore
from tests.contract.conftest import capture
from tests.store.guard.conftest import damage, everything, titles, write
from tests.store.guard.test_hold import tries


@pytest.fixture
def copy(guard: SqliteGuard, folder: Path) -> Path:
    """A copy of one transaction; the desk has gone on by two."""
    guard.backup(folder.parent / "copy.db")
    write(folder, "three")
    write(folder, "four")
    return folder.parent / "copy.db"


def test_what_would_be_exchanged_is_told_and_nothing_is_changed(guard: SqliteGuard, folder: Path, copy: Path) -> None:
    before = everything(folder.parent)
    would = guard.compare(copy)
    assert (would.back.records, would.back.transactions, would.lost, would.gained, would.kept) == (2, 1, 2, 0, "")
    assert would.present is not None
    assert (would.present.records, would.present.transactions) == (4, 3)
    assert everything(folder.parent) == before


def test_the_copy_comes_back_and_the_desk_that_was_there_is_kept(guard: SqliteGuard, folder: Path, copy: Path) -> None:
    done = guard.restore(copy)
    assert titles(folder) == ["one", "two"]
    assert (done.lost, done.gained) == (2, 0)
    kept = Path(done.kept)
    assert kept.parent == folder / "backups"
    assert kept.match("before-restore-????????T??????Z.db")
    assert guard.check() == ()
    back = guard.restore(kept)
    assert (back.lost, back.gained) == (0, 2)
    assert titles(folder) == ["one", "two", "three", "four"]
    assert Path(back.kept) != kept


def test_an_open_desk_sees_it_at_its_next_look_and_goes_on(guard: SqliteGuard, folder: Path, copy: Path) -> None:
    with closing(SqliteStore(folder)) as desk:
        assert len(desk.all(Action)) == 4
        guard.restore(copy)
        assert [tx.seq for tx in desk.news()] == [1]
        assert [action.title for action in desk.all(Action)] == ["one", "two"]
        assert [action.id for action in capture(desk, "anew")] == ["A-3"]
        assert [tx.seq for tx in desk.history()] == [1, 2]
    assert guard.check() == ()


def test_two_histories_that_parted_are_told_apart(guard: SqliteGuard, folder: Path, copy: Path) -> None:
    kept = Path(guard.restore(copy).kept)
    write(folder, "another three")
    would = guard.compare(kept)
    assert (would.lost, would.gained) == (1, 2)


def test_what_is_written_until_the_desk_is_exchanged_is_kept_too(
    guard: SqliteGuard, folder: Path, copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connections, "PATIENCE", 0.01)
    monkeypatch.setattr(copying, "PAGES", 2)
    written: list[str] = []
    with closing(SqliteStore(folder)) as desk:

        def told(what: str) -> None:
            """At the last page it is done: what is written then is written into the new desk."""
            if not what.startswith("copied 100"):
                with suppress(Unavailable):
                    written.extend(action.id for action in capture(desk, "late"))

        done = guard.restore(copy, told=told)
        assert [action.title for action in desk.all(Action)] == ["one", "two"]
    assert written
    assert done.lost == 2 + len(written)
    assert {copy.file: copy.records for copy in guard.copies()}[done.kept] == 4 + len(written)


LEAVE = """
import sys
from pathlib import Path
from opsdesk.store.sqlite import SqliteStore
store = SqliteStore(Path(sys.argv[1]))
store._engine.source.writer()
store.close()
"""


def test_a_desk_that_is_closed_meanwhile_takes_no_log_away(
    guard: SqliteGuard, folder: Path, copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is written into a log that somebody else has removed would be seen by nobody."""
    monkeypatch.setattr(copying, "PAGES", 2)
    logs: list[bool] = []

    def told(what: str) -> None:
        if what.startswith("copied") and (folder / "desk.db-wal").exists():
            subprocess.run([sys.executable, "-c", LEAVE, str(folder)], check=True)
            logs.append((folder / "desk.db-wal").exists())

    guard.restore(copy, told=told)
    assert len(logs) > 1
    assert all(logs)
    assert titles(folder) == ["one", "two"]


def test_a_missing_desk_comes_back(guard: SqliteGuard, folder: Path, copy: Path) -> None:
    (folder / "desk.db").unlink()
    (folder / "desk.db-wal").write_bytes(b"an old log")
    would = guard.compare(copy)
    assert would.present is None
    done = guard.restore(copy)
    assert titles(folder) == ["one", "two"]
    assert (Path(done.kept) / "desk.db-wal").read_bytes() == b"an old log"


def test_a_desk_comes_back_where_there_is_not_even_a_folder(copy: Path) -> None:
    folder = copy.parent / "new" / "desk"
    done = SqliteGuard(folder).restore(copy)
    assert done.kept == ""
    assert titles(folder) == ["one", "two"]
    assert folder.stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize(
    "content", [b"", b"rubbish" * 2000, b"SQLite format 3\0" + b"\xff" * 9000, b"SQLite format 3\0" + bytes(9000)]
)
def test_files_past_writing_are_kept_byte_for_byte_and_their_log_never_meets_the_copy(
    guard: SqliteGuard, folder: Path, copy: Path, content: bytes
) -> None:
    with closing(SqliteStore(folder)) as desk:
        capture(desk, "in the log")
        log = (folder / "desk.db-wal").read_bytes()
    (folder / "desk.db").write_bytes(content)
    (folder / "desk.db-wal").write_bytes(log)
    done = guard.restore(copy)
    assert titles(folder) == ["one", "two"]
    assert (Path(done.kept) / "desk.db").read_bytes() == content
    assert (Path(done.kept) / "desk.db-wal").read_bytes() == log
    assert done.present is not None
    assert done.present.problem


def test_no_log_is_there_when_the_copy_comes(
    guard: SqliteGuard, folder: Path, copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    beside = ["unknown"]

    def put(made: Path, target: Path, *, over: bool = False) -> None:
        beside[:] = [path.name for path in target.parent.glob("desk.db-*")]
        copying.put(made, target, over=over)

    monkeypatch.setattr(replacing, "put", put)
    (folder / "desk.db").write_bytes(b"rubbish")
    for name in ("desk.db-wal", "desk.db-shm", "desk.db-journal"):
        (folder / name).write_bytes(b"old")
    kept = Path(guard.restore(copy).kept)
    assert beside == []
    assert {path.name for path in kept.iterdir()} == {"desk.db", "desk.db-wal", "desk.db-shm", "desk.db-journal"}


@pytest.mark.parametrize("content", [None, b"", b"rubbish" * 2000])
def test_nobody_comes_in_while_whole_files_are_exchanged(
    guard: SqliteGuard, folder: Path, copy: Path, monkeypatch: pytest.MonkeyPatch, content: bytes | None
) -> None:
    """What they wrote would be lost, and their log would meet the copy."""
    for path in folder.glob("desk.db*"):
        path.unlink()
    if content is not None:
        (folder / "desk.db").write_bytes(content)
    tried: list[str] = []
    put = copying.put

    def came(made: Path, target: Path, *, over: bool = False) -> None:
        put(made, target, over=over)
        tried.append(tries(folder))

    monkeypatch.setattr(replacing, "put", came)
    guard.restore(copy)
    assert tried == ["database is locked", "wrote"]
    assert titles(folder) == ["one", "two"]


def test_a_desk_that_is_made_meanwhile_is_not_replaced(
    guard: SqliteGuard, folder: Path, copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for path in folder.glob("desk.db*"):
        path.unlink()
    put = copying.put

    def came(made: Path, target: Path, *, over: bool = False) -> None:
        if not target.exists():
            target.write_bytes(b"theirs")
        put(made, target, over=over)

    with monkeypatch.context() as patched:
        patched.setattr(replacing, "put", came)
        with pytest.raises(Unavailable, match="A desk was made meanwhile"):
            guard.restore(copy)
    assert (folder / "desk.db").read_bytes() == b"theirs"


def test_a_desk_with_a_damaged_record_is_written_into_and_kept(guard: SqliteGuard, folder: Path, copy: Path) -> None:
    damage(folder / "desk.db", b'"title":"two"', b'"title":"tw\xff"')
    done = guard.restore(copy)
    assert titles(folder) == ["one", "two"]
    assert b'"title":"tw\xff"' in Path(done.kept).read_bytes()


@pytest.mark.parametrize("name", ["nowhere.db", "folder", "text", "empty", "other.db", "newer.db", "damaged.db"])
def test_what_is_no_good_copy_is_refused_and_nothing_is_touched(
    guard: SqliteGuard, folder: Path, copy: Path, name: str
) -> None:
    source = folder.parent / name
    prepare(source, copy)
    before = everything(folder.parent)
    with pytest.raises((NotFound, Invalid, Unavailable)) as refused:
        guard.restore(source)
    assert str(source) in refused.value.message
    assert refused.value.hint
    assert everything(folder.parent) == before
    assert titles(folder) == ["one", "two", "three", "four"]


def prepare(source: Path, copy: Path) -> None:
    match source.name:
        case "folder":
            source.mkdir()
        case "text":
            source.write_text("a letter")
        case "empty":
            source.touch()
        case "other.db":
            with closing(sqlite3.connect(source)) as db:
                db.execute("create table docs(x)")
        case "newer.db":
            source.write_bytes(copy.read_bytes())
            with closing(sqlite3.connect(source)) as db:
                db.execute("pragma user_version=99")
        case "damaged.db":
            source.write_bytes(copy.read_bytes())
            damage(source, b'"title":"two"', b'"title":"tw\xff"')


def test_the_desk_itself_is_no_copy_of_it(guard: SqliteGuard, folder: Path) -> None:
    with pytest.raises(Invalid, match="is the desk itself"):
        guard.restore(folder / "desk.db")


def test_a_newer_desk_is_not_replaced(guard: SqliteGuard, folder: Path, copy: Path) -> None:
    with closing(sqlite3.connect(folder / "desk.db")) as db:
        db.execute("pragma user_version=99")
    before = everything(folder)
    for act in (guard.compare, guard.restore):
        with pytest.raises(Unavailable, match="newer OpsDesk"):
            act(copy)
    assert everything(folder) == before


def test_a_desk_that_somebody_keeps_locked_is_left(
    guard: SqliteGuard, folder: Path, copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connections, "PATIENCE", 0.01)
    with closing(sqlite3.connect(folder / "desk.db", isolation_level=None)) as other:
        other.execute("begin immediate")
        with pytest.raises(Unavailable, match="Another desk is writing") as refused:
            guard.restore(copy)
        assert "try again" in refused.value.hint
    assert titles(folder) == ["one", "two", "three", "four"]
    assert not list((folder / "backups").glob("before-*"))


def test_one_restore_at_a_time(guard: SqliteGuard, folder: Path, copy: Path) -> None:
    with alone(folder), pytest.raises(Unavailable, match="running already"):
        guard.restore(copy)


@pytest.mark.parametrize("pages", [3, 8])
def test_a_full_disk_leaves_the_desk_as_it_was(
    guard: SqliteGuard, folder: Path, copy: Path, full: Callable[[int], None], pages: int
) -> None:
    with closing(SqliteStore(folder)) as other:
        capture(other, *(f"much {number}" for number in range(60)))
    before = everything(folder)
    full(pages)
    with pytest.raises(Unavailable, match="The disk is full") as refused:
        guard.restore(copy)
    assert str(folder) in refused.value.message
    assert everything(folder) == before


def test_an_interruption_leaves_the_desk_as_it_was(guard: SqliteGuard, folder: Path, copy: Path) -> None:
    told: list[str] = []
    guard.restore(Path(guard.restore(copy, told=told.append).kept))
    for number in range(1, len(told)):
        left = iter(range(1, number))

        def interrupt(_: str, left: Iterator[int] = left) -> None:
            if next(left, None) is None:
                raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            guard.restore(copy, told=interrupt)
        assert titles(folder) == ["one", "two", "three", "four"]
        assert not list((folder / "backups").glob(".*.part"))


def test_a_copy_of_an_older_format_is_brought_up_to_date(guard: SqliteGuard, folder: Path) -> None:
    fixtures = sorted((Path(__file__).parents[1] / "fixtures").glob("*.db"))
    for old in fixtures:
        before = old.read_bytes()
        done = guard.restore(old)
        assert done.back.records > 0
        assert titles(folder) != ["one", "two"]
        assert guard.check() == ()
        assert old.read_bytes() == before
        assert Path(done.kept).exists()
    assert fixtures
    assert not list(fixtures[0].parent.glob("*.db-*"))
