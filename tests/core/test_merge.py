"""Two changes of one record from the same reading."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import pairwise, product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from opsdesk.core.actions import Action
from opsdesk.core.entries import Item
from opsdesk.core.errors import Invalid
from opsdesk.core.journal import Fields, Transaction, difference, fields
from opsdesk.core.merge import Difference, before, both, contested, differences, merged, reconciled
from opsdesk.core.record import TEXT_LIMIT

AT = datetime(2026, 11, 23, 14, 2, tzinfo=UTC)
NAMES = ("a", "b", "c")
small = st.fixed_dictionaries(dict.fromkeys((*NAMES, "rev"), st.integers(0, 2)))


def differing(field: str, theirs: Any, mine: Any, title: str = "It") -> Difference:
    return Difference(field=field, title=title, was=None, theirs=theirs, mine=mine, by="bob", at=AT)


def every() -> list[Fields]:
    return [dict(zip(NAMES, values, strict=True)) for values in product((0, 1, 2), repeat=3)]


def test_every_merge_of_three_small_fields_is_what_was_meant() -> None:
    """Brute force over all 19,683 cases, each field told apart by the four things that can have happened to it."""
    for base, theirs, mine in product(every(), repeat=3):
        found, fought = merged(base, theirs, mine)
        for name in NAMES:
            was, there, here = base[name], theirs[name], mine[name]
            assert (name in fought) == (there != was and here != was and there != here)
            assert found[name] == (there if here == was else here)


@given(small, small, small)
def test_a_merge_is_the_same_whoever_comes_second(base: Fields, one: Fields, two: Fields) -> None:
    first, fought = merged(base, one, two)
    second, again = merged(base, two, one)
    assert set(fought) == set(again)
    if not fought:
        assert first | {"rev": 0} == second | {"rev": 0}


@given(small, small, small)
def test_nothing_that_anybody_changed_is_lost(base: Fields, theirs: Fields, mine: Fields) -> None:
    found, fought = merged(base, theirs, mine)
    for name in set(NAMES) - set(fought):
        changed = {each[name] for each in (theirs, mine) if each[name] != base[name]}
        assert {found[name]} == (changed or {base[name]})


@given(small, small, small)
def test_rev_is_never_mine_and_never_fought_over(base: Fields, theirs: Fields, mine: Fields) -> None:
    found, fought = merged(base, theirs, mine)
    assert found["rev"] == theirs["rev"]
    assert "rev" not in fought


@given(small, small, small)
def test_fields_that_belong_together_are_fought_over_together(base: Fields, theirs: Fields, mine: Fields) -> None:
    alone = set(merged(base, theirs, mine)[1])
    found, fought = merged(base, theirs, mine, (("a", "b"),))
    pair = {name for name in "ab" if theirs[name] != mine[name]} if alone & {"a", "b"} else set()
    assert set(fought) == alone | pair
    assert all(found[name] == mine[name] for name in fought)


@given(small, small, small)
def test_only_what_was_touched_is_contested(base: Fields, theirs: Fields, mine: Fields) -> None:
    touched = [name for name in NAMES if mine[name] != base[name] and mine[name] != theirs[name]]
    alone = contested(base, theirs, mine, touched)
    assert set(alone) == {name for name in touched if theirs[name] != base[name]}
    together = contested(base, theirs, mine, touched, (("a", "b"),))
    assert set(together) == set(alone) | ({"a", "b"} & set(touched) if {"a", "b"} & set(alone) else set())


def test_a_date_and_the_dates_before_it_are_one_thing() -> None:
    base = fields(Action(title="x", promise=False)) or {}
    theirs = {**base, "due": "2026-11-30", "slips": [{"was": "2026-11-24"}]}
    mine = {**base, "due": "2026-11-26", "title": "y"}
    found, fought = merged(base, theirs, mine, Action.together)
    assert fought == ("due", "slips")
    assert (found["title"], found["due"], found["slips"]) == ("y", "2026-11-26", [])


@pytest.mark.parametrize("shape", [Action, Item])
def test_what_belongs_together_are_fields_of_the_record_each_once(shape: type[Action] | type[Item]) -> None:
    names = [name for together in shape.together for name in together]
    assert set(names) <= set(shape.__struct_fields__)
    assert len(names) == len(set(names))


@settings(max_examples=100)
@given(st.lists(st.one_of(st.none(), small), min_size=1, max_size=6))
def test_what_was_before_is_read_from_the_journal_backwards(states: list[Fields | None]) -> None:
    entries = [
        Transaction(at=AT, by="sue", command="x", changes=(difference("actions", "A-1", old, new),))
        for old, new in pairwise(states)
        if old is not None or new is not None
    ]
    found = before(states[-1], reversed(entries), "actions", "A-1")
    expected = states[0]
    assert (found is None) == (expected is None)
    if found is not None and expected is not None:
        assert {name: found[name] for name in NAMES} == {name: expected[name] for name in NAMES}


def test_a_difference_names_who_set_the_field_as_it_is_now() -> None:
    base = fields(Action(id="A-1", title="x")) or {}
    one, two, theirs = ({**base, "owner": "eve"}, {**base, "owner": "bob"}, {**base, "owner": "bob", "title": "y"})
    steps = [("eve", base, one), ("bob", one, two), ("kim", two, theirs)]
    trail = [
        Transaction(at=AT, by=by, command="x", changes=(difference("actions", "A-1", old, new),))
        for by, old, new in steps
    ]
    mine = {**base, "owner": "tom"}
    (found,) = differences(Action, ("owner",), base, theirs, mine, trail)
    assert found == Difference(field="owner", title="Who", was="", theirs="bob", mine="tom", by="bob", at=AT)


@pytest.mark.parametrize(
    ("theirs", "mine", "expected"),
    [
        ("call", "write", "call / write"),
        ("call back", "call", "call back"),
        ("call", "call back", "call back"),
        ("", "call", "call"),
        ("call", "", "call"),
        (None, "call", "call"),
    ],
)
def test_both_of_two_texts_stand_one_after_the_other(theirs: str | None, mine: str, expected: str) -> None:
    assert both(Action, differing("title", theirs, mine)) == expected


@given(st.text(max_size=20), st.text(max_size=20))
def test_both_texts_hold_each_of_them_and_taking_both_again_adds_nothing(theirs: str, mine: str) -> None:
    found = both(Action, differing("title", theirs, mine))
    assert theirs in found
    assert mine in found
    assert both(Action, differing("title", found, mine)) == both(Action, differing("title", found, theirs)) == found


def test_both_texts_are_no_longer_than_a_text_may_be() -> None:
    half = TEXT_LIMIT // 2
    assert len(both(Action, differing("title", "a" * (half - 3), "b" * half))) == TEXT_LIMIT
    with pytest.raises(Invalid, match="What of both together is longer than 10,000 characters"):
        both(Action, differing("title", "a" * half, "b" * half, "What"))


def test_both_of_two_lists_is_theirs_and_what_mine_has_besides() -> None:
    assert both(Action, differing("relisted", ["M-1", "M-2"], ["M-1", "M-3"])) == ["M-1", "M-2", "M-3"]


@pytest.mark.parametrize(
    ("field", "title"),
    [
        ("due", "Due"),
        ("owner", "Who"),
        ("customer", "Customer"),
        ("state", "State"),
        ("promise", "Promised"),
        ("agenda", "Agenda"),
        ("told", "Told"),
    ],
)
def test_of_what_can_be_true_only_once_both_cannot_be(field: str, title: str) -> None:
    with pytest.raises(Invalid, match=f"There is one {title}: only one of the two can be true"):
        both(Action, differing(field, "x", "y", title))


def test_a_choice_is_laid_over_what_is_mine() -> None:
    mine = Action(id="A-1", rev=7, title="write", owner="tom", relisted=("M-1",))
    fought = (differing("title", "call", "write"),)
    assert reconciled(mine, fought, "mine") == mine
    assert reconciled(mine, fought, "theirs") == Action(id="A-1", rev=7, title="call", owner="tom", relisted=("M-1",))
    assert getattr(reconciled(mine, fought, "both"), "title", "") == "call / write"
    with pytest.raises(Invalid, match='"nobody" is no choice'):
        reconciled(mine, fought, "nobody")
