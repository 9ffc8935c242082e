"""Announcements: what everybody, or the customers, shall know for a while."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, ClassVar, Literal

from msgspec import Meta

from opsdesk.core.agenda import Audience
from opsdesk.core.record import Text
from opsdesk.core.register import Look, Register, Registered, Verb, Weight, Who, Whose, give
from opsdesk.core.spans import named

State = Literal["draft", "published", "over"]
OPEN = ("draft", "published")


class Announcement(Registered, frozen=True, kw_only=True):
    """`until`: the last day on which it is worth saying. `customers`: whom it is for, where it is for a customer."""

    kind: ClassVar[str] = "announcements"
    prefix: ClassVar[str] = "AN"
    states: ClassVar = {"draft": (), "published": (), "over": ()}
    closed: ClassVar = ("over",)
    together: ClassVar = (("state", "why"),)
    text: Annotated[Text, Meta(title="What", min_length=1)]
    owner: Annotated[Who, Meta(title="Owner")] = ""
    until: Annotated[date | None, Meta(title="Until")] = None
    audience: Annotated[Audience, Meta(title="For")] = "company"
    customers: Annotated[tuple[Whose, ...], Meta(title="Customers")] = ()
    state: Annotated[State, Meta(title="State")] = "draft"

    def wrong(self) -> str:
        if self.audience == "customer" and not self.customers:
            return "It is for a customer, and nobody says for which: say #handle."
        return ""


def past(announcement: Announcement, look: Look) -> bool:
    return announcement.until is not None and announcement.until < look.today


def order(announcement: Announcement, look: Look) -> tuple[Any, ...]:
    is_past = not announcement.live or past(announcement, look)
    return (is_past, announcement.state == "draft", announcement.until or date.max)


def reason(announcement: Announcement, look: Look) -> str:
    """As in "published · until tomorrow"."""
    until = f"until {named(announcement.until, look.today)}" if announcement.until and announcement.live else ""
    return " · ".join(filter(None, [announcement.state, f"for the {announcement.audience}", until]))


def weight(announcement: Announcement, look: Look) -> Weight:
    return "orange" if announcement.live and past(announcement, look) else "none"


REGISTER = Register(
    shape=Announcement,
    one="announcement",
    title="Announcements",
    text="text",
    owner="owner",
    customer="customers",
    day="until",
    until="until",
    columns=("text", "state", "audience", "customers", "owner", "until"),
    kept=("state", "why"),
    verbs=(
        Verb(id="publish", label="Publish", key="s", frm=("draft",), to="published"),
        Verb(id="withdraw", label="Back to draft", frm=("published",), to="draft", asks=("why",)),
        Verb(id="end", label="Over", key="x", frm=OPEN, to="over", asks=("why",)),
        Verb(id="extend", label="Until", key="t", frm=OPEN, asks=("until",), needs=("until",)),
        Verb(id="reopen", label="Publish again", frm=("over",), to="published", asks=("until",)),
        give(frm=OPEN),
    ),
    means_nothing={
        "wait": "An announcement waits for nobody: t says until when it is worth saying.",
        "drop": "An announcement is not dropped: x says that it is over.",
    },
    order=order,
    reason=reason,
    weight=weight,
    open_to="company",
)
