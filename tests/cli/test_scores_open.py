"""Flags that nobody has ended, on the command line: of no measure any more, unknown meanwhile; overrides that end."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run

SIX = '[[measures]]\nname = "Six"\n'
SUPPORT = '[[measures]]\nname = "%s"\n\n[[measures]]\nname = "Delivery"\n\n[[measures]]\nname = "Product"\n'


def settings(folder: Path, text: str) -> None:
    (folder / "settings.toml").write_text(text, encoding="utf-8")


def test_a_flag_of_what_is_no_measure_any_more_is_told_with_what_to_do(scored: Run, folder: Path) -> None:
    settings(folder, SIX)
    told = scored("scores", "--customer", "globex")
    assert next(line for line in told.stdout.splitlines() if line.startswith("Globex")).split()[1:3] == ["▲", "R"]
    assert "red 0 d, not discussed yet, no longer a measure" in told.stdout
    first, second = told.stderr.splitlines()
    assert first == "Open flags of what is no longer a measure: Globex Support red, Globex Delivery orange."
    assert second.startswith("opsdesk score globex 'Support' green 'why' ends one, with red it is confirmed; ")
    assert scored("score", "globex", "Support", "red").exit_code == 0
    assert scored("score", "globex", "Support", "green", "why").exit_code == 0
    assert "Globex Delivery orange." in scored("scores", "--customer", "globex").stderr
    (row,) = json.loads(scored("scores", "--customer", "globex", "--json").stdout)["customers"]
    assert [each["measure"] for each in row["no_longer_a_measure"]] == ["Delivery"]


def test_the_case_of_a_measure_changes_nothing(scored: Run, folder: Path) -> None:
    before = json.loads(scored("scores", "--customer", "globex", "--json").stdout)["customers"][0]
    settings(folder, SUPPORT % "SUPPORT")
    told = scored("scores", "--customer", "globex", "--json")
    (after,) = json.loads(told.stdout)["customers"]
    assert (after["level"], after["stale"], after["no_longer_a_measure"]) == (before["level"], before["stale"], [])
    assert {each["measure"]: each["level"] for each in after["cells"]}["SUPPORT"] == "red"


@pytest.mark.parametrize(
    ("argv", "said"),
    [
        (("globex", "support", "u"), "Unknown over an open red needs one line that says why: it ends no flag."),
        (("globex", "support", "r", "--plan", "2026-11-22"), "2026-11-22 is past: a plan date lies ahead."),
    ],
)
def test_what_cannot_be_said_of_a_flag(scored: Run, argv: tuple[str, ...], said: str) -> None:
    told = scored("score", *argv)
    assert (told.exit_code, told.stdout) == (1, "")
    assert said in told.stderr


def test_a_new_override_says_which_it_ends(scored: Run) -> None:
    scored("override", "globex", "green", "they", "renewed", "--until", "fri")
    told = scored("override", "globex", "orange", "not", "all", "--until", "fri")
    assert told.stdout == "OV-3  Globex ◆ O until 2026-11-27  computed ▲ R  not all  OV-2 ended by it\n"
    assert "lifted" in scored("list", "overrides").stdout


def test_an_override_whose_day_has_passed_is_listed_as_expired(scored: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "standing" in scored("list", "overrides").stdout
    monkeypatch.setenv("OPSDESK_NOW", "2026-12-05T09:00:00Z")
    told = scored("list", "overrides").stdout
    assert "expired" in told
    assert "standing" not in told
    assert "Nobody has judged" in scored("override", "nippon", "--lift").stderr
