"""The customer score sheet: one score a cell of customers and measures, red, orange or green."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Annotated, ClassVar, Literal

from msgspec import Meta

from opsdesk.core.record import Handle, Record, Text

Level = Literal["red", "orange", "green", "unknown"]
VALID_DAYS: dict[Level, int] = {"red": 14, "orange": 14, "green": 60, "unknown": 0}


class Score(Record, frozen=True, kw_only=True):
    """One level said at one time. A newer score of the same cell sets `superseded`; the history stays.

    `was` is the level before; `since` when the cell took this level (a confirmation keeps it).
    A red flag owes an owner, an exit criterion and a plan date. `valid_days`: how long it is fresh, 0 as its level
    says.
    """

    kind: ClassVar[str] = "scores"
    prefix: ClassVar[str] = "S"
    by_hand: ClassVar[tuple[str, ...]] = ("comment", "owner", "exit", "plan")
    instead: ClassVar[Mapping[str, str]] = {
        "id": "a flag is set on the screen",
        "": "what was said stays on record: set the flag anew on the screen",
    }
    customer: Annotated[Handle, Meta(title="Customer", min_length=1)]
    measure: Annotated[Text, Meta(title="Measure", min_length=1)]
    level: Annotated[Level, Meta(title="Level")]
    comment: Annotated[Text, Meta(title="Why")] = ""
    was: Level = "unknown"
    at: datetime
    since: datetime
    by: Handle = ""
    owner: Annotated[Handle, Meta(title="Owner")] = ""
    exit: Annotated[Text, Meta(title="Exit criterion")] = ""
    plan: Annotated[date | None, Meta(title="Plan by")] = None
    meeting: str = ""
    section: Text = ""
    valid_days: Annotated[int, Meta(title="Valid days", ge=0, le=3650)] = 0
    superseded: bool = False

    @property
    def live(self) -> bool:
        return not self.superseded

    def stale(self, now: datetime) -> bool:
        """Said longer ago than its level is valid (domain: 14 days for red and orange, 60 for green)."""
        return now - self.at > timedelta(days=VALID_DAYS[self.level])
