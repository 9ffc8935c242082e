from __future__ import annotations

from datetime import date, timedelta

import pytest

from opsdesk.core.customers import Customer
from opsdesk.core.errors import Invalid
from opsdesk.core.flagreviews import FlagReview
from opsdesk.core.flagwalk import Walk
from opsdesk.core.scores import Score
from opsdesk.desk import Desk
from opsdesk.store.memory import MemoryStore
from tests.clock import Clock
from tests.desk.meeting_desk import furnished
from tests.desk.walk_desk import ACME_ORANGE, ACME_RED, GLOBEX_ORANGE, GLOBEX_RED, desk, flagged, started, told

FRIDAY = date(2026, 12, 4)


@pytest.fixture
def store() -> MemoryStore:
    return furnished()


@pytest.fixture
def ours(clock: Clock, store: MemoryStore) -> Desk:
    return flagged(clock, store)


@pytest.fixture
def id(ours: Desk, clock: Clock) -> str:
    return started(ours, clock)


def cell(ours: Desk, of: tuple[str, str]) -> Score:
    return next(each for each in ours.read.live(Score) if (each.customer, each.measure) == of)


def now(walk: Walk) -> tuple[str, str] | None:
    return walk.current.cell if walk.current else None


def test_reds_come_first_and_the_longest_of_them_first(ours: Desk, id: str) -> None:
    walk = ours.walk.state(id)
    assert [turn.cell for turn in walk.ahead] == [ACME_RED, GLOBEX_RED, ACME_ORANGE, GLOBEX_ORANGE]
    assert (walk.number, walk.total, walk.title, walk.on) == (1, 4, "Flags", True)


def test_each_takes_its_time_and_the_next_begins_at_once(ours: Desk, id: str, clock: Clock) -> None:
    clock.forward(seconds=100)
    assert now(ours.walk.discussed(id, of=ACME_RED)) == GLOBEX_RED
    clock.forward(seconds=50)
    walk = ours.walk.kept(id, FRIDAY, "they asked for a week", of=GLOBEX_RED)
    assert told(walk) == [("acme Delivery", "discussed", 100), ("globex Product", "kept", 50)]
    assert (cell(ours, GLOBEX_RED).plan, walk.done[1].plan, walk.done[1].why) == (
        FRIDAY,
        FRIDAY,
        "they asked for a week",
    )
    assert walk.current is not None
    assert walk.current.used == timedelta()


def test_one_that_is_resolved_is_green_in_the_same_step(ours: Desk, id: str, clock: Clock) -> None:
    clock.forward(seconds=40)
    ours.walk.resolved(id, "the export runs")
    green = cell(ours, ACME_RED)
    assert (green.level, green.comment, green.was, green.meeting, green.section) == (
        "green",
        "the export runs",
        "red",
        id,
        "Flags",
    )
    assert ours.undo.last().command == "Acme Delivery resolved"
    assert cell(ours, ACME_RED).level == "red"
    assert now(ours.walk.state(id)) == ACME_RED
    assert [each.outcome for each in ours.read.all(FlagReview)] == [""]


def test_one_that_turned_green_in_its_turn_is_resolved(ours: Desk, id: str) -> None:
    ours.scores.set("acme", "Delivery", "green", meeting=id)
    assert now(ours.walk.state(id)) == ACME_RED, "nobody takes it off the table"
    assert told(ours.walk.discussed(id)) == [("acme Delivery", "resolved", 0)]
    assert sum(each.level == "green" for each in ours.read.live(Score)) == 2


def test_one_that_turned_green_before_its_turn_is_walked_no_more(ours: Desk, id: str) -> None:
    ours.scores.set("globex", "Product", "green", meeting=id)
    assert now(ours.walk.discussed(id)) == ACME_ORANGE


def test_a_flag_is_skipped_for_a_reason_only(ours: Desk, id: str) -> None:
    with pytest.raises(Invalid, match="not skipped without a reason"):
        ours.walk.skip(id, " ")
    walk = ours.walk.skip(id, "Max is away")
    assert (walk.done[0].outcome, walk.done[0].why, walk.done[0].discussed) == ("skipped", "Max is away", False)


