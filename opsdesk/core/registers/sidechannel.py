"""Side-channel: a customer pulled somebody in directly, past support: whom, when, for how long."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, ClassVar, Literal

from msgspec import Meta
from msgspec.structs import replace

from opsdesk.core.record import Text
from opsdesk.core.register import Look, Register, Registered, Verb, Who, Whose, give
from opsdesk.core.spans import away

Channel = Literal["chat", "tracker", "mail", "phone"]
State = Literal["logged", "brought back"]


class SideChannel(Registered, frozen=True, kw_only=True):
    """`person`: who was pulled in, for so many `hours`. Brought back: it goes its usual way now, as a ticket does."""

    kind: ClassVar[str] = "side-channel"
    prefix: ClassVar[str] = "SC"
    states: ClassVar = {"logged": (), "brought back": ()}
    closed: ClassVar = ("brought back",)
    in_order: ClassVar = ("day",)
    together: ClassVar = (("state", "why"),)
    title: Annotated[Text, Meta(title="What", min_length=1)]
    customer: Annotated[Whose, Meta(title="Customer", min_length=1)]
    person: Annotated[Who, Meta(title="Who", min_length=1)]
    day: Annotated[date | None, Meta(title="Day")] = None
    hours: Annotated[float, Meta(title="Hours", ge=0, le=1000)] = 0
    channel: Annotated[Channel, Meta(title="Channel")] = "chat"
    state: Annotated[State, Meta(title="State")] = "logged"


def made(request: SideChannel, look: Look) -> SideChannel:
    """Today, where no day is said."""
    return request if request.day else replace(request, day=look.today)


def order(request: SideChannel, look: Look) -> tuple[Any, ...]:
    return (not request.live, -(request.day or look.today).toordinal(), -request.hours)


def reason(request: SideChannel, look: Look) -> str:
    """As in "2 h by chat · yesterday"."""
    by = f"by {request.channel}"
    took = f"{request.hours:g} h {by}" if request.hours else by
    back = "" if request.live else " · ".join(filter(None, ["brought back", request.why]))
    return " · ".join(filter(None, [took, away(request.day or look.today, look.today), back]))


REGISTER = Register(
    shape=SideChannel,
    one="side-channel request",
    title="Side-channel",
    text="title",
    owner="person",
    customer="customer",
    day="day",
    word="channel",
    hours="hours",
    columns=("day", "customer", "person", "hours", "channel", "title", "state"),
    kept=("state", "why"),
    verbs=(
        Verb(id="bring", label="Brought back", key="x", frm=("logged",), to="brought back", asks=("why",)),
        Verb(id="date", label="Day", key="t", asks=("day",), needs=("day",)),
        Verb(id="reopen", label="Log again", frm=("brought back",), to="logged", asks=("why",)),
        give("person"),
    ),
    means_nothing={
        "start": "A side-channel request has no state in between: x says that it was brought back.",
        "wait": "A side-channel request waits for nobody: make an action of what was asked for.",
        "drop": "A side-channel request is not dropped, for it took its hours: x says that it was brought back.",
    },
    made=made,
    order=order,
    reason=reason,
)
