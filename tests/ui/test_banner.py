"""An outage on every screen: its one line, how it stands, and what is typed of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from opsdesk.core.registers.incidents import Incident
from opsdesk.core.registers.timeline import TimelineEntry
from opsdesk.desk import Desk
from opsdesk.store.sqlite import SqliteStore
from opsdesk.ui.app import OpsDesk
from opsdesk.ui.screens.detail import Detail
from opsdesk.ui.screens.outage import Outage
from tests import screen
from tests.clock import Clock
from tests.ui.desks import app, company
from tests.ui.keyboard import press, say, settle

CALL = "customer-status-call"
DAILY = "daily-operations-sync"
SIZES = [(80, 24), (40, 10), (160, 44)]


def slow(clock: Clock | None = None) -> Desk:
    """A major incident that has been open for twenty minutes."""
    clock = clock or Clock()
    desk = company(clock)
    desk.incidents.open("Login slow, EU #acme", sev=2)
    clock.forward(minutes=20)
    return desk


def banner(shown: OpsDesk) -> str:
    """The row under the headline, where it is the banner's."""
    row = screen.lines(shown)[1].strip()
    return row if " SEV-" in row else ""


async def test_it_stands_on_every_screen_and_is_gone_when_it_is_over() -> None:
    desk = slow()
    shown = app(desk)
    async with shown.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        line = "▲ SEV-2 Login slow, EU · since 15:00 · next update due 15:30"
        assert banner(shown).startswith(line)
        for go in (shown.do_read_minutes, lambda: shown.do_open_register("bugs"), lambda: shown.do_today()):
            go()
            await settle(pilot)
            assert banner(shown).startswith(line)
        shown.open_room(desk.meetings.start(DAILY).id)
        await settle(pilot)
        assert banner(shown).startswith(line)
        desk.incidents.step("", "resolve", "restarted")
        shown.publish()
        await settle(pilot)
        assert banner(shown) == ""
        assert not shown.screen.query_one("#banner").display


@pytest.mark.parametrize("size", SIZES)
async def test_it_is_one_line_at_every_size(size: tuple[int, int]) -> None:
    desk = slow()
    desk.incidents.open("A title that is much too long " * 9, sev=1)
    shown = app(desk)
    async with shown.run_test(size=size) as pilot:
        await settle(pilot)
        assert banner(shown).startswith("▲ SEV-1 A title that")
        assert "…" in banner(shown)
        assert len(banner(shown)) <= size[0] - 4
        assert "SEV-" not in screen.lines(shown)[2]
        assert ("1 more" in banner(shown)) == (size[0] >= 80)


async def test_its_clock_goes_on_without_news() -> None:
    clock = Clock()
    shown = app(slow(clock))
    async with shown.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        clock.forward(minutes=15)
        shown.front.tick()
        await pilot.pause()
        assert "update overdue for 5 min" in banner(shown)


async def test_what_is_not_major_needs_no_banner_and_is_one_key_away() -> None:
    desk = company()
    desk.incidents.open("Mail late", sev=4)
    shown = app(desk)
    async with shown.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        assert banner(shown) == ""
        assert "Mail late" in await press(pilot, "o")


