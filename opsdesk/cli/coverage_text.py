"""Coverage, fairness and the back-test as lines of text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence

import msgspec

from opsdesk.cli.columns import aligned, brief
from opsdesk.cli.scores_text import ORDER, fresh, sign
from opsdesk.core.register import Look
from opsdesk.core.scores import Level
from opsdesk.insight.attention import Attention
from opsdesk.insight.backtest import Backtest
from opsdesk.insight.coverage import Coverage
from opsdesk.minutes.cells import wrapped

UNKNOWN = "–"
NAMED = 10
NOBODY = "nobody's"


class Facts(msgspec.Struct, frozen=True, kw_only=True):
    """`stale`, `unknown`, `cells`: department → how many cells. `weeks`: of the minutes in `attention`, and of
    `met`, those of all meetings.
    """

    look: Look
    weeks: int
    coverage: Coverage
    stale: Mapping[str, int]
    unknown: Mapping[str, int]
    cells: Mapping[str, int]
    attention: Sequence[Attention]
    met: int
    backtest: Sequence[Backtest]

    @property
    def never(self) -> list[Attention]:
        return [each for each in self.attention if each.never_discussed]

    @property
    def spent(self) -> int:
        """Minutes that are known to have gone to one customer or another."""
        return sum(each.minutes for each in self.attention)


def page(facts: Facts, name: Callable[[str], str], limit: int | None = None) -> list[str]:
    """`name`: the customer of a handle."""
    blocks = [
        _covered(facts.coverage),
        _departments(facts, limit),
        _fairness(facts, name, limit),
        _never(facts.never, name, limit),
        _backtest(facts.backtest, name, limit),
    ]
    return [line for block in blocks if block for line in ("", *block)][1:]


def _covered(found: Coverage) -> list[str]:
    """As in "Customers with a fresh score: fresh 11 of 12, 91 % (goal 95 %): missed"."""
    verdict = "" if not found.active else ": met" if found.met else ": missed"
    cells = "" if found.cells is None else f"; {100 * found.cells:.0f} % of all cells are fresh"
    return [
        f"Customers with a fresh score: {fresh(found).removeprefix('fresh ')}{verdict}",
        f"Every measure fresh: {found.complete:,} of {found.active:,}{cells}",
    ]


def _departments(facts: Facts, limit: int | None) -> list[str]:
    rows = [
        [name or NOBODY, str(facts.stale.get(name, 0)), str(facts.unknown.get(name, 0)), str(cells)]
        for name, cells in facts.cells.items()
        if cells
    ]
    return aligned(["cells kept by", "stale", "not known", "of"], rows, limit) if rows else []


def _fairness(facts: Facts, name: Callable[[str], str], limit: int | None) -> list[str]:
    """Whoever was not spoken of for longest stands first."""
    if not facts.attention:
        return []
    rows = sorted(facts.attention, key=lambda each: (each.days is not None, -(each.days or 0), name(each.customer)))
    headers = ["customer", "last discussed", "days", f"min in {facts.weeks} weeks", "of minutes", "of revenue"]
    told = (
        f"{facts.spent:,} min of {facts.met:,} min of meetings in {facts.weeks} weeks went to one customer: its own"
        " meetings, and its flags when they were walked."
    )
    return [*aligned(headers, [_line(each, name) for each in rows], limit), *_broken(told, limit)]


def _line(each: Attention, name: Callable[[str], str]) -> list[str]:
    on = each.last_discussed.isoformat() if each.last_discussed else "never"
    days = UNKNOWN if each.days is None else str(each.days)
    return [
        name(each.customer),
        on,
        days,
        str(each.minutes),
        _percent(each.minutes_share),
        _percent(each.revenue_share),
    ]


def _percent(share: float | None) -> str:
    return UNKNOWN if share is None else f"{100 * share:.0f} %"


def _never(never: Sequence[Attention], name: Callable[[str], str], limit: int | None) -> list[str]:
    """Some by name, and how many more there are."""
    if not never:
        return []
    names = sorted(name(each.customer) for each in never)
    said = ", ".join(brief(each) for each in names[:NAMED])
    more = f" … and {len(names) - NAMED:,} more, all with --json" if len(names) > NAMED else ""
    told = f"Never discussed ({len(names):,}): {said}{more}"
    return _broken(told, limit)


def _broken(told: str, limit: int | None) -> list[str]:
    """Over as many lines as the terminal needs."""
    return wrapped(told, limit) if limit else [told]


def _backtest(found: Sequence[Backtest], name: Callable[[str], str], limit: int | None) -> list[str]:
    """What the sheet computed 30 days before, and what it showed where somebody had judged otherwise; those that were
    green it did not see.
    """
    if not found:
        return ["Back-test: nobody has left or escalated yet."]
    rows = [
        [name(each.customer), each.what, each.on.isoformat(), sign(each.before), sign(each.shown)] for each in found
    ]
    return [
        f"Back-test: 30 days before {len(found)} left or escalated the sheet computed"
        f" {_levels(each.before for each in found)}; as shown, with overrides, {_levels(each.shown for each in found)}",
        *aligned(["customer", "what", "on", "30 days before", "as shown"], rows, limit),
    ]


def _levels(found: Iterable[Level]) -> str:
    counts = Counter(found)
    return ", ".join(f"{sign(level)} {counts[level]}" for level in ORDER)
