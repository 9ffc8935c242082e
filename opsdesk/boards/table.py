"""What a board is given and what it returns."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Literal

import msgspec

from opsdesk.core.agenda import Agenda, Audience
from opsdesk.core.audience import Before
from opsdesk.core.ports import Reader
from opsdesk.core.register import Look
from opsdesk.core.settings import Settings

Weight = Literal["red", "orange", "green", "none"]


class Scene(msgspec.Struct, frozen=True, kw_only=True):
    """The moment and the place a board is asked for: which agenda and section, for which audience, now."""

    now: datetime
    settings: Settings
    agenda: str = ""
    section: str = ""
    meeting: str = ""
    audience: Audience = "team"
    customer: str = ""
    agendas: Mapping[str, Agenda] = {}

    @property
    def today(self) -> date:
        return self.now.astimezone(self.settings.zone).date()

    @property
    def look(self) -> Look:
        """As the registers look at their records."""
        return Look(self.now, self.settings)

    @property
    def room(self) -> Before:
        """Before whom the lines stand."""
        return Before(audience=self.audience, customer=self.customer)


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """One line on the table: `id` of the record it shows, `weight` how harmful it is, and the reason it is here.

    `owner` and `customer` are names as people read them. `brief`: the reason where there is little room.
    """

    id: str
    text: str
    reason: str
    brief: str = ""
    weight: Weight = "none"
    owner: str = ""
    customer: str = ""


Board = Callable[[Reader, Scene], list[Line]]
