"""Periods of time: a month in the company's zone, or any other."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, tzinfo

import msgspec

from opsdesk.core.errors import Invalid


class Period(msgspec.Struct, frozen=True, kw_only=True):
    """From `since` until just before `until`, both aware UTC."""

    since: datetime
    until: datetime

    @property
    def length(self) -> timedelta:
        return max(self.until - self.since, timedelta())

    def elapsed(self, now: datetime) -> Period:
        """What of it has passed; what lies ahead is neither up nor down."""
        return Period(since=self.since, until=max(self.since, min(self.until, now.astimezone(UTC))))


def days(first: date, last: date, zone: tzinfo) -> Period:
    """From the first midnight of `first` to that after `last`, in the zone."""
    return Period(since=_midnight(first, zone), until=_midnight(last + timedelta(days=1), zone))


def month(day: date, zone: tzinfo) -> Period:
    """The month that the day is in: in a zone with daylight saving 743 or 745 hours where the clocks change."""
    first = day.replace(day=1)
    return Period(since=_midnight(first, zone), until=_midnight(_next(first), zone))


def month_named(words: str, zone: tzinfo) -> Period:
    """The month written as 2026-11. Raises Invalid."""
    found = re.fullmatch(r"([12]\d{3})-(0[1-9]|1[0-2])", words.strip(), re.ASCII)
    if not found:
        raise Invalid(f"{words!r} is no month.", "Write it as 2026-11.")
    return month(date(int(found[1]), int(found[2]), 1), zone)


def _next(first: date) -> date:
    return (first + timedelta(days=31)).replace(day=1)


def _midnight(day: date, zone: tzinfo) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=zone).astimezone(UTC)
