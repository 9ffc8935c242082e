from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opsdesk.core.dates import parse, readable, resolve
from opsdesk.core.settings import WEEKDAYS, Settings

MONDAY, FRIDAY, SATURDAY = date(2026, 11, 23), date(2026, 11, 27), date(2026, 11, 28)
DAYS = st.dates(date(1990, 1, 1), date(2190, 12, 31))


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        ("today", "2026-11-23"),
        ("tod", "2026-11-23"),
        ("tomorrow", "2026-11-24"),
        ("tmrw", "2026-11-24"),
        ("TMRW", "2026-11-24"),
        ("yesterday", "2026-11-22"),
        ("eod", "2026-11-23"),
        ("end of day", "2026-11-23"),
        ("eow", "2026-11-27"),
        ("end of week", "2026-11-27"),
        ("end of the week", "2026-11-27"),
        ("end of next week", "2026-12-04"),
        ("eom", "2026-11-30"),
        ("end of month", "2026-11-30"),
        ("end of next month", "2026-12-31"),
        ("eoq", "2026-12-31"),
        ("end of quarter", "2026-12-31"),
        ("end of next quarter", "2027-03-31"),
        ("eoy", "2026-12-31"),
        ("end of year", "2026-12-31"),
        ("mon", "2026-11-30"),
        ("monday", "2026-11-30"),
        ("tue", "2026-11-24"),
        ("tues", "2026-11-24"),
        ("wednesday", "2026-11-25"),
        ("thurs", "2026-11-26"),
        ("fri", "2026-11-27"),
        ("Friday", "2026-11-27"),
        ("sat", "2026-11-28"),
        ("sunday", "2026-11-29"),
        ("this fri", "2026-11-27"),
        ("next fri", "2026-12-04"),
        ("next monday", "2026-11-30"),
        ("last fri", "2026-11-20"),
        ("last mon", "2026-11-16"),
        ("+3d", "2026-11-26"),
        ("3d", "2026-11-26"),
        ("+2w", "2026-12-07"),
        ("2w", "2026-12-07"),
        ("+1m", "2026-12-23"),
        ("in 3 days", "2026-11-26"),
        ("in a day", "2026-11-24"),
        ("in 2 weeks", "2026-12-07"),
        ("in two weeks", "2026-12-07"),
        ("in a month", "2026-12-23"),
        ("in 1 month", "2026-12-23"),
        ("in a year", "2027-11-23"),
        ("27 nov", "2026-11-27"),
        ("27. Nov", "2026-11-27"),
        ("nov 27", "2026-11-27"),
        ("Nov. 27th", "2026-11-27"),
        ("27 november 2026", "2026-11-27"),
        ("november 27, 2026", "2026-11-27"),
        ("22 nov", "2026-11-22"),
        ("1 nov", "2026-11-01"),
        ("nov 20", "2026-11-20"),
        ("20.11.", "2026-11-20"),
        ("20/11", "2026-11-20"),
        ("25 aug", "2026-08-25"),
        ("24 aug", "2027-08-24"),
        ("22 nov 2027", "2027-11-22"),
        ("23 nov", "2026-11-23"),
        ("22 nov 2026", "2026-11-22"),
        ("3 sept", "2026-09-03"),
        ("27.11.", "2026-11-27"),
        ("1.2.", "2027-02-01"),
        ("27.11.2026", "2026-11-27"),
        ("27.11.26", "2026-11-27"),
        ("2026-11-27", "2026-11-27"),
        ("2019-01-02", "2019-01-02"),
        ("29 feb", "2028-02-29"),
        ("q1", "2027-03-31"),
        ("Q4", "2026-12-31"),
        ("q3", "2027-09-30"),
        ("q3 2026", "2026-09-30"),
        ("fri.", "2026-11-27"),
        ("tomorrow,", "2026-11-24"),
        ("  next   fri ", "2026-12-04"),
    ],
)
def test_words_said_on_a_monday(words: str, meant: str) -> None:
    assert parse(words, MONDAY) == date.fromisoformat(meant)


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        ("fri", "2026-12-04"),
        ("next fri", "2026-12-04"),
        ("this fri", "2026-11-27"),
        ("last fri", "2026-11-20"),
        ("mon", "2026-11-30"),
        ("next mon", "2026-11-30"),
        ("thu", "2026-12-03"),
        ("this thu", "2026-11-26"),
        ("last thu", "2026-11-26"),
        ("eow", "2026-11-27"),
        ("27 nov", "2026-11-27"),
    ],
)
def test_words_said_on_a_friday(words: str, meant: str) -> None:
    assert parse(words, FRIDAY) == date.fromisoformat(meant)


def test_after_the_last_working_day_the_end_of_the_week_is_next_weeks() -> None:
    assert parse("eow", SATURDAY) == date(2026, 12, 4)


