"""What every screen knows without reading: kept from the last look, so that no clock and no key waits for a disk."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import msgspec
from msgspec.structs import replace

from opsdesk.core.audience import Before, before, in_front_of
from opsdesk.core.meeting import Meeting
from opsdesk.core.names import Names
from opsdesk.desk import Desk
from opsdesk.insight.withheld import Tells, nothing, tells_of
from opsdesk.ui.outage.alarm import Alarm, alarm
from opsdesk.ui.undone import undo_word

STEP = "last step"
NOBODY = "."  # no handle: with two customers in the room nothing of any customer is shown


class Glance(msgspec.Struct, frozen=True, kw_only=True):
    """`undo_words`: what undo and redo would take back. `on`: meetings that are running. `shown`: the names that may
    be offered to those in the room, `alarm`: what they may see of an outage, `tells`: which words they must not read.
    `calls`: those with a customer before which this screen stands; `over`: one of them has ended, and nobody has left.
    """

    undo_words: tuple[str, str] = ("", "")
    on: tuple[Meeting, ...] = ()
    calls: tuple[Meeting, ...] = ()
    over: bool = False
    before: Before = Before()
    names: Names = Names()
    shown: Names = Names()
    alarm: Alarm | None = None
    tells: Tells = nothing

    @property
    def running(self) -> Meeting | None:
        """The meeting that was started last."""
        return self.on[-1] if self.on else None

    def open(self, step: str) -> str:
        """What undo would take back, as those in the room may read it."""
        return STEP if self.tells(step) else step

    @property
    def customer(self) -> str:
        """While a customer is in the room, the only one that may be seen: a handle, or one that nobody has."""
        return self.before.customer or NOBODY if self.before.audience == "customer" else ""


def glance(desk: Desk, shown: Collection[str] = (), still: Sequence[Meeting] = ()) -> Glance:
    """As the desk is now; `shown`: the ids of meetings that were opened on this screen, `still`: the calls before which
    it stood. Raises OpsDeskError.
    """
    meetings = desk.read.live(Meeting)
    here = in_front_of(meetings, desk.by, shown, still)
    room, running = before(here), in_front_of(meetings, desk.by, shown)
    last, tells = desk.undo.peek(), tells_of(desk.read, room)
    overtaken = last is not None and desk.undo.overtaken(last)
    found = Glance(
        on=tuple(meeting for meeting in meetings if meeting.state == "running"),
        calls=tuple(each for each in here if each.audience == "customer"),
        over=len(here) > len(running),
        before=room,
        names=desk.people.names(),
        tells=tells,
        alarm=alarm(desk.read, replace(desk.scene(), audience=room.audience, customer=room.customer)),
    )
    words = undo_word(last, overtaken=overtaken), undo_word(desk.undo.peek_redo())
    return replace(
        found, undo_words=(found.open(words[0]), found.open(words[1])), shown=desk.people.names(found.customer)
    )
