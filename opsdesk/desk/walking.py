"""Walking through a meeting: its sections, its minutes, who is in the room."""

from __future__ import annotations

from typing import Literal

from opsdesk.core.agenda import Late
from opsdesk.core.attendance import in_room, may_take_over
from opsdesk.core.clocks import current
from opsdesk.core.errors import Invalid
from opsdesk.core.events import (
    Attend,
    Back,
    Borrow,
    Event,
    Extend,
    GoTo,
    HandOver,
    Keep,
    Leave,
    Next,
    OpenClosing,
    Outcome,
    ParkSection,
)
from opsdesk.core.meeting import NOTHING, Meeting, Presence
from opsdesk.core.minutes import reported
from opsdesk.core.moves import can_lend
from opsdesk.desk.running import Running


class Walking(Running):
    """Each event is one transaction, its command worded to be read after "undo"."""

    def next(self, id: str, of: int | None = None) -> Meeting:
        """To the next section, from the last one to the closing. `of`: the section it was pressed in (an index).

        Raises NotFound, and Invalid where the meeting has moved on from `of`.
        """
        return self._step(id, "next section", Next(at=self._now(), of=of))

    def back(self, id: str, of: int | None = None) -> Meeting:
        """To the section before, or out of the closing. Raises as next."""
        return self._step(id, "step back", Back(at=self._now(), of=of))

    def go_to(self, id: str, section: int) -> Meeting:
        """Into the section of this index. Raises NotFound, Invalid."""
        return self._step(id, f"going to {self._title(id, section)}", GoTo(at=self._now(), section=section))

    def open_closing(self, id: str) -> Meeting:
        """To the closing at once. Raises NotFound, Invalid."""
        return self._step(id, "closing gate", OpenClosing(at=self._now()))

    def extend(self, id: str, minutes: int = 2) -> Meeting:
        """More time for this section; the end moves. Raises NotFound, Invalid."""
        return self._more(id, minutes, Extend(at=self._now(), seconds=minutes * 60))

    def borrow(self, id: str, minutes: int = 2) -> Meeting:
        """More time for this section, from the last ones; the end stays. Raises NotFound, Invalid."""
        return self._more(id, minutes, Borrow(at=self._now(), seconds=minutes * 60))

    def more(self, id: str, minutes: int = 2) -> Meeting:
        """More time for this section: borrowed where a later one has some, else the end moves. Raises as extend."""
        return self.borrow(id, minutes) if can_lend(self._meeting(id)) else self.extend(id, minutes)

    def keep(self, id: str, what: Late, *, seen: Meeting | None = None) -> Meeting:
        """What a late start keeps from now on: its length, or its planned end. Raises NotFound, Invalid, Conflict.

        `seen`, here and below: the meeting as it stood before whoever chose or typed this.
        """
        event = Keep(at=self._now(), what=what)
        return self._step(id, f"keeping the {what}", event, seen=seen, part=lambda meeting: meeting.late)

    def park_section(self, id: str, section: int | None = None) -> Meeting:
        """Puts a section off as a whole; None: the current one. Raises NotFound, Invalid."""
        event = ParkSection(at=self._now(), section=section)
        return self._step(id, f"parking {self._title(id, section)}", event)

    def outcome(
        self,
        id: str,
        text: str = NOTHING,
        section: int | None = None,
        *,
        of: int | None = None,
        seen: Meeting | None = None,
    ) -> Meeting:
        """What a section (an index; None: the current one) came to. `of`: as for next.

        Raises NotFound, Conflict, and Invalid for "nothing to report" of a section in which there was something.
        """
        meeting = seen or self._meeting(id)
        at = current(meeting) if section is None else section
        event = Outcome(at=self._heard(id), section=at, text=text, of=of)
        reported = self.reported(id, at) if text == NOTHING else ""
        if reported:
            raise Invalid(f"There is something to report: {reported}.", "The minutes tell of it; space goes on.")
        command = f"outcome of {self._title(id, at)}"
        return self._step(id, command, event, seen=seen, part=lambda now: now.sections[at].outcome)

    def reported(self, id: str, section: int) -> str:
        """What the minutes tell of a section (an index) already, as in "I-14 was changed here"; else "".

        Raises NotFound.
        """
        from opsdesk.desk.minutes import MinutesBook

        items = MinutesBook(self._context).preview(self._meeting(id)).items
        return reported(items[section]) if 0 <= section < len(items) else ""

    def attend(self, id: str, who: str, presence: Presence) -> Meeting:
        """Corrects who is here; somebody arriving after the opening minute is late. Raises NotFound, Invalid."""
        event = Attend(at=self._now(), who=who, presence=presence)
        return self._step(id, f"attendance of {self._first_name(who)}", event)

    def leave(self, id: str, who: str) -> Meeting:
        """Somebody goes before the end. Raises NotFound, Invalid."""
        if who and who not in in_room(self._meeting(id)):
            raise Invalid(f"{self._name(who)} is not in the room.", "Mark them present first.")
        return self._step(id, f"leaving of {self._first_name(who)}", Leave(at=self._now(), who=who))

    def hand_over(self, id: str, role: Literal["chair", "minute_taker"], to: str) -> Meeting:
        """The chair or the minutes pass to somebody else: a handle or a name, as it may be typed after @.

        Raises NotFound, Invalid where that is nobody, several, or somebody who is not in the room.
        """
        people = self._context.book.names().people
        found = people.find(to.strip().lstrip("@"))
        if len(found) != 1:
            which = " or ".join(map(people.name, found))
            raise Invalid(f"{which}?" if found else f'Nobody is called "{to}".', "Type a handle; Tab completes it.")
        if not may_take_over(self._meeting(id), found[0]):
            hint = "Hand over to somebody who is, or mark them present first."
            raise Invalid(f"{people.name(found[0])} is not in the room.", hint)
        return self._step(id, "hand-over", HandOver(at=self._now(), role=role, to=found[0]))

    def _more(self, id: str, minutes: int, event: Event) -> Meeting:
        return self._step(id, f"{minutes} minutes", event)

    def _title(self, id: str, section: int | None) -> str:
        """Of a section that is not there, no title: the event says so."""
        meeting = self._meeting(id)
        at = current(meeting) if section is None else section
        return meeting.sections[at].title if 0 <= at < len(meeting.sections) else "the section"

    def _name(self, who: str) -> str:
        return self._context.book.names().people.name(who)

    def _first_name(self, who: str) -> str:
        return self._name(who).partition(" ")[0]
