"""What reached the disk, call by call, and what of it a power cut may leave.

Kept for certain is what was synced. Of the rest any prefix is there, or any sectors of 512 bytes, with zeros where the
file grew around them; truncates may be lost. A new name is certain once its folder was synced (SQLite does so at the
first sync of a new log or journal), and so is that a name is gone. The shared memory is gone in any case.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.faults.vfs import Call

SECTOR = 512
WRITTEN = ("write", "truncate")
WAYS = ("nothing", "all", "prefix", "sectors", "sectors", "zeros")
Ack = dict[str, Any]


@dataclass
class Tape:
    """Acknowledgements stand between the calls, at the instant at which they were given."""

    events: list[Call | Ack] = field(default_factory=list)

    def watch(self, call: Call) -> None:
        """To be asked last of all: what it hears is done."""
        if call.what in ("open", "sync", "delete", *WRITTEN):
            self.events.append(call)

    def acknowledge(self, ack: Ack) -> None:
        self.events.append(ack)


class Inode:
    """A file's bytes. `waiting` holds, oldest first, what has not been synced, or for which a sync failed."""

    def __init__(self, new: bool) -> None:
        self.kept, self.waiting, self.new = bytearray(), list[tuple[Call, str]](), new

    def change(self, call: Call) -> None:
        self.waiting.append((call, "waiting"))

    def sync(self) -> None:
        """What an earlier sync failed to write stays uncertain, also below what is certain now."""
        self.waiting = [(call, "certain" if state == "waiting" else state) for call, state in self.waiting]
        while self.waiting and self.waiting[0][1] == "certain":
            apply(self.kept, self.waiting.pop(0)[0])

    def fail(self) -> None:
        """A sync that failed is not made good by the next one: what it should have written may be forgotten."""
        self.waiting = [(call, "doubtful" if state == "waiting" else state) for call, state in self.waiting]

    def uncertain(self) -> int:
        return sum(state != "certain" for _, state in self.waiting)


def apply(content: bytearray, call: Call, keep: float = 1.0, chance: random.Random | None = None) -> None:
    """The call, or of a write only some sectors."""
    if call.what == "truncate":
        del content[call.length :]
        return
    if chance is None or keep == 1.0:
        put(content, call.at, call.data)
        return
    at, end = call.at, call.at + len(call.data)
    while at < end:
        stop = min(end, (at // SECTOR + 1) * SECTOR)
        if chance.random() < keep:
            put(content, at, call.data[at - call.at : stop - call.at])
        at = stop


def put(content: bytearray, at: int, data: bytes) -> None:
    if at > len(content):
        content.extend(bytes(at - len(content)))
    content[at : at + len(data)] = data


class Platter:
    """The disk as it plays a tape. `names` holds what each name may be after a cut, the newest last."""

    def __init__(self) -> None:
        self.names: dict[str, list[Inode | None]] = {}

    def now(self, path: str) -> Inode:
        states = self.names.setdefault(path, [None])
        if states[-1] is None:
            states.append(Inode(new=False))
        inode = states[-1]
        assert inode is not None
        return inode

    def play(self, call: Call) -> None:
        if call.what == "open":
            self.now(call.path).new |= call.new
        elif call.what == "delete":
            self.names[call.path].append(None)
        elif call.what == "sync":
            self._sync(call.path)
        elif call.what == "failed sync":
            self.now(call.path).fail()
        else:
            self.now(call.path).change(call)

    def _sync(self, path: str) -> None:
        inode = self.now(path)
        inode.sync()
        if inode.new:
            inode.new = False
            self.sync_folder(Path(path).parent)

    def sync_folder(self, folder: Path) -> None:
        for path, states in self.names.items():
            if Path(path).parent == folder:
                del states[:-1]

    def cut(self, folder: Path, chance: random.Random) -> dict[str, bytes]:
        """What a power cut leaves of the files in this folder, by their names."""
        chosen = {Path(path): chance.choice(states) for path, states in self.names.items()}
        return {
            path.name: bytes(self._content(inode, chance.choice(WAYS), chance))
            for path, inode in chosen.items()
            if inode is not None and path.parent == folder
        }

    def _content(self, inode: Inode, way: str, chance: random.Random) -> bytearray:
        content = bytearray(inode.kept)
        keep = chance.choice((0.1, 0.5, 0.9))
        count = {"nothing": 0, "prefix": chance.randint(0, inode.uncertain())}.get(way, len(inode.waiting))
        longest = 0
        for call, state in inode.waiting:
            if state == "certain":
                apply(content, call)
                continue
            count -= 1
            longest = max(longest, call.at + len(call.data))
            if way == "all" or (way in ("nothing", "prefix") and count >= 0):
                apply(content, call)
            elif way == "prefix" and count == -1:
                apply(content, call, 0.5, chance)
            elif way == "sectors" and (call.what == "write" or chance.random() < keep):
                apply(content, call, keep, chance)
        if way == "zeros":
            content.extend(bytes(max(0, longest - len(content))))
        return content
