"""What people type for a moment: a date and a time of day, or how far away it is."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta

from opsdesk.core import dates
from opsdesk.core.settings import Settings

EXAMPLES = "now, 22:00, fri 22:00, 27 nov 10 pm, 2026-11-27T22:00, in 30 min, +2h or 10 min ago"
DAY = timedelta(days=1)
LONGEST = dates.LONGEST_PHRASE + 3
"""Words of a phrase at most."""

_AT = r"(?:(?P<day>.+?)[ ,]+)?(?:at )?(?P<time>\d{1,2}(?::\d\d)?(?: ?[ap]m)?)"
_TIME = re.compile(r"(\d{1,2})(?::(\d\d))?(?: ?([ap])m)?")
_AHEAD = r"(?:\+|in )(\d{1,4}) ?(min|minutes?|h|hours?)"
_AGO = r"(\d{1,4}) ?(min|minutes?|h|hours?|m) ago"
_ISO = r"\d{4}-\d\d-\d\d[t ]\d\d:\d\d(:\d\d(\.\d{1,6})?)?(z|[+-]\d\d:\d\d)?"


def resolve(words: str, now: datetime, settings: Settings, past: bool = False) -> datetime | None:
    """The moment (aware, UTC) that `words` as a whole name; None if they name none.

    A time of day without a date is today's, a date without a time its beginning, both in the company's zone. `past`:
    it has happened, so that 23:50 said at 00:10 is yesterday's.
    """
    said = " ".join(words.lower().split()).rstrip(".,")
    try:
        return _near(said, now) or _iso(said, settings) or _at(said, now, settings, past) or _day(said, now, settings)
    except (ValueError, OverflowError):  # such as 25:00, or a year past the calendar's end
        return None


def following(words: str, start: datetime, settings: Settings) -> datetime | None:
    """The moment that `words` name, said at `start`; a time of day alone is the next such."""
    found = resolve(words, start, settings)
    try:
        return found + DAY if found is not None and found <= start < found + DAY else found
    except OverflowError:
        return None


def readable(at: datetime, now: datetime, settings: Settings) -> str:
    """As in "Fri 27 Nov 22:00", today's as "22:00", in the company's zone."""
    local, today = at.astimezone(settings.zone), now.astimezone(settings.zone).date()
    day = "" if local.date() == today else f"{dates.readable(local.date(), today)} "
    return f"{day}{local:%H:%M}"


def _near(said: str, now: datetime) -> datetime | None:
    if said == "now":
        return now
    for pattern, sign in ((_AHEAD, 1), (_AGO, -1)):
        match = re.fullmatch(pattern, said, re.ASCII)
        if match:
            return now + sign * timedelta(**{"hours" if match[2][0] == "h" else "minutes": int(match[1])})
    return None


def _iso(said: str, settings: Settings) -> datetime | None:
    if not re.fullmatch(_ISO, said, re.ASCII):
        return None
    at = datetime.fromisoformat(said.upper())
    return (at if at.tzinfo else at.replace(tzinfo=settings.zone)).astimezone(UTC)


def _at(said: str, now: datetime, settings: Settings, past: bool) -> datetime | None:
    match = re.fullmatch(_AT, said.removeprefix("at "), re.ASCII)
    if not match:
        return None
    of_day = _time(match["time"])
    today = now.astimezone(settings.zone).date()
    day = dates.resolve(match["day"], today, settings) if match["day"] else today
    if of_day is None or day is None:
        return None
    at = _local(day, of_day, settings)
    return _local(day - timedelta(1), of_day, settings) if past and not match["day"] and at > now else at


def _time(said: str) -> time | None:
    """A bare number is no time of day."""
    match = _TIME.fullmatch(said)
    if not match or not (match[2] or match[3]):
        return None
    hour, minute = int(match[1]), int(match[2] or 0)
    if match[3]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if match[3] == "p" else 0)
    return time(hour, minute)


def _day(said: str, now: datetime, settings: Settings) -> datetime | None:
    day = dates.resolve(said, now.astimezone(settings.zone).date(), settings)
    return _local(day, time(), settings) if day else None


def _local(day: date, of_day: time, settings: Settings) -> datetime:
    return datetime.combine(day, of_day, settings.zone).astimezone(UTC)
