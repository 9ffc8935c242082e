"""A desk's files as they were at one moment, where nobody else looks: reading there disturbs no desk."""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from opsdesk.store import connections
from opsdesk.store.days import BACKUPS
from opsdesk.store.files import NAME
from opsdesk.store.guard.copying import part
from opsdesk.store.guard.places import FILES

TRIES, PAUSE = 20, 0.02
PLENTY = 4
State = tuple[tuple[int, int, int], ...]


@contextmanager
def aside(folder: Path) -> Iterator[Path]:
    """A folder of its own with copies of the files; gone afterwards.

    For a process that has no desk open there: closing a file would let go of the locks SQLite holds on it.
    """
    with scratch(folder) as place:
        if at_one_moment(folder, place) is None:
            _as_seen(folder / NAME, place / NAME)
        yield place


@contextmanager
def scratch(folder: Path) -> Iterator[Path]:
    """A folder that goes again, with room for copies of the desk: the system's, which may be in memory, where there is
    plenty; else beside the backups, where that can be written.
    """
    usual, beside = Path(tempfile.gettempdir()), folder / BACKUPS
    plenty = PLENTY * sum(size for _, size, _ in state(folder))
    if room(usual) >= plenty or not os.access(beside, os.W_OK) or room(beside) < room(usual):
        with tempfile.TemporaryDirectory(prefix="opsdesk-") as name:
            yield Path(name)
    else:
        with part(beside / "look") as place:
            yield place


def room(place: Path) -> int:
    """In bytes."""
    return shutil.disk_usage(place).free


def at_one_moment(folder: Path, place: Path) -> State | None:
    """Copies them until none was written meanwhile, and says what they were like; None where desks write all the time.

    For a process that has no desk open there.
    """
    for _ in range(TRIES):
        before = state(folder)
        take(folder, place)
        if state(folder) == before:
            return before
        time.sleep(PAUSE)
    return None


def state(folder: Path) -> State:
    """Which files there are, of which size and written when; the index beside the log (-shm) may change at any time."""
    found = []
    for name in (FILES[0], FILES[1], FILES[3]):
        try:
            stat = (folder / name).stat()
            found.append((stat.st_ino, stat.st_size, stat.st_mtime_ns))
        except FileNotFoundError:
            found.append((0, 0, 0))
    return tuple(found)


def take(folder: Path, place: Path) -> None:
    """The index first: what it knows of the log is in the log by then."""
    for name in reversed(FILES):
        (place / name).unlink(missing_ok=True)
        with suppress(FileNotFoundError):
            shutil.copyfile(folder / name, place / name)


def _as_seen(file: Path, copy: Path) -> None:
    """What SQLite sees, without the log."""
    for name in FILES[1:]:
        copy.with_name(name).unlink(missing_ok=True)
    copy.unlink(missing_ok=True)
    with (
        closing(connections.connect(connections.address(file, "ro"))) as db,
        closing(sqlite3.connect(copy)) as made,
    ):
        db.backup(made)
