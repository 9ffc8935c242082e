"""The list of every command: what can run first, why the others cannot, and nothing cut unseen."""

from __future__ import annotations

from tests import screen
from tests.ui.desks import app, company
from tests.ui.keyboard import press, settle


async def test_what_can_run_stands_before_what_cannot_in_its_group() -> None:
    shown = app(company())
    async with shown.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        words = (await press(pilot, "question_mark")).split("EVERYWHERE")[0]
        greyed = ["not now:" in line for line in words.split("TODAY")[1].splitlines() if line.strip()]
        assert greyed == sorted(greyed)
        assert set(greyed) == {False, True}


async def test_the_line_below_says_in_full_why_a_command_cannot_run() -> None:
    shown = app(company())
    async with shown.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        words = await press(pilot, "question_mark", *["down"] * 6)
        assert "not now: the line under the cursor is…" in screen.line(shown, "   done   ")
        assert "not now: the line under the cursor is no action or agenda item" in words
        assert "is no action" not in await press(pilot, *["up"] * 6)


async def test_on_a_very_low_screen_there_are_commands_to_choose_from() -> None:
    shown = app(company())
    async with shown.run_test(size=(40, 10)) as pilot:
        await settle(pilot)
        words = await press(pilot, "question_mark")
        assert all(each in words for each in ("TODAY", "open", "meet", "start it now"))
