"""Where the engine's bytes are: a file that only its owner reads."""

from __future__ import annotations

import os
import sqlite3
import time
from contextlib import closing
from typing import TYPE_CHECKING

from opsdesk.core.errors import Unavailable
from opsdesk.store import connections
from opsdesk.store.beside import make_writable, refuse_unwritable
from opsdesk.store.descriptors import NOTHING, Identity, hold, identity, release
from opsdesk.store.faults import REOPEN, RESTORE, Spoken
from opsdesk.store.header import version_in
from opsdesk.store.schema import FORMAT, make, refuse_foreign, refuse_newer, refuse_other, version_of

if TYPE_CHECKING:
    from pathlib import Path

    from opsdesk.store.source import Same

NAME = "desk.db"
MOMENT = 1.0  # seconds for a repair to end in
EXCHANGES = 5  # of the file while it is opened, before that is given up


class DeskFile:
    """desk.db in its folder. Reading opens it read-only; it is opened for writing at the first command."""

    shared = False

    def __init__(self, folder: Path) -> None:
        self.path = folder / NAME
        self.place = str(self.path)
        self._writer: sqlite3.Connection | None = None
        self._made = False
        self._read_log = self._refused = NOTHING
        make_writable(self.path)
        version = version_in(self.path)
        refuse_newer(version, self.place)
        self._roll_back()
        if not version:
            self._prepare()
        elif self.path.stat().st_mode & 0o077:
            from opsdesk.store.keeping import close_to_others

            close_to_others(self.path)
        self._opened = self._writes_to = identity(self.place)
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
            with closing(connections.connect(self._uri("rw"))) as db:
                db.execute("select count(*) from sqlite_master").fetchone()

    def _prepare(self) -> None:
        from opsdesk.store.keeping import keep_private

        self._refuse_foreign()
        with Spoken(self.place, writes=True):
            keep_private(self.path)

    def _make(self) -> None:
        with Spoken(self.place, writes=True):
            make(self.writer())
            connections.settle(self.writer())

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

    def moved(self) -> bool:
        try:
            found = os.stat(self.place)
        except FileNotFoundError as error:
            raise self._gone() from error
        if (found.st_dev, found.st_ino) != self._opened:
            return True
        if self._read_log == NOTHING:
            self._read_log = identity(self._log_place())
        if self._made and not found.st_size:
            raise Unavailable(f"The desk's file was cut to nothing while it was open: {self.place}.", RESTORE)
        return False

    def _gone(self) -> Unavailable:
        return Unavailable(f"The desk's file was removed or replaced while it was open: {self.place}.", REOPEN)

    def follow(self, same: Same) -> None:
        self._await_no_log()
        for _ in range(EXCHANGES):
            other, there = self._opened, identity(self.place)
            hold(there)
            try:
                if self._reads(there, same):
                    there = other
                    return
            except sqlite3.Error:
                if identity(self.place) == there:
                    raise
            finally:
                release(there)
        raise self._gone()

    def _await_no_log(self) -> None:
        """The old file's log must never meet another file: that one is not even opened. A repair takes it away soon."""
        end = time.monotonic() + MOMENT
        while identity(self._log_place()) == self._read_log != NOTHING:
            if self._refused == identity(self.place) or time.monotonic() > end:
                self._refused = identity(self.place)
                raise self._gone()
            time.sleep(0.01)

    def _reads(self, there: Identity, same: Same) -> bool:
        """From now on, unless that file was exchanged in its turn while it was opened. Raises Unavailable."""
        db = self._to_read()
        try:
            version = version_of(db)
            if identity(self.place) != there:
                return False
            refuse_other(version, self.place)
            if not same(self.reader, db):
                raise self._gone()
            db, self.reader = self.reader, db
            self._opened, self._read_log = there, NOTHING
            return True
        finally:
            db.close()

    def writer(self) -> sqlite3.Connection:
        if self._writer is not None and self._writes_to != self._opened:
            self._lay_down()
        if self._writer is None:
            refuse_unwritable(self.path)
            self._writer = self._to_write()
        elif identity(self._log_place()) != self._log:
            self._rescue(self._writer)
        return self._writer

    def _to_write(self) -> sqlite3.Connection:
        self._writes_to = identity(self.place)
        hold(self._writes_to)
        try:
            db = connections.to_write(self._uri("rw"))
        except BaseException:
            release(self._writes_to)
            raise
        self._log = identity(self._log_place())
        return db

    def _lay_down(self) -> None:
        """The connection to write by; it leaves the log alone where another file has taken the desk's place."""
        writer, self._writer = self._writer, None
        if writer is not None:
            try:
                writer.close()
            finally:
                release(self._writes_to)

    def _log_place(self) -> str:
        return f"{self.place}-wal"

    def _rescue(self, writer: sqlite3.Connection) -> None:
        """What is in a log that was removed goes into the file, unless another log has begun since."""
        if not os.path.exists(self._log_place()):
            connections.settle(writer)
        raise Unavailable(f"The log beside the desk's file was removed while it was open: {self.place}.", REOPEN)

    def _uri(self, mode: str) -> str:
        return connections.address(self.path, mode)

    def _to_read(self) -> sqlite3.Connection:
        return connections.connect(self._uri("ro") + ("&immutable=1" if self._still() else ""))

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
            self._lay_down()
        finally:
            release(self._opened)
