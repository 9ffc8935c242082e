from __future__ import annotations

from datetime import timedelta

import pytest

from opsdesk.core.attendance import in_room
from opsdesk.core.errors import Invalid, NotFound
from opsdesk.core.meeting import Meeting
from opsdesk.core.minutes import MinutesRecord
from opsdesk.desk import Desk
from tests.clock import START, Clock
from tests.desk.meeting_desk import desk, everything


def test_starting_takes_roles_and_expected_people_from_the_agenda(ours: Desk) -> None:
    meeting = ours.meetings.start("daily")
    assert (meeting.chair, meeting.deputy, meeting.minute_taker) == ("sue", "ann", "ann")
    assert in_room(meeting) == ("sue", "bob", "ann")
    assert (meeting.number, meeting.scheduled, meeting.started) == (1, START, START)
    assert ours.meetings.running() == (meeting,)


def test_everybody_means_everybody_and_the_keyboard_is_always_in_the_room(clock: Clock) -> None:
    theirs = desk(clock, by="max")
    assert len(in_room(theirs.meetings.start("review"))) == 4
    daily = theirs.meetings.start("daily")
    assert in_room(daily) == ("sue", "bob", "ann", "max")
    assert daily.chair == "sue"


def test_whoever_is_at_the_keyboard_takes_the_minutes_where_nobody_is_named(ours: Desk) -> None:
    review = ours.meetings.start("review")
    assert (review.chair, review.deputy, review.minute_taker) == ("sue", "", "sue")


def test_a_status_call_is_chaired_by_the_customers_owner(ours: Desk) -> None:
    call = ours.meetings.start("call", customer="acme")
    assert (call.customer, call.chair, in_room(call)) == ("acme", "max", ("sue", "max"))


@pytest.mark.parametrize(
    ("slug", "customer", "message"),
    [
        ("nothing", "", 'There is no agenda "nothing".'),
        ("call", "", "Call is held for one customer."),
        ("daily", "acme", "Daily is not held for a customer."),
        ("call", "initech", "There is no customer #initech."),
    ],
)
def test_what_cannot_be_started_says_why(ours: Desk, slug: str, customer: str, message: str) -> None:
    with pytest.raises((Invalid, NotFound)) as caught:
        ours.meetings.start(slug, customer=customer)
    assert caught.value.message == message


def test_a_series_runs_once_at_a_time_and_counts_itself(ours: Desk) -> None:
    first = ours.meetings.start("daily")
    with pytest.raises(Invalid, match="Daily #1 is running already"):
        ours.meetings.start("daily")
    ours.meetings.close(first.id)
    assert ours.meetings.start("daily").number == 2
    assert ours.meetings.start("call", customer="acme").number == 1


def test_the_nearest_planned_start_is_found(ours: Desk, clock: Clock) -> None:
    ours.cadence.switch("daily", True)
    clock.forward(minutes=6)
    meeting = ours.meetings.start("daily")
    assert meeting.scheduled == START
    assert [section.seconds for section in meeting.sections] == [150, 120, 90]


def test_a_start_that_was_skipped_or_lies_far_away_is_not_the_planned_one(ours: Desk, clock: Clock) -> None:
    ours.cadence.switch("daily", True)
    clock.forward(minutes=6)
    ours.cadence.skip(ours.cadence.upcoming(1, since=START)[0], "A holiday.")
    assert ours.meetings.start("daily").scheduled == clock.now
    ours.meetings.close("M-1")
    clock.forward(hours=20)
    assert ours.meetings.start("daily").scheduled == clock.now


def test_one_can_say_what_was_planned_and_what_a_late_start_keeps(ours: Desk) -> None:
    meeting = ours.meetings.start("daily", scheduled=START - timedelta(minutes=6), late="length")
    assert meeting.sections[0].seconds == 300
    assert ours.meetings.view(meeting.id).planned_end == START + timedelta(minutes=15)


