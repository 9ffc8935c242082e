"""What people type for a moment, on Monday 23 November 2026 at 16:00 in Berlin."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from opsdesk.core.instants import following, readable, resolve
from tests.clock import START
from tests.core.registered import BERLIN


def utc(day: int, hour: int, minute: int = 0, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=UTC)


@pytest.mark.parametrize(
    ("words", "moment"),
    [
        ("now", START),
        ("22:00", utc(23, 21)),
        ("at 9:05", utc(23, 8, 5)),
        ("9pm", utc(23, 20)),
        ("12 am", utc(22, 23)),
        ("12:30 pm", utc(23, 11, 30)),
        ("fri 22:00", utc(27, 21)),
        ("Fri, 22:00", utc(27, 21)),
        ("tomorrow at 10 am", utc(24, 9)),
        ("27 nov 22:00", utc(27, 21)),
        ("27.11. 22:00", utc(27, 21)),
        ("2026-11-27T22:00", utc(27, 21)),
        ("2026-11-27 22:00:30", utc(27, 21) + timedelta(seconds=30)),
        ("2026-11-27T22:00Z", utc(27, 22)),
        ("2026-11-27T22:00+05:30", utc(27, 16, 30)),
        ("fri", utc(26, 23)),
        ("1 jul 12:00", datetime(2027, 7, 1, 10, tzinfo=UTC)),
        ("in 30 min", START + timedelta(minutes=30)),
        ("+2h", START + timedelta(hours=2)),
        ("45 minutes ago", START - timedelta(minutes=45)),
        ("10m ago", START - timedelta(minutes=10)),
    ],
)
def test_moments(words: str, moment: datetime) -> None:
    assert resolve(words, START, BERLIN) == moment


@pytest.mark.parametrize(
    "words", ["", "22", "25:00", "13 pm", "0 am", "soon", "22:00 fri", "fri 25:00", "in 30", "١:٣٠"]
)
def test_what_is_no_moment(words: str) -> None:
    assert resolve(words, START, BERLIN) is None


def test_of_what_has_happened_a_time_that_is_still_to_come_is_yesterdays() -> None:
    assert resolve("23:50", START, BERLIN, past=True) == utc(22, 22, 50)
    assert resolve("15:50", START, BERLIN, past=True) == utc(23, 14, 50)


def test_an_end_is_counted_from_its_beginning() -> None:
    assert following("02:00", utc(27, 21), BERLIN) == utc(28, 1)
    assert following("23:00", utc(27, 21), BERLIN) == utc(27, 22)
    assert following("in 2 h", utc(27, 21), BERLIN) == utc(27, 23)


def test_moments_are_read_in_the_companys_zone() -> None:
    assert readable(utc(23, 21), START, BERLIN) == "22:00"
    assert readable(utc(27, 23, 30), START, BERLIN) == "Sat 28 Nov 00:30"


@given(st.text(max_size=30) | st.from_regex(r"(\d{1,4}|fri|in|at|[+:. -]|min|h|pm| ago){1,6}", fullmatch=True))
@settings(max_examples=200)
def test_nothing_that_is_typed_crashes_it(words: str) -> None:
    found = resolve(words, START, BERLIN)
    assert found is None or found.tzinfo is not None
    assert following(words, START, BERLIN) is None or found is not None
