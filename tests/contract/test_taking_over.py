"""A whole history taken over by an empty store."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest
from msgspec.structs import replace

from opsdesk.core.actions import Action
from opsdesk.core.errors import Invalid
from opsdesk.core.journal import Change, Transaction
from opsdesk.core.people import Person
from opsdesk.core.ports import Store
from opsdesk.core.record import Record
from opsdesk.store.memory import MemoryStore
from tests.clock import START
from tests.contract.conftest import capture

Damage = Callable[[list[Transaction], list[Record]], object]


@pytest.fixture
def lived() -> Iterator[MemoryStore]:
    """Records added, changed, removed, undone; the newest action is gone."""
    store = MemoryStore()
    one, two, _ = capture(store, "one", "日本", "gone")
    with store.work("edit", by="bob", at=START, meeting="M-1", section="Staffing") as work:
        work.put(replace(one, title="uno", relisted=("M-1",)))
        work.remove(Action, "A-3")
        work.add(Person(handle="sue", name="Sue"))
    with store.work("undo", by="bob", at=START) as work:
        work.undo(store.history()[-1])
    with store.work("again", by="bob", at=START, left="printed") as work:
        work.remove(Action, "A-3")
        work.put(replace(two, owner="bob"))
    yield store
    store.close()


def everything(store: Store) -> list[Record]:
    return [*store.all(Action), *store.all(Person)]


def test_everything_is_as_it_was(store: Store, lived: MemoryStore) -> None:
    assert store.take_over(iter(lived.history()), iter(everything(lived))) == 4
    assert list(store.history()) == list(lived.history())
    assert everything(store) == everything(lived)
    assert [list(store.live(Action)), list(store.trail("A-1"))] == [list(lived.live(Action)), list(lived.trail("A-1"))]
    assert list(store.news()) == []


def test_the_history_goes_on_where_it_ended(store: Store, lived: MemoryStore) -> None:
    store.take_over(lived.history(), everything(lived))
    (new,) = capture(store, "new")
    assert (new.id, new.rev) == ("A-4", 5)
    with store.work("undo", by="bob", at=START) as work:
        work.undo(store.history()[3])
    assert [each.id for each in store.all(Action)] == ["A-1", "A-2", "A-3", "A-4"]


def test_an_empty_history_is_one_too(store: Store) -> None:
    assert store.take_over([], []) == 0
    assert [each.id for each in capture(store, "one")] == ["A-1"]


def test_a_store_with_a_history_is_left_alone(store: Store, lived: MemoryStore) -> None:
    capture(store, "mine")
    with pytest.raises(Invalid, match="There is a history here already"):
        store.take_over(lived.history(), everything(lived))
    assert [each.title for each in store.all(Action)] == ["mine"]
    assert len(store.history()) == 1


DAMAGES: dict[str, tuple[Damage, str]] = {
    "an entry is lost": (lambda history, _: history.pop(1), "Entry 2 of the journal is missing"),
    "the first is lost": (lambda history, _: history.pop(0), "Entry 1 of the journal is missing"),
    "a record is lost": (lambda _, records: records.pop(), "is not what the journal makes of it"),
    "a record is twice": (lambda _, records: records.append(records[0]), "A-1 is not what the journal makes of it"),
    "a record is another": (
        lambda _, records: records.insert(0, replace(records.pop(0), owner="eve")),
        "A-1 is not what the journal makes of it",
    ),
    "its rev is another": (
        lambda _, records: records.insert(0, replace(records.pop(0), rev=1)),
        "A-1 is not what the journal makes of it",
    ),
    "a record is invented": (
        lambda _, records: records.append(Action(id="A-9", rev=1, title="eve")),
        "A-9 is not what the journal makes of it",
    ),
    "an entry contradicts": (
        lambda history, _: history.append(_entry(Change("actions", "A-1", {"title": "other"}, {"title": "x"}))),
        "Entry 5 of the journal does not follow from those before it: A-1",
    ),
    "an entry changes what is not there": (
        lambda history, _: history.append(_entry(Change("actions", "A-9", {"title": "a"}, {"title": "x"}))),
        "Entry 5 of the journal does not follow from those before it: A-9",
    ),
    "an entry makes what is there": (
        lambda history, _: history.append(_entry(Change("actions", "A-1", None, {"title": "x"}))),
        "Entry 5 of the journal does not follow from those before it: A-1",
    ),
    "an entry is of a newer kind": (
        lambda history, _: history.append(_entry(Change("invoices", "Q-1", None, {"id": "Q-1"}))),
        "Q-1 is of invoices, which is no kind of this desk",
    ),
    "an entry holds a control sign": (
        lambda history, _: history.append(replace(_entry(), command="\x1b[31m")),
        "Entry 5 of the journal holds what no desk has written",
    ),
    "an entry has no offset": (
        lambda history, _: history.append(replace(_entry(), at=datetime(2026, 11, 23))),  # noqa: DTZ001
        "Entry 5 of the journal holds what no desk has written",
    ),
}


def _entry(*changes: Change) -> Transaction:
    return Transaction(seq=5, at=START, by="eve", command="x", changes=changes)


@pytest.mark.parametrize("damage", sorted(DAMAGES))
def test_what_does_not_fit_together_is_refused_whole(store: Store, lived: MemoryStore, damage: str) -> None:
    harm, said = DAMAGES[damage]
    history, records = list(lived.history()), everything(lived)
    harm(history, records)
    with pytest.raises(Invalid, match=said):
        store.take_over(history, records)
    assert (list(store.history()), list(store.all(Action))) == ([], [])
    assert [each.id for each in capture(store, "one")] == ["A-1"]


def test_what_stops_the_reading_leaves_nothing_behind(store: Store, lived: MemoryStore, tmp_path: Path) -> None:
    def interrupted() -> Iterator[Transaction]:
        yield lived.history()[0]
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        store.take_over(interrupted(), [])
    assert store.take_over(lived.history(), everything(lived)) == 4
