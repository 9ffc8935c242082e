"""The minutes page: what stands out on it, the list beside it, and who may read which."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from textual.pilot import Pilot

from opsdesk.core.errors import Unavailable
from opsdesk.core.minutes import Minutes
from opsdesk.desk import Desk
from opsdesk.desk.minutes import MinutesBook
from opsdesk.minutes import FORMATS
from opsdesk.ui.app import OpsDesk
from opsdesk.ui.minutes.page import draft_rows, painted
from opsdesk.ui.screens.minutes import MinutesPage
from tests import screen
from tests.clock import Clock
from tests.minutes.sample import SAMPLES
from tests.ui.desks import app, company
from tests.ui.keyboard import press, settle


def held(desk: Desk, clock: Clock, slug: str, decided: str, customer: str = "") -> str:
    meeting = desk.meetings.start(slug, customer=customer)
    desk.meetings.decide(meeting.id, decided)
    clock.forward(minutes=10)
    desk.meetings.close(meeting.id)
    clock.forward(days=1)
    return meeting.id


def three(clock: Clock) -> Desk:
    """A Daily, a call with Aperture Optics and a Company Friday, one a day."""
    desk = company(clock)
    desk.people.add_customer("Aperture Optics", onboarding=True)
    desk.people.add_customer("Soylent Foods", onboarding=True)
    held(desk, clock, "daily-operations-sync", "Soylent is not told yet")
    held(desk, clock, "customer-status-call", "Aperture likes the new import", "aperture")
    held(desk, clock, "company-friday", "Two people join in December")
    return desk


@asynccontextmanager
async def opened(desk: Desk, size: tuple[int, int] = (120, 36)) -> AsyncIterator[tuple[OpsDesk, Pilot[None]]]:
    shown = app(desk)
    async with shown.run_test(size=size) as pilot:
        await settle(pilot)
        shown.go(MinutesPage())
        await settle(pilot)
        yield shown, pilot


async def test_on_a_wide_screen_a_list_beside_the_page_chooses_what_is_shown() -> None:
    clock = Clock()
    async with opened(three(clock)) as (shown, pilot):
        words = screen.text(shown)
        assert screen.row(shown, "25 Nov  Company Friday #1") < screen.row(shown, "23 Nov  Daily Operations Sync #1")
        assert "Two people join in December" in words
        await press(pilot, "down", "down")
        assert "Soylent is not told yet" in screen.text(shown)
        assert screen.line(shown, "Minutes").endswith("1 of 3")
        await press(pilot, "right")
        assert "Aperture likes the new import" in screen.text(shown)
        assert "Aperture Optics status call #1" in screen.line(shown, "24 Nov")
        assert shown.screen.side.key == shown.screen.record.id


async def test_on_a_narrow_screen_there_is_only_the_page() -> None:
    async with opened(three(Clock()), (100, 30)) as (shown, pilot):
        assert "25 Nov  Company" not in screen.text(shown)
        await press(pilot, "left")
        assert "Aperture likes the new import" in screen.text(shown)
        await press(pilot, "down", "down")
        assert shown.screen.list.scroll_offset.y == 2


async def test_the_page_keys_scroll_the_page_and_not_the_list_beside_it() -> None:
    async with opened(three(Clock()), (120, 20)) as (shown, pilot):
        before = shown.screen.side.key
        await press(pilot, "pagedown")
        assert shown.screen.list.scroll_offset.y > 10
        assert shown.screen.side.key == before


async def test_each_version_of_the_minutes_is_one_key_away() -> None:
    clock = Clock()
    desk = company(clock)
    id = held(desk, clock, "daily-operations-sync", "as first written")
    desk.meetings.reopen(id)
    desk.meetings.decide(id, "as corrected")
    desk.meetings.close(id)
    async with opened(desk) as (shown, pilot):
        assert "as corrected" in screen.text(shown)
        assert "as corrected" not in await press(pilot, "left")
        assert "as corrected" in await press(pilot, "right")


async def test_a_draft_says_on_top_what_it_owes_and_how_to_settle_it() -> None:
    desk = three(Clock())
    meeting = desk.meetings.start("daily-operations-sync")
    desk.meetings.act(meeting.id, "Find somebody for the on-call week")
    desk.meetings.act(meeting.id, "Say which day the database is moved")
    desk.meetings.close(meeting.id)
    async with opened(desk) as (shown, pilot):
        assert "DRAFT  2 points were owed at closing; still owed: A-" in screen.line(shown, "DRAFT  2")
        assert "DRAFT: 2 points owed" in screen.text(shown)
        assert "and 1 more · = settles what is owed" in screen.text(shown)
        await press(pilot, "equals_sign")
        assert shown.screen.NAME == "gate"


async def test_while_a_customer_is_in_the_room_only_the_minutes_of_its_calls_are_there() -> None:
    desk = three(Clock())
    async with opened(desk) as (shown, pilot):
        meeting = desk.meetings.start("customer-status-call", customer="aperture")
        shown.publish()
        await settle(pilot)
        assert "Aperture likes the new import" in screen.text(shown)
        assert screen.line(shown, "Minutes  ").endswith("1 of 1")
        for secret in ("Daily Operations", "Company Friday", "Soylent", "= settles"):
            assert secret not in screen.text(shown)
        await press(pilot, "left")
        assert "Soylent" not in screen.text(shown)
        desk.meetings.adjourn(meeting.id, "They had to go")
        desk.meetings.start("customer-status-call", customer="soylent")
        shown.publish()
        await settle(pilot)
        assert "None that those in the room may read." in screen.text(shown)
        assert "Aperture" not in screen.text(shown)


async def test_when_a_call_is_closed_the_customer_who_still_looks_sees_no_others() -> None:
    desk = three(Clock())
    meeting = desk.meetings.start("customer-status-call", customer="aperture")
    desk.meetings.close(meeting.id)
    async with app(desk).run_test(size=(120, 36)) as pilot:
        pilot.app.go(MinutesPage(meeting.id))
        await settle(pilot)
        await press(pilot, "down", "left", "left")
        shown = screen.text(pilot.app)
        assert "Aperture likes the new import" in shown
        assert not any(secret in shown for secret in ("Daily Operations", "Company Friday", "Soylent"))
        await press(pilot, "1", "7")
        assert screen.line(pilot.app, "Minutes  ").endswith("4 of 4")
        assert "23 Nov  Daily Operations Sync #1" in screen.text(pilot.app)


async def test_when_a_company_meeting_is_closed_the_minutes_of_teams_stay_away() -> None:
    desk = three(Clock())
    meeting = desk.meetings.start("company-friday")
    desk.meetings.close(meeting.id)
    async with app(desk).run_test(size=(120, 36)) as pilot:
        pilot.app.go(MinutesPage(meeting.id))
        await settle(pilot)
        assert "Company Friday" in screen.text(pilot.app)
        assert not any(secret in screen.text(pilot.app) for secret in ("Daily Operations", "Soylent", "= settles"))


async def test_before_the_whole_company_the_minutes_of_teams_are_not_there() -> None:
    desk = three(Clock())
    async with opened(desk) as (shown, pilot):
        desk.meetings.start("company-friday")
        shown.publish()
        await settle(pilot)
        assert "Two people join in December" in screen.text(shown)
        assert "Daily Operations" not in screen.text(shown)


async def test_a_meeting_is_not_reopened_beside_one_that_is_running() -> None:
    desk = three(Clock())
    async with opened(desk) as (shown, pilot):
        desk.meetings.start("daily-operations-sync")
        shown.publish()
        await settle(pilot)
        shown.screen.run_command("reopen")
        await settle(pilot)
        assert "Daily Operations Sync is running: 5 returns to it; close it first." in screen.text(shown)
    assert len(desk.meetings.running()) == 1


@pytest.mark.parametrize("minutes", SAMPLES.values(), ids=SAMPLES)
def test_the_page_reads_as_it_prints(minutes: Minutes) -> None:
    lines = FORMATS["txt"].render(minutes).splitlines()
    assert ["".join(piece.text for piece in pieces) for pieces in painted(lines)] == lines


def test_headings_signs_and_a_draft_stand_out() -> None:
    lines = FORMATS["txt"].render(SAMPLES["draft"]).splitlines()
    roles = {piece.text.strip(): piece.role for pieces in painted(lines) for piece in pieces}
    assert roles["IN SHORT"] == roles["Decisions"] == roles[lines[0]] == "bright!"
    assert (roles[lines[1]], roles["=" * 72]) == ("dim", "rule")
    assert next(role for text, role in roles.items() if text.startswith("DRAFT")) == "orange!"
    signs = {p.text: p.role for pieces in painted(["  ▲ R    Globex  was ◆ O"]) for p in pieces}
    assert (signs["▲ R"], signs["◆ O"]) == ("red", "orange")


def words_of(owed: list[str], at_closing: int) -> list[str]:
    return ["".join(piece.text for piece in row.across).strip() for row in draft_rows(owed, at_closing)]


def test_a_long_sentence_of_what_is_owed_goes_on_below() -> None:
    owed = "T-24 “Nobody but Tom can restore a backup” has been put off 3 times."
    rows = words_of([owed], 4)
    assert " ".join(rows[:2]) == f"DRAFT  4 points were owed at closing; still owed: {owed}"
    assert rows[2] == "= settles what is owed: then they are final"


def test_what_was_owed_and_is_no_more_is_told_apart() -> None:
    assert words_of([], 1)[0] == "DRAFT  1 point was owed at closing; still owed: nothing."


async def test_on_a_very_low_screen_there_is_only_the_page() -> None:
    desk = three(Clock())
    meeting = desk.meetings.start("daily-operations-sync")
    desk.meetings.act(meeting.id, "Find somebody for the on-call week")
    desk.meetings.close(meeting.id)
    for size in ((40, 10), (120, 12)):
        async with opened(desk, size) as (shown, _):
            words = screen.text(shown)
            assert "NORTHWIND SYSTEMS" in words.upper() or "Daily Operations Sync" in words
            assert "still owed" not in words
            assert "MEETINGS" not in words
            assert shown.screen.list.size.height >= 4


async def test_what_is_saved_is_kept_with_the_minutes() -> None:
    desk = three(Clock())
    async with opened(desk) as (shown, pilot):
        await press(pilot, "ctrl+s")
        (copy,) = shown.screen.record.copies
        assert (copy.how, copy.by) == ("saved", desk.by)
        assert "saved as" in screen.text(shown)
        assert desk.history()[-1].left == copy.words


async def test_what_cannot_be_kept_is_saved_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise Unavailable("The disk is full.", "Make room.")

    desk = three(Clock())
    async with opened(desk) as (shown, pilot):
        monkeypatch.setattr(MinutesBook, "left", full)
        await press(pilot, "ctrl+s")
        assert "could not be kept: The disk is full." in screen.text(shown)


@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
async def test_undoing_a_closing_says_what_left_and_stays_on_the_page(size: tuple[int, int]) -> None:
    desk = three(Clock())
    meeting = desk.meetings.start("daily-operations-sync")
    closed = desk.meetings.close(meeting.id)
    others = len(desk.minutes.all()) - 1
    assert others > 0
    async with opened(desk, size) as (shown, pilot):
        await press(pilot, "ctrl+s")
        words = await press(pilot, "z")
        assert "These minutes were saved at" in words
        assert f"daily-operations-sync-{closed.number}-2026-11-26.md" in "".join(words.split())
        said = words[words.index("These minutes") :]
        assert "y closes it" in said or "…" in said
        assert f"Daily Operations Sync #{closed.number} has no minutes any more:" in words
        assert "its closing was undone." in words
        words = await press(pilot, "left")
        assert "has no minutes any more" not in words
        assert shown.screen.record is not None
        await press(pilot, "y")
        assert len(desk.minutes.all()) == others + 1
