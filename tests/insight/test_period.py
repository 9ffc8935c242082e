"""Periods: months in zones with and without daylight saving."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from opsdesk.core.errors import Invalid
from opsdesk.insight.period import Period, days, month, month_named

BERLIN = ZoneInfo("Europe/Berlin")


@pytest.mark.parametrize(
    ("name", "zone", "hours"),
    [
        ("2026-03", "Europe/Berlin", 743),  # 31 × 24, less the hour of 29 March
        ("2026-10", "Europe/Berlin", 745),  # 31 × 24, and the hour of 25 October twice
        ("2026-03", "America/Chicago", 743),
        ("2026-11", "America/Chicago", 721),
        ("2026-10", "UTC", 744),
        ("2028-02", "Europe/Berlin", 696),  # 29 × 24
        ("2026-02", "Asia/Kolkata", 672),
    ],
)
def test_a_month_has_the_hours_of_its_zone(name: str, zone: str, hours: int) -> None:
    assert month_named(name, ZoneInfo(zone)).length == timedelta(hours=hours)


def test_a_month_begins_at_midnight_there() -> None:
    october = Period(
        since=datetime(2026, 9, 30, 22, tzinfo=UTC),  # UTC+2
        until=datetime(2026, 10, 31, 23, tzinfo=UTC),  # UTC+1
    )
    assert month_named("2026-10", BERLIN) == october
    assert month(date(2026, 10, 25), BERLIN) == october
    assert days(date(2026, 10, 1), date(2026, 10, 31), BERLIN) == october


def test_december_ends_with_the_year() -> None:
    assert month_named("2026-12", ZoneInfo("UTC")).until == datetime(2027, 1, 1, tzinfo=UTC)


def test_only_what_has_passed_counts() -> None:
    october = month_named("2026-10", ZoneInfo("UTC"))
    assert october.elapsed(datetime(2026, 10, 2, tzinfo=UTC)).length == timedelta(days=1)
    assert october.elapsed(datetime(2026, 9, 2, tzinfo=UTC)).length == timedelta()
    assert october.elapsed(datetime(2027, 9, 2, tzinfo=UTC)) == october


def test_an_end_before_the_start_is_an_empty_period() -> None:
    now = datetime(2026, 10, 2, tzinfo=UTC)
    assert Period(since=now, until=now - timedelta(days=1)).length == timedelta()


@pytest.mark.parametrize(
    "words", ["2026-13", "2026-00", "2026", "26-11", "2026-11-01", "", "٢٠٢٦-١١", "november", "9999-99"]
)
def test_what_is_no_month_is_refused(words: str) -> None:
    with pytest.raises(Invalid, match="is no month"):
        month_named(words, BERLIN)
