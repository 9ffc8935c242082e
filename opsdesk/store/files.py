"""Where the engine's bytes are: a file that only its owner reads, or memory."""

from __future__ import annotations

import os
import sqlite3
import time
from contextlib import closing
from typing import TYPE_CHECKING, Protocol

from opsdesk.core.errors import Unavailable
from opsdesk.store.beside import make_writable, refuse_unwritable
from opsdesk.store.descriptors import hold, identity, release
from opsdesk.store.faults import REOPEN, RESTORE, Spoken
from opsdesk.store.header import version_in
from opsdesk.store.schema import FORMAT, make, refuse_foreign, refuse_newer, version_of

if TYPE_CHECKING:
    from pathlib import Path

NAME = "desk.db"
PATIENCE = 5.0


class Source(Protocol):
    """A connection to read by, another to write by; `shared` when they are one."""

    place: str
    shared: bool
    reader: sqlite3.Connection

    def writer(self) -> sqlite3.Connection:
        """Raises as `present`."""
        ...

    def present(self) -> None:
        """Raises Unavailable where the file is no longer the one that was opened."""
        ...

    def close(self) -> None: ...


class InMemory:
    """Nothing on disk; gone when closed."""

    place = "memory"
    shared = True

    def __init__(self) -> None:
        self.reader = connect(":memory:")
        make(self.reader)

    def writer(self) -> sqlite3.Connection:
        return self.reader

    def present(self) -> None:
        return None

    def close(self) -> None:
        self.reader.close()


class DeskFile:
    """desk.db in its folder. Reading opens it read-only; it is opened for writing at the first command."""

    shared = False

    def __init__(self, folder: Path) -> None:
        self.path = folder / NAME
        self.place = str(self.path)
        self._writer: sqlite3.Connection | None = None
        self._made = False
        make_writable(self.path)
        version = version_in(self.path)
        refuse_newer(version, self.place)
        self._roll_back()
        if not version:
            self._prepare()
        elif self.path.stat().st_mode & 0o077:
            from opsdesk.store.keeping import close_to_others

            close_to_others(self.path)
        self._opened = identity(self.place)
        self._held = True
        hold(self._opened)
        try:
            if not version:
                self._make()
            self.reader = self._read()
            self._made = True
        except BaseException:
            self._let_go()
            raise

    def _roll_back(self) -> None:
        """A kill while SQLite turned its log on has left a journal, which only who may write can take back."""
        if self.path.exists() and self.path.with_name(f"{NAME}-journal").exists():
            with closing(connect(self._uri("rw"))) as db:
                db.execute("select count(*) from sqlite_master").fetchone()

    def _prepare(self) -> None:
        from opsdesk.store.keeping import keep_private

        self._refuse_foreign()
        with Spoken(self.place, writes=True):
            keep_private(self.path)

    def _make(self) -> None:
        with Spoken(self.place, writes=True):
            make(self.writer())
            settle(self.writer())

    def _refuse_foreign(self) -> None:
        """A desk is made where there is none, unless the file belongs to another program."""
        if self.path.exists() and self.path.stat().st_size:
            with closing(self._to_read()) as db:
                refuse_foreign(db, self.place)

    def _read(self) -> sqlite3.Connection:
        """A connection to a desk of today's format. Raises Unavailable where it cannot be brought there."""
        db = self._to_read()
        try:
            if version_of(db) == FORMAT:
                return db
            db.close()
            self._bring_up_to_date()
            return self._to_read()
        except BaseException:
            db.close()
            raise

    def _bring_up_to_date(self) -> None:
        from opsdesk.store.migrations import bring_up_to_date

        with Spoken(self.place, writes=True):
            bring_up_to_date(self.path)

    def present(self) -> None:
        if identity(self.place) != self._opened:
            raise Unavailable(f"The desk's file was removed or replaced while it was open: {self.place}.", REOPEN)
        if self._made and not os.stat(self.place).st_size:
            raise Unavailable(f"The desk's file was cut to nothing while it was open: {self.place}.", RESTORE)

    def writer(self) -> sqlite3.Connection:
        self.present()
        if self._writer is None:
            refuse_unwritable(self.path)
            self._writer = to_write(self._uri("rw"))
            self._log = identity(self._log_place())
        elif identity(self._log_place()) != self._log:
            self._rescue(self._writer)
        return self._writer

    def _log_place(self) -> str:
        return f"{self.place}-wal"

    def _rescue(self, writer: sqlite3.Connection) -> None:
        """What is in a log that was removed goes into the file, unless another log has begun since."""
        if not os.path.exists(self._log_place()):
            settle(writer)
        raise Unavailable(f"The log beside the desk's file was removed while it was open: {self.place}.", REOPEN)

    def _uri(self, mode: str) -> str:
        return f"{self.path.absolute().as_uri()}?mode={mode}"

    def _to_read(self) -> sqlite3.Connection:
        return connect(self._uri("ro") + ("&immutable=1" if self._still() else ""))

    def _still(self) -> bool:
        """Nobody can write here and nothing waits in the log: reading needs no file beside it, and can make none."""
        log = self.path.with_name(f"{NAME}-wal")
        return not os.access(self.path.parent, os.W_OK) and not (log.exists() and log.stat().st_size)

    def close(self) -> None:
        """The writer last: it tidies the log away."""
        try:
            self.reader.close()
        finally:
            self._let_go()
            self._writer = self.reader

    def _let_go(self) -> None:
        """Of the file too, once."""
        if not self._held:
            return
        self._held = False
        try:
            if self._writer is not None:
                self._writer.close()
        finally:
            release(self._opened)


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
