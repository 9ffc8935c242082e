from __future__ import annotations

import pytest

from opsdesk.core.attendance import in_room, is_late, missing_chair, quorum_met
from opsdesk.core.clocks import view
from opsdesk.core.events import (
    Adjourn,
    Attend,
    Back,
    Borrow,
    Close,
    Event,
    Extend,
    GoTo,
    HandOver,
    Leave,
    Next,
    OpenClosing,
    Outcome,
    Overrun,
    ParkSection,
    Rate,
    Reopen,
    Settle,
    Waive,
)
from opsdesk.core.meeting import Meeting
from opsdesk.core.opening import skipped_meeting
from opsdesk.core.runner import step
from tests.core.meeting_of import AGENDA, after, opened, refused


def run(meeting: Meeting, *events: Event) -> Meeting:
    for event in events:
        meeting = step(meeting, event)
    return meeting


def test_next_walks_the_agenda_and_ends_in_the_closing() -> None:
    meeting = run(opened(), Next(at=after(1)), Next(at=after(2)))
    assert view(meeting, after(2)).section == 2
    meeting = step(meeting, Next(at=after(3)))
    assert meeting.closing == after(3)
    assert refused(meeting, Next(at=after(4))) == "The sections are done: this is the closing."


def test_two_pressing_next_at_once_do_not_skip_a_section() -> None:
    meeting = step(opened(), Next(at=after(1), of=0))
    assert refused(meeting, Next(at=after(1), of=0)) == "The meeting has moved on to Outages already."
    assert refused(meeting, Back(at=after(1), of=0)) == "The meeting has moved on to Outages already."


def test_there_is_nothing_before_the_first_section_and_no_section_nine() -> None:
    assert refused(opened(), Back(at=after(1))) == "This is the first section."
    assert refused(opened(), GoTo(at=after(1), section=8)) == "There is no section 9."
    assert refused(opened(), GoTo(at=after(1), section=-1)) == "There is no section 0."
    assert refused(opened(), GoTo(at=after(1), section=0)) == "The meeting is in Burning already."


def test_a_section_is_parked_once() -> None:
    meeting = step(opened(), ParkSection(at=after(1)))
    assert meeting.sections[0].parked
    assert refused(meeting, ParkSection(at=after(1))) == "Burning is parked already."


@pytest.mark.parametrize("seconds", [0, -60, 10**18])
def test_more_time_is_a_sensible_number(seconds: int) -> None:
    assert "from 1 to 480" in refused(opened(), Extend(at=after(1), seconds=seconds))
    assert "from 1 to 480" in refused(opened(), Borrow(at=after(1), seconds=seconds))


def test_nothing_is_borrowed_where_nothing_is_left() -> None:
    meeting = step(opened(), GoTo(at=after(1), section=2))
    meeting = run(meeting, GoTo(at=after(2), section=1), GoTo(at=after(3), section=0))
    assert refused(meeting, Borrow(at=after(4))) == "No later section has time to lend."


def test_the_closing_takes_no_more_time() -> None:
    meeting = step(opened(), OpenClosing(at=after(1)))
    assert "this is the closing" in refused(meeting, Extend(at=after(2)))
    assert "this is the closing" in refused(meeting, Borrow(at=after(2)))


def capped() -> Meeting:
    return opened(hard_cap=True)


def test_extending_never_pushes_the_end_past_a_hard_cap() -> None:
    assert step(capped(), Extend(at=after(1), seconds=60)).sections[0].seconds == 360
    assert refused(capped(), Extend(at=after(1))) == "That would push the end past the hard cap."
    early = run(capped(), Next(at=after(1)), Next(at=after(2)))
    assert step(early, Extend(at=after(2))).sections[2].seconds == 300


