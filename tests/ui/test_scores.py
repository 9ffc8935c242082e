"""The score sheet on the screen: set, confirmed, owed, judged otherwise, sorted, narrowed, walked through."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from textual.widgets import Input

from opsdesk.core.actions import Action
from opsdesk.core.scores import Score
from opsdesk.desk import Desk
from opsdesk.store.memory import MemoryStore
from opsdesk.ui.app import OpsDesk
from opsdesk.ui.screens import overtaken as overtaken_screen
from opsdesk.ui.screens.scores import Scores
from tests import screen
from tests.clock import Clock
from tests.ui.desks import app, company
from tests.ui.keyboard import press, say, settle, shows

SIZE = (120, 36)
WEEKLY = "customer-success"


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def desk(clock: Clock) -> Desk:
    """Globex is red since last Thursday, Acme green but for what nobody has said for long, the third is unknown."""
    made = company(clock)
    clock.forward(days=-70)
    made.scores.set("acme", "Product", "green", "it works")
    clock.forward(days=66)
    made.scores.set("globex", "Delivery", "red", "the date is broken", owner="tom")
    made.scores.set("acme", "Support", "green")
    clock.forward(days=4)
    return made


async def opened(shown: OpsDesk, pilot: Any) -> str:
    """With all that is read beside the sheet."""
    await press(pilot, "2")
    page = shown.front
    assert isinstance(page, Scores)
    for _ in range(200):
        if page.story is not None:
            break
        await pilot.pause(0.02)
    return await settle(pilot)


def sheet(shown: OpsDesk) -> Scores:
    assert isinstance(shown.front, Scores)
    return shown.front


def names(shown: OpsDesk) -> list[str]:
    return [row.key for row in sheet(shown).list.rows]


def cell(desk: Desk, customer: str, measure: str) -> Score | None:
    found = desk.read.live(Score)
    return next((each for each in found if (each.customer, each.measure) == (customer, measure)), None)


def at(shown: OpsDesk, customer: str, column: int) -> None:
    sheet(shown).matrix.stand(customer, column)


async def test_2_shows_the_worst_first_with_shape_letter_and_reason(desk: Desk) -> None:
    shown = app(desk)
    async with shown.run_test(size=SIZE) as pilot:
        words = await opened(shown, pilot)
        assert names(shown) == ["globex", "acme", "emea"]
        assert screen.line(shown, "Globex").split()[:6] == ["▲", "Globex", "·", "·", "▲", "R"]
        assert "red 4 d, no exit" in screen.line(shown, "Globex")
        assert "Tom" in screen.line(shown, "Globex")
        assert screen.line(shown, "Acme").split()[:7] == ["●", "Acme", "Logistics", "○", "g", "●", "G"]
        assert "never discussed" in screen.line(shown, "[EMEA]")
        assert "▲ 1  ◆ 0  ● 1  · 1" in words
        assert "fresh 66 % of 95" in words
        assert screen.lines(shown)[-1].split("   ")[:5] == [
            "  r o g set",
            "enter customer",
            "v history",
            ", order",
            "/ find",
        ]


async def test_monday_931_red_with_a_reason_on_the_wall_and_what_is_owed_said(desk: Desk) -> None:
    shown = app(desk)
    async with shown.run_test(size=SIZE) as pilot:
        await opened(shown, pilot)
        await press(pilot, "down", "left")
        words = await press(pilot, "r")
        assert "They wait for us, and have said so to somebody's boss." in words
        assert "Questions are answered in time, and once." in words
        assert "the reason first" in words
        words = await say(pilot, "second login outage in ten days")
        assert "Acme Logistics Support → RED · owes owner, exit criterion and plan by Wed 25 Nov · z undoes" in words
        assert names(shown) == ["globex", "acme", "emea"]
        assert sheet(shown).list.key == "acme"
        assert screen.line(shown, " Acme Logistics ").split()[0] == "▲"
        assert "red since today" in words
        assert "owed by Wed 25 Nov   @ owner  = exit  t plan date" in words
        found = cell(desk, "acme", "Support")
        assert found is not None
        assert (found.level, found.comment) == ("red", "second login outage in ten days")
        await press(pilot, "z")
        assert getattr(cell(desk, "acme", "Support"), "level", "") == "green"


async def test_green_takes_an_empty_line_and_red_does_not(desk: Desk) -> None:
    shown = app(desk)
    async with shown.run_test(size=SIZE) as pilot:
        await opened(shown, pilot)
        at(shown, "emea", 2)
        assert "[EMEA] 日本物流 Delivery → GREEN · z undoes" in await press(pilot, "G", "enter")
        at(shown, "emea", 3)
        await press(pilot, "o", "enter")
        assert sheet(shown).bar.typing
        assert cell(desk, "emea", "Relationship") is None


async def test_the_same_level_again_with_an_empty_line_is_confirmed_today(desk: Desk, clock: Clock) -> None:
    shown = app(desk)
    async with shown.run_test(size=SIZE) as pilot:
        await opened(shown, pilot)
        at(shown, "globex", 2)
        assert "an empty line: confirmed today" in await press(pilot, "r")
        assert "Globex Delivery: red confirmed today" in await press(pilot, "enter")
        found = cell(desk, "globex", "Delivery")
        assert found is not None
        assert (found.at, found.comment, found.owner) == (clock(), "the date is broken", "tom")
        assert found.since < found.at
        assert "confirmed today by Sue Park" in screen.text(shown)


async def test_unknown_takes_a_level_back(desk: Desk) -> None:
    shown = app(desk)
    async with shown.run_test(size=SIZE) as pilot:
        await opened(shown, pilot)
        at(shown, "acme", 0)
        assert "Acme Logistics Product → UNKNOWN" in await press(pilot, "u", "enter")
        assert getattr(cell(desk, "acme", "Product"), "level", "") == "unknown"


async def test_what_a_red_flag_owes_is_given_key_by_key(desk: Desk) -> None:
    shown = app(desk)
    async with shown.run_test(size=SIZE) as pilot:
        await opened(shown, pilot)
        at(shown, "globex", 2)
        await press(pilot, "at")
        assert "Globex Delivery: Ana Lima has it · owes exit criterion and plan · z undoes" in await say(pilot, "@ana")
        await press(pilot, "equals_sign")
        assert "Globex Delivery: over when shipped" in await say(pilot, "shipped and signed")
        await press(pilot, "t")
        assert "Globex Delivery: plan by Fri 27 Nov · z undoes" in await say(pilot, "fri")
        found = cell(desk, "globex", "Delivery")
        assert found is not None
        assert (found.owner, found.exit, found.plan) == ("ana", "shipped and signed", date(2026, 11, 27))
        words = screen.line(shown, "plan by  Fri 27 Nov")
        assert "exit  shipped and signed" in words
        assert "owner  Ana Lima" in words


async def test_what_is_no_flag_owes_nothing_and_says_so(desk: Desk) -> None:
    shown = app(desk)
    async with shown.run_test(size=SIZE) as pilot:
        await opened(shown, pilot)
        at(shown, "acme", 1)
        assert "only a red or orange flag has an owner" in await press(pilot, "at")


async def test_an_override_stands_beside_what_the_cells_come_to(desk: Desk) -> None:
    shown = app(desk)
    async with shown.run_test(size=SIZE) as pilot:
        await opened(shown, pilot)
        await press(pilot, "b")
        assert "Until when?" in await say(pilot, "green", then="")
        assert "and why?" in await say(pilot, "green until fri", then="")
        words = await say(pilot, "green until fri, because they signed")
        assert "Globex: green until Fri 27 Nov, computed ▲ red · z undoes" in words
        assert screen.line(shown, "Globex (● G)").split()[0] == "▲"
        assert "judged  ● G until Fri 27 Nov by Sue Park: they signed   computed ▲ R" in words
        assert "▲ 1  ◆ 0  ● 1  · 1  (1 judged)" in words
        await press(pilot, "b")
        assert "Globex: counts as computed again" in await say(pilot, "lift they did not")
        assert "(● G" not in screen.text(shown)


async def test_where_there_is_room_it_says_until_when(desk: Desk) -> None:
    desk.scores.override("globex", "green", "they signed", date(2026, 11, 27))
    desk.scores.override("acme", "orange", "they look elsewhere", date(2026, 12, 11))
    shown = app(desk)
    async with shown.run_test(size=(160, 36)) as pilot:
        words = await opened(shown, pilot)
        assert "▲ Globex (● G until Fri)" in words
        assert "● Acme Logistics (◆ O until 11 Dec)" in words


async def test_a_row_moves_only_when_somebody_sorts(desk: Desk) -> None:
    desk.people.add_customer("Umbrella")
    shown = app(desk)
    async with shown.run_test(size=SIZE) as pilot:
        await opened(shown, pilot)
        before = names(shown)
        at(shown, "umbrella", 0)
        await press(pilot, "o")
        await say(pilot, "too slow")
        assert names(shown) == before
        assert ", sort again" in screen.lines(shown)[-1]
        await press(pilot, "comma")
        assert names(shown)[:2] == ["globex", "umbrella"]
        assert sheet(shown).list.key == "umbrella"


async def test_the_orders_come_one_after_the_other(desk: Desk) -> None:
    desk.people.add_customer("Big One", revenue=900_000)
    shown = app(desk)
    async with shown.run_test(size=SIZE) as pilot:
        await opened(shown, pilot)
        assert "by value" in await press(pilot, "comma")
        assert names(shown)[0] == "big"
        assert "longest not discussed first" in await press(pilot, "comma")
        assert "by name" in await press(pilot, "comma")
        assert names(shown) == ["emea", "acme", "big", "globex"]
        assert "worst first" in await press(pilot, "comma")


async def test_each_letter_narrows_and_esc_goes_back_step_by_step(desk: Desk) -> None:
    shown = app(desk)
    async with shown.run_test(size=SIZE) as pilot:
        await opened(shown, pilot)
        await press(pilot, "slash", *"acm")
        assert names(shown) == ["acme"]
        assert "1 of 3 customers" in screen.text(shown)
        await press(pilot, "enter")
        assert names(shown) == ["acme"]
        await press(pilot, "escape")
        assert len(names(shown)) == 3
        assert sheet(shown).list.key == "acme"
        await press(pilot, "slash", *"red")
        assert names(shown) == ["globex"]
        await press(pilot, *"zz")
        assert 'No customer has "redzz".' in screen.text(shown)
        await press(pilot, "escape", "escape")
        assert not isinstance(shown.front, Scores)


async def test_space_goes_to_the_next_cell_nobody_stands_by(desk: Desk) -> None:
    shown = app(desk)
    async with shown.run_test(size=SIZE) as pilot:
        await opened(shown, pilot)
        at(shown, "globex", 1)
        walked = []
        for _ in range(4):
            await press(pilot, "space")
            walked.append((sheet(shown).list.key, sheet(shown).matrix.column))
        assert walked == [("globex", 3), ("globex", 4), ("acme", 0), ("acme", 2)]


async def test_a_click_puts_the_cursor_on_a_cell(desk: Desk) -> None:
    shown = app(desk)
    async with shown.run_test(size=SIZE) as pilot:
        await opened(shown, pilot)
        row = screen.row(shown, "Acme Logistics")
        column = screen.lines(shown)[row].index("G", 30)
        await pilot.click(offset=(column, row))
        await settle(pilot)
        assert (sheet(shown).list.key, sheet(shown).matrix.column) == ("acme", 1)
        assert "Acme Logistics · Support · ● G" in screen.text(shown)


async def test_v_tells_the_history_of_the_cell(desk: Desk, clock: Clock) -> None:
    desk.scores.set("globex", "Delivery", "green", "they have it")
    clock.forward(minutes=1)
    desk.scores.set("globex", "Delivery", "orange", "not all of it")
    shown = app(desk)
    async with shown.run_test(size=SIZE) as pilot:
        await opened(shown, pilot)
        at(shown, "globex", 2)
        words = await press(pilot, "v")
        assert "a flag twice" in words
        assert "▲ R  19 Nov 2026 to 23 Nov 2026" in words
        assert "◆ O orange, was green   Sue Park" in words
        assert "the date is broken" in words
        await press(pilot, "escape")
        at(shown, "emea", 0)
        assert "Nobody has ever said how it is" in await press(pilot, "v")


async def test_the_lines_behind_it_are_twelve_weeks(desk: Desk) -> None:
    shown = app(desk)
    async with shown.run_test(size=SIZE) as pilot:
        await opened(shown, pilot)
        assert sheet(shown).list.rows[0].cells[7].text == " " * 10 + "▆▆"
        assert sheet(shown).list.rows[1].cells[7].text.strip() == "▁" * 8 + " ▁▁"


async def test_what_is_said_from_the_room_is_said_in_its_meeting_and_esc_goes_back_to_it(desk: Desk) -> None:
    meeting = desk.meetings.start(WEEKLY)
    shown = app(desk, meeting.id)
    async with shown.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "f3")
        at(shown, "acme", 1)
        await press(pilot, "r")
        await say(pilot, "second outage")
        found = cell(desk, "acme", "Support")
        assert found is not None
        assert (found.meeting, bool(found.section)) == (meeting.id, True)
        await press(pilot, "escape")
        assert getattr(shown.front, "NAME", "") == "room"


async def test_two_desks_that_say_another_thing_of_one_cell_are_told(clock: Clock) -> None:
    store = MemoryStore()
    sue = company(clock, store)
    ana = Desk(store, clock, "ana", sue.settings, lambda: sue.agendas)
    sue.scores.set("acme", "Support", "green")
    shown = app(sue)
    async with shown.run_test(size=SIZE) as pilot:
        await opened(shown, pilot)
        at(shown, "acme", 1)
        await press(pilot, "r")
        await say(pilot, "second outage", then="")
        ana.scores.set("acme", "Support", "orange", "one outage")
        words = await press(pilot, "enter")
        assert "Support is orange since, by Ana Lima: one outage" in words
        assert shown.front is not None
        assert shown.front.query_one("#capture-input", Input).value == "second outage"
        await press(pilot, "enter")
        assert getattr(cell(sue, "acme", "Support"), "level", "") == "red"


async def test_what_another_desk_says_is_drawn_and_the_cursor_stays(desk: Desk) -> None:
    shown = app(desk)
    async with shown.run_test(size=SIZE) as pilot:
        await opened(shown, pilot)
        at(shown, "acme", 1)
        desk.scores.set("emea", "Support", "orange", "slow")
        shown.publish()
        await settle(pilot)
        assert "◆ O" in screen.line(shown, "[EMEA]")
        assert (sheet(shown).list.key, sheet(shown).matrix.column) == ("acme", 1)


async def test_while_a_customer_listens_nothing_of_it_is_shown(desk: Desk) -> None:
    shown = app(desk)
    async with shown.run_test(size=SIZE) as pilot:
        await opened(shown, pilot)
        desk.meetings.start("customer-status-call", customer="acme")
        shown.publish()
        words = await settle(pilot)
        assert "A customer is in the room: how we judge our customers is not shown. Esc goes back." in words
        assert "Globex" not in words
        assert "▲" not in words
        assert "not shown" in await press(pilot, "r")
        assert not sheet(shown).bar.typing


async def test_before_the_company_nobody_is_named(desk: Desk) -> None:
    desk.meetings.start("company-friday")
    shown = app(desk)
    async with shown.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "1")
        await opened(shown, pilot)
        words = screen.text(shown)
        assert "▲ R" in screen.line(shown, "Globex")
        assert not [name for name in ("Tom", "Sue Park", "WHO") if name in words]


async def test_an_empty_desk_says_what_to_do(clock: Clock) -> None:
    from opsdesk import agendas
    from opsdesk.core.settings import Settings

    made = Desk(MemoryStore(), clock, "sue", Settings(), lambda: agendas.read(None))
    made.people.add("Sue Park", "Operations")
    shown = app(made)
    async with shown.run_test(size=SIZE) as pilot:
        assert "There are no customers yet." in await press(pilot, "2")
        assert "no customer is listed" in await press(pilot, "r")
        await press(pilot, "escape")
        made.people.add_customer("Acme")
        assert "Nothing is scored yet" in await press(pilot, "2")


async def test_2_goes_to_the_cell_of_the_flag_under_the_cursor(desk: Desk) -> None:
    found = cell(desk, "globex", "Delivery")
    assert found is not None
    shown = app(desk)
    async with shown.run_test(size=SIZE) as pilot:
        await settle(pilot)
        shown.push_screen(Scores(found.id))
        await shows(pilot, "Globex · Delivery")
        assert (sheet(shown).list.key, sheet(shown).matrix.column) == ("globex", 2)


@pytest.mark.parametrize("size", [(40, 10), (80, 24), (120, 36), (200, 50)])
async def test_every_cell_is_on_every_screen(desk: Desk, size: tuple[int, int]) -> None:
    shown = app(desk)
    async with shown.run_test(size=size) as pilot:
        await opened(shown, pilot)
        line = screen.line(shown, "Globex").replace(" ", "")
        assert line.startswith("▲Globex··▲R··")


async def test_hostile_words_are_shown_as_they_are(desk: Desk) -> None:
    shown = app(desk)
    async with shown.run_test(size=SIZE) as pilot:
        await opened(shown, pilot)
        at(shown, "emea", 0)
        await press(pilot, "o")
        words = await say(pilot, f"[EMEA] Ünïcode 日本 [/x] {'x' * 170}")
        assert "[EMEA] Ünïcode 日本 [/x]" in words
        assert getattr(cell(desk, "emea", "Product"), "level", "") == "orange"


async def test_f10_leads_to_the_outage_and_the_banner_says_so(desk: Desk) -> None:
    desk.registers.add("incidents", "Login down @tom #acme sev:1")
    shown = app(desk)
    async with shown.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "1")
        words = await opened(shown, pilot)
        assert "F10 how it stands" in words
        await press(pilot, "f10")
        assert getattr(shown.front, "NAME", "") == "outage"
        await press(pilot, "escape")
        assert isinstance(shown.front, Scores)


async def test_a_captures_an_action_for_the_customer_of_the_line(desk: Desk) -> None:
    shown = app(desk)
    async with shown.run_test(size=SIZE) as pilot:
        await opened(shown, pilot)
        at(shown, "globex", 0)
        await press(pilot, "a")
        assert "Globex" in await press(pilot, *"Call Tom", "enter")
        (made,) = desk.read.live(Action)
        assert (made.title, made.customer) == ("Call Tom", "globex")


async def test_enter_opens_what_is_known_of_the_customer(desk: Desk) -> None:
    shown = app(desk)
    async with shown.run_test(size=SIZE) as pilot:
        await opened(shown, pilot)
        at(shown, "globex", 0)
        words = await press(pilot, "enter")
        assert "Globex" in words
        assert not isinstance(shown.screen, Scores)
        await press(pilot, "escape")
        assert (sheet(shown).list.key, sheet(shown).matrix.column) == ("globex", 0)


async def test_what_was_typed_of_a_cell_waits_for_it_as_a_draft(desk: Desk) -> None:
    shown = app(desk)
    async with shown.run_test(size=SIZE) as pilot:
        await opened(shown, pilot)
        at(shown, "acme", 1)
        await press(pilot, "r", *"second", "escape")
        at(shown, "globex", 1)
        await press(pilot, "r")
        field = sheet(shown).query_one("#capture-input", Input)
        assert field.value == ""
        await press(pilot, "escape")
        at(shown, "acme", 1)
        await press(pilot, "r")
        assert field.value == "second"


async def test_a_long_sheet_goes_to_its_end_and_back(clock: Clock) -> None:
    made = company(clock)
    for number in range(300):
        made.people.add_customer(f"Customer {number}")
    shown = app(made)
    async with shown.run_test(size=SIZE) as pilot:
        await opened(shown, pilot)
        assert len(sheet(shown).list.rows) == 303
        await press(pilot, "end")
        assert "Customer 99" in screen.text(shown)
        await press(pilot, "home")
        assert "Acme Logistics" in screen.text(shown)


async def test_two_owners_for_one_flag_are_asked_about(clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(overtaken_screen, "MOMENT", 0.01)
    store = MemoryStore()
    sue = company(clock, store)
    ana = Desk(store, clock, "ana", sue.settings, lambda: sue.agendas)
    red = sue.scores.set("acme", "Support", "red", "they wait", owner="tom")
    shown = app(sue)
    async with shown.run_test(size=SIZE) as pilot:
        await opened(shown, pilot)
        at(shown, "acme", 1)
        await press(pilot, "at")
        await say(pilot, "@ed", then="")
        ana.scores.complete(red.id, owner="ana")
        words = await press(pilot, "enter")
        assert isinstance(shown.screen, overtaken_screen.Overtaken)
        assert "nothing is lost" in words
        await press(pilot, "m")
        assert getattr(cell(sue, "acme", "Support"), "owner", "") == "ed"


async def test_a_meeting_s_clock_goes_on_in_the_headline(desk: Desk) -> None:
    meeting = desk.meetings.start(WEEKLY)
    shown = app(desk, meeting.id)
    async with shown.run_test(size=(160, 36)) as pilot:
        await settle(pilot)
        await press(pilot, "2")
        assert re.search(r"Customer success score sheet \d+:\d\d ", screen.lines(shown)[0])
