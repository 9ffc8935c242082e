"""A journal in itself, and the records against it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

import msgspec

from opsdesk.core.bridges import REPAIR as REPAIRED
from opsdesk.core.guard import Finding
from opsdesk.core.journal import Transaction
from opsdesk.core.record import Record
from opsdesk.core.replay import Key, Replay

REPAIR = "`opsdesk check --repair` restores what can be restored."
SPANS = 12
"""More than these are counted instead."""


def gaps(seqs: Sequence[int]) -> Iterator[tuple[int, int]]:
    """The first and last seq of every stretch that is missing; seqs in ascending order."""
    expected = 1
    for seq in seqs:
        if seq > expected:
            yield expected, seq - 1
        expected = seq + 1


def pointing(history: Sequence[Transaction]) -> Iterator[Finding]:
    """Undoes and redoes that point at nothing they could mean; history oldest first."""
    known = {entry.seq: entry.undoes for entry in history if not entry.lost}
    for entry in history:
        wrong = _wrong(entry, known)
        if wrong:
            yield Finding(f"journal {entry.seq}", wrong)


def missing(seqs: Sequence[int]) -> Iterator[Finding]:
    for first, last in gaps(seqs):
        what = f"Entry {first} of the journal is missing."
        if first < last:
            what = f"The entries {first} to {last} of the journal are missing."
        yield Finding(f"journal {first}", what, hint=REPAIR)


def lost(history: Iterable[Transaction]) -> Iterator[Finding]:
    """What earlier repairs could not bring back: known, and no fault of the files as they are."""
    days: dict[str, list[int]] = {}
    for entry in history:
        if entry.lost and entry.command != REPAIRED:
            days.setdefault(f"{entry.at:%Y-%m-%d}", []).append(entry.seq)
    for day, seqs in days.items():
        what = f"{entries(seqs)} lost in a damage found on {day}; what {_they(seqs)} changed stands as it was found."
        yield Finding("journal", what, grave=False)


def entries(seqs: Sequence[int]) -> str:
    """Entries 22 and 30-34 were; seqs in ascending order, all of them named where they are few."""
    if len(seqs) == 1:
        return f"Entry {seqs[0]} was"
    spans = [f"{first}-{last}" if first < last else str(first) for first, last in stretches(seqs)]
    if len(spans) > SPANS:
        return f"{len(seqs):,} entries between {seqs[0]} and {seqs[-1]} were"
    return f"Entries {' and '.join([', '.join(spans[:-1]), spans[-1]] if spans[1:] else spans)} were"


def _they(seqs: Sequence[int]) -> str:
    return "it" if len(seqs) == 1 else "they"


def stretches(numbers: Iterable[int]) -> Iterator[tuple[int, int]]:
    """The first and last of those that follow each other; in ascending order."""
    first = last = 0
    for number in numbers:
        if first and number > last + 1:
            yield first, last
        first = first if first and number == last + 1 else number
        last = number
    if first:
        yield first, last


def _wrong(entry: Transaction, known: Mapping[int, int]) -> str:
    """What is wrong with what it takes back or does again; an entry that is missing is told of already."""
    if entry.undoes and not 0 < entry.undoes < entry.seq:
        return f"It takes back entry {entry.undoes}, which is not before it."
    if not entry.redoes:
        return ""
    if not entry.undoes:
        return f"It does entry {entry.redoes} again without taking back what took that back."
    if entry.undoes in known and known[entry.undoes] != entry.redoes:
        return f"It does entry {entry.redoes} again, but entry {entry.undoes} took back another."
    return ""


def against(records: Mapping[Key, Record], emptied: Collection[Key], replay: Replay) -> Iterator[Finding]:
    """Records that differ from the journal. `emptied`: the empty places that removed records have left."""
    last = max(replay.seqs, default=0)
    for key, record in records.items():
        if record.rev not in replay.seqs:
            yield untold(record, last)
        elif what := differs(record, key, replay):
            yield Finding(record.id, what, hint=REPAIR)
    for key, fields in replay.fields.items():
        if key not in records and (fields is not None or key not in emptied):
            yield Finding(key[1], absent(replay, key), hint=REPAIR)


def untold(record: Record, last: int) -> Finding:
    """An entry that is missing before others is named already: of a record that is there it is no loss."""
    if record.rev > last:
        what = f"It was written by entry {record.rev}, which the journal does not have."
        return Finding(record.id, what, hint=REPAIR)
    what = f"Entry {record.rev}, which wrote it, is missing from the journal; the record itself is whole."
    return Finding(record.id, what, grave=False)


def absent(replay: Replay, key: Key) -> str:
    if replay.fields[key] is None:
        return f"It was removed by entry {replay.touched[key]}, and its number is not kept from being given again."
    return f"It is missing; entry {replay.touched[key]} of the journal tells of it."


def differs(record: Record, key: Key, replay: Replay) -> str:
    """Where a record is not as the journal tells it; empty where it is."""
    if key not in replay.fields:
        return "No entry of the journal tells of it."
    fields, seq = replay.fields[key], replay.touched[key]
    if fields is None:
        return f"It was removed by entry {seq} of the journal and is still there."
    if key in replay.torn:
        return f"Entry {replay.torn[key]} found it otherwise than the journal tells: something before is missing."
    try:
        told = msgspec.convert(fields, type(record))
    except msgspec.ValidationError as error:
        return f"The journal tells of it what it cannot be ({error})."
    names = [name for name in record.__struct_fields__ if getattr(record, name) != getattr(told, name)]
    return f"Not as the journal tells it: {', '.join(names)}." if names else ""
