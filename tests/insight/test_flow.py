"""Loads, the constraint, and who has nothing ready: worked examples, and brute force for the figures."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from opsdesk.core.actions import Action
from opsdesk.core.people import Person
from opsdesk.insight.flow import Load, constraint, loads, nothing_ready, over_limit, warning
from tests.clock import START

PEOPLE = [Person(id=f"P-{n}", handle=h, name=h.title(), limit=2) for n, h in enumerate(["ana", "sue", "tom"])]


def act(owner: str, state: str = "ready", age: int | None = None, on: str = "") -> Action:
    started = None if age is None else START - timedelta(days=age)
    return Action(title="x", owner=owner, state=state, started=started, waiting_on=on)


def test_a_load_counts_what_is_started_ready_and_waited_for() -> None:
    work = [
        act("tom", "started", 5),
        act("tom", "waiting", 9),
        act("tom"),
        act("sue", "waiting", 1, "@Tom"),
        act("ana", "done", 3),
    ]
    ana, sue, tom = loads(PEOPLE, work, START)
    assert tom == Load(handle="tom", name="Tom", limit=2, started=2, ready=1, waiting_for=1, oldest=9)
    assert (sue.started, sue.ready, sue.waiting_for) == (1, 0, 0)
    assert (ana.started, ana.oldest) == (0, 0)


def test_past_the_limit_it_is_said_how_far() -> None:
    load = Load(handle="tom", name="Tom Reyes", limit=3, started=4)
    assert warning(load) == "Tom Reyes has 4 started of 3"
    assert warning(Load(handle="tom", name="Tom Reyes", limit=3, started=3)) == ""


def test_waiting_on_a_full_name_counts_once() -> None:
    person = Person(id="P-1", handle="tom", name="Tom")
    (tom,) = loads([person], [act("sue", "waiting", 1, "TOM")], START)
    assert tom.waiting_for == 1


def test_the_constraint_is_where_most_work_stands() -> None:
    busy = [act("tom", "started", n) for n in range(3)] + [act("sue", "started", 1), act("ana", "waiting", 1, "tom")]
    assert constraint(loads(PEOPLE, busy, START)) == loads(PEOPLE, busy, START)[2]


def test_without_overload_or_waiting_there_is_no_constraint() -> None:
    assert constraint(loads(PEOPLE, [act("tom", "started", 3), act("tom")], START)) is None
    assert constraint(()) is None


def test_the_older_work_breaks_a_tie() -> None:
    work = [
        act(owner, "started", age)
        for owner, age in [("ana", 1), ("ana", 2), ("ana", 3), ("tom", 1), ("tom", 1), ("tom", 8)]
    ]
    found = constraint(loads(PEOPLE, work, START))
    assert found is not None
    assert found.handle == "tom"


def test_nothing_ready_means_room_under_the_limit_and_no_ready_action() -> None:
    work = [act("ana", "started", 1), act("ana", "started", 1), act("sue")]
    assert [load.handle for load in nothing_ready(loads(PEOPLE, work, START))] == ["tom"]


states = st.sampled_from(["ready", "started", "waiting", "done", "dropped"])
handles = st.sampled_from(["", "ana", "sue", "tom"])
works = st.lists(st.builds(act, handles, states, st.none() | st.integers(0, 50), handles), max_size=20)


@settings(max_examples=150, deadline=None)
@given(works)
def test_figures_by_brute_force(work: list[Action]) -> None:
    for load in loads(PEOPLE, work, START):
        mine = [a for a in work if a.live and a.owner == load.handle]
        assert load.started == len([a for a in mine if a.started])
        assert load.waiting_for == len([a for a in work if a.live and a.waiting_on == load.handle])
        assert load.oldest == max([(START - a.started).days for a in mine if a.started], default=0)
        assert load.over == max(0, load.started - 2)


@settings(max_examples=150, deadline=None)
@given(works)
def test_nobody_is_both_over_the_limit_and_without_work_to_take(work: list[Action]) -> None:
    carried = loads(PEOPLE, work, START)
    held = constraint(carried)
    assert not {load.handle for load in over_limit(carried)} & {load.handle for load in nothing_ready(carried)}
    assert held is None or all(load.started + load.queue <= held.started + held.queue for load in carried if load.over)
