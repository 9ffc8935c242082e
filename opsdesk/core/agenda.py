"""The values that agenda files are read into: one Agenda a recurring meeting."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec
from msgspec import Meta

Audience = Literal["team", "company", "customer"]
Late = Literal["end", "length"]
ClosingStep = Literal["readback", "rating", "next"]
BoardName = Literal[
    "burning",
    "delays",
    "promises",
    "staffing",
    "outages",
    "maintenance",
    "requirements",
    "releases",
    "known-issues",
    "bugs",
    "environments",
    "announcements",
    "flags",
    "scores",
    "escalations",
    "priorities",
    "changes",
    "updates",
    "progress",
    "decisions",
    "section",
]

OPENING_MINUTES = 1
CLOSING_MINUTES = 2


class AgendaSection(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One item of the agenda: its timebox in minutes, the questions to ask out loud, and the board that fills it.

    The board "section" shows what was carried over in this section and the open actions that came from it.
    """

    title: Annotated[str, Meta(min_length=1, max_length=80)]
    minutes: Annotated[int, Meta(ge=1, le=480)]
    ask: tuple[Annotated[str, Meta(min_length=1, max_length=120)], ...] = ()
    board: BoardName = "section"


class Recurrence(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An RFC 5545 rule without DTSTART, the wall-clock time `at` (HH:MM) and the zone it means.

    `zone` empty: the company's. `words`: the time as it is suggested ("late afternoon").
    """

    rule: Annotated[str, Meta(min_length=1)]
    at: Annotated[str, Meta(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]\Z", description="a time of day such as 09:30")]
    zone: str = ""
    words: str = ""


class Roles(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Each a department or a handle, resolved to a person when the meeting starts."""

    chair: str = ""
    deputy: str = ""
    minute_taker: str = ""


class Agenda(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One recurring meeting.

    `timebox` is the whole length in minutes, with 1 reserved for opening and 2 for closing; `hard_cap` makes its end
    a wall. `late` says what a late start keeps. `limit_days`: working days an item may stay open here before it shows
    up in the agenda `escalates_to`. `per_customer`: one series for each customer that is being onboarded.
    """

    slug: str = ""
    title: Annotated[str, Meta(min_length=1, max_length=80)]
    participants: Annotated[tuple[Annotated[str, Meta(min_length=1, max_length=80)], ...], Meta(min_length=1)]
    sections: Annotated[tuple[AgendaSection, ...], Meta(min_length=1)]
    recurrence: Recurrence
    timebox: Annotated[int, Meta(ge=5, le=480)]
    hard_cap: bool = False
    late: Late = "end"
    audience: Audience = "team"
    roles: Roles = Roles()
    quorum: Annotated[int, Meta(ge=0, le=100)] = 0
    closing: tuple[ClosingStep, ...] = ()
    limit_days: Annotated[int, Meta(ge=0, le=60)] = 0
    escalates_to: str = ""
    on: bool = False
    per_customer: bool = False
    about: str = ""
