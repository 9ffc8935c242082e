"""Did the sheet see it coming: what it said 30 days before a customer left or escalated."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Literal, Protocol

import msgspec

from opsdesk.core.customers import Customer
from opsdesk.core.register import LEAST, Look
from opsdesk.core.scores import Level, Score
from opsdesk.core.settings import Settings
from opsdesk.insight.rollup import rolled
from opsdesk.insight.spells import by_customer, histories
from opsdesk.insight.trend import cells_at

DAYS = 30


class Escalated(Protocol):
    """An escalation, as far as it counts here."""

    @property
    def customer(self) -> str: ...

    @property
    def opened(self) -> datetime | None: ...


class Backtest(msgspec.Struct, frozen=True, kw_only=True):
    """`customer`: a handle, which left or escalated `on` a day. `before`: its computed level 30 days earlier."""

    customer: str
    what: Literal["left", "escalated"]
    on: date
    before: Level

    @property
    def green(self) -> bool:
        """The sheet saw nothing."""
        return self.before == "green"


def backtest(
    customers: Iterable[Customer], escalations: Iterable[Escalated], scores: Iterable[Score], look: Look
) -> tuple[Backtest, ...]:
    """ "Was it green 30 days before it churned or escalated?", the newest first. `scores`: all of them, in any order.

    Overrides are left out: it is the sheet that is tested.
    """
    said = by_customer(scores)
    left = [Event(each.handle, "left", each.left) for each in customers if each.left and each.left <= look.today]
    opened = [
        Event(each.customer, "escalated", each.opened.astimezone(look.settings.zone).date())
        for each in escalations
        if each.opened and each.opened <= look.now
    ]
    found = (_tested(event, histories(said.get(event.customer, ())), look) for event in (*left, *opened))
    return tuple(sorted(found, key=lambda each: (-each.on.toordinal(), each.customer, each.what)))


def level_at(histories: Mapping[str, Sequence[Score]], at: datetime, settings: Settings) -> Level:
    """What one customer's cells came to at that moment. `histories`: measure → its scores, oldest first."""
    return rolled(cells_at(histories, at), settings, Look(at, settings)).computed


class Event(msgspec.Struct, frozen=True):
    customer: str
    what: Literal["left", "escalated"]
    on: date


def _tested(event: Event, said: Mapping[str, Sequence[Score]], look: Look) -> Backtest:
    """At the end of the day 30 days before."""
    at = look.begun((look.today - event.on).days + DAYS - 1) - LEAST
    before = level_at(said, at, look.settings)
    return Backtest(customer=event.customer, what=event.what, on=event.on, before=before)
