from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from opsdesk.core.actions import Action
from opsdesk.core.errors import Conflict, Invalid, NotUndone
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
    with pytest.raises(Conflict, match=r"Not undone: bob has changed A-1 since \(What, 15:00\)\."):
        Undo(context(store)).last()
    assert titles(store) == ["theirs"]
    assert len(store.history()) == 2


def overtaken(store: Counting) -> Undo:
    """Sue has captured A-1, A-2 and A-3; bob has changed A-2 and A-3 since."""
    made = [capture(store, title) for title in "abc"]
    for each in made[1:]:
        with context(store, "bob").work("edit") as work:
            work.put(replace(each, title="theirs"))
    return Undo(context(store))


def test_a_refusal_offers_the_next_older_step_and_only_that_one_is_taken(store: Counting) -> None:
    undo = overtaken(store)
    with pytest.raises(NotUndone, match=r"has changed A-3 since") as refused:
        undo.last()
    assert refused.value.tx.command == "capture c"
    first = refused.value.older
    assert first is not None
    assert first.command == "capture b"
    with pytest.raises(NotUndone, match=r"has changed A-2 since") as refused:
        undo.older(first)
    second = refused.value.older
    assert second is not None
    assert undo.older(second).command == "capture a"
    assert titles(store) == ["theirs", "theirs"]
    with pytest.raises(Invalid, match="capture a is undone already"):
        undo.older(second)
    with pytest.raises(NotUndone, match=r"has changed A-2 since") as refused:
        undo.older(first)
    assert refused.value.older is None
    assert titles(store) == ["theirs", "theirs"]


def test_what_is_skipped_is_told_and_what_would_be_refused_is_known(store: Counting) -> None:
    undo = overtaken(store)
    last = undo.peek()
    assert last is not None
    assert undo.overtaken(last)
    assert [tx.command for tx in undo.skip()] == ["capture a", "capture c", "capture b"]
    with pytest.raises(Invalid, match="nobody has changed since"):
        undo.skip()
    mine = capture(store, "d")
    last = undo.peek()
    assert last is not None
    assert not undo.overtaken(last)
    assert [tx.command for tx in undo.skip()] == ["capture d"]
    assert mine.id not in {each.id for each in store.all(Action)}
    assert undo.redo().command == "capture d"


@given(st.lists(st.tuples(st.sampled_from("sb"), st.integers(0, 3), st.sampled_from("cuk")), max_size=24))
@settings(max_examples=60, deadline=None)
def test_nothing_but_the_step_that_is_named_is_undone(steps: list[tuple[str, int, str]]) -> None:
    """c: one of four is changed; u: the last step taken back; k: the one that a refusal offers."""
    store = Counting()
    made = [capture(store, str(number), by="nobody").id for number in range(4)]
    for number, (who, which, what) in enumerate(steps):
        by = {"s": "sue", "b": "bob"}[who]
        if what == "c":
            with context(store, by).work(f"step {number}") as work:
                work.put(replace(work.get(Action, made[which]), title=f"{by} {number}"))
            continue
        undo, before = Undo(context(store, by)), [each.title for each in store.all(Action)]
        expected, count = undo.peek(), len(store.history())
        try:
            taken = undo.last()
        except NotUndone as refused:
            assert ([each.title for each in store.all(Action)], len(store.history())) == (before, count)
            if what == "u" or refused.older is None:
                continue
            expected = refused.older
            try:
                taken = undo.older(refused.older)
            except NotUndone:
                assert len(store.history()) == count
                continue
        except Invalid:
            assert expected is None
            continue
        assert taken == expected
        assert taken.by == by
        assert store.history()[-1].undoes == taken.seq
        touched = {change.id for change in taken.changes}
        changed = {id for id, was, each in zip(made, before, store.all(Action), strict=True) if each.title != was}
        assert changed <= touched


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
