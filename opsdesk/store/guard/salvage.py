"""Gathers every whole row there is: what SQLite reads, what lies in any page of file and log, what backups hold."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator, Sequence
from math import inf
from pathlib import Path

from msgspec import MsgspecError, json

from opsdesk.core.consistency import gaps
from opsdesk.core.errors import OpsDeskError
from opsdesk.core.guard import Told
from opsdesk.core.record import Record
from opsdesk.store.days import BACKUPS
from opsdesk.store.faults import Spoken
from opsdesk.store.files import NAME
from opsdesk.store.guard.aside import scratch
from opsdesk.store.guard.images import COPY, READ, UNSAVED, Found, best
from opsdesk.store.guard.log import lost
from opsdesk.store.guard.look import Look, read_log
from opsdesk.store.rows import Doc, Entry

TRUSTED = ("daily-*.db", "before-format-*.db")
"""Not those from before a restore: what they hold beyond the desk was given up on purpose."""


class Salvage:
    """Every candidate for each entry and each row, the nearest to the truth first.

    `open_end`: there may have been entries after the last that SQLite reads.
    """

    def __init__(self, looked: Look, folder: Path, earlier: Sequence[Path], told: Told) -> None:
        """`earlier`: what repairs that were begun and not ended have put aside."""
        self.looked, self.folder, self.earlier, self.told = looked, folder, earlier, told
        self.entries: dict[int, list[Found]] = {}
        self.docs: dict[tuple[str, int], list[Found]] = {}
        self.migrated = looked.migrated
        self._add(Found(row, READ, "") for row in held(looked))
        self._add_pages()
        self.open_end = self._open_end()
        self._add_backups()
        for found in (*self.entries.values(), *self.docs.values()):
            found.sort(key=lambda each: each.nearness)

    def _add(self, found: Iterable[Found]) -> None:
        for each in found:
            kept: list[Found]
            if isinstance(each.row[0], int):
                kept = self.entries.setdefault(each.row[0], [])
            else:
                kept = self.docs.setdefault((each.row[0], int(each.row[1] or 0)), [])
            if all(other.row != each.row or other.nearness > each.nearness for other in kept):
                kept.append(each)

    def _add_pages(self) -> None:
        for place in (self.looked.place, *self.earlier):
            self.told("searching every page for rows")
            file = place / NAME
            log = self.looked.log if place == self.looked.place else read_log(place)
            self._add(best(file.read_bytes() if file.exists() else b"", log))

    def _open_end(self) -> bool:
        last = max(self.looked.entries, default=0)
        beyond = any(rev(doc[4]) > last for doc in self.looked.docs.values())
        spoiled = any(each.seq > last for each in self.looked.spoiled)
        sound = self.looked.whole and self.looked.journal_whole and not lost(self.looked.log)
        return beyond or spoiled or not sound or bool(self.earlier)

    def _add_backups(self) -> None:
        """From the newest on, until no entry is missing; one that contradicts what is known is left alone."""
        for file in backups_of(self.folder):
            if not self._lacking():
                return
            self.told(f"reading {file.name}")
            backup = _backup(self.folder, file, self.told)
            if backup is not None and self._agrees(backup):
                last = self._limit()
                self._add(Found(row, COPY, file.name) for row in held(backup) if seq_of(row) <= last)
                self.migrated = self.migrated or backup.migrated

    def _lacking(self) -> bool:
        saved = [seq for seq, found in self.entries.items() if any(each.nearness != UNSAVED for each in found)]
        gone = any(each.seq and each.seq not in self.entries for each in self.looked.spoiled)
        return self.open_end or gone or not saved or bool(list(gaps(sorted(saved))))

    def _agrees(self, backup: Look) -> bool:
        """Whether it is of the same history: they share entries, and every shared one is the same."""
        shared = self.entries.keys() & backup.entries.keys()
        alike = all(any(each.row[4] == backup.entries[seq][4] for each in self.entries[seq]) for seq in shared)
        return alike and bool(shared or not self.entries)

    def _limit(self) -> float:
        """What a backup has beyond the last entry known is wanted only where the journal may have been longer."""
        spoiled = max((each.seq for each in self.looked.spoiled), default=0)
        return max(spoiled, *self.entries, 0) if self.looked.journal_whole else inf


def held(looked: Look) -> list[Doc | Entry]:
    return [*looked.entries.values(), *looked.docs.values()]


def seq_of(row: Doc | Entry) -> int:
    """Of the entry, or of the one that wrote the record."""
    return row[0] if isinstance(row[0], int) else rev(row[4])


def rev(body: object) -> int:
    """The seq that wrote it; 0 of an empty place."""
    if not isinstance(body, bytes):
        return 0
    try:
        return json.decode(body, type=Record).rev
    except (MsgspecError, UnicodeError):
        return 0


def _backup(folder: Path, file: Path, told: Told) -> Look | None:
    """What is in a backup; nothing where it cannot be read."""
    with scratch(folder) as place:
        try:
            with Spoken(str(file)):
                shutil.copyfile(file, place / NAME)
                looked = Look(place, told)
        except OpsDeskError:
            return None
    return None if looked.refused else looked


def backups_of(folder: Path) -> Iterator[Path]:
    """The newest first."""
    found = [file for pattern in TRUSTED for file in (folder / BACKUPS).glob(pattern)]
    yield from sorted(found, key=lambda file: file.stat().st_mtime, reverse=True)
