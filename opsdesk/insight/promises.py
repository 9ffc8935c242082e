"""Promise-keeping: for learning, never a grade."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta, tzinfo

import msgspec

from opsdesk.core.actions import Action

WEEKS = 8
UNSAID = "no reason given"


class Week(msgspec.Struct, frozen=True, kw_only=True):
    """Seven days from `start`: promises due in them, and how many of these were kept."""

    start: date
    due: int = 0
    kept: int = 0

    @property
    def share(self) -> float | None:
        return self.kept / self.due if self.due else None


class Kept(msgspec.Struct, frozen=True, kw_only=True):
    """The period in weeks, oldest first; why promises were not kept: the frequent first, the unsaid last."""

    weeks: tuple[Week, ...] = ()
    reasons: tuple[tuple[str, int], ...] = ()

    @property
    def due(self) -> int:
        return sum(week.due for week in self.weeks)

    @property
    def kept(self) -> int:
        return sum(week.kept for week in self.weeks)

    @property
    def percent(self) -> int | None:
        """Kept of due in whole per cent, half up; None when nothing was due."""
        return (200 * self.kept + self.due) // (2 * self.due) if self.due else None


def was_kept(action: Action, zone: tzinfo) -> bool:
    """Finished on or before the first date the customer was told; re-dating does not mend it."""
    if action.state != "done" or action.finished is None or action.first_due is None:
        return False
    return action.finished.astimezone(zone).date() <= action.first_due


def keeping(actions: Iterable[Action], today: date, zone: tzinfo, weeks: int = WEEKS) -> Kept:
    """Promises whose first date lies in the `weeks` times 7 days before today (today itself can still be kept).

    Promise-keeping = kept on the original date / due in the period. A dropped promise was not kept.
    """
    first = today - timedelta(weeks=weeks)
    due = [a for a in actions if a.promise and a.first_due is not None and first <= a.first_due < today]
    starts = [first + timedelta(weeks=n) for n in range(weeks)]
    return Kept(
        weeks=tuple(_week(start, due, zone) for start in starts),
        reasons=_counted(reason(action) for action in due if not was_kept(action, zone)),
    )


def _week(start: date, due: Iterable[Action], zone: tzinfo) -> Week:
    inside = [a for a in due if a.first_due is not None and start <= a.first_due < start + timedelta(days=7)]
    return Week(start=start, due=len(inside), kept=sum(was_kept(action, zone) for action in inside))


def reason(action: Action) -> str:
    """Why it was not kept, as far as anybody said so."""
    said = next((slip.why for slip in reversed(action.slips) if slip.why), "")
    if said:
        return said
    if action.waiting_on:
        return f"waited on {action.waiting_on}"
    return action.why or UNSAID


def _counted(reasons: Iterable[str]) -> tuple[tuple[str, int], ...]:
    spelled: dict[str, str] = {}
    counts: Counter[str] = Counter()
    for each in reasons:
        counts[each.casefold()] += 1
        spelled.setdefault(each.casefold(), each)
    ranked = sorted(counts.items(), key=lambda pair: (pair[0] == UNSAID, -pair[1], pair[0]))
    return tuple((spelled[key], n) for key, n in ranked)