@pytest.mark.parametrize(
    "event",
    [
        Next(at=after(10)),
        Back(at=after(10)),
        GoTo(at=after(10), section=2),
        Extend(at=after(10)),
        Borrow(at=after(10)),
        ParkSection(at=after(10), section=2),
    ],
)
def test_in_the_last_five_minutes_of_a_cap_nothing_moves(event: Event) -> None:
    meeting = step(capped(), Next(at=after(9)))
    assert view(meeting, after(10)).last_five
    assert not view(meeting, after(9)).last_five
    assert refused(meeting, event) == "These are the last five minutes of a hard cap."


@pytest.mark.parametrize(
    "event",
    [
        OpenClosing(at=after(11)),
        Close(at=after(11)),
        Waive(at=after(11), owed="section:0", why="no time"),
        Rate(at=after(11), who="sue", score=8),
        Attend(at=after(11), who="max", presence="present"),
        Outcome(at=after(11)),
        Overrun(at=after(11), why="the outage is still on"),
    ],
)
def test_in_the_last_five_minutes_one_can_still_close(event: Event) -> None:
    assert step(capped(), event).last == after(11)


def test_from_the_last_section_next_opens_the_closing_even_then() -> None:
    meeting = run(capped(), Next(at=after(1)), Next(at=after(2)), Next(at=after(20)))
    assert meeting.closing == after(20)


def test_past_the_cap_takes_a_reason() -> None:
    assert refused(capped(), Next(at=after(16))) == "The hard cap is past."
    assert view(capped(), after(16)).past_cap
    assert refused(capped(), Overrun(at=after(16), why="  ")) == "Going past the cap takes a reason."
    reasoned = step(capped(), Overrun(at=after(16), why="the outage is still on"))
    assert view(step(reasoned, Next(at=after(17))), after(17)).section == 1
    assert step(reasoned, Extend(at=after(17))).sections[0].seconds == 420
    assert refused(opened(), Overrun(at=after(16), why="because")) == "This meeting has no hard cap."


def test_those_expected_are_present_and_one_event_corrects_it() -> None:
    meeting = step(opened(), Attend(at=after(1), who="bob", presence="apologies"))
    assert in_room(meeting) == ("sue", "ann")
    bob = next(each for each in meeting.attendance if each.who == "bob")
    assert (bob.presence, bob.came) == ("apologies", None)


def test_arriving_after_the_opening_minute_is_late_and_within_it_is_not() -> None:
    meeting = step(opened(), Attend(at=after(0.2), who="bob", presence="absent"))
    on_time = step(meeting, Attend(at=after(1), who="bob", presence="present"))
    late = step(meeting, Attend(at=after(4), who="bob", presence="present"))
    assert not is_late(on_time, on_time.attendance[1])
    assert is_late(late, late.attendance[1])
    assert late.attendance[1].came == after(4)
    guest = step(opened(), Attend(at=after(7), who="max", presence="present"))
    assert guest.attendance[-1].came == after(7)


def test_who_leaves_is_gone_until_they_come_back() -> None:
    meeting = step(opened(), Leave(at=after(4), who="bob"))
    assert meeting.attendance[1].left == after(4)
    assert refused(meeting, Leave(at=after(5), who="bob")) == "bob is not in the room."
    assert refused(meeting, Leave(at=after(5), who="max")) == "max is not in the room."
    back = step(meeting, Attend(at=after(6), who="bob", presence="present"))
    assert (back.attendance[1].left, back.attendance[1].came) == (None, after())


def test_quorum_counts_who_is_in_the_room() -> None:
    meeting = opened(quorum=3)
    assert quorum_met(meeting)
    assert not quorum_met(step(meeting, Leave(at=after(4), who="bob")))


def test_the_deputy_is_offered_when_the_chair_is_missing() -> None:
    gone = step(opened(), Attend(at=after(), who="sue", presence="absent"))
    assert missing_chair(opened()) == ""
    assert missing_chair(gone) == "bob"
    assert missing_chair(step(gone, HandOver(at=after(1), role="chair", to="bob"))) == ""
    assert missing_chair(step(gone, Leave(at=after(1), who="bob"))) == ""


