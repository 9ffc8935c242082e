"""How long, and how far away, in words."""

from __future__ import annotations

from datetime import date, datetime

from opsdesk.core.dates import readable

HOURS_FROM = 120
DAYS_FROM = 48 * 60


def lasting(minutes: int) -> str:
    """ "42 min", "5 h", "3 days": whole units, cut off."""
    if minutes < HOURS_FROM:
        return f"{max(minutes, 0)} min"
    return f"{minutes // 60} h" if minutes < DAYS_FROM else f"{minutes // 1440} days"


def between(start: datetime, end: datetime) -> str:
    return lasting(int((end - start).total_seconds() // 60))


def away(day: date, today: date) -> str:
    """ "yesterday", "today", "in 3 days", "3 days ago"."""
    count = (day - today).days
    near = {-1: "yesterday", 0: "today", 1: "tomorrow"}
    return near.get(count) or (f"in {count} days" if count > 0 else f"{-count} days ago")


def named(day: date, today: date) -> str:
    """As it stands behind "for" or "until": "yesterday", "today", "tomorrow", "Fri 27 Nov"."""
    return away(day, today) if abs((day - today).days) <= 1 else readable(day, today)


def days(count: int) -> str:
    return "1 day" if count == 1 else f"{count} days"
