"""Desks whose truth is known, damage by chance, and whether anything was lost in silence."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from random import Random
from typing import NamedTuple

from msgspec import json
from msgspec.structs import replace

from opsdesk.core.actions import Action
from opsdesk.core.entries import Decision, Note
from opsdesk.core.errors import OpsDeskError
from opsdesk.core.guard import Finding, Repair
from opsdesk.core.journal import Transaction
from opsdesk.core.kinds import KINDS
from opsdesk.core.meeting import Meeting, Section
from opsdesk.core.people import Person
from opsdesk.core.record import Record
from opsdesk.core.replay import Key, Replay
from opsdesk.store.connections import connect
from opsdesk.store.guard import SqliteGuard
from opsdesk.store.memory import MemoryStore
from opsdesk.store.sqlite import SqliteStore
from tests.clock import START
from tests.copies import copy

FILES = ("desk.db", "desk.db-wal", "desk.db-shm")
PAGE = 4096
LONG = "a long word of a long story " * 300


class Truth(NamedTuple):
    """What was committed: every entry's changes, and every version each record has had (by its rev)."""

    entries: dict[int, Transaction]
    versions: dict[Key, dict[int, object]]
    now: dict[Key, Record]


def truth_of(store: SqliteStore) -> Truth:
    history = store.history()
    replay, versions = Replay(), dict[Key, dict[int, object]]()
    for entry in history:
        replay.take(entry)
        for change in entry.changes:
            key = change.kind, change.id
            versions.setdefault(key, {})[entry.seq] = replay.fields[key]
    now = {(kind.kind, record.id): record for kind in KINDS for record in store.all(kind)}
    return Truth({entry.seq: entry for entry in history}, versions, now)


def grown(folder: Path, seed: int, commands: int, checkpoint: int = 0, backup: int = 0) -> Truth:
    """A desk as a killed process leaves it, with nothing tidied away.

    `checkpoint`: the command after which the log is emptied into the file; `backup`: after which a copy is kept.
    """
    random, made = Random(seed), folder.with_name(f"{folder.name}-open")
    with closing(SqliteStore(made)) as store:
        begin(store)
        for number in range(commands):
            command(store, random, number)
            if number + 1 == checkpoint:
                with closing(connect(str(made / "desk.db"))) as db:
                    db.execute("pragma wal_checkpoint(truncate)")
            if number + 1 == backup:
                (made / "backups").mkdir()
                copy(made, made / "backups" / "daily-2026-11-22.db")
        truth = truth_of(store)
        shutil.copytree(made, folder)
    return truth


def begin(store: SqliteStore) -> None:
    with store.work("begin", by="sue", at=START) as work:
        for handle in ("sue", "bob"):
            work.add(Person(handle=handle, name=handle.title()))
        section = Section(title="News", minutes=5, seconds=300)
        work.add(Meeting(agenda="daily", title="Daily", scheduled=START, last=START, timebox=15, sections=(section,)))


def command(store: SqliteStore, random: Random, number: int) -> None:
    by, actions = random.choice(("sue", "bob")), store.all(Action)
    with store.work(f"command {number}", by=by, at=START) as work:
        match random.choice(("add", "add", "note", "edit", "edit", "remove", "long", "undo") if actions else ("add",)):
            case "add":
                work.add(Action(title=f"task {number}", owner=by, meeting="M-1"))
            case "note":
                work.add(Note(text=f"note {number}", meeting="M-1", at=START, by=by))
            case "long":
                work.add(Decision(text=f"{number} {LONG}"[: random.randint(100, 9000)], meeting="M-1", at=START))
            case "edit":
                was = random.choice(actions)
                work.put(replace(was, title=f"{was.title}, {number}", why=LONG[: random.choice((0, 10, 5000))]))
            case "remove":
                work.remove(Action, random.choice(actions).id)
            case "undo":
                last = store.history()[-1]
                if last.seq > 1:
                    work.undo(last)


# Damage


def damage(folder: Path, random: Random) -> str:
    """What was done to which file."""
    names = [name for name in FILES[:2] if (folder / name).exists() and (folder / name).stat().st_size]
    name = random.choice(names)
    kind = random.choice(tuple(DAMAGES))
    data = bytearray((folder / name).read_bytes())
    (folder / name).write_bytes(DAMAGES[kind](data, random))
    return f"{kind} in {name}"


def flips(data: bytearray, random: Random) -> bytes:
    for _ in range(random.choice((1, 1, 1, 2, 8, 40))):
        data[random.randrange(len(data))] ^= 1 << random.randrange(8)
    return bytes(data)


def zeroed(data: bytearray, random: Random) -> bytes:
    for _ in range(random.choice((1, 1, 2, 3))):
        start = page_of(data, random)
        data[start : start + PAGE] = bytes(len(data[start : start + PAGE]))
    return bytes(data)


def swapped(data: bytearray, random: Random) -> bytes:
    one, two = page_of(data, random), page_of(data, random)
    size = min(PAGE, len(data) - max(one, two))
    data[one : one + size], data[two : two + size] = data[two : two + size], data[one : one + size]
    return bytes(data)


def truncated(data: bytearray, random: Random) -> bytes:
    return bytes(data[: random.choice((random.randrange(len(data)), page_of(data, random)))])


def garbage(data: bytearray, random: Random) -> bytes:
    start, size = random.randrange(len(data)), random.choice((4, 30, 600, 3 * PAGE))
    data[start : start + size] = random.randbytes(len(data[start : start + size]))
    return bytes(data)


def header(data: bytearray, random: Random) -> bytes:
    start = random.randrange(100)
    data[start : start + random.choice((1, 4, 100))] = random.randbytes(len(data[start : start + 4]))[:4]
    return bytes(data)