def test_handing_over_is_kept_with_its_time() -> None:
    meeting = step(opened(), HandOver(at=after(3), role="minute_taker", to="bob"))
    handed = meeting.handovers[0]
    assert (meeting.minute_taker, handed.before, handed.after, handed.at) == ("bob", "ann", "bob", after(3))
    assert "nobody new" in refused(meeting, HandOver(at=after(4), role="minute_taker", to="bob"))
    assert "nobody new" in refused(meeting, HandOver(at=after(4), role="chair", to=""))


def test_a_second_rating_replaces_the_first() -> None:
    meeting = run(opened(), Rate(at=after(1), who="sue", score=3), Rate(at=after(2), who="sue", score=9))
    assert [(each.who, each.score) for each in meeting.ratings] == [("sue", 9)]
    for score in (0, 11):
        assert "from 1 to 10" in refused(meeting, Rate(at=after(3), who="sue", score=score))


def test_waiving_takes_a_reason_and_replaces() -> None:
    assert refused(opened(), Waive(at=after(1), owed="section:0", why=" ")) == "To let something go takes a reason."
    twice = [Waive(at=after(1), owed="section:0", why=why, by="sue") for why in ("first", "second")]
    assert [each.why for each in run(opened(), *twice).waivers] == ["second"]


def test_an_outcome_is_said_of_any_section() -> None:
    meeting = run(opened(), Outcome(at=after(1)), Outcome(at=after(2), section=2, text="all fine"))
    assert [section.outcome for section in meeting.sections] == ["nothing to report", "", "all fine"]


def test_a_draft_can_be_mended_and_settled_but_not_walked() -> None:
    draft = step(opened(), Close(at=after(5), draft=True))
    assert draft.state == "draft"
    assert refused(draft, Next(at=after(6))) == "The meeting has ended; its minutes are a draft."
    arrived = step(draft, Attend(at=after(9), who="max", presence="present"))
    assert arrived.attendance[-1].came == after(), "a correction afterwards makes nobody late"
    settled = run(draft, Outcome(at=after(6)), Settle(at=after(7)))
    assert (settled.state, settled.ended) == ("closed", after(5))


@pytest.mark.parametrize(
    ("meeting", "message"),
    [
        (step(opened(), Close(at=after(5))), "The meeting is closed."),
        (step(opened(), Adjourn(at=after(5), why="an outage")), "The meeting was adjourned."),
        (skipped_meeting(AGENDA, number=2, planned=after(), now=after(), why="a holiday"), "The meeting was skipped."),
    ],
)
def test_a_meeting_that_is_over_takes_no_events(meeting: Meeting, message: str) -> None:
    for event in (Next(at=after(6)), Outcome(at=after(6)), Close(at=after(6)), Settle(at=after(6))):
        assert refused(meeting, event) == message


def test_a_running_meeting_is_neither_settled_nor_reopened() -> None:
    assert refused(opened(), Settle(at=after(1))) == "The meeting is still running."
    assert refused(opened(), Reopen(at=after(1))) == "The meeting is still running."


def test_adjourning_takes_a_reason() -> None:
    assert refused(opened(), Adjourn(at=after(1), why="")) == "Adjourning takes a reason."


def test_reopened_from_the_closing_it_goes_on_in_its_section() -> None:
    meeting = run(opened(), Next(at=after(2)), OpenClosing(at=after(4)), Close(at=after(6)), Reopen(at=after(8)))
    seen = view(meeting, after(9))
    assert (seen.section, seen.closing) == (1, False)
    assert [used.total_seconds() for used in seen.sections] == [120, 300, 0]


def test_a_skipped_meeting_shows_no_clock() -> None:
    seen = view(skipped_meeting(AGENDA, number=2, planned=after(), now=after(), why="a holiday"), after(3))
    assert (seen.section, seen.elapsed.total_seconds(), seen.running, seen.will_not_fit) == (-1, 0, False, ())
    assert seen.planned_end == after(15)
