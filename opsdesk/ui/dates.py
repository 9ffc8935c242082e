"""Days and times as the screen writes them."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from opsdesk.core.dates import readable


def day(when: date, today: date) -> str:
    """today, tomorrow, Fri 27 Nov; with the year where it is not this one."""
    named = {today: "today", today + timedelta(days=1): "tomorrow"}
    return named.get(when) or readable(when, today)


def clock(when: datetime, zone: ZoneInfo) -> str:
    """HH:MM in that zone."""
    return when.astimezone(zone).strftime("%H:%M")
