"""The customer page: names for handles, reasons in words, ready to be shown and printed."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

import msgspec

from opsdesk.core.agenda import Audience
from opsdesk.core.register import Weight
from opsdesk.core.scores import Level

PartName = Literal[
    "now",
    "flags",
    "promises",
    "deliveries",
    "actions",
    "escalations",
    "problems",
    "issues",
    "incidents",
    "tickets",
    "people",
    "requests",
    "discussed",
    "requirements",
]
TITLES: dict[PartName, str] = {
    "now": "Outage now",
    "flags": "Flags",
    "promises": "Promises",
    "deliveries": "Deliveries",
    "actions": "Actions",
    "escalations": "Escalations",
    "problems": "Problems",
    "issues": "Known issues",
    "incidents": "Incidents, 90 days",
    "tickets": "Tickets",
    "people": "People there",
    "requests": "Side-channel, 30 days",
    "discussed": "Discussed",
    "requirements": "Requirements",
}
"""In the order of use for whoever picks up the phone."""

NONE: dict[PartName, str] = {
    "now": "no outage",
    "flags": "no flags",
    "promises": "no promises",
    "deliveries": "no deliveries",
    "actions": "no open actions",
    "escalations": "no escalations",
    "problems": "no problems",
    "issues": "no known issues",
    "incidents": "no incidents in 90 days",
    "tickets": "no open tickets",
    "people": "nobody known there",
    "requests": "no side-channel requests in 30 days",
    "discussed": "never discussed",
    "requirements": "no requirements",
}


class PageLine(msgspec.Struct, frozen=True, kw_only=True):
    """One record: its `id`, what it is, why it matters, who has it; `said`: what else helps on the phone."""

    id: str
    text: str
    reason: str = ""
    weight: Weight = "none"
    owner: str = ""
    said: tuple[str, ...] = ()


class PagePart(msgspec.Struct, frozen=True, kw_only=True):
    """`summary`: what is to be said of all of it, in one line."""

    name: PartName
    lines: tuple[PageLine, ...] = ()
    summary: str = ""

    @property
    def title(self) -> str:
        return TITLES[self.name]

    @property
    def empty(self) -> bool:
        return not self.lines and not self.summary


class PageOverride(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody has judged, beside what was computed. `until`: its last day."""

    level: Level
    until: date
    by: str
    why: str


class CustomerPage(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that any department knows of one customer, as far as those in the room may read it.

    `at`: the moment, to the second, in the company's zone. `level`: "" where how it is judged is not shown; `trend`: as
    insight.trend has it. `share`: of its measures known and fresh, 0 to 1. `revenue`: per year, in the company's
    currency, 0 where nobody says. `parts`: in the order of use, also those that are empty.
    """

    id: str
    handle: str
    name: str
    company: str
    at: datetime
    zone: str
    audience: Audience = "team"
    level: Level | Literal[""] = ""
    computed: Level | Literal[""] = ""
    override: PageOverride | None = None
    share: float | None = None
    trend: tuple[int | None, ...] = ()
    owner: str = ""
    since: date | None = None
    left: date | None = None
    onboarding: bool = False
    revenue: float = 0
    parts: tuple[PagePart, ...] = ()

    @property
    def told(self) -> tuple[PagePart, ...]:
        """The parts that say something."""
        return tuple(part for part in self.parts if not part.empty)

    @property
    def nothing(self) -> str:
        """The empty ones in one line: "No escalations, no problems."."""
        words = ", ".join(NONE[part.name] for part in self.parts if part.empty)
        return f"{words[:1].upper()}{words[1:]}." if words else ""

    def part(self, name: PartName) -> PagePart:
        """An empty one where this room is shown none."""
        return next((part for part in self.parts if part.name == name), PagePart(name=name))