def test_two_desks_pressing_next_at_once_move_one_section(ours: Desk) -> None:
    id = ours.meetings.start("daily").id
    ours.meetings.next(id, of=0)
    with pytest.raises(Invalid, match="moved on to Outages"):
        ours.meetings.next(id, of=0)
    assert ours.meetings.view(id).section == 1


def test_clock_verbs_reach_the_meeting(ours: Desk, clock: Clock) -> None:
    meetings = ours.meetings
    id = meetings.start("daily").id
    assert meetings.more(id).sections[0].seconds == 420
    assert meetings.extend(id, 1).sections[0].seconds == 480
    assert meetings.borrow(id, 1).sections[2].seconds == 0
    clock.forward(minutes=1)
    meetings.go_to(id, 2)
    meetings.back(id, of=2)
    assert meetings.view(id).title == "Outages"
    assert meetings.outcome(id).sections[1].outcome == "nothing to report"
    assert meetings.park_section(id, 2).sections[2].parked
    meetings.attend(id, "max", "present")
    assert meetings.leave(id, "max").attendance[-1].left == clock.now
    assert meetings.hand_over(id, "chair", "ann").chair == "ann"
    assert meetings.open_closing(id).closing == clock.now
    assert meetings.rate(id, "sue", 9).ratings[0].score == 9


def test_more_extends_once_nothing_is_left_to_borrow(ours: Desk) -> None:
    id = ours.meetings.start("daily").id
    ours.meetings.more(id, 7)
    assert [section.seconds for section in ours.meetings.more(id).sections] == [840, 0, 0]


def test_clock_events_are_undone(ours: Desk, clock: Clock) -> None:
    id = ours.meetings.start("daily").id
    clock.forward(minutes=2)
    before = everything(ours)
    ours.meetings.next(id)
    clock.forward(minutes=1)
    assert ours.undo.last().command == "next section"
    assert everything(ours) == before
    assert ours.meetings.view(id).used == timedelta(minutes=3)


def test_a_skipped_meeting_is_recorded_with_its_minutes_and_rolls_items_on(ours: Desk) -> None:
    item = ours.items.add("Switch provider", agenda="daily", section="Outages")
    skipped = ours.meetings.skip("daily", START, "A holiday.")
    assert (skipped.state, skipped.started, skipped.why, skipped.number) == ("skipped", None, "A holiday.", 1)
    assert ours.read.get(type(item), item.id).relisted == (skipped.id,)
    assert ours.minutes.of(skipped.id).minutes.state == "skipped"
    assert ours.meetings.start("daily").number == 2
    with pytest.raises(Invalid, match="has its record"):
        ours.meetings.skip("daily", START, "Again.")


def test_skipping_takes_a_reason(ours: Desk) -> None:
    with pytest.raises(Invalid, match="not skipped without a reason"):
        ours.meetings.skip("daily", START, " ")
    assert ours.read.all(Meeting) == ()
    assert ours.read.all(MinutesRecord) == ()


def test_a_forgotten_meeting_offers_closing_at_its_last_event_or_entry(ours: Desk, clock: Clock) -> None:
    id = ours.meetings.start("daily").id
    clock.forward(minutes=10)
    ours.meetings.note(id, "the last word")
    said = clock.now
    clock.forward(minutes=34)
    assert ours.meetings.idle(id) is None
    clock.forward(minutes=1)
    assert ours.meetings.idle(id) == said
    assert ours.meetings.close(id, at=said).ended == said
    assert ours.meetings.idle(id) is None


def test_the_past_suggests_the_next_timebox(ours: Desk, clock: Clock) -> None:
    for minutes in (2, 6, 7):
        id = ours.meetings.start("daily").id
        clock.forward(minutes=minutes)
        ours.meetings.close(id)
        clock.forward(hours=3)
    assert ours.meetings.suggest("daily") == {"Burning": 6}
    assert next(each.actual for each in ours.meetings.timings("daily")) == (2, 6, 7)
