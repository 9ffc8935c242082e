"""What an engine or a disk says when something fails, as one sentence for a person."""

from __future__ import annotations

import errno
import os
import sqlite3
from types import TracebackType

from msgspec import MsgspecError

from opsdesk.core.errors import OpsDeskError, Unavailable

BUSY = "Another desk is writing to the same folder and does not finish"
LATER = "Nothing was changed; try again in a moment."
REOPEN = "Close this desk and open it again."
RESTORE = "`opsdesk restore` lists the copies that can be put in its place."
UNSAVED = ", so nothing was saved"
REPAIR = "`opsdesk check --repair` keeps it as it is and restores what can be restored."
KEEP = "`opsdesk check` shows what can be saved, `opsdesk restore` puts a backup in its place."
DAMAGED = "The desk's file is damaged or is not a desk"

FULL = ("The disk is full", "Make room and do it again.")
UNREADABLE = ("The disk could not read the desk's file", "Do it again; if it stays so, put a backup on a sound disk.")
UNCONFIRMED = ("The disk did not confirm what was written", "Check the disk and do it again.")
UNWRITABLE = ("The desk's file may not be written", "Check the folder's permissions.")
LOCKLESS = ("The disk does not lock files", "Keep the desk on a disk of this machine's own.")
NO_INDEX = (
    "The index that reading needs (desk.db-shm) cannot be made beside the desk's file",
    "Look for room, a quota, a limit on the size of files or a network disk that cannot hold it, then do it again.",
)
READ_ONLY = ("The disk can only be read", "Have it made writable, or copy the folder to where you may write.")
GONE = ("The desk's file was removed or replaced while it was open", REOPEN)
REFUSED = (
    "The disk did not take what was to be written",
    "Look for room, for a quota and for a limit on the size of files, then do it again.",
)

_SENTENCES: dict[int, tuple[str, str]] = {
    sqlite3.SQLITE_BUSY: (BUSY, LATER),
    sqlite3.SQLITE_LOCKED: (BUSY, LATER),
    sqlite3.SQLITE_FULL: FULL,
    sqlite3.SQLITE_IOERR: ("The disk reported an error", "Check the disk and do it again."),
    sqlite3.SQLITE_IOERR_READ: UNREADABLE,
    sqlite3.SQLITE_IOERR_SHORT_READ: UNREADABLE,
    sqlite3.SQLITE_IOERR_FSTAT: UNREADABLE,
    sqlite3.SQLITE_IOERR_WRITE: REFUSED,
    sqlite3.SQLITE_IOERR_TRUNCATE: REFUSED,
    sqlite3.SQLITE_IOERR_SHMSIZE: NO_INDEX,
    sqlite3.SQLITE_IOERR_FSYNC: UNCONFIRMED,
    sqlite3.SQLITE_IOERR_DIR_FSYNC: UNCONFIRMED,
    sqlite3.SQLITE_IOERR_CLOSE: UNCONFIRMED,
    sqlite3.SQLITE_IOERR_LOCK: LOCKLESS,
    sqlite3.SQLITE_IOERR_RDLOCK: LOCKLESS,
    sqlite3.SQLITE_IOERR_UNLOCK: LOCKLESS,
    sqlite3.SQLITE_IOERR_SHMLOCK: LOCKLESS,
    sqlite3.SQLITE_IOERR_SHMMAP: NO_INDEX,
    sqlite3.SQLITE_IOERR_SHMOPEN: NO_INDEX,
    sqlite3.SQLITE_PROTOCOL: LOCKLESS,
    sqlite3.SQLITE_READONLY: UNWRITABLE,
    sqlite3.SQLITE_READONLY_DBMOVED: GONE,
    sqlite3.SQLITE_PERM: ("The desk's file may not be opened", "Check the folder's permissions."),
    sqlite3.SQLITE_AUTH: ("The desk's file may not be opened", "Check the folder's permissions."),
    sqlite3.SQLITE_CANTOPEN: ("The desk's file cannot be opened", "Check that the folder is there and is yours."),
    sqlite3.SQLITE_CORRUPT: ("The desk's file is damaged", REPAIR),
    sqlite3.SQLITE_NOTADB: (DAMAGED, KEEP),
    sqlite3.SQLITE_TOOBIG: ("This is more than one record can hold", "Say it in fewer words."),
    sqlite3.SQLITE_NOMEM: ("This machine's memory is used up", "Close something and try again."),
}
_OF_SYSTEM: dict[int, tuple[str, str]] = {
    errno.ENOSPC: FULL,
    errno.EDQUOT: (
        "Your share of the disk is used up",
        "Remove what you no longer need or ask for more, then do it again.",
    ),
    errno.EFBIG: (
        "The file would grow past the limit on the size of files",
        "Raise the limit (`ulimit -f`), then do it again.",
    ),
    errno.EROFS: READ_ONLY,
    errno.EIO: ("The disk reported an error", "Check the disk and do it again."),
    errno.ESTALE: GONE,
    errno.EMFILE: ("Too many files are open", "Close something and try again."),
    errno.ENFILE: ("Too many files are open", "Close something and try again."),
}
_OF_ITS_PLACE: dict[int, tuple[str, str]] = {
    errno.EACCES: ("Permission denied", "Check its permissions, and whose it is."),
    errno.EPERM: ("Permission denied", "Check its permissions, and whose it is."),
    errno.EEXIST: ("A file is where a folder is needed", "Move it away."),
    errno.ENOTDIR: ("A file is where a folder is needed", "Move it away."),
}
SAID = (sqlite3.Error, OSError, MsgspecError, OverflowError, UnicodeError)


