"""Minutes as a value: everything the page says, already resolved to names and dates, frozen at closing."""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar

import msgspec

from opsdesk.core.record import Record, Text


class ActionLine(msgspec.Struct, frozen=True, kw_only=True):
    """`was`: the due dates before this one, oldest first. `promised_to`: empty where it is no promise."""

    id: str
    title: Text
    owner: Text = ""
    due: date | None = None
    was: tuple[date, ...] = ()
    customer: Text = ""
    promised_to: Text = ""
    state: str = "ready"
    why: Text = ""
    relisted: int = 0


class DecisionLine(msgspec.Struct, frozen=True, kw_only=True):
    id: str
    text: Text
    supersedes: str = ""


class FlagLine(msgspec.Struct, frozen=True, kw_only=True):
    id: str
    customer: Text
    measure: Text
    before: str
    after: str
    comment: Text = ""
    owner: Text = ""
    exit: Text = ""


class CarriedLine(msgspec.Struct, frozen=True, kw_only=True):
    """An item that comes back; `relisted` counts how often it has."""

    id: str
    text: Text
    section: Text
    relisted: int = 0


class MinuteItem(msgspec.Struct, frozen=True, kw_only=True):
    """One agenda item, reached or not. Minutes planned, and used (rounded to whole minutes, half up)."""

    number: int
    title: Text
    planned: int
    actual: int
    reached: bool
    outcome: Text = ""
    notes: tuple[Text, ...] = ()
    decisions: tuple[DecisionLine, ...] = ()
    actions: tuple[ActionLine, ...] = ()
    flags: tuple[FlagLine, ...] = ()
    parked: tuple[CarriedLine, ...] = ()


class Came(msgspec.Struct, frozen=True, kw_only=True):
    """A person in the attendance list; `at` is HH:MM local where they were late or left."""

    name: Text
    at: str = ""


class Minutes(msgspec.Struct, frozen=True, kw_only=True):
    """Times are aware and already local to the meeting (`zone` names where), so that rendering needs no setting."""

    company: Text = ""
    series: Text
    number: int
    version: int = 1
    draft: bool = False
    state: str = "closed"
    why: Text = ""
    customer: Text = ""
    audience: str = "team"
    zone: str
    scheduled: datetime
    started: datetime | None = None
    ended: datetime | None = None
    timebox: int
    hard_cap: bool = False
    overrun: Text = ""
    chair: Text = ""
    minute_taker: Text = ""
    handovers: tuple[Text, ...] = ()
    present: tuple[Text, ...] = ()
    apologies: tuple[Text, ...] = ()
    absent: tuple[Text, ...] = ()
    late: tuple[Came, ...] = ()
    left: tuple[Came, ...] = ()
    quorum: int = 0
    quorum_met: bool = True
    flags: tuple[FlagLine, ...] = ()
    previous: tuple[ActionLine, ...] = ()
    items: tuple[MinuteItem, ...] = ()
    decisions: tuple[DecisionLine, ...] = ()
    actions: tuple[ActionLine, ...] = ()
    parked: tuple[CarriedLine, ...] = ()
    owed: tuple[Text, ...] = ()
    waived: tuple[Text, ...] = ()
    rating: float | None = None
    ratings: int = 0
    next: datetime | None = None


class MinutesRecord(Record, frozen=True, kw_only=True):
    """The minutes of one meeting as they were frozen; a later version is a record of its own."""

    kind: ClassVar[str] = "minutes"
    prefix: ClassVar[str] = "V"
    meeting: str
    agenda: str
    version: int = 1
    frozen: datetime
    minutes: Minutes

    @property
    def live(self) -> bool:
        return False
