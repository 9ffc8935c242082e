"""Did the sheet see it coming: what it said 30 days before a customer left or escalated."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Literal, Protocol

import msgspec

from opsdesk.core.customers import Customer
from opsdesk.core.register import LEAST, Look
from opsdesk.core.registers.overrides import Override
from opsdesk.core.scores import Level, Score
from opsdesk.core.settings import Settings
from opsdesk.insight.rollup import rolled
from opsdesk.insight.spells import by_customer, histories
from opsdesk.insight.trend import cells_at, judged_at

DAYS = 30
_BEFORE = timedelta(days=DAYS)


class Escalated(Protocol):
    """An escalation, as far as it counts here."""

    @property
    def customer(self) -> str: ...

    @property
    def opened(self) -> datetime | None: ...


class Backtest(msgspec.Struct, frozen=True, kw_only=True):
    """`customer`: a handle, which left or escalated `on` a day. `before`: its computed level 30 days earlier; `shown`:
    the level that the sheet showed then, which is that of the override where one was in force.
    """

    customer: str
    what: Literal["left", "escalated"]
    on: date
    before: Level
    shown: Level

    @property
    def green(self) -> bool:
        """The sheet saw nothing, as its cells came to."""
        return self.before == "green"


def backtest(
    customers: Iterable[Customer],
    escalations: Iterable[Escalated],
    scores: Iterable[Score],
    look: Look,
    overrides: Iterable[Override] = (),
) -> tuple[Backtest, ...]:
    """ "Was it green 30 days before it churned or escalated?", the newest first.

    `scores`, `overrides`: all of them, the overrides in the order of their numbers. Of an escalation at the instant 30
    days before it was opened; of a customer that left, of which only its last day is known, at the end of the day 30
    days before. A customer that was brought back has not left.
    """
    said, judged = by_customer(scores), _by_customer(overrides)
    left = [
        Event(each.handle, "left", each.left, _day_before(each.left, look))
        for each in customers
        if each.left and each.left <= look.today
    ]
    opened = [
        Event(each.customer, "escalated", each.opened.astimezone(look.settings.zone).date(), each.opened - _BEFORE)
        for each in escalations
        if each.opened and each.opened <= look.now
    ]
    found = (
        _tested(event, histories(said.get(event.customer, ())), judged.get(event.customer, ()), look)
        for event in (*left, *opened)
    )
    return tuple(sorted(found, key=lambda each: (-each.on.toordinal(), each.customer, each.what)))


def level_at(histories: Mapping[str, Sequence[Score]], at: datetime, settings: Settings) -> Level:
    """What one customer's cells came to at that moment. `histories`: measure → its scores, oldest first."""
    return rolled(cells_at(histories, at), settings, Look(at, settings)).computed


class Event(msgspec.Struct, frozen=True):
    """`before`: the moment that is looked at."""

    customer: str
    what: Literal["left", "escalated"]
    on: date
    before: datetime


def _tested(event: Event, said: Mapping[str, Sequence[Score]], judged: Sequence[Override], look: Look) -> Backtest:
    computed = level_at(said, event.before, look.settings)
    shown = judged_at(judged, event.before, look) or computed
    return Backtest(customer=event.customer, what=event.what, on=event.on, before=computed, shown=shown)


def _day_before(left: date, look: Look) -> datetime:
    """The end of the day 30 days before."""
    return look.begun((look.today - left).days + DAYS - 1) - LEAST


def _by_customer(overrides: Iterable[Override]) -> Mapping[str, Sequence[Override]]:
    found: dict[str, list[Override]] = {}
    for each in overrides:
        found.setdefault(each.customer, []).append(each)
    return found
