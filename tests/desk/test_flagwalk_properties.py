"""No order of steps on a walk gives negative time, loses what came of a flag, or leaves two turns open at once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from opsdesk.core.clocks import used_by_section
from opsdesk.core.errors import OpsDeskError
from opsdesk.core.flagreviews import FlagReview
from opsdesk.core.meeting import Meeting
from opsdesk.core.scores import Score
from opsdesk.desk import Desk
from tests.clock import Clock
from tests.desk.meeting_desk import furnished
from tests.desk.walk_desk import desk, flagged, started


def undo(ours: Desk, id: str) -> None:
    """Not back to before the meeting."""
    newest = ours.undo.peek()
    if newest and newest.meeting == id:
        ours.undo.last()


Step = Callable[[Desk, str], object]
STEPS: dict[str, Step] = {
    "begin": lambda ours, id: ours.walk.begin(id),
    "discussed": lambda ours, id: ours.walk.discussed(id),
    "resolved": lambda ours, id: ours.walk.resolved(id, "it runs"),
    "kept": lambda ours, id: ours.walk.kept(id, date(2027, 1, 1), "why"),
    "skip": lambda ours, id: ours.walk.skip(id, "why"),
    "together": lambda ours, id: ours.walk.keep_oranges(id),
    "back": lambda ours, id: ours.walk.back(id),
    "red": lambda ours, id: ours.scores.set("acme", "Support", "red", "worse", meeting=id),
    "green": lambda ours, id: ours.scores.set("globex", "Product", "green", meeting=id),
    "elsewhere": lambda ours, id: ours.meetings.back(id),
    "there": lambda ours, id: ours.meetings.next(id),
    "close": lambda ours, id: ours.meetings.close(id),
    "adjourn": lambda ours, id: ours.meetings.adjourn(id, "an outage"),
    "reopen": lambda ours, id: ours.meetings.reopen(id),
    "undo": lambda ours, id: undo(ours, id),
    "redo": lambda ours, id: ours.undo.redo(),
}
TAKES_BACK = ("undo", "redo")
SECONDS = st.integers(0, 100)


def came_of(ours: Desk) -> set[str]:
    """The reviews something has come of."""
    return {each.id for each in ours.read.all(FlagReview) if each.outcome}


def whole(ours: Desk, id: str, clock: Clock) -> None:
    """What is true at any moment."""
    walk, meeting = ours.walk.state(id), ours.read.get(Meeting, id)
    reviews = ours.read.all(FlagReview)
    assert sum(each.live for each in reviews) <= 1
    assert all(each.talk >= timedelta() for each in reviews)
    assert all(each.left is None or each.left >= each.entered for each in reviews)
    assert all(turn.used >= timedelta() and turn.allotted >= timedelta() for turn in walk.ahead)
    now = walk.current.used if walk.current else timedelta()
    spoken = sum((each.talk for each in reviews if each.left), now)
    assert spoken <= used_by_section(meeting, clock.now)[1] + timedelta(seconds=len(reviews))
    assert len({turn.cell for turn in walk.ahead}) == len(walk.ahead)
    flags = {(each.customer, each.measure) for each in ours.read.live(Score) if each.flag}
    assert flags <= {turn.cell for turn in walk.ahead} | {each.cell for each in walk.done}, "none is forgotten"


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(sorted(STEPS)), SECONDS), max_size=25))
def test_any_steps_in_any_order_keep_a_walk_whole(steps: list[tuple[str, int]]) -> None:
    clock, store = Clock(), furnished()
    ours = flagged(clock, store)
    id, refused = started(ours, clock), []
    for name, seconds in steps:
        clock.forward(seconds=seconds)
        before = came_of(ours)
        try:
            STEPS[name](ours, id)
        except OpsDeskError as error:
            refused.append(error)
        assert name in TAKES_BACK or before <= came_of(ours)
        whole(ours, id, clock)
        assert desk(clock, store).walk.state(id) == ours.walk.state(id), "a killed desk goes on to the second"
    assert all(error.message for error in refused)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(["discussed", "kept", "skip", "back"]), max_size=12), SECONDS)
def test_undoing_every_step_leads_back_to_the_first_flag(steps: list[str], seconds: int) -> None:
    clock = Clock()
    ours = flagged(clock)
    id, done = started(ours, clock), 0
    first = ours.walk.state(id)
    clock.forward(seconds=seconds)
    for name in steps:
        try:
            STEPS[name](ours, id)
            done += 1
        except OpsDeskError:
            continue
    for _ in range(done):
        ours.undo.last()
    again = ours.walk.state(id)
    assert again.done == ()
    assert [turn.cell for turn in again.ahead] == [turn.cell for turn in first.ahead]
    assert again.current is not None
    assert again.current.used == timedelta(seconds=seconds)
