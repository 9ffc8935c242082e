from __future__ import annotations

from datetime import date

import pytest
from msgspec.structs import replace

from opsdesk.core.actions import Action, Told
from opsdesk.core.entries import Note
from opsdesk.core.errors import Conflict, Invalid, NotFound
from opsdesk.core.ports import Store
from tests.clock import START
from tests.contract.conftest import capture

HOSTILE = ["[EMEA] Ünïcode 日本 [/x]", "x" * 10_000, "'; drop table docs --", '"', "\\", "%s {0}", "a\u0301"]


def test_a_new_store_is_empty(store: Store) -> None:
    assert list(store.all(Action)) == list(store.live(Action)) == list(store.history()) == list(store.news()) == []
    assert (store.damaged, store.migrated) == ((), 0)


def test_added_records_are_named_in_order_and_come_back_equal(store: Store) -> None:
    made = capture(store, "one", "two", owner="sue", due=date(2026, 11, 27))
    assert [a.id for a in made] == ["A-1", "A-2"]
    assert list(store.all(Action)) == made
    assert store.get(Action, "A-2") == made[1]
    assert {a.rev for a in made} == {1}


def test_each_kind_counts_for_itself(store: Store) -> None:
    with store.work("x", by="sue", at=START) as work:
        assert work.add(Action(title="a")).id == "A-1"
        assert work.add(Note(text="n", meeting="M-1", at=START)).id == "N-1"


def test_nested_values_survive(store: Store) -> None:
    told = Told(words="by friday", by="sue", to="globex", on=START, typed_by="bob", due=date(2026, 11, 27))
    (made,) = capture(store, "x", told=told, relisted=("M-1", "M-2"))
    assert store.get(Action, made.id) == made


@pytest.mark.parametrize("text", HOSTILE)
def test_any_text_is_data(store: Store, text: str) -> None:
    (made,) = capture(store, text)
    assert store.get(Action, made.id).title == text


def test_text_is_cleaned_on_every_write(store: Store) -> None:
    (made,) = capture(store, " red\x1b[31m \u202eturned\n")
    assert made.title == store.get(Action, made.id).title == "red[31m turned"
    with store.work("x", by="sue", at=START) as work:
        assert work.put(replace(made, title="b\x1bc")).title == "bc"
    assert store.get(Action, made.id).title == "bc"


@pytest.mark.parametrize("id", ["", "A-9", "A-", "A-01", "A-²", "A--1", "D-1", "last", "A-1 ", "a-1", "A-" + "9" * 40])
def test_what_is_not_there_is_not_found(store: Store, id: str) -> None:
    capture(store, "one")
    with pytest.raises(NotFound, match="There is no"):
        store.get(Action, id)
    with store.work("x", by="sue", at=START) as work:
        with pytest.raises(NotFound):
            work.get(Action, id)
        with pytest.raises(NotFound):
            work.put(Action(id=id, title="x"))
        with pytest.raises(NotFound):
            work.remove(Action, id)


def test_all_is_sorted_by_number(store: Store) -> None:
    capture(store, *"abcdefghijkl")
    ids = [f"A-{n}" for n in range(1, 13)]
    assert [a.id for a in store.all(Action)] == [a.id for a in store.live(Action)] == ids
    with store.work("x", by="sue", at=START) as work:
        work.remove(Action, "A-2")
    with store.work("undo", by="sue", at=START) as work:
        work.undo(store.history()[-1])
    assert [a.id for a in store.all(Action)] == [a.id for a in store.live(Action)] == ids


def test_live_leaves_out_what_is_finished_and_takes_it_back(store: Store) -> None:
    one, two = capture(store, "one", "two")
    with store.work("done", by="sue", at=START) as work:
        one = work.put(replace(one, state="done"))
    assert [a.id for a in store.live(Action)] == [two.id]
    with store.work("reopen", by="sue", at=START) as work:
        work.put(replace(one, state="ready"))
    assert [a.id for a in store.live(Action)] == [one.id, two.id]


def test_where_takes_fields_and_a_test(store: Store) -> None:
    capture(store, "one", owner="sue")
    capture(store, "two", owner="bob")
    capture(store, "three", owner="sue")
    assert [a.title for a in store.where(Action, owner="sue")] == ["one", "three"]
    assert [a.title for a in store.where(Action, lambda a: len(a.title) == 3)] == ["one", "two"]
    assert [a.title for a in store.where(Action, lambda a: len(a.title) == 3, owner="sue")] == ["one"]


def test_what_was_read_stays_as_it_was(store: Store) -> None:
    (made,) = capture(store, "one")
    before = store.all(Action)
    capture(store, "two")
    assert list(before) == [made]


def test_a_broken_constraint_takes_the_whole_command_back(store: Store) -> None:
    with pytest.raises(Invalid, match="title"):
        capture(store, "good", "")
    assert list(store.all(Action)) == list(store.history()) == []
    assert [a.id for a in capture(store, "next")] == ["A-1"]


def test_putting_what_somebody_changed_since_says_who_and_when(store: Store) -> None:
    (mine,) = capture(store, "one")
    with store.work("edit", by="bob", at=START) as work:
        work.put(replace(mine, owner="bob"))
    with (
        pytest.raises(Conflict, match="A-1: bob set Who to bob on 2026-11-23 at 15:00 UTC, you eve"),
        store.work("edit", by="sue", at=START) as work,
    ):
        work.put(replace(mine, title="two", owner="eve"))
    assert store.get(Action, "A-1").title == "one"


def test_ids_are_never_given_twice(store: Store) -> None:
    capture(store, "one", "two")
    with store.work("drop", by="sue", at=START) as work:
        work.remove(Action, "A-2")
    assert [a.id for a in capture(store, "three")] == ["A-3"]
    with store.work("undo", by="sue", at=START) as work:
        work.undo(store.history()[-1])
    assert [a.id for a in capture(store, "four")] == ["A-4"]


def test_an_id_given_and_removed_in_one_command_is_not_given_again(store: Store) -> None:
    with store.work("x", by="sue", at=START) as work:
        work.remove(Action, work.add(Action(title="short")).id)
    assert list(store.history()) == list(store.all(Action)) == []
    assert [a.id for a in capture(store, "next")] == ["A-2"]
