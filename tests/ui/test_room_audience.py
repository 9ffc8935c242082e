"""The Room before one customer: nothing of another's is named, at the bar, in the list or at the gate."""

from __future__ import annotations

from opsdesk.boards.table import Line
from opsdesk.core.meeting import Meeting
from opsdesk.core.scores import Score
from opsdesk.desk import Desk
from opsdesk.ui.room.table import board_row
from tests.clock import Clock
from tests.ui.desks import app, company
from tests.ui.keyboard import press, say

CALL = "customer-status-call"


def on_the_phone() -> tuple[Desk, Meeting]:
    desk = company(Clock())
    desk.people.add_customer("Aperture Optics", owner="sue", handle="aperture", onboarding=True)
    return desk, desk.meetings.start(CALL, customer="aperture")


async def test_a_flag_is_only_set_for_the_customer_on_the_phone() -> None:
    desk, call = on_the_phone()
    async with app(desk, call.id).run_test(size=(120, 36)) as pilot:
        await press(pilot, "f")
        shown = await say(pilot, "glob support red", then="")
        assert "Globex" not in shown
        shown = await say(pilot, "glob support red the CIO wrote")
        assert "Only Aperture Optics' flags can be set in this call." in shown
        assert desk.read.all(Score) == ()
        await say(pilot, "aperture support red the CIO wrote")
        assert [score.customer for score in desk.read.all(Score)] == ["aperture"]


def test_a_line_that_is_no_record_goes_right_across_and_cannot_be_chosen() -> None:
    row = board_row(Line(id="", text="9 kept and 5 late before the last call", reason="in the last 8 weeks"))
    assert row.across[0].text.strip() == "9 kept and 5 late before the last call"
    assert not row.selectable


async def test_the_gate_names_no_other_customer() -> None:
    desk, call = on_the_phone()
    desk.meetings.act(call.id, "Restore the pool for Globex #globex @tom")
    desk.meetings.act(call.id, "Send the plan @tom")
    async with app(desk, call.id).run_test(size=(120, 36)) as pilot:
        shown = await press(pilot, "c")
        assert "READ BACK" in shown
        assert "Send the plan" in shown
        assert "Globex" not in shown
