"""The walk over the open flags: what came of each, and how long it was spoken of."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Annotated, ClassVar, Literal

from msgspec import Meta

from opsdesk.core.record import Handle, Record, Text

Outcome = Literal["", "discussed", "resolved", "kept", "skipped"]


class FlagReview(Record, frozen=True, kw_only=True):
    """One flag in one meeting: its cell, the id of its `score`, and the `level` it had when its turn came.

    `outcome` is empty while its first turn lasts; of one that is gone back to it stays. `kept`: with a new date `plan`.
    `at_once`: kept with others in one go, or skipped: it was not really spoken of. `away`: the seconds between
    `entered` and `left` that were not its own; while its turn lasts those that its section has spent on other flags.
    """

    kind: ClassVar[str] = "flag-reviews"
    prefix: ClassVar[str] = "FR"
    instead: ClassVar[Mapping[str, str]] = {
        "id": "flags are reviewed in a meeting",
        "": "what came of a flag in a meeting stays as it was",
    }
    customer: Annotated[Handle, Meta(title="Customer", min_length=1)]
    measure: Annotated[Text, Meta(title="Measure", min_length=1)]
    score: str
    level: Annotated[Literal["red", "orange"], Meta(title="Level")]
    meeting: str
    section: Text
    entered: datetime
    left: datetime | None = None
    away: Annotated[int, Meta(ge=0)] = 0
    outcome: Annotated[Outcome, Meta(title="Outcome")] = ""
    at_once: bool = False
    plan: Annotated[date | None, Meta(title="Plan by")] = None
    why: Annotated[Text, Meta(title="Why")] = ""
    by: Handle = ""

    @property
    def live(self) -> bool:
        return self.left is None

    @property
    def cell(self) -> tuple[str, str]:
        """Customer (a handle) and measure."""
        return self.customer, self.measure

    @property
    def discussed(self) -> bool:
        """Whether it was really spoken of."""
        return bool(self.outcome) and self.outcome != "skipped" and not self.at_once

    @property
    def talk(self) -> timedelta:
        """How long its turn took; nothing while it lasts."""
        spent = self.left - self.entered - timedelta(seconds=self.away) if self.left else timedelta()
        return max(timedelta(), spent)
