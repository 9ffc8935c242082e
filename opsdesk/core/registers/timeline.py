"""Timeline: what happened in an incident, entry by entry."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, ClassVar, Literal

from msgspec import Meta
from msgspec.structs import replace

from opsdesk.core.record import Handle, Text
from opsdesk.core.register import Link, Look, Register, Registered

What = Literal["note", "update", "state", "informed"]


class TimelineEntry(Registered, frozen=True, kw_only=True):
    """`about`: the id of the record to which it happened, at `at`."""

    kind: ClassVar[str] = "timeline"
    prefix: ClassVar[str] = "L"
    in_order: ClassVar = ("at",)
    about: Annotated[Link, Meta(title="About", min_length=1)]
    what: Annotated[What, Meta(title="Kind")] = "note"
    text: Annotated[Text, Meta(title="What", min_length=1)]
    at: Annotated[datetime | None, Meta(title="When")] = None
    by: Annotated[Handle, Meta(title="By")] = ""

    @property
    def live(self) -> bool:
        return False


def made(entry: TimelineEntry, look: Look) -> TimelineEntry:
    """Now, by whoever typed it, where nobody says otherwise."""
    return replace(entry, at=entry.at or look.now, by=entry.by or entry.created_by)


def order(entry: TimelineEntry, look: Look) -> tuple[Any, ...]:
    return (entry.about, entry.at or look.now)


def reason(entry: TimelineEntry, look: Look) -> str:
    return f"{entry.what} of {entry.about}"


REGISTER = Register(
    shape=TimelineEntry,
    one="timeline entry",
    title="Timeline",
    text="text",
    day="at",
    columns=("about", "at", "what", "text", "by"),
    listed=False,
    means_nothing={"escalate": "What happened is not escalated: escalate what it happened to."},
    made=made,
    order=order,
    reason=reason,
)
