"""One record in full, and before whom less of it."""

from __future__ import annotations

from datetime import date

from textual.pilot import Pilot

from opsdesk.desk import Desk
from opsdesk.ui.app import OpsDesk
from opsdesk.ui.widgets.record_list import RecordList
from tests import screen
from tests.clock import Clock
from tests.ui.desks import app, company
from tests.ui.keyboard import settle

INNER = ("more urgent", "TRAIL", "Sue", "Tom", "sue", "tom", "Why it is here")


def promised() -> tuple[Desk, str, str]:
    desk = company(Clock())
    mine = desk.actions.capture("Export to CSV #acme @tom !promise fri").id
    other = desk.actions.capture("Import for the rival #globex @tom fri").id
    desk.actions.redate(mine, date(2026, 12, 4), "another customer was more urgent")
    return desk, mine, other


async def opened(shown: OpsDesk, pilot: Pilot[None], id: str) -> str:
    shown.open_record(id, "more urgent elsewhere")
    await settle(pilot)
    return screen.text(shown)


async def test_among_the_team_everything_is_there() -> None:
    desk, mine, _ = promised()
    shown = app(desk)
    async with shown.run_test(size=(120, 36)) as pilot:
        words = await opened(shown, pilot, mine)
        assert all(each in words for each in ("another customer was more urgent", "TRAIL", "Tom Reyes", "Sue Park"))


async def test_the_trail_is_read_by_titles_names_and_the_company_s_time_with_who_undid_what() -> None:
    clock = Clock()
    desk = company(clock)
    made = desk.actions.capture("Export to CSV @tom fri").id
    clock.forward(minutes=5)
    desk.actions.give(made, "ana")
    desk.actions.drop(made, "nobody wants it")
    desk.undo.last()
    shown = app(desk)
    async with shown.run_test(size=(120, 50)) as pilot:
        words = await opened(shown, pilot, made)
        trail = [" ".join(line.split()) for line in words[words.index("TRAIL") :].splitlines()[1:] if line.strip()]
        assert trail[:6] == [
            "2026-11-23 15:00 Add Export to CSV Sue Park",
            "2026-11-23 15:05 Give A-1 to ana Sue Park",
            "Who: Tom Reyes → Ana Lima",
            "2026-11-23 15:05 Drop A-1 Sue Park undone by Sue Park 15:05",
            "State: ready → dropped",
            "Reason: nothing → nobody wants it",
        ]
        desk.undo.redo()
        shown.pop_screen()
        words = await opened(shown, pilot, made)
        assert "undone by Sue Park 15:05, done again by Sue Park 15:05" in words


async def test_what_is_no_more_still_has_its_trail() -> None:
    desk = company(Clock())
    made = desk.actions.capture("Export to CSV @tom fri").id
    desk.undo.last()
    shown = app(desk)
    async with shown.run_test(size=(120, 36)) as pilot:
        words = await opened(shown, pilot, made)
        assert f"There is no {made} any more." in words
        assert "Add Export to CSV  Sue Park  undone by Sue Park 15:00" in words


async def test_before_a_customer_only_what_it_was_promised_and_until_when() -> None:
    desk, mine, other = promised()
    call = desk.meetings.start("customer-status-call", customer="acme")
    shown = app(desk, call.id)
    async with shown.run_test(size=(120, 36)) as pilot:
        words = await opened(shown, pilot, mine)
        assert all(each in words for each in ("Export to CSV", "2026-12-04", "2026-11-27"))
        assert not any(each in words for each in INNER)
        shown.pop_screen()
        words = await opened(shown, pilot, other)
        assert f"{other} is not to be shown to those who are in this meeting." in words
        assert not any(each in words for each in (*INNER, "rival", "Globex"))


async def test_before_the_company_no_person_and_no_reason() -> None:
    desk, mine, _ = promised()
    friday = desk.meetings.start("company-friday")
    shown = app(desk, friday.id)
    async with shown.run_test(size=(120, 36)) as pilot:
        words = await opened(shown, pilot, mine)
        assert "Export to CSV" in words
        assert not any(each in words for each in INNER)


async def test_it_is_read_again_on_news_and_stays_where_it_was_read_to() -> None:
    desk = company(Clock())
    made = desk.actions.capture("Export to CSV @tom fri").id
    for number in range(30):
        desk.actions.edit(made, f"Export to CSV number {number} @tom fri")
    shown = app(desk)
    async with shown.run_test(size=(80, 24)) as pilot:
        words = await opened(shown, pilot, made)
        assert f"{made}   action   ·   15:00   ·   Esc goes back" in words
        listed = shown.screen.query_one(RecordList)
        listed.scroll_to(y=20, animate=False)
        await pilot.pause()
        was = listed.scroll_offset.y
        assert was > 0
        desk.actions.give(made, "ana")
        shown.changed.publish(None)
        await settle(pilot)
        assert listed.scroll_offset.y == was
        listed.scroll_end(animate=False)
        await pilot.pause()
        assert "Who: Tom Reyes → Ana Lima" in screen.text(shown)


async def test_long_texts_of_the_trail_are_all_there() -> None:
    desk = company(Clock())
    made = desk.actions.capture("Short @tom fri").id
    words_typed = " ".join(f"word{number}" for number in range(40))
    desk.actions.edit(made, f"{words_typed} @tom fri")
    shown = app(desk)
    async with shown.run_test(size=(80, 50)) as pilot:
        words = await opened(shown, pilot, made)
        trail = words[words.index("TRAIL") :]
        assert "…" not in trail[trail.index("What:") :]
        assert "word39" in trail
