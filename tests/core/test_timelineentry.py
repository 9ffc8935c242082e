"""A line of an incident's timeline: a time in front, words, who."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from opsdesk.core.errors import Invalid
from opsdesk.core.names import Directory
from opsdesk.core.register import Look
from opsdesk.core.settings import Settings
from opsdesk.core.text import clean
from opsdesk.core.timelineentry import EVENING, parse, understood

BERLIN = Settings(time_zone="Europe/Berlin")
PEOPLE = Directory([("bob", "Bob Ito"), ("sue", "Sue Park"), ("sam", "Sam Lee")])
NOW = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)  # a Monday, 16:00 in Berlin
NIGHT = datetime(2026, 11, 23, 23, 10, tzinfo=UTC)  # Tuesday, 00:10 in Berlin


def at(hour: int, minute: int, day: int = 23) -> datetime:
    """In UTC."""
    return datetime(2026, 11, day, hour, minute, tzinfo=UTC)


@pytest.mark.parametrize(
    ("typed", "text", "when", "who"),
    [
        ("14:05 rolled back @bob", "rolled back", at(13, 5), "bob"),
        ("rolled back", "rolled back", None, ""),
        ("2:05 pm rolled back", "rolled back", at(13, 5), ""),
        ("at 14:05 rolled back", "rolled back", at(13, 5), ""),
        ("10 min ago: restarted", "10 min ago: restarted", None, ""),
        ("10 min ago restarted @Sue", "restarted", at(14, 50), "sue"),
        ("now restarted", "restarted", NOW, ""),
        ("yesterday 23:50 deployed 4.12", "deployed 4.12", at(22, 50, 22), ""),
        ("22 nov 23:50 deployed", "deployed", at(22, 50, 22), ""),
        ("16:00 all is well", "all is well", NOW, ""),
        ("fri is when it was planned", "fri is when it was planned", None, ""),
        ("2 nodes are down", "2 nodes are down", None, ""),
        ("in 30 minutes' time", "in 30 minutes' time", None, ""),
        ('"14:05" is what the clock says', "14:05 is what the clock says", None, ""),
        ("@s looks", "@s looks", None, ""),
        ("@bob told @sue", "told @sue", None, "bob"),
        ('"@bob" is the key', "@bob is the key", None, ""),
        ("", "", None, ""),
    ],
)
def test_a_line_is_taken_apart(typed: str, text: str, when: datetime | None, who: str) -> None:
    found = parse(typed, PEOPLE, Look(NOW, BERLIN))
    assert (found.text, found.at, found.who, found.asked) == (text, when, who, "")


def test_shortly_after_midnight_an_evening_is_yesterdays() -> None:
    assert parse("23:50 rolled back", PEOPLE, Look(NIGHT, BERLIN)).at == at(22, 50)
    assert parse("00:05 rolled back", PEOPLE, Look(NIGHT, BERLIN)).at == at(23, 5)


@pytest.mark.parametrize("typed", ["16:01 rolled back", "23:00 rolled back", "tomorrow 9:00 x", "in 5 min we know"])
def test_a_time_later_than_now_is_asked_about(typed: str) -> None:
    look = Look(NOW, BERLIN)
    assert "lies ahead: it is 16:00 now." in parse(typed, PEOPLE, look).asked
    with pytest.raises(Invalid, match="lies ahead"):
        understood(typed, PEOPLE, look)


def test_what_was_understood_is_shown_in_its_place() -> None:
    found = parse("14:05 rolled back @bob @ghost", PEOPLE, Look(NOW, BERLIN))
    shown = [(chip.role, chip.text, chip.start, chip.end) for chip in found.chips]
    assert shown == [("field", "14:05", 0, 5), ("owner", "Bob Ito", 18, 22)]
    assert parse("@ghost rolled back", PEOPLE, Look(NOW, BERLIN)).unknown == ("@ghost",)


def test_the_hour_that_the_clock_repeats_is_one_that_has_been() -> None:
    night = datetime(2026, 10, 25, 1, 15, tzinfo=UTC)  # 02:15 in Berlin, for the second time
    assert parse("02:30 restarted", PEOPLE, Look(night, BERLIN)).at == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


words = st.text(max_size=60) | st.lists(
    st.sampled_from(
        ["14:05", "10", "min", "ago", "at", "fri", "23:59", "@bob", "@", '"', "3 pm", "日本", "\u202e", "now"]
    ),
    max_size=8,
).map(" ".join)

MOMENTS = st.integers(0, 365 * 24 * 60).map(lambda minutes: at(0, 0, 1) + timedelta(minutes=minutes))


@settings(max_examples=200, deadline=None)
@given(words, MOMENTS)
def test_no_line_crashes_and_what_is_not_asked_about_has_been(typed: str, now: datetime) -> None:
    found = parse(typed, PEOPLE, Look(now, BERLIN))
    assert found.text == clean(found.text)
    assert found.at is None or bool(found.asked) == (found.at > now)
    assert all(typed[chip.start : chip.end] for chip in found.chips)


@settings(max_examples=100, deadline=None)
@given(st.integers(0, 1439), MOMENTS)
def test_every_time_of_day_is_todays_or_yesterday_evenings_or_asked(minute: int, now: datetime) -> None:
    look = Look(now, BERLIN)
    found = parse(f"{minute // 60}:{minute % 60:02} rolled back", PEOPLE, look)
    assert found.at is not None
    local = found.at.astimezone(BERLIN.zone)
    assert found.asked or local.date() == look.today or now - found.at <= EVENING
    assert found.text == "rolled back"
    assert now - found.at < timedelta(hours=26)
