"""Time in the demo company: a clock that is moved, a calendar of working days, and what happens when."""

from __future__ import annotations

import heapq
from collections.abc import Callable
from datetime import date, datetime, timedelta
from itertools import count

from opsdesk.core.settings import Settings

Act = Callable[[], None]
DAY = timedelta(days=1)


class Moment:
    """A desk's clock that stands where it was put."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def forward(self, seconds: float) -> None:
        self.now += timedelta(seconds=int(seconds))


class Timeline:
    """What is planned, done in the order of its times; the clock is never put back."""

    def __init__(self, moment: Moment) -> None:
        self._moment = moment
        self._planned: list[tuple[datetime, int, Act]] = []
        self._serial = count()

    def plan(self, at: datetime, act: Act) -> None:
        heapq.heappush(self._planned, (at, next(self._serial), act))

    def run(self, until: datetime) -> None:
        """Everything planned before `until`, and what that plans in turn. What is planned later never happens."""
        while self._planned and self._planned[0][0] < until:
            at, _, act = heapq.heappop(self._planned)
            self._moment.now = max(self._moment.now, at)
            act()


def working_day(day: date, days: int, settings: Settings) -> date:
    """So many working days after the day (before it, if negative); 0: the day itself, else the next working day."""
    step = DAY if days >= 0 else -DAY
    while days == 0 and not settings.is_working_day(day):
        day += DAY
    while days:
        day += step
        days -= settings.is_working_day(day) * (1 if days > 0 else -1)
    return day


def last_friday(today: date) -> date:
    """The Friday before today."""
    return today - timedelta(days=(today.weekday() - 4) % 7 or 7)
