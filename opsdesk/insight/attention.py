"""Fairness: how much each customer was spoken of, beside what it is worth."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

import msgspec

from opsdesk.core.actions import Action
from opsdesk.core.clocks import elapsed
from opsdesk.core.customers import Customer
from opsdesk.core.entries import Item
from opsdesk.core.flagreviews import FlagReview
from opsdesk.core.meeting import Meeting
from opsdesk.core.ports import Reader
from opsdesk.core.register import Look
from opsdesk.core.said import Said, said_at
from opsdesk.core.scores import Score

WEEKS = 12


class Attention(msgspec.Struct, frozen=True, kw_only=True):
    """`customer`: a handle. `minutes` of meetings spent on it in the period, rounded half up.

    `days`: since it was last discussed. The shares are of all these customers together, 0 to 1, None where there is
    nothing to share.
    """

    customer: str
    last_discussed: date | None = None
    days: int | None = None
    minutes: int = 0
    minutes_share: float | None = None
    revenue_share: float | None = None

    @property
    def never_discussed(self) -> bool:
        return self.last_discussed is None


class Talk(msgspec.Struct, frozen=True, kw_only=True):
    """What tells who was spoken of: walks over flags, meetings, and what was said in them."""

    reviews: Sequence[FlagReview] = ()
    meetings: Sequence[Meeting] = ()
    said: Sequence[Said] = ()


def talk_in(reader: Reader) -> Talk:
    """All of it: what was typed outside meetings is left out."""
    said: list[Said] = []
    for kind in (Action, Item, Score):
        said += reader.where(kind, lambda each: bool(each.meeting))
    return Talk(reviews=reader.all(FlagReview), meetings=reader.all(Meeting), said=said)


def attention(customers: Iterable[Customer], talk: Talk, look: Look, weeks: int = WEEKS) -> tuple[Attention, ...]:
    """One an active customer, in their order. Minutes: of its flags' turns and of whole meetings held with it, in the
    last `weeks`. Last discussed: ever, a flag of its own, a meeting with it, or one in which anything was said of it.
    """
    active = [each for each in customers if each.active]
    spent = _spent(talk, look, look.now - timedelta(weeks=weeks))
    last = _last(talk, look)
    whole = sum((spent.get(each.handle, timedelta()) for each in active), timedelta())
    revenue = sum(each.revenue for each in active)
    return tuple(
        Attention(
            customer=each.handle,
            last_discussed=last.get(each.handle),
            days=(look.today - last[each.handle]).days if each.handle in last else None,
            minutes=_minutes(spent.get(each.handle, timedelta())),
            minutes_share=spent.get(each.handle, timedelta()) / whole if whole else None,
            revenue_share=each.revenue / revenue if revenue else None,
        )
        for each in active
    )


def met(talk: Talk, look: Look, weeks: int = WEEKS) -> int:
    """Minutes of all meetings that began in the last `weeks`, whoever they spoke of."""
    since = look.now - timedelta(weeks=weeks)
    held = (elapsed(each, look.now) for each in talk.meetings if each.started and each.started >= since)
    return _minutes(sum(held, timedelta()))


def _spent(talk: Talk, look: Look, since: datetime) -> dict[str, timedelta]:
    """Customer → how long it was spoken of. A flag's turn within a meeting with that customer counts once."""
    calls = [each for each in talk.meetings if each.customer and each.started and each.started >= since]
    counted = {(call.id, call.customer) for call in calls}
    turns = [
        (each.customer, each.talk)
        for each in talk.reviews
        if each.entered >= since and (each.meeting, each.customer) not in counted
    ]
    found: dict[str, timedelta] = {}
    for customer, length in (*turns, *((call.customer, elapsed(call, look.now)) for call in calls)):
        found[customer] = found.get(customer, timedelta()) + length
    return found


def _last(talk: Talk, look: Look) -> dict[str, date]:
    """Customer → the day it was last discussed."""
    times = [
        *((each.customer, each.entered) for each in talk.reviews if each.discussed),
        *((each.customer, each.started) for each in talk.meetings if each.started),
        *((getattr(each, "customer", ""), said_at(each)) for each in talk.said if each.meeting),
    ]
    found: dict[str, datetime] = {}
    for customer, at in times:
        found[customer] = max(at, found.get(customer, at))
    return {customer: at.astimezone(look.settings.zone).date() for customer, at in found.items()}


def _minutes(length: timedelta) -> int:
    return int((length.total_seconds() + 30) // 60)
