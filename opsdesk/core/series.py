"""Which agendas a company runs, and single occurrences that are skipped or moved."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, ClassVar

from msgspec import Meta

from opsdesk.core.record import Handle, Record, Text


class Series(Record, frozen=True, kw_only=True):
    """One agenda switched on or off, from `anchor` on (rules such as "every two weeks" count from it).

    `rule`, `at` and `zone` replace the agenda's own where they are not empty. `customer`: a status call's.
    """

    kind: ClassVar[str] = "series"
    prefix: ClassVar[str] = "R"
    agenda: str
    on: Annotated[bool, Meta(title="On")] = True
    anchor: date
    rule: str = ""
    at: str = ""
    zone: str = ""
    customer: Handle = ""


class Moved(Record, frozen=True, kw_only=True):
    """One occurrence (its planned start, UTC) of an agenda that is skipped (`to` None) or moved to another time."""

    kind: ClassVar[str] = "moved"
    prefix: ClassVar[str] = "X"
    agenda: str
    customer: Handle = ""
    planned: datetime
    to: datetime | None = None
    why: Text = ""
