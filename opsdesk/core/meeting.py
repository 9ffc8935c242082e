"""A meeting: its sections, timestamps and roles. Never a counter: clocks are computed from timestamps."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, ClassVar, Literal

import msgspec
from msgspec import Meta

from opsdesk.core.agenda import Audience, ClosingStep, Late
from opsdesk.core.record import Handle, Record, Text

NOTHING = "nothing to report"
"""The outcome of a section in which there was nothing; it does not stand beside what there was."""

MeetingState = Literal["running", "draft", "closed", "adjourned", "skipped"]
Presence = Literal["present", "apologies", "absent"]


class Section(msgspec.Struct, frozen=True, kw_only=True):
    """`minutes` as planned; `seconds` as allotted now, after a late start, borrowing and extending.

    `outcome` is what was said of it in one line; `parked` that it was put off as a whole.
    """

    title: Text
    minutes: int
    seconds: int
    ask: tuple[Text, ...] = ()
    board: str = "section"
    outcome: Text = ""
    parked: bool = False


class Span(msgspec.Struct, frozen=True, kw_only=True):
    """One stay in one section (its index); `left` is None while it lasts."""

    section: int
    entered: datetime
    left: datetime | None = None


class Attendance(msgspec.Struct, frozen=True, kw_only=True):
    """One person: here since `came` (late if after the start), gone at `left`."""

    who: Handle
    presence: Presence
    came: datetime | None = None
    left: datetime | None = None


class Rating(msgspec.Struct, frozen=True, kw_only=True):
    who: Handle
    score: Annotated[int, Meta(ge=1, le=10)]


class Waiver(msgspec.Struct, frozen=True, kw_only=True):
    """Something owed at closing that was let go, by its key (see insight.closing) and in words, with the reason."""

    owed: str
    what: Text = ""
    why: Text
    by: Handle


class Handover(msgspec.Struct, frozen=True, kw_only=True):
    role: Literal["chair", "minute_taker"]
    before: Handle
    after: Handle
    at: datetime


class Meeting(Record, frozen=True, kw_only=True):
    """One run of one agenda. `number` counts the series. `scheduled` is the planned start, `last` the last event.

    `timebox` in minutes. `overrun`: the recorded reason for going past a hard cap. `why`: of an adjourned or skipped
    meeting. `closing` is when the closing gate was opened. `settling`: the action by which a draft is to be settled.
    """

    kind: ClassVar[str] = "meetings"
    prefix: ClassVar[str] = "M"
    instead: ClassVar[Mapping[str, str]] = {
        "id": "a meeting begins with opsdesk run",
        "": "a meeting is changed only by running it",
    }
    agenda: str
    title: Text
    number: int = 1
    customer: Handle = ""
    audience: Audience = "team"
    state: MeetingState = "running"
    scheduled: datetime
    started: datetime | None = None
    ended: datetime | None = None
    closing: datetime | None = None
    last: datetime
    timebox: int
    hard_cap: bool = False
    late: Late = "end"
    steps: tuple[ClosingStep, ...] = ()
    chair: Handle = ""
    deputy: Handle = ""
    minute_taker: Handle = ""
    quorum: int = 0
    sections: tuple[Section, ...]
    spans: tuple[Span, ...] = ()
    attendance: tuple[Attendance, ...] = ()
    handovers: tuple[Handover, ...] = ()
    ratings: tuple[Rating, ...] = ()
    waivers: tuple[Waiver, ...] = ()
    overrun: Text = ""
    why: Text = ""
    settling: str = ""

    @property
    def live(self) -> bool:
        return self.state in ("running", "draft")

    @property
    def before(self) -> str:
        """The handle of the only customer that may be seen, where the meeting is held before one; else empty."""
        return self.customer if self.audience == "customer" else ""

    def may_show(self, customer: str) -> bool:
        """Whether what belongs to this customer (a handle, or nobody's) may be seen in it."""
        return not self.before or customer in ("", self.before)
