"""SQLite's write-ahead log, read as bytes: which frames count, and what lies behind the first that does not.

The file begins with a header of 32 bytes: magic (its lowest bit: the checksums' words are big-endian), version, page
size, checkpoint number, two salts, two checksum words. Then frames: page number, size of the database in pages where
the frame ends a transaction (else 0), the salts, two checksum words, the page. A checksum goes on from that of the
frame before; a frame counts if salts and checksum are right and so are those of all before it.
Source: https://www.sqlite.org/fileformat2.html#the_write_ahead_log and https://www.sqlite.org/walformat.html
"""

from __future__ import annotations

import struct
import sys
from collections.abc import Sequence
from typing import NamedTuple

from opsdesk.core.consistency import REPAIR
from opsdesk.core.guard import Finding
from opsdesk.store.header import FRAME_HEADER, LOG_HEADER, big

MAGIC = 0x377F0682
WORD = 0xFFFFFFFF
STRETCH = 32
"""Words after which a sum is brought back to 32 bits: it grows by less than 1.4 bits a word."""
SIZES = tuple(1 << bits for bits in range(9, 17))
INDEX = struct.Struct("=4x4x4xBBHII8x8s")
INDEX_SIZE, BACKFILLED = 48, slice(96, 100)
Sum = tuple[int, int]


class Frame(NamedTuple):
    """`start`: where its page is. `size`: of the database in pages, where it ends a transaction.

    `own`: it is of the newest generation. `counts`: SQLite takes it. `intact`: its checksum follows from that of the
    frame before, whatever is before that.
    """

    number: int
    page: int
    size: int
    start: int
    salts: bytes
    own: bool
    counts: bool
    intact: bool


class Log(NamedTuple):
    """`committed`: how many frames SQLite takes, those up to the last that ends a transaction.

    `written`: how many the index beside the log (-shm) knows to be committed, of which `copied` are in desk.db.
    """

    data: bytes
    page_size: int
    sound: bool
    frames: tuple[Frame, ...]
    committed: int = 0
    written: int = 0
    copied: int = 0

    def page(self, frame: Frame) -> bytes:
        return self.data[frame.start : frame.start + self.page_size]


def read(data: bytes, index: bytes = b"", page_size: int = 0) -> Log:
    """`data`: the whole -wal; `index`: the -shm; `page_size` of the database, for where the header does not tell it."""
    size = big(data[8:12])
    if size not in SIZES:
        size = page_size if page_size in SIZES else 4096
    order = ">" if data[3:4] and data[3] & 1 else "<"
    sound = len(data) >= LOG_HEADER and big(data[:4]) & ~1 == MAGIC and _sum(order, data[:24]) == _stored(data, 24)
    salts = data[16:24] if sound else data[LOG_HEADER + 8 : LOG_HEADER + 16]
    frames = tuple(_frames(data, size, order, salts, sound))
    committed = max((frame.number for frame in frames if frame.counts and frame.size), default=0)
    return Log(data, size, sound, frames, committed, *_index(index, salts if frames else b""))


def _frames(data: bytes, size: int, order: str, salts: bytes, sound: bool) -> list[Frame]:
    frames: list[Frame] = []
    before = computed = _stored(data, 24)
    counts = sound
    for start in range(LOG_HEADER, len(data) - FRAME_HEADER - size + 1, FRAME_HEADER + size):
        header, page = data[start : start + FRAME_HEADER], start + FRAME_HEADER
        stored, own = _stored(header, 16), header[8:16] == salts
        summed = header[:8] + data[page : page + size]
        follows = {_sum(order, summed, each) for each in {before, computed}} if own or counts else set()
        intact = stored in follows
        counts = counts and own and intact and big(header[:4]) > 0
        number = len(frames) + 1
        frames.append(
            Frame(number, big(header[:4]), big(header[4:8]), page, header[8:16], own or intact, counts, intact)
        )
        before, computed = stored, (stored if intact else _sum(order, summed, before))
    return frames


