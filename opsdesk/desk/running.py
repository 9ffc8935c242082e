"""What everything done to a meeting shares: reading it, and one event as one transaction."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from opsdesk.core.clocks import current_section, idle_since
from opsdesk.core.errors import Conflict, Invalid
from opsdesk.core.events import Event
from opsdesk.core.meeting import Meeting
from opsdesk.core.ports import Reader
from opsdesk.core.runner import REFUSED, step
from opsdesk.core.said import last_heard, said_in
from opsdesk.desk import seen as earlier
from opsdesk.desk.context import Context
from opsdesk.desk.walked import last_walked

Part = Callable[[Meeting], object]


class Running:
    def __init__(self, context: Context) -> None:
        self._context = context

    def _meeting(self, id: str) -> Meeting:
        """Raises NotFound."""
        return self._context.store.get(Meeting, id)

    def idle(self, id: str) -> datetime | None:
        """The time of the last event or entry, once 30 minutes past the planned end saw none: close it at that time."""
        return idle_since(self._meeting(id), self.heard(id), self._now())

    def heard(self, id: str) -> datetime:
        """The time of its last event, entry or flag that was walked over. Raises NotFound."""
        store = self._context.store
        heard = last_heard(self._meeting(id), said_in(store, id))
        return max([heard, *last_walked(store, id)])

    def _heard(self, id: str) -> datetime:
        """When what is settled at the gate counts: now, or when a meeting that has gone quiet was last heard of, so
        that settling it is not taken for its going on.
        """
        return self.idle(id) or self._now()

    def _now(self) -> datetime:
        return self._context.clock()

    def _step(
        self, id: str, command: str, event: Event, *, seen: Meeting | None = None, part: Part | None = None
    ) -> Meeting:
        """One event, one transaction. Raises NotFound, Invalid, Conflict.

        `seen`: the meeting as it was when this was typed. Where `part` of it is now neither what was seen nor what the
        event would make of it, somebody else was first.
        """
        section = current_section(self._meeting(id)).title
        with self._context.work(command, meeting=id, section=section) as work:
            found = work.get(Meeting, id)
            stepped = step(found, event)
            if seen is not None and part is not None and part(found) != part(stepped):
                self._refuse_overtaken(found, seen, part, command)
            return work.put(stepped)

    def _refuse_overtaken(self, found: Meeting, seen: Meeting, part: Part, command: str) -> None:
        first = earlier.overtaken(self._context.store, found, seen, part)
        if first is None:
            return
        from opsdesk.core.overtaken import LOOK, Voice

        who = self._context.book.names().people.name(first.by)
        when = Voice(zone=self._context.settings.zone).when(first.at)
        raise Conflict(f'{who} was first with the {command}, {when}: "{part(found)}".', LOOK, by=first.by, at=first.at)

    def _open(self, id: str, read: Reader | None = None) -> Meeting:
        """One that still takes what is said: running, or a draft. Raises NotFound, Invalid.

        Read it again in the transaction that adds to it: at another desk it may have been closed in between.
        """
        meeting = (read or self._context.store).get(Meeting, id)
        if not meeting.live:
            raise Invalid(*REFUSED[meeting.state])
        return meeting
