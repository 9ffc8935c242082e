"""The desk as it is after a repair: a journal without holes, and the records as that tells them; what has no place."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import cast

from msgspec import json

from opsdesk.core.bridges import OPSDESK, REPAIR, Bridges, stand_ins
from opsdesk.core.journal import Change, Fields, Transaction, difference
from opsdesk.core.kinds import shape_named
from opsdesk.core.references import unplaced
from opsdesk.core.replay import Key
from opsdesk.store.guard.cuts import Cut, in_base64
from opsdesk.store.guard.images import READ, UNSAVED, Found
from opsdesk.store.guard.known import Known, last_seq
from opsdesk.store.guard.log import lost
from opsdesk.store.guard.look import named
from opsdesk.store.guard.making import Place, as_row, places
from opsdesk.store.guard.salvage import Salvage, rev
from opsdesk.store.guard.trust import decoded
from opsdesk.store.rows import Doc, Entry, entry_row

JOURNAL = "the journal"


class Mended:
    """`entries` and `docs`: the rows of the new file. `restored`: by what each of these is told, from where.

    `lost`: the seqs of entries that are not known any more, each with one in its place that tells what it must have
    done; what none of them accounts for is told by one more at the end. `last`: of the entries that were found.
    `missing`: records that are known to have been, by kind.
    """

    def __init__(self, salvage: Salvage) -> None:
        self.salvage = salvage
        self.cut: list[Cut] = []
        self.restored: dict[str, list[str]] = {}
        self.entries: dict[int, Entry] = {}
        self.docs: dict[Place, Doc] = {}
        self.missing: dict[str, list[int]] = {}
        for seq in sorted(salvage.entries):
            self._entry(seq, salvage.entries[seq])
        self.last = max(self.entries, default=0)
        told = ((seq, decoded(row[4])) for seq, row in self.entries.items())
        self.history = [entry for seq, entry in told if entry is not None and entry.seq == seq]
        self._rows = {place: [each for each in found if self._counts(each)] for place, found in salvage.docs.items()}
        self.lost = self._unread()
        self._bridges = self._bridged()
        self._repair: dict[Key, Change] = {}
        self._records()
        self._missing()
        self._fill()
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

    def _unread(self) -> set[int]:
        """Every entry up to the last that is known of, without those that were found."""
        revs = (rev(each.row[4]) for found in self._rows.values() for each in found)
        last = last_seq(self.last, revs, self.salvage.looked.spoiled)
        return set(range(1, last + 1)) - {entry.seq for entry in self.history}

    def _bridged(self) -> Bridges:
        """What contradicts all that was before it, where nothing is lost in between, is as good as lost itself."""
        while True:
            made = Bridges(self.history, self.lost, self._versions(), self._emptied())
            if not made.unfit:
                return made
            for seq in sorted(made.unfit):
                row = self.entries.pop(seq)
                why = "It does not follow from the entries before it."
                self.cut.append(Cut(f"journal {seq}", "", why, in_base64(row[4])))
            self.lost |= made.unfit
            self.history = [entry for entry in self.history if entry.seq not in made.unfit]

    def _fill(self) -> None:
        """Nobody's numbers are given again: what was lost keeps its own."""
        at, changes = datetime.now(UTC), self._bridges.changes
        for entry in stand_ins(sorted(self.lost), changes, at):
            self.entries[entry.seq] = entry_row(entry, 0)
        if self._repair:
            told = tuple(self._repair.values())
            entry = Transaction(seq=self._end, at=at, by=OPSDESK, command=REPAIR, lost=True, changes=told)
            self.entries[entry.seq] = entry_row(entry, 0)
        self.entries = dict(sorted(self.entries.items()))

    @property
    def _end(self) -> int:
        """The seq of the entry after all others."""
        return max((*self.lost, self.last)) + 1

    # The records

    def _counts(self, found: Found) -> bool:
        """What was never saved does not, nor what a restore has given up."""
        seq = rev(found.row[4])
        return found.nearness == READ or (found.nearness != UNSAVED and (seq <= self.last or self.salvage.open_end))

    def _versions(self) -> dict[Key, dict[int, Fields]]:
        """The nearest to the truth of each."""
        versions: dict[Key, dict[int, Fields]] = {}
        for place, found in self._rows.items():
            if shape_named(place[0]) is not None:
                known = {rev(each.row[4]): each for each in reversed(found) if each.row[4] is not None}
                key = place[0], named(*place)
                versions[key] = {seq: json.decode(cast(bytes, each.row[4])) for seq, each in known.items()}
        return versions

    def _emptied(self) -> set[Key]:
        """Records that SQLite finds removed, unless entries that it does not find have changed them."""
        looked = self.salvage.looked
        found = {(kind, named(kind, place)) for (kind, place), row in looked.docs.items() if row[4] is None}
        newer = [entry for entry in self.history if entry.seq not in looked.entries]
        return found - {(change.kind, change.id) for entry in newer for change in entry.changes}

    def _records(self) -> None:
        emptied = self._emptied()
        for place in sorted({*self._rows, *places(self._bridges.fields)}):
            key = place[0], named(*place)
            row = self._known(key, place) if key in self._bridges.fields else self._untold(key, place)
            if row is not None and row[4] is not None and key in emptied and self.salvage.open_end:
                row = self._set(key, None)
            if row is None:
                continue
            self.docs[place] = row
            if self.salvage.looked.docs.get(place) != row:
                self._restore(key[1], self._source(key, place))

    def _known(self, key: Key, place: Place) -> Doc | None:
        """As the journal tells it. What is not enough for a record is removed again, so that its number stays taken."""
        fields, best = self._bridges.fields[key], self._best(place)
        row = None if key in self._bridges.partial else as_row(key, fields)
        if best is not None and best.row[4] is not None and rev(best.row[4]) >= self._end:
            return self._set(key, json.decode(best.row[4]))
        if row is None and shape_named(key[0]) is None:
            return cast(Doc, best.row) if best is not None else None
        if row is None:
            why = "What the journal still tells of it does not make a record."
            self.cut.append(Cut(key[1], JOURNAL, why, in_base64(json.encode(fields))))
            self.missing.setdefault(key[0], []).append(place[1])
            return self._set(key, None)
        return row

    def _untold(self, key: Key, place: Place) -> Doc | None:
        """What no entry tells of and none that is lost has written."""
        best = self._best(place)
        if best is None or best.row[4] is None or shape_named(key[0]) is None:
            return cast(Doc, best.row) if best is not None else None
        return self._set(key, json.decode(best.row[4]))

    def _best(self, place: Place) -> Found | None:
        return max(self._rows.get(place, ()), key=lambda each: (rev(each.row[4]), -each.nearness), default=None)

    def _set(self, key: Key, fields: Fields | None) -> Doc | None:
        """By the entry at the end."""
        made = None if fields is None else {**fields, "rev": self._end}
        was = self._bridges.fields.get(key)
        if not was is made is None:
            self._repair[key] = difference(*key, was, made)
        return as_row(key, made)

    def _source(self, key: Key, place: Place) -> str:
        best = self._best(place)
        if best is None:
            return JOURNAL
        return best.where if best.nearness != READ and rev(best.row[4]) in self.lost else JOURNAL

    # What is known to have been, and could not be brought back

    def _missing(self) -> None:
        """Only where entries are lost: else the journal tells of every record there ever was."""
        if not self.lost:
            return
        known = Known(self.docs, self.salvage.looked.spoiled)
        for kind, numbers in known.missing.items():
            self.missing[kind] = sorted({*self.missing.get(kind, ()), *numbers})
        for kind, place in known.kept:
            key = kind, named(kind, place)
            made = difference(*key, None, {"id": key[1], "rev": max(self.lost)})
            self._bridges.changes.setdefault(max(self.lost), []).append(made)
            self._repair[key] = difference(*key, made.after, None)
            row = as_row(key, None)
            if row is not None:
                self.docs[kind, place] = row

    # What is told of it

    def _restore(self, what: str, source: str) -> None:
        self.restored.setdefault(source or JOURNAL, []).append(what)

    def _cut_row(self, found: Found, what: str, why: str) -> None:
        self.cut.append(Cut(what, found.where, why, in_base64(found.row[4])))

    def _spoiled(self) -> None:
        for each in self.salvage.looked.spoiled:
            self.cut.append(
                Cut(each.place, each.where, "It does not fit its checksum.", in_base64(each.row[4] or each.row))
            )
