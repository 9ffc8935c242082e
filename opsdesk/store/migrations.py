"""A desk that an older OpsDesk wrote, brought up to date: after a copy was put aside, and all or nothing."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from opsdesk.core.errors import Unavailable
from opsdesk.store import connections, files, schema
from opsdesk.store.faults import DAMAGED, KEEP
from opsdesk.store.guard.copying import copied, part, put
from opsdesk.store.guard.places import backups, stamp
from opsdesk.store.keeping import sync
from opsdesk.store.rows import doc_sum, entry_sum

if TYPE_CHECKING:
    import sqlite3

PATIENCE_MS = 120_000
TALLY = "select count(*), (select count(*) from journal), (select max(seq) from journal) from docs"
HERE = "This desk was written by an older OpsDesk and cannot be brought up to date here"


class Step(NamedTuple):
    """From one format to the next. Where it changes the records themselves, nothing before it can be undone.

    What `run` makes is written out in it: the schema of today is not the one that it led to.
    """

    run: Callable[[sqlite3.Connection], None]
    changes_records: bool = False


def to_2(db: sqlite3.Connection) -> None:
    """A checksum in every row, and a memory of steps like this one."""
    anew(db, "docs", DOCS_2, doc_sum)
    anew(db, "journal", JOURNAL_2, entry_sum)
    db.execute("create table migrated(format integer primary key, seq integer not null)")


DOCS_2 = (
    "create table docs(kind text, number integer, live integer not null, meeting text, body blob,"
    " sum integer not null, primary key(kind, number)) without rowid",
    "create index living on docs(kind, number) where live",
    "create index said on docs(kind, meeting) where meeting is not null",
)
JOURNAL_2 = (
    "create table journal(seq integer primary key, person text not null, undoes integer not null,"
    " origin integer not null, body blob not null, sum integer not null)",
    "create index persons on journal(person)",
)


def anew(db: sqlite3.Connection, table: str, made: Sequence[str], sum: Callable[..., int]) -> None:
    """The table made again with each of its rows and that row's sum."""
    db.execute(f"alter table {table} rename to old")
    db.execute(made[0])
    rows = db.execute("select * from old")
    marks = ",".join("?" * (len(rows.description) + 1))
    db.executemany(f"insert into {table} values({marks})", ((*row, sum(*row)) for row in rows))
    db.execute("drop table old")
    for index in made[1:]:
        db.execute(index)


STEPS: dict[int, Step] = {1: Step(to_2)}


def bring_up_to_date(path: Path) -> None:
    """Of two desks that find the file old one does it, and the other waits. Raises Unavailable."""
    if not (os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)):
        raise not_here(path)
    with closing(connections.connect(connections.address(path, "rw"))) as db:
        connections.log_ahead(db)
        db.execute(f"pragma busy_timeout={PATIENCE_MS}")
        db.execute("pragma synchronous=full")
        with transaction(db):
            version = schema.version_of(db)
            schema.refuse_newer(version, str(path))
            if version < schema.FORMAT:
                copy = put_aside(path)
                try:
                    migrate(db, version, path)
                except BaseException:
                    copy.unlink()
                    raise


@contextmanager
def transaction(db: sqlite3.Connection) -> Iterator[None]:
    db.execute("begin immediate")
    try:
        yield
        db.execute("commit")
    finally:
        if db.in_transaction:
            db.execute("rollback")


def migrate(db: sqlite3.Connection, version: int, path: Path) -> None:
    for number in range(version, schema.FORMAT):
        step = STEPS[number]
        try:
            step.run(db)
        except (TypeError, ValueError) as error:
            raise Unavailable(f"{DAMAGED}: {path}.", KEEP) from error
        if step.changes_records:
            db.execute("insert into migrated select ?, coalesce(max(seq), 0) from journal", (number + 1,))
    db.execute(f"pragma user_version={schema.FORMAT}")


def put_aside(path: Path) -> Path:
    """The copy, made under the lock: it is the desk as the steps find it. Raises Unavailable."""
    try:
        folder = backups(path.parent)
    except PermissionError as error:
        raise not_here(path) from error
    sync(path.parent)
    copy = unused(folder)
    with part(copy) as beside, closing(connections.connect(connections.address(path, "ro"))) as old:
        made = beside / files.NAME
        expected = tally(old)
        copied(old, made)
        verify(made, expected, path.parent)
        put(made, copy)
    return copy


def unused(folder: Path) -> Path:
    """A name that no earlier attempt of the same second has taken."""
    name = f"before-format-{schema.FORMAT}-{stamp()}"
    taken = len(list(folder.glob(f"{name}*.db")))
    return folder / (f"{name}-{taken + 1}.db" if taken else f"{name}.db")


def tally(db: sqlite3.Connection) -> tuple[Any, ...]:
    return schema.version_of(db), *db.execute(TALLY).fetchone()


def verify(copy: Path, expected: tuple[Any, ...], folder: Path) -> None:
    """Raises Unavailable where the copy is not whole."""
    with closing(connections.connect(connections.address(copy, "ro&immutable=1"))) as db:
        if db.execute("pragma integrity_check").fetchall() != [("ok",)] or tally(db) != expected:
            raise Unavailable(f"{DAMAGED}: a copy of it is not whole, so it stays as it is: {folder}.", KEEP)


def not_here(path: Path) -> Unavailable:
    return Unavailable(f"{HERE}: {path}.", "Copy the folder to where you may write, and open it there.")
