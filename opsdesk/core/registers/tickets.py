"""Tickets: what customers asked support for, as the support tool numbers it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Annotated, Any, ClassVar, Literal

from msgspec import Meta
from msgspec.structs import replace

from opsdesk.core.record import Text
from opsdesk.core.register import Look, Register, Registered, Verb, Weight, Who, Whose, give
from opsdesk.core.spans import between

Priority = Literal["low", "normal", "high", "urgent"]
State = Literal["open", "pending", "solved", "closed"]
OPEN = ("open", "pending")
HARM: Mapping[str, int] = {"urgent": 0, "high": 1, "normal": 2, "low": 3}
LONG: Mapping[str, timedelta] = {
    "urgent": timedelta(0),
    "high": timedelta(days=2),
    "normal": timedelta(days=14),
    "low": timedelta(days=30),
}
"""How old one of this priority may become before it stands out."""


class Ticket(Registered, frozen=True, kw_only=True):
    """`number`: as the support tool has it. Pending: it waits for the customer."""

    kind: ClassVar[str] = "tickets"
    prefix: ClassVar[str] = "TK"
    states: ClassVar = {
        **dict.fromkeys(OPEN, ("opened",)),
        "solved": ("opened", "solved"),
        "closed": ("opened", "solved"),
    }
    closed: ClassVar = ("solved", "closed")
    in_order: ClassVar = ("opened", "solved")
    together: ClassVar = (("state", "why", "solved"),)
    title: Annotated[Text, Meta(title="What", min_length=1)]
    customer: Annotated[Whose, Meta(title="Customer")] = ""
    number: Annotated[Text, Meta(title="Number")] = ""
    priority: Annotated[Priority, Meta(title="Priority")] = "normal"
    opened: Annotated[datetime | None, Meta(title="Opened")] = None
    solved: Annotated[datetime | None, Meta(title="Solved")] = None
    assignee: Annotated[Who, Meta(title="Assignee")] = ""
    state: Annotated[State, Meta(title="State")] = "open"


def made(ticket: Ticket, look: Look) -> Ticket:
    """Opened now, where nobody says when; with the time of its solution it is solved."""
    after = ticket if ticket.opened else replace(ticket, opened=min(filter(None, (look.now, ticket.solved))))
    return replace(after, state="solved") if after.solved and after.live else after


def old(ticket: Ticket, look: Look) -> bool:
    """Open for longer than its priority bears."""
    waits = ticket.state == "open" and ticket.opened is not None
    return waits and ticket.opened is not None and look.now - ticket.opened > LONG[ticket.priority]


def order(ticket: Ticket, look: Look) -> tuple[Any, ...]:
    since = ticket.opened.timestamp() if ticket.opened else 0
    if not ticket.live:
        return (True, -(ticket.solved.timestamp() if ticket.solved else since))
    return (False, ticket.state == "pending", HARM[ticket.priority], since)


def reason(ticket: Ticket, look: Look) -> str:
    """As in "urgent · open for 3 days · nobody has it"."""
    if not ticket.live:
        return " · ".join(filter(None, [ticket.state, ticket.why]))
    age = f"{ticket.state} for {between(ticket.opened, look.now)}" if ticket.opened else ticket.state
    waits = ticket.why if ticket.state == "pending" else ""
    return " · ".join([ticket.priority, *filter(None, [age, waits, "" if ticket.assignee else "nobody has it"])])


def weight(ticket: Ticket, look: Look) -> Weight:
    if ticket.state != "open":
        return "none"
    return "red" if ticket.priority == "urgent" else "orange" if old(ticket, look) else "none"


REGISTER = Register(
    shape=Ticket,
    one="ticket",
    title="Tickets",
    text="title",
    owner="assignee",
    customer="customer",
    word="priority",
    columns=("number", "title", "customer", "priority", "state", "assignee", "opened", "solved"),
    kept=("state", "why"),
    verbs=(
        Verb(id="resume", label="Open again", key="s", frm=("pending",), to="open", asks=("why",)),
        Verb(id="wait", label="Pending", key="w", frm=("open",), to="pending", asks=("why",)),
        Verb(id="solve", label="Solve", key="x", frm=OPEN, to="solved", stamps=("solved",), asks=("why", "solved")),
        Verb(id="close", label="Close", key="x", frm=("solved",), to="closed", asks=("why",)),
        Verb(id="reopen", label="Reopen", frm=("solved", "closed"), to="open", asks=("why",), clears=("solved",)),
        give("assignee", frm=OPEN),
    ),
    means_nothing={
        "date": "A ticket has no date: turn it into an action that has one.",
        "drop": "A ticket is not dropped: x solves it, with the reason.",
    },
    made=made,
    order=order,
    reason=reason,
    weight=weight,
)
