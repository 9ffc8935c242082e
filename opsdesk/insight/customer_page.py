"""The customer page: everything that any department knows of one customer, as those in the room may read it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime

from msgspec.structs import replace

from opsdesk.core.actions import Action
from opsdesk.core.audience import Before
from opsdesk.core.customerpage import CustomerPage, PagePart
from opsdesk.core.customers import Customer
from opsdesk.core.errors import Invalid
from opsdesk.core.names import Directory
from opsdesk.core.people import Person
from opsdesk.core.ports import Reader
from opsdesk.core.register import Look
from opsdesk.core.scores import Score
from opsdesk.insight import customer_incidents, customer_registers, customer_work
from opsdesk.insight.attention import attention, talk_in
from opsdesk.insight.customer_flags import flags, override, standing
from opsdesk.insight.customer_seen import Seen
from opsdesk.insight.spells import histories
from opsdesk.insight.trend import weeks
from opsdesk.insight.withheld import tells_of

HIDDEN = "This page is not to be shown to those who are in this meeting."


def may_page(customer: str, room: Before) -> bool:
    """While a customer is in the room there is only its own page; `customer` is a handle."""
    return room.audience != "customer" or (bool(customer) and customer == room.customer)


def customer_page(
    reader: Reader, customer: Customer, look: Look, room: Before, begun: datetime | None = None
) -> CustomerPage:
    """`begun`: when the desk began, for its uptime. Raises Invalid where those in the room may not read it.

    Before the customer only promises, deliveries, incidents and requirements; before the company what no register
    keeps for the team alone, and who has a flag, or who was waited for, is not told.
    """
    if not may_page(customer.handle, room):
        raise Invalid(HIDDEN)
    seen = Seen(
        reader=reader,
        customer=customer,
        look=look,
        room=room,
        people=Directory((each.handle, each.name) for each in reader.all(Person)),
        tells=tells_of(reader, room),
        begun=begun,
    )
    head = CustomerPage(
        id=customer.id,
        handle=customer.handle,
        name=customer.name,
        company=look.settings.company,
        at=look.now.replace(microsecond=0).astimezone(look.settings.zone),
        zone=look.settings.zone.key,
        audience=room.audience,
    )
    return _openly(seen, head) if seen.listened else _whole(seen, head)


def _openly(seen: Seen, head: CustomerPage) -> CustomerPage:
    actions = seen.reader.where(Action, customer=seen.handle)
    parts = (
        customer_incidents.now(seen),
        customer_work.promises(seen, actions),
        customer_work.deliveries(seen),
        customer_incidents.before(seen),
        customer_registers.required(seen),
    )
    return replace(head, parts=parts)


def _whole(seen: Seen, head: CustomerPage) -> CustomerPage:
    customer, look = seen.customer, seen.look
    said = histories(seen.reader.where(Score, customer=seen.handle))
    cells = [each for told in said.values() for each in told if each.live]
    found = standing(seen, cells)
    return replace(
        head,
        level=found.level,
        computed=found.computed,
        override=override(seen, found),
        share=found.share,
        trend=weeks(said, look, look.settings) if said else (),
        owner=seen.person(customer.owner),
        since=customer.since,
        left=customer.left,
        onboarding=customer.onboarding,
        revenue=customer.revenue if seen.team else 0,
        parts=tuple(_parts(seen, flags(seen, cells, said))),
    )


def _parts(seen: Seen, judged: PagePart) -> Iterable[PagePart]:
    """In the order of use; what only the team may read is not even said to be missing."""
    actions = seen.reader.where(Action, customer=seen.handle)
    ours: tuple[Callable[[Seen], PagePart], ...] = (
        customer_registers.escalated,
        customer_registers.problems_of,
    )
    yield customer_incidents.now(seen)
    yield judged
    yield customer_work.promises(seen, actions)
    yield customer_work.deliveries(seen)
    yield customer_work.actions_of(seen, actions)
    yield from (part(seen) for part in ours if seen.team)
    yield customer_registers.issues(seen)
    yield customer_incidents.before(seen)
    if seen.team:
        yield customer_registers.tickets_of(seen)
        yield customer_registers.people_there(seen)
        yield customer_registers.requests(seen)
        yield _discussed(seen)
    yield customer_registers.required(seen)


def _discussed(seen: Seen) -> PagePart:
    """Beside all others, for the shares."""
    found = attention(seen.reader.live(Customer), talk_in(seen.reader), seen.look)
    mine = next((each for each in found if each.customer == seen.handle), None)
    return customer_registers.discussed(seen, mine)
