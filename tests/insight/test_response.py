"""MTTA and TTR: worked cases, open incidents told apart."""

from __future__ import annotations

from datetime import datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from opsdesk.insight.percentiles import Spread, spread
from opsdesk.insight.period import Period
from opsdesk.insight.response import Course, Response, responses
from tests.clock import START

WEEK = Period(since=START, until=START + timedelta(days=7))
LATER = START + timedelta(days=30)


def at(minutes: float | None) -> datetime | None:
    return None if minutes is None else START + timedelta(minutes=minutes)


def course(
    severity: int = 1,
    started: float = 0,
    detected: float | None = None,
    acknowledged: float | None = None,
    resolved: float | None = None,
) -> Course:
    return Course(
        severity=severity,
        started=START + timedelta(minutes=started),
        detected=at(detected),
        acknowledged=at(acknowledged),
        resolved=at(resolved),
    )


def test_three_incidents_in_all_and_by_severity() -> None:
    # MTTA 3, 10, 5 min: sorted 3 5 10, k = 2, 3, 3.  TTR 60, 30, 120 min: sorted 30 60 120.
    told = responses(
        [course(2, 0, 2, 5, 60), course(1, 100, 110, 120, 130), course(2, 200, 205, 210, 320)], WEEK, LATER
    )
    assert told == (
        Response(
            severity=None,
            incidents=3,
            mtta=Spread(n=3, p50=5 * 60, p85=10 * 60, p95=10 * 60),
            ttr=Spread(n=3, p50=60 * 60, p85=120 * 60, p95=120 * 60),
        ),
        Response(severity=1, incidents=1, mtta=spread([timedelta(minutes=10)]), ttr=spread([timedelta(minutes=30)])),
        Response(
            severity=2,
            incidents=2,
            mtta=Spread(n=2, p50=3 * 60, p85=5 * 60, p95=5 * 60),
            ttr=Spread(n=2, p50=60 * 60, p85=120 * 60, p95=120 * 60),
        ),
    )


def test_open_incidents_are_counted_apart_and_are_in_no_figure() -> None:
    told, *_ = responses([course(1, 0, 0, 4), course(1, 0, 0), course(1, 0, 0, 2, 9)], WEEK, LATER)
    assert (told.incidents, told.open, told.unacknowledged) == (3, 2, 1)
    assert (told.mtta.n, told.ttr.n, told.ttr.p50) == (2, 1, 9 * 60)


def test_what_nobody_noted_is_not_guessed_and_one_that_nobody_acknowledged_stays_so_when_it_is_over() -> None:
    told, *_ = responses([course(1, 0, None, 4, 9), course(1, 0, 0, None, 9)], WEEK, LATER)
    assert (told.mtta.n, told.ttr.n, told.unacknowledged, told.open) == (0, 2, 1, 0)


def test_it_belongs_to_the_period_it_started_in() -> None:
    before, first, last, after = course(1, -1, 0, 0, 60), course(1, 0), course(1, 7 * 1440 - 1), course(1, 7 * 1440)
    told, *_ = responses([before, first, last, after], WEEK, LATER)
    assert told.incidents == 2


def test_an_end_after_the_period_counts_as_known_now() -> None:
    told, *_ = responses([course(1, 7 * 1440 - 1, resolved=7 * 1440 + 59)], WEEK, LATER)
    assert (told.ttr.n, told.ttr.p50) == (1, 3600)


def test_an_order_that_cannot_be_counts_as_no_time() -> None:
    told, *_ = responses([course(1, 10, 12, 11, 5)], WEEK, LATER)
    assert (told.mtta.p50, told.ttr.p50) == (0, 0)


def test_without_incidents_there_is_one_line_without_figures() -> None:
    assert responses([], WEEK, LATER) == (Response(severity=None, incidents=0, mtta=Spread(), ttr=Spread()),)
    assert responses([course()], WEEK, START) == responses([], WEEK, LATER)


INSTANT = st.none() | st.integers(0, 200)
COURSES = st.lists(st.builds(course, st.integers(1, 5), st.integers(-50, 150), INSTANT, INSTANT, INSTANT), max_size=12)


@given(COURSES, st.integers(-60, 200))
@settings(max_examples=150, deadline=None)
def test_every_incident_is_in_all_and_in_its_severity(courses: list[Course], now: int) -> None:
    period = Period(since=START, until=START + timedelta(minutes=100))
    total, *each = responses(courses, period, START + timedelta(minutes=now))
    expected = [c for c in courses if START <= c.started < START + timedelta(minutes=min(100, now))]
    assert total.incidents == len(expected) == sum(one.incidents for one in each)
    assert [one.severity for one in each] == sorted({c.severity for c in expected})
    assert total.open == sum(c.resolved is None for c in expected) == sum(one.open for one in each)
    assert total.ttr.n == total.incidents - total.open
