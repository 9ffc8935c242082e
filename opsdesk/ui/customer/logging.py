"""What is logged of a customer from its page, in one line: a side-channel request, a ticket, a person there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from opsdesk.core.audience import Before
from opsdesk.core.entrywords import slots_of
from opsdesk.core.register import Register, Registered
from opsdesk.core.registercompletion import complete
from opsdesk.core.registers import registers
from opsdesk.ui.register import ahead
from opsdesk.ui.register.says import Says
from opsdesk.ui.register.typing import hint, understandable, understood
from opsdesk.ui.typing.modes import words_mode
from opsdesk.ui.widgets.capture_bar import Mode

if TYPE_CHECKING:
    from opsdesk.ui.customer.keys import CustomerKeys

FIRST = ("side-channel", "contacts", "tickets", "requirements", "deliveries", "escalations", "problems")
"""What a call is mostly about."""


def loggable(room: Before) -> list[Register]:
    """The registers whose records name a customer, as far as those in the room may know of them."""
    open_to = ("team", "company", "customer")
    at_least = open_to.index(room.audience)
    found = [
        each
        for each in registers().values()
        if each.customer and each.listed and each.kind != "overrides" and open_to.index(each.open_to) >= at_least
    ]
    places = {kind: at for at, kind in enumerate(FIRST)}
    return sorted(found, key=lambda each: (places.get(each.kind, len(FIRST)), each.title))


def log_mode(screen: CustomerKeys, register: Register) -> Mode:
    """A new record that is this customer's, unless the line names another; in a meeting it is said there."""
    glance, use = screen.home.glance, screen.desk.registers
    says = Says(register, glance.before, use.directories(glance.customer), use.look())
    slots = slots_of(register)
    place = {"meeting": screen.meeting_id, "section": screen.section_title}

    def call(text: str) -> Registered:
        understandable(says, slots, text)
        return screen.desk.registers.add(register.kind, text, **place)

    def anyway(text: str) -> Registered:
        understandable(says, slots, text, meant=True)
        return screen.desk.registers.anyway.add(register.kind, text, **place)

    return words_mode(
        screen,
        id=f"log {register.kind} #{screen.handle}",
        label=f"new {register.one}",
        hint=hint(register),
        call=call,
        said=lambda made: f"{made.id} kept · z undoes",
        answer=lambda text: [*ahead.of_new(screen.desk, says, slots, text), *understood(says, slots, text)],
        complete=lambda text, cursor: complete(text, cursor, slots, says.directories),
        anyway=anyway,
        text=f"#{screen.handle}",
    )