@pytest.mark.parametrize(
    ("words", "order", "meant"),
    [
        ("1/12", "dmy", "2026-12-01"),
        ("1/12", "mdy", "2027-01-12"),
        ("27/11", "dmy", "2026-11-27"),
        ("11/27", "mdy", "2026-11-27"),
        ("27/11", "mdy", "2026-11-27"),
        ("11/27", "dmy", "2026-11-27"),
        ("27/11/2026", "dmy", "2026-11-27"),
        ("11/27/26", "mdy", "2026-11-27"),
        ("1.12.", "mdy", "2026-12-01"),
    ],
)
def test_slashes_follow_the_configured_order_where_they_can(words: str, order: str, meant: str) -> None:
    assert parse(words, MONDAY, "mdy" if order == "mdy" else "dmy") == date.fromisoformat(meant)


@pytest.mark.parametrize(
    "words",
    [
        *("", "soon", "monkey", "call", "tom", "may", "nov", "27", "27.11", "3.12", "24/7", "13/13", "30/2", "31.2."),
        *(
            "30 feb",
            "2026-02-30",
            "2026-13-01",
            "q5",
            "q0",
            "in weeks",
            "in 2",
            "in 5000 days",
            "+1000d",
            "2m",
            "m",
            "+d",
        ),
        *(
            "next",
            "next soon",
            "next week",
            "end of time",
            "0 nov",
            "nov 32",
            "fri sat",
            "on fri",
            "in ² weeks",
            ".",
            ",",
        ),
    ],
)
def test_what_is_no_date(words: str) -> None:
    assert parse(words, MONDAY) is None


@pytest.mark.parametrize(
    ("today", "words", "meant"),
    [
        (date(2027, 1, 31), "in a month", date(2027, 2, 28)),
        (date(2028, 1, 31), "in a month", date(2028, 2, 29)),
        (date(2026, 12, 31), "+2m", date(2027, 2, 28)),
        (date(2028, 2, 29), "in a year", date(2029, 2, 28)),
        (date(2026, 11, 30), "eom", date(2026, 11, 30)),
        (date(2028, 2, 1), "eom", date(2028, 2, 29)),
        (date(2026, 12, 31), "tomorrow", date(2027, 1, 1)),
        (date(2026, 12, 31), "q4", date(2026, 12, 31)),
        (date(2097, 1, 1), "29 feb", date(2104, 2, 29)),
        (date(2096, 3, 1), "29 feb", date(2096, 2, 29)),
        (date(2097, 1, 10), "20 dec", date(2096, 12, 20)),
        (date(1, 1, 10), "20 dec", None),
        (date(9999, 12, 31), "tomorrow", None),
        (date(9999, 12, 31), "q1", None),
    ],
)
def test_ends_of_months_years_and_of_the_calendar(today: date, words: str, meant: date | None) -> None:
    assert parse(words, today) == meant


@pytest.mark.parametrize(
    ("days", "meant"),
    [
        (("sun", "mon", "tue", "wed", "thu"), date(2026, 11, 26)),
        (("mon", "tue", "wed", "thu", "fri", "sat"), date(2026, 11, 28)),
        (("mon", "tue", "wed", "thu", "fri", "sat", "sun"), date(2026, 11, 29)),
    ],
)
def test_the_week_ends_where_the_company_says(days: tuple[str, ...], meant: date) -> None:
    settings = Settings(working_days=days)
    assert resolve("eow", MONDAY, settings) == meant


@given(DAYS, st.sampled_from(WEEKDAYS))
def test_a_weekday_lies_in_the_next_seven_days_and_next_in_the_next_week(today: date, name: str) -> None:
    plain, following, previous = parse(name, today), parse(f"next {name}", today), parse(f"last {name}", today)
    assert plain is not None
    assert following is not None
    assert previous is not None
    assert timedelta(1) <= plain - today <= timedelta(7)
    assert timedelta(1) <= today - previous <= timedelta(7)
    assert following.isocalendar()[:2] == (today + timedelta(7)).isocalendar()[:2]
    assert plain.weekday() == following.weekday() == previous.weekday()


@given(DAYS, DAYS)
def test_every_way_of_writing_a_day_with_its_year_reads_the_same(today: date, day: date) -> None:
    month = f"{day:%B}".lower()
    written = [
        day.isoformat(),
        f"{day.day}.{day.month}.{day.year}",
        f"{day.day}/{day.month}/{day.year}",
        f"{day.day:02}/{day.month:02}/{day.year}",
    ]
    if day.year >= 2000:
        written += [f"{day.day} {month[:3]} {day.year}", f"{month} {day.day}, {day.year}"]
    assert {parse(words, today) for words in written} == {day}
    assert parse(f"{day.month}/{day.day}/{day.year}", today, "mdy") == day


@given(DAYS, DAYS)
def test_a_day_without_a_year_passed_lately_or_is_the_next_such_day(today: date, day: date) -> None:
    found = parse(f"{day.day}.{day.month}.", today)
    assert found is not None
    assert (found.day, found.month) == (day.day, day.month)
    assert today - timedelta(90) <= found <= today + timedelta(366 * 8)


@given(st.text(), DAYS)
def test_no_text_breaks_it(words: str, today: date) -> None:
    assert parse(words, today) is None or isinstance(parse(words, today), date)


def test_a_day_is_read_out_with_its_year_only_where_that_is_another() -> None:
    assert readable(FRIDAY, MONDAY) == "Fri 27 Nov"
    assert readable(date(2027, 3, 1), MONDAY) == "Mon 1 Mar 2027"
