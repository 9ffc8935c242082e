"""What takes a service down: outages and maintenance windows, and which of them hit a component or a customer."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime, timedelta
from typing import TypeVar

import msgspec
from msgspec.structs import replace

from opsdesk.core.settings import Policy


class Outage(msgspec.Struct, frozen=True, kw_only=True):
    """One incident as uptime sees it: from `start` until `end`; None while it lasts."""

    id: str = ""
    start: datetime
    end: datetime | None = None
    severity: int = 1
    partial: bool = False
    components: Collection[str] = ()
    customers: Collection[str] = ()


class Window(msgspec.Struct, frozen=True, kw_only=True):
    """One maintenance window as uptime sees it: announced from `starts` to `ends`, over at `ended`.

    Without `ended` it lasts until its end, but one that is `running` lasts until it is said to be over. `notices`: of
    customers of whom that is known, when each was told (None: never); any other was when it was `announced`.
    """

    id: str = ""
    starts: datetime
    ends: datetime
    ended: datetime | None = None
    announced: datetime | None = None
    notices: Mapping[str, datetime | None] = {}
    running: bool = False
    components: Collection[str] = ()
    customers: Collection[str] = ()

    def over(self, now: datetime) -> datetime:
        """When it was over, as far as is known now."""
        if self.ended is not None:
            return self.ended
        return max(self.ends, now) if self.running else self.ends

    def in_time(self, policy: Policy) -> bool:
        """Announced with the notice that the policy asks for, to every customer whom it concerns."""
        latest = self.starts - timedelta(hours=policy.notice_hours)
        told = [self.notices.get(each, self.announced) for each in self.customers] or [self.announced]
        return all(at is not None and at <= latest for at in told)


Happening = Outage | Window
H = TypeVar("H", Outage, Window)


def hits_component(happening: Happening, handle: str) -> bool:
    """It names the component. What only depends on a component is not down with it until an incident says so."""
    return handle in happening.components


def hits_customer(happening: Happening, handle: str) -> bool:
    """It names the customer, or names none: then every customer felt it until somebody says who did."""
    return not happening.customers or handle in happening.customers


def of_component(happenings: Iterable[H], handle: str) -> list[H]:
    """Those that hit the component, as far as they hit it and no other."""
    return [replace(each, components=(handle,)) for each in happenings if hits_component(each, handle)]


def of_customer(happenings: Iterable[H], handle: str) -> list[H]:
    """Those that the customer felt, as far as this one did."""
    return [replace(each, customers=(handle,)) for each in happenings if hits_customer(each, handle)]
