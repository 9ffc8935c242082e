"""A clock that stands still, and the desk of the meetings at that time."""

from __future__ import annotations

import pytest

from opsdesk.desk import Desk
from tests.clock import Clock
from tests.desk.meeting_desk import desk


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def ours(clock: Clock) -> Desk:
    return desk(clock)


@pytest.fixture
def id(ours: Desk) -> str:
    """Of a daily that has just begun."""
    return ours.meetings.start("daily").id
