"""Everything that can be read of a desk's files by SQLite, and what is wrong with it. Reads copies only."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from opsdesk.core.consistency import REPAIR
from opsdesk.core.errors import Unavailable
from opsdesk.core.guard import Finding, Told
from opsdesk.core.kinds import prefixes
from opsdesk.store import connections, schema
from opsdesk.store.files import NAME
from opsdesk.store.guard import log, plainly
from opsdesk.store.guard.copying import part
from opsdesk.store.guard.images import cut_short
from opsdesk.store.guard.places import FILES
from opsdesk.store.guard.spans import UNREADABLE, around
from opsdesk.store.guard.trust import Spoiled, believed_doc, believed_entry
from opsdesk.store.header import HEADER, MAGIC, big, start, version_in
from opsdesk.store.rows import Doc, Entry

ALL_DOCS = "select kind, number, live, meeting, body{} from docs not indexed"
SOME_DOCS = "select number, kind, live, meeting, body{} from docs where kind=? and number between ? and ? order by 1"
ALL_ENTRIES = "select seq, person, undoes, origin, body{} from journal not indexed order by seq"
SOME_ENTRIES = "select seq, person, undoes, origin, body{} from journal where seq between ? and ? order by 1"
ELSEWHERE = "Name the folder of a desk with --desk."
RESTORE = "`opsdesk restore` lists the copies that can be put in its place."


class Look:
    """`docs` and `entries`: whole rows by key. `spoiled`: rows that are there but damaged.

    `refused`: it is no desk of ours to read or repair, as the last finding says. `whole`: SQLite read everything.
    `cut_short`: how many pages are missing at the end of the file, of how many.
    """

    def __init__(self, place: Path, told: Told, *, keep: bool = False) -> None:
        """Of copies in `place` that are read once and may be written into, unless they are to be kept as they are."""
        self.place, self.told, self._keep = place, told, keep
        self.findings: list[Finding] = []
        self.docs: dict[tuple[str, int], Doc] = {}
        self.entries: dict[int, Entry] = {}
        self.migrated: list[tuple[int, int]] = []
        self.spoiled: list[Spoiled] = []
        self.log = log.read(b"")
        self.version = 0
        self.refused = False
        self.cut_short = 0, 0
        self.whole = self.journal_whole = False
        self._look()

    def grave(self, place: str, what: str, hint: str = REPAIR) -> None:
        self.findings.append(Finding(place, what, hint=hint))

    def _look(self) -> None:
        file = self.place / NAME
        self.log = read_log(self.place)
        if not file.exists():
            self.grave("file", "There is no desk.db in this folder.", ELSEWHERE)
        elif not file.stat().st_size:
            self.grave("file", "desk.db is empty.", RESTORE)
        elif not start(file, HEADER).startswith(MAGIC):
            self.grave("file", "desk.db is no database: its beginning is damaged, or it never was a desk.")
        elif not self._refuse(file):
            self._read()
            self._measure(file)
        self.findings += log.findings(self.log)

    def _refuse(self, file: Path) -> bool:
        try:
            self.version = version_in(file)
            schema.refuse_newer(self.version, NAME)
        except Unavailable as error:
            self.findings.append(Finding("format", error.message, hint=error.hint))
            self.refused = True
        return self.refused

    def _measure(self, file: Path) -> None:
        """Where all that is in use was read, what is missing was not."""
        self.cut_short = (0, 0) if self.whole or self.refused else cut_short(file.read_bytes(), self.log)
        lacking, wanted = self.cut_short
        if lacking:
            what = f"desk.db was cut: {lacking:,} of its {wanted:,} pages {'are' if lacking > 1 else 'is'} missing."
            self.findings.insert(0, Finding("file", what, hint=REPAIR))

    def _read(self) -> None:
        """To open a database with a log is to write into it and beside it."""
        if not self._keep:
            (self.place / FILES[2]).unlink(missing_ok=True)
            self._open(self.place)
            return
        with part(self.place) as spare:
            for each in (FILES[0], FILES[1], FILES[3]):
                if (self.place / each).exists():
                    shutil.copyfile(self.place / each, spare / each)
            self._open(spare)

    def _open(self, place: Path) -> None:
        with closing(connections.connect(str(place / NAME))) as db:
            db.text_factory = _text
            self._read_database(db)

    def _read_database(self, db: sqlite3.Connection) -> None:
        try:
            self.whole = self._plan(db) and self._integrity(db)
        except UNREADABLE as error:
            self._unreadable(error)
        if not self.refused:
            self.told("reading the records")
            self._docs(db)
            self.told("reading the journal")
            self._entries(db)
            self._migrated(db)

    def _plan(self, db: sqlite3.Connection) -> bool:
        """Whether the tables are those a desk has. A version of 0 is that of a file of somebody else's."""
        found = dict(db.execute("select name, sql from sqlite_master where sql is not null"))
        if self.version == 0 and not found:
            self.findings.append(Finding("file", "desk.db is a database with nothing in it.", grave=False))
            self.refused = True
        elif self.version == 0 and not {"docs", "journal"} <= set(found):
            self.grave("file", "desk.db belongs to another program and is not a desk.", ELSEWHERE)
            self.refused = True
        elif self.version and self.version < schema.FORMAT and "sum" not in str(found.get("docs")):
            what = "This desk was written by an older OpsDesk; it is brought up to date when it is opened."
            self.findings.append(Finding("file", what, grave=False))
        elif (wrong := unlike(found)) or self.version != schema.FORMAT:
            self.grave("file", f"The plan of the file is damaged: {', '.join(wrong) or 'the number of its format'}.")
            return False
        return not self.refused

    def _integrity(self, db: sqlite3.Connection) -> bool:
        self.told("looking at every page")
        lines = [str(line) for (line,) in db.execute("pragma integrity_check(100)")]
        if lines == ["ok"]:
            return True
        for sentence in plainly.sentences(lines):
            self.grave("file", sentence)
        return False

    def _unreadable(self, error: Exception) -> None:
        self.whole = False
        if not any(each.place == "file" and each.grave for each in self.findings):
            self.grave("file", f"The file is damaged (SQLite: {error}).")

    # Rows

    def _docs(self, db: sqlite3.Connection) -> None:
        try:
            for row in db.execute(ALL_DOCS.format(summed(db, "docs"))):
                self._doc(row)
        except UNREADABLE as error:
            self._unreadable(error)
            self._docs_around(db)

    def _docs_around(self, db: sqlite3.Connection) -> None:
        try:
            query = SOME_DOCS.format(summed(db, "docs"))
        except UNREADABLE:
            return
        for kind in prefixes():
            for number, same, *rest in around(db, query, kind):
                self._doc((same, number, *rest))

    def _doc(self, row: tuple[Any, ...]) -> None:
        kind, number = row[:2]
        found = believed_doc(row)
        if found is not None:
            self.docs[found[0], found[1] or 0] = found
        elif (kind, number) not in self.docs:
            self._spoil(Spoiled(named(kind, number), f"docs, {kind} {number}", row))

    def _entries(self, db: sqlite3.Connection) -> None:
        self.journal_whole = True
        try:
            for row in db.execute(ALL_ENTRIES.format(summed(db, "journal"))):
                self._entry(row)
        except UNREADABLE as error:
            self.journal_whole = False
            self._unreadable(error)
            self._entries_around(db)

    def _entries_around(self, db: sqlite3.Connection) -> None:
        try:
            query = SOME_ENTRIES.format(summed(db, "journal"))
        except UNREADABLE:
            return
        for row in around(db, query):
            self._entry(row)

    def _entry(self, row: tuple[Any, ...]) -> None:
        found = believed_entry(row)
        if found is not None:
            self.entries[found[0]] = found
        elif row[0] not in self.entries:
            self._spoil(Spoiled(f"journal {row[0]}", f"journal, entry {row[0]}", row, row[0]))

    def _spoil(self, spoiled: Spoiled) -> None:
        if all(each.where != spoiled.where for each in self.spoiled):
            self.spoiled.append(spoiled)
            self.grave(spoiled.place, "Its row is damaged in the file: it does not fit its checksum.")

    def _migrated(self, db: sqlite3.Connection) -> None:
        try:
            self.migrated = [
                row
                for row in db.execute("select format, seq from migrated")
                if all(isinstance(each, int) for each in row)
            ]
        except UNREADABLE as error:
            if self.version == schema.FORMAT:
                self._unreadable(error)


def read_log(place: Path) -> log.Log:
    size = big(start(place / NAME, HEADER)[16:18])
    wal, shm = (place / name for name in FILES[1:3])
    return log.read(_bytes(wal), _bytes(shm), 65536 if size == 1 else size)


def unlike(found: dict[str, str]) -> list[str]:
    """The tables and indexes that are not as a desk of this format has them."""
    with closing(sqlite3.connect(":memory:")) as db:
        for statement in schema.SCHEMA:
            db.execute(statement)
        wanted = dict(db.execute("select name, sql from sqlite_master where sql is not null"))
    return sorted(name for name in wanted if found.get(name) != wanted[name])


def summed(db: sqlite3.Connection, table: str) -> str:
    """The column of the sum, where the table has one. Raises what UNREADABLE names."""
    return ", sum" if any(row[1] == "sum" for row in db.execute(f"pragma table_info({table})")) else ""


def named(kind: object, number: object) -> str:
    """The id of a row, if its kind is one."""
    prefix = prefixes().get(str(kind))
    return f"{prefix}-{number}" if prefix else f"{kind} {number}"


def _text(raw: bytes) -> str:
    return raw.decode(errors="replace")


def _bytes(file: Path) -> bytes:
    return file.read_bytes() if file.exists() else b""
