"""What is in a file that may be a desk, without changing a byte of it."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from msgspec import MsgspecError, json
from msgspec.structs import replace

from opsdesk.core.copies import Copy, Last
from opsdesk.core.errors import OpsDeskError, Unavailable
from opsdesk.core.journal import Transaction
from opsdesk.store import connections, files
from opsdesk.store.descriptors import in_use
from opsdesk.store.faults import KEEP, Spoken
from opsdesk.store.header import version_in
from opsdesk.store.schema import refuse_foreign, refuse_newer, version_of

if TYPE_CHECKING:
    from pathlib import Path

RECORDS = "select count(*) from docs where body is not null"
NEWEST = "select seq, body from journal order by seq desc limit 1"


@contextmanager
def reading(file: Path) -> Iterator[sqlite3.Connection]:
    """A desk's file to read from. Raises OSError, sqlite3.Error; Unavailable for a newer desk or none at all.

    An empty one is not even opened: that would make its log empty too.
    """
    if not file.stat().st_size:
        raise Unavailable(f"The file is empty: {file}.", KEEP)
    refuse_newer(version_in(file), str(file))
    with in_use(file), closing(_opened(file, "&immutable=1" if _still(file) else "")) as db:
        refuse_newer(version_of(db), str(file))
        refuse_foreign(db, str(file))
        yield db


def _opened(file: Path, more: str) -> sqlite3.Connection:
    return connections.connect(connections.address(file, f"ro{more}"))


def _still(file: Path) -> bool:
    """Nobody has it open to write, and nothing waits in a log: reading then leaves no file beside it.

    Only a file of a desk's own name is written by desks; any other is a copy.
    """
    log = file.with_name(f"{file.name}-wal")
    a_copy = file.name != files.NAME
    return (a_copy or not os.access(file.parent, os.W_OK)) and not (log.exists() and log.stat().st_size)


def looked_at(file: Path) -> Copy:
    """What is in it, or why that cannot be told."""
    try:
        with Spoken(str(file)), reading(file) as db:
            return contents(db, file)
    except OpsDeskError as error:
        return replace(_seen(file), problem=error.message) if file.exists() else Copy(str(file), problem=error.message)


def contents(db: sqlite3.Connection, file: Path) -> Copy:
    """Raises sqlite3.Error, OSError."""
    records, entries = (db.execute(query).fetchone()[0] for query in (RECORDS, "select count(*) from journal"))
    return replace(_seen(file), records=records, transactions=entries, last=last(db))


def _seen(file: Path) -> Copy:
    found = file.stat()
    return Copy(str(file), found.st_size, datetime.fromtimestamp(found.st_mtime, UTC))


def last(db: sqlite3.Connection) -> Last | None:
    row = db.execute(NEWEST).fetchone()
    if row is None:
        return None
    try:
        entry = json.decode(row[1], type=Transaction)
    except (MsgspecError, TypeError):
        return None
    return Last(row[0], entry.at, entry.by, entry.command)


def unlike(one: sqlite3.Connection, other: sqlite3.Connection) -> int:
    """The last seq up to which two journals are the same; they are one history until they part."""
    low, high = 0, min(_newest(one), _newest(other))
    while low < high:
        middle = (low + high + 1) // 2
        if _entry(one, middle) == _entry(other, middle):
            low = middle
        else:
            high = middle - 1
    return low


def _newest(db: sqlite3.Connection) -> int:
    return int(db.execute("select coalesce(max(seq), 0) from journal").fetchone()[0])


def _entry(db: sqlite3.Connection, seq: int) -> bytes | None:
    row = db.execute("select body from journal where seq=?", (seq,)).fetchone()
    return None if row is None else row[0]
