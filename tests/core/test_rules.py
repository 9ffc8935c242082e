"""Which recurrence rules a meeting may have, and how they are said."""

from __future__ import annotations

from datetime import date, datetime, time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from opsdesk.core.rules import DEFAULT_ANCHOR, FREQUENCIES, is_time, is_zone, problem, spoken, wall_times


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ("FREQ=DAILY", "every day"),
        ("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "every week on Mon to Fri"),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=TH", "every 2 weeks on Thu"),
        ("FREQ=WEEKLY;BYDAY=MO,WE", "every week on Mon, Wed"),
        ("FREQ=MONTHLY;INTERVAL=3;BYDAY=2TH", "every 3 months on the 2nd Thu"),
        ("FREQ=MONTHLY;BYDAY=-1FR", "every month on the last Fri"),
        ("FREQ=MONTHLY;BYDAY=-2FR,4TU", "every month on the 2nd last Fri, the 4th Tue"),
        ("FREQ=MONTHLY;BYMONTHDAY=1,15", "every month on day 1, 15"),
        ("FREQ=YEARLY;BYMONTH=1,7;BYMONTHDAY=1", "every year on day 1 in month 1, 7"),
    ],
)
def test_a_good_rule_has_no_problem_and_is_said_in_words(rule: str, words: str) -> None:
    assert problem(rule) == ""
    assert spoken(rule) == words


@pytest.mark.parametrize(
    ("rule", "allowed"),
    [
        ("", "FREQ= one of DAILY, WEEKLY, MONTHLY, YEARLY"),
        ("weekly", "FREQ= one of"),
        ("FREQ=HOURLY", "FREQ= one of"),
        ("FREQ=WEEKLY;FREQ=DAILY", "FREQ= one of|each at most once"),
        ("FREQ=WEEKLY;BYHOUR=9", "each at most once: FREQ, INTERVAL, BYDAY, BYMONTH, WKST"),
        ("FREQ=WEEKLY;BYMONTHDAY=9", "each at most once"),
        ("FREQ=WEEKLY;COUNT=9", "each at most once"),
        ("FREQ=DAILY;INTERVAL=0", "INTERVAL= a number from 1 to 99"),
        ("FREQ=DAILY;INTERVAL=٣", "INTERVAL= a number from 1 to 99"),
        ("FREQ=WEEKLY;BYDAY=2TH", "BYDAY= weekdays"),
        ("FREQ=MONTHLY;BYDAY=6TH", "BYDAY= weekdays"),
        ("FREQ=WEEKLY;BYDAY=", "BYDAY= weekdays"),
        ("FREQ=MONTHLY;BYMONTHDAY=32", "BYMONTHDAY= days from 1 to 31"),
        ("FREQ=MONTHLY;BYMONTH=13", "BYMONTH= months from 1 to 12"),
        ("FREQ=MONTHLY;BYSETPOS=0", "BYSETPOS= positions"),
        ("FREQ=WEEKLY;WKST=MO,TU", "WKST= one weekday"),
        ("FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=30", "some day meets"),
        ("FREQ=DAILY;INTERVAL=7;BYDAY=TU", "some day meets, counted from 2024-01-01"),
    ],
)
def test_a_bad_rule_is_told_what_is_allowed(rule: str, allowed: str) -> None:
    assert any(words in problem(rule) for words in allowed.split("|"))


def midnight(year: int, month: int, day: int) -> datetime:
    """A wall-clock time, which has no zone."""
    return datetime.combine(date(year, month, day), time())


numbers = st.lists(st.integers(-40, 400).map(str), min_size=1, max_size=3).map(",".join)
weekdays = st.lists(
    st.builds(
        "{}{}".format, st.sampled_from(["", "1", "-1", "5", "-5", "+2", "53"]), st.sampled_from(["MO", "SU", "X"])
    ),
    min_size=1,
    max_size=3,
).map(",".join)
parts = st.one_of(
    st.builds("{}={}".format, st.sampled_from(["INTERVAL", "BYMONTH", "BYMONTHDAY", "BYSETPOS"]), numbers),
    weekdays.map("BYDAY={}".format),
    st.text(max_size=8),
)
rules = st.builds(lambda first, more: ";".join([f"FREQ={first}", *more]), st.sampled_from(FREQUENCIES), st.lists(parts))


@settings(max_examples=100)
@given(rules | st.text())
@example("FREQ=YEARLY;BYMONTH=12;BYDAY=5SU")
def test_no_text_makes_it_raise_and_a_good_rule_gives_times(rule: str) -> None:
    if not problem(rule):
        since, until = midnight(2026, 1, 1), midnight(2027, 1, 1)
        times = wall_times(rule, DEFAULT_ANCHOR, "09:30", since, until)
        assert all(since <= time <= until and f"{time:%H:%M}" == "09:30" for time in times)
        assert spoken(rule).startswith("every ")


def test_every_two_weeks_counts_from_its_anchor() -> None:
    window = (midnight(2026, 11, 23), midnight(2026, 12, 12))
    one = wall_times("FREQ=WEEKLY;INTERVAL=2;BYDAY=TH", date(2026, 11, 23), "10:00", *window)
    other = wall_times("FREQ=WEEKLY;INTERVAL=2;BYDAY=TH", date(2026, 11, 30), "10:00", *window)
    assert [time.day for time in one] == [26, 10]
    assert [time.day for time in other] == [3]


@pytest.mark.parametrize(
    ("at", "good"), [("09:30", True), ("23:59", True), ("24:00", False), ("9:30", False), ("", False)]
)
def test_times_of_day(at: str, good: bool) -> None:
    assert is_time(at) is good


@pytest.mark.parametrize(
    ("zone", "good"),
    [
        ("America/Chicago", True),
        ("UTC", True),
        ("Mars/Olympus", False),
        ("../etc/passwd", False),
        ("", False),
        ("\0", False),
    ],
)
def test_zones(zone: str, good: bool) -> None:
    assert is_zone(zone) is good
