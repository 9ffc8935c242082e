"""No order of events, at any times, breaks a meeting."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from opsdesk.core.clocks import elapsed, used_by_section, view
from opsdesk.core.errors import OpsDeskError
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
    Keep,
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
from opsdesk.core.record import checked
from opsdesk.core.runner import step
from tests.core.meeting_of import after, opened

TIMES = st.integers(-120, 1200).map(lambda seconds: after(seconds=seconds * 5))
WHO = st.sampled_from(["sue", "bob", "max", ""])
TEXT = st.sampled_from(["", "because", "[EMEA] Ünïcode 日本 [/x] \u202e"])
SECTION = st.none() | st.integers(-1, 4)
SECONDS = st.sampled_from([-1, 60, 120, 600, 10**20])

EVENTS: st.SearchStrategy[Event] = st.one_of(
    st.builds(Next, at=TIMES, of=SECTION),
    st.builds(Back, at=TIMES, of=SECTION),
    st.builds(GoTo, at=TIMES, section=st.integers(-1, 4)),
    st.builds(Extend, at=TIMES, seconds=SECONDS),
    st.builds(Borrow, at=TIMES, seconds=SECONDS),
    st.builds(ParkSection, at=TIMES, section=SECTION),
    st.builds(Outcome, at=TIMES, section=SECTION, text=TEXT),
    st.builds(Attend, at=TIMES, who=WHO, presence=st.sampled_from(["present", "apologies", "absent"])),
    st.builds(Leave, at=TIMES, who=WHO),
    st.builds(HandOver, at=TIMES, role=st.sampled_from(["chair", "minute_taker"]), to=WHO),
    st.builds(Keep, at=TIMES, what=st.sampled_from(["end", "length"])),
    st.builds(OpenClosing, at=TIMES),
    st.builds(Rate, at=TIMES, who=WHO, score=st.integers(-1, 12)),
    st.builds(Waive, at=TIMES, owed=TEXT, why=TEXT, by=WHO),
    st.builds(Overrun, at=TIMES, why=TEXT),
    st.builds(Close, at=TIMES, draft=st.booleans()),
    st.builds(Settle, at=TIMES),
    st.builds(Adjourn, at=TIMES, why=TEXT),
    st.builds(Reopen, at=TIMES),
)


def run(meeting: Meeting, events: list[Event]) -> tuple[Meeting, bool]:
    """After every event that is possible; whether it was ever reopened."""
    reopened, refused = False, []
    for event in events:
        try:
            meeting = step(meeting, event)
            reopened = reopened or isinstance(event, Reopen)
        except OpsDeskError as error:
            refused.append(error)
    assert all(error.message and error.hint for error in refused)
    return meeting, reopened


@settings(max_examples=200, deadline=None)
@given(st.lists(EVENTS, max_size=30), st.booleans(), st.integers(-5, 20), TIMES)
def test_any_events_in_any_order_keep_time_whole(events: list[Event], cap: bool, late: int, now: object) -> None:
    meeting, reopened = run(opened(late=late, hard_cap=cap), events)
    seen = view(meeting, now)
    assert all(used >= timedelta() for used in seen.sections)
    assert min(section.seconds for section in meeting.sections) >= 0
    assert seen.used >= timedelta()
    assert seen.projected_end >= meeting.last or not seen.running
    end = meeting.ended or max(now, meeting.last)
    if not reopened:
        assert elapsed(meeting, now) == end - meeting.started
    assert elapsed(meeting, now) <= end - meeting.started
    assert checked(meeting) == checked(checked(meeting))


@settings(max_examples=100, deadline=None)
@given(st.lists(EVENTS, max_size=30))
def test_stays_follow_each_other_without_a_gap(events: list[Event]) -> None:
    meeting, reopened = run(opened(), events)
    for stay, following in zip(meeting.spans, meeting.spans[1:], strict=False):
        assert stay.left is not None
        assert stay.entered <= stay.left <= following.entered
        assert stay.left == following.entered or reopened
    assert (meeting.spans[-1].left is None) == (meeting.state == "running" and meeting.closing is None)


@settings(max_examples=100, deadline=None)
@given(st.lists(EVENTS, max_size=20))
def test_a_step_leaves_the_meeting_before_it_as_it_was(events: list[Event]) -> None:
    before = opened()
    same = opened()
    run(before, events)
    assert before == same
    assert used_by_section(before, after(1))[0] == timedelta(minutes=1)