async def test_its_weight_is_told_by_shape_where_there_are_no_colours(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    desk = slow()
    shown = app(desk)
    async with shown.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        assert banner(shown).startswith("▲ SEV-2")
        desk.incidents.step("", "mitigate")
        shown.publish()
        await settle(pilot)
        assert banner(shown).startswith("◆ SEV-2")


async def test_another_desk_s_incident_is_there_at_the_next_look(tmp_path: Path) -> None:
    clock = Clock()
    mine = company(clock, SqliteStore(tmp_path))
    other = Desk(SqliteStore(tmp_path), clock, "tom", mine.settings, lambda: mine.agendas)
    home = app(mine)
    async with home.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        assert banner(home) == ""
        other.incidents.open("Login down", sev=1)
        for _ in range(50):  # four looks in a second
            await pilot.pause(0.02)
            if banner(home):
                break
        assert banner(home).startswith("▲ SEV-1 Login down")
    other.close()
    mine.close()


async def test_before_a_customer_it_is_what_concerns_them_alone() -> None:
    clock = Clock()
    desk = slow(clock)
    desk.incidents.open("Search down #globex", sev=1)
    desk.incidents.open("Slower than Globex #acme", sev=1)
    call = desk.meetings.start(CALL, customer="acme")
    clock.forward(minutes=45)
    shown = app(desk, call.id)
    async with shown.run_test(size=(100, 30)) as pilot:
        words = await settle(pilot)
        assert banner(shown).startswith("▲ SEV-1 incident · since 15:20 · 1 more")
        assert not [each for each in ("Globex", "Search", "overdue") if each in words]
        words = await press(pilot, "o")
        assert not [each for each in ("Globex", "Search", "overdue", "TIMELINE", "Sue") if each in words]


async def test_before_another_customer_there_is_none_of_it() -> None:
    desk = slow()
    call = desk.meetings.start(CALL, customer="globex")
    shown = app(desk, call.id)
    async with shown.run_test(size=(100, 30)) as pilot:
        assert "SEV-2" not in await settle(pilot)
        assert "no incident is open" in await press(pilot, "o")


async def test_a_customer_who_comes_in_ends_what_was_open_on_the_screen() -> None:
    desk = slow()
    shown = app(desk)
    async with shown.run_test(size=(100, 40)) as pilot:
        assert "TIMELINE" in await press(pilot, "o")
        desk.meetings.start(CALL, customer="globex")
        shown.publish()
        words = await settle(pilot)
        assert "Login slow" not in words
        assert "not to be shown" in words


async def test_one_key_shows_how_it_stands_from_any_screen_also_while_typing() -> None:
    desk = slow()
    desk.incidents.inform("", "Support", how="by phone")
    shown = app(desk)
    async with shown.run_test(size=(120, 44)) as pilot:
        words = await press(pilot, "o")
        told = [" ".join(line.split()) for line in words.splitlines()]
        assert "I-1 u update n note i inform Esc goes back" in told
        assert "▲ Login slow, EU" in told
        assert any(line.startswith("Next update 15:30 (in 10 min)") for line in told)
        assert "Support informed at 15:20 by Sue Park, by phone (after 20 min)" in told
        assert "Time until Sales knew not informed yet" in told
        assert "TALKING POINTS not approved yet" in told
        assert told.index("TIMELINE") < len(told) - 2
        await press(pilot, "o", "a", "f10")
        assert isinstance(shown.screen, Outage)


async def test_talking_points_stand_there_once_they_are_approved() -> None:
    desk = slow()
    desk.incidents.talk("", {"known": "yes, since 15:00", "affected": "EU", "doing": "rolling back"})
    shown = app(desk)
    async with shown.run_test(size=(120, 50)) as pilot:
        assert "rolling back" not in (await press(pilot, "o")).split("TIMELINE")[0]
        desk.incidents.approve("")
        shown.publish()
        words = (await settle(pilot)).split("TIMELINE")[0]
        assert "approved by Sue Park 15:20" in words
        assert "rolling back" in words


async def test_an_update_a_note_and_who_was_informed_are_typed_from_there() -> None:
    desk = slow()
    shown = app(desk)
    async with shown.run_test(size=(120, 44)) as pilot:
        assert "I-1: update" in await press(pilot, "o", "u")
        assert "next update due 15:50" in await say(pilot, "Still slow, half of the EU")
        assert "I-1: note" in await press(pilot, "o", "n")
        assert "at 15:05 · by Tom Reyes" in await say(pilot, "15:05 restarted @tom", then="")
        await press(pilot, "enter", "escape", "o", "i")
        assert "kept who was informed" in await say(pilot, "sales, support")
    incident = desk.read.get(Incident, "I-1")
    assert [each.who for each in incident.informed] == ["Sales", "Support"]
    texts = {each.text for each in desk.read.where(TimelineEntry, about="I-1")}
    assert {"Still slow, half of the EU", "restarted"} <= texts


async def test_what_is_typed_in_the_room_is_said_in_its_meeting() -> None:
    desk = slow()
    daily = desk.meetings.start(DAILY)
    shown = app(desk, daily.id)
    async with shown.run_test(size=(120, 44)) as pilot:
        await press(pilot, "o", "u")
        await say(pilot, "Half of it is back")
    assert desk.history(limit=1)[-1].meeting == daily.id


async def test_an_incident_is_opened_from_the_palette_and_answered_as_one_types() -> None:
    desk = company()
    shown = app(desk)
    async with shown.run_test(size=(120, 30)) as pilot:
        await press(pilot, "ctrl+p", *"open an inc", "enter")
        words = await say(pilot, "Login down #acme sev:1", then="")
        assert "open an incident" in words
        assert "Acme Logistics" in words
        assert "I-1 is open at SEV-1, next update due 15:30" in await press(pilot, "enter")
        assert banner(shown).startswith("▲ SEV-1 Login down")
    assert desk.read.get(Incident, "I-1").customers == ("acme",)


def test_its_sheet_is_a_record_s_with_more_to_it() -> None:
    assert issubclass(Outage, Detail)  # so that before others than the team it shows what any record does
