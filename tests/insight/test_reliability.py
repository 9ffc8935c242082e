"""Uptime from the registers: per component, as each customer felt it, and everything together."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from opsdesk.core.customers import Customer
from opsdesk.core.registers.components import Component
from opsdesk.core.registers.incidents import Incident
from opsdesk.core.registers.maintenance import Maintenance, Notice
from opsdesk.core.settings import RAW, STANDARD
from opsdesk.insight.period import Period, month_named
from opsdesk.insight.reliability import Facts, of_component, of_customer, outages, together, unended, windows

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
    told=("globex",),
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


def test_a_window_that_is_given_up_while_it_runs_was_down_until_then() -> None:
    # 22:00 to 22:45 of an announced hour: down raw, excluded by the standard rule
    given_up = replace(UPGRADE, state="cancelled", ended=at(10, 22.75))
    raw, standard = of_component(API, replace(FACTS, incidents=(), windows=(given_up,))).figures
    assert (raw.down, standard.down, standard.excluded) == (45 * 60, 0, 45 * 60)


def test_what_was_before_the_desk_is_not_known() -> None:
    later = replace(FACTS, incidents=(), windows=(), since=at(30, 23))
    assert [each.shown for each in together(later).figures] == ["100.000"] * 2
    unknown = replace(later, since=NOVEMBER.until)
    for row in (together(unknown), of_component(API, unknown), of_customer(ACME, unknown)):
        assert [(each.shown, each.met, each.down) for each in row.figures] == [("–", None, 0)] * 2


def test_what_was_written_down_afterwards_is_known_from_then_on() -> None:
    late = replace(FACTS, since=NOVEMBER.until)
    assert together(late) == together(FACTS)
    assert [each.shown for each in of_component(replace(API, handle="mail"), late).figures] == ["–", "–"]


def test_a_component_is_known_from_its_first_day_or_its_first_incident() -> None:
    young = replace(API, created=NOVEMBER.until)
    quiet = replace(FACTS, incidents=(EXPORT,), windows=(), since=at(1, -9000))
    assert [each.shown for each in of_component(young, quiet).figures] == ["–", "–"]
    assert of_component(young, replace(quiet, incidents=(LOGIN,))).incidents == ("I-1",)
    assert of_component(young, quiet).incidents == ()


# Which outage announced maintenance excuses: none but that of its own components, for its own customers

LOGIN_API = Component(handle="login", name="Login")


def down(start: float, end: float, *components: str, customers: tuple[str, ...] = ()) -> Incident:
    return Incident(
        title="x", sev=1, state="resolved", started=at(20, start), resolved=at(20, end),
        components=components, customers=customers,
    )  # fmt: skip


def held(start: float, end: float, *components: str, customers: tuple[str, ...] = (), notice: int = 72) -> Maintenance:
    return Maintenance(
        title="x", starts=at(20, start), ends=at(20, end), announced=at(20, start - notice),
        components=components, customers=customers, told=customers,
    )  # fmt: skip


def standard(
    window: Maintenance, *incidents: Incident, more: tuple[Maintenance, ...] = ()
) -> dict[str, tuple[float, float]]:
    """Row → (minutes down, minutes excluded) by the standard rule."""
    facts = replace(FACTS, incidents=incidents, windows=(window, *more))
    parts = [of_component(each, facts) for each in (API, LOGIN_API)]
    rows = [together(facts), *parts, *(of_customer(each, facts) for each in (ACME, GLOBEX))]
    return {row.handle: (row.figures[1].down / 60, row.figures[1].excluded / 60) for row in rows}


def test_maintenance_of_one_component_hides_no_outage_of_another() -> None:
    # api 10:00 to 12:00 announced, login down 10:30 to 11:30
    told = standard(held(10, 12, "api"), down(10.5, 11.5, "login"))
    assert told == {"": (60, 60), "api": (0, 120), "login": (60, 0), "acme": (60, 60), "globex": (60, 60)}


def test_maintenance_for_one_customer_hides_no_outage_of_another() -> None:
    told = standard(held(10, 12, "api", customers=("acme",)), down(10.5, 11.5, "api", customers=("globex",)))
    assert told == {"": (60, 60), "api": (60, 60), "login": (0, 0), "acme": (0, 120), "globex": (60, 0)}


def test_an_outage_for_everybody_is_excused_for_those_whose_maintenance_it_is() -> None:
    told = standard(held(10, 12, "api", customers=("acme",)), down(10, 12, "api"))
    assert (told["acme"], told["globex"], told["api"], told[""]) == ((0, 120), (120, 0), (120, 0), (120, 0))


def test_an_outage_of_two_components_is_excused_for_the_one_that_is_maintained() -> None:
    told = standard(held(10, 12, "api"), down(10, 12, "api", "login"))
    assert (told["api"], told["login"], told["acme"], told[""]) == ((0, 120), (120, 0), (120, 0), (120, 0))
    both = standard(held(10, 12, "api"), down(10, 12, "api", "login"), more=(held(10, 12, "login"),))
    assert set(both.values()) == {(0, 120)}


def test_maintenance_without_notice_is_down_under_another_window_too() -> None:
    told = standard(held(10, 12, "api"), more=(held(10.5, 11.5, "login", notice=1),))
    assert told == {"": (60, 60), "api": (0, 120), "login": (60, 0), "acme": (60, 60), "globex": (60, 60)}
    assert standard(held(10, 12, "api"), more=(held(10.5, 11.5, "api", notice=1),))["api"] == (0, 120)


COMPONENTS, CUSTOMERS = ("", "api", "login"), ("acme", "globex", "another")
NAMED = st.tuples(
    st.lists(st.sampled_from(["api", "login"]), unique=True, max_size=2).map(tuple),
    st.lists(st.sampled_from(["acme", "globex"]), unique=True, max_size=2).map(tuple),
)
TOLD = st.dictionaries(st.sampled_from(["acme", "globex"]), st.sampled_from([None, 1, 47, 48, 90]))
"""Customer → hours of notice; None: since it was announced; who is not in it was not told."""
BITS = st.integers(0, 50)
GRID = Period(since=at(20, 0), until=at(20, 1))


def minute(number: int) -> datetime:
    return at(20, 0) + timedelta(minutes=number)


@given(
    st.lists(st.tuples(BITS, st.integers(1, 40), st.booleans(), NAMED), max_size=4),
    st.lists(st.tuples(BITS, st.integers(1, 40), st.integers(0, 60), st.booleans(), NAMED, TOLD), max_size=4),
)
@settings(max_examples=200, deadline=None)
def test_it_is_what_counting_each_component_of_each_customer_minute_by_minute_gives(
    outs: list[tuple[int, int, bool, tuple[tuple[str, ...], tuple[str, ...]]]],
    kept: list[tuple[int, int, int, bool, tuple[tuple[str, ...], tuple[str, ...]], dict[str, int | None]]],
) -> None:
    incidents = [
        Incident(title="x", sev=1, state="resolved", started=minute(s), resolved=minute(s + n), components=c,
                 customers=u, impact="partial" if partial else "down")
        for s, n, partial, (c, u) in outs
    ]  # fmt: skip
    maintenance = [
        Maintenance(title="x", state="done", starts=minute(s), ends=minute(s + n), ended=minute(s + over),
                    announced=minute(s) - timedelta(hours=48 if told else 1), components=c, customers=u,
                    told=tuple(each for each in by if each in u),
                    notices=tuple(Notice(who=each, at=minute(s) - timedelta(hours=hours))
                                  for each, hours in by.items() if hours is not None and each in u))
        for s, n, over, told, (c, u), by in kept
    ]  # fmt: skip
    facts = replace(FACTS, incidents=incidents, windows=maintenance, period=GRID)
    every = {(c, u) for c in COMPONENTS for u in CUSTOMERS}
    rows = [(together(facts), every)]
    rows += [(of_component(each, facts), {(each.handle, u) for u in CUSTOMERS}) for each in (API, LOGIN_API)]
    rows += [(of_customer(each, facts), {(c, each.handle) for c in COMPONENTS}) for each in (ACME, GLOBEX)]
    for row, cells in rows:
        seconds = {"down": 0.0, "excluded": 0.0}
        for at_minute in range(60):
            weights, out = _cells_at(at_minute, outs, kept, cells)
            seconds["down"] += 60 * max(weights, default=0)
            seconds["excluded"] += 60 * (out and not weights)
        figures = row.figures[1]
        assert (figures.down, figures.excluded) == (seconds["down"], seconds["excluded"]), row.handle


def _cells_at(now: int, outs: list[Any], kept: list[Any], cells: set[tuple[str, str]]) -> tuple[list[float], bool]:
    """What counts in one minute, each with its weight, and whether anything is excluded: cell by cell."""

    def hit(named: tuple[tuple[str, ...], tuple[str, ...]]) -> set[tuple[str, str]]:
        return {(c, u) for c, u in cells if c in (named[0] or ("",)) and (not named[1] or u in named[1])}

    concerned = {u for _, u in cells}
    free: set[tuple[str, str]] = set()
    weighed = [(0.5 if partial else 1, hit(named)) for s, n, partial, named in outs if s <= now < s + n]
    for s, n, over, told, named, by in kept:
        notice = dict.fromkeys(CUSTOMERS, 48 if told else 1) if not named[1] else {}
        notice |= {u: (48 if told else 1) if hours is None else hours for u, hours in by.items() if u in named[1]}
        in_time = all(notice.get(u, 0) >= 48 for u in concerned if not named[1] or u in named[1])
        if in_time and s <= now < s + min(n, over):
            free |= hit(named)
        elif s <= now < s + over:
            weighed.append((1, hit(named)))
    return [weight for weight, whom in weighed if whom - free], bool(free)


def test_each_customer_felt_a_window_by_its_own_notice() -> None:
    # an hour and a half, half an hour of it over its end; Acme was told 49 hours ahead, Globex only 47
    notices = (Notice(who="acme", at=at(8, 21)), Notice(who="globex", at=at(8, 23)))
    whose = ("acme", "globex")
    window = replace(UPGRADE, customers=whose, announced=at(8, 21), told=whose, notices=notices)
    facts = replace(FACTS, incidents=(), windows=(window,))

    def hours_down(facts: Facts) -> list[float]:
        rows = (of_customer(ACME, facts), of_customer(GLOBEX, facts), of_component(API, facts), together(facts))
        return [hours(row.figures[1].down) for row in rows]

    assert hours_down(facts) == [0.5, 1.5, 1.5, 1.5]
    both = replace(window, notices=(notices[0], replace(notices[1], at=at(8, 22))))
    assert hours_down(replace(facts, windows=(both,))) == [0.5, 0.5, 0.5, 0.5]
    unaware = replace(window, told=("acme",), notices=notices[:1])
    assert hours_down(replace(facts, windows=(unaware,))) == [0.5, 1.5, 1.5, 1.5]


def test_whoever_was_told_before_notices_were_kept_was_told_when_it_was_announced() -> None:
    old = msgspec.convert({**msgspec.to_builtins(UPGRADE), "notices": []}, Maintenance, strict=False)
    assert hours(of_customer(GLOBEX, replace(FACTS, incidents=(), windows=(old,))).figures[1].down) == 0.5


def test_a_window_that_was_cancelled_or_has_no_time_is_none() -> None:
    cancelled = replace(UPGRADE, state="cancelled", ended=None)
    assert [*windows([cancelled, Maintenance(id="W-2", title="Some day")])] == []


def test_a_window_that_nobody_began_or_ended_counts_as_held_as_announced() -> None:
    planned = replace(UPGRADE, state="planned", ended=None)
    raw, standard = of_component(API, replace(FACTS, windows=(planned,))).figures
    assert (hours(raw.down), hours(standard.down), hours(standard.excluded)) == (3, 2, 1)


def test_what_nobody_ended_is_said_to_be_counted_as_planned() -> None:
    planned = replace(UPGRADE, state="planned", ended=None)
    running = replace(planned, id="W-2", state="running")
    ahead = replace(planned, id="W-3", starts=at(28, 1), ends=at(28, 2))
    facts = replace(FACTS, windows=(planned, running, ahead, replace(UPGRADE, id="W-4")), now=at(11, 1))
    assert unended(facts) == (
        "W-1 was never ended: counted as planned.",
        "W-2 was never ended: counted until now.",
    )
    december = month_named("2026-12", ZoneInfo("UTC"))
    assert unended(replace(facts, period=december)) == ()


def test_a_window_that_runs_and_an_incident_that_is_open_count_until_now() -> None:
    running = replace(UPGRADE, state="running", ended=None)
    open_ = replace(LOGIN, state="monitoring", resolved=None)
    raw, standard = of_component(API, replace(FACTS, incidents=(open_,), windows=(), now=at(3, 13))).figures
    assert (hours(raw.down), raw.shown) == (3, "95.081")  # up 58 of 61 hours
    raw, standard = of_component(API, replace(FACTS, incidents=(), windows=(running,), now=at(11, 1))).figures
    assert (hours(raw.down), hours(standard.down)) == (3, 2)


def test_an_incident_that_nobody_has_dated_is_left_out() -> None:
    assert [*outages([Incident(title="x")])] == []
