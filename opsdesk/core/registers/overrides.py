"""Overrides: a customer's level as somebody judges it, beside the computed one, for a reason and until a day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Annotated, Any, ClassVar, Literal

from msgspec import Meta
from msgspec.structs import replace

from opsdesk.core.errors import Invalid
from opsdesk.core.record import Text
from opsdesk.core.register import Look, Register, Registered, Verb, Weight, Whose
from opsdesk.core.spans import away, named

State = Literal["standing", "lifted"]


class Override(Registered, frozen=True, kw_only=True):
    """`until`: the last day it holds; `lifted`: when it was ended before. `created_by` is who judged so."""

    kind: ClassVar[str] = "overrides"
    prefix: ClassVar[str] = "OV"
    states: ClassVar = {"standing": (), "lifted": ()}
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
        over = self.lifted is not None and self.lifted <= at
        return begun and not over and at.astimezone(look.settings.zone).date() <= self.until


def over(override: Override, look: Look) -> bool:
    return look.today > override.until


def state_of(override: Override, look: Look) -> str:
    """One whose last day has passed does not stand any more, though nobody has lifted it."""
    return "expired" if override.live and over(override, look) else override.state


def ended(before: Override | None, after: Override, others: Sequence[Override], look: Look) -> tuple[Override, ...]:
    """A customer has one at a time: what has come to hold now ends the one before."""
    today = look.today
    if not after.holds(today) or (before is not None and before.holds(today) and before.customer == after.customer):
        return ()
    gone = {"state": "lifted", "why": replaced_by(after.id), "lifted": look.now}
    return tuple(replace(each, **gone) for each in others if each.customer == after.customer and each.holds(today))


def replaced_by(id: str) -> str:
    """The reason of one that another has ended."""
    return f"replaced by {id}"


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
    kept=("state", "why", "lifted"),
    ahead=("until",),
    verbs=(
        Verb(id="date", label="Until", key="t", frm=("standing",), asks=("until",), needs=("until",)),
        Verb(id="lift", label="Lift", key="x", frm=("standing",), to="lifted", asks=("why",), stamps=("lifted",)),
        Verb(
            id="reopen",
            label="Let stand again",
            frm=("lifted",),
            to="standing",
            asks=("until",),
            needs=("until",),
            clears=("lifted",),
        ),
    ),
    over=over,
    state=state_of,
    ends=ended,
    order=order,
    reason=reason,
    weight=weight,
    follows=justified,
)
