"""Uptime and error budget by a named rule."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import datetime, timedelta
from typing import Literal

import msgspec

from opsdesk.core.settings import Policy
from opsdesk.insight.outages import Outage, Window
from opsdesk.insight.period import Period

NOTHING = timedelta()
Effect = Literal["excluded", "down", "partial"]
EFFECTS: tuple[Effect, ...] = ("down", "partial", "excluded")  # where several lie over one moment the first decides
UNNAMED = ("",)


class Span(msgspec.Struct, frozen=True):
    """From `start` until just before `end` something is down, in part, or excluded: these components (of none that it
    names whatever has no name), for these customers (all of them where it names none).
    """

    start: datetime
    end: datetime
    effect: Effect
    components: Collection[str] = ()
    customers: Collection[str] = ()


class Uptime(msgspec.Struct, frozen=True, kw_only=True):
    """A period by one policy; all times in seconds.

    `period`: all of it; `elapsed`: what of it has passed. `down`: partial outages by the policy's weight. `excluded`:
    time in announced maintenance in which nothing else was down; it stays part of the period, so that every policy
    divides by the same time. `incidents`: how many counted, also those that lie within maintenance.
    """

    policy: str
    slo: float
    period: float
    elapsed: float
    down: float = 0
    excluded: float = 0
    incidents: int = 0

    @property
    def share(self) -> float | None:
        """Time up in per cent of the time that has passed; None before any has."""
        return 100 * (self.elapsed - self.down) / self.elapsed if self.elapsed else None

    @property
    def shown(self) -> str:
        """The share with three digits, cut and not rounded: 100.000 means not a moment down."""
        if not self.elapsed:
            return "–"
        elapsed, down = round(self.elapsed * 1e6), round(self.down * 1e6)
        return f"{(elapsed - down) * 100_000 // elapsed / 1000:.3f}"

    @property
    def allowed(self) -> float:
        """The error budget: (1 - SLO) × period, in seconds. Source: Site Reliability Engineering, chapter 3."""
        return round((100 - self.slo) * self.period / 100, 6)

    @property
    def left(self) -> float:
        """What of the budget is left, in seconds; below 0 where more was used than there is."""
        return round(self.allowed - self.down, 6)

    @property
    def used_percent(self) -> float | None:
        """What of the budget was used, in per cent; None where there is none to use."""
        return 100 * self.down / self.allowed if self.allowed else None

    @property
    def left_percent(self) -> float | None:
        return None if self.used_percent is None else 100 - self.used_percent

    @property
    def burn(self) -> float | None:
        """How fast the budget is used: at 1 it lasts exactly to the end of the period; None before any time has passed.

        The share of the budget used over the share of the period passed. Source: The Site Reliability Workbook,
        chapter 5.
        """
        if self.used_percent is None or not self.elapsed:
            return None
        return self.used_percent / 100 / (self.elapsed / self.period)

    @property
    def met(self) -> bool | None:
        """Whether the time so far keeps the SLO; None before any has passed."""
        return self.down * 100 <= round((100 - self.slo) * self.elapsed, 6) if self.elapsed else None


def uptime(
    outages: Iterable[Outage], windows: Iterable[Window], policy: Policy, period: Period, now: datetime
) -> Uptime:
    """The uptime of whatever all the outages and windows hit.

    At each moment the heaviest counts: an outage that is down or maintenance that counts is 1, a partial outage the
    policy's weight, nothing is 0. Announced maintenance is excluded from its start until its end or until it was over,
    if that was earlier; what overruns counts as down, and so does all of it where any customer whom it hits was told
    without the notice asked for: as one customer felt it, its own notice decides; of a component, or of everything,
    the latest of all who are concerned. Excluded is the window and what else is down of its own components, for its own
    customers: whatever else is down meanwhile, other maintenance that counts included, counts as ever. What is open
    counts until now; what is ahead is neither up nor down.
    """
    passed = period.elapsed(now)
    counted = [each for each in outages if each.severity in policy.severities and lasted_in(each, period, now)]
    spans = [*_of_outages(counted, now), *_of_windows(windows, policy, now)]
    total = dict.fromkeys(EFFECTS, NOTHING)
    for length, effect in _stretches(spans, passed):
        total[effect] += length
    return Uptime(
        policy=policy.name,
        slo=policy.slo,
        period=period.length.total_seconds(),
        elapsed=passed.length.total_seconds(),
        down=(total["down"] + policy.partial * total["partial"]).total_seconds(),
        excluded=total["excluded"].total_seconds(),
        incidents=len(counted),
    )


def lasted_in(outage: Outage, period: Period, now: datetime) -> bool:
    """Some of it lay in what has passed of the period, or all of it at one moment there."""
    passed, end = period.elapsed(now), now if outage.end is None else outage.end
    started_before_its_end = passed.since < passed.until and outage.start < passed.until
    return started_before_its_end and (end > passed.since or outage.start >= passed.since)


def _of_outages(outages: Iterable[Outage], now: datetime) -> Iterator[Span]:
    for each in outages:
        effect: Effect = "partial" if each.partial else "down"
        yield Span(each.start, now if each.end is None else each.end, effect, each.components, each.customers)


def _of_windows(windows: Iterable[Window], policy: Policy, now: datetime) -> Iterator[Span]:
    for each in windows:
        over, hit = each.over(now), (each.components, each.customers)
        if policy.maintenance == "excluded" and each.in_time(policy):
            yield Span(each.starts, min(each.ends, over), "excluded", *hit)
            yield Span(each.ends, over, "down", *hit)
        else:
            yield Span(each.starts, over, "down", *hit)


def _stretches(spans: Iterable[Span], period: Period) -> Iterator[tuple[timedelta, Effect]]:
    """The period cut wherever a span begins or ends: each stretch that a span lies over, with what decides it."""
    steps: list[tuple[datetime, int, Span]] = []
    for number, span in enumerate(spans):
        start, end = max(span.start, period.since), min(span.end, period.until)
        if start < end:
            steps += [(start, number, span), (end, number, span)]
    over: dict[int, Span] = {}
    before = period.since
    for at, number, span in sorted(steps, key=lambda each: each[0]):
        if over and before < at:
            yield at - before, _decisive(over.values())
        if over.pop(number, None) is None:
            over[number] = span
        before = at


def _decisive(over: Collection[Span]) -> Effect:
    excluded = [each for each in over if each.effect == "excluded"]
    counting = {each.effect for each in over if each.effect != "excluded" and not _excused(each, excluded)}
    return next((each for each in EFFECTS if each in counting), "excluded")


def _excused(span: Span, excluded: Collection[Span]) -> bool:
    """Each of its components is in an excluded window, for all of its customers."""
    return all(_within(part, span.customers, excluded) for part in span.components or UNNAMED)


def _within(component: str, customers: Collection[str], excluded: Collection[Span]) -> bool:
    whose = [each.customers for each in excluded if component in (each.components or UNNAMED)]
    known = {handle for each in whose for handle in each}
    return any(not each for each in whose) or (bool(customers) and known.issuperset(customers))
