"""What is typed in a call and names another customer: it is said that nobody there will read it, and not whom."""

from __future__ import annotations

import pytest

from opsdesk.desk import Desk
from opsdesk.minutes import FORMATS
from tests import screen
from tests.ui import secrets
from tests.ui.desks import app
from tests.ui.keyboard import press, say
from tests.ui.secrets import CALL, OURS, told

USUAL = (120, 36)
WARNING = "names another customer: withheld from these minutes"
LINES = [
    ("n", "Zyxxon Ltd has it too"),
    ("d", "Quoxvex goes first"),
    ("a", "Send the plan as to Brimblat @tom fri"),
    ("n", "Zyxxon Ltd: slow again"),
    ("a", "Send it before Zyxxon gets it @tom fri !"),
]


@pytest.fixture
def desk() -> Desk:
    return secrets.full()


@pytest.mark.parametrize(("key", "text"), LINES)
async def test_it_is_said_while_one_types_and_once_it_is_kept(desk: Desk, key: str, text: str) -> None:
    call = desk.meetings.start(CALL, customer=OURS)
    async with app(desk, call.id).run_test(size=USUAL) as pilot:
        await press(pilot, key)
        words = await say(pilot, text, then="")
        assert WARNING in words
        assert told(words.replace(text, "")) == []
        words = await press(pilot, "enter")
        line = screen.line(pilot.app, " kept · ")
        assert f"kept · {WARNING} · ctrl+z undoes" in line
        assert told(words) == []
    made = desk.minutes.preview(desk.meetings.close(call.id))
    for form in FORMATS.values():
        assert told(form.render(made)) == []


@pytest.mark.parametrize("size", [(80, 24), USUAL], ids=str)
async def test_a_name_of_their_own_and_a_part_of_another_are_not_warned_of(desk: Desk, size: tuple[int, int]) -> None:
    call = desk.meetings.start(CALL, customer=OURS)
    async with app(desk, call.id).run_test(size=size) as pilot:
        await press(pilot, "n")
        for text in ("Acme Logistics has it", "Zyx has it"):
            words = await say(pilot, text, then="")
            assert "another customer" not in words
        await say(pilot, "Acme Logistics has it")
        assert "another customer" not in screen.text(pilot.app)


async def test_a_part_of_anothers_name_is_kept_with_the_warning_and_without_the_rest(desk: Desk) -> None:
    call = desk.meetings.start(CALL, customer=OURS)
    async with app(desk, call.id).run_test(size=USUAL) as pilot:
        await press(pilot, "a")
        assert "only Acme Logistics in this call" in await say(pilot, "Send it #zyx @tom fri !", then="")
        words = await press(pilot, "enter")
        assert WARNING in words
        assert told(words) == []


async def test_among_us_nobody_is_warned(desk: Desk) -> None:
    daily = desk.meetings.start("daily-operations-sync")
    async with app(desk, daily.id).run_test(size=USUAL) as pilot:
        await press(pilot, "n")
        assert "another customer" not in await say(pilot, "Zyxxon Ltd has it", then="")
        assert "another customer" not in await press(pilot, "enter")


async def test_on_today_during_a_call_the_warning_speaks_of_who_looks_on(desk: Desk) -> None:
    call = desk.meetings.start(CALL, customer=OURS)
    async with app(desk, call.id).run_test(size=USUAL) as pilot:
        await press(pilot, "1", "a")
        said = "names another customer: withheld while they look on"
        assert said in await say(pilot, "Ask Zyxxon @tom fri", then="")
        assert said in await press(pilot, "enter")
