"""An outage on every screen: its one line."""

from __future__ import annotations

from pathlib import Path

import pytest

from opsdesk.core.registers.incidents import Incident
from opsdesk.desk import Desk
from opsdesk.store.sqlite import SqliteStore
from opsdesk.ui.app import OpsDesk
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


async def test_an_incident_is_opened_from_the_palette_and_answered_as_one_types() -> None:
    desk = company()
    shown = app(desk)
    async with shown.run_test(size=(120, 30)) as pilot:
        await press(pilot, "ctrl+p", *"open an inc", "enter")
        words = await say(pilot, "Login down #acme sev:1", then="")
        assert "open an incident" in words
        assert "Acme Logistics" in words
        assert "I-1 is open at SEV-1, next update due 15:30" in await press(pilot, "enter")
        await press(pilot, "escape")
        assert banner(shown).startswith("▲ SEV-1 Login down")
    assert desk.read.get(Incident, "I-1").customers == ("acme",)
