"""Dwell: days in red or orange, also where a flag was closed and opened again."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from opsdesk.core.register import Look
from opsdesk.core.scores import Level, Score
from opsdesk.core.settings import Settings
from opsdesk.insight.spells import Dwell, Spell, dwell, histories, spells
from tests.insight.scored import LOOK, at, history, score

Said = tuple[tuple[float, str], ...]

DWELLS: list[tuple[str, Said, tuple[int, int, int, int]]] = [
    ("days in red or orange", ((-12, "r"),), (12, 12, 12, 1)),
    ("set today: no day yet", ((0, "r"),), (0, 0, 0, 1)),
    ("orange counts, and is not red", ((-12, "o"),), (12, 0, 12, 1)),
    ("orange → red is one stretch", ((-12, "o"), (-5, "r")), (12, 5, 5, 1)),
    ("orange → red → orange is one stretch", ((-12, "o"), (-5, "r"), (-2, "o")), (12, 3, 2, 1)),
    ("the same level again means confirmed: it ends nothing", ((-12, "r"), (-5, "r")), (12, 12, 12, 1)),
    ("green ends it", ((-12, "r"), (-5, "g")), (0, 0, 0, 1)),
    ("unknown ends nothing", ((-12, "r"), (-5, "u")), (12, 7, 5, 1)),
    ("red → unknown → red is one stretch", ((-12, "r"), (-5, "u"), (-2, "r")), (12, 12, 12, 1)),
    ("red → unknown → orange is one stretch", ((-12, "r"), (-5, "u"), (-2, "o")), (12, 10, 2, 1)),
    ("green ends what is unknown meanwhile", ((-12, "r"), (-5, "u"), (-2, "g")), (0, 0, 0, 1)),
    ("unknown opens nothing", ((-12, "g"), (-5, "u")), (0, 0, 0, 0)),
    ("a reopened flag begins anew and keeps its history", ((-40, "r"), (-30, "g"), (-3, "r")), (3, 3, 3, 2)),
    ("reopened twice", ((-40, "r"), (-30, "g"), (-20, "o"), (-10, "g"), (-3, "r")), (3, 3, 3, 3)),
    ("green all along", ((-40, "g"), (-30, "g")), (0, 0, 0, 0)),
    ("never said", (), (0, 0, 0, 0)),
    ("a flag that nobody confirmed is open still", ((-99, "r"),), (99, 99, 99, 1)),
]


@pytest.mark.parametrize(("source", "said", "expected"), DWELLS, ids=[case[0] for case in DWELLS])
def test_dwell(source: str, said: Said, expected: tuple[int, int, int, int]) -> None:
    assert counted(dwell(history(*said), LOOK)) == expected


def counted(found: Dwell) -> tuple[int, int, int, int]:
    return found.days, found.red_days, found.level_days, found.times


ALL: list[tuple[str, Said, int, float | None]] = [
    ("one that is open", ((-12, "r"),), 12, -12),
    ("two times, the second open", ((-40, "r"), (-30, "g"), (-3, "r")), 13, -40),
    ("two times, both over", ((-40, "r"), (-30, "g"), (-9, "o"), (-3, "g")), 16, -40),
    ("unknown meanwhile", ((-40, "r"), (-30, "u"), (-20, "g"), (-3, "r")), 23, -40),
    ("never", ((-40, "g"),), 0, None),
]


@pytest.mark.parametrize(("source", "said", "days", "first"), ALL, ids=[case[0] for case in ALL])
def test_all_times_together(source: str, said: Said, days: int, first: float | None) -> None:
    found = dwell(history(*said), LOOK)
    assert (found.all_days, found.first) == (days, None if first is None else at(first))


def test_a_spell_keeps_who_had_it_and_how_it_was_to_end() -> None:
    said = [
        score("r", -9, id="S-1", owner="raj", exit="DHL is live"),
        score("r", -8, id="S-2"),
        score("g", -5, id="S-3"),
        score("r", -1, id="S-4"),
    ]
    first, second = spells(said)
    assert (first.last, second.last) == (said[0], None)


def test_a_spell_says_when_it_began_and_ended_and_the_worst_it_came_to() -> None:
    first, second = spells(history((-40, "o"), (-35, "r"), (-33, "r"), (-32, "o"), (-30, "g"), (-3, "o")))
    levels: tuple[tuple[Level, datetime], ...] = (("orange", at(-40)), ("red", at(-35)), ("orange", at(-32)))
    assert first == Spell(level="red", since=at(-40), until=at(-30), levels=levels)
    assert second == Spell(level="orange", since=at(-3), levels=(("orange", at(-3)),))
    assert [each.open for each in (first, second)] == [False, True]


def test_the_days_are_those_of_the_companys_calendar() -> None:
    berlin = Settings(time_zone="Europe/Berlin")
    early = datetime(2026, 10, 23, 22, 30, tzinfo=UTC)  # half an hour past midnight there, in summer
    said = (replace(score("r"), at=early, since=early),)
    assert dwell(said, Look(datetime(2026, 10, 24, 21, 59, tzinfo=UTC), berlin)).days == 0  # 23:59 of that day
    assert dwell(said, Look(datetime(2026, 10, 24, 22, 0, tzinfo=UTC), berlin)).days == 1
    assert dwell(said, Look(datetime(2026, 10, 26, 22, 59, tzinfo=UTC), berlin)).days == 2  # 23:59, in winter


def test_a_flag_that_was_red_before_the_desk_knew_it_has_been_so_all_along() -> None:
    (known,) = spells([score("r", -3, since=-30), score("r", -1, since=-30)])
    assert known.since == at(-30)


def test_a_flag_begins_no_earlier_than_what_was_said_before_it() -> None:
    said = [score("g", -9, id="S-1"), score("g", -5, id="S-2"), score("r", -3, since=-30, id="S-3")]
    (known,) = spells(said)
    assert known.since == at(-5)


def test_a_spell_ends_with_the_first_green_not_with_its_confirmation() -> None:
    (known,) = spells(history((-9, "r"), (-5, "g"), (-3, "g")))
    assert known.until == at(-5)


def test_a_level_said_ahead_of_the_clock_has_lasted_no_day() -> None:
    assert counted(dwell(history((-2, "o"), (1, "r")), LOOK)) == (3, 0, 0, 1)


def test_one_customers_scores_are_told_apart_by_measure_and_put_in_order() -> None:
    early, late, other = score("r", -3), score("g", -1), score("o", -2, measure="Product")
    assert histories([late, other, early]) == {"support": (early, late), "product": (other,)}


def test_a_measure_that_is_spelt_otherwise_is_the_same_cell() -> None:
    early, late = score("r", -3, measure="support"), score("r", -1)
    assert histories([late, early]) == {"support": (early, late)}


SAID = st.lists(st.tuples(st.integers(-60, 0), st.sampled_from("rogu")), max_size=12)


def told(said: list[tuple[int, str]]) -> tuple[Score, ...]:
    return history(*sorted(said, key=lambda each: each[0]))


def still(said: tuple[Score, ...]) -> list[bool]:
    """After each thing said whether a flag is open."""
    found: list[bool] = []
    for each in said:
        found.append(each.flag or (each.level == "unknown" and bool(found) and found[-1]))
    return found


def beneath(said: tuple[Score, ...]) -> tuple[Score, ...]:
    """What is unknown while a flag is open counts as that flag, where more was said of it."""
    found: list[Score] = []
    for n, each in enumerate(said):
        ends = next((later.level for later in said[n + 1 :] if later.level != "unknown"), "")
        if each.level == "unknown" and found and still(said)[n] and ends in ("red", "orange"):
            found.append(replace(each, level=found[-1].level))
        else:
            found.append(each)
    return tuple(found)


def walked(history: tuple[Score, ...], today: date) -> tuple[int, int, int, int]:
    """By walking day by day: what the cell said at each day's end, and every change on the way."""
    said = beneath(history)
    flags = still(said)
    times = sum(now and not before for before, now in pairwise([False, *flags]))
    if not flags or not flags[-1]:
        return 0, 0, 0, times
    opened = len(flags) - next((n for n, flag in enumerate(reversed(flags)) if not flag), len(flags))
    days: list[str] = []
    each = said[opened].at.date()
    while each < today:
        days.append([score.level for score in said if score.at.date() <= each][-1])
        each += timedelta(days=1)
    run = next((n for n, level in enumerate(reversed(days)) if level != said[-1].level), len(days))
    turned = [score.at.date() for before, score in pairwise(said) if before.level != score.level]
    level = min(run, (today - max(turned)).days) if turned else run
    return len(days), days.count("red"), level, times


