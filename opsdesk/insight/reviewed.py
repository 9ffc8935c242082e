"""What the walks over the open flags have come to: how often a flag outlived one, and who really spoke of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from opsdesk.core.flagreviews import FlagReview
from opsdesk.core.register import Look
from opsdesk.core.scores import Score
from opsdesk.core.spans import away
from opsdesk.insight.spells import Dwell, Spell, dwell, spells

TIMES = {1: "once", 2: "twice"}
ENDINGS = {1: "st", 2: "nd", 3: "rd"}
TEENS = (11, 12, 13)
WEEK = 7


class Reviewed(msgspec.Struct, frozen=True, kw_only=True):
    """Of a flag that is open, also where it is unknown meanwhile.

    `survived`: reviews since it was opened after which it was open still, one a meeting. `skipped`: how many of the
    last ones in a row were skips. `last`: the last that really spoke of it. `words`: as in "red 12 d, skipped twice",
    and of one that was opened before as in "red again 3 d, 2nd time in 5 weeks, 12 d in all, skipped twice";
    `again`: that part of it which tells how often.
    """

    survived: int = 0
    skipped: int = 0
    last: FlagReview | None = None
    words: str = ""
    again: str = ""


def reviewed(history: Sequence[Score], reviews: Iterable[FlagReview], look: Look) -> Reviewed:
    """Of one cell: everything that was said of it, and its reviews, both in any order; nothing where it is no flag."""
    known = spells(history)
    if not known or not known[-1].open:
        return Reviewed()
    since = [review for review in reviews if review.outcome and review.entered >= known[-1].since]
    met = _by_meeting(since)
    last = next((review for review in reversed(met) if review.discussed), None)
    open_for = dwell(history, look)
    skipped = _skipped(met)
    return Reviewed(
        survived=sum(review.outcome != "resolved" for review in met),
        skipped=skipped,
        last=last,
        words=f"{_open(known[-1], open_for, look)}, {_spoken(skipped, last, look)}",
        again=_times_before(open_for, look) if open_for.times > 1 else "",
    )


def times(count: int) -> str:
    """ "once", "twice", "3 times"."""
    return TIMES.get(count) or f"{count} times"


def _by_meeting(reviews: Iterable[FlagReview]) -> list[FlagReview]:
    """Oldest first. Of one meeting what came of it last counts."""
    found: dict[str, FlagReview] = {}
    for review in sorted(reviews, key=lambda each: (each.entered, len(each.id), each.id)):
        found.pop(review.meeting, None)
        found[review.meeting] = review
    return list(found.values())


def _skipped(met: Sequence[FlagReview]) -> int:
    return next((n for n, review in enumerate(reversed(met)) if review.outcome != "skipped"), len(met))


def _open(spell: Spell, open_for: Dwell, look: Look) -> str:
    """How long, of an unknown one what it was, and how often it came to that."""
    level, flag = spell.levels[-1][0], next(each for each, _ in reversed(spell.levels) if each != "unknown")
    again = " again" if open_for.times > 1 and level == flag else ""
    was = f", was {flag}" if level != flag else ""
    whole = f", open {open_for.days} d" if open_for.days != open_for.level_days else ""
    before = f", {_times_before(open_for, look)}" if open_for.times > 1 else ""
    return f"{level}{again} {open_for.level_days} d{was}{whole}{before}"


def _times_before(open_for: Dwell, look: Look) -> str:
    """As in "2nd time in 5 weeks, 12 d in all"; a week that has begun counts."""
    first = open_for.first.astimezone(look.settings.zone).date() if open_for.first else look.today
    weeks = max(1, -(-(look.today - first).days // WEEK))
    return f"{_place(open_for.times)} time in {weeks} week{'' if weeks == 1 else 's'}, {open_for.all_days} d in all"


def _place(number: int) -> str:
    """ "2nd", "3rd", "11th"."""
    ending = "th" if number % 100 in TEENS else ENDINGS.get(number % 10, "th")
    return f"{number}{ending}"


def before_this(history: Sequence[Score]) -> Score | None:
    """Of a flag that was opened again: who had it the time before, its exit criterion and plan; None where it never
    was, or nobody said.
    """
    known = spells(history)
    return known[-2].last if len(known) > 1 and known[-1].open else None


def _spoken(skipped: int, last: FlagReview | None, look: Look) -> str:
    if skipped:
        return f"skipped {times(skipped)}"
    if last is None:
        return "not discussed yet"
    return f"discussed {away(last.entered.astimezone(look.settings.zone).date(), look.today)}"
