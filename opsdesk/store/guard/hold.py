"""Keeps every desk from writing while its file is exchanged, without opening it as a database or changing a byte.

The locks are SQLite's own: whoever has a database open holds one on 510 bytes from 0x40000002 on in its file; whoever
writes while others have it open holds one on byte 120 of the -shm, whoever copies the log into it one on byte 121.
Sources: https://www.sqlite.org/lockingv3.html and https://www.sqlite.org/walformat.html#wal_locks
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from opsdesk.core.errors import Unavailable
from opsdesk.store import connections
from opsdesk.store.faults import BUSY, LATER
from opsdesk.store.guard.places import FILES

OPEN = (510, 0x40000002)
WRITES = (2, 120)
PAUSE = 0.02
Bytes = tuple[int, int]


@contextmanager
def held(folder: Path) -> Iterator[None]:
    """Nobody can write, and where nobody has it open nobody can open it either. Raises Unavailable.

    Nothing in the block may open and close the desk's files: closing lets go of every lock this process has on them.
    """
    with ExitStack() as until:
        for name, part in ((FILES[0], OPEN), (FILES[2], WRITES)):
            opened = _opened(folder / name)
            if opened is None:
                break
            until.callback(os.close, opened)
            if _locked(opened, part, 0 if part is OPEN else connections.PATIENCE):
                break
        else:
            raise Unavailable(f"{BUSY}: {folder}.", LATER)
        yield


@contextmanager
def shut(file: Path) -> Iterator[None]:
    """A file that nobody knows yet can be opened by nobody, also once it has taken the desk's place. Raises OSError.

    Nothing in the block may open and close it.
    """
    opened = os.open(file, os.O_RDWR | os.O_CLOEXEC)
    try:
        _locked(opened, OPEN, 0)
        yield
    finally:
        os.close(opened)


def _opened(file: Path) -> int | None:
    try:
        return os.open(file, os.O_RDWR | os.O_CLOEXEC)
    except FileNotFoundError:
        return None


def _locked(opened: int, part: Bytes, patience: float) -> bool:
    """Whether the lock was got in so many seconds; where the system knows no such locks it cannot be asked for."""
    try:
        import fcntl
    except ImportError:
        return True
    end = time.monotonic() + patience
    while True:
        try:
            fcntl.lockf(opened, fcntl.LOCK_EX | fcntl.LOCK_NB, *part)
            return True
        except (BlockingIOError, PermissionError):
            if time.monotonic() >= end:
                return False
            time.sleep(PAUSE)
