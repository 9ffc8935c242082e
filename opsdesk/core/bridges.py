"""A journal of which entries were lost, made to follow again: what these must have done, as others found it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime

from opsdesk.core.errors import Invalid
from opsdesk.core.journal import Change, Fields, Transaction, difference
from opsdesk.core.replay import Key, after

OPSDESK = "opsdesk"
LOST = "Lost: this entry could not be read"
REPAIR = "Repair"
ALL = ""
"""Every field of a record, in the place of a field's name."""
Versions = Mapping[int, Fields]
"""What a record was, by the seq that wrote it."""
Event = tuple[int, Change | None]
"""What an entry did; None where it is lost and the record as it left it is known."""


class Bridges:
    """`changes` by the seq of the lost entry that must have made them; `fields` of every record afterwards.

    `unfit`: entries that contradict those before them where none is lost that could account for it. `partial`: records
    whose beginning is lost, of which only these fields are known: no more than the entries after it name.
    """

    def __init__(
        self,
        history: Iterable[Transaction],
        lost: Collection[int],
        versions: Mapping[Key, Versions],
        emptied: Collection[Key] = (),
    ) -> None:
        """`history`: what could be read, oldest first; `emptied`: records that are known to be removed now."""
        self._lost, self._versions = sorted(lost), versions
        self.changes: dict[int, list[Change]] = {}
        self.fields: dict[Key, Fields | None] = {}
        self.unfit: set[int] = set()
        self.partial: set[Key] = set()
        self._since: dict[str, int] = {}
        for key, events in _events(history, set(lost), versions).items():
            touched = self._walk(key, events)
            if key in emptied and self.fields[key] is not None:
                self._bridge(self._between(touched, self._lost[-1] + 1 if lost else 0), key, None)

    def _walk(self, key: Key, events: Sequence[Event]) -> int:
        """The seq of the last entry that touched it."""
        touched, self.fields[key], self._since = 0, None, {}
        for place, (seq, change) in enumerate(events):
            if change is None:
                self._bridge(seq, key, self._versions[key][seq])
            else:
                self._step(key, change, seq, touched, events[place:])
                self._compare(key, seq, self._versions.get(key, {}).get(seq))
            if self.fields[key] is None:
                self.partial.discard(key)
            touched = seq
        return touched

    def _step(self, key: Key, change: Change, seq: int, touched: int, rest: Sequence[Event]) -> None:
        try:
            self.fields[key] = after(self.fields[key], change, seq)
        except Invalid:
            if not self._follows(key, change, seq, touched, rest):
                self.unfit.add(seq)
                return
            self.fields[key] = after(self.fields[key], change, seq)
        whole = change.before is None or change.after is None
        self._since.update(dict.fromkeys([ALL] if whole else change.after or (), seq))

    def _follows(self, key: Key, change: Change, seq: int, touched: int, rest: Sequence[Event]) -> bool:
        """Whether lost entries can have made the record what this change says it found; then they have."""
        now = self.fields[key]
        if change.before is change.after is None:
            return False
        if now is None or change.before is None:
            gap = self._between(touched, seq)
            self._bridge(gap, key, self._found(key, change, rest))
            return bool(gap)
        wrong = [name for name, value in change.before.items() if name != "rev" and now.get(name, value) != value]
        gaps = {name: self._between(max(self._since.get(ALL, 0), self._since.get(name, 0)), seq) for name in wrong}
        if not all(gaps.values()):
            return False
        for name, gap in gaps.items():
            self._lay(gap, key, name, change.before[name])
        return True

    def _compare(self, key: Key, seq: int, known: Fields | None) -> None:
        """What the record was after this entry tells what lost ones before it did to fields that it left alone."""
        now = self.fields[key]
        for name, value in (known or {}).items() if now is not None else ():
            if name != "rev" and (now or {}).get(name, value) != value:
                gap = self._between(max(self._since.get(ALL, 0), self._since.get(name, 0)), seq)
                if gap:
                    self._lay(gap, key, name, value)

    def _lay(self, seq: int, key: Key, name: str, value: object) -> None:
        """One field that the lost entry `seq` has set, and no other since."""
        now = self.fields[key] or {}
        before, after = {name: now.get(name)}, {name: value}
        changes = self.changes.setdefault(seq, [])
        for place, each in enumerate(changes):
            if (each.kind, each.id) == key:
                changes[place] = Change(*key, {**(each.before or {}), **before}, {**(each.after or {}), **after})
                break
        else:
            changes.append(Change(*key, before, after))
        self.fields[key] = {**now, name: value}

    def _between(self, touched: int, seq: int) -> int:
        """The last lost entry between the two, 0 where there is none."""
        place = bisect_left(self._lost, seq)
        return self._lost[place - 1] if place and self._lost[place - 1] > touched else 0

    def _bridge(self, seq: int, key: Key, now: Fields | None) -> None:
        """What the lost entry `seq` did: nothing but that it touched the record where that was like this before."""
        was = self.fields[key]
        if seq and not (was is now is None):
            made = None if now is None else {**now, "rev": seq}
            self.changes.setdefault(seq, []).append(difference(*key, was, made))
            self.fields[key], self._since = made, {ALL: seq}

    def _found(self, key: Key, change: Change, rest: Sequence[Event]) -> Fields | None:
        """The record as this change says it found it; `rest`: the change itself and what came after it."""
        if change.before is None:
            return None
        whole, undone = _next_whole(rest, self._versions.get(key, {}))
        if whole is None:
            self.partial.add(key)
        found = whole or {}
        for each in reversed(undone):
            found = {**found, **(each.before or {})}
        return {**found, **change.before, "id": key[1]}


def _events(
    history: Iterable[Transaction], lost: Collection[int], versions: Mapping[Key, Versions]
) -> dict[Key, list[Event]]:
    """By record, in the order of the journal."""
    events: dict[Key, list[Event]] = {}
    for entry in history:
        for change in entry.changes:
            events.setdefault((change.kind, change.id), []).append((entry.seq, change))
    for key, known in versions.items():
        anchors: list[Event] = [(seq, None) for seq in known if seq in lost]
        if anchors:
            events[key] = sorted([*events.get(key, ()), *anchors], key=lambda event: event[0])
    return events


def _next_whole(events: Sequence[Event], versions: Versions) -> tuple[Fields | None, list[Change]]:
    """The next state of which every field is known, and the changes up to it."""
    undone: list[Change] = []
    for seq, change in events:
        if change is not None and change.after is None:
            return change.before, undone
        if change is not None and change.before is None:
            break
        if change is not None:
            undone.append(change)
        if seq in versions:
            return versions[seq], undone
    return None, undone


def stand_ins(lost: Iterable[int], changes: Mapping[int, Sequence[Change]], at: datetime) -> Iterator[Transaction]:
    """An entry in the place of each that was lost; `at`: when that was found."""
    for seq in lost:
        known = tuple(changes.get(seq, ()))
        yield Transaction(seq=seq, at=at, by=OPSDESK, command=LOST, lost=True, changes=known)
