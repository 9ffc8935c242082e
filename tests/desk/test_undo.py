from __future__ import annotations

from collections.abc import Sequence

import pytest
from msgspec.structs import replace

from opsdesk.core.actions import Action
from opsdesk.core.errors import Conflict, Invalid
from opsdesk.core.journal import Transaction
from opsdesk.core.ports import Store
from opsdesk.core.settings import Settings
from opsdesk.desk.context import Context
from opsdesk.desk.undo import Undo
from opsdesk.store.memory import MemoryStore
from tests.clock import Clock


class Counting(MemoryStore):
    """Counts the journal entries it hands out."""

    handed = 0

    def history(self, since: int = 0, *, by: str = "", limit: int = 0, until: int = 0) -> Sequence[Transaction]:
        found = super().history(since, by=by, limit=limit, until=until)
        self.handed += len(found)
        return found


@pytest.fixture
def store() -> Counting:
    return Counting()


def context(store: Store, by: str = "sue") -> Context:
    return Context(store, Clock(), by, Settings(), dict)


def capture(store: Store, title: str, by: str = "sue") -> Action:
    with context(store, by).work(f"capture {title}") as work:
        return work.add(Action(title=title))


def titles(store: Store) -> list[str]:
    return [action.title for action in store.all(Action)]


def test_nothing_to_undo_or_redo_is_said(store: Counting) -> None:
    undo = Undo(context(store))
    assert undo.peek() is undo.peek_redo() is None
    with pytest.raises(Invalid, match=r"There is nothing to undo\."):
        undo.last()
    with pytest.raises(Invalid, match=r"There is nothing to redo\."):
        undo.redo()
    assert list(store.history()) == []


def test_undo_and_redo_walk_back_and_forth(store: Counting) -> None:
    undo = Undo(context(store))
    for title in "abc":
        capture(store, title)
    assert [undo.last().command for _ in "abc"] == ["capture c", "capture b", "capture a"]
    assert titles(store) == []
    assert [undo.redo().command for _ in "abc"] == ["capture a", "capture b", "capture c"]
    assert titles(store) == ["a", "b", "c"]
    assert undo.last().command == "capture c"
    assert titles(store) == ["a", "b"]


def test_a_new_command_ends_what_could_be_redone(store: Counting) -> None:
    undo = Undo(context(store))
    capture(store, "a")
    undo.last()
    capture(store, "b")
    with pytest.raises(Invalid, match="redo"):
        undo.redo()
    undo.last()
    assert titles(store) == []


def test_peeking_tells_what_would_be_taken_back(store: Counting) -> None:
    undo = Undo(context(store))
    capture(store, "a")
    assert (undo.peek() or Transaction(at=Clock()(), by="", command="")).command == "capture a"
    assert undo.peek_redo() is None
    undo.last()
    assert undo.peek() is None
    found = undo.peek_redo()
    assert found is not None
    assert (found.seq, found.command) == (1, "capture a")


def test_what_was_done_again_is_named_by_the_command_it_was_at_first(store: Counting) -> None:
    undo = Undo(context(store))
    capture(store, "a")
    for _ in range(3):
        undo.last()
        again = undo.redo()
        assert (again.seq, again.command, [c.id for c in again.changes if c.before is None]) == (
            1,
            "capture a",
            ["A-1"],
        )


def test_everybody_undoes_only_their_own(store: Counting) -> None:
    capture(store, "mine")
    capture(store, "theirs", by="bob")
    undo = Undo(context(store))
    assert undo.last().command == "capture mine"
    assert titles(store) == ["theirs"]
    with pytest.raises(Invalid):
        undo.last()


def test_what_somebody_changed_since_is_refused_and_stays(store: Counting) -> None:
    made = capture(store, "mine")
    with context(store, "bob").work("edit") as work:
        work.put(replace(made, title="theirs"))
    with pytest.raises(Conflict, match=r'A-1: bob set What to "theirs" on 2026-11-23 at 15:00'):
        Undo(context(store)).last()
    assert titles(store) == ["theirs"]
    assert len(store.history()) == 2


def test_the_newest_are_found_without_reading_the_journal(store: Counting) -> None:
    for number in range(300):
        capture(store, str(number), by="bob" if number % 3 else "sue")
    undo = Undo(context(store))
    store.handed = 0
    undo.last()
    undo.peek()
    undo.peek_redo()
    assert store.handed <= 32


def test_a_long_way_back_and_forth(store: Counting) -> None:
    for number in range(60):
        capture(store, str(number))
    undo = Undo(context(store))
    for _ in range(60):
        undo.last()
    assert titles(store) == []
    for _ in range(60):
        undo.redo()
    assert titles(store) == [str(number) for number in range(60)]
    assert undo.peek_redo() is None
