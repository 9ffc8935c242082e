"""Two people at one company: everything undone, newest first, then done again; the journal against the records."""

from __future__ import annotations

from collections.abc import Mapping

from opsdesk.core.journal import Fields, fields, in_effect
from opsdesk.core.kinds import KINDS
from opsdesk.core.ports import Store
from opsdesk.core.replay import Key
from opsdesk.desk.undo import Undo
from tests.faults.ledger import replayed

PEOPLE = ("sue", "bob")
Records = dict[Key, Fields]
Undos = Mapping[str, Undo]


def records(store: Store) -> Records:
    """Every record there is, without the `rev` that no undo brings back."""
    return without_rev(_kept(store))


def _kept(store: Store) -> Records:
    return {(kind.kind, record.id): fields(record) or {} for kind in KINDS for record in store.all(kind)}


def without_rev(kept: Records) -> Records:
    return {key: {**each, "rev": 0} for key, each in kept.items()}


def agrees(store: Store) -> None:
    """The journal replayed from nothing is what is kept, up to the last rev; no seq is missing."""
    history = store.history()
    assert [tx.seq for tx in history] == list(range(1, len(history) + 1))
    assert replayed(history) == _kept(store)


def trails(store: Store) -> None:
    """What is in effect of one record's trail is what a reading of the whole journal shows of it."""
    history = store.history()
    for id in {change.id for tx in history for change in tx.changes}:
        touching = [tx for tx in history if any(change.id == id for change in tx.changes)]
        assert list(store.trail(id)) == touching
        assert in_effect(touching) == [tx for tx in in_effect(history) if tx in touching]


def undo_all(undos: Undos) -> list[tuple[str, int]]:
    """Whoever did the newest takes it back, until nobody has anything left; who undid what, in that order."""
    undone = []
    while left := {by: found.seq for by, undo in undos.items() if (found := undo.peek()) is not None}:
        by = max(left, key=lambda each: left[each])
        assert undos[by].last().seq == left[by]
        undone.append((by, left[by]))
    return undone


def redo_all(undos: Undos, undone: list[tuple[str, int]]) -> None:
    """The other way round, everybody their own."""
    for by, seq in reversed(undone):
        assert undos[by].redo().seq == seq


def there_and_back(undos: Undos, store: Store, beginning: Records) -> None:
    """Undo all is the beginning, redo all the end, and the journal tells each of the three."""
    end = records(store)
    agrees(store)
    undone = undo_all(undos)
    assert records(store) == beginning
    agrees(store)
    redo_all(undos, undone)
    assert records(store) == end
    agrees(store)
