"""The version of a desk's file, read as plain bytes: a file that is refused is not even opened as a database."""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO

from opsdesk.core.errors import Unavailable
from opsdesk.store.descriptors import reading
from opsdesk.store.faults import DAMAGED, KEEP

MAGIC = b"SQLite format 3\0"
VERSION = slice(60, 64)
HEADER, LOG_HEADER, FRAME_HEADER = 100, 32, 24


def version_in(path: Path) -> int:
    """As the log beside the file has it, else the file itself; 0 where nothing is there yet. Raises Unavailable.

    The log is read first: another desk may put it into the file and away meanwhile.
    """
    log = path.with_name(f"{path.name}-wal")
    waiting = logged(log)
    header = start(path, HEADER)
    if header and not header.startswith(MAGIC):
        if path.with_name(f"{path.name}-journal").exists():
            return 0  # A power cut while the desk was made has torn its first page; SQLite takes it back.
        raise Unavailable(f"{DAMAGED}: {path}.", KEEP)
    if waiting and waiting != header[VERSION]:
        waiting = proven(log)
    return big(waiting or header[VERSION])


def start(path: Path, size: int) -> bytes:
    try:
        with reading(path) as file:
            return file.read(size)
    except FileNotFoundError:
        return b""


def logged(log: Path) -> bytes:
    """The version in the newest first page that a write-ahead log has committed; nothing where it has none.

    The layout is SQLite's: https://www.sqlite.org/fileformat2.html#the_write_ahead_log
    """
    try:
        with reading(log) as file:
            opening = file.read(LOG_HEADER)
            return newest(file, big(opening[8:12]), opening[16:24]) if len(opening) == LOG_HEADER else b""
    except FileNotFoundError:
        return b""


def proven(log: Path) -> bytes:
    """The same by frames whose checksums are right: a power cut may have left some that never counted."""
    from opsdesk.store.guard.log import read

    try:
        with reading(log) as file:
            found = read(file.read())
    except FileNotFoundError:
        return b""
    first = [frame for frame in found.frames[: found.committed] if frame.page == 1]
    return found.page(first[-1])[VERSION] if first else b""


def newest(file: BinaryIO, page: int, salt: bytes) -> bytes:
    seen = committed = b""
    place = LOG_HEADER
    while True:
        file.seek(place)
        frame = file.read(FRAME_HEADER + VERSION.stop)
        if len(frame) < FRAME_HEADER + VERSION.stop or frame[8:16] != salt:
            return committed
        if big(frame[:4]) == 1:
            seen = frame[FRAME_HEADER:][VERSION]
        if big(frame[4:8]):
            committed = seen
        place += FRAME_HEADER + page


def big(raw: bytes) -> int:
    return int.from_bytes(raw, "big")
