"""Which of the daily backups are kept."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

DAYS, WEEKS = 7, 4


def kept(dates: Iterable[date], today: date) -> set[date]:
    """Of the days that have a backup those to keep it: the newest 7, and the newest of each of the newest 4 ISO weeks.

    Days without a backup do not count, so that nothing grows old while nobody works. Days after today, which a clock
    that went wrong has left, are kept and take nobody's place.
    """
    found = set(dates)
    past = sorted((day for day in found if day <= today), reverse=True)
    weeks: dict[tuple[int, int], date] = {}
    for day in past:
        weeks.setdefault(day.isocalendar()[:2], day)
    return (found - set(past)) | set(past[:DAYS]) | set(list(weeks.values())[:WEEKS])
