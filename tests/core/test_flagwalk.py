"""How the time of the section is shared among its flags, and whose minutes nobody takes."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from opsdesk.core.agenda import AgendaSection
from opsdesk.core.events import Borrow, Extend, GoTo, Keep
from opsdesk.core.flagreviews import FlagReview
from opsdesk.core.flagwalk import Walk, section_of, walk
from opsdesk.core.meeting import Meeting
from opsdesk.core.moves import can_lend
from opsdesk.core.runner import step
from opsdesk.core.scores import Score
from tests.core.meeting_of import after, opened, refused

SECTIONS = (
    AgendaSection(title="Sheet", minutes=6, board="scores"),
    AgendaSection(title="Updates", minutes=4),
    AgendaSection(title="Flags", minutes=7, board="flags"),
)


def held(**agenda: Any) -> Meeting:
    return opened(**{"sections": SECTIONS, "timebox": 20, **agenda})


def at_flags(minute: float = 10) -> Meeting:
    return step(held(), GoTo(at=after(minute), section=2))


def flag(customer: str, level: str, since: float = -999) -> Score:
    return Score(id="S-1", customer=customer, measure="Support", level=level, at=after(), since=after(since))


FLAGS = [flag("acme", "red"), flag("globex", "red", -99), flag("initech", "orange"), flag("hooli", "orange", -9)]


def shares(found: Walk) -> list[int]:
    return [int(turn.allotted.total_seconds()) for turn in found.ahead]


def seconds(meeting: Meeting) -> list[int]:
    return [section.seconds for section in meeting.sections]


def test_a_red_has_twice_the_time_of_an_orange() -> None:
    assert shares(walk(at_flags(), FLAGS, [], after(10))) == [140, 140, 70, 70]
    assert shares(walk(at_flags(), FLAGS[2:], [], after(10))) == [210, 210]


def test_one_that_takes_more_takes_it_from_those_that_are_left() -> None:
    assert shares(walk(at_flags(), FLAGS, [], after(12))) == [140, 140, 70, 70], "within its time"
    late = walk(at_flags(), FLAGS, [], after(15))
    assert shares(late) == [140, 60, 30, 30]
    assert late.current is not None
    assert (late.current.left, late.current.tone) == (timedelta(seconds=-160), "red")
    assert shares(walk(at_flags(), FLAGS, [], after(30))) == [140, 0, 0, 0]


@pytest.mark.parametrize(("used", "tone"), [(97, "green"), (98, "orange"), (139, "orange"), (140, "red"), (900, "red")])
def test_the_clock_of_a_flag_turns_orange_at_70_per_cent_and_red_at_its_end(used: int, tone: str) -> None:
    now = walk(at_flags(), FLAGS, [], after(10, used)).current
    assert now is not None
    assert (now.tone, now.used) == (tone, timedelta(seconds=used))


def test_more_time_for_the_section_is_more_for_each() -> None:
    longer = step(at_flags(), Extend(at=after(10), seconds=180))
    assert shares(walk(longer, FLAGS, [], after(10))) == [200, 200, 100, 100]


def test_of_a_series_for_one_customer_only_its_flags_are_walked() -> None:
    call = step(held(), GoTo(at=after(), section=2))
    assert [turn.cell[0] for turn in walk(replace(call, customer="hooli"), FLAGS, [], after()).ahead] == ["hooli"]


def test_a_meeting_without_such_a_section_walks_nothing() -> None:
    assert section_of(opened()) == -1
    assert walk(opened(), FLAGS, [], after()) == Walk()
    assert not walk(held(), FLAGS, [], after()).on


def test_the_turns_of_another_flag_are_not_its_own() -> None:
    review = FlagReview(
        id="FR-1",
        customer="acme",
        measure="Support",
        score="S-1",
        level="red",
        meeting="M-1",
        section="Flags",
        entered=after(10),
        left=after(14),
        away=30,
        outcome="discussed",
    )
    assert review.talk == timedelta(minutes=3.5)
    found = walk(at_flags(), FLAGS, [review], after(15))
    assert found.done == (review,)
    assert found.current is not None
    assert (found.current.cell[0], found.current.used) == ("globex", timedelta(minutes=1))
    assert shares(found) == [90, 45, 45]


def test_nothing_is_borrowed_from_the_walk() -> None:
    lent = step(held(), Borrow(at=after(1), seconds=600))
    assert seconds(lent) == [600, 0, 420]
    assert not can_lend(lent)
    assert refused(lent, Borrow(at=after(1))) == "No later section has time to lend."


def test_a_late_start_shortens_the_walk_last() -> None:
    assert seconds(held(late=5)) == [180, 120, 420]
    assert seconds(held(late=8)) == [60, 60, 420]
    assert sum(seconds(held(late=9))) == 8 * 60
    assert seconds(held(late=9))[2] < 420
    only = held(late=5, sections=SECTIONS[2:], timebox=10)
    assert seconds(only) == [120]


def test_what_a_late_start_keeps_can_be_changed_to_and_fro() -> None:
    late = held(late=5)
    whole = step(late, Keep(at=after(1), what="length"))
    assert seconds(whole) == [360, 240, 420]
    assert seconds(step(whole, Keep(at=after(2), what="end"))) == seconds(late)
