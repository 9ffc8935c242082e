"""How a customer was week by week."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta

from msgspec.structs import replace

from opsdesk.core.register import Look
from opsdesk.core.scores import Score
from opsdesk.core.settings import Settings
from opsdesk.insight.rollup import HARM, rolled

WEEKS = 12


def weeks(
    histories: Mapping[str, Sequence[Score]], look: Look, settings: Settings, n: int = WEEKS
) -> tuple[int | None, ...]:
    """The worst level at the end of each of the last n weeks, oldest first, the last one now.

    0 green, 1 orange, 2 red, None unknown. `histories`: measure → its scores, oldest first. A week ends on Sunday at
    midnight of the company's zone.
    """
    strict = replace(settings, roll_up="strict")
    levels = [rolled(cells_at(histories, at), strict, Look(at, strict)).computed for at in _ends(look, settings, n)]
    return tuple(HARM.get(level) for level in levels)


def cells_at(histories: Mapping[str, Sequence[Score]], at: datetime) -> list[Score]:
    """What each cell said at that moment."""
    found = []
    for said in histories.values():
        count = bisect_right(said, at, key=lambda score: score.at)
        if count:
            found.append(said[count - 1])
    return found


def _ends(look: Look, settings: Settings, n: int) -> list[datetime]:
    monday = look.today - timedelta(days=look.today.weekday())
    past = [monday - timedelta(weeks=back) for back in range(n - 1)]
    return [*(_just_before(day, settings) for day in reversed(past)), look.now]


def _just_before(day: date, settings: Settings) -> datetime:
    """The last moment of the day before."""
    return datetime.combine(day, time(), settings.zone).astimezone(UTC) - timedelta(microseconds=1)
