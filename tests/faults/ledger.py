"""What must hold of any desk at any time: its journal is whole, and its records are what the journal says."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from opsdesk.core.journal import Fields, Transaction, fields
from opsdesk.core.kinds import KINDS
from opsdesk.core.replay import Key, Replay
from opsdesk.store.sqlite import TableStore
from opsdesk.store.tables import shaped

OF = {kind.kind: kind for kind in KINDS}
State = dict[tuple[str, str], Fields]
Ack = dict[str, Any]


def replayed(history: Iterable[Transaction]) -> dict[Key, Fields]:
    """Every record there is after this history; each change must find what it says it found."""
    return {key: each for key, each in Replay(history, strict=True).fields.items() if each is not None}


def walked(history: list[Transaction]) -> State:
    """The journal from nothing; each change must start from what the one before it left, so no update is lost.

    A field that was declared later than a record was made is as the record is read today.
    """
    given: set[tuple[str, str]] = set()
    for tx in history:
        for change in tx.changes:
            place = (change.kind, change.id)
            assert change.before is not None or place not in given or tx.undoes, f"{place} was given twice"
            given.add(place)
    return {(kind, id): fields(shaped(OF[kind], each)) or {} for (kind, id), each in replayed(history).items()}


def held(store: TableStore) -> State:
    """Every record as the store has it; what it counts as live must be those that are."""
    found: State = {}
    for kind in KINDS:
        records = store.all(kind)
        assert list(store.live(kind)) == [record for record in records if record.live]
        found |= {(kind.kind, record.id): fields(record) or {} for record in records}
    return found


def audited(store: TableStore) -> list[Transaction]:
    """Its journal, after all that must hold does."""
    history = list(store.history())
    assert [tx.seq for tx in history] == list(range(1, len(history) + 1)), "the journal has a gap"
    assert held(store) == walked(history), "the records are not what the journal says"
    return history


def check_acknowledged(history: list[Transaction], acks: list[Ack]) -> None:
    """Each acknowledged command is in the journal as it was acknowledged."""
    for ack in acks:
        if not ack.get("seq"):
            continue
        assert ack["seq"] <= len(history), f"{ack} was lost"
        tx = history[ack["seq"] - 1]
        assert (tx.by, tx.command) == (ack["by"], ack["command"])
        left = {change.id: change.after for change in tx.changes}
        assert set(ack["left"]) == set(left) or tx.undoes, f"{ack} is not whole"
        for id, word in ack["left"].items():
            after = left[id]
            assert word == (after and after["title"].split()[0]), f"{ack} is not as it was"


def no_id_twice(given: list[str]) -> None:
    assert len(given) == len(set(given)), sorted(id for id in given if given.count(id) > 1)


def disk(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, byte for byte, without what SQLite makes to read: its memory, an empty log."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file() and not path.name.endswith("-shm"))
    read = {str(path.relative_to(folder)): path.read_bytes() for path in files}
    return {name: content for name, content in read.items() if content or not name.endswith("-wal")}
