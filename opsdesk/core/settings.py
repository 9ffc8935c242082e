"""What a company decides once: its name, its days, how it writes dates."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal
from zoneinfo import ZoneInfo

import msgspec
from msgspec import Meta

DateOrder = Literal["dmy", "mdy"]
Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
WEEKDAYS: tuple[Weekday, ...] = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


class Settings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`due_days`: when an action made without a date is proposed to be due. `time_zone` empty: this machine's."""

    company: str = ""
    time_zone: str = ""
    date_order: DateOrder = "dmy"
    working_days: Annotated[tuple[Weekday, ...], Meta(min_length=1)] = ("mon", "tue", "wed", "thu", "fri")
    holidays: tuple[date, ...] = ()
    due_days: Annotated[int, Meta(ge=0, le=365)] = 7

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone or "UTC")

    def is_working_day(self, day: date) -> bool:
        return WEEKDAYS[day.weekday()] in self.working_days and day not in self.holidays
