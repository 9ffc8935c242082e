"""Problems: the cause of several tickets, from the first suspicion until it has stayed away."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, ClassVar, Literal

from msgspec import Meta

from opsdesk.core.record import Text
from opsdesk.core.register import Case, Look, Owes, Part, Register, Registered, Verb, Weight, Who, Whose, give
from opsdesk.core.spans import between

State = Literal["candidate", "investigating", "known error", "fix scheduled", "watching", "closed", "accepted"]
OPEN = ("candidate", "investigating", "known error", "fix scheduled")
SEVERAL = 2
FADING = ("fix scheduled", "watching")


class Problem(Registered, frozen=True, kw_only=True):
    """`service`: the component. `tickets`: ids. `fix`: what ends it for good. `fixed`: since when it is watched."""

    kind: ClassVar[str] = "problems"
    prefix: ClassVar[str] = "PB"
    states: ClassVar = {**dict.fromkeys(OPEN, ()), "watching": ("fixed",), "closed": ("fixed",), "accepted": ()}
    closed: ClassVar = ("closed", "accepted")
    in_order: ClassVar = ("fixed",)
    together: ClassVar = (("state", "why", "fixed"),)
    symptom: Annotated[Text, Meta(title="Symptom", min_length=1)]
    service: Annotated[Part, Meta(title="Service")] = ""
    owner: Annotated[Who, Meta(title="Owner")] = ""
    customers: Annotated[tuple[Whose, ...], Meta(title="Customers")] = ()
    tickets: Annotated[tuple[Case, ...], Meta(title="Tickets")] = ()
    cause: Annotated[Text, Meta(title="Root cause")] = ""
    workaround: Annotated[Text, Meta(title="Workaround")] = ""
    fix: Annotated[Text, Meta(title="Permanent fix")] = ""
    fixed: Annotated[datetime | None, Meta(title="Fixed")] = None
    state: Annotated[State, Meta(title="State")] = "candidate"


def workaround_owed(problem: Problem, look: Look) -> Owes | None:
    """A known error is one that can be worked around."""
    if problem.workaround:
        return None
    return Owes("workaround", "a known error has a workaround: say it.", "workaround:print the labels one by one")


def fix_owed(problem: Problem, look: Look) -> Owes | None:
    return None if problem.fix else Owes("fix", "say what will end it for good.", "a queue of its own, in 4.13")


def order(problem: Problem, look: Look) -> tuple[Any, ...]:
    """Those that hit most, without a workaround first."""
    fading = problem.state in FADING
    return (not problem.live, fading, bool(problem.workaround), -len(problem.customers), -len(problem.tickets))


def reason(problem: Problem, look: Look) -> str:
    """As in "investigating · 4 tickets of 3 customers · no workaround · nobody owns it"."""
    if not problem.live:
        return " · ".join(filter(None, [problem.state, problem.why]))
    if problem.state == "watching" and problem.fixed is not None:
        return " · ".join(filter(None, [f"fixed, watched for {between(problem.fixed, look.now)}", _hits(problem)]))
    return " · ".join(filter(None, [problem.state, _hits(problem), *_lacking(problem)]))


def _hits(problem: Problem) -> str:
    tickets, customers = len(problem.tickets), len(problem.customers)
    hit = f"{customers} customer{'s' * (customers != 1)}" if customers else ""
    told = f"{tickets} ticket{'s' * (tickets != 1)}" if tickets else ""
    return " of ".join(filter(None, [told, hit]))


def _lacking(problem: Problem) -> list[str]:
    around = "" if problem.workaround else "no workaround"
    return [around, "" if problem.owner else "nobody owns it"]


def weight(problem: Problem, look: Look) -> Weight:
    if not problem.live or problem.state in FADING:
        return "none"
    if not problem.workaround:
        return "red" if len(problem.customers) >= SEVERAL else "orange"
    return "none" if problem.owner else "orange"


REGISTER = Register(
    shape=Problem,
    one="problem",
    title="Problems",
    text="symptom",
    owner="owner",
    customer="customers",
    columns=("symptom", "state", "service", "owner", "customers", "tickets", "workaround", "fix"),
    kept=("state", "why", "fixed"),
    verbs=(
        Verb(id="investigate", label="Investigate", key="s", frm=("candidate",), to="investigating", asks=("owner",)),
        Verb(
            id="know",
            label="Known error",
            key="s",
            frm=("candidate", "investigating"),
            to="known error",
            asks=("cause", "workaround"),
            owes=workaround_owed,
        ),
        Verb(
            id="schedule",
            label="Fix scheduled",
            key="s",
            frm=("investigating", "known error"),
            to="fix scheduled",
            asks=("fix",),
            owes=fix_owed,
        ),
        Verb(
            id="watch", label="Fixed, watch", key="x", frm=OPEN, to="watching", stamps=("fixed",), asks=("fix", "fixed")
        ),
        Verb(id="close", label="Stayed away", key="x", frm=("watching",), to="closed", asks=("why",)),
        Verb(id="accept", label="Accept", key="delete", frm=OPEN, to="accepted", asks=("why",), needs=("why",)),
        Verb(
            id="reopen",
            label="Came back",
            frm=("watching", "closed", "accepted"),
            to="investigating",
            asks=("why",),
            clears=("fixed",),
        ),
        give(frm=(*OPEN, "watching")),
    ),
    means_nothing={
        "wait": "A problem waits for its fix: s schedules that.",
        "date": "A problem has no date: turn it into an action that has one.",
    },
    order=order,
    reason=reason,
    weight=weight,
)
