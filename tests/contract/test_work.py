from __future__ import annotations

import pytest
from msgspec.structs import replace

from opsdesk.core.actions import Action
from opsdesk.core.errors import Conflict, Invalid, NotFound
from opsdesk.core.ports import Store
from tests.clock import START
from tests.contract.conftest import capture


def test_a_command_sees_its_own_writes(store: Store) -> None:
    one, two = capture(store, "one", "two")
    with store.work("x", by="sue", at=START) as work:
        new = work.add(Action(title="new", owner="sue"))
        done = work.put(replace(one, state="done"))
        work.remove(Action, two.id)
        assert work.get(Action, new.id) == new
        assert list(work.all(Action)) == [done, new]
        assert list(work.live(Action)) == [new]
        assert list(work.where(Action, owner="sue")) == [new]
        with pytest.raises(NotFound):
            work.get(Action, two.id)
        assert list(store.all(Action)) == [one, two]
    assert list(store.all(Action)) == [done, new]


def test_seq_is_the_revision_it_writes(store: Store) -> None:
    capture(store, "one")
    with store.work("x", by="sue", at=START) as work:
        assert work.add(Action(title="two")).rev == work.seq == 2


def test_one_record_can_be_written_several_times(store: Store) -> None:
    (one,) = capture(store, "one")
    with store.work("x", by="sue", at=START) as work:
        once = work.put(replace(one, title="two"))
        twice = work.put(replace(once, owner="bob"))
        added = work.put(replace(work.add(Action(title="a")), title="b"))
    assert list(store.all(Action)) == [twice, added]
    change = store.history()[-1].changes[0]
    assert (change.before, change.after) == ({"title": "one", "owner": ""}, {"title": "two", "owner": "bob"})


def test_two_writes_from_one_reading_would_lose_the_first(store: Store) -> None:
    (one,) = capture(store, "one")
    with store.work("x", by="sue", at=START) as work:
        two = work.put(replace(one, title="two"))
        with pytest.raises(Conflict, match="twice"):
            work.put(replace(one, owner="bob"))
    assert store.get(Action, one.id) == two


def test_what_changes_nothing_leaves_no_entry(store: Store) -> None:
    (one,) = capture(store, "one")
    with store.work("x", by="sue", at=START) as work:
        assert work.put(one) == one
        assert work.put(replace(one, title="one ")) == one
    with store.work("y", by="sue", at=START):
        pass
    with store.work("z", by="sue", at=START) as work:
        work.put(replace(work.put(replace(one, title="two")), title="one"))
    assert [tx.seq for tx in store.history()] == [1]
    assert store.get(Action, one.id) == one


def test_removing_after_changing_keeps_what_was_there_before(store: Store) -> None:
    (one,) = capture(store, "one")
    with store.work("x", by="sue", at=START) as work:
        work.put(replace(one, title="two"))
        work.remove(Action, one.id)
    change = store.history()[-1].changes[0]
    assert (change.before or {})["title"] == "one"
    assert change.after is None


def test_any_exception_takes_everything_back(store: Store) -> None:
    (one,) = capture(store, "one")

    def write() -> None:
        with store.work("x", by="sue", at=START) as work:
            work.add(Action(title="two"))
            work.remove(Action, one.id)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write()
    assert list(store.all(Action)) == [one]
    assert [a.id for a in capture(store, "next")] == ["A-2"]


def test_a_command_inside_a_command_is_a_mistake_of_the_program(store: Store) -> None:

    def write() -> None:
        with store.work("x", by="sue", at=START) as work:
            work.add(Action(title="one"))
            capture(store, "two")

    with pytest.raises(RuntimeError, match="inside"):
        write()
    assert list(store.all(Action)) == []
    assert [a.id for a in capture(store, "next")] == ["A-1"]


def test_undo_takes_back_adding_changing_and_removing(store: Store) -> None:
    one, two = capture(store, "one", "two")
    with store.work("x", by="sue", at=START) as work:
        work.add(Action(title="new"))
        work.put(replace(one, title="uno", owner="bob"))
        work.remove(Action, two.id)
    with store.work("undo", by="sue", at=START) as work:
        work.undo(store.history()[-1])
    assert [(a.id, a.title, a.owner, a.rev) for a in store.all(Action)] == [
        ("A-1", "one", "", 3),
        ("A-2", "two", "", 3),
    ]
    assert (store.history()[-1].undoes, store.history()[-1].redoes) == (2, 0)


def test_redo_of_an_added_record_keeps_its_id(store: Store) -> None:
    (one,) = capture(store, "one")
    for seq in (1, 2):
        with store.work("undo", by="sue", at=START) as work:
            work.undo(store.history(seq - 1)[0])
    assert list(store.all(Action)) == [replace(one, rev=3)]
    assert (store.history()[-1].undoes, store.history()[-1].redoes) == (2, 1)


def test_undo_leaves_other_fields_as_others_made_them(store: Store) -> None:
    (one,) = capture(store, "one")
    with store.work("edit", by="sue", at=START) as work:
        mine = work.put(replace(one, title="two"))
    with store.work("edit", by="bob", at=START) as work:
        work.put(replace(mine, owner="bob"))
    with store.work("undo", by="sue", at=START) as work:
        work.undo(store.history()[1])
    assert (store.get(Action, "A-1").title, store.get(Action, "A-1").owner) == ("one", "bob")


@pytest.mark.parametrize(
    ("touch", "said"),
    [
        ("change", r'A-1: bob set What to "three" on 2026-11-23 at 15:00 UTC\.'),
        ("remove", r"A-1 was removed by bob on 2026-11-23 at 15:00 UTC\."),
    ],
)
def test_undo_of_what_somebody_changed_since_says_who_when_and_what(store: Store, touch: str, said: str) -> None:
    (one,) = capture(store, "one")
    with store.work("edit", by="sue", at=START) as work:
        mine = work.put(replace(one, title="two"))
    with store.work("edit", by="bob", at=START) as work:
        work.put(replace(mine, title="three")) if touch == "change" else work.remove(Action, "A-1")
    with (
        pytest.raises(Conflict, match=said),
        store.work("undo", by="sue", at=START) as work,
    ):
        work.undo(store.history()[1])
    assert len(store.history()) == 3


def test_an_added_record_that_somebody_changed_is_not_taken_away(store: Store) -> None:
    (one,) = capture(store, "one")
    with store.work("edit", by="bob", at=START) as work:
        work.put(replace(one, owner="bob"))
    with pytest.raises(Conflict, match="bob"), store.work("undo", by="sue", at=START) as work:
        work.undo(store.history()[0])


def test_tuples_are_no_false_conflict(store: Store) -> None:
    (one,) = capture(store, "one", relisted=("M-1",))
    with store.work("edit", by="sue", at=START) as work:
        work.put(replace(one, relisted=("M-1", "M-2")))
    with store.work("undo", by="sue", at=START) as work:
        work.undo(store.history()[-1])
    assert store.get(Action, "A-1").relisted == ("M-1",)


def test_one_command_takes_back_one_command(store: Store) -> None:
    capture(store, "one")
    capture(store, "two")
    with store.work("undo", by="sue", at=START) as work:
        work.undo(store.history()[1])
        with pytest.raises(Invalid, match="one command"):
            work.undo(store.history()[0])
    assert [a.id for a in store.all(Action)] == ["A-1"]
