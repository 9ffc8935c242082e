"""Occurrences: the meeting's own wall clock across daylight saving, closed days, skipped and moved ones."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from opsdesk.core.agenda import Agenda, AgendaSection, Recurrence
from opsdesk.core.cadence import Occurrence, occurrences, planned
from opsdesk.core.rules import DEFAULT_ANCHOR
from opsdesk.core.series import Moved, Series
from opsdesk.core.settings import Settings

BERLIN = Settings(time_zone="Europe/Berlin")


def agenda(rule: str, at: str, zone: str = "") -> Agenda:
    return Agenda(
        slug="sync",
        title="Sync",
        participants=("Operations",),
        sections=(AgendaSection(title="All", minutes=17),),
        recurrence=Recurrence(rule=rule, at=at, zone=zone),
        timebox=20,
    )


DAILY = agenda("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "16:30")
REVIEW = agenda("FREQ=WEEKLY;BYDAY=WE", "06:00", "America/Chicago")
SERIES = Series(id="R-1", agenda="sync", anchor=DEFAULT_ANCHOR)


def utc(year: int, month: int, day: int, hour: int = 0, minute: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=UTC)


def local(found: list[Occurrence], zone: str) -> list[str]:
    return [f"{each.start.astimezone(ZoneInfo(zone)):%m-%d %H:%M}" for each in found]


def test_six_in_chicago_stays_six_there_across_daylight_saving_and_is_told_in_local_time() -> None:
    found = occurrences(SERIES, REVIEW, BERLIN, utc(2026, 10, 19), utc(2026, 11, 12))
    assert local(found, "America/Chicago") == ["10-21 06:00", "10-28 06:00", "11-04 06:00", "11-11 06:00"]
    # Berlin leaves summer time on 25 October, Chicago on 1 November.
    assert local(found, "Europe/Berlin") == ["10-21 13:00", "10-28 12:00", "11-04 13:00", "11-11 13:00"]
    assert {each.zone_note for each in found} == {"06:00 Central"}


def test_no_zone_is_noted_where_the_clocks_agree() -> None:
    chicago = Settings(time_zone="America/Chicago")
    assert [o.zone_note for o in occurrences(SERIES, REVIEW, chicago, utc(2026, 11, 23), utc(2026, 11, 30))] == [""]


def test_another_day_in_its_own_zone_is_noted() -> None:
    (found,) = occurrences(SERIES, REVIEW, Settings(time_zone="Pacific/Auckland"), utc(2026, 11, 23), utc(2026, 11, 30))
    assert found.zone_note == "Wed 06:00 Central"


def test_a_time_that_daylight_saving_leaves_out_moves_forward() -> None:
    early = agenda("FREQ=DAILY", "02:30", "America/Chicago")
    found = planned(SERIES, early, BERLIN, utc(2026, 3, 7), utc(2026, 3, 10))
    assert found == [utc(2026, 3, 7, 8, 30), utc(2026, 3, 8, 8, 30), utc(2026, 3, 9, 7, 30)]
    assert found[1].astimezone(ZoneInfo("America/Chicago")).hour == 3


def test_one_moved_forward_into_the_window_is_in_it() -> None:
    early = agenda("FREQ=DAILY", "02:30", "America/Chicago")
    assert planned(SERIES, early, BERLIN, utc(2026, 3, 8, 8, 15), utc(2026, 3, 9)) == [utc(2026, 3, 8, 8, 30)]


def test_the_window_holds_its_first_instant_and_not_its_last() -> None:
    first, second = utc(2026, 11, 23, 15, 30), utc(2026, 11, 24, 15, 30)
    assert planned(SERIES, DAILY, BERLIN, first, second) == [first]


def test_of_a_time_that_comes_twice_the_first_counts() -> None:
    late = agenda("FREQ=DAILY", "01:30", "America/Chicago")
    found = planned(SERIES, late, BERLIN, utc(2026, 11, 1), utc(2026, 11, 3))
    assert found == [utc(2026, 11, 1, 6, 30), utc(2026, 11, 2, 7, 30)]


def test_a_daily_on_a_holiday_is_not_held_and_says_so() -> None:
    closed = replace(BERLIN, holidays=(date(2026, 11, 25),))
    found = occurrences(SERIES, DAILY, closed, utc(2026, 11, 23), utc(2026, 11, 28))
    assert [(each.planned.day, each.why) for each in found if each.skipped] == [(25, "holiday")]
    assert len(found) == 5


def test_a_meeting_on_a_day_off_is_not_held() -> None:
    four_days = replace(BERLIN, working_days=("mon", "tue", "wed", "thu"))
    found = occurrences(SERIES, DAILY, four_days, utc(2026, 11, 23), utc(2026, 11, 28))
    assert [each.why for each in found] == ["", "", "", "", "not a working day"]


def test_a_holiday_is_a_day_of_the_company_not_of_the_meetings_zone() -> None:
    thursday_there = Settings(time_zone="Pacific/Auckland", holidays=(date(2026, 11, 26),))
    (found,) = occurrences(SERIES, REVIEW, thursday_there, utc(2026, 11, 23), utc(2026, 11, 30))
    assert found.skipped


def test_a_skipped_one_is_listed_with_its_reason() -> None:
    gone = Moved(id="X-1", agenda="sync", planned=utc(2026, 11, 24, 15, 30), why="offsite")
    found = occurrences(SERIES, DAILY, BERLIN, utc(2026, 11, 23), utc(2026, 11, 26), [gone])
    assert [(each.skipped, each.why) for each in found] == [(False, ""), (True, "offsite"), (False, "")]


def test_a_moved_one_stands_at_its_new_time() -> None:
    move = Moved(id="X-1", agenda="sync", planned=utc(2026, 11, 24, 15, 30), to=utc(2026, 11, 25, 8), why="visit")
    found = occurrences(SERIES, DAILY, BERLIN, utc(2026, 11, 23), utc(2026, 11, 26), [move])
    assert [(each.start, each.moved) for each in found] == [
        (utc(2026, 11, 23, 15, 30), False),
        (utc(2026, 11, 25, 8), True),
        (utc(2026, 11, 25, 15, 30), False),
    ]
    assert found[1].planned == utc(2026, 11, 24, 15, 30)
    assert found[1].why == "visit"


def test_one_moved_in_from_outside_the_window_is_found_and_one_moved_out_is_gone() -> None:
    move = Moved(id="X-1", agenda="sync", planned=utc(2026, 11, 27, 15, 30), to=utc(2026, 11, 24, 8))
    inside = occurrences(SERIES, DAILY, BERLIN, utc(2026, 11, 24), utc(2026, 11, 25), [move])
    assert [each.start for each in inside] == [utc(2026, 11, 24, 8), utc(2026, 11, 24, 15, 30)]
    assert occurrences(SERIES, DAILY, BERLIN, utc(2026, 11, 27), utc(2026, 11, 28), [move]) == []


def test_a_move_of_something_the_rule_no_longer_gives_is_left_out() -> None:
    stray = Moved(id="X-1", agenda="sync", planned=utc(2026, 11, 22, 11), to=utc(2026, 11, 24, 12))
    found = occurrences(SERIES, DAILY, BERLIN, utc(2026, 11, 24), utc(2026, 11, 25), [stray])
    assert [each.start for each in found] == [utc(2026, 11, 24, 15, 30)]


def test_one_moved_onto_a_holiday_is_held() -> None:
    closed = replace(BERLIN, holidays=(date(2026, 11, 25),))
    anyway = Moved(
        id="X-1", agenda="sync", planned=utc(2026, 11, 25, 15, 30), to=utc(2026, 11, 25, 15, 30), why="urgent"
    )
    (found,) = occurrences(SERIES, DAILY, closed, utc(2026, 11, 25), utc(2026, 11, 26), [anyway])
    assert (found.skipped, found.moved) == (False, False)


def test_a_series_has_its_own_rule_time_and_zone() -> None:
    own = replace(SERIES, rule="FREQ=WEEKLY;BYDAY=TU", at="08:15", zone="Asia/Tokyo", customer="acme")
    (found,) = occurrences(own, DAILY, BERLIN, utc(2026, 11, 23), utc(2026, 11, 30), title="Call Acme")
    assert found.start == utc(2026, 11, 23, 23, 15)
    assert (found.title, found.customer, found.zone_note, found.minutes) == ("Call Acme", "acme", "08:15 Tokyo", 20)


@pytest.mark.parametrize("zone", ["Europe/Berlin", "Asia/Tokyo", "America/Los_Angeles", "Pacific/Kiritimati"])
@pytest.mark.parametrize("at", ["00:15", "16:30", "23:45"])
def test_a_skipped_day_stays_skipped_in_another_zone_and_at_another_time(zone: str, at: str) -> None:
    gone = Moved(agenda="sync", day=date(2026, 11, 24), planned=utc(2026, 11, 24, 15, 30), why="offsite")
    other = Settings(time_zone=zone)
    found = occurrences(replace(SERIES, at=at), DAILY, other, utc(2026, 11, 22), utc(2026, 11, 28), [gone])
    skipped = [each.planned.astimezone(other.zone).date() for each in found if each.why == "offsite"]
    assert skipped == [date(2026, 11, 24)]


def test_a_moved_day_stays_moved_to_the_same_instant_in_another_zone() -> None:
    move = Moved(agenda="sync", day=date(2026, 11, 24), planned=utc(2026, 11, 24, 15, 30), to=utc(2026, 11, 27, 8))
    tokyo = Settings(time_zone="Asia/Tokyo")
    (found,) = occurrences(SERIES, DAILY, tokyo, utc(2026, 11, 27, 7, 45), utc(2026, 11, 27, 8, 15), [move])
    assert (found.planned, found.start, found.moved) == (utc(2026, 11, 24, 7, 30), utc(2026, 11, 27, 8), True)


zones = st.sampled_from(["UTC", "America/Chicago", "Europe/Berlin", "Asia/Kathmandu", "Australia/Lord_Howe"])
rules = st.sampled_from(
    ["FREQ=DAILY", "FREQ=WEEKLY;BYDAY=MO,TH", "FREQ=WEEKLY;INTERVAL=2;BYDAY=FR", "FREQ=MONTHLY;BYDAY=-1SU"]
)
moments = st.integers(0, 3 * 365 * 24 * 60).map(lambda minutes: utc(2025, 1, 1) + timedelta(minutes=minutes))


@settings(max_examples=150)
@given(zones, zones, rules, st.times(), moments, st.integers(0, 60))
def test_occurrences_increase_inside_the_window_at_the_wall_time(
    own: str, company: str, rule: str, at: time, since: datetime, days: int
) -> None:
    meeting, until = agenda(rule, f"{at:%H:%M}", own), since + timedelta(days=days)
    found = occurrences(SERIES, meeting, Settings(time_zone=company), since, until)
    starts = [each.start for each in found]
    assert starts == sorted(set(starts))
    assert all(since <= start < until for start in starts)
    for each in found:
        there = each.start.astimezone(ZoneInfo(own))
        assert f"{there:%H:%M}" == f"{at:%H:%M}" or _left_out(there, f"{at:%H:%M}")


def _left_out(there: datetime, at: str) -> bool:
    """Whether the wall time does not exist on that day."""
    hour, minute = map(int, at.split(":"))
    wanted = there.replace(hour=hour, minute=minute, fold=0)
    back = wanted.astimezone(UTC).astimezone(there.tzinfo)
    return back.replace(tzinfo=None) != wanted.replace(tzinfo=None)


@settings(max_examples=50)
@given(moments, st.integers(0, 30), st.integers(0, 30))
def test_two_windows_side_by_side_give_what_one_gives(since: datetime, first: int, second: int) -> None:
    middle, until = since + timedelta(days=first), since + timedelta(days=first + second)
    parts = [*planned(SERIES, REVIEW, BERLIN, since, middle), *planned(SERIES, REVIEW, BERLIN, middle, until)]
    assert parts == planned(SERIES, REVIEW, BERLIN, since, until)


@pytest.mark.parametrize(("anchor", "days"), [(date(2026, 11, 23), [26, 10]), (date(2026, 11, 30), [3, 17])])
def test_every_two_weeks_counts_from_the_anchor_of_the_series(anchor: date, days: list[int]) -> None:
    fortnightly = agenda("FREQ=WEEKLY;INTERVAL=2;BYDAY=TH", "10:00")
    found = occurrences(replace(SERIES, anchor=anchor), fortnightly, BERLIN, utc(2026, 11, 23), utc(2026, 12, 20))
    assert [each.start.day for each in found] == days
