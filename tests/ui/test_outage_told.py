"""What is typed behind a department that was filled in, and the head of an outage on a small terminal."""

from __future__ import annotations

import pytest

from opsdesk.core.outageentry import is_way
from opsdesk.core.registers.incidents import Incident
from tests import screen
from tests.ui.desks import app
from tests.ui.keyboard import press, say
from tests.ui.test_outage import at, slow


@pytest.mark.parametrize("how", ["phone", "by phone", "in the team chat", "Mail", "via Slack", "call"])
def test_a_way_of_telling_somebody_is_known(how: str) -> None:
    assert is_way(how)


@pytest.mark.parametrize("how", ["", "by", "lunch", "Tom phone", "phone down again"])
def test_other_words_are_no_way(how: str) -> None:
    assert not is_way(how)


async def test_behind_a_department_that_was_filled_in_other_words_are_doubted_and_kept_when_meant() -> None:
    desk = slow()
    async with app(desk).run_test(size=(80, 24)) as pilot:
        await press(pilot, "o")
        await at(pilot, "who/Support")
        await press(pilot, "i")
        words = await say(pilot, "Support lunch")
        assert '"lunch" is no way of telling somebody. Type phone' in words
        assert desk.read.get(Incident, "I-1").informed == ()
        assert "list   I-1: Support informed lunch · z undoes" in await press(pilot, "ctrl+o")
        assert [(each.who, each.how) for each in desk.read.get(Incident, "I-1").informed] == [("Support", "lunch")]


async def test_a_way_behind_it_is_kept_at_once() -> None:
    desk = slow()
    async with app(desk).run_test(size=(80, 24)) as pilot:
        await press(pilot, "o")
        await at(pilot, "who/Support")
        await press(pilot, "i")
        await say(pilot, "Support by phone")
        assert [(each.who, each.how) for each in desk.read.get(Incident, "I-1").informed] == [("Support", "by phone")]


async def test_in_a_small_terminal_the_head_says_whole_and_first_when_the_update_is_due_and_to_whom() -> None:
    desk = slow()
    desk.registers.set(["I-1"], {"customers": "acme, globex", "owner": "tom", "workaround": "stay logged in"})
    async with app(desk).run_test(size=(80, 24)) as pilot:
        await press(pilot, "o")
        head = [row[:48].strip() for row in screen.lines(pilot.app)[1:8]]
        assert head[1].startswith("next update due 15:30")
        assert "owed to Program Management, Support" in " ".join(head)
        assert not any(row.endswith("…") for row in head)
        assert "owed to Program Management, Support · Enter keeps it" in await press(pilot, "u")
