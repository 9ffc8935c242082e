"""`opsdesk coverage`: text byte for byte, and every figure as JSON."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest

from opsdesk.cli import columns
from opsdesk.cli.columns import width
from opsdesk.core.meeting import Meeting, Section, Span
from opsdesk.store.sqlite import SqliteStore
from tests.cli.conftest import NOW, Run
from tests.cli.golden import same


def test_coverage_fairness_and_back_test(scored: Run) -> None:
    told = scored("coverage")
    assert (told.exit_code, told.stderr) == (0, "")
    same("coverage.txt", told.stdout)


def test_json_holds_every_figure(scored: Run) -> None:
    told = json.loads(scored("coverage", "--json").stdout)
    assert (told["coverage"]["fresh"], told["coverage"]["active"], told["coverage"]["percent"]) == (2, 3, 66)
    assert told["departments"][0] == {"department": "R&D", "cells": 3, "stale": 2, "unknown": 1}
    customers = {each["customer"]: each for each in told["customers"]}
    assert (customers["globex"]["minutes"], customers["globex"]["minutes_share"], customers["globex"]["days"]) == (
        20,
        1,
        7,
    )
    assert customers["acme"]["revenue_share"] == 0.635
    assert told["never_discussed"] == ["nippon", "acme"]
    assert [(each["customer"], each["what"], each["before"], each["green"]) for each in told["backtest"]] == [
        ("initech", "left", "green", True),
        ("nippon", "escalated", "unknown", False),
    ]


def test_minutes_of_customers_stand_beside_those_of_all_meetings(scored: Run, folder: Path) -> None:
    at = NOW - timedelta(days=1)
    daily = Meeting(
        agenda="daily-operations-sync",
        title="Daily",
        state="closed",
        scheduled=at,
        started=at,
        ended=at + timedelta(minutes=10),
        last=at + timedelta(minutes=10),
        timebox=15,
        sections=(Section(title="Burning", minutes=12, seconds=600),),
        spans=(Span(section=0, entered=at, left=at + timedelta(minutes=10)),),
    )
    store = SqliteStore(folder)
    with store.work("Meet", by="sue", at=NOW) as work:
        work.add(daily)
    store.close()
    told = json.loads(scored("coverage", "--json").stdout)
    assert (told["minutes_of_customers"], told["minutes_of_meetings"]) == (20, 30)
    assert "20 min of 30 min of meetings in 12 weeks went to one customer" in scored("coverage").stdout


def test_of_many_that_were_never_discussed_some_are_named(scored: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(columns, "room", lambda: 60)
    rows = "".join(f"Customer {number:04} with a long name,c{number}\n" for number in range(2_000))
    scored("import", "customers", "-", input=f"name,handle\n{rows}")
    said = scored("coverage").stdout.partition("Never discussed (2,002): ")[2].partition("\n\n")[0]
    assert " ".join(said.split()).endswith("… and 1,992 more, all with --json")
    assert all(width(line) <= 60 for line in said.splitlines())
    assert len(json.loads(scored("coverage", "--json").stdout)["never_discussed"]) == 2_002


def test_minutes_are_those_of_as_many_weeks_as_are_asked_for(scored: Run) -> None:
    told = json.loads(scored("coverage", "--weeks", "1", "--json").stdout)
    assert told["weeks"] == 1
    assert [each["minutes"] for each in told["customers"]] == [0, 0, 0]
    assert scored("coverage", "--weeks", "0").exit_code == 2


def test_a_desk_without_customers_says_how_to_begin(scored: Run, tmp_path: Path) -> None:
    told = scored("--desk", str(tmp_path / "none"), "coverage")
    assert told.exit_code == 0
    assert "There are no customers yet: opsdesk" in told.stderr
    assert told.stdout.splitlines()[0] == "Customers with a fresh score: 0 of 0 (goal 95 %)"
