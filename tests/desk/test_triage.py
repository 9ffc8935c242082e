"""One verb for actions and agenda items: all of them or none, in one transaction."""

from __future__ import annotations

import pytest

from opsdesk.core.actions import Action
from opsdesk.core.entries import Item
from opsdesk.core.errors import Invalid, NotFound
from opsdesk.core.settings import Settings
from opsdesk.desk.context import Context
from opsdesk.desk.triage import Triage
from opsdesk.desk.undo import Undo
from opsdesk.store.memory import MemoryStore
from tests.clock import START, Clock


@pytest.fixture
def store() -> MemoryStore:
    made = MemoryStore()
    with made.work("Fill", by="sue", at=START) as work:
        work.add(Action(title="Call back"))
        work.add(Item(text="Who restarts imports", agenda="sync", section="All", opened=START))
        work.add(Item(text="Second staging", agenda="sync", section="All", opened=START))
    return made


@pytest.fixture
def context(store: MemoryStore) -> Context:
    return Context(store, Clock(), "sue", Settings(), dict)


def states(store: MemoryStore) -> list[str]:
    return [store.get(Action, "A-1").state, *(item.state for item in store.all(Item))]


def test_actions_and_items_are_done_in_one_transaction_and_undone_by_one(store: MemoryStore, context: Context) -> None:
    finished = Triage(context).done("T-2", "A-1", "T-1", "A-1")
    assert [each.id for each in finished] == ["T-2", "A-1", "T-1"]
    assert states(store) == ["done", "done", "done"]
    assert store.get(Item, "T-1").settled == Clock()()
    assert Undo(context).last().command == "Done T-2, A-1, T-1"
    assert states(store) == ["ready", "open", "open"]


@pytest.mark.parametrize(
    ("ids", "kind"), [(("T-1", "A-99"), NotFound), (("A-1", "T-99"), NotFound), (("A-1", "T-2"), Invalid)]
)
def test_one_that_cannot_be_done_leaves_all_as_they_were(
    store: MemoryStore, context: Context, ids: tuple[str, ...], kind: type[Exception]
) -> None:
    Triage(context).done("T-2")
    before, steps = states(store), len(store.history())
    with pytest.raises(kind):
        Triage(context).done(*ids)
    assert (states(store), len(store.history())) == (before, steps)
