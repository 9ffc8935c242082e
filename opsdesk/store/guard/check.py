"""Looks through a desk's files without changing a byte of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from msgspec import MsgspecError

from opsdesk.core.consistency import REPAIR, against, lost, missing, pointing
from opsdesk.core.guard import Finding, Told, silent
from opsdesk.core.journal import Transaction
from opsdesk.core.kinds import shape_named
from opsdesk.core.record import Record, decoder
from opsdesk.core.references import dangling
from opsdesk.core.replay import Key, Replay
from opsdesk.store.faults import Spoken
from opsdesk.store.guard.aside import aside
from opsdesk.store.guard.look import Look, named
from opsdesk.store.guard.places import unfinished
from opsdesk.store.guard.trust import decoded
from opsdesk.store.rows import Doc

if TYPE_CHECKING:
    from pathlib import Path

MOST = 200


def check(folder: Path, told: Told = silent) -> tuple[Finding, ...]:
    """Everything that is not as it should be, the grave ones first. Raises Unavailable where a disk fails.

    For a process that has no desk open in this folder.
    """
    with Spoken(str(folder)), aside(folder) as place:
        return (*begun(folder), *everything(Look(place, told), told))


def begun(folder: Path) -> tuple[Finding, ...]:
    """That a repair was begun and not ended: its copy may hold what the desk does not."""
    if not unfinished(folder):
        return ()
    return (Finding("file", "A repair was begun and not ended.", hint="`opsdesk check --repair` ends it."),)


def everything(looked: Look, told: Told) -> tuple[Finding, ...]:
    """What is wrong with the files, then with what is in them."""
    found = list(looked.findings)
    if not looked.refused and (looked.entries or looked.docs):
        for part in _inside(looked, told):
            found += at_most(part)
    return tuple(sorted(found, key=lambda finding: not finding.grave))


def _inside(looked: Look, told: Told) -> Iterator[Iterable[Finding]]:
    records: dict[Key, Record] = {}
    emptied: set[Key] = set()
    yield list(rows(looked, records, emptied))
    history = history_of(looked)
    told("reading the journal from its beginning")
    replay = Replay(history)
    if looked.journal_whole:
        yield journal(looked, history)
        yield without(against(records, emptied, replay), looked)
    yield lost(history)
    told("looking for what names something that is not there")
    yield dangling(by_kind(records), {id for (_, id), fields in replay.fields.items() if fields is None})


def rows(looked: Look, records: dict[Key, Record], emptied: set[Key]) -> Iterator[Finding]:
    """Puts every record into `records`, every empty place into `emptied`; what is wrong in a row that fits its sum."""
    for (kind, number), row in looked.docs.items():
        shape = shape_named(kind)
        id = named(kind, number)
        if row[4] is None:
            emptied.add((kind, id))
            continue
        if shape is None:
            yield Finding(id, f"It is of a kind ({kind}) that this OpsDesk does not know.", grave=False)
            continue
        try:
            record = decoder(shape).decode(row[4])
        except (MsgspecError, UnicodeError) as error:
            yield Finding(id, f"It is not what {kind} are ({error}).", hint=REPAIR)
            continue
        records[kind, id] = record
        wrong = ", ".join(unlike(row, id, record))
        if wrong:
            yield Finding(id, f"What its row is found by is not what it says: {wrong}.", hint=REPAIR)


def unlike(row: Doc, id: str, record: Record) -> Iterator[str]:
    """The columns that are not as the record has them."""
    if record.id != id:
        yield "number"
    if record.live is not row[2]:
        yield "live"
    if (getattr(record, "meeting", None) or None) != row[3]:
        yield "meeting"


def history_of(looked: Look) -> list[Transaction]:
    """Oldest first, without what is no entry."""
    told = ((seq, decoded(row[4])) for seq, row in sorted(looked.entries.items()))
    return [entry for seq, entry in told if entry is not None and entry.seq == seq]


def journal(looked: Look, history: list[Transaction]) -> Iterator[Finding]:
    """A damaged entry is named once, as damaged and not as missing too."""
    yield from missing(sorted({*looked.entries, *(each.seq for each in looked.spoiled)} - {0}))
    known = {entry.seq: entry for entry in history}
    for seq, row in looked.entries.items():
        entry = known.get(seq)
        if entry is None or (entry.by, entry.undoes) != (row[1], row[2]):
            yield Finding(f"journal {seq}", "What its row is found by is not what it says.", hint=REPAIR)
    yield from pointing(history)


def without(found: Iterable[Finding], looked: Look) -> Iterator[Finding]:
    """Records whose damaged row has been named."""
    named = {each.place for each in looked.spoiled}
    return (finding for finding in found if finding.place not in named)


def by_kind(records: dict[Key, Record]) -> dict[str, list[Record]]:
    kinds: dict[str, list[Record]] = {}
    for (kind, _), record in records.items():
        kinds.setdefault(kind, []).append(record)
    return kinds


def at_most(found: Iterable[Finding]) -> list[Finding]:
    """The first of many, and how many more there are."""
    listed = list(found)
    rest = listed[MOST:]
    if not rest:
        return listed
    what = f"{len(rest):,} more like the one of {listed[0].place}, up to {rest[-1].place}."
    return [*listed[:MOST], Finding("file", what, grave=any(finding.grave for finding in rest))]
