"""What a meeting opens with: what has changed since its last run."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace

from opsdesk.core.agenda import AgendaSection
from opsdesk.core.meeting import Meeting
from opsdesk.core.settings import Settings
from opsdesk.desk import Desk
from opsdesk.desk.journals import PAGE, transactions_from
from opsdesk.store.memory import MemoryStore
from tests.clock import Clock
from tests.desk.meeting_desk import AGENDAS, CALL, DAILY, furnished

SECTIONS = (
    AgendaSection(title="Burning", minutes=5, board="burning"),
    AgendaSection(title="Outages", minutes=4, board="outages"),
    AgendaSection(title="Deliveries", minutes=2, board="delays"),
    AgendaSection(title="Staffing", minutes=3, board="staffing"),
)
CALLED = (AgendaSection(title="Promises", minutes=7, board="outages"),)
ON = {
    **AGENDAS,
    "daily": replace(DAILY, sections=SECTIONS, timebox=18),
    "call": replace(CALL, sections=CALLED),
}


@pytest.fixture
def store() -> MemoryStore:
    return furnished()


def desk_of(store: MemoryStore, clock: Clock, by: str) -> Desk:
    return Desk(store, clock, by, Settings(company="Northwind"), lambda: ON)


@pytest.fixture
def sue(store: MemoryStore, clock: Clock) -> Desk:
    return desk_of(store, clock, "sue")


def held(at: Desk, clock: Clock, slug: str = "daily", **more: Any) -> Meeting:
    """A run that met and is over."""
    meeting = at.meetings.start(slug, **more)
    clock.forward(minutes=10)
    return at.meetings.close(meeting.id)


def test_the_first_run_ever_says_so(sue: Desk) -> None:
    told = sue.opening(sue.meetings.start("daily"))
    assert (told.first, told.since, told.summary, told.parts) == (
        True,
        "",
        "the first run: nothing to look back on",
        (),
    )


def test_where_nothing_has_changed_it_says_that(sue: Desk, clock: Clock) -> None:
    run = held(sue, clock)
    told = sue.opening(sue.meetings.start("daily"))
    assert (told.first, told.title, told.summary) == (False, f"SINCE #{run.number}", "nothing has changed")


def test_it_tells_by_section_what_was_resolved_slipped_and_appeared_with_who_and_when(
    sue: Desk, store: MemoryStore, clock: Clock
) -> None:
    sue.registers.add("incidents", "Login slow #acme sev:1")
    sue.registers.add("deliveries", "Export #globex", promised="2026-11-27", planned="2026-11-27")
    held(sue, clock)
    clock.forward(hours=2)
    bob = desk_of(store, clock, "bob")
    bob.registers.act(["I-1"], "resolve", "restarted")
    bob.registers.act(["DL-1"], "forecast", "2026-12-01")
    bob.registers.add("incidents", "Mail late sev:4")
    clock.forward(hours=1)

    told = sue.opening(sue.meetings.start("daily"))

    assert told.summary == "1 new incident, 1 delivery slipped, 1 incident resolved"
    assert [part.section for part in told.parts] == ["Outages", "Deliveries"]
    assert [(line.id, line.reason, line.weight) for line in told.of("Outages")] == [
        ("I-2", "new 17:10 by Bob, SEV-4 for 1 h, nobody owns it, investigating", "orange"),
        ("I-1", "resolved 17:10 by Bob", "green"),
    ]
    (slipped,) = told.of("Deliveries")
    assert slipped.reason.startswith("slipped from Fri to 1 Dec, 17:10 by Bob, forecast 4 days after the promise")
    assert slipped.brief == "slipped Fri → 1 Dec"


def test_who_is_away_and_who_covers_is_told_by_name(sue: Desk, clock: Clock) -> None:
    held(sue, clock)
    clock.forward(hours=2)
    sue.registers.add("absences", "@bob away 24 nov 2026 until 27 nov 2026 cover:ann")
    (line,) = sue.opening(sue.meetings.start("daily")).of("Staffing")
    assert line.text.startswith("Bob away, ")
    assert line.reason == "new 17:10 by Sue, from Tue 24 Nov to Fri 27 Nov, Ann covers"


def test_what_was_done_and_undone_is_no_news_and_what_happens_in_the_meeting_is_none_yet(
    sue: Desk, clock: Clock
) -> None:
    sue.registers.add("incidents", "Login slow")
    held(sue, clock)
    clock.forward(hours=1)
    sue.registers.act(["I-1"], "resolve")
    sue.undo.last()
    meeting = sue.meetings.start("daily")
    clock.forward(minutes=1)
    sue.registers.act(["I-1"], "identify", meeting=meeting.id)
    sue.registers.add("incidents", "Elsewhere")
    assert sue.opening(meeting).summary == "nothing has changed"


def test_before_a_customer_it_tells_of_that_customer_alone_and_of_nobody(sue: Desk, clock: Clock) -> None:
    held(sue, clock, "call", customer="acme")
    for text in ("Login slow #acme", "Globex cannot log in #acme", "Search down #globex", "Mail #acme #globex"):
        sue.registers.add("incidents", text)
    clock.forward(minutes=30)
    told = sue.opening(sue.meetings.start("call", customer="acme"))
    theirs = {"I-1": "Login slow", "I-2": "incident", "I-4": "Mail"}
    assert {line.id: line.text for line in told.of("Promises")} == theirs
    assert told.summary == "3 new incidents"
    assert "globex" not in repr(told).lower()
    assert "Sue" not in repr(told)


def test_the_journal_is_read_no_further_back_than_the_last_run(sue: Desk, store: MemoryStore, clock: Clock) -> None:
    for _ in range(3 * PAGE):
        sue.items.add("noise", agenda="daily", section="Burning")
    run = held(sue, clock)
    clock.forward(minutes=5)
    sue.registers.add("incidents", "Login slow")
    asked: list[int] = []

    def page(until: int) -> Any:
        asked.append(until)
        return store.history(until=until, limit=PAGE)

    found = transactions_from(run.ended or run.last, page)
    assert [tx.command for tx in found] == ["closing of Daily #1", "Add Login slow"]
    assert asked == [0]


def test_more_than_a_page_is_read_whole(sue: Desk, store: MemoryStore, clock: Clock) -> None:
    run = held(sue, clock)
    clock.forward(minutes=5)
    for _ in range(PAGE + 7):
        sue.items.add("news", agenda="daily", section="Burning")
    found = transactions_from(run.ended or run.last, lambda until: store.history(until=until, limit=PAGE))
    assert len(found) == PAGE + 8
    assert [tx.seq for tx in found] == sorted({tx.seq for tx in found})
