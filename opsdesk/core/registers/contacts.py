"""Contacts: the people of a customer, and when somebody last spoke with them."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, ClassVar, Literal

from msgspec import Meta
from msgspec.structs import replace

from opsdesk.core.record import Text
from opsdesk.core.register import Look, Register, Registered, Verb, Weight, Whose
from opsdesk.core.spans import away

State = Literal["here", "gone"]
QUIET = 60
"""Days without a word, after which somebody should call: as long as a green level is fresh."""


class Contact(Registered, frozen=True, kw_only=True):
    """`role`: what they are at their company. `last`: the day on which somebody last spoke with them."""

    kind: ClassVar[str] = "contacts"
    prefix: ClassVar[str] = "CT"
    states: ClassVar = {"here": (), "gone": ()}
    closed: ClassVar = ("gone",)
    in_order: ClassVar = ("last",)
    together: ClassVar = (("state", "why"),)
    name: Annotated[Text, Meta(title="Name", min_length=1)]
    customer: Annotated[Whose, Meta(title="Customer", min_length=1)]
    role: Annotated[Text, Meta(title="Role")] = ""
    mail: Annotated[Text, Meta(title="Mail")] = ""
    phone: Annotated[Text, Meta(title="Phone")] = ""
    last: Annotated[date | None, Meta(title="Last contact")] = None
    state: Annotated[State, Meta(title="State")] = "here"


def spoken(before: Contact, after: Contact, look: Look, by: str) -> Contact:
    """Today, where no day is said; an earlier day than the one that is known changes nothing."""
    if after.last == before.last:
        return replace(after, last=look.today)
    return before if before.last and after.last and after.last < before.last else after


def order(contact: Contact, look: Look) -> tuple[Any, ...]:
    return (not contact.live, contact.last or date.min, contact.name.casefold())


def reason(contact: Contact, look: Look) -> str:
    """As in "CIO · spoken with 12 days ago"."""
    if not contact.live:
        return " · ".join(filter(None, ["gone", contact.why]))
    last = f"spoken with {away(contact.last, look.today)}" if contact.last else "nobody has spoken with them yet"
    return " · ".join(filter(None, [contact.role, last]))


def weight(contact: Contact, look: Look) -> Weight:
    quiet = contact.live and contact.last is not None and (look.today - contact.last).days > QUIET
    return "orange" if quiet else "none"


REGISTER = Register(
    shape=Contact,
    one="contact",
    title="Contacts",
    text="name",
    customer="customer",
    day="last",
    columns=("name", "customer", "role", "mail", "phone", "last", "state"),
    kept=("state", "why"),
    verbs=(
        Verb(id="spoken", label="Spoken with", key="s", frm=("here",), asks=("last",), then=spoken),
        Verb(id="date", label="Last contact", key="t", frm=("here",), asks=("last",), needs=("last",)),
        Verb(id="gone", label="Gone", key="x", frm=("here",), to="gone", asks=("why",)),
        Verb(id="back", label="Here again", frm=("gone",), to="here", asks=("why",)),
    ),
    means_nothing={
        "wait": "A contact waits for nobody: make an action that calls them.",
        "give": "A contact has no owner: the customer has.",
        "drop": "A contact is not dropped: x says that they are gone.",
        "escalate": "A contact is not escalated: open an escalation of the customer.",
    },
    order=order,
    reason=reason,
    weight=weight,
)
