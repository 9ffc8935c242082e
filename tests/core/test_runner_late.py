"""Started late, close to a hard cap, out of the closing: what the runner lets happen."""

from __future__ import annotations

from msgspec.structs import replace

from opsdesk.core.agenda import AgendaSection
from opsdesk.core.attendance import chair_missing, missing_chair
from opsdesk.core.clocks import planned_end, projected_end, view
from opsdesk.core.events import (
    Back,
    Borrow,
    GoTo,
    HandOver,
    Keep,
    Leave,
    Next,
    OpenClosing,
    Overrun,
    ParkSection,
)
from opsdesk.core.meeting import Meeting
from opsdesk.core.moves import last_ahead
from opsdesk.core.opening import lateness
from opsdesk.core.runner import step
from tests.core.meeting_of import after, opened, refused

REVIEW = tuple(AgendaSection(title=title, minutes=4) for title in ("Escalations", "Chronic issues", "Decisions"))


def seconds(meeting: Meeting) -> list[int]:
    return [section.seconds for section in meeting.sections]


def review() -> Meeting:
    return opened(sections=REVIEW, hard_cap=True)


def test_in_the_last_five_minutes_next_goes_to_the_decisions() -> None:
    assert view(step(review(), Next(at=after(11), of=0)), after(11)).title == "Decisions"
    assert view(step(review(), GoTo(at=after(11), section=2)), after(11)).title == "Decisions"
    assert refused(review(), GoTo(at=after(11), section=1)) == "These are the last five minutes of a hard cap."
    assert view(step(review(), Next(at=after(2))), after(2)).title == "Chronic issues"


def test_a_board_of_decisions_is_one_too_and_a_parked_one_is_not() -> None:
    named = (*REVIEW[:2], AgendaSection(title="What we agree", minutes=4, board="decisions"))
    assert view(step(opened(sections=named, hard_cap=True), Next(at=after(11))), after(11)).title == "What we agree"
    parked = step(review(), ParkSection(at=after(1), section=2))
    assert refused(parked, Next(at=after(11))) == "These are the last five minutes of a hard cap."


def test_two_who_press_next_at_once_close_to_the_cap_are_told() -> None:
    walked = step(review(), Next(at=after(1)))
    assert "moved on to Chronic issues" in refused(walked, Next(at=after(11), of=0))


def test_past_the_cap_even_the_decisions_take_a_reason() -> None:
    assert refused(review(), Next(at=after(16))) == "The hard cap is past."


def test_out_of_the_closing_one_comes_at_any_time() -> None:
    for minute in (11, 16):
        closing = step(review(), OpenClosing(at=after(minute)))
        again = step(closing, Back(at=after(minute + 1)))
        assert (again.closing, view(again, after(minute + 1)).title) == (None, "Escalations")


def test_a_late_meeting_keeps_its_length_instead_and_its_end_again() -> None:
    late = opened(late=6)
    assert seconds(late) == [150, 120, 90]
    longer = step(late, Keep(at=after(1), what="length"))
    assert (seconds(longer), planned_end(longer)) == ([300, 240, 180], after(15))
    again = step(longer, Keep(at=after(2), what="end"))
    assert (seconds(again), planned_end(again)) == ([150, 120, 90], after(9))


def test_what_was_borrowed_stays_so_when_the_length_is_kept() -> None:
    lent = step(opened(late=6), Borrow(at=after(1), seconds=60))
    longer = step(lent, Keep(at=after(1), what="length"))
    assert seconds(longer) == [360, 240, 120]
    assert projected_end(longer, after(1)) == after(14)


def test_the_length_is_kept_only_where_that_makes_sense() -> None:
    assert refused(opened(), Keep(at=after(1), what="length")) == "The meeting started on time."
    assert refused(opened(late=6), Keep(at=after(1), what="end")) == "The end is kept already."
    assert refused(opened(late=20), Keep(at=after(1), what="end")) == "It started too late to keep the end."
    capped = opened(late=6, hard_cap=True)
    assert refused(capped, Keep(at=after(1), what="length")) == "The end is a hard cap."
    reasoned = step(capped, Overrun(at=after(1), why="the outage"))
    assert planned_end(step(reasoned, Keep(at=after(1), what="length"))) == after(15)


def test_lateness_begins_after_the_first_minute() -> None:
    assert not lateness(opened(late=1))
    assert lateness(opened(late=6)).total_seconds() == 360


def test_nothing_is_handed_to_somebody_who_has_left() -> None:
    gone = step(opened(), Leave(at=after(2), who="bob"))
    assert refused(gone, HandOver(at=after(3), role="chair", to="bob")) == "bob is not in the room."
    assert step(gone, HandOver(at=after(3), role="chair", to="max")).chair == "max"


def test_the_chair_is_missing_also_where_no_deputy_can_be_offered() -> None:
    gone = step(step(opened(), Leave(at=after(2), who="sue")), Leave(at=after(2), who="bob"))
    assert (chair_missing(gone), missing_chair(gone)) == (True, "")
    assert not chair_missing(opened())
    assert not chair_missing(replace(opened(), chair="somebody else"))


def test_the_last_section_ahead_is_neither_reached_nor_parked() -> None:
    meeting = opened()
    assert last_ahead(meeting) == 2
    assert last_ahead(step(meeting, ParkSection(at=after(1), section=2))) == 1
    assert last_ahead(step(meeting, GoTo(at=after(1), section=2))) == 1
    walked = step(step(meeting, Next(at=after(1))), Next(at=after(2)))
    assert last_ahead(walked) is None
