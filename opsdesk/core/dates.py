"""What people type for a date. A small grammar: whatever it does not know is no date."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta
from functools import cache
from typing import NamedTuple

from opsdesk.core.settings import WEEKDAYS, DateOrder, Settings

FRIDAY = 4
LONGEST_PHRASE = 5
ASKED_BACK = 90  # days
EXAMPLES = "today, fri, next fri, 27 nov, 2026-11-27, +3d, in 2 weeks, eow, eom or q1"

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_FULL_MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_FULL_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_COUNTS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")

_MONTH_OF = {name: i for names in (MONTHS, _FULL_MONTHS) for i, name in enumerate(names, 1)} | {"sept": 9}
_DAY_OF = {name: i for names in (WEEKDAYS, _FULL_DAYS) for i, name in enumerate(names)}
_DAY_OF |= {"tues": 1, "weds": 2, "thur": 3, "thurs": 3}
_COUNT_OF = {name: i for i, name in enumerate(_COUNTS, 1)} | {"a": 1, "an": 1}

_ISO = r"(\d{4})-(\d\d)-(\d\d)"
_DOTTED = r"(\d{1,2})\.(\d{1,2})\.(\d{4}|\d\d)?"
_SLASHED = r"(\d{1,2})/(\d{1,2})(?:/(\d{4}|\d\d))?"
_DAY_NUMBER = r"(\d{1,2})(?:st|nd|rd|th|\.)?,?"
_YEAR = r"(2\d{3})"
_OFFSET = r"(?:\+(\d{1,3})([dwm])|(\d{1,3})([dw]))"
_IN = r"in ([a-z]+|\d{1,3}) (day|week|month|year)s?"
_END_OF = r"end of (?:the )?(?:(next) )?(day|week|month|quarter|year)"
_QUARTER = r"q([1-4])(?: (2\d{3}))?"
_RELATIVE_DAY = r"(this|next|last) (\w+)"
_LETTER_UNITS = {"d": "day", "w": "week", "m": "month"}
_SHORT_ENDS = {"eod": "day", "eow": "week", "eom": "month", "eoq": "quarter", "eoy": "year"}
_STEPS = {"today": 0, "tod": 0, "tomorrow": 1, "tmrw": 1, "yesterday": -1}
_HEADS = {*_DAY_OF, *_MONTH_OF, *_SHORT_ENDS, *_STEPS, "in", "end", "this", "next", "last"}


class _Day(NamedTuple):
    """The day the words were said on, with how this company writes dates and when its week ends (Monday is 0).

    `back`: how many days ago a date without a year may lie.
    """

    today: date
    order: DateOrder
    week_end: int
    back: int


def parse(
    words: str, today: date, order: DateOrder = "dmy", week_end: int = FRIDAY, back: int = ASKED_BACK
) -> date | None:
    """The day that `words` as a whole name, said on `today`; None if they name none. Upper and lower case are equal.

    A weekday is always a later day than today: "fri" said on a Friday is the next one. "next fri" is the Friday of
    the next ISO week, "this fri" of this week (perhaps past), "last fri" the one before today. A date without a year
    is the one that passed in the last `back` days, else the next such day, today included; with a year, "yesterday" and
    "last fri" it may be in the past. "q1" is the last day of that quarter. "eow" is the last working day of the week
    (`week_end`), today if it is today, the next week's after it. 27/11 is read in the given order, in the other only
    where that is impossible; 24/7 is no date. Dotted dates have the day first. One dot or comma behind the
    words is let go.
    """
    said = " ".join(words.lower().split())
    day = _Day(today, order, week_end, back)
    return _read(said, day) or (_read(said[:-1], day) if said.endswith((".", ",")) else None)


def resolve(words: str, today: date, settings: Settings, back: int = ASKED_BACK) -> date | None:
    """parse as this company writes dates and keeps its week."""
    return parse(words, today, settings.date_order, _week_end(settings.working_days), back)


@cache
def _week_end(working_days: tuple[str, ...]) -> int:
    """The last weekday that is worked and followed by one that is not; Sunday where every day is worked."""
    worked = [name in working_days for name in WEEKDAYS]
    ends = [i for i in range(7) if worked[i] and not worked[(i + 1) % 7]]
    return ends[-1] if ends else 6


def readable(day: date, today: date) -> str:
    """As a person reads it: "Fri 27 Nov", with its year if that is not this year. The same in every locale."""
    year = "" if day.year == today.year else f" {day.year}"
    return f"{WEEKDAYS[day.weekday()].title()} {day.day} {MONTHS[day.month - 1].title()}{year}"


def _read(said: str, day: _Day) -> date | None:
    if not _may_be_a_date(said):
        return None
    for reading in _READINGS:
        try:
            found = reading(said, day)
        except (ValueError, OverflowError):  # such as 31.2. or a year past the calendar's end
            continue
        if found:
            return found
    return None


def _may_be_a_date(said: str) -> bool:
    """Its first word has a digit early on or is one that a date begins with: most words need no closer look."""
    head = said.partition(" ")[0].rstrip(".,")
    return any(char.isdigit() for char in head[:2]) or head in _HEADS


def _named(said: str, day: _Day) -> date | None:
    return day.today + timedelta(_STEPS[said]) if said in _STEPS else None


def _weekday(said: str, day: _Day) -> date | None:
    return _after(day.today, _DAY_OF[said]) if said in _DAY_OF else None


def _relative_weekday(said: str, day: _Day) -> date | None:
    match = re.fullmatch(_RELATIVE_DAY, said)
    if not match or match[2] not in _DAY_OF:
        return None
    weekday = _DAY_OF[match[2]]
    if match[1] == "last":
        return _after(day.today, weekday) - timedelta(14 if weekday == day.today.weekday() else 7)
    monday = day.today - timedelta(day.today.weekday())
    return monday + timedelta(weekday + (7 if match[1] == "next" else 0))


def _after(today: date, weekday: int) -> date:
    return today + timedelta((weekday - today.weekday() - 1) % 7 + 1)


def _offset(said: str, day: _Day) -> date | None:
    match = re.fullmatch(_OFFSET, said)
    if not match:
        return None
    return _later(day.today, int(match[1] or match[3]), _LETTER_UNITS[match[2] or match[4]])


def _in(said: str, day: _Day) -> date | None:
    match = re.fullmatch(_IN, said)
    if not match:
        return None
    return _later(day.today, _COUNT_OF.get(match[1]) or int(match[1]), match[2])


def _later(start: date, count: int, unit: str) -> date:
    if unit in ("day", "week"):
        return start + timedelta(count * (7 if unit == "week" else 1))
    years, month = divmod(start.month - 1 + count * (12 if unit == "year" else 1), 12)
    year = start.year + years
    return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))


def _end(said: str, day: _Day) -> date | None:
    if said in _SHORT_ENDS:
        return _end_of(_SHORT_ENDS[said], day.today, day.week_end)
    match = re.fullmatch(_END_OF, said)
    if not match:
        return None
    this = _end_of(match[2], day.today, day.week_end)
    return _end_of(match[2], this + timedelta(1), day.week_end) if match[1] else this


def _end_of(unit: str, start: date, week_end: int) -> date:
    if unit == "day":
        return start
    if unit == "week":
        return start + timedelta((week_end - start.weekday()) % 7)
    month = {"month": start.month, "quarter": (start.month + 2) // 3 * 3, "year": 12}[unit]
    return _last_of(start.year, month)


def _last_of(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


def _quarter(said: str, day: _Day) -> date | None:
    match = re.fullmatch(_QUARTER, said)
    if not match:
        return None
    month = int(match[1]) * 3
    if match[2]:
        return _last_of(int(match[2]), month)
    end = _last_of(day.today.year, month)
    return end if end >= day.today else _last_of(day.today.year + 1, month)


def _iso(said: str, day: _Day) -> date | None:
    match = re.fullmatch(_ISO, said)
    return date(int(match[1]), int(match[2]), int(match[3])) if match else None


def _dotted(said: str, day: _Day) -> date | None:
    match = re.fullmatch(_DOTTED, said)
    return _in_year(day, int(match[1]), int(match[2]), match[3] or "") if match else None


def _slashed(said: str, day: _Day) -> date | None:
    match = re.fullmatch(_SLASHED, said)
    if not match or said == "24/7":
        return None
    first, second, year = int(match[1]), int(match[2]), match[3] or ""
    day_first = second <= 12 if day.order == "dmy" else first > 12
    return _in_year(day, first, second, year) if day_first else _in_year(day, second, first, year)


def _month_name(said: str, day: _Day) -> date | None:
    match said.split():
        case [first, second]:
            year = ""
        case [first, second, year] if re.fullmatch(_YEAR, year):
            pass
        case _:
            return None
    number, name = (second, first) if first.rstrip(".,") in _MONTH_OF else (first, second)
    month, match_day = _MONTH_OF.get(name.rstrip(".,")), re.fullmatch(_DAY_NUMBER, number)
    return _in_year(day, int(match_day[1]), month, year) if month and match_day else None


def _in_year(day: _Day, number: int, month: int, year: str) -> date:
    if year:
        return date(int(year) + (2000 if len(year) == 2 else 0), month, number)
    return _next_such(day.today - timedelta(day.back), month, number)


def _next_such(start: date, month: int, number: int) -> date:
    """This day of the year, at `start` or later; 29 February waits for the next leap year (8 years at most)."""
    for year in range(start.year, start.year + 9):
        if number <= monthrange(year, month)[1] and date(year, month, number) >= start:
            return date(year, month, number)
    raise ValueError(f"there is no day {number} in month {month}")


_READINGS = (_named, _weekday, _relative_weekday, _offset, _in, _end, _quarter, _iso, _dotted, _slashed, _month_name)
