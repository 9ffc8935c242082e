"""How the columns of the score sheet share a line, and that each level differs by shape and letter."""

from __future__ import annotations

from itertools import combinations
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opsdesk.core.customers import Customer
from opsdesk.core.scores import Level, Score
from opsdesk.core.settings import MEASURES, Measure
from opsdesk.insight.rollup import rolled
from opsdesk.insight.sheet import SheetRow
from opsdesk.ui.ink import width
from opsdesk.ui.scores.plan import Form, plan
from opsdesk.ui.scores.rows import Rows, heads, sign
from opsdesk.ui.widgets.columns import Row
from tests.insight.scored import look

NAMES = [measure.name for measure in MEASURES]
EIGHT = [*NAMES, "Security", "Training", "Billing"]
LOOK = look()


def score(level: Level, days: int = 0) -> Score:
    at = LOOK.begun(days)
    return Score(customer="acme", measure="Product", level=level, at=at, since=at)


def test_at_120_columns_nothing_is_left_out_and_no_head_of_five_is_below_eight_letters() -> None:
    found = plan(115, NAMES, 18)
    assert (found.form, found.pitch) == ("wide", 9)
    assert min(found.trend, found.why, found.who) > 0


def test_at_80_columns_heads_are_short_and_reasons_go_before_cells() -> None:
    found = plan(76, NAMES, 18)
    assert (found.form, found.pitch, found.why) == ("wide", 6, 0)
    assert found.trend
    assert found.who


def test_eight_measures_at_80_columns_keep_shape_and_letter() -> None:
    found = plan(76, EIGHT, 18)
    assert (found.form, found.pitch, found.measures) == ("wide", 5, 8)


def test_at_40_columns_cells_shrink_last() -> None:
    assert plan(36, NAMES, 18).form == "tight"
    assert plan(32, EIGHT, 18).form == "letter"


def test_at_200_columns_value_and_when_it_was_discussed_are_told_too() -> None:
    found = plan(195, NAMES, 18)
    assert found.value
    assert found.spoken
    assert found.pitch == len("Relationship") + 2


def test_before_others_than_the_team_there_is_no_column_of_people() -> None:
    assert plan(115, NAMES, 18, owners=False).who == 0


@given(
    st.integers(min_value=30, max_value=300),
    st.lists(st.text("abc日", min_size=1, max_size=24), min_size=1, max_size=8),
    st.integers(min_value=0, max_value=80),
)
def test_a_line_never_is_longer_than_the_room_and_never_loses_a_measure(
    room: int, measures: list[str], longest: int
) -> None:
    found = plan(room, measures, longest)
    assert sum(found.widths) <= room
    assert found.measures == len(measures)
    assert [found.measure_at(found.first + n * found.pitch) for n in range(len(measures))] == [*range(len(measures))]
    assert found.measure_at(found.first - 1) is None
    head = heads([Measure(name=name) for name in measures], found)
    assert sum(width(piece.text) for piece in head) <= room + 1


@pytest.mark.parametrize("form", get_args(Form))
def test_each_level_differs_without_colour_fresh_or_stale(form: Form) -> None:
    cells = {sign(score(level, days), LOOK, form).text for level in ("red", "orange", "green") for days in (0, 90)}
    cells.add(sign(None, LOOK, form).text)
    assert len(cells) == 7
    assert all(left != right for left, right in combinations(cells, 2))


def test_each_level_differs_by_shape_and_by_letter() -> None:
    fresh = [sign(score(level), LOOK).text.split() for level in ("red", "orange", "green")]
    stale = [sign(score(level, 90), LOOK).text.split() for level in ("red", "orange", "green")]
    assert len({shape for shape, _ in fresh}) == len({letter for _, letter in fresh}) == 3
    assert {shape for shape, _ in stale} == {"○"}
    assert [letter for _, letter in stale] == ["r", "o", "g"]
    assert {shape for shape, _ in fresh} & {"○", "·"} == set()


def test_what_nobody_said_and_what_is_unknown_look_alike() -> None:
    assert sign(score("unknown"), LOOK) == sign(None, LOOK)


def test_rows_are_made_once_and_only_where_they_are_asked_for() -> None:
    made: list[str] = []

    def make(row: SheetRow) -> Row:
        made.append(row.customer.handle)
        return Row(key=row.customer.handle)

    customers = [Customer(handle=f"c{n}", name=f"Customer {n}") for n in range(2_000)]
    nothing = rolled((), LOOK.settings, LOOK)
    rows = Rows([SheetRow(customer=each, cells=(), rolled=nothing) for each in customers], make)
    assert [row.key for row in rows[5:8]] == ["c5", "c6", "c7"]
    assert (rows[5].key, rows.place("c1999"), rows.place("gone"), len(rows)) == ("c5", 1999, None, 2_000)
    assert made == ["c5", "c6", "c7"]
