from __future__ import annotations

from datetime import timedelta

import pytest

from opsdesk.core.clocks import idle_since, view
from opsdesk.core.events import Adjourn, Back, Borrow, Close, Extend, GoTo, Next, OpenClosing, ParkSection, Reopen
from opsdesk.core.opening import shrunk
from opsdesk.core.runner import step
from tests.core.meeting_of import after, opened

MINUTE = timedelta(minutes=1)


def test_it_starts_in_its_first_section_with_its_planned_lengths() -> None:
    meeting = opened()
    seen = view(meeting, after())
    assert (seen.section, seen.title, seen.used, seen.allotted) == (0, "Burning", timedelta(), 5 * MINUTE)
    assert [section.seconds for section in meeting.sections] == [300, 240, 180]
    assert seen.planned_end == after(15)
    assert seen.projected_end == after(14), "the opening minute is slack"


@pytest.mark.parametrize(
    ("seconds", "tone", "left", "over"),
    [
        (209, "green", 91, False),
        (210, "orange", 90, False),
        (299, "orange", 1, False),
        (300, "red", 0, False),
        (380, "red", -80, True),
    ],
)
def test_the_section_clock_turns_orange_at_70_per_cent_and_red_at_100_and_counts_up(
    seconds: int, tone: str, left: int, over: bool
) -> None:
    seen = view(opened(), after(seconds=seconds))
    assert (seen.tone, seen.left, seen.over) == (tone, timedelta(seconds=left), over)
    assert seen.share == pytest.approx(seconds / 300)


def test_a_section_left_and_entered_again_adds_up() -> None:
    meeting = step(opened(), Next(at=after(2)))
    meeting = step(meeting, Back(at=after(3)))
    seen = view(meeting, after(4))
    assert seen.used == 3 * MINUTE
    assert seen.sections == (3 * MINUTE, MINUTE, timedelta())
    assert seen.elapsed == 4 * MINUTE


def test_the_projected_end_grows_with_an_overrun_and_names_what_will_not_fit() -> None:
    seen = view(opened(), after(5))
    assert (seen.projected_end, seen.will_not_fit) == (after(14), ())
    late = view(opened(), after(8))
    assert late.projected_end == after(17)
    assert late.overrun == 2 * MINUTE
    assert late.will_not_fit == (2,)
    assert view(opened(), after(10)).will_not_fit == (1, 2)


def test_what_was_used_of_a_later_section_is_not_planned_twice() -> None:
    meeting = step(opened(), GoTo(at=after(1), section=2))
    meeting = step(meeting, GoTo(at=after(2), section=0))
    assert view(meeting, after(2)).projected_end == after(2 + 4 + 4 + 2 + 2)


def test_a_parked_section_takes_no_time_and_is_passed_over() -> None:
    meeting = step(opened(), ParkSection(at=after(1), section=1))
    assert view(meeting, after(1)).projected_end == after(1 + 4 + 3 + 2)
    assert view(step(meeting, Next(at=after(2))), after(2)).section == 2
    taken_up = step(meeting, GoTo(at=after(2), section=1))
    assert not taken_up.sections[1].parked


def test_the_closing_has_a_clock_of_two_minutes() -> None:
    meeting = step(opened(), OpenClosing(at=after(3)))
    seen = view(meeting, after(4))
    assert (seen.title, seen.closing, seen.used, seen.allotted) == ("Closing", True, MINUTE, 2 * MINUTE)
    assert seen.projected_end == after(5)
    assert view(meeting, after(9)).projected_end == after(9)
    assert seen.elapsed == 4 * MINUTE


def test_out_of_the_closing_its_time_is_that_of_the_section_it_was_opened_from() -> None:
    meeting = step(step(opened(), OpenClosing(at=after(3))), Back(at=after(5)))
    seen = view(meeting, after(6))
    assert (seen.section, seen.used, seen.closing) == (0, 6 * MINUTE, False)


def test_clocks_stand_still_at_the_end() -> None:
    meeting = step(opened(), Close(at=after(3)))
    assert view(meeting, after(60)) == view(meeting, after(3))
    assert view(meeting, after(60)).projected_end == after(3)
    assert not view(meeting, after(60)).running