def body(data: bytearray, random: Random) -> bytes:
    places = [found.start() for found in re.finditer(rb'"(title|text|seq|by|rev)"', data)]
    place = random.choice(places) + random.randrange(40) if places else random.randrange(len(data))
    data[place : place + 3] = random.randbytes(len(data[place : place + 3]))
    return bytes(data)


def page_of(data: bytearray, random: Random) -> int:
    return random.randrange(-(-len(data) // PAGE)) * PAGE


DAMAGES = {
    "bits flipped": flips,
    "pages zeroed": zeroed,
    "pages swapped": swapped,
    "cut short": truncated,
    "garbage": garbage,
    "garbage in the header": header,
    "bytes of a body": body,
}


# The judgement


class Outcome(NamedTuple):
    found: tuple[Finding, ...]
    done: Repair | None
    refused: str
    before: dict[str, bytes]


def bytes_of(folder: Path) -> dict[str, bytes]:
    return {name: (folder / name).read_bytes() for name in FILES if (folder / name).exists()}


def repaired(folder: Path) -> Outcome:
    """Anything but OpsDeskError escapes."""
    guard, before = SqliteGuard(folder), bytes_of(folder)
    found = tuple(guard.check())
    assert bytes_of(folder) == before, "a check changed the desk"
    try:
        done: Repair | None = guard.repair()
    except OpsDeskError as error:
        assert bytes_of(folder) == before, "a refused repair changed the desk"
        return Outcome(found, None, str(error), before)
    return Outcome(found, done, "", before)


def judge(folder: Path, truth: Truth, outcome: Outcome) -> set[str]:
    """Raises AssertionError where anything is wrong or was lost in silence. What was lost, by what names it."""
    if outcome.done is None:
        assert any(finding.grave for finding in outcome.found)
        assert outcome.refused
        return {"refused"}
    if outcome.done.backup:
        kept = Path(outcome.done.backup)
        assert {name: (kept / name).read_bytes() for name in outcome.before} == outcome.before
        assert json.decode((kept / "cut.json").read_bytes())
    else:
        assert bytes_of(folder) == outcome.before, "nothing was repaired, yet something changed"
    with closing(SqliteStore(folder)) as store:
        now = truth_of(store)
    invented(truth, now)
    usable(folder, now)
    return unnamed(truth, now, outcome)


def usable(folder: Path, now: Truth) -> None:
    """All that one does with a desk can be done with it again."""
    guard = SqliteGuard(folder)
    assert not [str(finding) for finding in guard.check() if finding.grave]
    assert list(now.entries) == list(range(1, len(now.entries) + 1))
    taken = MemoryStore()
    assert taken.take_over(now.entries.values(), now.now.values()) == len(now.entries)
    copy = folder.parent / f"{folder.name}.db"
    guard.backup(copy)
    guard.restore(copy)
    copy.unlink()
    with closing(SqliteStore(folder)) as store:
        assert truth_of(store) == now
        with store.work("on", by="sue", at=START) as work:
            assert (Action.kind, work.add(Action(title="new")).id) not in now.versions


def invented(truth: Truth, now: Truth) -> None:
    """Nothing is there that never was, but what stands in the place of what was lost."""
    for seq, entry in now.entries.items():
        assert entry.lost or entry == truth.entries.get(seq), f"entry {seq} is not what was committed"
    for key, record in now.now.items():
        assert key in truth.versions, f"{key} never was"
        versions = [each for each in truth.versions[key].values() if isinstance(each, dict)]
        for name, value in json.decode(json.encode(record)).items():
            assert any(each[name] == value for each in versions) or name == "rev", f"{key} never was like this: {name}"
        trail = [entry.seq for entry in now.entries.values() if any(each.id == key[1] for each in entry.changes)]
        if not any(now.entries[seq].lost and seq != record.rev for seq in trail) and record.rev in truth.entries:
            version = truth.versions[key].get(record.rev)
            assert json.decode(json.encode(record)) == version, f"{key} never was like this at {record.rev}"


def unnamed(truth: Truth, now: Truth, outcome: Outcome) -> set[str]:
    assert outcome.done is not None
    told = (*outcome.found, *outcome.done.findings_after)
    places = {finding.place for finding in told} | {cut.partition(":")[0] for cut in outcome.done.cut}
    lost = lost_in_full(outcome.done)
    ways = set()
    gone = {seq for seq in truth.entries if seq not in now.entries or now.entries[seq].lost}
    for seq in gone:
        ways.add(entry_named(seq, lost["entries"], told))
    for key in truth.versions:
        if truth.now.get(key) == now.now.get(key):
            continue
        lost_with = max(truth.versions[key]) in gone
        assert lost_with or key[1] in places or key[1] in lost["records"], f"{key} differs in silence"
        ways.add("record with its entry" if lost_with else "record named")
    if "gap" in ways or "record named" in ways:
        assert not outcome.done.whole, "what is lost is told as a success"
    return ways


def lost_in_full(done: Repair) -> dict[str, list[str]]:
    if not done.backup:
        return {"entries": [], "records": []}
    lost: dict[str, list[str]] = json.decode((Path(done.backup) / "cut.json").read_bytes())["lost"]
    return lost


def entry_named(seq: int, lost: Iterable[str], told: Iterable[Finding]) -> str:
    for span in lost:
        first, _, last = span.partition("-")
        if int(first) <= seq <= int(last or first):
            return "gap"
    texts = [(finding.place, finding.what) for finding in told]
    assert any(place == "log" or "newest entry" in what for place, what in texts), f"entry {seq} is lost in silence"
    return "end of the journal"
