"""Minutes as the desk keeps them: frozen when a meeting ends, found again afterwards."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from opsdesk.core.errors import NotFound
from opsdesk.core.meeting import Meeting
from opsdesk.core.minutes import MinutesRecord
from opsdesk.core.settings import Settings
from opsdesk.desk import Desk
from opsdesk.minutes import FORMATS
from opsdesk.store.sqlite import SqliteStore
from tests.clock import START, Clock
from tests.desk.meeting_desk import AGENDAS, desk


def _held(at: Desk, clock: Clock, slug: str = "daily", **how: Any) -> Meeting:
    """A meeting with something said in each section, closed with nothing owed."""
    meeting = at.meetings.start(slug, **how)
    for number in range(len(meeting.sections)):
        at.meetings.note(meeting.id, f"Note {number}")
        clock.forward(minutes=2)
        at.meetings.next(meeting.id)
    return at.meetings.close(meeting.id)


def _pages(record: MinutesRecord) -> list[str]:
    return [form.render(record.minutes) for form in FORMATS.values()]


def test_closing_freezes_what_was_said(clock: Clock) -> None:
    at = desk(clock)
    at.cadence.switch("daily", True)
    meeting = at.meetings.start("daily")
    at.meetings.decide(meeting.id, "No release on Fridays")
    at.meetings.act(meeting.id, "Call back @sue #acme +3d !")
    clock.forward(minutes=3)
    at.meetings.next(meeting.id)
    at.meetings.park(meeting.id, "Who trains Bob?")
    at.meetings.close(meeting.id)

    kept = at.minutes.of(meeting.id).minutes
    assert [each.text for each in kept.items[0].decisions] == ["No release on Fridays"]
    assert (kept.actions[0].owner, kept.actions[0].promised_to, kept.actions[0].item) == ("Sue", "Acme", 1)
    assert kept.actions[0].due == date(2026, 11, 26)
    assert [(each.reached, each.actual) for each in kept.items] == [(True, 3), (True, 0), (False, 0)]
    assert [(each.text, each.standing, each.relisted) for each in kept.parked] == [("Who trains Bob?", "parked", 1)]
    assert kept.next == START + timedelta(days=1)


def test_a_draft_says_who_owes_what_and_settling_it_replaces_it(clock: Clock) -> None:
    at = desk(clock)
    meeting = at.meetings.start("daily")
    at.meetings.act(meeting.id, "Somebody must call Acme")
    at.meetings.close(meeting.id)
    draft = at.minutes.of(meeting.id)

    assert draft.minutes.draft
    assert f"DRAFT: {len(draft.minutes.owed)} point" in FORMATS["txt"].render(draft.minutes)

    clock.forward(days=1)
    for owed in at.meetings.gate(meeting.id):
        at.meetings.waive(meeting.id, owed.key, "It can wait")
    at.meetings.settle(meeting.id)
    settled = at.minutes.of(meeting.id)
    assert (settled.id, settled.version, settled.minutes.draft, settled.minutes.owed) == (draft.id, 1, False, ())
    assert {each.what for each in settled.minutes.waived} == set(draft.minutes.owed)
    assert len(at.minutes.all()) == 1


def test_closing_a_reopened_meeting_gives_a_second_version_beside_the_first(clock: Clock) -> None:
    at = desk(clock)
    meeting = _held(at, clock)
    first = at.minutes.of(meeting.id)
    at.meetings.reopen(meeting.id)
    at.meetings.note(meeting.id, "One more thing")
    clock.forward(minutes=1)
    at.meetings.close(meeting.id)

    second = at.minutes.of(meeting.id)
    assert (second.version, second.minutes.version) == (2, 2)
    assert at.minutes.find(first.id) == first
    assert "Version 2, in the place of version 1" in FORMATS["txt"].render(second.minutes)


def test_undoing_the_closing_takes_the_minutes_back(clock: Clock) -> None:
    at = desk(clock)
    _held(at, clock)
    at.undo.last()

    assert at.minutes.all() == ()


def test_pages_stay_the_same_while_the_records_change(tmp_path: Path, clock: Clock) -> None:
    at = Desk(SqliteStore(tmp_path), clock, "sue", Settings(time_zone="Europe/Berlin"), lambda: AGENDAS)
    at.people.add("Sue Park", "Operations", handle="sue")
    meeting = at.meetings.start("daily")
    action = at.meetings.act(meeting.id, "Call back @sue fri")
    at.meetings.close(meeting.id)
    pages = _pages(at.minutes.of(meeting.id))
    clock.forward(days=365)
    at.actions.done(action.id)
    at.close()

    again = Desk(SqliteStore(tmp_path), clock, "bob", Settings(time_zone="Asia/Tokyo"), lambda: {})
    assert _pages(again.minutes.of(meeting.id)) == pages
    assert "16:00–16:15" in pages[0]


def test_the_next_meeting_shows_what_became_of_the_actions(clock: Clock) -> None:
    at = desk(clock)
    first = at.meetings.start("daily")
    done, late, later = (at.meetings.act(first.id, f"{what} @sue {when}") for what, when in
                         (("Mend", "tomorrow"), ("Call", "tomorrow"), ("Plan", "+9d")))  # fmt: skip
    at.meetings.close(first.id)
    clock.forward(days=2)
    at.actions.done(done.id)
    second = _held(at, clock)

    kept = at.minutes.of(second.id).minutes
    assert [(each.id, each.state, each.relisted) for each in kept.previous] == [
        (done.id, "done", 0),
        (late.id, "ready", 1),
    ]
    assert "1 of 2 done, 50 % (goal 90 %)" in FORMATS["txt"].render(kept)
    assert later.id not in {each.id for each in kept.previous}
    third = _held(at, clock)
    assert [each.id for each in at.minutes.of(third.id).minutes.previous] == [late.id]


def test_a_skipped_meeting_has_minutes_too(clock: Clock) -> None:
    at = desk(clock)
    meeting = at.meetings.skip("daily", START, "Company holiday")

    printed = FORMATS["txt"].render(at.minutes.of(meeting.id).minutes)
    assert "SKIPPED: Company holiday" in printed
    assert printed.count("not reached") >= 3


def test_a_customers_minutes_hold_only_that_customer(clock: Clock) -> None:
    at = desk(clock)
    other = at.actions.capture("Secret of the other #globex @sue tomorrow", agenda="call")
    at.items.add("Other's business", agenda="call", section="Promises", customer="globex")
    meeting = at.meetings.start("call", customer="acme")
    at.meetings.act(meeting.id, "Send the plan @max #acme fri")
    at.meetings.act(meeting.id, "Also for the other @max #globex fri")
    at.scores.set("globex", "Support", "red", "shaky", meeting=meeting.id, section="Promises")
    clock.forward(days=3)
    at.meetings.close(meeting.id)

    for page in _pages(at.minutes.of(meeting.id)):
        assert "Send the plan" in page
        assert other.title not in page
        assert "Globex" not in page
        assert "for the other" not in page
        assert "Other's business" not in page


def test_minutes_are_found_by_last_meeting_record_agenda_and_customer(clock: Clock) -> None:
    at = desk(clock)
    daily = _held(at, clock)
    clock.forward(hours=3)
    call = _held(at, clock, "call", customer="acme")

    record = at.minutes.of(daily.id)
    assert [at.minutes.find(each) for each in (daily.id, daily.id.lower(), record.id, "daily")] == [record] * 4
    assert {at.minutes.find(each).meeting for each in ("last", "call", "acme", "#acme")} == {call.id}
    assert [each.meeting for each in at.minutes.all()] == [daily.id, call.id]


@pytest.mark.parametrize("what", ["last", "daily", "globex", "M-1", "V-1", "nothing"])
def test_what_is_not_there_is_said_in_one_sentence(what: str) -> None:
    with pytest.raises(NotFound) as caught:
        desk().minutes.find(what)

    assert caught.value.message.endswith(".")
    assert caught.value.hint


def test_a_meeting_in_another_zone_is_written_in_that_zone(clock: Clock) -> None:
    central = replace(AGENDAS["review"], recurrence=replace(AGENDAS["review"].recurrence, zone="America/Chicago"))
    at = Desk(desk(clock).read, clock, "sue", Settings(), lambda: {"review": central})
    meeting = _held(at, clock, "review")

    assert "America/Chicago, UTC-06:00" in FORMATS["txt"].render(at.minutes.of(meeting.id).minutes)


def test_a_meeting_that_was_brought_forward_stands_where_it_was_held(clock: Clock) -> None:
    at = desk(clock)
    early = _held(at, clock, scheduled=START + timedelta(days=2))
    clock.forward(days=1)
    later = _held(at, clock, scheduled=START + timedelta(days=1))
    assert [record.meeting for record in at.minutes.all()] == [early.id, later.id]
    assert at.minutes.find("last").meeting == later.id
    page = " ".join(FORMATS["txt"].render(at.minutes.of(early.id).minutes).split())
    assert "held 2 days early" in page
