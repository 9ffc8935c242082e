"""Conflicts, each with its reason in words, before they happen."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from opsdesk.core.register import Look
from opsdesk.core.registers.absences import Absence
from opsdesk.core.registers.components import Component
from opsdesk.core.registers.deliveries import Delivery
from opsdesk.core.registers.environments import Environment
from opsdesk.core.registers.incidents import Incident
from opsdesk.core.registers.maintenance import Maintenance
from opsdesk.core.registers.releases import Release
from opsdesk.core.settings import Settings
from opsdesk.insight.clashes import Around, Clash, all_needed, clashes, of_window
from tests.clock import START  # Monday 23 November 2026, 15:00

LOOK = Look(START, Settings(time_zone="UTC", holidays=(date(2026, 11, 26),)))
API = Component(id="K-1", handle="api", name="API", owner="sue")


def at(day: int, hour: float) -> datetime:
    return datetime(2026, 11, day, tzinfo=UTC) + timedelta(hours=hour)


NIGHT = at(24, 22)


def window(starts: datetime = NIGHT, hours: float = 2, **more: Any) -> Maintenance:
    given = {"id": "W-1", "components": ("api", "db"), **more}
    return Maintenance(title="Upgrade", starts=starts, ends=starts + timedelta(hours=hours), **given)


def away(first: int, last: int, **more: Any) -> Absence:
    given = {"id": "AB-1", "person": "sue", **more}
    return Absence(starts=date(2026, 11, first), ends=date(2026, 11, last), **given)


def around(**more: Any) -> Around:
    return Around(look=LOOK, names={"sue": "Sue Park", "tom": "Tom Reyes"}, **more)


def told(*windows: Maintenance, **more: Any) -> list[tuple[str, str]]:
    """(weight, reason) of the first window's conflicts."""
    return [(each.weight, each.reason) for each in of_window(windows[0], around(windows=windows, **more))]


def test_a_window_without_anything_around_it_has_no_conflict() -> None:
    assert told(window(), components=(API,)) == []


def test_an_incident_that_is_open_on_its_components() -> None:
    incident = Incident(id="I-3", title="x", sev=2, components=("api",))
    assert told(window(), incidents=(incident,)) == [("red", "I-3 (SEV-2) is open on api")]
    assert told(window(), incidents=(replace(incident, sev=3),)) == [("orange", "I-3 (SEV-3) is open on api")]
    assert told(window(), incidents=(replace(incident, state="resolved"),)) == []
    assert told(window(), incidents=(replace(incident, components=("web",)),)) == []


DB, LOGIN, SSO = (
    Component(handle=handle, name=handle, depends=depends)
    for handle, depends in (("db", ()), ("login", ("db",)), ("sso", ("login",)))
)


def test_an_incident_on_what_depends_on_its_components() -> None:
    parts = (DB, LOGIN, SSO)
    hit = Incident(id="I-3", title="x", sev=2, components=("login",))
    assert told(window(), incidents=(hit,), components=parts) == [
        ("red", "I-3 (SEV-2) is open on login, which depends on db")
    ]
    both = replace(hit, components=("login", "sso", "web"))
    assert told(window(), incidents=(both,), components=parts) == [
        ("red", "I-3 (SEV-2) is open on login, sso, which depend on db")
    ]
    named = replace(hit, components=("login", "api"))
    assert told(window(), incidents=(named,), components=parts) == [("red", "I-3 (SEV-2) is open on api")]
    assert told(window(components=("sso",)), incidents=(hit,), components=parts) == []


def test_another_window_on_what_depends_on_it_is_named_on_both_sides() -> None:
    ours, other = window(), window(id="W-2", components=("sso",))
    when = "at the same time, from Tue 24 Nov 22:00"
    parts = (DB, LOGIN, SSO)
    assert told(ours, other, components=parts) == [("red", f"W-2 is on sso, which depends on db, {when}")]
    assert told(other, ours, components=parts) == [("red", f"W-1 is on db, which sso depends on, {when}")]


def test_what_is_needed_is_found_also_in_a_circle() -> None:
    assert all_needed("a", {"a": ("b",), "b": ("c",), "c": ("a",)}) == {"a", "b", "c"}


