"""What a section of the Room is about: a new record of its register by one key, the order of its priorities."""

from __future__ import annotations

import pytest

from opsdesk.core.entries import Item
from opsdesk.core.registers.requirements import Requirement
from opsdesk.desk import Desk
from opsdesk.ui.app import OpsDesk
from tests.clock import Clock
from tests.ui.desks import app, company
from tests.ui.keyboard import press, say, settle

SIZE = (120, 36)
CALL, SUCCESS, ENGINEERING = "customer-status-call", "customer-success", "operations-engineering-sync"


def in_section(desk: Desk, slug: str, title: str, customer: str = "") -> OpsDesk:
    meeting = desk.meetings.start(slug, customer=customer)
    desk.meetings.go_to(meeting.id, [section.title for section in meeting.sections].index(title))
    return app(desk, meeting.id)


@pytest.fixture
def desk() -> Desk:
    made = company(Clock())
    for text in ("Decline the wishes", "Hire for Support", "Stop the export"):
        made.items.add(text, agenda=SUCCESS, section="Priorities")
    return made


def ranked(desk: Desk) -> list[str]:
    return [item.id for item in sorted(desk.read.live(Item), key=lambda item: item.rank)]


async def test_a_request_is_theirs_and_belongs_to_the_call(desk: Desk) -> None:
    home = in_section(desk, CALL, "New requests", "acme")
    async with home.run_test(size=SIZE) as pilot:
        shown = await settle(pilot)
        assert "ctrl+n new requirement" in shown.splitlines()[-1]
        await press(pilot, "ctrl+n")
        shown = await say(pilot, "Pick lists by aisle @tom 11 dec", then="")
        assert "Tom Reyes · Due Fri 11 Dec" in shown
        assert "not shown here" not in shown
        shown = await press(pilot, "enter")
        assert "RQ-1 kept" in shown
        assert "RQ-1  Pick lists by aisle" in shown
    (made,) = desk.read.all(Requirement)
    assert (made.customer, made.meeting, made.section, made.owner) == ("acme", "M-1", "New requests", "tom")


async def test_nobody_else_is_named_or_taken_while_a_request_is_typed(desk: Desk) -> None:
    home = in_section(desk, CALL, "New requests", "acme")
    async with home.run_test(size=SIZE) as pilot:
        await press(pilot, "ctrl+n")
        shown = await say(pilot, "Pick lists #glob", then="tab")
        assert "Globex" not in shown
        shown = await press(pilot, "enter")
        assert "Only Acme Logistics in this call." in shown
        assert "Globex" not in shown
    assert desk.read.all(Requirement) == ()


async def test_in_the_sync_with_engineering_the_same_key_adds_to_the_register_of_the_section(desk: Desk) -> None:
    home = in_section(desk, ENGINEERING, "Bugs")
    async with home.run_test(size=SIZE) as pilot:
        await press(pilot, "ctrl+n")
        shown = await say(pilot, "Totals are wrong #globex severity:2")
        assert "-1 kept" in shown


async def test_where_a_section_is_about_no_register_it_says_so(desk: Desk) -> None:
    home = in_section(desk, CALL, "Progress", "acme")
    async with home.run_test(size=SIZE) as pilot:
        shown = await press(pilot, "ctrl+n")
        assert "this section is about no register" in shown


async def test_a_line_of_priorities_is_moved_by_ctrl_and_the_arrows(desk: Desk) -> None:
    home = in_section(desk, SUCCESS, "Priorities")
    async with home.run_test(size=SIZE) as pilot:
        shown = await settle(pilot)
        assert [f"{n}. " in shown for n in (1, 2, 3)] == [True, True, True]
        await press(pilot, "down", "down")
        shown = await press(pilot, "ctrl+up")
        assert "T-3 is 2 of 3 · z undoes" in shown
        assert "2. Stop the export" in shown
        assert ranked(desk) == ["T-1", "T-3", "T-2"]
        shown = await press(pilot, "ctrl+down")
        assert "T-3 is 3 of 3" in shown
        shown = await press(pilot, "ctrl+down")
        assert "T-3 is the last already." in shown
        await press(pilot, "z")
        assert ranked(desk) == ["T-1", "T-3", "T-2"]


async def test_elsewhere_nothing_is_ranked(desk: Desk) -> None:
    desk.items.add("Elsewhere", agenda=SUCCESS, section="Updates")
    home = in_section(desk, SUCCESS, "Updates")
    async with home.run_test(size=SIZE) as pilot:
        shown = await press(pilot, "ctrl+up")
        assert "only the agenda items of a section of priorities are ranked" in shown


async def test_the_read_back_to_a_customer_begins_with_what_was_promised_in_the_call(desk: Desk) -> None:
    desk.actions.capture("Repair the scanners @tom #acme fri !")
    call = desk.meetings.start(CALL, customer="acme")
    desk.meetings.act(call.id, "Send the price list for Globex @ed thu !")
    desk.meetings.act(call.id, "Send the plan @ana wed !ed")
    async with app(desk, call.id).run_test(size=SIZE) as pilot:
        shown = await press(pilot, "c")
        told = shown[shown.index("READ BACK · what we promise next") :]
        assert [line.split()[0] for line in told.splitlines() if line.strip().startswith("A-")] == ["A-2", "A-3", "A-1"]
        assert "Thu 26 Nov  Ed Novak                        withheld" in told
        assert "Wed 25 Nov  Ana Lima, promised by Ed Novak  Send the plan wed" in told
        assert "Fri 27 Nov  Tom Reyes  Repair the scanners fri" in told
        assert "Globex" not in shown


async def test_where_nothing_was_promised_it_says_so(desk: Desk) -> None:
    call = desk.meetings.start(CALL, customer="acme")
    async with app(desk, call.id).run_test(size=SIZE) as pilot:
        assert "Nothing was promised in this call." in await press(pilot, "c")
