"""Which meetings the company holds: the list over Today."""

from __future__ import annotations

import pytest

from opsdesk.ui.screens.agenda_list import AgendaList
from tests import screen
from tests.ui.desks import app, company
from tests.ui.keyboard import press, settle

SIZES = [(80, 24), (120, 36), (200, 50)]


@pytest.mark.parametrize("size", SIZES)
async def test_each_meeting_with_its_state_and_when_it_meets(size: tuple[int, int]) -> None:
    async with app(company()).run_test(size=size) as pilot:
        await settle(pilot)
        pilot.app.push_screen(AgendaList())
        shown = await settle(pilot)
        assert "o…" not in shown
        for title, state, when in (
            ("Daily Operations Sync", "● on", "every week on Mon to Fri, 16:30"),
            ("Process Improvement Guild", "· off", "every 2 weeks on Wed, 14:00"),
            ("Escalation Review", "· off", "every week on Wed, 06:00 Central"),
            ("Product Operations Review", "· off", "every month on the 2nd Tue, 14:00"),
        ):
            line = screen.line(pilot.app, title)
            assert line.split(title)[0].strip().endswith(state)
            assert when in line
        assert "any" not in shown.split()
        assert ("20 min" in shown) == (size[0] > 80)


async def test_space_switches_a_meeting() -> None:
    desk = company()
    async with app(desk).run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        pilot.app.push_screen(AgendaList())
        shown = await settle(pilot)
        assert "● on" in shown
        before = [slug for slug in desk.agendas if desk.cadence.is_on(slug)]
        await press(pilot, "space")
        assert len([slug for slug in desk.agendas if desk.cadence.is_on(slug)]) == len(before) - 1
