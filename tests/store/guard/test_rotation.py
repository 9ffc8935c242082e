from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opsdesk.store.guard.rotation import DAYS, WEEKS, kept

MONDAY = date(2026, 11, 23)
YEAR = timedelta(days=365)
days = st.dates(date(2026, 9, 1), date(2027, 1, 31))


def back(*numbers: int) -> set[date]:
    return {MONDAY - timedelta(days=number) for number in numbers}


def test_of_forty_days_in_a_row_seven_days_and_the_ends_of_three_weeks_before_are_kept() -> None:
    # The newest of the last four weeks are Monday the 23rd itself and the Sundays 22, 15 and 8.
    assert kept(back(*range(40)), MONDAY) == back(0, 1, 2, 3, 4, 5, 6, 8, 15)


def test_days_without_a_backup_make_nothing_old() -> None:
    worked = back(0, 30, 60, 90, 120, 150, 180)
    assert kept(worked, MONDAY) == worked
    assert kept(back(*range(0, 400, 20)), MONDAY) == back(*range(0, 140, 20))


def test_a_week_is_the_isos_also_over_new_year() -> None:
    new_year = date(2027, 1, 1)  # a Friday of week 53 of 2026
    dates = {new_year + timedelta(days=number) for number in range(-30, 9)}
    assert kept(dates, date(2027, 1, 9)) == {
        date(2026, 12, 20),
        date(2026, 12, 27),
        *(date(2027, 1, number) for number in range(3, 10)),
    }


@pytest.mark.parametrize("wrong", [1, 3, 20])
@pytest.mark.parametrize("year", [YEAR, -YEAR])
def test_however_long_a_clock_was_a_year_wrong_no_good_day_goes(year: timedelta, wrong: int) -> None:
    usual = kept(back(*range(40)), MONDAY)
    there = set(usual)
    for number in range(wrong):
        day = MONDAY + year + timedelta(days=number)
        there = kept(there | {day}, day)
        assert usual <= there
    assert usual <= kept(there, MONDAY)


@given(st.sets(days), days)
def test_days_to_come_stay_and_count_for_nothing(dates: set[date], today: date) -> None:
    future = {day for day in dates if day > today}
    assert kept(dates, today) == kept(dates - future, today) | future


@given(st.sets(days), days)
def test_the_newest_seven_stay_and_no_more_than_the_weeks_besides(dates: set[date], today: date) -> None:
    past = sorted(day for day in dates if day <= today)
    found = kept(past, today)
    assert set(past[-DAYS:]) <= found <= set(past)
    assert len(found) <= 2 * (DAYS + WEEKS)
    weeks = sorted({day.isocalendar()[:2] for day in past})[-WEEKS:]
    assert {max(day for day in past if day.isocalendar()[:2] == week) for week in weeks} <= found


@given(st.sets(days), days)
def test_what_is_kept_is_kept_again(dates: set[date], today: date) -> None:
    assert kept(kept(dates, today), today) == kept(dates, today)


@given(st.lists(days, unique=True).map(sorted))
def test_putting_away_day_by_day_keeps_what_putting_away_at_once_keeps(dates: list[date]) -> None:
    there: set[date] = set()
    for day in dates:
        there = kept(there | {day}, day)
    assert there == kept(dates, max(dates, default=MONDAY))
