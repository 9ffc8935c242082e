"""Writing what was read before others changed it: merged, or refused with who, when and what."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from opsdesk.core.actions import Action
from opsdesk.core.errors import Conflict, Invalid, NotFound
from opsdesk.core.journal import Transaction
from opsdesk.core.ports import Store
from opsdesk.store.memory import MemoryStore
from tests.clock import START
from tests.contract.conftest import capture

LATER = START + timedelta(minutes=2)


def put(store: Store, seen: Action, by: str, **changed: Any) -> Action:
    with store.work("edit", by=by, at=LATER) as work:
        return work.put(replace(seen, **changed))


def remove(store: Store, id: str, by: str) -> None:
    with store.work("remove", by=by, at=LATER) as work:
        work.remove(Action, id)


def undo(store: Store, seq: int, by: str) -> None:
    with store.work("undo", by=by, at=LATER) as work:
        work.undo(store.history(seq - 1)[0])


def refused(store: Store, seen: Action, by: str, **changed: Any) -> Conflict:
    seqs, now = len(store.history()), list(store.all(Action))
    with pytest.raises(Conflict) as caught:
        put(store, seen, by, **changed)
    assert (len(store.history()), list(store.all(Action))) == (seqs, now)
    return caught.value


def test_different_fields_go_together(store: Store) -> None:
    (seen,) = capture(store, "one")
    put(store, seen, "bob", owner="bob")
    both = put(store, seen, "sue", title="two")
    assert both == store.get(Action, "A-1") == replace(seen, title="two", owner="bob", rev=3)


def test_what_is_merged_is_journaled_as_what_it_changed_of_now(store: Store) -> None:
    (seen,) = capture(store, "one")
    put(store, seen, "bob", owner="bob", section="Risks")
    put(store, seen, "sue", title="two", section="Risks")
    (change,) = store.history()[-1].changes
    assert (change.before, change.after) == ({"title": "one"}, {"title": "two"})


def test_the_same_value_set_twice_is_no_conflict_and_no_entry(store: Store) -> None:
    (seen,) = capture(store, "one")
    bobs = put(store, seen, "bob", owner="eve")
    assert put(store, seen, "sue", owner="eve") == bobs
    assert put(store, seen, "sue") == bobs
    assert [tx.by for tx in store.history()] == ["sue", "bob"]


def test_the_same_field_is_refused_with_who_when_and_what(store: Store) -> None:
    (seen,) = capture(store, "one")
    now = put(store, seen, "bob", owner="bob", section="Risks")
    conflict = refused(store, seen, "sue", owner="eve", title="two")
    assert conflict.message == "A-1: bob set Who to bob on 2026-11-23 at 15:02 UTC, you eve."
    (found,) = conflict.differences
    assert (found.field, found.title, found.was, found.theirs, found.mine) == ("owner", "Who", "", "bob", "eve")
    assert (found.by, found.at) == (conflict.by, conflict.at) == ("bob", LATER)
    assert conflict.mine == replace(now, owner="eve", title="two")


def test_what_a_conflict_calls_mine_can_be_put(store: Store) -> None:
    (seen,) = capture(store, "one")
    put(store, seen, "bob", owner="bob", section="Risks")
    mine = refused(store, seen, "sue", owner="eve", title="two").mine
    assert isinstance(mine, Action)
    assert put(store, mine, "sue") == replace(seen, owner="eve", title="two", section="Risks", rev=3)


def test_whoever_set_the_field_last_is_named_not_whoever_wrote_last(store: Store) -> None:
    (seen,) = capture(store, "one")
    twice = put(store, put(store, seen, "eve", owner="eve"), "bob", owner="bob")
    put(store, twice, "kim", title="two")
    assert refused(store, seen, "sue", owner="tom").by == "bob"


def test_a_field_changed_and_changed_back_is_not_fought_over(store: Store) -> None:
    (seen,) = capture(store, "one")
    put(store, put(store, seen, "bob", title="two"), "bob", title="one")
    assert put(store, seen, "sue", title="three").title == "three"


def test_text_is_compared_as_it_is_kept(store: Store) -> None:
    (seen,) = capture(store, "one")
    put(store, seen, "bob", title="two")
    assert put(store, seen, "sue", title=" two\n").rev == 2
    assert put(store, seen, "sue", title="one ", owner="sue").title == "two"


def test_fields_that_belong_together_are_not_mixed(store: Store) -> None:
    (seen,) = capture(store, "one")
    put(store, seen, "bob", state="waiting", waiting_on="their IT")
    conflict = refused(store, seen, "sue", state="started", started=LATER)
    assert [each.field for each in conflict.differences] == ["state", "waiting_on", "started"]
    assert conflict.message == (
        'A-1: bob set State to waiting and set Waits on to "their IT" on 2026-11-23 at 15:02 UTC,'
        " you set State to started and cleared Waits on."
    )


def test_constraints_are_held_by_what_is_merged(store: Store) -> None:
    (seen,) = capture(store, "one")
    put(store, seen, "bob", owner="bob")
    with pytest.raises(Invalid, match="title is missing"):
        put(store, seen, "sue", title=" ")
    with pytest.raises(Invalid, match="customer"):
        put(store, seen, "sue", customer="Not A Handle")


def test_who_removed_it_and_when_is_said(store: Store) -> None:
    (seen,) = capture(store, "one")
    put(store, seen, "eve", owner="eve")
    remove(store, "A-1", "bob")
    conflict = refused(store, seen, "sue", title="two")
    assert conflict.message == "A-1 was removed by bob on 2026-11-23 at 15:02 UTC."
    assert (conflict.by, conflict.at, conflict.mine, conflict.differences) == ("bob", LATER, None, ())


def test_what_never_was_is_not_found(store: Store) -> None:
    for rev in (0, 1, 7):
        with pytest.raises(NotFound, match="There is no A-7"):
            put(store, Action(id="A-7", title="x", rev=rev), "sue")


def test_what_is_removed_in_the_same_command_is_not_found(store: Store) -> None:
    (seen,) = capture(store, "one")
    with store.work("x", by="sue", at=START) as work:
        work.remove(Action, "A-1")
        with pytest.raises(NotFound, match="There is no A-1"):
            work.put(replace(seen, title="two"))


def test_what_was_removed_and_brought_back_goes_on_as_it_was(store: Store) -> None:
    (seen,) = capture(store, "one")
    put(store, seen, "eve", owner="eve")
    remove(store, "A-1", "bob")
    undo(store, 3, "bob")
    assert put(store, seen, "sue", title="two") == replace(seen, title="two", owner="eve", rev=5)


@pytest.mark.parametrize("rev", [0, 3, 99])
def test_a_reading_that_never_was_is_refused(store: Store, rev: int) -> None:
    """Before it was made, of another record's transaction, or of one still to come."""
    (seen,) = capture(store, "one")
    now = put(store, seen, "bob", owner="bob")
    capture(store, "two")
    conflict = refused(store, replace(now, rev=rev), "sue", title="two")
    assert conflict.message.startswith("A-1 ")
    assert (conflict.mine, conflict.differences) == (None, ())


