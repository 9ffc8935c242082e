"""Where copies are kept, what they are called, and that one at a time puts a file in the desk's place."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import chain, count
from typing import TYPE_CHECKING

from opsdesk.core.errors import Unavailable
from opsdesk.store.days import BACKUPS
from opsdesk.store.files import NAME
from opsdesk.store.keeping import PRIVATE, sync

if TYPE_CHECKING:
    from pathlib import Path

LOCK = ".lock"
CUT = "cut.json"
FILES = (NAME, f"{NAME}-wal", f"{NAME}-shm", f"{NAME}-journal")


def stamp(now: datetime | None = None) -> str:
    """This second, as it stands in the names of copies: 20261123T150000Z."""
    return f"{now or datetime.now(UTC):%Y%m%dT%H%M%SZ}"


def free(place: Path) -> Path:
    """The name, or where it is taken the next with a number."""
    numbers = (place.with_name(f"{place.stem}-{number}{place.suffix}") for number in count(2))
    return next(each for each in chain([place], numbers) if not os.path.lexists(each))


def backups(folder: Path) -> Path:
    """The folder of the copies, made where there is none, for its owner only; a power cut takes it no more."""
    place = folder / BACKUPS
    if not place.is_dir():
        place.mkdir(mode=0o700, exist_ok=True)
        sync(folder)
    return place


def unfinished(folder: Path) -> list[Path]:
    """What repairs that did not come to their end have put aside."""
    return [place for place in sorted((folder / BACKUPS).glob("before-repair-*")) if not (place / CUT).exists()]


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """While it lasts no other repair and no restore runs on this desk. Ends with its process, however that ends.

    Raises Unavailable where one runs already.
    """
    opened = os.open(backups(folder) / LOCK, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, PRIVATE)
    try:
        if not _locked(opened):
            raise Unavailable(f"A repair or a restore of {folder} is running already.", "Wait until it has ended.")
        yield
    finally:
        os.close(opened)


def _locked(opened: int) -> bool:
    """Whether the lock could be taken; where the system knows no such locks nobody can be kept out by one."""
    try:
        import fcntl
    except ImportError:
        return True
    try:
        fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
