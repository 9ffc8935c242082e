"""Which registers are listed, and what in them counts as open."""

from __future__ import annotations

from typing import Any

import pytest

from opsdesk.desk import Desk
from opsdesk.ui.app import OpsDesk
from tests import screen
from tests.clock import Clock
from tests.ui.desks import app, company
from tests.ui.keyboard import press, settle

SIZE = (120, 36)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def desk(clock: Clock) -> Desk:
    made = company(clock)
    made.registers.add("absences", "@ana away until tomorrow")
    made.registers.add("absences", "@tom away until 4 dec 2026 cover:sue")
    clock.forward(hours=48)
    return made


async def absences(shown: OpsDesk, pilot: Any) -> str:
    shown.do_open_register("absences")
    return await settle(pilot)


async def test_what_belongs_to_an_incident_has_no_list_of_its_own(desk: Desk) -> None:
    desk.registers.add("incidents", "Login down sev:1")
    async with app(desk).run_test(size=SIZE) as pilot:
        words = await press(pilot, "8")
        assert "Incidents" in words
        assert "Timeline" not in words
        words = await press(pilot, "escape", "ctrl+p", *"timeline")
        assert "timeline entry" not in words


async def test_an_absence_is_over_after_its_last_day(desk: Desk) -> None:
    shown = app(desk)
    async with shown.run_test(size=SIZE) as pilot:
        await press(pilot, "8")
        assert "1 open" in screen.line(shown, "Absences")
        await press(pilot, "escape")
        words = await absences(shown, pilot)
        assert "Absences  1 open" in words
        assert "Tom Reyes away" in words
        assert "Ana Lima" not in words
        words = await press(pilot, "semicolon")
        assert "Absences  2, 1 open" in words
        assert [row.key for row in shown.front.list.rows] == ["AB-2", "AB-1"]


def test_on_its_last_day_it_is_not_over(desk: Desk, clock: Clock) -> None:
    register, (ana, tom) = (
        desk.registers.register("absences"),
        desk.read.live(desk.registers.register("absences").shape),
    )
    assert [register.is_open(each, desk.registers.look()) for each in (ana, tom)] == [False, True]
    clock.forward(hours=24 * 9)
    assert desk.today().isoformat() == "2026-12-04"
    assert register.is_open(tom, desk.registers.look())
    clock.forward(hours=24)
    assert not register.is_open(tom, desk.registers.look())