def test_two_writes_from_one_old_reading_in_one_command_stay_refused(store: Store) -> None:
    (seen,) = capture(store, "one")
    put(store, seen, "bob", owner="bob")
    with store.work("x", by="sue", at=START) as work:
        work.put(replace(seen, title="two"))
        with pytest.raises(Conflict, match="twice"):
            work.put(replace(seen, section="Risks"))
    assert store.get(Action, "A-1").section == ""


def test_a_merge_inside_a_command_that_fails_has_changed_nothing(store: Store) -> None:
    (seen,) = capture(store, "one")
    now = put(store, seen, "bob", owner="bob")
    with pytest.raises(Invalid), store.work("x", by="sue", at=START) as work:
        work.put(replace(work.put(replace(seen, title="two")), title=""))
    assert store.get(Action, "A-1") == now


def test_undo_after_a_merge_takes_back_ones_own_fields_only(store: Store) -> None:
    (seen,) = capture(store, "one")
    put(store, seen, "bob", owner="bob")
    put(store, seen, "sue", title="two")
    undo(store, 2, "bob")
    assert store.get(Action, "A-1") == replace(seen, title="two", rev=4)
    undo(store, 3, "sue")
    assert store.get(Action, "A-1") == replace(seen, rev=5)


def test_undo_of_what_a_merge_has_overtaken_says_which_field(store: Store) -> None:
    (seen,) = capture(store, "one")
    bobs = put(store, seen, "bob", owner="bob", section="Risks")
    put(store, replace(bobs), "eve", title="three")
    put(store, bobs, "sue", section="Delays")
    with pytest.raises(Conflict) as caught:
        undo(store, 2, "bob")
    assert caught.value.message == 'A-1: sue set Section to "Delays" on 2026-11-23 at 15:02 UTC.'
    (found,) = caught.value.differences
    assert (found.field, found.was, found.theirs, found.mine) == ("section", "Risks", "Delays", "")
    assert caught.value.mine is None


