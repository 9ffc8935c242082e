"""Meetings and times for tests of the runner."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from opsdesk.core.agenda import Agenda, AgendaSection, Recurrence
from opsdesk.core.errors import Invalid
from opsdesk.core.events import Event
from opsdesk.core.meeting import Meeting
from opsdesk.core.opening import open_meeting
from opsdesk.core.runner import step
from tests.clock import START

AGENDA = Agenda(
    slug="daily",
    title="Daily",
    participants=("Operations",),
    sections=(
        AgendaSection(title="Burning", minutes=5),
        AgendaSection(title="Outages", minutes=4),
        AgendaSection(title="Staffing", minutes=3),
    ),
    recurrence=Recurrence(rule="FREQ=DAILY", at="15:00"),
    timebox=15,
)


def after(minutes: float = 0, seconds: float = 0) -> datetime:
    return START + timedelta(minutes=minutes, seconds=seconds)


def opened(late: float = 0, keep: Any = None, **agenda: Any) -> Meeting:
    """Running since START, `late` minutes after its schedule; 5, 4 and 3 minutes in a timebox of 15."""
    scheduled = START - timedelta(minutes=late)
    return open_meeting(
        replace(AGENDA, **agenda),
        number=1,
        scheduled=scheduled,
        now=START,
        chair="sue",
        deputy="bob",
        minute_taker="ann",
        expected=("sue", "bob", "ann"),
        late=keep,
    )


def refused(meeting: Meeting, event: Event) -> str:
    with pytest.raises(Invalid) as caught:
        step(meeting, event)
    return caught.value.message
