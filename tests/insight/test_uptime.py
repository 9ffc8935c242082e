"""Uptime and error budget: hand-computed figures, and a minute-by-minute model."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from opsdesk.core.settings import RAW, STANDARD, Policy
from opsdesk.insight.outages import Outage, Window, hits_component, hits_customer
from opsdesk.insight.period import Period, month_named
from opsdesk.insight.uptime import Uptime, uptime

MINUTE = timedelta(minutes=1)
BEGIN = datetime(2026, 11, 1, tzinfo=UTC)
NOVEMBER = month_named("2026-11", ZoneInfo("UTC"))  # 30 × 24 h = 2,592,000 s
AFTER = datetime(2027, 1, 1, tzinfo=UTC)


def at(hours: float) -> datetime:
    """So many hours into November."""
    return BEGIN + timedelta(hours=hours)


def outage(start: float, end: float | None, *, partial: bool = False, severity: int = 1) -> Outage:
    return Outage(start=at(start), end=None if end is None else at(end), partial=partial, severity=severity)


def window(
    starts: float, ends: float, *, notice: float | None = 48, ended: float | None = None, running: bool = False
) -> Window:
    return Window(
        starts=at(starts),
        ends=at(ends),
        announced=None if notice is None else at(starts - notice),
        ended=None if ended is None else at(ended),
        running=running,
    )


def november(*happenings: Outage | Window, policy: Policy = STANDARD, now: datetime = AFTER) -> Uptime:
    outages = [each for each in happenings if isinstance(each, Outage)]
    windows = [each for each in happenings if isinstance(each, Window)]
    return uptime(outages, windows, policy, NOVEMBER, now)


def test_a_month_without_an_incident_is_whole() -> None:
    told = november()
    assert (told.shown, told.down, told.left_percent, told.burn, told.met) == ("100.000", 0, 100, 0, True)


def test_one_hour_down_in_thirty_days() -> None:
    # 1 / 720 = 0.138889 %, so 99.861 % (cut). Budget 0.1 % of 2,592,000 s = 2,592 s; 3,600 used, 138.9 %
    told = november(outage(100, 101))
    assert (told.shown, told.down, told.incidents) == ("99.861", 3600, 1)
    assert (told.allowed, told.left) == (2592, -1008)
    assert told.used_percent == pytest.approx(138.8889, abs=1e-4)
    assert told.left_percent == pytest.approx(-38.8889, abs=1e-4)
    assert told.burn == pytest.approx(1.388889, abs=1e-6)
    assert told.met is False


def test_overlaps_count_once() -> None:
    # 10-12, 11-13 and 11:30-11:45 are three hours together
    assert november(outage(10, 12), outage(11, 13), outage(11.5, 11.75)).down == 3 * 3600


def test_what_touches_is_one_stretch_and_what_lasts_no_time_takes_none() -> None:
    told = november(outage(10, 11), outage(11, 12), outage(20, 20))
    assert (told.down, told.incidents) == (2 * 3600, 3)


def test_a_partial_outage_counts_by_the_weight_of_the_policy() -> None:
    # two hours at 0.5 by the standard rule, in full where nothing is weighed
    assert november(outage(10, 12, partial=True)).down == 3600
    assert november(outage(10, 12, partial=True), policy=RAW).down == 7200


def test_where_several_overlap_the_heaviest_counts() -> None:
    # partial 10-14, down 12-13: (2 h + 1 h) × 0.5 + 1 h = 2.5 h; two partial outages are no full one
    assert november(outage(10, 14, partial=True), outage(12, 13)).down == 2.5 * 3600
    assert november(outage(10, 14, partial=True), outage(10, 14, partial=True)).down == 2 * 3600


def test_severities_that_do_not_count_do_not_count() -> None:
    told = november(outage(10, 12, severity=4), outage(20, 21, severity=3))
    assert (told.down, told.incidents) == (3600, 1)
    assert november(outage(10, 12, severity=4), policy=RAW).down == 7200


def test_announced_maintenance_is_excluded_and_raw_counts_it() -> None:
    told, raw = november(window(100, 104)), november(window(100, 104), policy=RAW)
    assert (told.down, told.excluded, told.shown) == (0, 4 * 3600, "100.000")
    assert (raw.down, raw.excluded, raw.shown) == (4 * 3600, 0, "99.444")  # 1 - 4 / 720


@pytest.mark.parametrize(("notice", "down"), [(48, 0), (49, 0), (47.99, 4), (0, 4), (-1, 4), (None, 4)])
def test_notice_that_is_too_short_is_none(notice: float | None, down: int) -> None:
    assert november(window(100, 104, notice=notice)).down == down * 3600


def test_what_overruns_its_window_counts_as_down() -> None:
    # announced 100-104, over at 105:30
    told = november(window(100, 104, ended=105.5))
    assert (told.down, told.excluded) == (1.5 * 3600, 4 * 3600)


def test_without_notice_all_of_it_counts_as_long_as_it_lasted() -> None:
    assert november(window(100, 104, notice=2, ended=105.5)).down == 5.5 * 3600
    assert november(window(100, 104, notice=2, ended=101)).down == 3600


def test_maintenance_that_is_over_early_excludes_no_longer() -> None:
    # announced 100-104, over at 102: the outage 101-103 is excluded for one hour and counts for the other
    told = november(window(100, 104, ended=102), outage(101, 103))
    assert (told.down, told.excluded) == (3600, 2 * 3600)


def test_an_incident_in_an_excluded_window_is_excluded_there_only() -> None:
    # outage 99-105 around the window 100-104: one hour before and one after
    told = november(window(100, 104), outage(99, 105))
    assert (told.down, told.incidents) == (2 * 3600, 1)


def test_maintenance_that_still_runs_lasts_until_now() -> None:
    # announced 100-104, now 106: excluded for 4 hours, down for 2
    told = november(window(100, 104, running=True), now=at(106))
    assert (told.down, told.excluded, told.elapsed) == (2 * 3600, 4 * 3600, 106 * 3600)


def test_a_window_that_is_ahead_counts_nothing() -> None:
    told = november(window(100, 104, notice=None), now=at(100))
    assert (told.down, told.shown) == (0, "100.000")


def test_an_open_incident_counts_until_now_and_the_rest_of_the_month_not_at_all() -> None:
    # now at hour 200, down since 190: 190 / 200 = 95 %; the budget is still that of the whole month
    told = november(outage(190, None), now=at(200))
    assert (told.shown, told.elapsed, told.period, told.allowed) == ("95.000", 200 * 3600, 2_592_000, 2592)
    # used 36,000 / 2,592 of the budget in 200 / 720 of the month: 13.8889 / 0.27778 = 50 times too fast
    assert told.burn == pytest.approx(50)


def test_an_incident_over_the_end_of_a_month_counts_in_each_for_its_part() -> None:
    # 2 h before and 3 h after midnight of 1 November
    october = month_named("2026-10", ZoneInfo("UTC"))
    one = outage(-2, 3)
    assert (uptime([one], [], RAW, october, AFTER).down, november(one).down) == (2 * 3600, 3 * 3600)
    assert (uptime([one], [], RAW, october, AFTER).incidents, november(one).incidents) == (1, 1)


def test_what_ends_as_a_month_begins_is_of_the_month_before_and_a_moment_then_is_of_the_new_one() -> None:
    october = month_named("2026-10", ZoneInfo("UTC"))
    ended, moment = outage(-1, 0), outage(0, 0)
    assert [uptime([each], [], RAW, october, AFTER).incidents for each in (ended, moment)] == [1, 0]
    assert [november(each).incidents for each in (ended, moment)] == [0, 1]


@pytest.mark.parametrize(
    ("name", "hours", "budget", "shown"),
    [
        ("2026-03", 743, 2674.8, "99.865"),  # 0.001 × 743 × 3600 s; 742 / 743 = 99.86541 %
        ("2026-10", 745, 2682.0, "99.865"),  # 744 / 745 = 99.86577 %
        ("2026-11", 720, 2592.0, "99.861"),
    ],
)
def test_a_month_in_which_the_clocks_change(name: str, hours: int, budget: float, shown: str) -> None:
    period = month_named(name, ZoneInfo("Europe/Berlin"))
    one = Outage(start=period.since, end=period.since + timedelta(hours=1))
    told = uptime([one], [], STANDARD, period, AFTER)
    assert (told.period, told.allowed, told.shown) == (hours * 3600, budget, shown)


def test_an_outage_through_the_hour_that_comes_twice_lasts_as_long_as_it_lasted() -> None:
    # 25 October, 01:30 to 04:00 on the wall in Berlin: 23:30 to 03:00 UTC, three and a half hours
    berlin = ZoneInfo("Europe/Berlin")
    one = Outage(
        start=datetime(2026, 10, 25, 1, 30, tzinfo=berlin).astimezone(UTC),
        end=datetime(2026, 10, 25, 4, tzinfo=berlin).astimezone(UTC),
    )
    assert uptime([one], [], RAW, month_named("2026-10", berlin), AFTER).down == 3.5 * 3600


def test_an_empty_period_and_one_that_is_ahead_have_no_share() -> None:
    empty = uptime([outage(-1, 1)], [], RAW, Period(since=BEGIN, until=BEGIN), AFTER)
    ahead = november(outage(-1, None), now=at(-0.5))
    for told in (empty, ahead):
        assert (told.share, told.shown, told.burn, told.met, told.incidents) == (None, "–", None, None, 0)
    assert (empty.allowed, empty.used_percent) == (0, None)
    assert (ahead.allowed, ahead.left) == (2592, 2592)


def test_a_promise_of_all_the_time_has_no_budget() -> None:
    told = november(outage(10, 11), policy=Policy(name="all", slo=100))
    assert (told.allowed, told.left, told.left_percent, told.burn, told.met) == (0, -3600, None, None, False)


def test_exactly_the_budget_is_met_and_a_second_more_is_not() -> None:
    just = Outage(start=at(1), end=at(1) + timedelta(seconds=2592))
    over = Outage(start=at(1), end=at(1) + timedelta(seconds=2593))
    assert (november(just).met, november(just).shown, november(just).left) == (True, "99.900", 0)
    assert (november(over).met, november(over).shown, november(over).left) == (False, "99.899", -1)


def test_a_moment_down_is_not_rounded_away() -> None:
    assert november(Outage(start=at(1), end=at(1) + timedelta(milliseconds=1))).shown == "99.999"


def test_what_hits_a_component_and_what_a_customer_felt() -> None:
    named = Outage(start=BEGIN, components=("api",), customers=("acme",))
    whole = Outage(start=BEGIN, components=("api", "web"))
    assert [hits_component(each, "web") for each in (named, whole)] == [False, True]
    assert [hits_customer(each, "globex") for each in (named, whole)] == [False, True]
    assert [hits_customer(each, "acme") for each in (named, whole)] == [True, True]


LENGTH = 60  # minutes of the small period
SPOT = st.integers(-20, LENGTH + 20)
OUTAGES = st.lists(
    st.tuples(SPOT, st.none() | st.integers(0, 40), st.booleans(), st.integers(1, 5)),
    max_size=5,
)
WINDOWS = st.lists(
    st.tuples(SPOT, st.integers(1, 30), st.none() | st.integers(0, 40), st.none() | st.integers(0, 240), st.booleans()),
    max_size=4,
)
POLICIES = st.builds(
    Policy,
    name=st.just("x"),
    partial=st.sampled_from([0, 0.25, 0.5, 1]),
    maintenance=st.sampled_from(["counts", "excluded"]),
    notice_hours=st.integers(0, 3),
    severities=st.sampled_from([(1, 2, 3, 4, 5), (1, 2), (3,)]),
)


@given(OUTAGES, WINDOWS, POLICIES, st.integers(-10, LENGTH + 30))
@settings(max_examples=200, deadline=None)
def test_it_is_what_counting_minute_by_minute_gives(
    outages: list[tuple[int, int | None, bool, int]],
    windows: list[tuple[int, int, int | None, int | None, bool]],
    policy: Policy,
    now: int,
) -> None:
    told = uptime(
        [
            Outage(start=BEGIN + s * MINUTE, end=None if n is None else BEGIN + (s + n) * MINUTE, partial=p, severity=v)
            for s, n, p, v in outages
        ],
        [
            Window(
                starts=BEGIN + s * MINUTE,
                ends=BEGIN + (s + n) * MINUTE,
                ended=None if e is None else BEGIN + (s + e) * MINUTE,
                announced=None if a is None else BEGIN + (s - a) * MINUTE,
                running=r,
            )
            for s, n, e, a, r in windows
        ],
        policy,
        Period(since=BEGIN, until=BEGIN + LENGTH * MINUTE),
        BEGIN + now * MINUTE,
    )
    down = excluded = 0.0
    for minute in range(min(LENGTH, max(0, now))):
        weights = [0.0]
        for start, lasts, partial, severity in outages:
            end = now if lasts is None else start + lasts
            if severity in policy.severities and start <= minute < end:
                weights.append(policy.partial if partial else 1)
        out = False
        for start, lasts, over, notice, running in windows:
            planned_end = start + lasts
            real_end = start + over if over is not None else (max(planned_end, now) if running else planned_end)
            held = start <= minute < real_end
            told_in_time = notice is not None and notice >= 60 * policy.notice_hours
            if held and policy.maintenance == "excluded" and told_in_time and minute < planned_end:
                out = True
            elif held:
                weights.append(1)
        excluded += 60 * out
        down += 0 if out else 60 * max(weights)
    assert (told.down, told.excluded) == (pytest.approx(down), excluded)
    assert told.elapsed == 60 * min(LENGTH, max(0, now))


@given(OUTAGES, POLICIES, st.integers(0, LENGTH), st.integers(0, LENGTH + 30))
@settings(max_examples=100, deadline=None)
def test_two_periods_end_to_end_are_down_as_long_as_both_together(
    outages: list[tuple[int, int | None, bool, int]], policy: Policy, cut: int, now: int
) -> None:
    happened = [
        Outage(start=BEGIN + s * MINUTE, end=None if n is None else BEGIN + (s + n) * MINUTE, partial=p, severity=v)
        for s, n, p, v in outages
    ]
    ends = [BEGIN, BEGIN + cut * MINUTE, BEGIN + LENGTH * MINUTE]
    whole, first, second = (
        uptime(happened, [], policy, Period(since=ends[a], until=ends[b]), BEGIN + now * MINUTE)
        for a, b in ((0, 2), (0, 1), (1, 2))
    )
    assert whole.down == pytest.approx(first.down + second.down)
    assert whole.elapsed == first.elapsed + second.elapsed
    assert max(first.incidents, second.incidents) <= whole.incidents <= first.incidents + second.incidents
