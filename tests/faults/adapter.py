"""A connection of apsw's that behaves as one of the standard library's, as far as the store uses it.

apsw brings an SQLite of its own, which the standard library's module cannot be given. Nothing but this stands between.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Any

import apsw

from opsdesk.store.connections import PATIENCE

FLAGS = apsw.SQLITE_OPEN_READWRITE | apsw.SQLITE_OPEN_CREATE | apsw.SQLITE_OPEN_URI
NAMES = {
    value: name
    for name, value in vars(sqlite3).items()
    if name.startswith("SQLITE_") and isinstance(value, int) and value > 0
}
Progress = Callable[[int, int, int], object]
INTEGRITY = {apsw.SQLITE_CONSTRAINT, apsw.SQLITE_MISMATCH}
GENERAL = {apsw.SQLITE_CORRUPT, apsw.SQLITE_NOTADB}


def as_sqlite3(error: apsw.Error) -> sqlite3.Error:
    """The error the standard library raises for this result."""
    code = getattr(error, "extendedresult", 0) or getattr(error, "result", 0) or apsw.SQLITE_ERROR
    plain = code & 0xFF
    kind: type[sqlite3.Error] = sqlite3.OperationalError
    if plain in INTEGRITY:
        kind = sqlite3.IntegrityError
    elif plain in GENERAL:
        kind = sqlite3.DatabaseError
    turned = kind(str(error))
    turned.sqlite_errorcode, turned.sqlite_errorname = code, NAMES.get(code, "")
    return turned


@contextmanager
def turned() -> Iterator[None]:
    try:
        yield
    except apsw.ConnectionClosedError as error:
        raise sqlite3.ProgrammingError("Cannot operate on a closed database.") from error
    except apsw.Error as error:
        raise as_sqlite3(error) from error


class Rows:
    """What a statement gave; it is finished before anybody looks."""

    def __init__(self, cursor: apsw.Cursor) -> None:
        self.description: Any = None
        with suppress(apsw.ExecutionCompleteError):
            self.description = cursor.description
        self._rows = [tuple(row) for row in cursor]

    def fetchone(self) -> tuple[Any, ...] | None:
        return self._rows.pop(0) if self._rows else None

    def fetchall(self) -> list[tuple[Any, ...]]:
        rows, self._rows = self._rows, []
        return rows

    def __iter__(self) -> Iterator[tuple[Any, ...]]:
        while self._rows:
            yield self._rows.pop(0)


class Connection:
    """`checkpoint`: after so many pages the log is moved into the file, as SQLite does it by itself."""

    def __init__(self, target: str, vfs: str, checkpoint: int, synchronous: str = "") -> None:
        with turned():
            self.db = apsw.Connection(target, flags=FLAGS, vfs=vfs)
        self.db.set_busy_timeout(int(PATIENCE * 1000))
        self.db.set_wal_hook(lambda db, name, pages: self._tidy(pages))
        self._checkpoint, self._synchronous = checkpoint, synchronous

    def _tidy(self, pages: int) -> int:
        """SQLite says nothing of a checkpoint of its own that fails; apsw would raise what the file said."""
        if pages >= self._checkpoint:
            with suppress(apsw.Error):
                self.db.wal_checkpoint(mode=apsw.SQLITE_CHECKPOINT_PASSIVE)
        return apsw.SQLITE_OK

    @property
    def in_transaction(self) -> bool:
        with turned():
            return self.db.in_transaction

    def execute(self, query: str, values: Sequence[Any] = ()) -> Rows:
        if self._synchronous and query.startswith("pragma synchronous="):
            query = f"pragma synchronous={self._synchronous}"
        with turned():
            return Rows(self.db.execute(query, tuple(values)))

    def executemany(self, query: str, values: Iterable[Sequence[Any]]) -> Rows:
        with turned():
            return Rows(self.db.executemany(query, [tuple(each) for each in values]))

    def backup(self, target: Connection, *, pages: int = -1, progress: Progress | None = None) -> None:
        with turned():
            copying = target.db.backup("main", self.db, "main")
            try:
                while not copying.done:
                    copying.step(pages)
                    if progress is not None:
                        progress(apsw.SQLITE_OK, copying.remaining, copying.page_count)
            finally:
                with suppress(apsw.Error, SystemError):  # What else fails then comes from apsw in either of them.
                    copying.close(force=True)

    def close(self) -> None:
        """What fails while the log is tidied away is not said, as SQLite does not say it."""
        with suppress(apsw.Error):
            self.db.close()
        with turned():
            self.db.close(force=True)