def test_an_incident_of_today_says_nothing_about_a_window_of_next_week() -> None:
    incident = Incident(id="I-3", title="x", components=("api",))
    assert len(told(window(START + timedelta(days=2)), incidents=(incident,))) == 1
    assert told(window(START + timedelta(days=2, minutes=1)), incidents=(incident,)) == []


def test_another_window_on_the_same_component_at_the_same_time() -> None:
    other = window(at(24, 23.5), id="W-2", components=("db", "web"))
    assert told(window(), other) == [("red", "W-2 is on db at the same time, from Tue 24 Nov 23:30")]
    assert told(other, window()) == [("red", "W-1 is on db at the same time, from Tue 24 Nov 22:00")]
    assert told(window(), replace(other, components=("web",))) == []
    assert told(window(), window(at(25, 0), id="W-2")) == []
    assert told(window(), replace(other, state="cancelled")) == []


def test_a_window_that_still_runs_is_in_the_way_until_it_is_over() -> None:
    running = window(at(23, 12), 1, id="W-2", state="running")
    assert told(window(at(23, 14)), running) == [("red", "W-2 is on api, db at the same time, from Mon 23 Nov 12:00")]
    assert told(window(at(23, 14)), replace(running, state="planned")) == []


def test_an_owner_who_is_away_and_whom_nobody_covers() -> None:
    reason = "Sue Park, who owns API, is away from Mon 23 Nov to Fri 27 Nov, and nobody covers"
    assert told(window(), components=(API,), absences=(away(23, 27),)) == [("orange", reason)]
    assert told(window(risk="high"), components=(API,), absences=(away(23, 27),)) == [("red", reason)]
    assert told(window(), components=(API,), absences=(away(25, 27),)) == []
    assert told(window(), components=(API,), absences=(away(23, 27, cover="tom"),)) == []


def test_an_owner_who_is_on_call_is_there() -> None:
    assert told(window(), components=(API,), absences=(away(23, 27, what="on call"),)) == []


def test_a_cover_who_is_away_too_is_none() -> None:
    both = (away(23, 27, cover="tom"), away(24, 24, id="AB-2", person="tom"))
    reason = "Sue Park, who owns API, is away from Mon 23 Nov to Fri 27 Nov, and Tom Reyes, who covers, is too"
    assert told(window(), components=(API,), absences=both) == [("orange", reason)]


def test_a_window_over_midnight_touches_both_days_and_one_until_midnight_only_the_first() -> None:
    absent = (away(25, 25),)
    assert told(window(hours=2), components=(API,), absences=absent) == []
    reason = "Sue Park, who owns API, is away on Wed 25 Nov, and nobody covers"
    assert told(window(hours=2.1), components=(API,), absences=absent) == [("orange", reason)]


def test_a_day_on_which_nobody_is_on_call_where_anybody_ever_is() -> None:
    duty = away(20, 24, person="tom", what="on call")
    assert told(window(), absences=(duty,)) == []
    assert told(window(hours=50), absences=(duty,))[0] == ("orange", "nobody is on call on Wed 25 Nov and 1 day more")
    assert told(window(at(25, 9)), absences=(duty,)) == [("orange", "nobody is on call on Wed 25 Nov")]
    assert told(window(at(25, 9))) == []


def test_who_is_on_call_and_away_is_away() -> None:
    duty = (away(20, 24, person="tom", what="on call"), away(24, 24, id="AB-2", person="tom"))
    assert told(window(), absences=duty) == [("orange", "nobody is on call on Tue 24 Nov")]


def test_a_release_planned_for_its_day() -> None:
    release = Release(id="RL-4", version="2.4", planned=date(2026, 11, 24))
    assert told(window(), releases=(release,)) == [("orange", "release 2.4 is planned for Tue 24 Nov")]
    assert told(window(at(25, 9)), releases=(release,)) == []
    assert told(window(), releases=(replace(release, state="released"),)) == []


def test_a_holiday_in_the_company_s_zone() -> None:
    assert told(window(at(26, 9))) == [("orange", "Thu 26 Nov is a holiday")]
    chicago = around(windows=()).look.settings
    look = Look(START, replace(chicago, time_zone="America/Chicago"))
    early = window(at(26, 3))  # 21:00 on Wednesday there
    assert [*of_window(early, Around(look=look, windows=(early,)))] == []


