"""Where a check has its copies: wherever there is room for them, once and not twice."""

from __future__ import annotations

import os
import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path

import pytest

from opsdesk.store import connections
from opsdesk.store.guard import SqliteGuard, aside
from opsdesk.store.guard.look import Look
from opsdesk.store.sqlite import SqliteStore
from tests.contract.conftest import capture
from tests.faults.corruption import bytes_of


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    with closing(SqliteStore(tmp_path / "desk")) as store:
        capture(store, "one", "two")
    (tmp_path / "desk" / "backups").mkdir()
    return tmp_path / "desk"


@pytest.mark.parametrize(
    ("system", "beside", "writable", "there"),
    [(10**9, 10**9, True, False), (1_000, 10**9, True, True), (1_000, 10**9, False, False), (1_000, 10, True, False)],
)
def test_copies_go_where_they_have_room(
    desk: Path, monkeypatch: pytest.MonkeyPatch, system: int, beside: int, writable: bool, there: bool
) -> None:
    monkeypatch.setattr(aside, "room", lambda place: beside if place == desk / "backups" else system)
    monkeypatch.setattr(os, "access", lambda *_: writable)
    with aside.scratch(desk) as place:
        assert (place.parent == desk / "backups") is there
        assert there or place.parent == Path(tempfile.gettempdir())
    assert list((desk / "backups").iterdir()) == []
    assert SqliteGuard(desk).check() == ()


def test_a_check_copies_the_desk_once(desk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))
    copies: set[Path] = set()
    real = connections.connect

    def connect(target: str) -> sqlite3.Connection:
        copies.update((tmp_path / "temporary").rglob("desk.db"))
        return real(target)

    monkeypatch.setattr(connections, "connect", connect)
    assert SqliteGuard(desk).check() == ()
    assert len(copies) == 1


def test_what_is_to_be_kept_is_not_written_into(desk: Path) -> None:
    with closing(SqliteStore(desk)) as store:
        capture(store, "in the log")
        with aside.aside(desk) as place:
            before = bytes_of(place)
            assert Look(place, lambda _: None, keep=True).whole
            assert bytes_of(place) == before
            assert "desk.db-wal" in before
