"""Who is in the room, and so what may stand on any screen while they are."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

import msgspec

from opsdesk.core.agenda import Audience
from opsdesk.core.attendance import in_room
from opsdesk.core.meeting import Meeting


class Before(msgspec.Struct, frozen=True, kw_only=True):
    """Before whom the screen stands. `customer` is the handle of the one customer who is in the room; with two of them
    at once it is empty, and nothing of any customer may be shown.
    """

    audience: Audience = "team"
    customer: str = ""

    def may_read(self, audience: Audience, customer: str) -> bool:
        """Whether the minutes of a meeting held for that audience and customer may be shown."""
        if self.audience == "customer":
            return audience == "customer" and bool(customer) and customer == self.customer
        return self.audience == "team" or audience != "team"


def before(meetings: Iterable[Meeting]) -> Before:
    """Of all meetings that are running the strictest audience holds: customer, then company, then team."""
    running = [meeting for meeting in meetings if meeting.state == "running"]
    customers = {meeting.customer for meeting in running if meeting.audience == "customer"}
    if customers:
        return Before(audience="customer", customer=customers.pop() if len(customers) == 1 else "")
    return Before(audience="company" if any(each.audience == "company" for each in running) else "team")


def at_desk(meetings: Iterable[Meeting], by: str, shown: Collection[str], still: Sequence[Meeting] = ()) -> Before:
    """Before whom one desk stands: that of `in_front_of`."""
    return before(in_front_of(meetings, by, shown, still))


def in_front_of(
    meetings: Iterable[Meeting], by: str, shown: Collection[str], still: Sequence[Meeting] = ()
) -> tuple[Meeting, ...]:
    """The meetings before which one desk stands: those that are running where `by`, who sits at it, is in the room, or
    that were `shown` there (their ids). To everybody else's desk a meeting says nothing: a call with one customer hides
    no outage from Support.

    `still`: those it stood before when it last looked, as they were then. They count although they are over: whoever
    was in such a call may still be looking.
    """
    on = [each for each in meetings if each.state == "running" and (each.id in shown or by in in_room(each))]
    return (*on, *(each for each in still if all(each.id != one.id for one in on)))