def test_oranges_are_kept_in_one_go_and_a_red_whose_turn_it_is_stays(ours: Desk, id: str, clock: Clock) -> None:
    clock.forward(seconds=30)
    walk = ours.walk.keep_oranges(id, FRIDAY, "looked at on Thursday")
    assert now(walk) == ACME_RED
    assert [turn.cell for turn in walk.left] == [GLOBEX_RED]
    assert [(each.cell, each.outcome, each.at_once, each.plan) for each in walk.done] == [
        (ACME_ORANGE, "kept", True, FRIDAY),
        (GLOBEX_ORANGE, "kept", True, FRIDAY),
    ]
    assert walk.current is not None
    assert walk.current.used == timedelta(seconds=30)
    with pytest.raises(Invalid, match="No orange flag is left"):
        ours.walk.keep_oranges(id)
    ours.undo.last()
    assert len(ours.walk.state(id).left) == 3


def test_an_orange_that_was_spoken_of_for_a_while_is_kept_with_the_others_and_was_spoken_of(
    ours: Desk, id: str, clock: Clock
) -> None:
    ours.walk.discussed(id)
    ours.walk.discussed(id)
    clock.forward(seconds=60)
    walk = ours.walk.keep_oranges(id)
    assert [(each.cell, each.at_once) for each in walk.done[2:]] == [(ACME_ORANGE, False), (GLOBEX_ORANGE, True)]
    assert now(walk) is None
    with pytest.raises(Invalid, match="Every flag has had its turn"):
        ours.walk.discussed(id)


def test_back_is_as_if_the_flag_had_never_been_left(ours: Desk, id: str, clock: Clock) -> None:
    clock.forward(seconds=40)
    ours.walk.discussed(id)
    clock.forward(seconds=20)
    walk = ours.walk.back(id)
    assert walk.current is not None
    assert (walk.current.cell, walk.current.used) == (ACME_RED, timedelta(seconds=60))
    assert told(ours.walk.discussed(id)) == [("acme Delivery", "discussed", 60)]
    with pytest.raises(Invalid, match="This is the first flag"):
        ours.walk.back(ours.walk.back(id) and id)


def test_going_back_twice_keeps_what_came_of_the_flag_between(ours: Desk, id: str, clock: Clock) -> None:
    clock.forward(seconds=40)
    ours.walk.discussed(id)
    clock.forward(seconds=20)
    ours.walk.kept(id, FRIDAY)
    ours.walk.back(id)
    clock.forward(seconds=5)
    walk = ours.walk.back(id)
    clock.forward(seconds=7)
    assert now(walk) == ACME_RED
    assert told(walk) == [("globex Product", "kept", 25)]
    assert told(ours.walk.discussed(id)) == [("acme Delivery", "discussed", 47), ("globex Product", "kept", 25)]


def test_a_flag_that_turns_red_in_the_meeting_joins_and_one_that_was_spoken_of_joins_again(
    ours: Desk, id: str, clock: Clock
) -> None:
    ours.walk.discussed(id)
    ours.walk.discussed(id)
    ours.walk.discussed(id)
    clock.forward(seconds=5)
    ours.scores.set("acme", "Product", "red", "it crashes", meeting=id)
    ours.scores.set("acme", "Support", "red", "their CIO wrote", meeting=id)
    assert [turn.cell for turn in ours.walk.state(id).ahead] == [GLOBEX_ORANGE, ("acme", "Product"), ACME_ORANGE]


def test_two_who_press_at_once_pass_over_no_flag(ours: Desk, id: str, clock: Clock, store: MemoryStore) -> None:
    theirs = desk(clock, store, "ann")
    ours.walk.discussed(id, of=ACME_RED)
    with pytest.raises(Invalid, match="The walk has moved on to Globex Product already"):
        theirs.walk.discussed(id, of=ACME_RED)
    assert len(theirs.walk.state(id).done) == 1


