"""What everything done to a meeting shares: reading it, and one event as one transaction."""

from __future__ import annotations

from datetime import datetime

from opsdesk.core.clocks import current_section
from opsdesk.core.errors import Invalid
from opsdesk.core.events import Event
from opsdesk.core.meeting import Meeting
from opsdesk.core.runner import REFUSED, step
from opsdesk.desk.context import Context


class Running:
    def __init__(self, context: Context) -> None:
        self._context = context

    def _meeting(self, id: str) -> Meeting:
        """Raises NotFound."""
        return self._context.store.get(Meeting, id)

    def _now(self) -> datetime:
        return self._context.clock()

    def _step(self, id: str, command: str, event: Event) -> Meeting:
        """One event, one transaction. Raises NotFound, Invalid, Conflict."""
        section = current_section(self._meeting(id)).title
        with self._context.work(command, meeting=id, section=section) as work:
            return work.put(step(work.get(Meeting, id), event))

    def _open(self, id: str) -> Meeting:
        """One that still takes what is said: running, or a draft. Raises NotFound, Invalid."""
        meeting = self._meeting(id)
        if not meeting.live:
            raise Invalid(*REFUSED[meeting.state])
        return meeting
