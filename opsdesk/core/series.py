"""Which agendas a company runs, and single occurrences that are skipped or moved."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated, ClassVar

from msgspec import Meta

from opsdesk.core.record import Handle, Record, Text

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo


class Series(Record, frozen=True, kw_only=True):
    """One agenda switched on or off, from `anchor` on (rules such as "every two weeks" count from it).

    `rule`, `at` and `zone` replace the agenda's own where they are not empty. `customer`: a status call's.
    """

    kind: ClassVar[str] = "series"
    prefix: ClassVar[str] = "R"
    instead: ClassVar[Mapping[str, str]] = {
        "id": "a meeting is switched on in the list of agendas",
        "": "switch the meeting on or off in the list of agendas",
    }
    agenda: str
    on: Annotated[bool, Meta(title="On")] = True
    anchor: date
    rule: str = ""
    at: str = ""
    zone: str = ""
    customer: Handle = ""


class Moved(Record, frozen=True, kw_only=True):
    """One occurrence of an agenda that is skipped (`to` None) or moved to another time.

    It is known by `day`, the date its rule gives in the meeting's own zone, which stays when zones or times of day are
    changed. `planned`: its start when that was decided, UTC.
    """

    kind: ClassVar[str] = "moved"
    prefix: ClassVar[str] = "X"
    instead: ClassVar[Mapping[str, str]] = {
        "id": "use opsdesk cadence skip or cadence move",
        "": "use opsdesk cadence skip or cadence move",
    }
    agenda: str
    customer: Handle = ""
    day: date | None = None
    planned: datetime
    to: datetime | None = None
    why: Text = ""

    @property
    def what(self) -> str:
        return "moved" if self.to else "skipped"

    def day_in(self, zone: ZoneInfo) -> date:
        """The day; of a record older than the field, that of its planned start in the meeting's own zone."""
        return self.day or self.planned.astimezone(zone).date()