@given(SAID)
@settings(max_examples=200)
def test_dwell_is_what_a_walk_day_by_day_counts(said: list[tuple[int, str]]) -> None:
    cell = told(said)
    assert counted(dwell(cell, LOOK)) == walked(cell, LOOK.today)


@given(SAID, st.randoms(use_true_random=False))
@settings(max_examples=200)
def test_no_order_of_scoring_loses_history(said: list[tuple[int, str]], chance: Random) -> None:
    cell = told(said)
    mixed = sorted(cell, key=lambda _: chance.random())
    assert spells(mixed) == spells(cell)
    assert dwell(mixed, LOOK) == dwell(cell, LOOK)
    assert sorted(each.id for each in histories(mixed).get("support", ())) == sorted(each.id for each in cell)


@given(SAID)
@settings(max_examples=200)
def test_every_flag_that_was_said_lies_in_one_spell_and_nothing_else_does(said: list[tuple[int, str]]) -> None:
    cell = told(said)
    known = spells(cell)
    for before, after in pairwise(known):
        assert before.until is not None
        assert before.until <= after.since
    for spell in known:
        assert spell.since == spell.levels[0][1]
        assert spell.level == ("red" if any(level == "red" for level, _ in spell.levels) else "orange")
        assert all(one[0] != other[0] and one[1] <= other[1] for one, other in pairwise(spell.levels))
    taken = [(level, since) for spell in known for level, since in spell.levels if level != "unknown"]
    said_so = beneath(cell)
    turned = [now for before, now in pairwise([None, *said_so]) if now and (not before or before.level != now.level)]
    assert taken == [(each.level, each.at) for each in turned if each.flag]
