"""How a customer was week by week."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from opsdesk.core.register import Look
from opsdesk.core.registers.overrides import Override
from opsdesk.core.scores import Score
from opsdesk.core.settings import Settings
from opsdesk.insight.rollup import rolled
from opsdesk.insight.spells import histories
from opsdesk.insight.trend import cells_at, judged, weeks
from tests.insight.scored import LOOK, PLAIN, at, day, history, look, score

RULES = (PLAIN, replace(PLAIN, roll_up="weighted"))

# Monday 23 November is day 0: the week before ended with day -1, the one before with day -8.
CASES = [
    ("the last one is now", ((-3, "g"), (0, "r")), (None, 0, 2)),
    ("at the end of each week: Sunday counts", ((-9, "g"), (-1, "o")), (0, 1, 1)),
    ("what came and went within a week is not seen", ((-15, "g"), (-6, "r"), (-2, "g")), (0, 0, 0)),
    ("unknown", ((-15, "g"), (-2, "u")), (0, None, None)),
    ("not said yet", ((0, "g"),), (None, None, 0)),
    ("a stale green is no longer known", ((-68, "g"),), (0, None, None)),
    ("a stale red is red still", ((-99, "r"),), (2, 2, 2)),
]


@pytest.mark.parametrize(("source", "said", "expected"), CASES, ids=[case[0] for case in CASES])
def test_the_worst_level_at_the_end_of_each_week(
    source: str, said: tuple[tuple[float, str], ...], expected: tuple[int | None, ...]
) -> None:
    assert weeks({"Support": history(*said)}, LOOK, PLAIN, 3) == expected


def test_it_goes_by_the_roll_up_of_the_company() -> None:
    said = {
        "Support": history((-20, "g"), (-10, "r"), (-4, "g")),
        "Product": history((-20, "o"), (-9, "g"), measure="Product"),
    }
    assert weeks(said, LOOK, PLAIN, 4) == (1, 2, 0, 0)
    third = {**said, "Delivery": history((-20, "g"), measure="Delivery")}
    assert weeks(third, LOOK, PLAIN, 4) == (1, 2, 0, 0)
    assert weeks(third, LOOK, replace(PLAIN, roll_up="weighted"), 4) == (0, 1, 0, 0)


@given(st.lists(st.tuples(st.integers(-90, 0), st.sampled_from("rogu")), max_size=6), st.sampled_from(RULES))
@settings(max_examples=100)
def test_the_last_point_is_the_computed_level_that_is_shown(said: list[tuple[int, str]], rule: Settings) -> None:
    cells = [history(*sorted(said)), history((-3, "o"), measure="Product"), history((-9, "r"), measure="Fax")]
    shown = rolled([said[-1] for said in cells if said], rule, look(0, rule)).computed
    points = weeks(histories(each for cell in cells for each in cell), look(0, rule), rule)
    assert points[-1] == {"green": 0, "orange": 1, "red": 2}.get(shown)


def test_a_flag_of_a_measure_that_is_no_more_stays_in_force() -> None:
    assert weeks({"Fax": history((-20, "r"), measure="Fax")}, LOOK, PLAIN, 2) == (2, 2)
    assert weeks({"Fax": history((-20, "g"), measure="Fax")}, LOOK, PLAIN, 2) == (None, None)


def override(days: float, until: int, lifted: float | None = None, level: Any = "green") -> Override:
    return Override(
        title="why",
        customer="acme",
        level=level,
        until=day(until),
        created=at(days),
        lifted=None if lifted is None else at(lifted),
        state="standing" if lifted is None else "lifted",
    )


JUDGED = [
    ("while it holds", [override(-5, 3)], (None, "green", "green")),
    ("up to and with its last day", [override(-20, -8)], ("green", None, None)),
    ("until it was lifted", [override(-10, 3, lifted=-5)], ("green", None, None)),
    ("of several the newest", [override(-5, 3), override(-2, 3, level="red")], (None, "red", "red")),
    ("none", [], (None, None, None)),
]


@pytest.mark.parametrize(("source", "overrides", "expected"), JUDGED, ids=[case[0] for case in JUDGED])
def test_when_somebody_had_judged_otherwise(
    source: str, overrides: list[Override], expected: tuple[str | None, ...]
) -> None:
    assert judged(overrides, LOOK, 3) == expected


def test_there_are_twelve_weeks() -> None:
    found = weeks({"Support": history((-60, "g"))}, LOOK, PLAIN)
    assert found == (None,) * 2 + (0,) * 10


def test_a_week_ends_at_midnight_of_the_company() -> None:
    chicago = Settings(time_zone="America/Chicago")  # Monday 05:00 UTC is Sunday 23:00 there
    late = replace(score("g"), at=datetime(2026, 11, 23, 5, tzinfo=UTC))
    assert weeks({"Support": (late,)}, Look(at(), chicago), chicago, 2) == (0, 0)
    assert weeks({"Support": (late,)}, LOOK, PLAIN, 2) == (None, 0)


def test_at_one_moment_the_last_thing_said_counts() -> None:
    first, second = score("r", id="S-1"), score("g", id="S-2")
    assert cells_at(histories([second, first]), at()) == [second]
    assert cells_at(histories([second, first]), at(-1)) == []


def walked(said: tuple[Score, ...], now: Look, n: int) -> tuple[int | None, ...]:
    """Hour by hour, taking down what the cell says before each Monday's midnight, and now."""
    found: list[int | None] = []
    level: int | None = None
    hour = now.now - timedelta(days=7 * n + 7)
    while hour <= now.now:
        known = [score for score in said if score.at < hour or hour == now.now]
        before = Look(hour - timedelta(microseconds=1), PLAIN)
        level = None
        if known and known[-1].level != "unknown" and not (known[-1].level == "green" and known[-1].stale(before)):
            level = {"green": 0, "orange": 1, "red": 2}[known[-1].level]
        if hour == now.now or (hour.weekday() == 0 and hour.hour == 0):
            found.append(level)
        hour += timedelta(hours=1)
    return tuple(found[-n:])


@given(
    st.lists(st.tuples(st.integers(-40, 0), st.sampled_from("rogu"), st.sampled_from([0, 2, 9])), max_size=8),
    st.integers(0, 7),
)
@settings(max_examples=50)
def test_it_is_what_a_walk_hour_by_hour_finds(said: list[tuple[int, str, int]], today: int) -> None:
    in_time = sorted(said, key=lambda each: each[0])
    cell = tuple(score(level, days, valid_days=valid, id=f"S-{n}") for n, (days, level, valid) in enumerate(in_time, 1))
    assert weeks({"Support": cell}, look(today), PLAIN, 5) == walked(cell, look(today), 5)
