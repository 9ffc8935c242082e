"""Recurrence rules (RFC 5545): which of them a meeting may have, and the wall-clock times one gives."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date, datetime, time

FREQUENCIES = ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")
EXAMPLE = "FREQ=WEEKLY;INTERVAL=2;BYDAY=TH"
# A Monday: rules such as "every two weeks" count from it where nobody has said from when.
DEFAULT_ANCHOR = date(2024, 1, 1)

Checks = dict[str, Callable[[str], bool]]

_UNITS = {"DAILY": "day", "WEEKLY": "week", "MONTHLY": "month", "YEARLY": "year"}
_NAMES = {"MO": "Mon", "TU": "Tue", "WE": "Wed", "TH": "Thu", "FR": "Fri", "SA": "Sat", "SU": "Sun"}
_DAY = "(MO|TU|WE|TH|FR|SA|SU)"
_NTH_DAY = rf"[+-]?[1-5]{_DAY}"


def wall_times(rule: str, anchor: date, at: str, since: datetime, until: datetime) -> Sequence[datetime]:
    """The naive local times of a rule with since <= time <= until; it counts from `anchor`, at HH:MM."""
    from dateutil.rrule import rrulestr

    start = datetime.combine(anchor, time.fromisoformat(at))
    times: Sequence[datetime] = rrulestr(rule, dtstart=start).between(since, until, inc=True)
    return times


def problem(rule: str, anchor: date = DEFAULT_ANCHOR) -> str:
    """What is allowed, where the rule breaks it; empty for a good rule. No rule makes it raise."""
    parts = [part.partition("=")[::2] for part in rule.split(";")]
    names = [name for name, _ in parts]
    values = dict(parts)
    allowed = _allowed(values.get("FREQ", ""))
    if values.get("FREQ") not in FREQUENCIES:
        return f"FREQ= one of {', '.join(FREQUENCIES)}, as in {EXAMPLE}"
    if len(values) < len(names) or not set(names) <= set(allowed):
        return f"with {values['FREQ']}, each at most once: {', '.join(allowed)}"
    wrong = next((name for name, value in parts if not allowed[name](value)), "")
    if wrong:
        return f"{wrong}={_WORDS.get(wrong, '')}"
    return "" if _occurs(rule, anchor) else f"a rule that some day meets, counted from {anchor}"


def spoken(rule: str) -> str:
    """A good rule in words: "every 2 weeks on Thu", "every 3 months on the 2nd Thu"."""
    values = dict(part.partition("=")[::2] for part in rule.split(";"))
    unit, count = _UNITS[values["FREQ"]], values.get("INTERVAL", "1")
    often = f"every {count} {unit}s" if count != "1" else f"every {unit}"
    days = _spoken_days(values.get("BYDAY", ""))
    month_days = f"day {_listed(values['BYMONTHDAY'])}" if "BYMONTHDAY" in values else ""
    on = ", ".join(part for part in (days, month_days) if part)
    months = f" in month {_listed(values['BYMONTH'])}" if "BYMONTH" in values else ""
    return f"{often} on {on}{months}" if on else f"{often}{months}"


def _listed(value: str) -> str:
    return value.replace(",", ", ")


def _spoken_days(value: str) -> str:
    if value == "MO,TU,WE,TH,FR":
        return "Mon to Fri"
    return ", ".join(_spoken_day(*found) for found in re.findall(rf"([+-]?\d?){_DAY}", value))


def _spoken_day(which: str, day: str) -> str:
    name = _NAMES[day]
    if not which:
        return name
    count = int(which)
    nth = {1: "1st", 2: "2nd", 3: "3rd"}.get(abs(count), f"{abs(count)}th")
    return f"the {nth} {name}" if count > 0 else f"the {nth} last {name}".replace("1st last", "last")


def is_time(at: str) -> bool:
    """Whether it is a time of day as HH:MM."""
    return bool(re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", at, re.ASCII))


def is_zone(name: str) -> bool:
    """Whether the time zone is known on this machine."""
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    try:
        return bool(ZoneInfo(name).key)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False


def _allowed(frequency: str) -> Checks:
    """The parts a rule of this frequency may have. Times come from `at`, and series are ended by switching them off."""
    common: Checks = {"FREQ": _frequency, "INTERVAL": _interval, "BYDAY": _plain_days, "BYMONTH": _months}
    common["WKST"] = _one_day
    if frequency in ("DAILY", "WEEKLY"):
        return common
    return common | {"BYDAY": _days, "BYMONTHDAY": _month_days, "BYSETPOS": _positions}


_WORDS = {
    "INTERVAL": " a number from 1 to 99",
    "BYDAY": " weekdays such as MO,TU (in a month or a year also 1MO to 5SU, -1FR)",
    "BYMONTH": " months from 1 to 12",
    "BYMONTHDAY": " days from 1 to 31 or -1 to -31",
    "BYSETPOS": " positions from 1 to 366 or -1 to -366",
    "WKST": " one weekday such as MO",
}


def _frequency(value: str) -> bool:
    return value in FREQUENCIES


def _interval(value: str) -> bool:
    return _whole(value, 99)


def _plain_days(value: str) -> bool:
    return all(re.fullmatch(_DAY, day) for day in value.split(","))


def _days(value: str) -> bool:
    return all(re.fullmatch(f"{_DAY}|{_NTH_DAY}", day) for day in value.split(","))


def _one_day(value: str) -> bool:
    return bool(re.fullmatch(_DAY, value))


def _months(value: str) -> bool:
    return all(_whole(month, 12) for month in value.split(","))


def _month_days(value: str) -> bool:
    return all(_whole(day.removeprefix("-"), 31) for day in value.split(","))


def _positions(value: str) -> bool:
    return all(_whole(position.removeprefix("-"), 366) for position in value.split(","))


def _whole(value: str, most: int) -> bool:
    return bool(re.fullmatch(r"[1-9]\d{0,2}", value, re.ASCII)) and int(value) <= most


def _occurs(rule: str, anchor: date) -> bool:
    from dateutil.rrule import rrulestr

    try:
        return next(iter(rrulestr(rule, dtstart=datetime.combine(anchor, time()))), None) is not None
    except ValueError:
        return False
