"""`opsdesk uptime`: text byte for byte, figures as JSON, and what is said where there is nothing to say."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from opsdesk.cli.uptime_text import heading, length, table
from opsdesk.core.record import Record
from opsdesk.core.registers.components import Component
from opsdesk.core.registers.incidents import Incident
from opsdesk.core.registers.maintenance import Maintenance
from opsdesk.core.settings import RAW, STANDARD, Policy
from opsdesk.insight.period import month_named
from opsdesk.insight.reliability import Facts, of_component, together
from opsdesk.store.sqlite import SqliteStore
from tests.cli.conftest import HOSTILE, NOW, Run
from tests.cli.golden import same


def at(day: int, hour: float, month: int = 10) -> datetime:
    return datetime(2026, month, day, tzinfo=UTC) + timedelta(hours=hour)


def incident(title: str, sev: int, started: datetime, minutes: tuple[float, float, float], **more: object) -> Incident:
    """`minutes`: from the start until it was detected, acknowledged, resolved."""
    detected, acknowledged, resolved = (started + timedelta(minutes=each) for each in minutes)
    stamps = {"started": started, "detected": detected, "acknowledged": acknowledged, "resolved": resolved}
    return Incident(title=title, sev=sev, state="resolved", **stamps, **more)


RECORDS: tuple[Record, ...] = (
    Component(handle="api", name="Public API", slo=99.5),
    Component(handle="web", name="[EMEA] 日本", slo=0),
    incident("Login slow", 2, at(3, 10), (15, 30, 120), components=("api",), customers=("globex",)),
    incident("Export fails", 3, at(5, 10), (0, 45, 60), components=("web",), impact="partial"),
    incident("Over the end", 1, at(31, 22), (1, 5, 120), components=("web",)),
    Maintenance(
        title="Upgrade",
        state="done",
        components=("api",),
        starts=at(10, 22),
        ends=at(10, 23),
        ended=at(10, 23.5),
        announced=at(7, 22),
    ),
    Incident(title="Still open", sev=1, started=NOW - timedelta(hours=3), detected=NOW, components=("api",)),
)


@pytest.fixture
def october(opsdesk: Run, folder: Path) -> Run:
    """The small desk in Berlin with two components; October, in which the clocks change, had three incidents."""
    (folder / "settings.toml").write_text('time_zone = "Europe/Berlin"\n')
    store = SqliteStore(folder)
    with store.work("Fill", by="sue", at=NOW) as work:
        for record in RECORDS:
            work.add(record)
    store.close()
    return opsdesk


def test_a_month_that_is_over(october: Run) -> None:
    told = october("uptime", "--month", "2026-10")
    assert told.exit_code == 0
    assert told.stderr == "P85 of fewer than 7 and P95 of fewer than 20 is simply the longest.\n"
    same("uptime.txt", told.stdout)


def test_one_component_and_one_customer(october: Run) -> None:
    told = october("uptime", "--month", "2026-10", "--component", "API", "--customer", "#globex")
    same("uptime-one.txt", told.stdout)


def test_policies_of_ones_own_each_have_their_budget(october: Run, folder: Path) -> None:
    with (folder / "settings.toml").open("a") as file:
        file.write('[[sla]]\nname = "gold"\nslo = 99.95\npartial = 1\n[[sla]]\nname = "bronze"\nslo = 99\n')
    same("uptime-own.txt", october("uptime", "--month", "2026-10").stdout)


def test_json_holds_every_figure_in_seconds(october: Run) -> None:
    # api in October: 2 h down, 1 h announced maintenance and half an hour over it; 745 h × 0.5 % = 13,410 s
    told = json.loads(october("uptime", "--month", "2026-10", "--component", "api", "--json").stdout)
    assert (told["since"], told["until"]) == ("2026-09-30T22:00:00Z", "2026-10-31T23:00:00Z")
    (row,) = told["rows"]
    raw, standard = row["figures"]
    assert (row["of"], row["handle"], row["incidents"]) == ("component", "api", ["I-1"])
    assert (raw["down"], standard["down"], standard["excluded"]) == (12_600, 9_000, 3_600)
    assert (standard["period"], standard["elapsed"]) == (745 * 3600, 745 * 3600)
    assert (standard["slo"], standard["allowed"], standard["left"], standard["met"]) == (99.5, 13_410, 4_410, True)
    assert standard["share"] == pytest.approx(100 * (1 - 2.5 / 745))
    assert standard["used_percent"] == pytest.approx(67.114, abs=0.001)
    assert standard["burn"] == pytest.approx(0.67114, abs=0.00001)
    assert row["response"][0]["mtta"] == {"n": 1, "p50": 900, "p85": 900, "p95": 900}


def test_this_month_counts_an_open_incident_until_now(october: Run) -> None:
    # on 23 November at 16:00 in Berlin 22 × 24 + 16 = 544 h have passed, the last three of them down
    told = october("uptime", "--component", "api")
    assert told.stdout.startswith("2026-11-01 to 2026-11-30 (Europe/Berlin): 544.0 of 720 hours have passed\n")
    assert "99.448" in told.stdout
    (row,) = json.loads(october("uptime", "--component", "api", "--json").stdout)["rows"]
    assert (row["response"][0]["open"], row["response"][0]["unacknowledged"]) == (1, 1)


def test_a_month_ahead_is_neither_up_nor_down(october: Run) -> None:
    lines = october("uptime", "--month", "2027-01", "--component", "api").stdout.splitlines()
    assert lines[0] == "2027-01-01 to 2027-01-31 (Europe/Berlin): 0.0 of 744 hours have passed"
    assert lines[2].split() == ["Public", "API", "–", "–", "99.5", "3", "h", "43", "min", "(100", "%)", "0"]


def test_a_month_before_the_desk_or_the_component_was_there_has_no_figures(october: Run) -> None:
    lines = october("uptime", "--month", "2026-09").stdout.splitlines()
    assert [line.count("–") for line in lines[2:7]] == [3] * 5
    assert october("add", "--kind", "component", "Mail").exit_code == 0
    (row,) = json.loads(october("uptime", "--month", "2026-10", "--component", "mail", "--json").stdout)["rows"]
    assert [each["share"] for each in row["figures"]] == [None, None]
    (row,) = json.loads(october("uptime", "--component", "mail", "--json").stdout)["rows"]
    assert [each["share"] for each in row["figures"]] == [100, 100]


def test_the_help_says_which_end_of_an_incident_counts(opsdesk: Run) -> None:
    said = " ".join(opsdesk("uptime", "--help").stdout.split())
    assert "down from its start until it is resolved, not only until it is mitigated" in said


def test_a_desk_without_components_says_how_to_make_some(opsdesk: Run) -> None:
    told = opsdesk("uptime")
    assert told.exit_code == 0
    assert told.stderr == "There are no components yet: opsdesk add --kind components makes them.\n"
    assert [line.split()[0] for line in told.stdout.splitlines()[2:4]] == ["everything", "Globex"]


@pytest.mark.parametrize(
    ("argv", "said"),
    [
        (("--component", "ap"), "No component has the handle 'ap'. Close are api."),
        (("--component", HOSTILE), "opsdesk list components shows which there are."),
        (("--customer", "nobody"), "No customer has the handle 'nobody'. opsdesk list customers shows which"),
        (("--month", "2026-13"), "'2026-13' is no month. Write it as 2026-11."),
        (("--month", ""), "'' is no month."),
    ],
)
def test_what_is_not_there_is_one_sentence(october: Run, argv: tuple[str, ...], said: str) -> None:
    told = october("uptime", *argv)
    assert (told.exit_code, told.stdout) == (1, "")
    assert said in told.stderr
    assert told.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (0, "0 s"),
        (0.9, "0 s"),
        (59.9, "59 s"),
        (60, "1 min"),
        (1600, "26 min 40 s"),
        (3600, "1 h"),
        (3605, "1 h"),
        (12_000, "3 h 20 min"),
        (86_400, "1 d"),
        (-352_800, "4 d 2 h"),
    ],
)
def test_a_length_has_its_two_largest_units(seconds: float, said: str) -> None:
    assert length(seconds) == said


def facts(*policies: Policy, now: datetime = NOW) -> Facts:
    down = incident("x", 1, at(31, 22), (0, 0, 60))
    period = month_named("2026-10", ZoneInfo("UTC"))
    return Facts(incidents=(down,), windows=(), policies=policies, period=period, now=now)


def test_where_there_is_only_raw_the_budget_is_its_own() -> None:
    # 744 h × 0.1 % = 2,678.4 s; an hour is 921.6 s more, 134 %
    assert table([together(facts(RAW))], [RAW]) == [
        "uptime of   raw %   SLO %  budget left                    incidents",
        "everything  99.865  99.9   15 min 21 s over (134 % used)  1",
    ]


def test_a_promise_of_all_the_time_has_no_share_of_its_budget() -> None:
    whole = Policy(name="whole", slo=100)
    _, line = table([together(facts(RAW, whole))], [RAW, whole])
    assert line.split()[4:] == ["1", "h", "over", "1"]


def test_hostile_names_stay_in_their_cell() -> None:
    component = Component(handle="x", name=HOSTILE[:20])
    (_, line) = table([of_component(component, facts(RAW, STANDARD))], [RAW, STANDARD])
    assert line.startswith("[EMEA] Ünïcode 日本 [")


def test_the_heading_says_how_much_has_passed() -> None:
    assert heading(facts(RAW, now=at(2, 1.5)), ZoneInfo("UTC")) == (
        "2026-10-01 to 2026-10-31 (UTC): 25.5 of 744 hours have passed"
    )
