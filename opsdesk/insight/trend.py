"""How a customer was week by week."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from datetime import datetime

from opsdesk.core.register import LEAST, Look
from opsdesk.core.registers.overrides import Override
from opsdesk.core.scores import Level, Score
from opsdesk.core.settings import Settings
from opsdesk.insight.rollup import HARM, rolled

WEEKS = 12


def weeks(
    histories: Mapping[str, Sequence[Score]], look: Look, settings: Settings, n: int = WEEKS
) -> tuple[int | None, ...]:
    """The computed level at the end of each of the last n weeks, oldest first, the last one now.

    0 green, 1 orange, 2 red, None unknown. As the settings of now roll up, so that the last one is the level that the
    sheet computes; overrides do not count. `histories`: measure → its scores, oldest first. A week ends on Sunday at
    midnight of the company's zone.
    """
    levels = [rolled(cells_at(histories, at), settings, Look(at, settings)).computed for at in _ends(look, n)]
    return tuple(HARM.get(level) for level in levels)


def judged(overrides: Sequence[Override], look: Look, n: int = WEEKS) -> tuple[Level | None, ...]:
    """What one customer was judged to be at the same moments, None where no override was in force."""
    return tuple(judged_at(overrides, at, look) for at in _ends(look, n))


def judged_at(overrides: Sequence[Override], at: datetime, look: Look) -> Level | None:
    """The level of the override that was in force at that moment, of several the newest. `overrides`: oldest first."""
    return next((each.level for each in reversed(overrides) if each.held(at, look)), None)


def cells_at(histories: Mapping[str, Sequence[Score]], at: datetime) -> list[Score]:
    """What each cell said at that moment."""
    found = []
    for said in histories.values():
        count = bisect_right(said, at, key=lambda score: score.at)
        if count:
            found.append(said[count - 1])
    return found


def _ends(look: Look, n: int) -> list[datetime]:
    since_monday = look.today.weekday()
    past = [look.begun(since_monday + 7 * weeks) - LEAST for weeks in range(n - 1)]
    return [*reversed(past), look.now]
