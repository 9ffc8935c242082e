from __future__ import annotations

from opsdesk.core.events import Borrow, Close, Next
from opsdesk.core.meeting import Meeting
from opsdesk.core.runner import step
from opsdesk.insight.timing import held, lessons, suggest, timings
from tests.core.meeting_of import after, opened


def run(first: float, second: float | None = None) -> Meeting:
    """Closed after so many minutes in its first section, and in its second if it got there."""
    meeting = opened()
    if second is None:
        return step(meeting, Close(at=after(first)))
    return step(step(meeting, Next(at=after(first))), Close(at=after(first + second)))


def test_nothing_is_suggested_before_a_meeting_was_held() -> None:
    assert suggest([]) == {}
    assert suggest([opened()]) == {}


def test_the_median_of_the_runs_is_suggested_in_whole_minutes() -> None:
    assert suggest([run(4), run(9, 2), run(5.5, 3)]) == {"Burning": 6, "Outages": 3}


def test_a_run_that_did_not_reach_a_section_does_not_count_for_it() -> None:
    found = {each.title: each for each in timings([run(4), run(9, 2)])}
    assert found["Outages"].actual == (2.0,)
    assert (found["Outages"].planned, found["Outages"].median) == (4, 2.0)
    assert (found["Staffing"].actual, found["Staffing"].suggested) == ((), 0)


def test_a_section_is_never_suggested_shorter_than_a_minute() -> None:
    assert suggest([run(0.1)]) == {"Burning": 1}


def test_only_the_last_eight_runs_count() -> None:
    runs = [run(1)] * 3 + [run(7)] * 8
    assert len(held(runs)) == 8
    assert suggest(runs) == {"Burning": 7}


def test_a_run_learns_of_the_sections_that_earlier_ones_took_other_minutes_for() -> None:
    earlier = [run(7, 4), run(9), run(8, 4)]
    found = lessons(step(opened(), Next(at=after(6.4))), earlier, after(8))
    assert [(each.title, each.used, each.planned, each.runs, each.median, each.suggested) for each in found] == [
        ("Burning", 6, 5, 3, 8, 8)
    ]
    assert lessons(opened(), [], after(3)) == ()


def test_a_lesson_tells_what_was_lent_and_borrowed() -> None:
    longer = step(opened(), Borrow(at=after(1), seconds=120))
    assert [(each.allotted, each.planned) for each in lessons(longer, [run(9)], after(8))] == [(7, 5)]


def test_a_lesson_tells_of_a_section_that_was_not_reached() -> None:
    assert [each.used for each in lessons(opened(), [run(5, 9)], after(3))] == [None]
