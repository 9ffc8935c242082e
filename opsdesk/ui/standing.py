"""Before whom this screen stands, from entering a meeting until somebody leaves it on purpose."""

from __future__ import annotations

from textual.app import App

from opsdesk.core.audience import Before, at_desk
from opsdesk.core.meeting import Meeting
from opsdesk.desk import Desk
from opsdesk.ui.glance import Glance


class Standing(App[None]):
    """`entered`: the meeting that was opened here last; `rooms`: all that were.

    `calls`: those with a customer before which the screen stands. One that is closed, adjourned or taken back stays
    among them, whoever did it: the screen is still shared, and shows nobody else until somebody leaves.
    """

    desk: Desk
    glance: Glance
    entered = ""
    rooms: frozenset[str] = frozenset()
    calls: tuple[Meeting, ...] = ()

    def look(self) -> None:
        """Reads what the footer and the availability of commands depend on."""

    def take_glance(self, found: Glance) -> None:
        self.glance, self.calls = found, found.calls

    def enter(self, meeting: Meeting) -> None:
        """From here on this screen stands before those who are in that meeting, and has left what is over.

        Raises OpsDeskError.
        """
        self.entered, self.rooms = meeting.id, self.rooms | {meeting.id}
        if not self.part() and meeting.audience != "team":
            self.look()

    def part(self) -> bool:
        """Leaves the calls that are over; tells whether there were any. Raises OpsDeskError."""
        if not self.glance.over:
            return False
        self.calls = ()
        self.look()
        return True

    def room(self) -> Before:
        """Before whom this screen stands now. Raises OpsDeskError."""
        return at_desk(self.desk.read.live(Meeting), self.desk.by, self.rooms, self.calls)
