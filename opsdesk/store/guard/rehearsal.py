"""What a repair would do, tried on a copy that goes again."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

from msgspec.structs import replace

from opsdesk.core.guard import Repair, Told, silent
from opsdesk.store import files
from opsdesk.store.descriptors import in_use
from opsdesk.store.faults import Spoken
from opsdesk.store.files import NAME
from opsdesk.store.guard.backups import need
from opsdesk.store.guard.copying import bytes_of, part
from opsdesk.store.guard.places import backups
from opsdesk.store.guard.repair import repair

if TYPE_CHECKING:
    from pathlib import Path


def rehearse(folder: Path, told: Told = silent) -> Repair:
    """Changes nothing; names no folder with the files as they were. Raises NotFound, Unavailable."""
    with Spoken(str(folder)):
        need(folder)
        with part(backups(folder) / "rehearsal") as beside:
            with _held(folder / NAME):
                bytes_of(folder, beside)
            return replace(repair(beside, told), backup="")


@contextmanager
def _held(file: Path) -> Iterator[None]:
    """Nobody writes meanwhile, where the file is still one that can be locked; the log is then copied after it."""
    with in_use(file), closing(files.connect(f"{file.absolute().as_uri()}?mode=rw")) as db:
        try:
            db.execute("begin immediate")
        except sqlite3.DatabaseError:
            yield
            return
        try:
            yield
        finally:
            db.execute("rollback")
