"""Reviews survived, and the last that really spoke of a flag."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from opsdesk.core.flagreviews import FlagReview
from opsdesk.insight.reviewed import Reviewed, before_this, reviewed, times
from tests.insight.scored import LOOK, history, review, score

OPEN = history((-40, "r"), (-30, "g"), (-12, "r"))
AGAIN = "red again 12 d, 2nd time in 6 weeks, 22 d in all"

WORDS: list[tuple[str, tuple[tuple[str, float], ...], tuple[int, int, str]]] = [
    ("red, skipped twice", (("skipped", -8), ("skipped", -1)), (2, 2, f"{AGAIN}, skipped twice")),
    ("skipped once", (("discussed", -8), ("skipped", -1)), (2, 1, f"{AGAIN}, skipped once")),
    (
        "skips in a row count",
        (("skipped", -9), ("discussed", -8), ("skipped", -7), ("skipped", -6), ("skipped", -1)),
        (5, 3, f"{AGAIN}, skipped 3 times"),
    ),
    ("the last meeting that really discussed it", (("discussed", -8),), (1, 0, f"{AGAIN}, discussed 8 days ago")),
    ("kept was spoken of", (("kept", -1),), (1, 0, f"{AGAIN}, discussed yesterday")),
    ("nobody has spoken of it yet", (), (0, 0, f"{AGAIN}, not discussed yet")),
    (
        "what was said while it was open before is of that time",
        (("discussed", -35),),
        (0, 0, f"{AGAIN}, not discussed yet"),
    ),
    ("a review that lasts still has come to nothing", (("", 0),), (0, 0, f"{AGAIN}, not discussed yet")),
]


@pytest.mark.parametrize(("source", "reviews", "expected"), WORDS, ids=[case[0] for case in WORDS])
def test_how_a_flag_was_reviewed(
    source: str, reviews: tuple[tuple[str, float], ...], expected: tuple[int, int, str]
) -> None:
    found = reviewed(OPEN, [review(outcome, days, f"M-{n}") for n, (outcome, days) in enumerate(reviews)], LOOK)
    assert (found.survived, found.skipped, found.words) == expected


def test_a_flag_kept_with_others_in_one_go_was_not_really_spoken_of() -> None:
    spoken, at_once = review("discussed", -8, "M-1"), review("kept", -1, "M-2", at_once=True)
    found = reviewed(OPEN, [at_once, spoken], LOOK)
    assert (found.survived, found.skipped, found.last) == (2, 0, spoken)
    assert found.words == f"{AGAIN}, discussed 8 days ago"


def test_of_one_meeting_what_came_last_counts_once() -> None:
    skipped, back = review("skipped", -1.1, "M-1", id="FR-1"), review("discussed", -1, "M-1", id="FR-2")
    found = reviewed(OPEN, [back, skipped], LOOK)
    assert (found.survived, found.skipped, found.last) == (1, 0, back)


def test_a_meeting_that_was_opened_again_later_is_the_last_one() -> None:
    reviews = [review("discussed", -8, "M-1"), review("skipped", -5, "M-2"), review("kept", -1, "M-1")]
    found = reviewed(OPEN, reviews, LOOK)
    assert (found.survived, found.skipped, found.words) == (2, 0, f"{AGAIN}, discussed yesterday")


def test_of_two_that_spoke_of_it_the_later_one_is_the_last() -> None:
    first, second = review("discussed", -8, "M-1"), review("kept", -3, "M-2")
    assert reviewed(OPEN, [first, second], LOOK).last == second


def test_a_review_that_resolved_it_is_not_survived_though_the_green_was_taken_back() -> None:
    assert reviewed(OPEN, [review("resolved", -3, "M-1")], LOOK).survived == 0


def test_a_flag_resolved_and_reopened_has_survived_nothing() -> None:
    again = history((-12, "r"), (-5, "g"), (-3, "o"))
    found = reviewed(again, [review("discussed", -9, "M-1"), review("resolved", -5, "M-2")], LOOK)
    before = "2nd time in 2 weeks, 10 d in all"
    assert found == Reviewed(words=f"orange again 3 d, {before}, not discussed yet", again=before)


def test_what_is_no_open_flag_has_no_reviews_to_survive() -> None:
    assert reviewed(history((-12, "r"), (-5, "g")), [review("discussed", -9, "M-1")], LOOK) == Reviewed()
    assert reviewed((), [], LOOK) == Reviewed()


def test_where_the_level_changed_on_the_way_the_whole_time_is_said_beside_it() -> None:
    worse = history((-12, "o"), (-2, "r"))
    assert reviewed(worse, [], LOOK).words == "red 2 d, open 12 d, not discussed yet"


def test_a_flag_that_is_unknown_meanwhile_is_open_still_and_says_what_it_was() -> None:
    found = reviewed(history((-12, "r"), (-5, "u")), [review("skipped", -8, "M-1")], LOOK)
    assert (found.survived, found.skipped) == (1, 1)
    assert found.words == "unknown 5 d, was red, open 12 d, skipped once"


def test_the_third_time_and_the_twelfth() -> None:
    for count, place in ((3, "3rd"), (12, "12th"), (21, "21st")):
        turns = [(-2 * count + 2 * n + m, "rg"[m]) for n in range(count) for m in (0, 1)][:-1]
        assert f", {place} time in " in reviewed(history(*turns), [], LOOK).words


def test_of_a_flag_that_came_again_it_is_known_who_had_it_before() -> None:
    said = [score("r", -9, id="S-1", owner="raj", exit="DHL is live"), score("g", -5, id="S-2")]
    assert before_this(said) is None, "it is over"
    assert before_this([*said, score("r", -1, id="S-3")]) == said[0]
    assert before_this(said[:1]) is None, "it is the first time"


def test_times_in_words() -> None:
    assert [times(count) for count in (1, 2, 3, 12)] == ["once", "twice", "3 times", "12 times"]


OUTCOMES = st.lists(st.sampled_from(["discussed", "kept", "skipped"]), max_size=8)


@given(OUTCOMES, st.randoms(use_true_random=False))
@settings(max_examples=100)
def test_the_order_in_which_reviews_are_read_does_not_matter(outcomes: list[str], chance: Random) -> None:
    reviews = [review(outcome, -10 + n, f"M-{n}", id=f"FR-{n}") for n, outcome in enumerate(outcomes, 1)]
    mixed: list[FlagReview] = sorted(reviews, key=lambda _: chance.random())
    found = reviewed(OPEN, mixed, LOOK)
    assert found == reviewed(OPEN, reviews, LOOK)
    skips = "".join(outcome[0] for outcome in outcomes)
    assert (found.survived, found.skipped) == (len(skips), len(skips) - len(skips.rstrip("s")))
