"""Which of the daily backups are kept."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from itertools import pairwise

DAYS, WEEKS = 7, 4
GAP = timedelta(weeks=4)


def kept(dates: Iterable[date], today: date) -> set[date]:
    """Of the days that have a backup those to keep it: the newest 7, and the newest of each of the newest 4 ISO weeks.

    Days without a backup do not count, so that nothing grows old while nobody works. No clock that is wrong takes a
    good one away: days after today are kept and take nobody's place, and so are those that were kept before the last
    gap of more than four weeks, behind which today may be no real day.
    """
    found = set(dates)
    past = sorted((day for day in found if day <= today), reverse=True)
    return (found - set(past)) | newest(past) | newest(before_the_gap(past))


def newest(past: Sequence[date]) -> set[date]:
    """Of days in falling order."""
    weeks: dict[tuple[int, int], date] = {}
    for day in past:
        weeks.setdefault(day.isocalendar()[:2], day)
    return {*past[:DAYS], *list(weeks.values())[:WEEKS]}


def before_the_gap(past: Sequence[date]) -> Sequence[date]:
    for place, (later, earlier) in enumerate(pairwise(past), start=1):
        if later - earlier > GAP:
            return past[place:]
    return ()
