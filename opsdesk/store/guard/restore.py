"""A copy in the place of the desk: one transaction where the desk can be written, else whole files."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from typing import TYPE_CHECKING

from msgspec.structs import replace

from opsdesk.core.copies import Exchange
from opsdesk.core.errors import Invalid, NotFound, Unavailable
from opsdesk.core.guard import Finding, Told, silent
from opsdesk.store import connections
from opsdesk.store.descriptors import in_use
from opsdesk.store.faults import KEEP, REPAIR, Spoken, sentence
from opsdesk.store.files import NAME
from opsdesk.store.guard.backups import copy
from opsdesk.store.guard.copying import PAGES, copied, part, patient, put
from opsdesk.store.guard.differing import difference
from opsdesk.store.guard.places import FILES, alone, backups, free, stamp
from opsdesk.store.guard.reading import reading
from opsdesk.store.guard.replacing import replaced
from opsdesk.store.guard.soundness import flaw
from opsdesk.store.header import MAGIC, start, version_in
from opsdesk.store.schema import ELSEWHERE, FORMAT, refuse_newer, version_of

if TYPE_CHECKING:
    from pathlib import Path

WRITING = (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR_WRITE)
LIKELY = 1_000
GONE = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
MADE = "Name one that `opsdesk backup` made."
ALONE = "Copy it as desk.db into a folder of its own; `opsdesk --desk FOLDER check --repair` mends what can be mended."


def compared(folder: Path, source: Path, told: Told = silent) -> Exchange:
    """What would come back and what would be lost. Changes nothing. Raises as restore."""
    with _of_copy(source):
        _refuse(folder, source)
        _writable(folder / NAME)
        told("checking the copy")
        _refuse_damaged(flaw(source), source)
        with reading(source) as db:
            return difference(folder / NAME, db, source)


def restore(folder: Path, source: Path, *, now: datetime | None = None, told: Told = silent) -> Exchange:
    """Puts a copy in the place of the desk. What was there is kept in the folder of backups.

    The copy is checked first, one of an older format is brought up to date. Open desks see the exchange; a kill leaves
    the old desk or the new one. Raises NotFound, Invalid for what is no copy; Unavailable for a damaged or newer one,
    a newer desk in place, a desk that is held, a full disk: nothing was touched then.
    """
    with _of_copy(source):
        _refuse(folder, source)
    with Spoken(str(folder), writes=True):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with alone(folder), part(backups(folder) / "restore") as beside:
            _take(source, beside, told)
            return _exchanged(folder, beside, source, stamp(now), told)


@contextmanager
def _of_copy(source: Path) -> Iterator[None]:
    """As Spoken of a desk; but no check and no repair looks at a copy where it lies."""
    try:
        with Spoken(str(source)):
            yield
    except Unavailable as error:
        if str(source) in error.message:
            error.hint = {KEEP: ALONE, REPAIR: ALONE, ELSEWHERE: MADE}.get(error.hint, error.hint)
        raise


def _refuse(folder: Path, source: Path) -> None:
    if not source.exists():
        raise NotFound(f"There is no file {source}.", "`opsdesk restore` lists what can be restored.")
    if not source.is_file():
        raise Invalid(f"{source} is not a file.", MADE)
    if start(source, len(MAGIC)) != MAGIC:
        raise Unavailable(f"{source} is not a copy of a desk.", MADE)
    if any((folder / name).exists() and source.samefile(folder / name) for name in FILES):
        raise Invalid(f"{source} is the desk itself.", "`opsdesk restore` lists what can be restored.")


def _take(source: Path, beside: Path, told: Told) -> None:
    """The copy, up to date and checked, as a desk in the folder `beside`."""
    with _of_copy(source), reading(source) as db:
        version = version_of(db)
        if not version:
            raise Unavailable(f"{source} is not a copy of a desk.", MADE)
        try:
            copied(db, beside / NAME, told)
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode in WRITING:
                raise sentence(error, str(beside.parent), writes=True) from error
            raise
    if version < FORMAT:
        _bring_up_to_date(beside)
    told("checking the copy")
    _refuse_damaged(flaw(beside / NAME), source)


def _refuse_damaged(found: Finding | None, source: Path) -> None:
    if found is not None:
        raise Unavailable(f"{source} is damaged ({found.place}: {found.what}).", ALONE)


def _bring_up_to_date(beside: Path) -> None:
    from opsdesk.store.sqlite import SqliteStore

    SqliteStore(beside).close()


def _exchanged(folder: Path, beside: Path, source: Path, at: str, told: Told) -> Exchange:
    """Written into the desk where that can be, else put in the place of its files."""
    if _writable(folder / NAME):
        try:
            return _written(folder, beside, source, at, told)
        except sqlite3.DatabaseError as error:
            if not _beyond(error):
                raise
    return replaced(folder, beside, source, at)


def _writable(file: Path) -> bool:
    """Whether SQLite can still write into it. An empty one counts as none: opening it would empty its log too.

    Raises Unavailable where it is newer; sqlite3.Error where it is held.
    """
    if not file.exists() or start(file, len(MAGIC)) != MAGIC:
        return False
    version = version_in(file)
    if version > LIKELY:
        return False
    refuse_newer(version, str(file))
    cut_short = file.with_name(f"{NAME}-journal").exists()
    try:
        with closing(connections.connect(connections.address(file, "rw" if cut_short else "ro"))) as db:
            db.execute("select count(*) from sqlite_master").fetchone()
        return True
    except sqlite3.DatabaseError as error:
        if not _beyond(error):
            raise
        return False


def _beyond(error: sqlite3.DatabaseError) -> bool:
    return getattr(error, "sqlite_errorcode", 0) & 0xFF in GONE


def _written(folder: Path, beside: Path, source: Path, at: str, told: Told) -> Exchange:
    """One transaction: others see the old desk or the new one. What is kept is what it replaces, to the last entry."""
    kept = free(backups(folder) / f"before-restore-{at}.db")
    made: list[Exchange] = []
    file = folder / NAME
    step = patient(str(file), told)

    def held(status: int, remaining: int, total: int) -> None:
        """After the first step the desk is locked and nothing in it has changed."""
        step(status, remaining, total)
        if not made:
            made.append(_kept(folder, beside, source, kept))

    with (
        in_use(file),
        reading(beside / NAME) as new,
        closing(connections.connect(connections.address(file, "rw"))) as db,
    ):
        connections.log_ahead(db)
        db.execute("pragma synchronous=full")
        try:
            new.backup(db, pages=steps(new), progress=held)
        except sqlite3.OperationalError as error:
            if made and error.sqlite_errorcode == sqlite3.SQLITE_FULL:
                kept.unlink()
            raise
    return made[0]


def steps(db: sqlite3.Connection) -> int:
    """Pages at a time: many, but never all of them, as the last step is the end of the transaction."""
    return max(1, min(PAGES, int(db.execute("pragma page_count").fetchone()[0]) // 2))


def _kept(folder: Path, beside: Path, source: Path, kept: Path) -> Exchange:
    with part(kept) as before:
        copy(folder, before)
        with reading(beside / NAME) as new:
            made = difference(before / NAME, new, source)
        put(before / NAME, kept)
    present = replace(made.present, file=str(folder / NAME)) if made.present else None
    return replace(made, present=present, kept=str(kept), returns=kept.name)
