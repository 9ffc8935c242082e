"""What a verb that takes words says it did."""

from __future__ import annotations

import pytest

from tests.ui.desks import app, company
from tests.ui.keyboard import press, say


@pytest.mark.parametrize(
    ("key", "typed", "said"),
    [
        ("w", "@tom until 4 dec", "A-1 waits on Tom Reyes until Fri 4 Dec · z undoes"),
        ("w", "their #1 guy", "A-1 waits on their #1 guy · z undoes"),
        ("at", "@tom", "A-1 goes to Tom Reyes · z undoes"),
        ("t", "4 dec the parts are late", "A-1 is due Fri 4 Dec · z undoes"),
    ],
)
async def test_it_says_whom_or_when(key: str, typed: str, said: str) -> None:
    desk = company()
    desk.actions.capture("Restore the EU pool @sue 20 nov 2026", past_ok=True)
    meeting = desk.meetings.start("daily-operations-sync")
    async with app(desk, meeting.id).run_test(size=(120, 45)) as pilot:
        await press(pilot, key)
        assert said in await say(pilot, typed)