def test_a_break_before_reopening_counts_nowhere() -> None:
    meeting = step(step(opened(), Adjourn(at=after(3), why="an outage")), Reopen(at=after(60)))
    seen = view(meeting, after(61))
    assert (seen.used, seen.elapsed) == (4 * MINUTE, 4 * MINUTE)
    assert (meeting.state, meeting.why, meeting.ended) == ("running", "", None)


def test_a_clock_set_back_gives_no_negative_time() -> None:
    meeting = step(step(opened(), Next(at=after(5))), Next(at=after(-30)))
    assert view(meeting, after(-60)).sections == (5 * MINUTE, timedelta(), timedelta())
    assert meeting.last == after(5)


def test_more_time_moves_the_end_or_is_borrowed_from_the_last_section() -> None:
    longer = step(opened(), Extend(at=after(1), seconds=120))
    assert view(longer, after(1)).projected_end == after(16)
    lent = step(opened(), Borrow(at=after(1), seconds=120))
    assert [section.seconds for section in lent.sections] == [420, 240, 60]
    assert view(lent, after(1)).projected_end == after(14)


def test_borrowing_takes_what_there_is_from_section_after_section() -> None:
    meeting = step(opened(), Borrow(at=after(1), seconds=240))
    assert [section.seconds for section in meeting.sections] == [540, 180, 0]
    meeting = step(meeting, Borrow(at=after(1), seconds=600))
    assert [section.seconds for section in meeting.sections] == [720, 0, 0]


def test_a_section_without_any_time_left_is_red_as_soon_as_it_is_used() -> None:
    meeting = step(step(opened(), Borrow(at=after(1), seconds=600)), Next(at=after(2)))
    assert view(meeting, after(2)).tone == "green"
    assert view(meeting, after(3)).tone == "red"


def test_started_late_the_end_is_kept_and_sections_shrink_in_proportion() -> None:
    meeting = opened(late=6)
    assert [section.seconds for section in meeting.sections] == [150, 120, 90]
    assert [section.minutes for section in meeting.sections] == [5, 4, 3]
    assert view(meeting, after()).planned_end == after(9)
    assert view(meeting, after()).projected_end == after(8)


def test_started_late_the_length_can_be_kept_instead() -> None:
    meeting = opened(late=6, keep="length")
    assert [section.seconds for section in meeting.sections] == [300, 240, 180]
    assert view(meeting, after()).planned_end == after(15)


@pytest.mark.parametrize(("late", "lengths"), [(1, [300, 240, 180]), (2, [250, 200, 150]), (12, [300, 240, 180])])
def test_a_minute_late_changes_nothing_and_later_than_its_sections_keeps_the_length(
    late: int, lengths: list[int]
) -> None:
    assert [section.seconds for section in opened(late=late).sections] == lengths


def test_started_early_it_ends_early() -> None:
    assert view(opened(late=-30), after()).planned_end == after(15)


@pytest.mark.parametrize(
    ("lengths", "total", "short"),
    [
        ([300, 240, 180], 360, [150, 120, 90]),
        ([600, 60, 60], 420, [300, 60, 60]),
        ([600, 120, 60], 240, [120, 60, 60]),
        ([300, 240, 180], 90, [30, 30, 30]),
        ([60, 60], 500, [60, 60]),
        ([200, 200, 200], 500, [166, 167, 167]),
    ],
)
def test_shrinking_keeps_a_minute_each_where_possible(lengths: list[int], total: int, short: list[int]) -> None:
    assert list(shrunk(lengths, total)) == short


def test_thirty_silent_minutes_past_the_end_are_idle() -> None:
    meeting = opened()
    assert idle_since(meeting, after(20), after(44)) is None
    assert idle_since(meeting, after(20), after(50)) == after(20)
    assert idle_since(meeting, after(1), after(44)) is None, "not before 30 minutes past the planned end"
    assert idle_since(meeting, after(1), after(45)) == after(1)
    assert idle_since(step(meeting, Close(at=after(2))), after(2), after(90)) is None
