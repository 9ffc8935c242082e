"""The customer page on the screen: two keys from anywhere, answered while they are on the line, and back again."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from textual.widgets import Input

from opsdesk.core.actions import Action
from opsdesk.core.registers.sidechannel import SideChannel
from opsdesk.desk import Desk
from opsdesk.ui.app import OpsDesk
from opsdesk.ui.customer.letters import GLYPHS, ROWS, large
from opsdesk.ui.screens.customer import CustomerScreen
from opsdesk.ui.screens.customer_picker import CustomerPicker
from opsdesk.ui.screens.room import Room
from opsdesk.ui.screens.scores import Scores
from opsdesk.ui.widgets.record_list import RecordList
from tests import screen
from tests.clock import Clock
from tests.ui import secrets
from tests.ui.desks import app, company
from tests.ui.keyboard import on_line, press, say, settle
from tests.ui.watching import Watch

SIZE = (120, 36)
WEEKLY = "customer-success"


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def desk(clock: Clock) -> Desk:
    """Globex is red, was promised something, is hit by an outage; Acme has one action."""
    made = company(clock)
    made.scores.set("globex", "Delivery", "red", "the date is broken", owner="tom")
    made.actions.capture("Send the export @tom #globex fri !")
    made.actions.capture("Call them @tom #acme fri")
    made.registers.add("contacts", "Lena Ortiz #globex role:CIO")
    made.registers.add("incidents", "Login slow #globex sev:2")
    return made


async def open_page(pilot: Any, words: str) -> str:
    await press(pilot, "6")
    pilot.app.screen.query_one(Input).value = words
    await settle(pilot)
    return await press(pilot, "enter")


def page(shown: OpsDesk) -> CustomerScreen:
    assert isinstance(shown.front, CustomerScreen)
    return shown.front


def picked(shown: OpsDesk) -> list[str]:
    return [row.key for row in shown.screen.query_one(RecordList).rows]


# finding it


async def test_any_part_of_the_name_finds_it_as_one_types(desk: Desk) -> None:
    shown = app(desk)
    async with shown.run_test(size=SIZE) as pilot:
        await press(pilot, "6")
        assert isinstance(shown.screen, CustomerPicker)
        assert sorted(picked(shown)) == ["acme", "emea", "globex"]
        await press(pilot, "o", "b")
        assert picked(shown) == ["globex"]
        words = await press(pilot, "enter")
        assert "OUTAGE NOW" in words
        assert page(shown).handle == "globex"


async def test_the_customer_of_the_line_is_two_keys_away(desk: Desk) -> None:
    shown = app(desk, desk.meetings.start(WEEKLY).id)
    async with shown.run_test(size=SIZE) as pilot:
        await on_line(pilot, "S-1")
        await press(pilot, "6", "enter")
        assert page(shown).handle == "globex"


async def test_nobody_by_that_name_says_so_and_goes_back(desk: Desk) -> None:
    shown = app(desk)
    async with shown.run_test(size=SIZE) as pilot:
        words = await open_page(pilot, "[/x] nobody")
        assert "Nothing by that name. Esc goes back." in words
        await press(pilot, "escape")
        assert getattr(shown.front, "NAME", "") == "today"


async def test_of_2000_customers_the_picker_lists_those_with_the_words(clock: Clock) -> None:
    made = company(clock)
    for n in range(200):
        made.people.add_customer(f"Customer {n:04}", handle=f"c{n}")
    shown = app(made)
    async with shown.run_test(size=SIZE) as pilot:
        await press(pilot, "6")
        assert len(picked(shown)) == 203
        await press(pilot, "0", "1", "2")
        assert len(picked(shown)) == 11


# in the middle of a meeting


async def test_esc_comes_back_to_the_meeting_exactly_where_it_was_and_its_clock_is_in_sight(
    desk: Desk, clock: Clock
) -> None:
    shown = app(desk, desk.meetings.start(WEEKLY).id)
    async with shown.run_test(size=SIZE) as pilot:
        await on_line(pilot, "S-1")
        before = shown.front
        assert isinstance(before, Room)
        clock.forward(minutes=2)
        words = await open_page(pilot, "acme")
        assert words.splitlines()[0].split()[:3] == ["Customer", "Acme", "Logistics"]
        assert f"{before.here.title} " in words.splitlines()[0]
        assert "13:" in words.splitlines()[0]
        await press(pilot, "escape")
        assert shown.front is before
        assert before.list.key == "S-1"


async def test_f7_leads_there_while_typing_and_the_draft_is_in_the_bar_again(desk: Desk) -> None:
    shown = app(desk, desk.meetings.start(WEEKLY).id)
    async with shown.run_test(size=SIZE) as pilot:
        await press(pilot, "n")
        await say(pilot, "half a sente", then="f7")
        shown.screen.query_one(Input).value = "glob"
        await settle(pilot)
        await press(pilot, "enter", "escape")
        assert isinstance(shown.front, Room)
        assert "half a sente" in screen.text(shown)


async def test_an_action_for_them_belongs_to_the_meeting_they_called_in(desk: Desk) -> None:
    meeting = desk.meetings.start(WEEKLY)
    shown = app(desk, meeting.id)
    async with shown.run_test(size=SIZE) as pilot:
        await open_page(pilot, "glob")
        words = await press(pilot, "a")
        assert "#globex" in words
        await say(pilot, "#globex call back @sue fri !")
        made = desk.read.get(Action, "A-3")
        assert (made.customer, made.owner, made.promise, made.meeting) == ("globex", "sue", True, meeting.id)
        await press(pilot, "escape")
        assert "A-3" in screen.text(shown)
        assert "call back" in screen.text(shown)


# what stands there


async def test_what_hits_them_now_stands_first_with_the_words_that_may_be_said(desk: Desk) -> None:
    desk.incidents.talk("I-1", {"known": "yes, since ten", "affected": "the EU", "doing": "rolling back"})
    desk.incidents.approve("I-1")
    shown = app(desk)
    async with shown.run_test(size=SIZE) as pilot:
        words = await open_page(pilot, "glob")
        assert page(shown).list.key == "I-1"
        assert screen.row(shown, "OUTAGE NOW") < screen.row(shown, "FLAGS")
        assert "Do we know of it: yes, since ten" in words
        assert "Next update at: 15:30" in words
        assert words.count("Login slow") == 1, "the banner would say it twice"


@pytest.mark.parametrize("size", [(80, 24), (120, 36), (200, 50), (30, 10)])
async def test_it_is_composed_at_every_size_and_the_name_and_level_are_always_there(
    desk: Desk, size: tuple[int, int]
) -> None:
    shown = app(desk)
    async with shown.run_test(size=size) as pilot:
        words = await open_page(pilot, "glob")
        assert "Globex" in words.splitlines()[0]
        assert "▲ R red" in words
        people, flags = (screen.row(shown, each) for each in ("PEOPLE", "OUTAGE NOW")) if size[0] >= 120 else (0, 0)
        assert people == flags


async def test_a_name_in_large_letters_where_there_is_room_and_plain_where_it_has_others(desk: Desk) -> None:
    shown = app(desk)
    async with shown.run_test(size=SIZE) as pilot:
        words = await open_page(pilot, "glob")
        assert all(row in words for row in large("Globex", 100))
        words = await open_page(pilot, "emea")
        assert screen.line(shown, "#emea").startswith("  #emea")
        assert "  [EMEA] 日本物流" in words


async def test_long_lists_are_folded_and_open_with_enter(desk: Desk) -> None:
    for n in range(40):
        desk.registers.add("tickets", f"Ticket {n} #globex")
    shown = app(desk)
    async with shown.run_test(size=SIZE) as pilot:
        await open_page(pilot, "glob")
        assert len([row for row in page(shown).list.rows if row.key.startswith("TK-")]) == 5
        while page(shown).list.key != "more/tickets":
            page(shown).list.action_move(1)
        assert "… 35 more" in await settle(pilot)
        await press(pilot, "x")
        await press(pilot, "enter")
        assert len([row for row in page(shown).list.rows if row.key.startswith("TK-")]) == 40


async def test_the_judgement_stands_beside_the_computed_level(desk: Desk) -> None:
    desk.scores.override("globex", "green", "they signed", date(2026, 11, 27))
    shown = app(desk)
    async with shown.run_test(size=SIZE) as pilot:
        words = await open_page(pilot, "glob")
        assert "● G green" in words
        assert "judged ● G until Fri 2026-11-27 by Sue Park: they signed; computed ▲ R" in words


async def test_hostile_words_are_drawn_as_words(desk: Desk) -> None:
    desk.actions.capture(f"[EMEA] Ünïcode 日本 [/x] \u202e \x1b[31m {'long ' * 400}@tom #globex fri")
    shown = app(desk)
    async with shown.run_test(size=SIZE) as pilot:
        words = await open_page(pilot, "glob")
        assert "[EMEA] Ünïcode 日本 [/x]" in words
        assert "\x1b" not in words


# what one can do there


async def test_the_verbs_of_a_line_act_on_it(desk: Desk) -> None:
    shown = app(desk)
    async with shown.run_test(size=SIZE) as pilot:
        await open_page(pilot, "glob")
        await on_line(pilot, "A-1")
        assert "A-1 done · z undoes" in await press(pilot, "x")
        assert desk.read.get(Action, "A-1").state == "done"
        await press(pilot, "z")
        assert desk.read.get(Action, "A-1").state == "ready"
        await on_line(pilot, "CT-1")
        words = await press(pilot, "s")
        assert "spoken with today" in words


async def test_enter_opens_a_record_and_of_a_flag_its_history(desk: Desk) -> None:
    shown = app(desk)
    async with shown.run_test(size=SIZE) as pilot:
        await open_page(pilot, "glob")
        await on_line(pilot, "S-1")
        assert "the date is broken" in await press(pilot, "enter")
        assert type(shown.screen).__name__ == "History"
        await press(pilot, "escape")
        await on_line(pilot, "A-1")
        await press(pilot, "enter")
        assert type(shown.screen).__name__ == "Detail"
        await press(pilot, "escape")
        assert page(shown).list.key == "A-1"


async def test_what_they_ask_for_is_logged_in_one_line(desk: Desk) -> None:
    shown = app(desk)
    async with shown.run_test(size=SIZE) as pilot:
        await open_page(pilot, "glob")
        words = await press(pilot, "ctrl+n")
        assert "side-channel request" in words
        await press(pilot, "enter")
        words = await say(pilot, "#globex when is it ready @tom 30min chat")
        assert "SC-1 kept · z undoes" in words
        made = desk.read.get(SideChannel, "SC-1")
        assert (made.customer, made.person, made.hours) == ("globex", "tom", 0.5)
        assert "SIDE-CHANNEL, 30 DAYS  0.5 h in 30 days" in words


async def test_the_page_is_saved_as_one_sheet(desk: Desk) -> None:
    kept: dict[str, str] = {}

    def save(name: str, text: str) -> Path:
        kept[name] = text
        return Path(name)

    shown = app(desk, save=save)
    async with shown.run_test(size=SIZE) as pilot:
        await open_page(pilot, "glob")
        assert "saved as customer-globex-2026-11-23.txt" in await press(pilot, "ctrl+s")
        (text,) = kept.values()
        assert text.startswith("Globex ")
        assert "Send the export" in text


async def test_from_the_sheet_enter_opens_it_and_esc_goes_back_to_the_cell(desk: Desk) -> None:
    shown = app(desk)
    async with shown.run_test(size=SIZE) as pilot:
        await press(pilot, "2", "enter")
        assert page(shown).handle == "globex"
        await press(pilot, "escape")
        assert isinstance(shown.front, Scores)
        await press(pilot, "enter", "2")
        assert isinstance(shown.front, Scores)
        assert len(shown.screen_stack) == 2


async def test_from_one_page_to_another_nothing_piles_up(desk: Desk) -> None:
    shown = app(desk)
    async with shown.run_test(size=SIZE) as pilot:
        await open_page(pilot, "glob")
        await open_page(pilot, "acme")
        assert page(shown).handle == "acme"
        await press(pilot, "q")
        assert getattr(shown.front, "NAME", "") == "today"


async def test_what_another_desk_changes_is_on_it_at_once(desk: Desk) -> None:
    shown = app(desk)
    async with shown.run_test(size=SIZE) as pilot:
        await open_page(pilot, "glob")
        desk.actions.capture("Came meanwhile @tom #globex fri")
        shown.publish()
        assert "Came meanwhile" in await settle(pilot)


async def test_a_customer_whose_adding_was_undone_says_so(desk: Desk) -> None:
    desk.people.add_customer("Short Lived")
    shown = app(desk)
    async with shown.run_test(size=SIZE) as pilot:
        await open_page(pilot, "short")
        words = await press(pilot, "z")
        assert "There is no such customer any more. Esc goes back." in words
        assert "there is no page of this customer" in await press(pilot, "a")
        await press(pilot, "escape")
        assert getattr(shown.front, "NAME", "") == "today"


# before a customer, before the company


async def test_in_a_call_only_that_customer_is_found_and_nothing_of_others_is_on_its_page() -> None:
    made = secrets.full()
    shown = app(made, made.meetings.start(secrets.CALL, customer=secrets.OURS).id)
    async with shown.run_test(size=SIZE) as pilot:
        await press(pilot, "6")
        assert picked(shown) == [secrets.OURS]
        words = await press(pilot, "enter")
        assert "PROMISES" in words
        assert secrets.told(words.partition("\n")[2].rpartition("\n")[0]) == []
        for word in ("FLAGS", "PEOPLE", " red", "Tom", "known", "owner"):
            assert word not in words, word
        for row in [each.key for each in page(shown).list.rows if each.key]:
            await on_line(pilot, row)
            assert secrets.told(screen.text(shown)) == []


async def test_no_key_of_the_page_tells_its_customer_of_another() -> None:
    made = secrets.full()
    call = made.meetings.start(secrets.CALL, customer=secrets.OURS)
    shown = app(made, call.id, save=lambda name, text: name)
    async with shown.run_test(size=SIZE) as pilot:
        watch = Watch(shown, pilot, secrets.told)
        shown.open_customer(secrets.OURS)
        await settle(pilot)
        await watch.along("customer", "v", "enter")
        await watch.every_command("customer", lambda: shown.open_customer(secrets.OURS))
        assert watch.looked > 60
        assert watch.found == {}


async def test_a_page_that_is_open_when_another_customer_joins_is_not_shown_any_more(desk: Desk) -> None:
    shown = app(desk)
    async with shown.run_test(size=SIZE) as pilot:
        await open_page(pilot, "glob")
        desk.meetings.start("customer-status-call", customer="acme")
        shown.publish()
        words = await settle(pilot)
        assert "not to be shown to those who are in this meeting" in words
        assert "Globex" not in words
        assert "export" not in words


async def test_before_the_company_there_is_no_side_channel_and_nothing_to_log_of_it(desk: Desk) -> None:
    desk.registers.add("side-channel", "when is it ready #globex @tom 2h")
    shown = app(desk, desk.meetings.start("company-friday").id)
    async with shown.run_test(size=SIZE) as pilot:
        words = await open_page(pilot, "glob")
        assert "SIDE-CHANNEL" not in words
        assert "PEOPLE THERE" not in words
        assert "FLAGS" in words
        assert "side-channel" not in await press(pilot, "ctrl+n")


# the letters


@pytest.mark.parametrize("letter", GLYPHS)
def test_every_letter_has_five_rows_of_one_width(letter: str) -> None:
    rows = GLYPHS[letter].split()
    assert len(rows) == 5
    assert len({len(row) for row in rows}) == 1
    assert len(large(letter, 9)) == (ROWS if letter.strip() else 0)


def test_names_with_other_letters_or_too_long_are_not_drawn_large() -> None:
    assert large("日本", 80) == []
    assert large("Globex", 10) == []
    assert large("", 80) == []
    assert large("Wayne & Söhne", 80) == large("WAYNE & SOHNE", 80) != []
