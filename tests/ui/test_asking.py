"""What is asked on the screen before a line of a register is kept, and the one key that keeps it as it is."""

from __future__ import annotations

from typing import Any

import pytest

from opsdesk.core.registers.environments import Environment
from opsdesk.core.registers.incidents import Incident
from opsdesk.desk import Desk
from opsdesk.ui.app import OpsDesk
from tests.clock import Clock
from tests.ui.desks import app, company
from tests.ui.keyboard import on_line, press, say, settle

SIZE = (120, 36)


@pytest.fixture
def desk() -> Desk:
    return company(Clock())


async def opened(shown: OpsDesk, pilot: Any, kind: str) -> str:
    shown.do_open_register(kind)
    return await settle(pilot)


def typed(shown: OpsDesk) -> str:
    assert shown.front is not None
    return shown.front.bar.input.value.strip()


async def test_a_customer_that_is_not_known_is_asked_about_and_ctrl_o_keeps_the_words(desk: Desk) -> None:
    shown = app(desk)
    async with shown.run_test(size=SIZE) as pilot:
        await opened(shown, pilot, "incidents")
        await press(pilot, "ctrl+n")
        words = await say(pilot, "Login slow #globx", then="")
        assert "#globx is no customer here: did you mean #globex?   ctrl+o keeps it so" in words
        assert "SEV-2, nobody said: sev:3 lowers it" in words
        words = await press(pilot, "enter")
        assert "#globx is no customer here" in words
        assert (desk.read.all(Incident), typed(shown)) == ((), "Login slow #globx")
        await press(pilot, "ctrl+o")
    (made,) = desk.read.all(Incident)
    assert (made.title, made.customers, made.sev) == ("Login slow #globx", (), 2)


async def test_the_same_where_an_outage_is_opened_from_anywhere(desk: Desk) -> None:
    shown = app(desk)
    async with shown.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "o")
        words = await say(pilot, "Login slow prio:1", then="")
        assert 'There is no field "prio"' in words
        await press(pilot, "enter")
        assert desk.read.all(Incident) == ()
        await press(pilot, "ctrl+o")
    assert [each.title for each in desk.read.all(Incident)] == ["Login slow prio:1"]


async def test_an_environment_is_taken_from_its_holder_only_when_that_is_meant(desk: Desk) -> None:
    desk.registers.add("environments", "staging @tom 2026-11-27")
    shown = app(desk)
    async with shown.run_test(size=SIZE) as pilot:
        await opened(shown, pilot, "environments")
        await on_line(pilot, "E-1")
        await press(pilot, "@")
        words = await say(pilot, "ana")
        assert "staging is held by Tom Reyes until Fri 27 Nov: Ana Lima would take it away." in words
        assert desk.read.get(Environment, "E-1").holder == "tom"
        await press(pilot, "ctrl+o")
    assert desk.read.get(Environment, "E-1").holder == "ana"
