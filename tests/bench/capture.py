"""From Enter to durable: one action captured, beside two bare inserts of the same bytes."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from msgspec import json

from tests.bench import desks
from tests.bench.measure import interleaved, timed
from tests.bench.table import Row, ratio

SIZES = (1_000, 50_000)
TEXT = "Call back with the workaround @bob #customer-3 fri !"


class Bare:
    """SQLite alone, WAL and FULL: a record and its journal line, each durable on its own or both in one transaction."""

    def __init__(self, folder: Path, record: bytes, journal: bytes) -> None:
        self._record, self._journal = record, journal
        folder.mkdir()
        self._db = sqlite3.connect(folder / "bare.db", isolation_level=None)
        self._db.execute("PRAGMA journal_mode=WAL")
        self._db.execute("PRAGMA synchronous=FULL")
        self._db.execute("CREATE TABLE records (id INTEGER PRIMARY KEY, body BLOB)")
        self._db.execute("CREATE TABLE journal (seq INTEGER PRIMARY KEY, body BLOB)")

    def insert(self) -> None:
        self._db.execute("INSERT INTO records (body) VALUES (?)", (self._record,))
        self._db.execute("INSERT INTO journal (body) VALUES (?)", (self._journal,))

    def insert_at_once(self) -> None:
        self._db.execute("BEGIN IMMEDIATE")
        self.insert()
        self._db.execute("COMMIT")

    def close(self) -> None:
        self._db.close()


def rows(home: Path, sizes: tuple[int, int] = SIZES, repeats: int = 400) -> list[Row]:
    folders = [home / f"capture-{size}" for size in sizes]
    for folder, size in zip(folders, sizes, strict=True):
        desks.write(folder, size)
    small, large = (desks.open_desk(folder) for folder in folders)
    record = small.actions.capture(TEXT)
    bare = Bare(home / "bare", json.encode(record), json.encode(small.history(limit=1)[0]))
    try:
        floor, one, few, many = interleaved(
            repeats,
            lambda: timed(bare.insert),
            lambda: timed(bare.insert_at_once),
            lambda: timed(lambda: small.actions.capture(TEXT)),
            lambda: timed(lambda: large.actions.capture(TEXT)),
            warm=20,
        )
    finally:
        for each in (bare, small, large):
            each.close()
    return [
        ratio("capture, Enter to durable", few, floor, "two bare sqlite3 inserts", 1.3),
        ratio("capture, Enter to durable", few, one, "the two in one transaction"),
        ratio(f"capture at {sizes[1]:,} records", many, few, f"at {sizes[0]:,}", 1.15),
    ]
