"""How SQLite is spoken to: a connection to a desk's file, to read what is there or to write ahead of it."""

from __future__ import annotations

import sqlite3
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

PATIENCE = 5.0  # seconds that others are waited for


def address(file: Path, mode: str) -> str:
    """Of a file that is there: to read ("ro") or to write ("rw"); nothing is made where there is none."""
    return f"{file.absolute().as_uri()}?mode={mode}"


def connect(target: str) -> sqlite3.Connection:
    """What is damaged is read all the same, so that it can be named."""
    db = sqlite3.connect(target, timeout=PATIENCE, isolation_level=None, check_same_thread=False, uri=True)
    db.text_factory = readable
    return db


def readable(raw: bytes) -> str:
    return raw.decode(errors="replace")


def to_write(target: str) -> sqlite3.Connection:
    db = connect(target)
    try:
        log_ahead(db)
        db.execute("pragma synchronous=full")
        settle(db)
        return db
    except BaseException:
        db.close()
        raise


def settle(db: sqlite3.Connection) -> None:
    """Moves the log into the file and syncs it, as far as nobody reads it.

    A log that was found may be in the system's memory only, where a sync had failed or a process was killed before
    one: what is written behind it would go with it at a power cut.
    """
    db.execute("pragma wal_checkpoint(passive)").fetchall()


def log_ahead(db: sqlite3.Connection) -> None:
    """Turns the write-ahead log on. Of two desks doing so SQLite refuses one at once: that tries again."""
    end = time.monotonic() + PATIENCE
    while True:
        try:
            db.execute("pragma journal_mode=wal")
            return
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > end:
                raise
            time.sleep(0.01)
