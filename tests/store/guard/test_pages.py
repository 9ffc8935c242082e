"""Whatever is committed is found in the pages again, though nobody reads the trees they belong to."""

from __future__ import annotations

import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from opsdesk.core.actions import Action
from opsdesk.store import connections
from opsdesk.store.guard import images, log
from opsdesk.store.guard.pages import kept_here, varint
from opsdesk.store.sqlite import SqliteStore
from tests.clock import START

TITLES = st.text("aü日", min_size=1, max_size=12)
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("add"), TITLES, st.integers(0, 9_000)),
        st.tuples(st.just("edit"), st.integers(0, 50), st.integers(0, 9_000)),
        st.tuples(st.just("remove"), st.integers(0, 50), st.just(0)),
    ),
    max_size=30,
)


def grow(store: SqliteStore, steps: list[tuple[str, str | int, int]]) -> None:
    for verb, what, size in steps:
        actions = store.all(Action)
        with store.work(verb, by="sue", at=START) as work:
            if isinstance(what, str):
                work.add(Action(title=what, why="w" * size))
            elif actions and verb == "edit":
                was = actions[what % len(actions)]
                work.put(replace(was, why=f"{was.rev}" + "v" * size))
            elif actions:
                work.remove(Action, actions[what % len(actions)].id)


@given(steps=STEPS, size=st.sampled_from([512, 1024, 4096]), logged=st.booleans())
@settings(max_examples=60)
def test_every_committed_row_is_found(steps: list[tuple[str, str | int, int]], size: int, logged: bool) -> None:
    with tempfile.TemporaryDirectory() as name, pytest.MonkeyPatch.context() as patch:
        folder = Path(name)
        usual = connections.connect
        patch.setattr(connections, "connect", lambda target: paged(usual(target), size))
        with closing(SqliteStore(folder)) as store:
            grow(store, steps)
            with closing(sqlite3.connect(folder / "desk.db")) as db:
                if not logged:
                    db.execute("pragma wal_checkpoint(truncate)")
                rows = {*db.execute("select * from docs"), *db.execute("select * from journal")}
                assert db.execute("pragma page_size").fetchone() == (size,)
            data, wal = (folder / "desk.db").read_bytes(), (folder / "desk.db-wal").read_bytes()
    found = {each.row for each in images.Images(data, log.read(wal, b"", size), size).found()}
    assert rows <= found
    assert {row for row in found if isinstance(row[0], int)} <= rows
    assert rows <= {each.row for each in images.best(bytes(100) + data[100:], log.read(wal, b"", size))}


def paged(db: sqlite3.Connection, size: int) -> sqlite3.Connection:
    db.execute(f"pragma page_size={size}")
    return db


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"\x00", (0, 1)),
        (b"\x7f", (127, 1)),
        (b"\x81\x00", (128, 2)),
        (b"\xff\x7f", (16383, 2)),
        (b"\xff" * 9, (2**64 - 1, 9)),
        (b"\x80" * 8 + b"\x05", (5, 9)),
    ],
)
def test_varints_of_the_file_format(data: bytes, expected: tuple[int, int]) -> None:
    assert varint(data, 0) == expected


@pytest.mark.parametrize(
    ("size", "table", "kept"), [(4061, True, 4061), (4062, True, 489), (1002, False, 1002), (1003, False, 489)]
)
def test_how_much_a_page_keeps_of_a_row(size: int, table: bool, kept: int) -> None:
    """The limits of 4096-byte pages as the format has them: 4061 in leaves of tables, 1002 in indexes, at least 489."""
    assert kept_here(size, 4096, table) == kept


def test_a_long_row_is_found_though_one_of_its_frames_seems_to_be_of_another_log(tmp_path: Path) -> None:
    with closing(SqliteStore(tmp_path)) as store:
        grow(store, [("add", "one", 9_000), ("add", "two", 9_000), ("edit", 0, 9_000)])
        data, wal = (tmp_path / "desk.db").read_bytes(), (tmp_path / "desk.db-wal").read_bytes()
    whole = images.Images(data, log.read(wal), 4096)
    rows = {each.row for each in whole.found()}
    for frame in whole.frames[:-1]:
        at = frame.start - 16
        damaged = wal[:at] + bytes([wal[at] ^ 1]) + wal[at + 1 :]
        assert rows == {each.row for each in images.Images(data, log.read(damaged), 4096).found()}, frame.number
