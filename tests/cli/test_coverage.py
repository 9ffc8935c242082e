"""`opsdesk coverage`: text byte for byte, and every figure as JSON."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.conftest import Run
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
