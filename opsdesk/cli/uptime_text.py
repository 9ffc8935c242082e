"""Uptime, error budget, MTTA and TTR as aligned lines of text."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from zoneinfo import ZoneInfo

from opsdesk.cli.columns import aligned
from opsdesk.core.settings import RAW, Policy
from opsdesk.insight.percentiles import Spread
from opsdesk.insight.reliability import Facts, Row
from opsdesk.insight.response import Response
from opsdesk.insight.uptime import Uptime

UNITS = (("d", 86_400), ("h", 3_600), ("min", 60), ("s", 1))
UNKNOWN = "–"


def heading(facts: Facts, zone: ZoneInfo) -> str:
    """The days, and how much of them has passed: as in "2026-11-01 to 2026-11-30 (UTC): 543.5 of 720 …"."""
    period = facts.period
    first, last = (each.astimezone(zone).date() for each in (period.since, period.until - timedelta(seconds=1)))
    hours, passed = (each.length.total_seconds() / 3600 for each in (period, period.elapsed(facts.now)))
    return f"{first} to {last} ({zone.key}): {passed:.1f} of {hours:g} hours have passed"


def table(rows: Sequence[Row], policies: Sequence[Policy], limit: int | None = None) -> list[str]:
    """One line a row: uptime by each policy, what is left of each error budget, and how many incidents it had."""
    judging = [i for i, policy in enumerate(policies) if policy.name != RAW.name] or [*range(len(policies))]
    several = len(judging) > 1
    budgets = [f"{policies[i].name} " * several + title for i in judging for title in ("SLO %", "budget left")]
    headers = ["uptime of", *(f"{policy.name} %" for policy in policies), *budgets, "incidents"]
    return aligned(headers, [_line(row, judging) for row in rows], limit)


def reply(row: Row, limit: int | None = None) -> list[str]:
    """MTTA and TTR of a row's incidents, in all and by severity, each with how many it is of."""
    headers = ["incidents begun", "n", "open", "no ack", "MTTA P50", "P85", "P95", "n", "TTR P50", "P85", "P95", "n"]
    return aligned(headers, [_reply(each, row) for each in row.response], limit)


def length(seconds: float) -> str:
    """The two largest units, cut off: "26 min 40 s", "3 h", "4 d 2 h"."""
    rest, parts = int(abs(seconds)), []
    for name, size in UNITS:
        count, rest = divmod(rest, size)
        parts.append((count, name))
    first = next((i for i, (count, _) in enumerate(parts) if count), len(parts) - 1)
    shown = [f"{count} {name}" for count, name in parts[first : first + 2] if count]
    return " ".join(shown) or "0 s"


def _line(row: Row, judging: Sequence[int]) -> list[str]:
    left = [_left(row.figures[i]) if row.known else UNKNOWN for i in judging]
    budgets = [text for i, each in zip(judging, left, strict=True) for text in (f"{row.figures[i].slo:g}", each)]
    return [_name(row), *(each.shown for each in row.figures), *budgets, str(len(row.incidents))]


def _name(row: Row) -> str:
    return {"all": "everything", "component": row.name, "customer": f"{row.name} (customer)"}[row.of]


def _left(figures: Uptime) -> str:
    """ "26 min 40 s (61 %)", or by how much it is overdrawn."""
    if figures.left < 0:
        used = "" if figures.used_percent is None else f" ({figures.used_percent:.0f} % used)"
        return f"{length(figures.left)} over{used}"
    percent = "" if figures.left_percent is None else f" ({figures.left_percent:.0f} %)"
    return f"{length(figures.left)}{percent}"


def _reply(response: Response, row: Row) -> list[str]:
    named = f"SEV-{response.severity}" if response.severity else _name(row)
    counts = [str(response.incidents), str(response.open), str(response.unacknowledged)]
    return [named, *counts, *_spread(response.mtta), *_spread(response.ttr)]


def _spread(spread: Spread) -> list[str]:
    times = (UNKNOWN if each is None else length(each) for each in (spread.p50, spread.p85, spread.p95))
    return [*times, str(spread.n)]
