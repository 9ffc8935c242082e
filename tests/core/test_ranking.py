"""The order of priorities."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from opsdesk.core.entries import Item
from opsdesk.core.ranking import placed, ranking

START = datetime(2026, 11, 23, tzinfo=UTC)


def item(number: int, rank: int = 0) -> Item:
    opened = START + timedelta(hours=number)
    return Item(id=f"T-{number}", text="Which wishes we decline", agenda="a", section="s", opened=opened, rank=rank)


def ids(items: list[Item]) -> list[str]:
    return [each.id for each in items]


def test_those_that_nobody_ranked_come_last_as_they_were_opened() -> None:
    assert ids(ranking([item(10), item(2), item(5, 2), item(7, 1)])) == ["T-7", "T-5", "T-2", "T-10"]


def test_a_place_moves_the_others_on_and_gives_each_its_rank() -> None:
    moved = placed([item(1), item(2), item(3)], "T-3", 1)
    assert [(each.id, each.rank) for each in moved] == [("T-3", 1), ("T-1", 2), ("T-2", 3)]


def test_past_an_end_means_that_end() -> None:
    assert ids(placed([item(1), item(2)], "T-1", 99)) == ["T-2", "T-1"]
    assert ids(placed([item(1), item(2)], "T-2", -3)) == ["T-2", "T-1"]


@settings(max_examples=100, deadline=None)
@given(st.lists(st.integers(0, 4), min_size=1, max_size=8), st.data())
def test_the_others_keep_their_order_whatever_is_moved(ranks: list[int], data: st.DataObject) -> None:
    items = [item(number, rank) for number, rank in enumerate(ranks, 1)]
    id = data.draw(st.sampled_from(ids(items)))
    moved = placed(items, id, data.draw(st.integers(-2, 10)))
    assert [each for each in ids(moved) if each != id] == [each for each in ids(ranking(items)) if each != id]
    assert [each.rank for each in moved] == list(range(1, len(items) + 1))
    assert ranking(moved) == moved
