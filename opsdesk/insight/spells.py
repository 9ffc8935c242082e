"""How long a cell has been red or orange, and how often it came to that."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from itertools import groupby, pairwise

import msgspec

from opsdesk.core.register import Look
from opsdesk.core.scores import Level, Score, in_order


class Spell(msgspec.Struct, frozen=True, kw_only=True):
    """One stretch in red or orange; orange → red → orange is one. Green or unknown ends it, at `until`.

    `level`: the worst it had. `levels`: each level that it took and since when, oldest first.
    """

    level: Level
    since: datetime
    until: datetime | None = None
    levels: tuple[tuple[Level, datetime], ...] = ()

    @property
    def open(self) -> bool:
        return self.until is None


class Dwell(msgspec.Struct, frozen=True, kw_only=True):
    """Calendar days of the company's zone in the open spell; 0 without one.

    `days`: in red or orange, `red_days`: in red. `level_days`: at the level it has now. `times`: how often it was
    opened, this time included.
    """

    days: int = 0
    red_days: int = 0
    level_days: int = 0
    times: int = 0


def by_customer(scores: Iterable[Score]) -> dict[str, list[Score]]:
    """Customer → its scores, as they come: for whoever asks about many customers, and so reads all scores once."""
    found: dict[str, list[Score]] = {}
    for score in scores:
        found.setdefault(score.customer, []).append(score)
    return found


def histories(scores: Iterable[Score]) -> dict[str, tuple[Score, ...]]:
    """Measure → everything that was said of it, oldest first; of one customer's scores."""
    found: dict[str, list[Score]] = {}
    for score in scores:
        found.setdefault(score.measure, []).append(score)
    return {measure: in_order(said) for measure, said in found.items()}


def spells(history: Sequence[Score]) -> tuple[Spell, ...]:
    """Of one cell, oldest first; `history` in any order."""
    found: list[Spell] = []
    ended: datetime | None = None
    for flag, stretch in groupby(in_order(history), key=lambda score: score.flag):
        said = list(stretch)
        if flag:
            found.append(_spell(said, ended))
        elif found and found[-1].open:
            found[-1] = msgspec.structs.replace(found[-1], until=said[0].at)
        ended = said[-1].at
    return tuple(found)


def dwell(history: Sequence[Score], look: Look) -> Dwell:
    """Of one cell. A confirmation of the same level ends nothing; one that was closed and reopened begins anew."""
    known = spells(history)
    if not known or not known[-1].open:
        return Dwell(times=len(known))
    steps = [(level, _day(since, look)) for level, since in known[-1].levels]
    today = max(look.today, steps[-1][1])
    lengths = [(level, (end - start).days) for (level, start), (_, end) in pairwise([*steps, ("", today)])]
    return Dwell(
        days=sum(days for _, days in lengths),
        red_days=sum(days for level, days in lengths if level == "red"),
        level_days=lengths[-1][1],
        times=len(known),
    )


def _spell(said: Sequence[Score], ended: datetime | None) -> Spell:
    """`ended`: when the last thing before it was said. What was known to be red before it was first said counts."""
    first = said[0]
    since = min(first.at, first.since if ended is None else max(first.since, ended))
    changes = [(after.level, after.at) for before, after in pairwise(said) if before.level != after.level]
    return Spell(
        level="red" if any(score.level == "red" for score in said) else "orange",
        since=since,
        levels=((first.level, since), *changes),
    )


def _day(at: datetime, look: Look) -> date:
    return at.astimezone(look.settings.zone).date()
