"""Coverage: of how many customers anybody knows how they are."""

from __future__ import annotations

import pytest

from opsdesk.core.customers import Customer
from opsdesk.insight.coverage import Coverage, coverage
from opsdesk.insight.rollup import rolled
from opsdesk.insight.sheet import SheetRow
from tests.insight.scored import LOOK, PLAIN, look, score

NAMES = tuple(measure.name for measure in PLAIN.measures)
OLD = -100


def row(said: str, active: bool = True) -> SheetRow:
    """A letter a measure; stale where it is a capital, not there where it is a dot."""
    cells = tuple(
        None if letter == "." else score(letter.lower(), OLD if letter.isupper() else 0, measure=name)
        for name, letter in zip(NAMES, said, strict=True)
    )
    known = [cell for cell in cells if cell is not None]
    customer = Customer(handle="acme", name="Acme", active=active)
    return SheetRow(customer=customer, cells=cells, rolled=rolled(known, PLAIN, LOOK))


CASES = [
    ("share of active customers with a fresh score", ["ggggg", "g....", "GGGGG", "....."], (2, 4, 1, 0.3)),
    ("a stale score is not fresh, not even a red one", ["RRRRR"], (0, 1, 0, 0.0)),
    ("unknown is no score", ["uuuuu"], (0, 1, 0, 0.0)),
    ("one fresh score among stale ones is one", ["GGrGG"], (1, 1, 0, 0.2)),
    ("every measure fresh, whatever its level", ["rogrg"], (1, 1, 1, 1.0)),
]


@pytest.mark.parametrize(("source", "rows", "expected"), CASES, ids=[case[0] for case in CASES])
def test_coverage(source: str, rows: list[str], expected: tuple[int, int, int, float]) -> None:
    fresh, active, complete, cells = expected
    found = coverage([row(said) for said in rows], LOOK)
    assert found == Coverage(fresh=fresh, active=active, complete=complete, cells=cells)


def test_customers_that_left_do_not_count() -> None:
    found = coverage([row("ggggg"), row("ggggg", active=False), row(".....", active=False)], LOOK)
    assert (found.fresh, found.active, found.share) == (1, 1, 1)


def test_without_customers_there_is_no_share() -> None:
    found = coverage([], LOOK)
    assert (found.share, found.percent, found.cells, found.met) == (None, None, None, True)


@pytest.mark.parametrize(
    ("fresh", "active", "percent", "met"),
    [(19, 20, 95, True), (18, 20, 90, False), (189, 199, 94, False), (190, 200, 95, True), (20, 20, 100, True)],
)
def test_the_goal_is_95_per_cent_and_what_misses_it_never_reads_so(
    fresh: int, active: int, percent: int, met: bool
) -> None:
    found = Coverage(fresh=fresh, active=active)
    assert (found.goal, found.percent, found.met) == (95, percent, met)


def test_it_goes_down_by_itself_as_days_pass() -> None:
    rows = [row("ggggg"), row("r....")]
    assert [coverage(rows, look(days)).fresh for days in (0, 14, 15, 60, 61)] == [2, 2, 1, 1, 0]
