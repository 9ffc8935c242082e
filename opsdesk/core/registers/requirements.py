"""Requirements: what somebody asked for, and what became of it."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, ClassVar, Literal

from msgspec import Meta

from opsdesk.core.record import Text
from opsdesk.core.register import Look, Register, Registered, Verb, Weight, Who, Whose, give
from opsdesk.core.spans import away

State = Literal["asked", "agreed", "started", "met", "declined"]
OPEN = ("asked", "agreed", "started")


class Requirement(Registered, frozen=True, kw_only=True):
    """`customer`: who asked for it, where that is one. `met`: on which day it was."""

    kind: ClassVar[str] = "requirements"
    prefix: ClassVar[str] = "RQ"
    states: ClassVar = {"asked": (), "agreed": (), "started": (), "met": (), "declined": ()}
    closed: ClassVar = ("met", "declined")
    together: ClassVar = (("state", "why", "met"),)
    title: Annotated[Text, Meta(title="What", min_length=1)]
    owner: Annotated[Who, Meta(title="Owner")] = ""
    due: Annotated[date | None, Meta(title="Due")] = None
    customer: Annotated[Whose, Meta(title="Customer")] = ""
    state: Annotated[State, Meta(title="State")] = "asked"
    met: Annotated[date | None, Meta(title="Met")] = None


def order(requirement: Requirement, look: Look) -> tuple[Any, ...]:
    return (not requirement.live, requirement.due or date.max, bool(requirement.owner))


def reason(requirement: Requirement, look: Look) -> str:
    """As in "agreed · due tomorrow · nobody owns it"."""
    due = f"due {away(requirement.due, look.today)}" if requirement.due and requirement.live else ""
    unowned = "nobody owns it" if requirement.live and not requirement.owner else ""
    return " · ".join(filter(None, [requirement.state, due, unowned, requirement.why]))


def weight(requirement: Requirement, look: Look) -> Weight:
    late = requirement.live and requirement.due is not None and requirement.due < look.today
    return "red" if late else "orange" if requirement.live and not requirement.owner else "none"


REGISTER = Register(
    shape=Requirement,
    one="requirement",
    title="Requirements",
    text="title",
    owner="owner",
    customer="customer",
    day="due",
    columns=("title", "state", "owner", "due", "customer"),
    kept=("state", "why", "met"),
    verbs=(
        Verb(id="agree", label="Agreed", key="s", frm=("asked",), to="agreed", asks=("owner", "due")),
        Verb(id="start", label="Start", key="s", frm=("asked", "agreed"), to="started"),
        Verb(id="meet", label="Met", key="x", frm=OPEN, to="met", stamps=("met",), asks=("why",)),
        Verb(id="date", label="Due", key="t", frm=OPEN, asks=("due",), needs=("due",)),
        Verb(id="decline", label="Decline", key="delete", frm=OPEN, to="declined", asks=("why",), needs=("why",)),
        Verb(id="reopen", label="Reopen", frm=("met", "declined"), to="asked", asks=("why",), clears=("met",)),
        give(frm=OPEN),
    ),
    means_nothing={"wait": "A requirement waits for nobody: t says when it is due, @ who has it."},
    order=order,
    reason=reason,
    weight=weight,
    open_to="customer",
)
