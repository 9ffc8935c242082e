"""The verbs of registers on the command line: by id or by name, by their own words or by those of actions."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.cli.conftest import Run


def whole(opsdesk: Run, id: str) -> Any:
    return json.loads(opsdesk("show", id, "--json").stdout)


@pytest.fixture
def estate(opsdesk: Run) -> Run:
    opsdesk("add", "--kind", "component", "Login API")
    opsdesk("add", "--kind", "component", "Database")
    opsdesk("add", "--kind", "environment", "staging @tom 2026-11-27")
    opsdesk("add", "--kind", "delivery", "SSO #globex @sue 2026-12-04")
    return opsdesk


def test_components_and_environments_are_named_by_name(estate: Run) -> None:
    assert estate("set", "login", "depends=database").stdout == "K-1  Login API\n"
    assert whole(estate, "database")["id"] == "K-2"
    assert whole(estate, "Login API")["depends"] == ["database"]
    assert estate("do", "Staging", "degrade", "disk full").stdout.startswith("E-1  staging  degraded: disk full")
    assert whole(estate, "staging")["state"] == "degraded"
    assert estate("set", "nothing", "depends=database").exit_code == 1
    assert estate("do", "nothing", "free").exit_code == 2
    assert estate("uptime", "--component", "K-9").exit_code == 1
    assert estate("uptime", "--component", "K-1").exit_code == 0
    assert estate("uptime", "--component", "K-1").stdout == estate("uptime", "--component", "login").stdout


def test_people_are_told_by_name(estate: Run) -> None:
    made = estate("add", "--kind", "absence", "@tom away mon fri cover:sue")
    assert made.stdout.startswith("AB-1  Tom Reyes away, 2026-11-30 to 2026-12-04  away from ")
    assert "Sue Park covers" in made.stdout
    assert "held by Tom Reyes" in estate("set", "staging", "until=2026-11-30").stdout


def test_an_environment_is_taken_from_somebody_only_where_that_is_meant(estate: Run) -> None:
    told = estate("do", "staging", "hold", "@sue")
    assert (told.exit_code, told.stdout) == (1, "")
    assert "staging is held by Tom Reyes until Fri 27 Nov: Sue Park would take it away." in told.stderr
    assert "--yes" in told.stderr
    assert estate("do", "staging", "hold", "@sue", "--yes").exit_code == 0
    assert whole(estate, "E-1")["holder"] == "sue"
    assert estate("set", "E-1", "holder=tom").exit_code == 1
    assert estate("set", "E-1", "holder=tom", "--yes").exit_code == 0


@pytest.mark.parametrize(
    ("argv", "field", "value"),
    [
        (("done", "DL-1"), "state", "delivered"),
        (("start", "dl-1"), "state", "started"),
        (("drop", "DL-1", "--why", 'they said "no" sev:1 @bob'), "why", 'they said "no" sev:1 @bob'),
        (("give", "DL-1", "tom"), "owner", "tom"),
        (("redate", "DL-1", "2026-12-11", "--why", "the vendor"), "forecast", "2026-12-11"),
        (("wait", "DL-1", "2026-12-03"), "told", "2026-12-03"),
    ],
)
def test_verbs_of_actions_do_what_they_mean_in_a_register(
    estate: Run, argv: tuple[str, ...], field: str, value: str
) -> None:
    told = estate(*argv)
    assert (told.exit_code, told.stdout[:4]) == (0, "DL-1"), told.stderr
    assert whole(estate, "DL-1")[field] == value


def test_what_means_nothing_there_names_what_can_be_done(estate: Run) -> None:
    told = estate("drop", "E-1", "--why", "x")
    assert (told.exit_code, told.stdout) == (1, "")
    assert "An environment is not dropped: x frees it. opsdesk do E-1 hold | keep | free" in told.stderr
    assert "DL-1 is a delivery: done takes actions" in estate("done", "A-1", "DL-1").stderr
    estate("done", "DL-1")
    assert estate("reopen", "DL-1").exit_code == 0
    assert whole(estate, "DL-1")["state"] == "started"


@pytest.mark.parametrize(
    "argv", [("do", "DL-1", "escalate", "twice", "late"), ("escalate", "DL-1", "--why", "twice late")]
)
def test_a_record_is_escalated_with_its_reason(estate: Run, argv: tuple[str, ...]) -> None:
    told = estate(*argv)
    assert told.stdout == "T-1  came of DL-1 and goes to the Escalation Review  SSO\n", told.stderr
    assert (whole(estate, "T-1")["ref"], whole(estate, "T-1")["why"]) == ("DL-1", "twice late")
    assert whole(estate, "DL-1")["led_to"] == ["T-1"]
    assert estate("do", "DL-1", "E-1", "escalate").exit_code == 2


def test_an_incident_for_a_customer_that_is_not_known_is_not_opened(opsdesk: Run) -> None:
    told = opsdesk("incident", "open", "z #globx")
    assert (told.exit_code, told.stdout) == (1, "")
    assert "#globx is no customer here: did you mean #globex?" in told.stderr
    assert opsdesk("list", "incidents").stdout == ""
    assert opsdesk("incident", "open", "z #globx", "--yes").exit_code == 0
    assert opsdesk("add", "--kind", "incident", "z prio:1").exit_code == 1
    assert opsdesk("add", "--kind", "incident", "z prio:1", "--yes").exit_code == 0


def test_an_incident_of_which_nobody_says_how_bad_it_is_is_major_and_told_so(opsdesk: Run) -> None:
    told = opsdesk("incident", "open", "Login slow")
    assert "SEV-2" in told.stdout
    assert "SEV-2, nobody said: opsdesk set I-1 sev=3 lowers it." in told.stderr
    assert whole(opsdesk, "I-1")["next_update"].startswith("2026-11-23T15:30:00")
    for argv in (("x", "--sev", "3"), ("x sev:3",)):
        told = opsdesk("incident", "open", *argv)
        assert "nobody said" not in told.stderr
        assert "SEV-3" in told.stdout


def test_a_long_title_is_short_in_a_confirmation_and_whole_in_the_record(opsdesk: Run) -> None:
    title = "word " * 100
    for argv in (("add", "--kind", "bug", title), ("add", title), ("incident", "open", title, "--sev", "4")):
        made = opsdesk(*argv)
        assert len(made.stdout.rstrip().splitlines()[0]) <= 120
        assert "…" in made.stdout
    assert whole(opsdesk, "B-1")["title"] == title.strip()


def test_sheets_take_lists_as_people_type_them(estate: Run) -> None:
    sheet = 'id,rev,title,components,customers\n,,Slow,"login, database",globex\n,,Old,"[""login""]","#globex nippon"\n'
    told = estate("import", "incidents", "-", input=sheet)
    assert told.stdout == "incidents: 2 added\n", told.stderr
    assert [whole(estate, id)["components"] for id in ("I-1", "I-2")] == [["login", "database"], ["login"]]
    assert whole(estate, "I-2")["customers"] == ["globex", "nippon"]


@pytest.mark.parametrize(
    ("kind", "row", "said"),
    [
        ("incidents", "id,rev,title,sev\n,,x,9\n", 'sev: "9" is not a whole number from 1 to 5.'),
        ("incidents", "id,rev,title,sev\n,,x,high\n", 'sev: "high" is not a whole number such as 12.'),
        ("incidents", "id,rev,title,impact\n,,x,half\n", 'impact: "half" is not one of down, partial.'),
        ("incidents", "id,rev,title,customers\n,,x,[1\n", '"[1" is not a list with commas between'),
        ("incidents", "id,rev,title,owner\n,,x,Ä b\n", 'owner: "Ä b" is not a handle: letters from a to z'),
        ("components", "id,rev,name,handle\n,,login api,l2\n", 'There is a component "Login API" already: K-1'),
        ("components", "id,rev,name,handle\n,,New,n1\n,,new,n2\n", 'There is a component "New" already'),
    ],
)
def test_a_cell_that_cannot_be_is_refused_without_the_words_of_code(
    estate: Run, kind: str, row: str, said: str
) -> None:
    told = estate("import", kind, "-", input=row)
    assert told.exit_code == 1
    assert said in told.stderr
    assert "`" not in told.stderr
    assert "JSON" not in told.stderr


def test_who_is_on_call_is_found_among_the_absences(opsdesk: Run) -> None:
    told = opsdesk("list", "on-call")
    assert told.exit_code == 2
    assert "opsdesk list absences shows who is on call." in told.stderr
