"""Bugs: defects, who found them where, and how often one came back."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Literal

from msgspec import Meta
from msgspec.structs import replace

from opsdesk.core.record import Text
from opsdesk.core.register import Look, Part, Register, Registered, Verb, Weight, Who, Whose, give

State = Literal["open", "started", "fixed", "closed"]
FoundBy = Literal["customer", "us", ""]
FoundIn = Literal["production", "staging"]
OPEN = ("open", "started")


class Bug(Registered, frozen=True, kw_only=True):
    """`severity`: 1 is the worst. `found_by`: empty where nobody has said. `reopened`: how often it came back
    after it was fixed.
    """

    kind: ClassVar[str] = "bugs"
    prefix: ClassVar[str] = "B"
    states: ClassVar = {"open": (), "started": (), "fixed": (), "closed": ()}
    closed: ClassVar = ("closed",)
    together: ClassVar = (("state", "why", "reopened"),)
    title: Annotated[Text, Meta(title="What", min_length=1)]
    component: Annotated[Part, Meta(title="Component")] = ""
    customers: Annotated[tuple[Whose, ...], Meta(title="Customers")] = ()
    owner: Annotated[Who, Meta(title="Owner")] = ""
    found_by: Annotated[FoundBy, Meta(title="Found by")] = ""
    found_in: Annotated[FoundIn, Meta(title="Found in")] = "production"
    severity: Annotated[int, Meta(title="Severity", ge=1, le=5)] = 3
    reopened: Annotated[int, Meta(title="Reopened", ge=0)] = 0
    state: Annotated[State, Meta(title="State")] = "open"


def came_back(before: Bug, after: Bug, look: Look, by: str) -> Bug:
    return replace(after, reopened=before.reopened + 1)


def order(bug: Bug, look: Look) -> tuple[Any, ...]:
    return (not bug.live, bug.state == "fixed", bug.severity, -bug.reopened, bug.found_by != "customer")


def reason(bug: Bug, look: Look) -> str:
    """As in "severity 1 · found by a customer in production · came back 2 ×"."""
    if not bug.live:
        return " · ".join(filter(None, [bug.state, bug.why]))
    back = f"came back {bug.reopened} ×" if bug.reopened else ""
    return " · ".join(filter(None, [f"severity {bug.severity}", bug.state, found(bug), back]))


def found(bug: Bug) -> str:
    """As in "found by a customer in production"; by whom only where somebody has said."""
    by = {"customer": " by a customer", "us": " by us"}.get(bug.found_by, "")
    return f"found{by} in {bug.found_in}"


def weight(bug: Bug, look: Look) -> Weight:
    if bug.state not in OPEN:
        return "none"
    if bug.severity == 1 or (bug.severity == 2 and bug.found_by == "customer"):
        return "red"
    return "orange" if bug.severity == 2 or bug.reopened else "none"


REGISTER = Register(
    shape=Bug,
    one="bug",
    title="Bugs",
    text="title",
    owner="owner",
    customer="customers",
    columns=("severity", "title", "state", "owner", "component", "customers", "found_by", "found_in", "reopened"),
    kept=("state", "why", "reopened"),
    verbs=(
        Verb(id="start", label="Start", key="s", frm=("open",), to="started"),
        Verb(id="fix", label="Fixed", key="x", frm=OPEN, to="fixed", asks=("why",)),
        Verb(id="close", label="Close", key="x", frm=("open", "started", "fixed"), to="closed", asks=("why",)),
        Verb(id="drop", label="Not fixed", key="delete", frm=OPEN, to="closed", asks=("why",), needs=("why",)),
        Verb(id="reopen", label="Reopen", frm=("fixed", "closed"), to="open", asks=("why",), then=came_back),
        give(frm=("open", "started", "fixed")),
    ),
    means_nothing={
        "wait": "A bug waits for nobody: turn it into an action that does.",
        "date": "A bug has no date: turn it into an action that has one.",
    },
    order=order,
    reason=reason,
    weight=weight,
    open_to="company",
)
