"""Overrides: a customer's level as somebody judges it, beside the computed one, for a reason and until a day."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, ClassVar, Literal

from msgspec import Meta

from opsdesk.core.errors import Invalid
from opsdesk.core.record import Text
from opsdesk.core.register import Look, Register, Registered, Verb, Weight, Whose
from opsdesk.core.spans import away, named

State = Literal["standing", "lifted"]


class Override(Registered, frozen=True, kw_only=True):
    """`until`: the last day it holds; `lifted`: when it was ended before. `created_by` is who judged so."""

    kind: ClassVar[str] = "overrides"
    prefix: ClassVar[str] = "OV"
    states: ClassVar = {"standing": (), "lifted": ("lifted",)}
    closed: ClassVar = ("lifted",)
    together: ClassVar = (("state", "why"),)
    title: Annotated[Text, Meta(title="Reason", min_length=1)]
    customer: Annotated[Whose, Meta(title="Customer", min_length=1)]
    level: Annotated[Literal["red", "orange", "green"], Meta(title="Level")]
    until: Annotated[date, Meta(title="Until")]
    state: Annotated[State, Meta(title="State")] = "standing"
    lifted: Annotated[datetime | None, Meta(title="Lifted")] = None

    def holds(self, today: date) -> bool:
        """Up to and with its last day."""
        return self.live and today <= self.until

    def held(self, at: datetime, look: Look) -> bool:
        """Whether it was in force at that moment. One that was lifted nobody knows when counts until its last day."""
        begun = self.created is not None and self.created <= at
        return begun and at.astimezone(look.settings.zone).date() <= self.until and not (self.lifted and self.lifted <= at)


def over(override: Override, look: Look) -> bool:
    return look.today > override.until


def order(override: Override, look: Look) -> tuple[Any, ...]:
    return (not override.holds(look.today), override.until)


def reason(override: Override, look: Look) -> str:
    """As in "green until Fri 27 Nov" or "green, expired yesterday"."""
    if not override.live:
        return " · ".join(filter(None, ["lifted", override.why]))
    if override.holds(look.today):
        return f"{override.level} until {named(override.until, look.today)}"
    return f"{override.level}, expired {away(override.until, look.today)}"


def weight(override: Override, look: Look) -> Weight:
    return override.level if override.holds(look.today) else "none"


def justified(before: Override, after: Override, look: Look) -> Override:
    """Another level is another judgement. Raises Invalid without a reason of its own."""
    if after.level != before.level and after.title == before.title:
        raise Invalid(f"{before.id}: another level needs a reason of its own.", "Say title:… too, or judge anew.")
    return after


REGISTER = Register(
    shape=Override,
    one="override",
    title="Overrides",
    text="title",
    customer="customer",
    day="until",
    until="until",
    word="level",
    columns=("customer", "level", "until", "title", "state"),
    kept=("state", "why"),
    ahead=("until",),
    verbs=(
        Verb(id="date", label="Until", key="t", frm=("standing",), asks=("until",), needs=("until",)),
        Verb(id="lift", label="Lift", key="x", frm=("standing",), to="lifted", asks=("why",)),
        Verb(id="reopen", label="Let stand again", frm=("lifted",), to="standing", asks=("until",), needs=("until",)),
    ),
    over=over,
    order=order,
    reason=reason,
    weight=weight,
    follows=justified,
)
