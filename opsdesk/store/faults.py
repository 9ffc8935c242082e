"""What an engine or a disk says when something fails, as one sentence for a person."""

from __future__ import annotations

import sqlite3
from types import TracebackType

from msgspec import MsgspecError

from opsdesk.core.errors import OpsDeskError, Unavailable

BUSY = "Another desk is writing to the same folder and does not finish"
LATER = "Nothing was changed; try again in a moment."
KEEP = "Keep it aside and put a backup in its place."
DAMAGED = "The desk's file is damaged or is not a desk"

_SENTENCES: dict[int, tuple[str, str]] = {
    sqlite3.SQLITE_BUSY: (BUSY, LATER),
    sqlite3.SQLITE_LOCKED: (BUSY, LATER),
    sqlite3.SQLITE_FULL: ("The disk is full, so nothing was saved", "Make room and do it again."),
    sqlite3.SQLITE_IOERR: ("The disk reported an error, so nothing was saved", "Check the disk and do it again."),
    sqlite3.SQLITE_READONLY: ("The desk's file may not be written", "Check the folder's permissions."),
    sqlite3.SQLITE_PERM: ("The desk's file may not be opened", "Check the folder's permissions."),
    sqlite3.SQLITE_AUTH: ("The desk's file may not be opened", "Check the folder's permissions."),
    sqlite3.SQLITE_CANTOPEN: ("The desk's file cannot be opened", "Check that the folder is there and is yours."),
    sqlite3.SQLITE_CORRUPT: (DAMAGED, KEEP),
    sqlite3.SQLITE_NOTADB: (DAMAGED, KEEP),
}


class Spoken:
    """A context in which no error of engine, disk or decoding escapes but as Unavailable."""

    def __init__(self, place: str) -> None:
        self.place = place

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if isinstance(error, sqlite3.Error | OSError | MsgspecError | OverflowError | UnicodeError):
            raise sentence(error, self.place) from error


def sentence(error: Exception, place: str) -> OpsDeskError:
    """What went wrong at this place, and what to do."""
    if isinstance(error, OSError):
        return Unavailable(f"{place}: {error.strerror or error}.", "Check that the folder is there and is yours.")
    if not isinstance(error, sqlite3.Error):
        return Unavailable(f"{DAMAGED}: {place} ({error}).", KEEP)
    if isinstance(error, sqlite3.ProgrammingError) and "closed" in str(error):
        return Unavailable(f"This desk is closed: {place}.", "Open it again.")
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF
    said, hint = _SENTENCES.get(code, (f"The desk's file cannot be used ({error})", "Put a backup in its place."))
    return Unavailable(f"{said}: {place}.", hint)
