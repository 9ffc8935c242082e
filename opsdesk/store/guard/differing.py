"""What the exchange of one desk for another brings back and loses."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from msgspec.structs import replace

from opsdesk.core.copies import Exchange
from opsdesk.core.errors import OpsDeskError
from opsdesk.store.faults import Spoken
from opsdesk.store.guard.reading import contents, looked_at, reading, unlike


def difference(present: Path, new: sqlite3.Connection, source: Path) -> Exchange:
    made = Exchange(back=contents(new, source))
    if not present.exists():
        return made
    made = replace(made, present=looked_at(present))
    try:
        with Spoken(str(present)), reading(present) as db:
            same = unlike(db, new)
            return replace(made, lost=_since(db, same), gained=_since(new, same))
    except OpsDeskError:
        return made


def _since(db: sqlite3.Connection, seq: int) -> int:
    return int(db.execute("select count(*) from journal where seq>?", (seq,)).fetchone()[0])
