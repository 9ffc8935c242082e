"""What a customer's cells come to, by the sentences of the subject."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from opsdesk.core.registers.overrides import Override
from opsdesk.core.scores import Score
from opsdesk.core.settings import Measure, Settings
from opsdesk.insight.rollup import Rolled, rolled
from tests.insight.scored import LETTERS, LOOK, PLAIN, day, look, score

NAMES = tuple(measure.name for measure in PLAIN.measures)
WEIGHTED = replace(PLAIN, roll_up="weighted")
OLD = -100


def judged(level: Literal["red", "orange", "green"], until: date) -> Override:
    return Override(title="They renewed", customer="acme", level=level, until=until)


def cells(said: str) -> list[Score]:
    """One a measure, in order: a letter, stale where it is a capital, not there where it is a dot."""
    return [
        score(letter.lower(), OLD if letter.isupper() else 0, measure=name)
        for name, letter in zip(NAMES, said, strict=False)
        if letter != "."
    ]


def of(said: str, settings: Settings = PLAIN) -> Rolled:
    return rolled(cells(said), settings, LOOK)


STRICT = [
    ("the worst open flag decides", "ggogr", "red"),
    ("strict by default: any red makes red", "ggggr", "red"),
    ("the worst open flag decides: orange without a red", "ogggg", "orange"),
    ("without an open flag it is green", "ggggg", "green"),
    ("unknown cells are left out", "uggg.", "green"),
    ("unknown cells are left out: nothing known is unknown", "uu...", "unknown"),
    ("nothing said is unknown", ".....", "unknown"),
    ("stale cells are left out: a green that nobody confirmed proves nothing", "GGG..", "unknown"),
    ("stale cells are left out beside a fresh green", "GGGg.", "green"),
    ("a flag that nobody confirmed is open still: a stale red is red", "Rgggg", "red"),
    ("a flag that nobody confirmed is open still: a stale orange is orange", "Ogggg", "orange"),
    ("the worst open flag decides, stale or not", "Roggg", "red"),
    ("a flag cannot be forgotten: a stale red where nothing else is known", "RG...", "red"),
]


@pytest.mark.parametrize(("source", "said", "level"), STRICT, ids=[case[0] for case in STRICT])
def test_strict_roll_up(source: str, said: str, level: str) -> None:
    assert of(said).level == of(said).computed == level


MEANS = [
    ("weighted mean: red 2, orange 1, green 0; five oranges are 1", "ooooo", "orange"),
    ("red from 1.5 on: one red and one orange are 1.5", "ro...", "red"),
    ("red from 1.5 on: two reds and three oranges are 1.4", "rrooo", "orange"),
    ("orange from 0.5 on: one orange and one green are 0.5", "og...", "orange"),
    ("orange from 0.5 on: two oranges and three greens are 0.4", "ooggg", "green"),
    ("one red among five is 0.4", "rgggg", "green"),
    ("unknown cells are left out of the mean", "ruuuu", "red"),
    ("stale cells are left out of the mean: a stale green does not soften a red", "rGGGG", "red"),
    ("stale cells are left out of the mean, red as well", "Rg...", "green"),
    ("stale cells are left out of the mean, orange as well", "Og...", "green"),
    ("stale cells are left out: a fresh orange beside a stale red", "Ro...", "orange"),
    ("nothing fresh is unknown, whatever is stale", "RO...", "unknown"),
    ("nothing known is unknown", "uGG..", "unknown"),
]


@pytest.mark.parametrize(("source", "said", "level"), MEANS, ids=[case[0] for case in MEANS])
def test_weighted_roll_up(source: str, said: str, level: str) -> None:
    assert of(said, WEIGHTED).level == level


def test_a_measure_counts_as_much_as_its_weight() -> None:
    heavy = replace(WEIGHTED, measures=(Measure(name="Product", weight=3), Measure(name="Support", weight=1)))
    said = [score("r", measure="Product"), score("g", measure="Support")]
    assert rolled(said, heavy, LOOK).level == "red"  # 6 / 4
    said = [score("g", measure="Product"), score("r", measure="Support")]
    assert rolled(said, heavy, LOOK).level == "orange"  # 2 / 4


def test_a_measure_without_weight_is_left_out_of_the_mean_only() -> None:
    light = (Measure(name="Product", weight=0), Measure(name="Support", weight=1))
    said = [score("r", measure="Product"), score("g", measure="Support")]
    assert rolled(said, replace(WEIGHTED, measures=light), LOOK).level == "green"
    assert rolled(said, replace(PLAIN, measures=light), LOOK).level == "red"
    assert rolled(said[:1], replace(WEIGHTED, measures=light), LOOK).level == "unknown"


def test_where_no_measure_has_a_weight_all_count_alike() -> None:
    none = (Measure(name="Product", weight=0), Measure(name="Support", weight=0))
    found = rolled([score("r", measure="Product")], replace(WEIGHTED, measures=none), LOOK)
    assert (found.level, found.share) == ("red", 0.5)


def test_a_mean_of_exactly_one_and_a_half_is_red_also_in_tenths() -> None:
    tenths = tuple(Measure(name=name, weight=0.1) for name in NAMES[:4])
    said = [score(letter, measure=name) for name, letter in zip(NAMES, "rroo", strict=False)]
    assert rolled(said, replace(WEIGHTED, measures=tenths), LOOK).level == "red"


SHARES = [
    ("the share known is shown", "ggg..", 0.6),
    ("unknown is not known", "guu..", 0.2),
    ("a stale cell is not known any more", "gGR..", 0.2),
    ("all known and fresh", "rogrg", 1.0),
    ("nothing known", ".....", 0.0),
]


@pytest.mark.parametrize(("source", "said", "share"), SHARES, ids=[case[0] for case in SHARES])
def test_the_share_known(source: str, said: str, share: float) -> None:
    assert of(said).share == share


def test_the_share_known_goes_by_weight() -> None:
    heavy = replace(PLAIN, measures=(Measure(name="Product", weight=3), Measure(name="Support", weight=1)))
    assert rolled([score("g", measure="Product")], heavy, LOOK).share == 0.75


def test_stale_cells_are_counted_unknown_ones_are_not_stale() -> None:
    assert of("RGgUu").stale == 2


def test_stale_flags_are_counted_also_where_they_do_not_decide() -> None:
    for rule, level in ((PLAIN, "red"), (WEIGHTED, "unknown")):
        found = of("ROGu.", rule)
        assert (found.level, found.stale, found.stale_flags) == (level, 3, 2)
        assert found.by is not None, "the worst open flag is named"


GONE = [
    ("an open red of a measure that is no more stays in force", "r", PLAIN, "red"),
    ("an orange too", "o", PLAIN, "orange"),
    ("the mean has no weight for it", "r", WEIGHTED, "green"),
]


@pytest.mark.parametrize(("source", "level", "rule", "expected"), GONE, ids=[case[0] for case in GONE])
def test_a_flag_of_a_measure_that_is_no_more(source: str, level: str, rule: Settings, expected: str) -> None:
    gone = score(level, measure="Fax")
    found = rolled([gone, score("g")], rule, LOOK)
    assert (found.level, found.by, found.no_measure) == (expected, gone, (gone,))
    assert (found.stale, found.share) == (0, 0.2), "it is no cell of the sheet"


def test_what_is_no_flag_of_a_measure_that_is_no_more_does_not_count() -> None:
    for level in "gu":
        found = rolled([score(level, measure="Fax")], PLAIN, LOOK)
        assert (found.level, found.by, found.no_measure) == ("unknown", None, ())


def test_measures_are_told_apart_without_regard_to_case() -> None:
    for rule in (PLAIN, WEIGHTED):
        found = rolled([score("r", measure="SUPPORT")], rule, LOOK)
        assert (found.level, found.share, found.no_measure) == ("red", 0.2, ())


def test_it_names_the_worst_flag_and_of_equals_the_one_open_longest() -> None:
    short, long = score("r", -1, measure="Product"), score("r", since=-9, measure="Delivery")
    older = score("o", -1, since=-40)
    for settings_ in (PLAIN, WEIGHTED):
        assert rolled([older, short, long], settings_, LOOK).by == long
    assert of("ggggg").by is None


OVERRIDES = [
    ("the override is the level while it holds", 1, "green"),
    ("up to and with its last day", 0, "green"),
    ("an override has an expiry", -1, "red"),
]


@pytest.mark.parametrize(("source", "until", "level"), OVERRIDES, ids=[case[0] for case in OVERRIDES])
def test_an_override(source: str, until: int, level: str) -> None:
    green = judged("green", day(until))
    found = rolled(cells("rgggg"), PLAIN, LOOK, green)
    assert (found.level, found.computed) == (level, "red"), "the computed value stays visible"
    assert found.override == (green if level == "green" else None)
    assert found.by is not None, "and so does the flag behind it"


def test_an_override_ends_at_midnight_of_the_company() -> None:
    tokyo = replace(PLAIN, time_zone="Asia/Tokyo")
    last = judged("green", date(2026, 11, 24))  # in Tokyo it is 24 November already, until 15:00 UTC of that day
    assert rolled(cells("r"), tokyo, look(0, tokyo), last).level == "green"
    assert rolled(cells("r"), tokyo, look(0.999, tokyo), last).level == "green"
    assert rolled(cells("r"), tokyo, look(1, tokyo), last).level == "red"


def test_an_override_makes_worse_too_and_stands_where_nothing_is_known() -> None:
    assert rolled(cells("ggggg"), PLAIN, LOOK, judged("red", day())).level == "red"
    assert rolled((), PLAIN, LOOK, judged("orange", day())).level == "orange"


SAID = st.lists(
    st.tuples(st.sampled_from(sorted(LETTERS)), st.integers(-200, 0), st.sampled_from([0, 0, 1, 30])), max_size=5
)


def sheet_row(said: Sequence[tuple[str, int, int]]) -> list[Score]:
    return [
        score(letter, days, measure=name, valid_days=valid)
        for name, (letter, days, valid) in zip(NAMES, said, strict=False)
    ]


@given(SAID)
@settings(max_examples=200)
def test_no_red_is_ever_hidden_under_the_strict_rule(said: list[tuple[str, int, int]]) -> None:
    row = sheet_row(said)
    found = rolled(row, PLAIN, LOOK)
    assert (found.level == "red") == any(each.level == "red" for each in row)
    assert (found.level in ("red", "orange")) == any(each.flag for each in row) == (found.by is not None)


@given(SAID, st.permutations(range(5)), st.sampled_from([PLAIN, WEIGHTED]))
@settings(max_examples=100)
def test_the_order_of_the_cells_does_not_matter(
    said: list[tuple[str, int, int]], order: list[int], rule: Settings
) -> None:
    row = sheet_row(said)
    shuffled = [row[place] for place in order if place < len(row)]
    one, other = rolled(row, rule, LOOK), rolled(shuffled, rule, LOOK)
    assert (one.level, one.share, one.stale) == (other.level, other.share, other.stale)


@given(SAID, st.integers(0, 4), st.sampled_from([PLAIN, WEIGHTED]))
@settings(max_examples=100)
def test_a_cell_that_gets_worse_never_makes_a_customer_better(
    said: list[tuple[str, int, int]], which: int, rule: Settings
) -> None:
    row = sheet_row(said)
    harm = {"unknown": -1, "green": 0, "orange": 1, "red": 2}
    if which < len(row) and row[which].fresh(LOOK):
        red = [*row[:which], replace(row[which], level="red", at=LOOK.now), *row[which + 1 :]]
        assert harm[rolled(red, rule, LOOK).level] >= harm[rolled(row, rule, LOOK).level]
