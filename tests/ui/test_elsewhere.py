"""A call with a customer, seen from the desk of somebody who is not in it, and of somebody who is."""

from __future__ import annotations

from opsdesk.desk import Desk
from opsdesk.ui.screens.room import Room
from opsdesk.ui.screens.today import Today
from tests import screen
from tests.ui.desks import app, company
from tests.ui.keyboard import press, settle

CALL = "customer-status-call"


def in_a_call(*, sue_is_in: bool) -> tuple[Desk, str]:
    """Sue's desk, Acme in an outage, and a call with Globex that is under way."""
    desk = company()
    desk.incidents.open("Login slow, EU #acme", sev=1)
    call = desk.meetings.start(CALL, customer="globex")
    for who in ("tom", "sue"):
        desk.meetings.attend(call.id, who, "present" if sue_is_in or who == "tom" else "apologies")
    return desk, call.id


async def test_a_call_with_one_customer_hides_nothing_from_a_desk_that_is_not_in_it() -> None:
    desk, _ = in_a_call(sue_is_in=False)
    shown = app(desk)
    async with shown.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        assert isinstance(shown.front, Today)
        assert "SEV-1 Login slow, EU" in screen.lines(shown)[1]
        assert "Login slow, EU" in "\n".join(screen.lines(shown)[2:])


async def test_a_desk_in_the_call_opens_there_and_shows_no_other_customers_outage() -> None:
    desk, _ = in_a_call(sue_is_in=True)
    shown = app(desk)
    async with shown.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        assert isinstance(shown.front, Room)
        assert "SEV-1" not in screen.text(shown)


async def test_whoever_looks_into_the_call_stands_before_the_customer_from_then_on() -> None:
    desk, call = in_a_call(sue_is_in=False)
    shown = app(desk)
    async with shown.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        shown.open_room(call)
        await settle(pilot)
        assert "Login slow" not in screen.text(shown)
        shown.do_today()
        await settle(pilot)
        assert "Login slow" not in screen.text(shown)
        desk.meetings.adjourn(call, "they had to go")
        shown.publish()
        await settle(pilot)
        assert "Login slow" not in screen.text(shown)
        await press(pilot, "1")
        assert "SEV-1 Login slow, EU" in screen.lines(shown)[1]
