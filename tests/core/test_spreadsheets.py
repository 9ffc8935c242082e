"""Dates, times and truths as spreadsheets write them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opsdesk.core.errors import Invalid
from opsdesk.core.settings import DateOrder, Settings
from opsdesk.core.spreadsheets import ambiguous, day, instant, truth

BERLIN = Settings(time_zone="Europe/Berlin")
NEW_YORK = Settings(time_zone="America/New_York", date_order="mdy")
DAYS = st.dates(date(2000, 1, 1), date(2099, 12, 31))
STYLES: dict[DateOrder, tuple[str, ...]] = {
    "dmy": ("%Y-%m-%d", "%Y-%m-%d 00:00:00", "%d.%m.%Y", "%d.%m.%y", "%d/%m/%Y", "%d-%m-%Y", "%d/%m/%y"),
    "mdy": ("%Y-%m-%d", "%d.%m.%Y", "%m/%d/%Y", "%m-%d-%Y", "%m/%d/%y"),
}


def refused(read: Callable[[], object]) -> bool:
    try:
        read()
    except ValueError:
        return True
    return False


@given(DAYS, st.sampled_from([(order, style) for order, styles in STYLES.items() for style in styles]))
def test_a_date_is_read_as_it_was_written(on: date, how: tuple[DateOrder, str]) -> None:
    assert day(on.strftime(how[1]), how[0]) == on


@given(DAYS)
def test_only_what_can_be_two_dates_is_ambiguous(on: date) -> None:
    written = on.strftime("%d/%m/%Y")
    try:
        other = day(written, "mdy")
    except ValueError:
        other = on
    assert ambiguous(written) == (other != on)


@pytest.mark.parametrize(
    ("cell", "order"),
    [("27/11/2026", "mdy"), ("11/27/2026", "dmy"), ("31.2.2026", "dmy"), ("fri", "dmy"), ("27.11.", "dmy"), ("", "dmy"),
     ("2026/11/27", "dmy"), ("01. Mai", "dmy"), ("2026-11-27x", "dmy")],
)  # fmt: skip
def test_nothing_else_is_a_date(cell: str, order: DateOrder) -> None:
    assert refused(lambda: day(cell, order))


@pytest.mark.parametrize("cell", ["45988", "45988.625", "45988,625", " 45988 "])
def test_the_number_that_is_left_of_a_date_is_said_to_be_one(cell: str) -> None:
    for read in (lambda: day(cell, "dmy"), lambda: instant(cell, BERLIN)):
        with pytest.raises(Invalid, match=r"counts a day by \(in Excel 2025-11-27\): format the column as a date"):
            read()


def test_excels_first_day_after_its_false_leap_day() -> None:
    assert date(1899, 12, 30) + timedelta(45988) == date(2025, 11, 27)


@pytest.mark.parametrize(
    ("cell", "settings", "expected"),
    [
        ("2026-11-27T15:00:00Z", BERLIN, (15, 0, 0)),
        ("2026-11-27T15:00:00+01:00", NEW_YORK, (14, 0, 0)),
        ("2026-11-27 15:00", BERLIN, (14, 0, 0)),
        ("27.11.2026 15:00", BERLIN, (14, 0, 0)),
        ("27/11/2026 15:00:09", BERLIN, (14, 0, 9)),
        ("11/27/2026 3:00 PM", NEW_YORK, (20, 0, 0)),
        ("11/27/2026 12:05:09 AM", NEW_YORK, (5, 5, 9)),
    ],
)
def test_a_time_without_an_offset_is_the_companys(cell: str, settings: Settings, expected: tuple[int, ...]) -> None:
    assert instant(cell, settings) == datetime(2026, 11, 27, *expected, tzinfo=UTC)


@pytest.mark.parametrize("cell", ["27.11.2026", "27.11.2026 25:00", "27.11.2026 13:00 PM", "11/27/2026 10:00", "now"])
def test_nothing_else_is_a_time(cell: str) -> None:
    assert refused(lambda: instant(cell, BERLIN))


@pytest.mark.parametrize(
    ("cells", "expected"),
    [(("TRUE", "WAHR", "VRAI", "1", "yes", " true "), True), (("FALSE", "FALSCH", "FAUX", "0", "No"), False)],
)
def test_truth_in_several_languages(cells: tuple[str, ...], expected: bool) -> None:
    assert [truth(cell) for cell in cells] == [expected] * len(cells)
    assert refused(lambda: truth("perhaps"))
