"""What every screen knows without reading: kept from the last look, so that no clock and no key waits for a disk."""

from __future__ import annotations

import msgspec
from msgspec.structs import replace

from opsdesk.core.audience import Before, before
from opsdesk.core.meeting import Meeting
from opsdesk.core.names import Names
from opsdesk.desk import Desk
from opsdesk.ui.outage.alarm import Alarm, alarm
from opsdesk.ui.undone import undo_word

NOBODY = "."  # no handle: with two customers in the room nothing of any customer is shown


class Glance(msgspec.Struct, frozen=True, kw_only=True):
    """`undo_words`: what undo and redo would take back. `shown`: the names that may be offered to those in the room,
    `alarm`: what they may see of an outage.
    """

    undo_words: tuple[str, str] = ("", "")
    running: Meeting | None = None
    before: Before = Before()
    names: Names = Names()
    shown: Names = Names()
    alarm: Alarm | None = None

    @property
    def customer(self) -> str:
        """While a customer is in the room, the only one that may be seen: a handle, or one that nobody has."""
        return self.before.customer or NOBODY if self.before.audience == "customer" else ""


def glance(desk: Desk) -> Glance:
    """As the desk is now. Raises OpsDeskError."""
    meetings = desk.read.live(Meeting)
    room = before(meetings)
    running = [meeting for meeting in meetings if meeting.state == "running"]
    last = desk.undo.peek()
    overtaken = last is not None and desk.undo.overtaken(last)
    found = Glance(
        undo_words=(undo_word(last, overtaken=overtaken), undo_word(desk.undo.peek_redo())),
        running=running[-1] if running else None,
        before=room,
        names=desk.people.names(),
        alarm=alarm(desk.read, replace(desk.scene(), audience=room.audience, customer=room.customer)),
    )
    return replace(found, shown=desk.people.names(found.customer))
