"""The desk as it is after a repair: its journal, and its records as that tells them; what could not be placed."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from typing import Any, NamedTuple, cast

import msgspec
from msgspec import json

from opsdesk.core.errors import Invalid
from opsdesk.core.journal import Fields, Transaction
from opsdesk.core.kinds import shape_named, shapes
from opsdesk.core.record import Record
from opsdesk.core.references import unplaced
from opsdesk.core.replay import Key, Replay, after
from opsdesk.store.guard.images import READ, UNSAVED, Found
from opsdesk.store.guard.log import lost
from opsdesk.store.guard.look import named
from opsdesk.store.guard.salvage import Salvage, rev
from opsdesk.store.guard.trust import decoded
from opsdesk.store.rows import Doc, Entry, doc_row, number

Place = tuple[str, int]
JOURNAL = "the journal"


class Cut(NamedTuple):
    """What was left out: of which record or entry, where it was, why, and its bytes in base64."""

    what: str
    where: str
    why: str
    bytes: str


class Mended:
    """`entries` and `docs`: the rows of the new file. `restored`: by what each of these is told, from where."""

    def __init__(self, salvage: Salvage) -> None:
        self.salvage = salvage
        self.cut: list[Cut] = []
        self.restored: dict[str, list[str]] = {}
        self.entries: dict[int, Entry] = {}
        self.docs: dict[Place, Doc] = {}
        for seq in sorted(salvage.entries):
            self._entry(seq, salvage.entries[seq])
        self.last = max(self.entries, default=0)
        self.history = [entry for row in self.entries.values() if (entry := decoded(row[4])) is not None]
        self._later = _by_key(self.history)
        replay = Replay(self.history)
        for place in sorted({*salvage.docs, *_places(replay)}):
            self._doc(place, replay)
        self._spoiled()

    def same(self) -> bool:
        """Whether the desk's own file is whole and nothing better was found."""
        looked = self.salvage.looked
        sound = looked.whole and not looked.spoiled and not lost(looked.log) and not self.salvage.earlier
        return sound and looked.entries == self.entries and looked.docs == self.docs

    def sentences(self) -> tuple[str, ...]:
        return tuple(f"{unplaced(ids)}: restored from {source}." for source, ids in self.restored.items())

    # The journal

    def _entry(self, seq: int, found: list[Found]) -> None:
        """The nearest to the truth; another of the same number is kept as cut."""
        first = found[0]
        if first.nearness == UNSAVED or (first.nearness != READ and self._beyond(seq)):
            self._cut_row(first, f"journal {seq}", "It was never saved, or was given up when a copy was restored.")
            return
        self.entries[seq] = cast(Entry, first.row)
        if first.nearness != READ:
            self._restore(f"journal {seq}", first.where)
        others = {other.row[4]: other for other in found[1:] if other.row[4] != first.row[4]}
        for other in others.values():
            self._cut_row(other, f"journal {seq}", "There is another entry of this number.")

    def _beyond(self, seq: int) -> bool:
        return not self.salvage.open_end and seq > max(self.salvage.looked.entries, default=0)

    # The records

    def _doc(self, place: Place, replay: Replay) -> None:
        rows = [each for each in self.salvage.docs.get(place, ()) if self._counts(each)]
        best = max(rows, key=lambda each: (rev(each.row[4]), -each.nearness), default=None)
        if best is not None and best.row[4] is not None and best.nearness != READ and rows[0].row[4] is None:
            best = rows[0] if rows[0].nearness == READ else best
        key = place[0], named(*place)
        made = self._told(key, replay, best)
        if made is None:
            return
        row, source = made
        self.docs[place] = row
        if self.salvage.looked.docs.get(place) != row:
            self._restore(key[1], source)

    def _counts(self, found: Found) -> bool:
        """What was never saved does not, nor what a restore has given up."""
        seq = rev(found.row[4])
        return found.nearness == READ or (found.nearness != UNSAVED and (seq <= self.last or self.salvage.open_end))

    def _told(self, key: Key, replay: Replay, best: Found | None) -> tuple[Doc, str] | None:
        """The row, and where it is from: the journal, where it tells the whole of the record and nothing is newer."""
        newest = rev(best.row[4]) if best else 0
        if key in replay.fields and key not in replay.torn and newest <= replay.touched[key]:
            row = as_row(key, replay.fields[key])
            if row is not None:
                return row, JOURNAL
        if best is not None:
            return self._caught_up(key, cast(Doc, best.row)), best.where or JOURNAL
        row = as_row(key, replay.fields[key]) if self._made(key) else None
        if row is None:
            self._cut_fields(key, replay.fields.get(key))
            return None
        return row, f"{JOURNAL}, as far as it goes"

    def _caught_up(self, key: Key, row: Doc) -> Doc:
        """The row with what entries after it have changed, where they found it so."""
        if row[4] is None or key[0] not in shapes():
            return row
        now: Fields | None = json.decode(row[4])
        seq = rev(row[4])
        try:
            for entry, change in self._later.get(key, ()):
                if entry.seq > seq:
                    now = after(now, change, entry.seq)
        except Invalid:
            return row
        return as_row(key, now) or row

    def _made(self, key: Key) -> bool:
        """Whether the journal has the entry that made it."""
        return any(change.before is None for _, change in self._later.get(key, ()))

    # What is told of it

    def _restore(self, what: str, source: str) -> None:
        self.restored.setdefault(source or JOURNAL, []).append(what)

    def _cut_row(self, found: Found, what: str, why: str) -> None:
        self.cut.append(Cut(what, found.where, why, _base64(found.row[4])))

    def _cut_fields(self, key: Key, fields: Fields | None) -> None:
        why = "What the journal still tells of it does not make a record."
        self.cut.append(Cut(key[1], JOURNAL, why, _base64(json.encode(fields))))

    def _spoiled(self) -> None:
        for each in self.salvage.looked.spoiled:
            self.cut.append(
                Cut(each.place, each.where, "It does not fit its checksum.", _base64(each.row[4] or each.row))
            )


def as_row(key: Key, fields: Fields | None) -> Doc | None:
    """The row of a record, or of the place that a removed one left; None for what is no record of today."""
    kind, id = key
    shape = shape_named(kind)
    if shape is None:
        return None
    if fields is None:
        return doc_row(shape, id, None)
    try:
        record: Record = msgspec.convert(fields, shape)
    except msgspec.ValidationError:
        return None
    return doc_row(shape, id, record)


def _places(replay: Replay) -> Iterator[Place]:
    for kind, id in replay.fields:
        place = number(shapes()[kind], id) if kind in shapes() else None
        if place is not None:
            yield kind, place


def _by_key(history: list[Transaction]) -> dict[Key, list[Any]]:
    changes: dict[Key, list[Any]] = {}
    for entry in history:
        for change in entry.changes:
            changes.setdefault((change.kind, change.id), []).append((entry, change))
    return changes


def _base64(value: object) -> str:
    if value is None:
        return ""
    raw = value if isinstance(value, bytes) else json.encode(value, enc_hook=repr)
    return base64.b64encode(raw).decode()
