"""Moments as people say them."""

from __future__ import annotations

from datetime import date, datetime, timedelta

NEAR = timedelta(hours=12)
WEEK = 7


def when(start: datetime, today: date) -> str:
    """`16:30` today, `Tue 09:00` within a week, `14 Jan` later; `start` is local."""
    ahead = (start.date() - today).days
    if ahead == 0:
        return f"{start:%H:%M}"
    if 0 < ahead < WEEK:
        return f"{start:%a %H:%M}"
    return f"{start.day} {start:%b}"


def weekday(start: datetime, today: date) -> str:
    """`16:30` today, else with the day that has been or is to come: `Mon 16:30`, `Wed 25 Nov 12:00`."""
    if start.date() == today:
        return f"{start:%H:%M}"
    near = -WEEK < (start.date() - today).days < 0
    return f"{start:%a %H:%M}" if near else f"{start:%a} {start.day} {start:%b} {start:%H:%M}"


def meeting_title(agenda: str, customer: str = "") -> str:
    """`Daily Operations Sync`; with a customer's name `Globex status call`: the name first, so that it is not cut."""
    if not customer or customer in agenda:
        return agenda
    words = agenda.removeprefix("Customer ").split()
    return " ".join([customer, *(word if word.isupper() else word.lower() for word in words)])


def in_time(ahead: timedelta) -> str:
    """`in 2 min`, `in 1 h 30`, `now`, `12 min late`; empty where it is further than 12 hours. Minutes round up."""
    if abs(ahead) > NEAR:
        return ""
    minutes = -int(-ahead.total_seconds() // 60) if ahead > timedelta(0) else int(ahead.total_seconds() / 60)
    if minutes == 0:
        return "now"
    length = _length(abs(minutes))
    return f"in {length}" if minutes > 0 else f"{length} late"


def _length(minutes: int) -> str:
    """`45 min`, `1 h 30`, `3 h`."""
    if minutes < 60:
        return f"{minutes} min"
    return f"{minutes // 60} h {minutes % 60:02d}" if minutes % 60 else f"{minutes // 60} h"


def since_title(title: str, on: date, today: date) -> str:
    """`since Friday's Daily Operations Sync`."""
    ago = (today - on).days
    if ago <= 0:
        return f"since today's {title}"
    if ago == 1:
        return f"since yesterday's {title}"
    return f"since {on:%A}'s {title}" if ago < WEEK else f"since the {title} of {on.day} {on:%b}"


def ordinal(count: int) -> str:
    """`third time`."""
    words = {1: "first", 2: "second", 3: "third", 4: "fourth", 5: "fifth"}
    return f"{words[count]} time" if count in words else f"{count} times"
