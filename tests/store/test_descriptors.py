"""A desk's file may be looked at in its bytes while a desk is open: no lock goes with it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from opsdesk.core.actions import Action
from opsdesk.store import descriptors
from opsdesk.store.sqlite import SqliteStore
from tests.clock import START
from tests.contract.conftest import capture
from tests.store.guard.test_hold import TRY
from tests.store.test_two_desks import Open, start


def descriptors_of(file: Path) -> int:
    """How many this process has on it."""
    here = Path("/proc/self/fd")
    return sum(1 for each in here.iterdir() if os.path.realpath(each) == str(file))


def another_process_writes(folder: Path) -> None:
    process = start(folder, 2, "bob")
    assert process.communicate(timeout=60)[1] == b""
    assert process.returncode == 0


def test_the_log_stays_under_a_desk_whose_file_was_looked_at(folder: Path, opened: Open) -> None:
    desk = opened()
    capture(desk, "one")
    with descriptors.reading(folder / "desk.db") as file:
        assert file.read(15) == b"SQLite format 3"
    another_process_writes(folder)
    assert (folder / "desk.db-wal").exists()
    assert [a.id for a in desk.all(Action)] == ["A-1", "A-2", "A-3"]


def test_the_log_stays_under_a_desk_when_another_is_opened_and_closed_here(folder: Path, opened: Open) -> None:
    desk = opened()
    capture(desk, "one")
    SqliteStore(folder).close()
    another_process_writes(folder)
    assert (folder / "desk.db-wal").exists()
    assert [a.id for a in capture(desk, "four")] == ["A-4"]


def test_nobody_writes_into_a_command_while_the_index_of_its_log_is_looked_at(folder: Path, opened: Open) -> None:
    with opened().work("capture", by="sue", at=START):
        with descriptors.reading(folder / "desk.db-shm"):
            pass
        writing = [sys.executable, "-c", TRY, str(folder / "desk.db")]
        assert subprocess.run(writing, capture_output=True, text=True, check=True).stdout == "database is locked\n"


def test_nothing_is_open_once_the_last_desk_is_closed(folder: Path) -> None:
    one, two = SqliteStore(folder), SqliteStore(folder)
    capture(one, "one")
    two.close()
    two.close()
    assert descriptors_of(folder / "desk.db") > 0
    one.close()
    assert descriptors_of(folder / "desk.db") == 0
    with descriptors.reading(folder / "desk.db"):
        pass
    assert descriptors_of(folder / "desk.db") == 0
