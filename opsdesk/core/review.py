"""The draft of an incident's review: names for handles, times in the company's zone, ready to be printed."""

from __future__ import annotations

from datetime import date, datetime

import msgspec


class ReviewMoment(msgspec.Struct, frozen=True, kw_only=True):
    at: datetime
    what: str
    text: str
    by: str = ""


class ReviewTold(msgspec.Struct, frozen=True, kw_only=True):
    who: str
    at: datetime
    by: str = ""
    how: str = ""


class ReviewAction(msgspec.Struct, frozen=True, kw_only=True):
    id: str
    title: str
    owner: str = ""
    due: date | None = None
    state: str = ""


class ReviewDecision(msgspec.Struct, frozen=True, kw_only=True):
    id: str
    text: str


class Review(msgspec.Struct, frozen=True, kw_only=True):
    """Minutes are rounded; None where they are not known (yet). `down`: from start to end, while it lasts
    until now. `until_sales_knew`: from detection. `why`: the reason of its last change of state.
    """

    id: str
    title: str
    company: str = ""
    zone: str
    sev: int
    state: str
    impact: str
    why: str = ""
    owner: str = ""
    workaround: str = ""
    customers: tuple[str, ...] = ()
    components: tuple[str, ...] = ()
    started: datetime | None = None
    detected: datetime | None = None
    acknowledged: datetime | None = None
    mitigated: datetime | None = None
    resolved: datetime | None = None
    down: int | None = None
    to_acknowledge: int | None = None
    to_resolve: int | None = None
    until_sales_knew: int | None = None
    informed: tuple[ReviewTold, ...] = ()
    uninformed: tuple[str, ...] = ()
    timeline: tuple[ReviewMoment, ...] = ()
    actions: tuple[ReviewAction, ...] = ()
    decisions: tuple[ReviewDecision, ...] = ()
