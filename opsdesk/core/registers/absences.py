"""Absences: who is away, and who is on call."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Annotated, Any, ClassVar, Literal

from msgspec import Meta
from msgspec.structs import replace

from opsdesk.core.dates import readable
from opsdesk.core.register import Look, Register, Registered, Verb, Weight, Who
from opsdesk.core.spans import named

What = Literal["away", "on call"]
SOON = timedelta(days=7)


class Absence(Registered, frozen=True, kw_only=True):
    """From `starts` to `ends`, both days included. `cover`: who stands in."""

    kind: ClassVar[str] = "absences"
    prefix: ClassVar[str] = "AB"
    together: ClassVar = (("starts", "ends"),)
    person: Annotated[Who, Meta(title="Who", min_length=1)]
    starts: Annotated[date | None, Meta(title="From")] = None
    ends: Annotated[date | None, Meta(title="Until")] = None
    what: Annotated[What, Meta(title="What")] = "away"
    cover: Annotated[Who, Meta(title="Cover")] = ""

    def wrong(self) -> str:
        if self.starts and self.ends and self.ends < self.starts:
            days = f"{readable(self.ends, self.starts)} is before {readable(self.starts, self.starts)}"
            return f"It ends before it starts, {days}: say its first day and then its last, such as 30 nov 4 dec."
        if self.cover and self.cover == self.person:
            return "Nobody covers their own absence: name somebody else with cover:handle."
        return ""

    def on(self, day: date) -> bool:
        return self.starts is not None and self.ends is not None and self.starts <= day <= self.ends


def made(absence: Absence, look: Look) -> Absence:
    """One day, and that today, where nobody says otherwise."""
    starts = absence.starts or min(filter(None, (look.today, absence.ends)))
    return replace(absence, starts=starts, ends=absence.ends or starts)


def assumed(values: Mapping[str, Any]) -> str:
    return "" if "ends" in values else "one day: until fri makes it longer"


def line(absence: Absence) -> str:
    return f"{absence.person} {absence.what}, {absence.starts} to {absence.ends}"


def over(absence: Absence, look: Look) -> bool:
    return absence.ends is not None and absence.ends < look.today


def uncovered(absence: Absence) -> bool:
    return absence.what == "away" and not absence.cover


def order(absence: Absence, look: Look) -> tuple[Any, ...]:
    is_over = over(absence, look)
    starts = absence.starts or date.max
    return (is_over, not absence.on(look.today), not uncovered(absence), -starts.toordinal() if is_over else starts)


def reason(absence: Absence, look: Look) -> str:
    """As in "away until Thu 26 Nov · nobody covers"."""
    cover = f"{absence.cover} covers" if absence.cover else "nobody covers" if uncovered(absence) else ""
    return " · ".join(filter(None, [_when(absence, look), "" if over(absence, look) else cover]))


def _when(absence: Absence, look: Look) -> str:
    starts, ends = absence.starts or look.today, absence.ends or look.today
    if ends < look.today:
        return f"over since {named(ends, look.today)}"
    if starts > look.today:
        return f"{absence.what} from {named(starts, look.today)}"
    return f"{absence.what} today" if ends == look.today else f"{absence.what} until {named(ends, look.today)}"


def weight(absence: Absence, look: Look) -> Weight:
    near = absence.starts is not None and absence.starts - look.today <= SOON
    return "orange" if near and uncovered(absence) and not over(absence, look) else "none"


REGISTER = Register(
    shape=Absence,
    one="absence",
    title="Absences",
    text="why",
    owner="person",
    day="starts",
    until="ends",
    word="what",
    columns=("person", "what", "starts", "ends", "cover", "why"),
    verbs=(
        Verb(id="extend", label="Until", key="t", asks=("ends",), needs=("ends",)),
        Verb(id="cover", label="Covered by", key="@", asks=("cover",), needs=("cover",)),
    ),
    means_nothing={
        "done": "An absence is over by itself: t says until when it lasts.",
        "start": "An absence begins by itself, on its first day.",
        "wait": "An absence has its last day: t says until when it lasts.",
        "drop": "An absence is not dropped: t says until when it lasts.",
    },
    made=made,
    assumed=assumed,
    line=line,
    over=over,
    order=order,
    reason=reason,
    weight=weight,
)
