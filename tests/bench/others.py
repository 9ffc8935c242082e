"""What a desk's store is held against: SQLite alone, a plain file, and TinyDB's own JSONStorage."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from msgspec import json
from tinydb import TinyDB, where

from opsdesk.core.actions import Action
from opsdesk.core.journal import fields
from opsdesk.store.engine import DOC, ENTRY
from opsdesk.store.rows import Doc, Entry
from opsdesk.store.sqlite import SqliteStore

FOUND = "select body from docs where json_extract(body, '$.owner')=? and instr(json_extract(body, '$.title'), ?)"


class Bare:
    """SQLite alone on a copy of the desk: the very same rows into the same tables and indexes, WAL and FULL."""

    def __init__(self, desk: Path, file: Path) -> None:
        with closing(sqlite3.connect(desk / "desk.db")) as ours, closing(sqlite3.connect(file)) as copy:
            ours.backup(copy)
        self.db = sqlite3.connect(file, isolation_level=None)
        self.db.execute("pragma journal_mode=wal")
        self.db.execute("pragma synchronous=full")
        self.doc: Doc = self.db.execute("select * from docs where kind='actions' order by number desc").fetchone()
        self.entry: Entry = self.db.execute("select * from journal order by seq desc").fetchone()

    def insert(self) -> None:
        kind, number, *doc = self.doc
        seq, *entry = self.entry
        self.doc, self.entry = (kind, number + 1, *doc), (seq + 1, *entry)
        self.db.execute(DOC, self.doc)
        self.db.execute(ENTRY, self.entry)

    def at_once(self) -> None:
        self.db.execute("begin immediate")
        self.insert()
        self.db.execute("commit")

    def search(self, owner: str, words: str) -> int:
        return len([json.decode(body) for (body,) in self.db.execute(FOUND, (owner, words))])

    def close(self) -> None:
        self.db.close()


class Appending:
    """The same bytes at the end of a file, and one fsync."""

    def __init__(self, file: Path, line: bytes) -> None:
        self.line, self.opened = line, os.open(file, os.O_CREAT | os.O_WRONLY | os.O_APPEND)

    def append(self) -> None:
        os.write(self.opened, self.line)
        os.fsync(self.opened)

    def close(self) -> None:
        os.close(self.opened)


class Plain:
    """TinyDB as it comes: one JSON file, written anew at every change."""

    def __init__(self, desk: Path, file: Path) -> None:
        with closing(SqliteStore(desk)) as store:
            documents = [fields(action) for action in store.all(Action)]
        file.write_bytes(json.encode({"actions": {str(n + 1): each for n, each in enumerate(documents)}}))
        self.document = documents[-1]
        self.db = TinyDB(file)
        self.table = self.db.table("actions", cache_size=0)

    def insert(self) -> None:
        self.table.insert(self.document)

    def search(self, owner: str, words: str) -> int:
        return self.table.count((where("owner") == owner) & where("title").test(lambda title: words in title))

    def close(self) -> None:
        self.db.close()
