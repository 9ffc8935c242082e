"""Records of registers made or changed in a meeting stand in its minutes, section by section."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace

from opsdesk import agendas
from opsdesk.core.errors import Invalid
from opsdesk.core.minutes import Minutes
from opsdesk.core.settings import Settings
from opsdesk.desk import Desk
from opsdesk.minutes import FORMATS
from tests.clock import Clock
from tests.desk.meeting_desk import furnished
from tests.minutes.golden import same

SETTINGS = Settings(company="Northwind")


@pytest.fixture
def sue(clock: Clock) -> Desk:
    return Desk(furnished(), clock, "sue", SETTINGS, lambda: agendas.read(None))


def told(minutes: Minutes) -> dict[str, list[tuple[str, str, str]]]:
    """Section → what stands under it."""
    return {item.title: [(each.id, each.text, each.what) for each in item.changed] for item in minutes.items}


def before_the_daily(sue: Desk) -> None:
    add = sue.registers.add
    add("components", "Login", handle="login", owner="bob")
    add("incidents", "Login slow, EU @bob #acme #globex sev:2 components:login")
    add("maintenance", "New database", starts="2026-11-24 02:00", customers="acme globex", components="login")
    add("deliveries", "Export #globex @bob", promised="2026-11-27")
    add("absences", "@bob", starts="2026-11-24", ends="2026-11-27")


def the_daily(sue: Desk, clock: Clock) -> Minutes:
    meeting = sue.meetings.start("daily-operations-sync")
    at = {"meeting": meeting.id}
    clock.forward(minutes=2)
    sue.triage.act(["I-1"], "give", "ann", **at)
    sue.meetings.decide(meeting.id, "Ann leads until Bob is back.")
    sue.meetings.next(meeting.id)
    sue.registers.act(["I-1"], "identify", "a full disk", **at)
    clock.forward(minutes=1)
    sue.registers.act(["I-1"], "mitigate", "", **at)
    sue.turn("I-1", "action", meeting=meeting.id)
    sue.actions.redate("A-1", sue.today())
    sue.meetings.next(meeting.id)
    sue.triage.act(["W-1"], "wait", "", **at)
    sue.triage.act(["W-1"], "date", "2026-11-25 02:00", **at)
    sue.undo.last()
    clock.forward(minutes=1)
    sue.meetings.next(meeting.id)
    sue.triage.act(["DL-1"], "date", "2026-12-01", **at)
    sue.registers.add("deliveries", "Second environment #acme @ann", promised="2026-12-04", **at)
    clock.forward(minutes=3)
    sue.meetings.next(meeting.id)
    sue.triage.act(["AB-1"], "give", "sue", **at)
    clock.forward(minutes=1)
    sue.meetings.close(meeting.id)
    return sue.minutes.of(meeting.id).minutes


def test_the_daily_with_an_outage_under_way(sue: Desk, clock: Clock) -> None:
    before_the_daily(sue)
    clock.forward(minutes=70)
    kept = the_daily(sue, clock)

    assert told(kept) == {
        "Burning issues": [("I-1", "Login slow, EU", "Owner: Bob → Ann")],
        "Service outages": [("I-1", "Login slow, EU", "investigating → monitoring")],
        "Planned maintenance": [
            ("W-1", "New database", "Announced: nothing → 2026-11-23 16:13; Customers told: nothing → Acme, Globex")
        ],
        "Delayed deliveries": [
            ("DL-1", "Export", "Forecast: nothing → 2026-12-01"),
            ("DL-2", "Second environment", "new"),
        ],
        "Staffing": [("AB-1", "Bob away, 2026-11-24 to 2026-11-27", "Cover: nothing → Sue")],
    }
    for form in FORMATS.values():
        same(f"minutes-daily-outage{form.suffix}", form.render(kept))


def test_the_sync_of_operations_and_engineering(sue: Desk, clock: Clock) -> None:
    add = sue.registers.add
    add("requirements", "Logs of every login @bob", due="2026-11-20")
    add("releases", "2.4 @ann", planned="2026-11-26")
    add("known-issues", "Search misses umlauts #acme")
    add("bugs", "Wrong total #globex severity:2")
    add("environments", "staging @bob", until="2026-11-22")
    clock.forward(minutes=5)
    meeting = sue.meetings.start("operations-engineering-sync")
    at = {"meeting": meeting.id}
    for id, verb, words in (
        ("RQ-1", "date", "2026-11-30"),
        ("RL-1", "done", ""),
        ("KI-1", "start", "RL-1"),
        ("B-1", "start", ""),
        ("E-1", "wait", "2026-11-27"),
    ):
        clock.forward(minutes=4)
        sue.triage.act([id], verb, words, **at)
        if id != "E-1":
            sue.meetings.next(meeting.id)
    sue.meetings.close(meeting.id)
    kept = sue.minutes.of(meeting.id).minutes

    assert told(kept) == {
        "Requirements": [("RQ-1", "Logs of every login", "Due: 2026-11-20 → 2026-11-30")],
        "Releases": [("RL-1", "2.4", "planned → released")],
        "Known issues": [("KI-1", "Search misses umlauts", "open → fix scheduled; Fix: nothing → RL-1")],
        "Bugs": [("B-1", "Wrong total", "open → started")],
        "Dev/staging environment": [("E-1", "staging", "Until: 2026-11-22 → 2026-11-27")],
    }
    for form in FORMATS.values():
        same(f"minutes-operations-engineering{form.suffix}", form.render(kept))


def test_a_section_in_which_only_a_record_was_moved_has_its_outcome(sue: Desk, clock: Clock) -> None:
    before_the_daily(sue)
    meeting = sue.meetings.start("daily-operations-sync")
    assert [each.section for each in sue.meetings.gate(meeting.id)] == ["Burning issues"]
    sue.registers.act(["I-1"], "identify", meeting=meeting.id)
    assert sue.meetings.gate(meeting.id) == ()
    sue.undo.last()
    assert [each.section for each in sue.meetings.gate(meeting.id)] == ["Burning issues"]
    sue.meetings.outcome(meeting.id)
    assert sue.meetings.gate(meeting.id) == ()


def test_before_a_customer_minutes_tell_of_its_own_records_and_of_their_state_alone(sue: Desk, clock: Clock) -> None:
    meeting = sue.meetings.start("customer-status-call", customer="acme")
    at: dict[str, Any] = {"meeting": meeting.id}
    sue.registers.add("incidents", "Login slow @bob", **at)
    for text in ("Search down #globex", "Mail #acme #globex", "As at Globex #acme"):
        sue.registers.add("incidents", text, **at)
    sue.registers.add("bugs", "Wrong total #acme", **at)
    sue.registers.act(["I-1"], "give", "ann", **at)
    clock.forward(minutes=3)
    kept = sue.minutes.preview(sue.meetings.close(meeting.id))

    found = [line for lines in told(kept).values() for line in lines]
    assert found == [("I-1", "Login slow", "new"), ("I-3", "Mail", "new"), ("I-4", "withheld", "new")]
    assert "globex" not in repr(replace(kept, customer="")).lower()


def test_an_outage_that_nobody_touched_stands_in_the_minutes_as_it_was_when_the_meeting_met(
    sue: Desk, clock: Clock
) -> None:
    before_the_daily(sue)
    sue.registers.add("incidents", "Mail late sev:3 #acme")
    sue.incidents.inform("I-1", "Support", how="by phone")
    clock.forward(minutes=20)
    meeting = sue.meetings.start("daily-operations-sync")
    sue.meetings.next(meeting.id)
    clock.forward(minutes=2)
    sue.registers.act(["I-1"], "resolve", meeting=meeting.id)
    sue.registers.add("incidents", "Search down", meeting=meeting.id)
    sue.meetings.close(meeting.id)
    clock.forward(minutes=30)
    sue.registers.set(["I-2"], {"sev": "1"})
    kept = sue.minutes.preview(sue.read.get(type(meeting), meeting.id))

    opened = {item.title: [(each.id, each.what) for each in item.open] for item in kept.items if item.open}
    assert opened == {
        "Service outages": [
            ("I-1", "was open: SEV-2, investigating; owner: Bob; hits Acme, Globex; informed: Support 15:00"),
            ("I-2", "was open: SEV-3, investigating; nobody owns it; hits Acme; nobody informed"),
        ]
    }


def test_an_item_that_was_escalated_in_a_section_stands_there(sue: Desk, clock: Clock) -> None:
    item = sue.items.add("A status page", agenda="daily-operations-sync", section="Burning issues")
    meeting = sue.meetings.start("daily-operations-sync")
    clock.forward(minutes=1)
    sue.items.escalate(item.id, "who pays for it?", meeting.id)

    assert sue.meetings.gate(meeting.id) == ()
    for minutes in (sue.minutes.preview(meeting), sue.minutes.preview(sue.meetings.close(meeting.id))):
        assert told(minutes)["Burning issues"] == [(item.id, "A status page", "escalated: who pays for it?")]
        assert [each.standing for each in minutes.parked] == ["escalated"]


def test_nothing_to_report_is_refused_where_there_is_something(sue: Desk, clock: Clock) -> None:
    before_the_daily(sue)
    meeting = sue.meetings.start("daily-operations-sync")
    sue.registers.act(["I-1"], "identify", meeting=meeting.id)
    with pytest.raises(Invalid, match="There is something to report: I-1 was changed here"):
        sue.meetings.outcome(meeting.id)
    assert sue.meetings.outcome(meeting.id, "Bob is on it").sections[0].outcome == "Bob is on it"
    sue.meetings.next(meeting.id)
    sue.meetings.outcome(meeting.id)
    sue.meetings.note(meeting.id, "It is slow in Asia too")
    with pytest.raises(Invalid, match="a note stands here"):
        sue.meetings.outcome(meeting.id)
    clock.forward(minutes=1)
    sue.meetings.close(meeting.id)
    kept = sue.minutes.of(meeting.id).minutes
    assert [item.outcome for item in kept.items[:2]] == ["Bob is on it", ""]


def test_nothing_to_report_is_not_said_of_a_section_that_another_desk_has_gone_on_to(sue: Desk) -> None:
    meeting = sue.meetings.start("daily-operations-sync")
    sue.meetings.next(meeting.id)
    with pytest.raises(Invalid, match="moved on to Service outages"):
        sue.meetings.outcome(meeting.id, of=0, seen=meeting)
    assert not any(section.outcome for section in sue.read.get(type(meeting), meeting.id).sections)
