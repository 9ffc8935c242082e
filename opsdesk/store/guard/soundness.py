"""Whether every page and every row of a copy is what was written: quick enough for every day."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

from opsdesk.core.guard import Finding
from opsdesk.core.kinds import prefixes
from opsdesk.store.guard.reading import reading
from opsdesk.store.rows import whole_doc, whole_entry
from opsdesk.store.schema import FORMAT, version_of

if TYPE_CHECKING:
    from pathlib import Path

DOCS = "select kind, number, live, meeting, body, sum from docs"
JOURNAL = "select seq, person, undoes, origin, body, sum from journal order by seq"


def flaw(file: Path, *, quick: bool = False) -> Finding | None:
    """The first damage found; None where there is none. `quick`: without a look at what its indexes lead to.

    Raises OSError, OpsDeskError.
    """
    try:
        with reading(file) as db:
            return _pages(db, "quick_check" if quick else "integrity_check") or (
                _rows(db) if version_of(db) == FORMAT else None
            )
    except sqlite3.DatabaseError as error:
        return Finding("file", f"It cannot be read to its end ({error})")


def _pages(db: sqlite3.Connection, look: str) -> Finding | None:
    found = db.execute(f"pragma {look}(1)").fetchone()[0]
    return None if found == "ok" else Finding("file", " ".join(found.split()))


def _rows(db: sqlite3.Connection) -> Finding | None:
    for kind, *row in db.execute(DOCS):
        if not whole_doc(kind, tuple(row)):
            return Finding(f"{prefixes().get(kind, kind)}-{row[0]}", "The record is damaged")
    for seq, row in enumerate(db.execute(JOURNAL), start=1):
        if row[0] != seq:
            return Finding(f"journal {seq}", "The entry is missing")
        if not whole_entry(row):
            return Finding(f"journal {seq}", "The entry is damaged")
    return None
