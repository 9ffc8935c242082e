"""Known issues: what is wrong and known to be, with what helps until it is fixed."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, ClassVar, Literal

from msgspec import Meta

from opsdesk.core.record import Text
from opsdesk.core.register import Link, Look, Part, Register, Registered, Verb, Weight, Whose

State = Literal["open", "fix scheduled", "fixed", "accepted"]
OPEN = ("open", "fix scheduled")


class KnownIssue(Registered, frozen=True, kw_only=True):
    """`fix`: the id of the release or the action that will end it; `fixed`: on which day it did."""

    kind: ClassVar[str] = "known-issues"
    prefix: ClassVar[str] = "KI"
    states: ClassVar = {"open": (), "fix scheduled": (), "fixed": (), "accepted": ()}
    closed: ClassVar = ("fixed", "accepted")
    together: ClassVar = (("state", "why", "fix", "fixed"),)
    title: Annotated[Text, Meta(title="What", min_length=1)]
    component: Annotated[Part, Meta(title="Component")] = ""
    customers: Annotated[tuple[Whose, ...], Meta(title="Customers")] = ()
    workaround: Annotated[Text, Meta(title="Workaround")] = ""
    fix: Annotated[Link, Meta(title="Fix")] = ""
    state: Annotated[State, Meta(title="State")] = "open"
    fixed: Annotated[date | None, Meta(title="Fixed")] = None


def order(issue: KnownIssue, look: Look) -> tuple[Any, ...]:
    return (not issue.live, bool(issue.workaround), issue.state != "open", -len(issue.customers))


def reason(issue: KnownIssue, look: Look) -> str:
    """As in "hits 3 customers · no workaround · no fix scheduled"."""
    if not issue.live:
        return " · ".join(filter(None, [issue.state, issue.why]))
    count = len(issue.customers)
    hits = f"hits {count} customer{'s' * (count != 1)}" if count else ""
    fix = f"fix comes with {issue.fix}" if issue.fix else "no fix scheduled"
    return " · ".join(filter(None, [hits, "there is a workaround" if issue.workaround else "no workaround", fix]))


def weight(issue: KnownIssue, look: Look) -> Weight:
    if not issue.live or issue.state == "fix scheduled":
        return "none"
    return "none" if issue.workaround else "red" if issue.customers else "orange"


REGISTER = Register(
    shape=KnownIssue,
    one="known issue",
    title="Known issues",
    text="title",
    customer="customers",
    columns=("title", "state", "component", "customers", "workaround", "fix"),
    kept=("state", "why", "fix", "fixed"),
    verbs=(
        Verb(
            id="schedule", label="Fix scheduled", key="s", frm=OPEN, to="fix scheduled", asks=("fix",), needs=("fix",)
        ),
        Verb(id="fix", label="Fixed", key="x", frm=OPEN, to="fixed", stamps=("fixed",), asks=("why", "fix")),
        Verb(id="accept", label="Accept", key="delete", frm=OPEN, to="accepted", asks=("why",), needs=("why",)),
        Verb(id="reopen", label="Reopen", frm=("fixed", "accepted"), to="open", asks=("why",), clears=("fix", "fixed")),
    ),
    means_nothing={
        "wait": "A known issue waits for its fix: s names that.",
        "give": "A known issue has no owner: turn it into an action that has one.",
        "date": "A known issue has no date: s names the release or the action that fixes it.",
    },
    order=order,
    reason=reason,
    weight=weight,
    open_to="customer",
)
