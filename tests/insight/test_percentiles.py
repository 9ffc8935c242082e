"""Percentiles by nearest rank: hand-computed, and against counting."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from opsdesk.insight.percentiles import Spread, nearest_rank, spread

SECONDS = st.integers(0, 10**6).map(lambda n: timedelta(seconds=n))


def minutes(*lengths: float) -> list[timedelta]:
    return [timedelta(minutes=length) for length in lengths]


def test_of_five_the_median_is_the_third_and_both_tails_are_the_longest() -> None:
    # n = 5: k = ceil(2.5) = 3, ceil(4.25) = 5, ceil(4.75) = 5, of 10 20 30 40 500 minutes
    assert spread(minutes(500, 10, 40, 20, 30)) == Spread(n=5, p50=30 * 60, p85=500 * 60, p95=500 * 60)


def test_of_twenty_the_tails_are_the_seventeenth_and_the_nineteenth() -> None:
    # n = 20: k = 10, 17, 19
    assert spread(minutes(*range(20, 0, -1))) == Spread(n=20, p50=10 * 60, p85=17 * 60, p95=19 * 60)


def test_one_duration_is_every_percentile_and_none_is_no_figure() -> None:
    assert spread(minutes(1.5)) == Spread(n=1, p50=90, p85=90, p95=90)
    assert spread([]) == Spread(n=0, p50=None, p85=None, p95=None)


@pytest.mark.parametrize(("per_cent", "longest_up_to"), [(50, 1), (85, 6), (95, 19)])
def test_from_which_n_on_a_percentile_is_not_the_longest(per_cent: int, longest_up_to: int) -> None:
    for n in range(1, 40):
        is_longest = nearest_rank(minutes(*range(n)), per_cent) == timedelta(minutes=n - 1)
        assert is_longest == (n <= longest_up_to)


@given(st.lists(SECONDS, min_size=1, max_size=60), st.integers(1, 100))
@settings(max_examples=200, deadline=None)
def test_it_is_the_smallest_value_that_enough_do_not_exceed(lengths: list[timedelta], per_cent: int) -> None:
    enough = [x for x in lengths if 100 * sum(y <= x for y in lengths) >= per_cent * len(lengths)]
    assert nearest_rank(sorted(lengths), per_cent) == min(enough)
