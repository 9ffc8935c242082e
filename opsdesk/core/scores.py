"""The customer score sheet: one score a cell of customers and measures, red, orange or green."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Annotated, ClassVar, Literal

from msgspec import Meta

from opsdesk.core.record import Handle, Record, Text

if TYPE_CHECKING:
    from opsdesk.core.register import Look

Level = Literal["red", "orange", "green", "unknown"]
Beneath = Literal["", "red", "orange"]
VALID_DAYS: dict[Level, int] = {"red": 14, "orange": 14, "green": 60, "unknown": 0}


class Score(Record, frozen=True, kw_only=True):
    """One level said at one time. A newer score of the same cell sets `superseded`; the history stays.

    `was` is the level before; `since` when the cell took this level (a confirmation keeps it).
    A red flag owes an owner, an exit criterion and a plan date. `valid_days`: how long it is fresh, 0 as its level
    says. `beneath`: the flag that was open when the cell became unknown; only green ends a flag.
    """

    kind: ClassVar[str] = "scores"
    prefix: ClassVar[str] = "S"
    by_hand: ClassVar[tuple[str, ...]] = ("comment", "owner", "exit", "plan")
    instead: ClassVar[Mapping[str, str]] = {
        "id": "a flag is set on the screen or with opsdesk score",
        "": "what was said stays on record: say the level anew, on the screen or with opsdesk score",
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
    beneath: Beneath = ""
    superseded: bool = False

    @property
    def live(self) -> bool:
        return not self.superseded

    @property
    def flag(self) -> bool:
        """Red or orange: something that somebody must see to."""
        return self.level in ("red", "orange")

    @property
    def open_flag(self) -> Beneath:
        """Red or orange, though nobody knows it any more: what nobody has ended."""
        return self.level if self.level == "red" or self.level == "orange" else self.beneath

    @property
    def valid(self) -> int:
        """How many days it is fresh: 14 for red and orange, 60 for green, unless it says so itself."""
        return self.valid_days or VALID_DAYS[self.level]

    def stale(self, look: Look) -> bool:
        """Said on a day D and valid for v days: fresh up to and with D + v, by the company's calendar.

        Unknown says nothing that could grow old.
        """
        return self.level != "unknown" and self.at < look.begun(self.valid)

    def fresh(self, look: Look) -> bool:
        """Known and not stale."""
        return self.level != "unknown" and not self.stale(look)


@lru_cache(maxsize=256)
def measure_key(name: str) -> str:
    """What tells measures apart: their names without regard to case."""
    return name.strip().casefold()


def in_order(scores: Iterable[Score]) -> tuple[Score, ...]:
    """Oldest first; of those said at one time, as they were numbered."""
    return tuple(sorted(scores, key=lambda score: (score.at, len(score.id), score.id)))
