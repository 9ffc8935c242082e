"""Who is asked before a table is taken in, and what is taken without."""

from __future__ import annotations

import json
from pathlib import Path

import click
import pytest

from opsdesk.cli import consent
from tests.cli.conftest import Run

GOOD, BAD = "Name,Department\nAna Ferreira,Support\n", "Name,Department\nAna Ferreira,Support\n,Sales\n"


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Somebody is at the terminal, who answers in turn what is put into the list; what was asked is in it after."""
    answers: list[str] = []

    def confirm(words: str, err: bool) -> bool:
        answer = answers.pop(0)
        answers.append(words)
        return answer == "y"

    monkeypatch.setattr(consent.Consent, "_asking", property(lambda self: self._asks and not self._yes))
    monkeypatch.setattr("click.confirm", confirm)
    return answers


def people(opsdesk: Run) -> list[str]:
    return [each["name"] for each in json.loads(opsdesk("list", "people", "--json").stdout)][2:]


@pytest.mark.parametrize("answer", ["y", "n"])
def test_whoever_is_there_sees_it_and_is_asked(opsdesk: Run, asked: list[str], answer: str) -> None:
    asked.append(answer)
    told = opsdesk("import", "people", "-", input=BAD)
    assert told.stderr.splitlines()[:3] == [
        "1 person would be taken in",
        "handle: ana, name: Ana Ferreira, department: Support",
        "line 3: The name is missing.",
    ]
    assert asked == ["Take in 1 person?"]
    assert people(opsdesk) == (["Ana Ferreira"] if answer == "y" else [])
    assert (told.exit_code, told.stdout) == ((0, "1 person taken in\n") if answer == "y" else (1, ""))


def test_where_nobody_is_there_all_or_nothing_is_taken_unless_yes_is_said(opsdesk: Run) -> None:
    assert opsdesk("import", "people", "-", input=BAD).exit_code == 1
    assert people(opsdesk) == []
    told = opsdesk("import", "people", "-", "--yes", input=BAD)
    assert (told.exit_code, told.stdout, told.stderr) == (0, "1 person taken in\n", "line 3: The name is missing.\n")
    opsdesk("undo")
    assert opsdesk("import", "people", "-", input=GOOD).exit_code == 0
    assert people(opsdesk) == ["Ana Ferreira"]


def test_nobody_is_asked_about_nothing(opsdesk: Run, asked: list[str]) -> None:
    refused = opsdesk("import", "people", "-", input="Name,Department\n,Sales\n")
    assert refused.stderr.endswith("Nothing was taken in. Mend these lines and import again.\n")
    sheet = opsdesk("export", "--csv", "people").stdout
    assert opsdesk("import", "people", "-", input=sheet).stdout == "people: 2 left alone\n"
    assert asked == []


def test_json_and_yes_ask_nothing(opsdesk: Run, asked: list[str]) -> None:
    assert opsdesk("import", "people", "-", "--json", input=GOOD).exit_code == 0
    assert opsdesk("import", "customers", "-", "--yes", input="Name\nAcme\n").exit_code == 0
    assert asked == []


def test_a_new_desk_is_asked_about_once(tmp_path: Path, opsdesk: Run, asked: list[str]) -> None:
    asked.append("y")
    told = opsdesk("--desk", str(tmp_path / "new"), "import", "people", "-", input=GOOD)
    assert (told.exit_code, asked) == (0, ["Take in 1 person?"])
    asked[:] = ["n"]
    assert opsdesk("--desk", str(tmp_path / "other"), "import", "people", "-", input=GOOD).exit_code == 1
    assert not (tmp_path / "other").exists()


@pytest.mark.parametrize("answer", ["y", "n"])
def test_a_sheet_is_asked_about_too(opsdesk: Run, asked: list[str], answer: str) -> None:
    asked.append(answer)
    sheet = opsdesk("export", "--csv", "people").stdout.replace("Sue Park", "Sue Parker").replace("Tom Reyes", "")
    told = opsdesk("import", "people", "-", input=sheet)
    assert "people line 3: " in told.stderr
    assert "name: Sue Park → Sue Parker" in told.stderr
    assert asked == ["Take this in?"]
    found = opsdesk("show", "sue").stdout
    assert ("Sue Parker" in found) == (answer == "y")


def test_a_dry_run_with_lines_that_cannot_be_taken_ends_with_one(opsdesk: Run) -> None:
    told = opsdesk("import", "people", "-", "--dry-run", input=BAD)
    assert told.exit_code == 1
    assert told.stdout.startswith("1 person would be taken in\n")
    assert told.stderr.splitlines()[0] == "line 3: The name is missing."


def test_whoever_goes_away_instead_of_answering_has_taken_nothing_in(
    opsdesk: Run, asked: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(words: str, err: bool) -> bool:
        raise click.Abort

    monkeypatch.setattr("click.confirm", interrupted)
    told = opsdesk("import", "people", "-", input=GOOD)
    assert (told.exit_code, told.stdout, people(opsdesk)) == (1, "", [])
    assert told.stderr.endswith("\nopsdesk: Nothing was taken in.\n")