def _sum(order: str, data: bytes, before: Sum = (0, 0)) -> Sum:
    one, two = before
    words = struct.unpack(f"{order}{len(data) // 4}I", data)
    for at in range(0, len(words), STRETCH):
        stretch = words[at : at + STRETCH]
        for even, odd in zip(stretch[::2], stretch[1::2], strict=True):
            one += even + two
            two += odd + one
        one, two = one & WORD, two & WORD
    return one, two


def _stored(data: bytes, at: int) -> Sum:
    return big(data[at : at + 4]), big(data[at + 4 : at + 8])


def _index(index: bytes, salts: bytes) -> Sum:
    """Frames committed, and frames copied into the database, of this generation as the -shm has them, else nothing.

    Two copies of a header of 48 bytes in the machine's order of bytes, the last 8 their checksum; then, at 96, the
    number of copied frames. An empty log has no salts of its own: then the index alone tells.
    """
    header = index[:INDEX_SIZE]
    native = "<" if sys.byteorder == "little" else ">"
    if len(index) < BACKFILLED.stop or header != index[INDEX_SIZE : 2 * INDEX_SIZE]:
        return 0, 0
    made, _, _, frames, _, own = INDEX.unpack(header[: INDEX.size])
    if not made or _sum(native, header[:40]) != struct.unpack("=II", header[40:]) or (salts and own != salts):
        return 0, 0
    return frames, int(struct.unpack("=I", index[BACKFILLED])[0])


# What it means


def findings(log: Log) -> list[Finding]:
    """At most one: committed transactions that SQLite no longer sees are lost; a tail that was never whole is not."""
    gone = lost(log)
    if gone:
        return [Finding("log", f"{gone} What was saved there last is not seen any more.", hint=REPAIR)]
    if _cut_short(log) or any(frame.own and frame.number > log.committed for frame in log.frames):
        return [Finding("log", "The last write was broken off before it was saved and does not count.", grave=False)]
    return []


def lost(log: Log) -> str:
    """What is lost, in a sentence; nothing where everything that was committed still counts."""
    behind = behind_damage(log)
    if behind and not log.sound:
        return f"The log's beginning is damaged, and {_frames_of(behind)} behind it are cut off."
    if behind:
        first = 1 + sum(frame.counts for frame in log.frames)
        return f"Frame {first} of the log is damaged: {_frames_of(behind)} of what was saved are cut off."
    here = log.committed
    if here < log.written and not (here == 0 and log.copied >= log.written):
        return f"The log has lost {log.written - here} of its {log.written} frames."
    return ""


def behind_damage(log: Log) -> Sequence[Frame]:
    """Frames whose transaction ended but which SQLite does not take, as one before them is damaged."""
    ends = [frame.number for frame in log.frames if frame.own and frame.intact and frame.size]
    last = max(ends, default=0)
    return [frame for frame in log.frames if frame.own and log.committed < frame.number <= last]


def _frames_of(frames: Sequence[Frame]) -> str:
    return f"{len(frames)} frames" if len(frames) > 1 else "1 frame"


def _cut_short(log: Log) -> bool:
    """A frame of which only the beginning is there."""
    whole = LOG_HEADER + len(log.frames) * (FRAME_HEADER + log.page_size)
    rest = log.data[whole:]
    salts = log.data[16:24]
    return len(rest) >= 16 and rest[8:16] == salts if log.sound else bool(rest)


def applied(database: bytes, log: Log) -> bytes:
    """The database with every frame that counts: what SQLite sees, without the log."""
    pages = {frame.page: frame for frame in log.frames if frame.number <= log.committed}
    if not pages:
        return database
    size = log.frames[log.committed - 1].size * log.page_size
    image = bytearray(database[:size].ljust(size, b"\0"))
    for number, frame in pages.items():
        start = (number - 1) * log.page_size
        image[start : start + log.page_size] = log.page(frame)
    return bytes(image[:size])
