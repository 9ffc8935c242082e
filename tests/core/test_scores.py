"""How long a score is fresh: by the company's calendar."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from opsdesk.core.register import Look
from opsdesk.core.scores import in_order
from opsdesk.core.settings import Settings
from tests.insight.scored import PLAIN, at, look, score

BOUNDARY = [
    ("14 days for red", "r", 0, 14),
    ("14 days for orange", "o", 0, 14),
    ("60 days for green", "g", 0, 60),
    ("a score has its own valid_days", "g", 7, 7),
    ("also where they are longer than usual", "r", 90, 90),
]


@pytest.mark.parametrize(("source", "level", "own", "days"), BOUNDARY, ids=[case[0] for case in BOUNDARY])
def test_it_is_fresh_up_to_and_with_its_last_day(source: str, level: str, own: int, days: int) -> None:
    said = score(level, valid_days=own)
    assert said.valid == days
    fresh = [(said.stale(look(after)), said.fresh(look(after))) for after in (0, days, days + 1)]
    assert fresh == [(False, True), (False, True), (True, False)]


def test_the_day_counts_not_the_hour() -> None:
    late = replace(score("r"), at=datetime(2026, 11, 9, 23, 59, tzinfo=UTC))
    early = replace(score("r"), at=datetime(2026, 11, 9, 0, 1, tzinfo=UTC))
    for said in (late, early):
        assert not said.stale(Look(datetime(2026, 11, 23, 23, 59, tzinfo=UTC), PLAIN))
        assert said.stale(Look(datetime(2026, 11, 24, tzinfo=UTC), PLAIN))


@pytest.mark.parametrize(
    ("zone", "said", "last"),
    [
        ("Europe/Berlin", date(2026, 10, 18), date(2026, 11, 1)),  # an hour more in between
        ("Europe/Berlin", date(2026, 3, 20), date(2026, 4, 3)),  # an hour less
        ("America/Chicago", date(2026, 10, 25), date(2026, 11, 8)),
        ("America/Santiago", date(2026, 8, 23), date(2026, 9, 6)),  # that day begins at 1:00: there is no midnight
        ("America/Havana", date(2026, 10, 18), date(2026, 11, 1)),  # that day has the hour from 0:00 twice
    ],
)
def test_daylight_saving_moves_no_boundary(zone: str, said: date, last: date) -> None:
    there = ZoneInfo(zone)
    red = replace(score("r"), at=datetime.combine(said, time(), there).astimezone(UTC))
    late = datetime.combine(last, time(23, 59), there).astimezone(UTC)
    assert not red.stale(Look(late, Settings(time_zone=zone)))
    assert red.stale(Look(late + timedelta(minutes=1), Settings(time_zone=zone)))


ZONES = ["UTC", "Europe/Berlin", "America/Santiago", "America/Havana", "Pacific/Apia", "Australia/Lord_Howe"]
TURNS = [
    datetime(2011, 12, 30, 10, tzinfo=UTC),  # Samoa leaves out a whole day
    *(datetime(2026, month, day, 12, tzinfo=UTC) for month, day in ((3, 29), (4, 5), (9, 6), (10, 25), (11, 1))),
]


@given(
    zone=st.sampled_from(ZONES),
    turn=st.sampled_from(TURNS),
    before=st.timedeltas(timedelta(), timedelta(days=5)),
    later=st.timedeltas(timedelta(), timedelta(days=8)),
    valid=st.integers(1, 6),
)
@settings(max_examples=200)
def test_it_is_stale_once_more_calendar_days_have_passed_than_it_is_valid(
    zone: str, turn: datetime, before: timedelta, later: timedelta, valid: int
) -> None:
    said = turn - before
    red = replace(score("r", valid_days=valid), at=said)
    there = ZoneInfo(zone)
    today, then = (said + later).astimezone(there).date(), said.astimezone(there).date()
    assert red.stale(Look(said + later, Settings(time_zone=zone))) == (today > then + timedelta(days=valid))


def test_unknown_is_neither_fresh_nor_stale() -> None:
    said = score("u", -400)
    assert (said.stale(look()), said.fresh(look()), said.flag) == (False, False, False)


def test_a_flag_is_red_or_orange() -> None:
    assert [score(each).flag for each in "rogu"] == [True, True, False, False]


@given(st.permutations([(-3, "S-9"), (-3, "S-10"), (-2, "S-1"), (0, "S-11")]))
def test_scores_are_in_order_of_time_and_then_of_number(said: list[tuple[int, str]]) -> None:
    found = in_order(score("g", days, id=id) for days, id in said)
    assert [each.id for each in found] == ["S-9", "S-10", "S-1", "S-11"]


def test_a_look_knows_when_a_day_began() -> None:
    berlin = Look(at(), Settings(time_zone="Europe/Berlin"))
    assert berlin.begun(0) == datetime(2026, 11, 22, 23, tzinfo=UTC)
    assert berlin.begun(40) == datetime(2026, 10, 13, 22, tzinfo=UTC), "in summer"
    assert berlin.today == date(2026, 11, 23)


def test_a_score_said_ahead_of_the_clock_is_fresh() -> None:
    assert score("r", 1).fresh(look())
