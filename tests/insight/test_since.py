"""The net effect of transactions, undone ones included."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from opsdesk.core.journal import Change, Fields, Transaction
from opsdesk.insight.since import FlagChange, Made, Reviewed, Since, Slipped, changed, net
from tests.clock import START


def tx(seq: int, *changes: Change, undoes: int = 0) -> Transaction:
    return Transaction(seq=seq, at=START, by="sue", command="x", undoes=undoes, changes=changes)


def change(id: str, before: Fields | None, after: Fields | None, kind: str = "actions") -> Change:
    return Change(kind, id, before, after)


def test_done_new_and_slipped() -> None:
    slips: list[Any] = [{"was": "2026-11-10"}, {"was": "2026-11-15"}, {"was": "2026-11-20"}]
    found = changed(
        [
            tx(1, change("A-1", {"state": "ready"}, {"state": "done"})),
            tx(2, change("A-2", None, {"state": "ready", "title": "x", "due": "2026-11-30"})),
            tx(3, change("A-3", {"due": "2026-11-20", "slips": slips[:2]}, {"due": "2026-11-24", "slips": slips})),
            tx(4, change("A-4", {"due": "2026-11-20"}, {"due": "2026-11-18"})),
        ]
    )
    moved = Slipped(id="A-3", was=date(2026, 11, 20), due=date(2026, 11, 24), times=3)
    assert found == Since(done=("A-1",), new=("A-2",), slipped=(moved,))


def test_what_was_undone_does_not_count() -> None:
    done = change("A-1", {"state": "ready"}, {"state": "done"})
    made = change("A-2", None, {"state": "ready"})
    found = changed(
        [
            tx(1, done),
            tx(2, made),
            tx(3, change("A-2", {"state": "ready"}, None), undoes=2),
            tx(4, change("A-1", {"state": "done"}, {"state": "ready"}), undoes=1),
        ]
    )
    assert found.quiet


def test_a_decision_removed_and_brought_back_is_a_decision() -> None:
    made = change("D-1", None, {"text": "Price change in January"}, "decisions")
    gone = change("D-1", {"text": "Price change in January"}, None, "decisions")
    assert changed([tx(1, made), tx(2, gone)]).decisions == ()
    assert changed([tx(1, made), tx(2, gone), tx(3, made, undoes=2)]).decisions == (
        Made(id="D-1", text="Price change in January"),
    )


def test_a_cell_set_twice_is_one_change_and_a_confirmation_none() -> None:
    def said(id: str, measure: str, was: str, level: str) -> Change:
        return change(id, None, {"customer": "globex", "measure": measure, "was": was, "level": level}, "scores")

    found = changed(
        [
            tx(1, said("S-1", "Support", "green", "orange"), said("S-2", "Product", "red", "red")),
            tx(2, said("S-3", "Support", "orange", "red")),
            tx(3, said("S-4", "Delivery", "green", "red"), said("S-5", "Delivery", "red", "green")),
        ]
    )
    flag = FlagChange(id="S-3", customer="globex", measure="Support", before="green", after="red")
    assert found.flags == (flag,)


states = st.sampled_from(["ready", "started", "done", "dropped"])


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(["A-1", "A-2", "A-3"]), states), max_size=20))
def test_the_net_effect_is_that_of_the_first_and_last_state(steps: list[tuple[str, str]]) -> None:
    now = {"A-1": "ready", "A-2": "ready", "A-3": "ready"}
    history = []
    for seq, (id, state) in enumerate(steps, 1):
        history.append(tx(seq, change(id, {"state": now[id]}, {"state": state})))
        now[id] = state
    assert set(changed(history).done) == {id for id, state in now.items() if state == "done"}
    assert {each.id for each in net(history)} == {id for id, state in now.items() if state != "ready"}


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(["A-1", "A-2"]), states), max_size=12))
def test_undoing_everything_leaves_nothing_changed(steps: list[tuple[str, str]]) -> None:
    now: dict[str, str] = {}
    history = []
    for seq, (id, state) in enumerate(steps, 1):
        before = {"state": now[id]} if id in now else None
        history.append(tx(seq, change(id, before, {"state": state})))
        now[id] = state
    back = [
        tx(len(steps) + n, *(Change(c.kind, c.id, c.after, c.before) for c in each.changes), undoes=each.seq)
        for n, each in enumerate(reversed(history), 1)
    ]
    assert net([*history, *back]) == []


def test_a_walk_over_the_flags_counts_what_came_of_each() -> None:
    begun = {"customer": "acme", "measure": "Support", "outcome": "", "left": None}
    made = change("FR-1", None, begun, "flag-reviews")
    over = change("FR-1", {"outcome": ""}, {"outcome": "kept"}, "flag-reviews")
    found = changed([tx(1, made), tx(2, over), tx(3, change("FR-2", None, begun, "flag-reviews"))])
    assert found.walked == (Reviewed(id="FR-1", outcome="kept"),)
    assert not found.quiet
    assert changed([tx(1, made)]).quiet, "its turn has only begun"
    again = change("FR-1", {"outcome": "kept", "left": "x"}, {"outcome": "kept", "left": None}, "flag-reviews")
    assert changed([tx(4, again)]).quiet, "it had come of it before"
