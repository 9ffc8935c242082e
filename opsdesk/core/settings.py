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


class Policy(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A rule for counting uptime, as an agreement on the level of service (SLA) words it.

    `slo`: the share of time promised, in per cent. `partial`: how much of the time of a partial outage counts as down,
    0 to 1. `maintenance`: all of it counts as down, or what was announced `notice_hours` before its start is excluded.
    `severities`: the incidents that count.
    """

    name: Annotated[str, Meta(min_length=1, max_length=40)]
    slo: Annotated[float, Meta(ge=0, le=100, description="a per cent from 0 to 100")] = 99.9
    partial: Annotated[float, Meta(ge=0, le=1, description="a number from 0 to 1")] = 0.5
    maintenance: Literal["counts", "excluded"] = "excluded"
    notice_hours: Annotated[int, Meta(ge=0, le=8760)] = 48
    severities: Annotated[tuple[Annotated[int, Meta(ge=1, le=5)], ...], Meta(min_length=1)] = (1, 2, 3)


RAW = Policy(name="raw", partial=1.0, maintenance="counts", notice_hours=0, severities=(1, 2, 3, 4, 5))
STANDARD = Policy(name="standard")


class Measure(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A column of the customer score sheet.

    `weight`: how much it counts where levels are rolled up by weight. `department`: who keeps its cells fresh.
    `red`, `orange`, `green`: what the level means here, in words.
    """

    name: Annotated[str, Meta(min_length=1, max_length=24)]
    weight: Annotated[float, Meta(ge=0, le=100, description="a number from 0 to 100")] = 1.0
    department: Annotated[str, Meta(max_length=80)] = ""
    red: Annotated[str, Meta(max_length=120)] = ""
    orange: Annotated[str, Meta(max_length=120)] = ""
    green: Annotated[str, Meta(max_length=120)] = ""


SHEET_COLUMNS = (
    "customer",
    "name",
    "level",
    "computed",
    "until",
    "override until",
    "override why",
    "override by",
    "known",
    "known %",
    "why",
)
"""Of the score sheet beside its measures, as text and as CSV: no measure is called so."""

MEASURES = (
    Measure(
        name="Product",
        department="R&D",
        red="They cannot do what they bought it for.",
        orange="Something they need is missing, or keeps breaking.",
        green="It does what they bought it for.",
    ),
    Measure(
        name="Support",
        department="Support",
        red="They wait for us, and have said so to somebody's boss.",
        orange="The same question comes back, or answers are late.",
        green="Questions are answered in time, and once.",
    ),
    Measure(
        name="Delivery",
        department="Program Management",
        red="A date they were told is broken, or will be.",
        orange="A date they were told is in danger.",
        green="What they were told comes on the day they were told.",
    ),
    Measure(
        name="Relationship",
        department="Operations",
        red="Nobody there would speak for us.",
        orange="Our contact has changed, or has gone quiet.",
        green="Somebody there would speak for us today.",
    ),
    Measure(
        name="Commercial",
        department="Sales",
        red="They have not paid, or say that they will leave.",
        orange="A renewal is open, or the bill is disputed.",
        green="They pay, and they stay.",
    ),
)


class Settings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`due_days`: when an action made without a date is proposed to be due. `time_zone` empty: this machine's.

    `sla`: the rules that uptime is shown by, side by side. `speak_with_customers`: the departments that do, and so are
    told of incidents. `measures`: the columns of the score sheet; `roll_up`: a customer's level is that of the worst
    open flag (strict), or the mean of its measures by their weights.
    """

    company: str = ""
    time_zone: str = ""
    date_order: DateOrder = "dmy"
    working_days: Annotated[tuple[Weekday, ...], Meta(min_length=1)] = ("mon", "tue", "wed", "thu", "fri")
    holidays: tuple[date, ...] = ()
    due_days: Annotated[int, Meta(ge=0, le=365)] = 7
    sla: tuple[Policy, ...] = (RAW, STANDARD)
    speak_with_customers: tuple[str, ...] = ("Sales", "Program Management", "Support")
    measures: Annotated[tuple[Measure, ...], Meta(min_length=1)] = MEASURES
    roll_up: Literal["strict", "weighted"] = "strict"

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone or "UTC")

    @property
    def policies(self) -> tuple[Policy, ...]:
        """Those of `sla`; where none of them is named raw, what truly was comes first."""
        return self.sla if any(policy.name == RAW.name for policy in self.sla) else (RAW, *self.sla)

    def is_working_day(self, day: date) -> bool:
        return WEEKDAYS[day.weekday()] in self.working_days and day not in self.holidays
