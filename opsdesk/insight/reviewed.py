"""What the walks over the open flags have come to: how often a flag outlived one, and who really spoke of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from opsdesk.core.flagreviews import FlagReview
from opsdesk.core.register import Look
from opsdesk.core.scores import Score, in_order
from opsdesk.core.spans import away
from opsdesk.insight.spells import Dwell, dwell, spells

TIMES = {1: "once", 2: "twice"}


class Reviewed(msgspec.Struct, frozen=True, kw_only=True):
    """Of a flag that is open.

    `survived`: reviews since it was opened after which it was open still, one a meeting. `skipped`: how many of the
    last ones in a row were skips. `last`: the last that really spoke of it. `words`: as in "red 12 d, skipped twice".
    """

    survived: int = 0
    skipped: int = 0
    last: FlagReview | None = None
    words: str = ""


def reviewed(history: Sequence[Score], reviews: Iterable[FlagReview], look: Look) -> Reviewed:
    """Of one cell: everything that was said of it, and its reviews, both in any order; nothing where it is no flag."""
    known = spells(history)
    if not known or not known[-1].open:
        return Reviewed()
    since = [review for review in reviews if review.outcome and review.entered >= known[-1].since]
    met = _by_meeting(since)
    last = next((review for review in reversed(met) if review.discussed), None)
    skipped = _skipped(met)
    return Reviewed(
        survived=sum(review.outcome != "resolved" for review in met),
        skipped=skipped,
        last=last,
        words=f"{_open(in_order(history)[-1], dwell(history, look))}, {_spoken(skipped, last, look)}",
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


def _open(score: Score, open_for: Dwell) -> str:
    whole = f", open {open_for.days} d" if open_for.days != open_for.level_days else ""
    return f"{score.level} {open_for.level_days} d{whole}"


def _spoken(skipped: int, last: FlagReview | None, look: Look) -> str:
    if skipped:
        return f"skipped {times(skipped)}"
    if last is None:
        return "not discussed yet"
    return f"discussed {away(last.entered.astimezone(look.settings.zone).date(), look.today)}"