FIELDS = ("title", "owner", "section", "customer")
steps = st.lists(
    st.tuples(
        st.sampled_from(("sue", "bob")), st.sampled_from(FIELDS), st.sampled_from(("a", "b", "c")), st.integers(0, 6)
    ),
    max_size=25,
)


@settings(max_examples=150)
@given(steps)
def test_two_people_from_any_older_readings_are_as_one_after_the_other(
    sequence: list[tuple[str, str, str, int]],
) -> None:
    """The model: a field takes the new value where nobody else has set it to another since it was read."""
    store = MemoryStore()
    with store.work("add", by="sue", at=START) as work:
        readings = [work.add(Action(title="x"))]
    model: list[dict[str, str]] = [{name: readings[0][name] for name in FIELDS}]
    for by, name, value, back in sequence:
        seen = readings[max(0, len(readings) - 1 - back)]
        was, now = seen[name], model[-1][name]
        if value != was and now not in (was, value):
            assert [each.field for each in refused(store, seen, by, **{name: value}).differences] == [name]
            continue
        done = put(store, seen, by, **{name: value})
        model.append(model[-1] | ({name: value} if value != was else {}))
        if done.rev != readings[-1].rev:
            readings.append(done)
        assert {each: done[each] for each in FIELDS} == model[-1]
    store.close()


def test_what_somebody_else_has_set_to_the_same_again_is_not_taken_back_from_under_them(store: Store) -> None:
    (made,) = capture(store, "Call")
    started = _state(store, "sue", "started")
    _state(store, "bob", "done")
    _state(store, "bob", "started")
    with pytest.raises(Conflict, match=f"{made.id} was changed by bob"), store.work("undo", by="sue", at=START) as work:
        work.undo(started)
    for entry in (store.history()[-1], store.history()[-2]):
        with store.work("undo", by="bob", at=START) as work:
            work.undo(entry)
    with store.work("undo", by="sue", at=START) as work:
        work.undo(started)
    assert store.get(Action, made.id).state == "ready"


def _state(store: Store, by: str, state: str) -> Transaction:
    with store.work(state, by=by, at=START) as work:
        work.put(replace(work.get(Action, "A-1"), state=state))
    return store.history()[-1]


def test_a_refused_undo_names_who_set_the_value_and_not_who_brought_it_back(store: Store) -> None:
    (seen,) = capture(store, "one")
    for by, title in (("bob", "two"), ("sue", "three"), ("ana", "four")):
        seen = put(store, seen, by, title=title)
    undo(store, 4, "ana")
    with pytest.raises(Conflict, match='sue set What to "three"') as caught:
        undo(store, 2, "bob")
    assert [(each.by, each.theirs) for each in caught.value.differences] == [("sue", "three")]


def test_of_what_was_done_again_the_command_itself_is_named(store: Store) -> None:
    (seen,) = capture(store, "one")
    for by, title in (("bob", "two"), ("sue", "three")):
        seen = put(store, seen, by, title=title)
    undo(store, 3, "ana")
    undo(store, 4, "ana")
    with pytest.raises(Conflict, match='sue set What to "three"'):
        undo(store, 2, "bob")
