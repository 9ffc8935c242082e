"""A process that opens what is named and reads it: seconds until the live records, until all, and its peak in MB."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from pathlib import Path

STATUS = Path("/proc/self/status")


def desk(path: Path) -> Iterator[int]:
    from opsdesk.core.kinds import KINDS
    from opsdesk.store.sqlite import SqliteStore

    yield 0
    store = SqliteStore(path)
    yield sum(len(store.live(kind)) for kind in KINDS)
    yield sum(len(store.all(kind)) for kind in KINDS)


def bare(path: Path) -> Iterator[int]:
    import sqlite3

    from msgspec import json

    yield 0
    db = sqlite3.connect(path)
    yield len([json.decode(body) for (body,) in db.execute("select body from docs where live")])
    yield len([json.decode(body) for (body,) in db.execute("select body from docs")])


def tinydb(path: Path) -> Iterator[int]:
    from tinydb import TinyDB, where

    yield 0
    table = TinyDB(path).table("actions")
    yield table.count(where("state") == "ready")
    yield len(table.all())


def main(what: str, path: str) -> None:
    reading = {"desk": desk, "bare": bare, "tinydb": tinydb}[what](Path(path))
    next(reading)
    start = time.perf_counter()
    live, everything = ((next(reading), time.perf_counter() - start) for _ in range(2))
    print(live[1], everything[1], peak(), live[0], everything[0])


def peak() -> float:
    """In MB. What getrusage says begins with the peak of the process that started this one."""
    found = [line.split() for line in STATUS.read_text().splitlines() if line.startswith("VmHWM")]
    return int(found[0][1]) / 1024


if __name__ == "__main__":
    main(*sys.argv[1:])
