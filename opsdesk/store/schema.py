"""The tables under the documents, and the version they are of."""

from __future__ import annotations

import sqlite3

from opsdesk.core.errors import Unavailable
from opsdesk.store.faults import REOPEN

FORMAT = 2
ELSEWHERE = "Name another folder."
SCHEMA = (
    "create table if not exists docs(kind text, number integer, live integer not null, meeting text, body blob,"
    " sum integer not null, primary key(kind, number)) without rowid",
    "create index if not exists living on docs(kind, number) where live",
    "create index if not exists said on docs(kind, meeting) where meeting is not null",
    "create table if not exists journal(seq integer primary key, person text not null, undoes integer not null,"
    " origin integer not null, body blob not null, sum integer not null)",
    "create index if not exists persons on journal(person)",
    "create table if not exists migrated(format integer primary key, seq integer not null)",
    f"pragma user_version={FORMAT}",
)


def refuse_newer(version: int, place: str) -> None:
    if version > FORMAT:
        raise Unavailable(f"This desk was written by a newer OpsDesk: {place}.", "Update OpsDesk, then open it again.")


def refuse_other(version: int, place: str) -> None:
    """What another OpsDesk has put under a desk that is open."""
    refuse_newer(version, place)
    if version < FORMAT:
        raise Unavailable(f"A desk of an older OpsDesk was put in this one's place: {place}.", REOPEN)


def refuse_foreign(db: sqlite3.Connection, place: str) -> None:
    """A database with tables but no version; the version is read last, as both appear at once."""
    tables = db.execute("select count(*) from sqlite_master").fetchone()[0]
    if tables and not version_of(db):
        raise Unavailable(f"The file belongs to another program and is not a desk: {place}.", ELSEWHERE)


def version_of(db: sqlite3.Connection) -> int:
    return int(db.execute("pragma user_version").fetchone()[0])


def make(db: sqlite3.Connection) -> None:
    """The tables, where they are not there yet; another desk may be making them at the same time."""
    db.execute("begin immediate")
    try:
        if not version_of(db):
            for statement in SCHEMA:
                db.execute(statement)
        db.execute("commit")
    finally:
        if db.in_transaction:
            db.execute("rollback")