def test_the_clock_stands_while_the_meeting_is_elsewhere(ours: Desk, id: str, clock: Clock) -> None:
    clock.forward(seconds=30)
    ours.meetings.back(id)
    clock.forward(minutes=3)
    assert not ours.walk.state(id).on
    with pytest.raises(Invalid, match="The meeting is not at its flags"):
        ours.walk.discussed(id)
    ours.meetings.next(id)
    clock.forward(seconds=12)
    assert told(ours.walk.discussed(id)) == [("acme Delivery", "discussed", 42)]


def test_a_desk_that_was_killed_goes_on_to_the_second(ours: Desk, id: str, clock: Clock, store: MemoryStore) -> None:
    clock.forward(seconds=33)
    again = desk(clock, store)
    assert again.walk.state(id) == ours.walk.state(id)
    assert again.walk.begin(id) == ours.walk.state(id)
    clock.forward(seconds=9)
    assert told(again.walk.discussed(id)) == [("acme Delivery", "discussed", 42)]


@pytest.mark.parametrize(("seconds", "outcomes"), [(15, []), (16, ["discussed"])])
def test_a_turn_that_the_end_of_the_meeting_breaks_off_was_one_if_it_was_long_enough(
    ours: Desk, id: str, clock: Clock, seconds: int, outcomes: list[str]
) -> None:
    clock.forward(seconds=seconds)
    ours.meetings.next(id)
    clock.forward(minutes=5)
    ours.meetings.close(id)
    assert [(each.outcome, each.talk) for each in ours.read.all(FlagReview)] == [
        (each, timedelta(seconds=seconds)) for each in outcomes
    ]
    ours.undo.last()
    assert [each.live for each in ours.read.all(FlagReview)] == [True]


def test_an_adjourned_meeting_ends_its_walk_and_a_reopened_one_goes_on(ours: Desk, id: str, clock: Clock) -> None:
    clock.forward(seconds=60)
    ours.meetings.adjourn(id, "an outage")
    clock.forward(hours=1)
    ours.meetings.reopen(id)
    clock.forward(seconds=10)
    walk = ours.walk.state(id)
    assert told(walk) == [("acme Delivery", "discussed", 60)]
    assert walk.current is not None
    assert (walk.current.cell, walk.current.used) == (GLOBEX_RED, timedelta(seconds=10))


def test_what_is_asked_of_a_walk_that_is_not_possible_says_so(ours: Desk, id: str, clock: Clock) -> None:
    with pytest.raises(Invalid, match="2026-11-22 is past"):
        ours.walk.kept(id, date(2026, 11, 22))
    ours.scores.set("acme", "Delivery", "green", meeting=id)
    with pytest.raises(Invalid, match="Acme Delivery is green now"):
        ours.walk.kept(id, FRIDAY)
    ours.meetings.close(id)
    with pytest.raises(Invalid, match="its minutes are a draft"):
        ours.walk.discussed(id)


def test_flags_of_customers_that_are_gone_are_not_walked(ours: Desk, clock: Clock) -> None:
    ours.people.retire(next(each for each in ours.read.live(Customer) if each.handle == "acme"))
    assert [turn.cell[0] for turn in ours.walk.state(started(ours, clock)).ahead] == ["globex", "globex"]


def test_the_gate_asks_no_outcome_of_a_section_whose_flags_were_walked(ours: Desk, id: str, clock: Clock) -> None:
    assert "section:1" in [each.key for each in ours.meetings.gate(id)]
    clock.forward(seconds=16)
    assert "section:1" not in [each.key for each in ours.meetings.gate(id)]


def test_a_meeting_in_which_flags_are_walked_has_not_gone_quiet(ours: Desk, id: str, clock: Clock) -> None:
    clock.forward(minutes=40)
    ours.walk.discussed(id)
    assert ours.meetings.idle(id) is None
    clock.forward(minutes=31)
    assert ours.meetings.idle(id) == clock.now - timedelta(minutes=31)
