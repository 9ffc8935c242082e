"""While a desk's file is exchanged no other process writes into it, and none that comes can open it."""

from __future__ import annotations

import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from opsdesk.core.errors import Unavailable
from opsdesk.store import connections
from opsdesk.store.guard.hold import held
from opsdesk.store.sqlite import SqliteStore
from tests.contract.conftest import capture
from tests.faults.corruption import bytes_of

TRY = """
import sqlite3, sys
db = sqlite3.connect(sys.argv[1], timeout=0, isolation_level=None)
try:
    db.execute("begin immediate")
    print("wrote")
except sqlite3.OperationalError as error:
    print(error)
"""
OPEN = """
import sys
from pathlib import Path
from opsdesk.store.sqlite import SqliteStore
from tests.contract.conftest import capture
store = SqliteStore(Path(sys.argv[1]))
capture(store, "x")
if "writing" in sys.argv:
    store._engine.source.writer().execute("begin immediate")
print("open", flush=True)
sys.stdin.read()
"""


def tries(folder: Path) -> str:
    done = subprocess.run(
        [sys.executable, "-c", TRY, str(folder / "desk.db")], capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


def other(folder: Path, *more: str) -> subprocess.Popen[str]:
    ways = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True, "cwd": Path(__file__).parents[3]}
    process = subprocess.Popen([sys.executable, "-c", OPEN, str(folder), *more], **ways)
    assert process.stdout is not None
    assert process.stdout.readline() == "open\n"
    return process


def test_a_closed_desk_can_be_opened_by_nobody(tmp_path: Path) -> None:
    with closing(SqliteStore(tmp_path)) as store:
        capture(store, "one")
    before = bytes_of(tmp_path)
    with held(tmp_path):
        assert tries(tmp_path) == "database is locked"
        assert bytes_of(tmp_path) == before
    assert tries(tmp_path) == "wrote"


def test_an_open_desk_cannot_write(tmp_path: Path) -> None:
    process = other(tmp_path)
    with held(tmp_path):
        assert tries(tmp_path) == "database is locked"
    assert tries(tmp_path) == "wrote"
    process.communicate()


def test_a_desk_that_is_writing_is_waited_for_and_then_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "PATIENCE", 0.1)
    process = other(tmp_path, "writing")
    with pytest.raises(Unavailable, match="Another desk is writing"), held(tmp_path):
        pass
    process.communicate()


def test_nothing_there_is_nothing_to_hold(tmp_path: Path) -> None:
    with held(tmp_path):
        assert list(tmp_path.iterdir()) == []
