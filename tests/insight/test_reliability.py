"""Uptime from the registers: per component, as each customer felt it, and everything together."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from opsdesk.core.customers import Customer
from opsdesk.core.registers.components import Component
from opsdesk.core.registers.incidents import Incident
from opsdesk.core.registers.maintenance import Maintenance
from opsdesk.core.settings import RAW, STANDARD
from opsdesk.insight.period import month_named
from opsdesk.insight.reliability import Facts, of_component, of_customer, outages, together, windows

NOVEMBER = month_named("2026-11", ZoneInfo("UTC"))
API = Component(handle="api", name="API", slo=99.5)
WEB = Component(handle="web", name="Web", slo=0)
ACME = Customer(handle="acme", name="Acme")
GLOBEX = Customer(handle="globex", name="Globex")


def at(day: int, hour: float) -> datetime:
    return datetime(2026, 11, day, tzinfo=UTC) + timedelta(hours=hour)


LOGIN = Incident(  # two hours down, for Acme alone
    id="I-1",
    title="Login slow",
    sev=2,
    state="resolved",
    started=at(3, 10),
    detected=at(3, 10.25),
    acknowledged=at(3, 10.5),
    resolved=at(3, 12),
    components=("api",),
    customers=("acme",),
)
EXPORT = Incident(  # an hour in part, for everybody
    id="I-2",
    title="Export fails",
    sev=3,
    impact="partial",
    state="resolved",
    started=at(5, 10),
    detected=at(5, 10),
    acknowledged=at(5, 10.75),
    resolved=at(5, 11),
    components=("web",),
)
COLOUR = Incident(id="I-3", title="Wrong colour", sev=5, state="resolved", started=at(6, 10), resolved=at(6, 11))
UPGRADE = Maintenance(  # announced three days before, half an hour too long
    id="W-1",
    title="Upgrade",
    state="done",
    components=("api",),
    customers=("globex",),
    starts=at(10, 22),
    ends=at(10, 23),
    ended=at(10, 23.5),
    announced=at(7, 22),
)
FACTS = Facts(
    incidents=(LOGIN, EXPORT, COLOUR),
    windows=(UPGRADE,),
    policies=(RAW, STANDARD),
    period=NOVEMBER,
    now=datetime(2027, 1, 1, tzinfo=UTC),
)


def hours(row_seconds: float) -> float:
    return row_seconds / 3600


def test_a_component_is_down_by_what_names_it() -> None:
    # api: 2 h down; maintenance 1.5 h raw, its last half hour by the standard rule
    api, web = of_component(API, FACTS), of_component(WEB, FACTS)
    assert [hours(each.down) for each in api.figures] == [3.5, 2.5]
    assert [hours(each.down) for each in web.figures] == [1, 0.5]
    assert (api.incidents, web.incidents) == (("I-1",), ("I-2",))


def test_an_incident_of_another_month_is_not_of_this_one() -> None:
    before = replace(LOGIN, started=at(1, -9), resolved=at(1, -7))
    assert of_component(API, replace(FACTS, incidents=(before, LOGIN))).incidents == ("I-1",)
    assert of_component(API, replace(FACTS, incidents=(before,))).incidents == ()


def test_its_own_slo_counts_and_without_one_that_of_the_policy() -> None:
    assert [each.slo for each in of_component(API, FACTS).figures] == [99.5, 99.5]
    assert [each.slo for each in of_component(WEB, FACTS).figures] == [99.9, 99.9]


def test_a_component_that_nobody_gave_an_slo_leaves_every_policy_its_own() -> None:
    gold = replace(FACTS, policies=[replace(STANDARD, name="gold", slo=99.99), replace(STANDARD, slo=99.0)])
    fresh = Component(handle="api", name="API")
    assert [each.slo for each in of_component(fresh, gold).figures] == [99.99, 99.0]
    kept = replace(fresh, slo=99.9)  # said by somebody, also where it is what a policy says
    assert [each.slo for each in of_component(kept, gold).figures] == [99.9, 99.9]


def test_a_customer_felt_what_names_it_and_what_names_nobody() -> None:
    # Acme: login 2 h, export 1 h in part, colour 1 h (SEV-5: raw only). Globex: not the login, but the upgrade
    acme, globex = of_customer(ACME, FACTS), of_customer(GLOBEX, FACTS)
    assert [hours(each.down) for each in acme.figures] == [4, 2.5]
    assert [hours(each.down) for each in globex.figures] == [3.5, 1]
    assert (acme.incidents, globex.incidents) == (("I-1", "I-2", "I-3"), ("I-2", "I-3"))


def test_together_it_is_down_while_anything_is() -> None:
    row = together(FACTS)
    assert [hours(each.down) for each in row.figures] == [5.5, 3]
    assert [each.incidents for each in row.figures] == [3, 2]


def test_the_response_is_that_of_the_incidents_of_the_row() -> None:
    total, second, third, fifth = together(FACTS).response
    assert (total.mtta.n, total.mtta.p50, total.mtta.p95) == (2, 15 * 60, 45 * 60)
    assert (total.ttr.n, total.ttr.p50, total.ttr.p95) == (3, 3600, 7200)
    assert [each.severity for each in (second, third, fifth)] == [2, 3, 5]
    assert of_component(API, FACTS).response[0].ttr.p50 == 7200


def test_a_window_that_was_cancelled_or_has_no_time_is_none() -> None:
    cancelled = replace(UPGRADE, state="cancelled", ended=None)
    assert [*windows([cancelled, Maintenance(id="W-2", title="Some day")])] == []


def test_a_window_that_nobody_began_or_ended_counts_as_held_as_announced() -> None:
    planned = replace(UPGRADE, state="planned", ended=None)
    raw, standard = of_component(API, replace(FACTS, windows=(planned,))).figures
    assert (hours(raw.down), hours(standard.down), hours(standard.excluded)) == (3, 2, 1)


def test_a_window_that_runs_and_an_incident_that_is_open_count_until_now() -> None:
    running = replace(UPGRADE, state="running", ended=None)
    open_ = replace(LOGIN, state="monitoring", resolved=None)
    raw, standard = of_component(API, replace(FACTS, incidents=(open_,), windows=(), now=at(3, 13))).figures
    assert (hours(raw.down), raw.shown) == (3, "95.081")  # up 58 of 61 hours
    raw, standard = of_component(API, replace(FACTS, incidents=(), windows=(running,), now=at(11, 1))).figures
    assert (hours(raw.down), hours(standard.down)) == (3, 2)


def test_an_incident_that_nobody_has_dated_is_left_out() -> None:
    assert [*outages([Incident(title="x")])] == []