class Spoken:
    """A context in which no error of engine, disk or decoding escapes but as Unavailable.

    `writes`: what fails in it has not been saved, and it is said so; also where a reading on the way has failed.
    """

    def __init__(self, place: str, *, writes: bool = False) -> None:
        self.place, self.writes = place, writes

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        cause = self._cause(error)
        if cause is not None:
            raise sentence(cause, self.place, writes=self.writes) from cause
        if self.writes and isinstance(error, Unavailable) and error.hint in (REOPEN, RESTORE):
            error.hint = f"Nothing was saved; {error.hint[:1].lower()}{error.hint[1:]}"

    def _cause(self, error: BaseException | None) -> Exception | None:
        """Also of what a reading inside a writing has said of the same place."""
        if isinstance(error, SAID):
            return error
        before = error.__cause__ if self.writes and isinstance(error, Unavailable) else None
        if isinstance(before, SAID) and str(sentence(before, self.place)) == str(error):
            return before
        return None


def sentence(error: Exception, place: str, *, writes: bool = False) -> OpsDeskError:
    """What went wrong at this place, and what to do; where it was to be written, also that nothing was saved."""
    if not isinstance(error, sqlite3.Error | OSError):
        return Unavailable(f"{DAMAGED}: {place} ({error}).", KEEP)
    if isinstance(error, sqlite3.ProgrammingError) and "closed" in str(error):
        return Unavailable(f"This desk is closed: {place}.", "Open it again.")
    if isinstance(error, OSError):
        found = _of_system(error)
        place = place if error.errno in _OF_SYSTEM else named(error, place)
    else:
        found = _of_engine(error, place)
    if found is None:
        return Unavailable(
            f"{place}: {getattr(error, 'strerror', None) or error}.", "Check that the folder is there and is yours."
        )
    said, hint = found
    return Unavailable(f"{said}{UNSAVED if writes and hint is not LATER else ''}: {place}.", hint)


def _of_system(error: OSError) -> tuple[str, str] | None:
    return _OF_SYSTEM.get(error.errno or 0) or _OF_ITS_PLACE.get(error.errno or 0)


def named(error: OSError, place: str) -> str:
    """What the system itself names; of a file that goes by a dot its folder, as nobody but this program knows it."""
    if not isinstance(error.filename, str):
        return place
    in_the_way = _file_above(error.filename) if error.errno == errno.ENOTDIR else ""
    if in_the_way:
        return in_the_way
    folder, name = os.path.split(error.filename)
    return folder if name.startswith(".") and folder else error.filename


def _file_above(path: str) -> str:
    """What stands where a folder should; nothing where it does no more."""
    above = path
    while above and not os.path.lexists(above):
        above = os.path.dirname(above)
    return "" if os.path.isdir(above) else above


def _of_engine(error: sqlite3.Error, place: str) -> tuple[str, str]:
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR)
    unknown = f"The desk's file cannot be used ({error})", REPAIR
    refused = code & 0xFF in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN)
    if refused and code != sqlite3.SQLITE_READONLY_DBMOVED and read_only(place):
        return READ_ONLY
    return _SENTENCES.get(code) or _SENTENCES.get(code & 0xFF, unknown)


def read_only(place: str) -> bool:
    """Whether nobody can write on the disk that the file would be on. Raises nothing."""
    try:
        return bool(os.statvfs(os.path.dirname(place) or ".").f_flag & os.ST_RDONLY)
    except (OSError, AttributeError):
        return False
