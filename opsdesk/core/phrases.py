"""Dates among other words: in front of a reason, behind a name, and the day to offer in place of a past one."""

from __future__ import annotations

from datetime import date, timedelta

from opsdesk.core.dates import LONGEST_PHRASE, resolve
from opsdesk.core.settings import Settings

YEAR = 366
UNTIL = ("until", "till", "til", "by", "on", "due")


def lead(text: str, today: date, settings: Settings) -> tuple[date | None, str]:
    """The day that the text begins with and what follows it, as in "fri, because they asked for it".

    (None, the text) where it begins with none.
    """
    words = text.split()
    for count in range(min(len(words), LONGEST_PHRASE), 0, -1):
        day = resolve(" ".join(words[:count]), today, settings)
        if day:
            why = words[count:]
            return day, " ".join(why[1:] if why and why[0].lower() in ("because", "as", "since", "-", ":") else why)
    return None, text


def trail(text: str, today: date, settings: Settings) -> tuple[str, date | None]:
    """What stands before the day that the text ends with, and that day, as in "the lawyers until next fri".

    (the text, None) where it ends with none.
    """
    words = text.split()
    for count in range(min(len(words), LONGEST_PHRASE), 0, -1):
        day = resolve(" ".join(words[-count:]), today, settings)
        if day:
            rest = words[:-count]
            while rest and rest[-1].lower() in UNTIL:
                rest.pop()
            return " ".join(rest).rstrip(",;:-– "), day
    return text, None


def ahead(words: str, today: date, settings: Settings) -> date | None:
    """The working day to offer in place of a past one: of a date without a year the next such day, else the next of
    its weekday; the first working day from there on. None where the words name no past day.
    """
    past = resolve(words, today, settings)
    if past is None or past >= today:
        return None
    again = resolve(words, today, settings, back=0)
    if again is None or again < today:
        again = today + timedelta((past.weekday() - today.weekday() - 1) % 7 + 1)
    days = (again + timedelta(days) for days in range(YEAR))
    return next((day for day in days if settings.is_working_day(day)), again)
