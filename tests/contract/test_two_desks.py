"""Two desks on the same records, on every engine that lets a second one in."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from opsdesk.core.actions import Action
from opsdesk.core.errors import Conflict
from tests.clock import START
from tests.contract.conftest import Open, capture


def test_what_others_commit_is_news_once(another: Open) -> None:
    one, two = another(), another()
    capture(two, "from bob", by="bob")
    assert [tx.by for tx in one.news()] == ["bob"]
    assert list(one.news()) == list(two.news()) == []


def test_nothing_remembered_is_stale(another: Open) -> None:
    one, two = another(), another()
    (made,) = capture(one, "one")
    assert list(one.all(Action)) == list(one.live(Action)) == [made]
    with two.work("edit", by="bob", at=START) as work:
        changed = work.put(replace(made, title="two"))
        new = work.add(Action(title="three", state="done"))
    assert one.get(Action, made.id) == changed
    assert list(one.all(Action)) == [changed, new]
    assert list(one.live(Action)) == [changed]
    with two.work("drop", by="bob", at=START) as work:
        work.remove(Action, made.id)
    assert list(one.live(Action)) == []
    assert list(one.all(Action)) == [new]
    assert [tx.command for tx in one.news()] == ["edit", "drop"]


def test_many_changes_at_once_are_read_anew(another: Open) -> None:
    one, two = another(), another()
    assert list(one.all(Action)) == list(one.live(Action)) == []
    made = capture(two, *map(str, range(600)))
    assert list(one.all(Action)) == list(one.live(Action)) == made


def test_what_is_caught_up_with_in_ones_own_command_is_still_news(another: Open) -> None:
    one, two = another(), another()
    capture(two, "from bob", by="bob")
    assert [a.id for a in capture(one, "mine")] == ["A-2"]
    assert [tx.by for tx in one.news()] == ["bob"]


def test_a_command_sees_what_others_committed_just_before(another: Open) -> None:
    one, two = another(), another()
    (made,) = capture(one, "one")
    assert list(one.all(Action)) == [made]
    with two.work("edit", by="bob", at=START) as work:
        work.put(replace(made, title="two"))
    with one.work("edit", by="sue", at=START) as work:
        assert work.get(Action, made.id).title == "two"
        with pytest.raises(Conflict, match="bob"):
            work.put(replace(made, title="three"))


def test_ids_go_on_after_others(another: Open) -> None:
    one, two = another(), another()
    assert [capture(desk, "x")[0].id for desk in (one, two, two, one, one, two)] == [f"A-{n}" for n in range(1, 7)]


def test_undo_and_redo_go_on_at_another_desk(another: Open) -> None:
    one, two = another(), another()
    (made,) = capture(one, "one")
    with one.work("edit", by="sue", at=START) as work:
        work.put(replace(made, title="two"))
    one.close()
    with two.work("undo", by="sue", at=START) as work:
        work.undo(two.history()[-1])
    third = another()
    assert [a.title for a in third.all(Action)] == ["one"]
    with third.work("redo", by="sue", at=START) as work:
        work.undo(third.history()[-1])
    assert [a.title for a in two.all(Action)] == ["two"]
    assert [tx.undoes for tx in two.history()] == [0, 0, 2, 3]


def test_everything_is_there_for_whoever_comes_later(another: Open) -> None:
    one = another()
    made = capture(one, "one", "two", meeting="M-1")
    later = another()
    assert list(later.all(Action)) == list(later.live(Action)) == list(later.where(Action, meeting="M-1")) == made
    assert list(later.history()) == list(one.history())
    assert list(later.trail("A-2")) == list(one.trail("A-2"))
    assert list(later.news()) == []
    assert (later.damaged, later.migrated) == ((), 0)
