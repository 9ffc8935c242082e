"""A copy of a desk, made beside its place, checked, and put there at once; what a kill leaves behind is found later."""

from __future__ import annotations

import os
import shutil
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from typing import TYPE_CHECKING

from opsdesk.core.errors import Unavailable
from opsdesk.core.guard import Told, silent
from opsdesk.core.parts import PART, lives_on, part_name
from opsdesk.store import connections, descriptors
from opsdesk.store.days import BACKUPS
from opsdesk.store.faults import BUSY, LATER
from opsdesk.store.guard.places import FILES
from opsdesk.store.keeping import PRIVATE, sync

if TYPE_CHECKING:
    from pathlib import Path

PAGES = 1_000
DAY = 86_400.0
INSIDE = {*FILES, BACKUPS}


@contextmanager
def part(beside: Path) -> Iterator[Path]:
    """A folder for a copy on its way, beside the place it goes to; gone afterwards, whatever happens."""
    place = beside.with_name(part_name(beside.name))
    place.mkdir(mode=0o700)
    try:
        tidy(place.parent)
        yield place
    finally:
        shutil.rmtree(place, ignore_errors=True)


def copied(reading: sqlite3.Connection, place: Path, told: Told = silent) -> None:
    """The desk as it is at this moment, as a new file that needs no other beside it, durable.

    Others may write meanwhile. Raises sqlite3.Error, OSError; Unavailable where a lock does not end.
    """
    os.close(os.open(place, os.O_CREAT | os.O_EXCL | os.O_RDWR | os.O_CLOEXEC, PRIVATE))
    reading.execute("begin")
    try:
        reading.execute("select count(*) from sqlite_master").fetchone()
        with closing(connections.connect(place.absolute().as_uri())) as writing:
            writing.execute("pragma synchronous=off")
            reading.backup(writing, pages=PAGES, progress=patient(str(place), told))
            writing.execute("pragma journal_mode=delete")
    finally:
        reading.execute("rollback")
    sync(place)


def patient(place: str, told: Told) -> Callable[[int, int, int], None]:
    """Says how far a copy has come. Raises Unavailable where somebody else holds its file for too long."""

    def step(status: int, remaining: int, total: int) -> None:
        if status in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            raise Unavailable(f"{BUSY}: {place}.", LATER)
        told(f"copied {100 * (total - remaining) // max(total, 1)} %")

    return step


def bytes_of(folder: Path, beside: Path) -> bool:
    """The desk's files as they are, byte for byte and durable, in the folder `beside`; False where there are none."""
    found = [folder / name for name in FILES if (folder / name).exists()]
    for file in found:
        with descriptors.reading(file) as old, (beside / file.name).open("xb") as new:
            os.fchmod(new.fileno(), PRIVATE)
            shutil.copyfileobj(old, new)
        sync(beside / file.name)
    sync(beside)
    return bool(found)


def put(made: Path, target: Path, *, over: bool = False) -> None:
    """In its place at once and for good. Raises FileExistsError where something is there, unless `over`."""
    if over:
        made.replace(target)
    else:
        _put_new(made, target)
    sync(target.parent)


def _put_new(made: Path, target: Path) -> None:
    """A second name is refused where the first is taken; some file systems know no second names."""
    try:
        os.link(made, target)
    except FileExistsError:
        raise
    except OSError:
        if target.exists():
            raise FileExistsError(17, "File exists", str(target)) from None
        made.rename(target)


def tidy(folder: Path) -> None:
    """Removes what killed copies and exports have left here: of processes of this machine that have ended, and
    whatever nobody has written into for a day.
    """
    for place in folder.glob(".*.part"):
        with suppress(OSError):
            if PART.fullmatch(place.name) and not place.is_symlink() and _left(place):
                _remove(place)


def _left(place: Path) -> bool:
    """Whether it is a part of ours whose maker has ended. Raises OSError."""
    within = list(place.iterdir()) if place.is_dir() else []
    if not all(each.name in INSIDE or each.suffix == ".csv" or PART.fullmatch(each.name) for each in within):
        return False
    written = max(each.stat().st_mtime for each in (place, *within))
    return lives_on(place.name) is False or written < time.time() - DAY


def _remove(place: Path) -> None:
    if place.is_dir():
        shutil.rmtree(place, ignore_errors=True)
    else:
        place.unlink()
