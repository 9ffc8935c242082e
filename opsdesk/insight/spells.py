"""How long a cell has been red or orange, and how often it came to that."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from itertools import pairwise

import msgspec

from opsdesk.core.register import Look
from opsdesk.core.scores import Level, Score, in_order, measure_key


class Spell(msgspec.Struct, frozen=True, kw_only=True):
    """One stretch in red or orange; orange → red → orange is one. Only green ends it, at `until`: a flag that became
    unknown is open still, so red → unknown → red is one too.

    `level`: the worst it had. `levels`: each level that it took and since when, oldest first, unknown only at the end.
    `last`: what was said last in it that gives an owner, an exit criterion or a plan date.
    """

    level: Level
    since: datetime
    until: datetime | None = None
    levels: tuple[tuple[Level, datetime], ...] = ()
    last: Score | None = None

    @property
    def open(self) -> bool:
        return self.until is None


class Dwell(msgspec.Struct, frozen=True, kw_only=True):
    """Calendar days of the company's zone in the open spell; 0 without one.

    `days`: since it was opened, `red_days`: in red. `level_days`: at the level it has now. `times`: how often it was
    opened, this time included. `all_days`: of all times together, also without an open one; `first`: when it was
    opened for the first time.
    """

    days: int = 0
    red_days: int = 0
    level_days: int = 0
    times: int = 0
    all_days: int = 0
    first: datetime | None = None


def by_customer(scores: Iterable[Score]) -> dict[str, list[Score]]:
    """Customer → its scores, as they come: for whoever asks about many customers, and so reads all scores once."""
    found: dict[str, list[Score]] = {}
    for score in scores:
        found.setdefault(score.customer, []).append(score)
    return found


def histories(scores: Iterable[Score]) -> dict[str, tuple[Score, ...]]:
    """Measure (its `measure_key`) → everything that was said of it, oldest first; of one customer's scores."""
    found: dict[str, list[Score]] = {}
    for score in scores:
        found.setdefault(measure_key(score.measure), []).append(score)
    return {measure: in_order(said) for measure, said in found.items()}


def spells(history: Sequence[Score]) -> tuple[Spell, ...]:
    """Of one cell, oldest first; `history` in any order."""
    found: list[Spell] = []
    said: list[Score] = []
    before: Score | None = None
    for score in in_order(history):
        if said and score.level == "green":
            found.append(_spell(said, before, score.at))
            said, before = [], score
        elif said or score.flag:
            said.append(score)
        else:
            before = score
    return (*found, _spell(said, before)) if said else tuple(found)


def dwell(history: Sequence[Score], look: Look) -> Dwell:
    """Of one cell. A confirmation of the same level ends nothing; one that was closed and reopened begins anew."""
    known = spells(history)
    if not known:
        return Dwell()
    ended = Dwell(times=len(known), all_days=sum(_length(each, look) for each in known), first=known[0].levels[0][1])
    if not known[-1].open:
        return ended
    steps = [(level, _day(since, look)) for level, since in known[-1].levels]
    today = max(look.today, steps[-1][1])
    lengths = [(level, (end - start).days) for (level, start), (_, end) in pairwise([*steps, ("", today)])]
    return msgspec.structs.replace(
        ended,
        days=sum(days for _, days in lengths),
        red_days=sum(days for level, days in lengths if level == "red"),
        level_days=lengths[-1][1],
    )


def _length(spell: Spell, look: Look) -> int:
    """Calendar days; one that is open lasts until today."""
    until = look.today if spell.until is None else _day(spell.until, look)
    return max(0, (until - _day(spell.since, look)).days)


def _spell(said: Sequence[Score], before: Score | None, until: datetime | None = None) -> Spell:
    """`before`: the last thing said before it. What was known to be red before it was first said counts."""
    first = said[0]
    since = min(first.at, first.since if before is None else max(first.since, before.at))
    last = max(place for place, score in enumerate(said) if score.flag)
    known = [*(score for score in said[:last] if score.flag), *said[last:]]
    changes = [(after.level, after.at) for before, after in pairwise(known) if before.level != after.level]
    return Spell(
        level="red" if any(score.level == "red" for score in said) else "orange",
        since=since,
        until=until,
        levels=((first.level, since), *changes),
        last=next((score for score in reversed(said) if score.owner or score.exit or score.plan), None),
    )


def _day(at: datetime, look: Look) -> date:
    return at.astimezone(look.settings.zone).date()