@pytest.mark.parametrize("state", ["done", "cancelled"])
def test_a_window_that_is_settled_has_no_conflicts(state: Any) -> None:
    assert told(window(at(26, 9), state=state)) == []


def test_a_window_that_is_past_or_has_no_time_has_none_either() -> None:
    assert told(window(at(20, 9)), incidents=(Incident(id="I-1", title="x", components=("api",)),)) == []
    assert told(Maintenance(id="W-1", title="Some day", components=("api",))) == []


def test_an_environment_that_is_held_past_its_time() -> None:
    held = Environment(id="E-1", name="staging", holder="sue", until=date(2026, 11, 20))
    reason = "Sue Park holds it 3 days past Fri 20 Nov"
    assert clashes(around(environments=(held,))) == (
        Clash(id="E-1", reason=reason, weight="orange", day=date(2026, 11, 20)),
    )
    assert clashes(around(environments=(replace(held, until=date(2026, 11, 23)),))) == ()
    assert clashes(around(environments=(replace(held, holder=""), replace(held, until=None)))) == ()


@pytest.mark.parametrize(
    ("promised", "planned", "forecast", "expected"),
    [
        (27, None, 30, [("orange", "forecast Mon 30 Nov is 3 days past the promise of Fri 27 Nov")]),
        (27, 28, None, [("orange", "forecast Sat 28 Nov is 1 day past the promise of Fri 27 Nov")]),
        (27, 30, 26, []),
        (27, None, 27, []),
        (20, None, 26, [("red", "forecast Thu 26 Nov is 6 days past the promise of Fri 20 Nov")]),
        (20, None, None, [("red", "not delivered, 3 days past the promise of Fri 20 Nov")]),
        (20, None, 19, [("red", "not delivered, 3 days past the promise of Fri 20 Nov")]),
        (None, 20, 30, []),
    ],
)
def test_a_delivery_whose_forecast_passes_its_promise(
    promised: int | None, planned: int | None, forecast: int | None, expected: list[tuple[str, str]]
) -> None:
    dates = {"promised": promised, "planned": planned, "forecast": forecast}
    delivery = Delivery(
        id="DL-1", title="x", **{name: date(2026, 11, day) if day else None for name, day in dates.items()}
    )
    assert [(each.weight, each.reason) for each in clashes(around(deliveries=(delivery,)))] == expected
    settled = replace(delivery, state="delivered", delivered=date(2026, 12, 20))
    assert clashes(around(deliveries=(settled,))) == ()


def test_the_worst_come_first_then_the_next() -> None:
    late = Delivery(id="DL-1", title="x", promised=date(2026, 11, 20))
    held = Environment(id="E-1", name="staging", holder="sue", until=date(2026, 11, 19))
    windows = (window(at(26, 9)),)
    found = clashes(around(windows=windows, environments=(held,), deliveries=(late,)))
    assert [each.id for each in found] == ["DL-1", "E-1", "W-1"]


SLOTS = st.lists(st.tuples(st.integers(-30, 90), st.integers(1, 40), st.booleans()), max_size=5)


@given(SLOTS)
@settings(max_examples=150, deadline=None)
def test_windows_clash_where_hour_by_hour_both_are_on(slots: list[tuple[int, int, bool]]) -> None:
    zone = ZoneInfo("UTC")
    windows = [
        window(START + timedelta(hours=start), lasts, id=f"W-{n}", state="running" if running else "planned")
        for n, (start, lasts, running) in enumerate(slots)
    ]
    found = clashes(Around(look=Look(START, Settings(time_zone=zone.key)), windows=windows))
    on = [
        set()
        if start + lasts <= 0 and not running
        else set(range(start, max(start + lasts, 0) if running else start + lasts))
        for start, lasts, running in slots
    ]
    expected = {(f"W-{a}", f"W-{b}") for a in range(len(on)) for b in range(len(on)) if a != b and on[a] & on[b]}
    assert {(each.id, *each.others) for each in found} == expected
