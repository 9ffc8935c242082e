"""Whether a file that has taken a desk's place is that desk: mended, put back, or brought here again."""

from __future__ import annotations

import sqlite3
from contextlib import suppress

ENTRY = "select seq, origin, sum from journal where seq=?"
NEWEST = "select coalesce(max(seq), 0) from journal"
Mark = tuple[int, int, int]


def same_desk(old: sqlite3.Connection, new: sqlite3.Connection, seq: int, mark: int) -> bool:
    """Whether the two have the newest entry in common that both can have, or their first one.

    `seq` and `mark` (its sum): an entry that is known of the old file, which may be damaged. Raises sqlite3.Error for
    the new one.
    """
    known = _entry(new, seq)
    if known is not None and known[2] == mark:
        return True
    with suppress(sqlite3.Error):
        last = min(_newest(old), _newest(new))
        return any(
            entry is not None and entry == _entry(new, entry[0]) for entry in (_entry(old, last), _entry(old, 1))
        )
    return False


def _newest(db: sqlite3.Connection) -> int:
    return int(db.execute(NEWEST).fetchone()[0])


def _entry(db: sqlite3.Connection, seq: int) -> Mark | None:
    found: Mark | None = db.execute(ENTRY, (seq,)).fetchone()
    return found
