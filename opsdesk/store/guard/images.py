"""Every state of every page that a desk's files still hold: the file's own, and those in its log."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from opsdesk.store.guard.log import SIZES, Frame, Log
from opsdesk.store.guard.pages import Follow, rows
from opsdesk.store.header import MAGIC, big
from opsdesk.store.rows import Doc, Entry

READ, NOW, BEFORE, COPY, UNSAVED = range(5)
"""How near to the truth: read by SQLite; in a page as it was saved last; as it was before; in a backup; never saved."""


class Found(NamedTuple):
    row: Doc | Entry
    nearness: int
    where: str


class Images:
    """`size` of a page in bytes."""

    def __init__(self, database: bytes, log: Log, size: int) -> None:
        self.database, self.log, self.size = database, log, size
        reserved = database[20] if database.startswith(MAGIC) and database[20] <= 32 else 0
        self.usable = size - reserved
        frames = log.frames if log.page_size == size else ()
        self.frames = frames
        self.saved = _saved(frames)
        self.newest = {frame.page: frame for frame in frames if frame.own and frame.number in self.saved}

    def found(self) -> Iterator[Found]:
        for number in range(1, -(-len(self.database) // self.size) + 1):
            nearness = BEFORE if number in self.newest else NOW
            for row in rows(self.file(number), self.usable, self.file, self.last):
                yield Found(row, nearness, f"page {number} of desk.db")
        for frame in self.frames:
            page = self.log.page(frame)
            for row in rows(page, self.usable, self.as_of(frame), self.last, self.file):
                yield Found(row, self._nearness(frame), f"frame {frame.number} of desk.db-wal")

    def _nearness(self, frame: Frame) -> int:
        if frame.number not in self.saved:
            return UNSAVED
        return NOW if self.newest.get(frame.page) is frame else BEFORE

    # Ways to the rest of a long row

    def file(self, number: int) -> bytes:
        return self.database[(number - 1) * self.size : number * self.size] if number > 0 else b""

    def last(self, number: int) -> bytes:
        frame = self.newest.get(number)
        return self.file(number) if frame is None else self.log.page(frame)

    def as_of(self, frame: Frame) -> Follow:
        """As the transaction of this frame left the file."""
        end = next((each.number for each in self.frames[frame.number - 1 :] if each.size), len(self.frames))

        def follow(number: int) -> bytes:
            for each in reversed(self.frames[:end]):
                alike = each.own if frame.own else each.salts == frame.salts
                if each.page == number and alike:
                    return self.log.page(each)
            return self.file(number)

        return follow


def _saved(frames: tuple[Frame, ...]) -> set[int]:
    """The frames whose transaction was ended, in whatever generation of the log."""
    saved: set[int] = set()
    ended: set[bytes | bool] = set()
    for frame in reversed(frames):
        generation = True if frame.own else frame.salts
        if frame.size:
            ended.add(generation)
        if generation in ended:
            saved.add(frame.number)
    return saved


def best(database: bytes, log: Log) -> list[Found]:
    """What is found with the size of pages that finds most: a damaged header may name a wrong one, or none."""
    named = 65536 if big(database[16:18]) == 1 else big(database[16:18])
    likely = dict.fromkeys(size for size in (named, log.page_size, 4096) if size in SIZES)
    tried = [list(Images(database, log, size).found()) for size in likely]
    most = max(tried, key=len)
    if most or not (database or log.frames):
        return most
    return max((list(Images(database, log, size).found()) for size in SIZES), key=len)


def cut_short(database: bytes, log: Log) -> tuple[int, int]:
    """How many pages are missing at the end of the file, and how many there should be: as the log has it, else the
    file's own header, where that was written by who wrote the file last. The log's pages are not missing.
    """
    size = big(database[16:18]) if database.startswith(MAGIC) else 0
    size = 65536 if size == 1 else size
    if size not in SIZES:
        return 0, 0
    wanted = big(database[28:32]) if database[24:28] == database[92:96] else 0
    saved = log.frames[: log.committed] if log.page_size == size else ()
    wanted = saved[-1].size if saved else wanted
    there = len(database) // size
    logged = {frame.page for frame in saved if there < frame.page <= wanted}
    return max(0, wanted - there - len(logged)), wanted
