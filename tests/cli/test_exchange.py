"""`opsdesk export` and `opsdesk import`."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from tests.cli.conftest import Run


def test_the_export_holds_every_record_and_the_settings(opsdesk: Run) -> None:
    whole = json.loads(opsdesk("export", "--json").stdout)
    assert [person["handle"] for person in whole["records"]["people"]] == ["sue", "tom"]
    assert whole["settings"]["due_days"] == 7
    assert len(whole["records"]["actions"]) == 3


def test_a_file_gets_the_same_bytes_and_is_its_owners_only(opsdesk: Run, tmp_path: Path) -> None:
    file = tmp_path / "desk.json"
    told = opsdesk("export", "--json", "-o", str(file))
    assert (told.exit_code, told.stdout, told.stderr) == (0, "", f"Everything is in {file}.\n")
    assert file.read_bytes() == opsdesk("export", "--json").stdout_bytes
    assert file.stat().st_mode & 0o777 == 0o600


def test_a_place_that_is_not_there_is_one_sentence(opsdesk: Run, tmp_path: Path) -> None:
    told = opsdesk("export", "--json", "-o", str(tmp_path / "no" / "desk.json"))
    assert told.exit_code == 1
    assert told.stderr.endswith("No such file or directory. Nothing was written.\n")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_place_that_may_not_be_written_is_one_sentence(opsdesk: Run, tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    assert opsdesk("export", "--json", "-o", str(tmp_path / "desk.json")).exit_code == 1


def test_an_export_without_a_format_is_used_wrongly(opsdesk: Run) -> None:
    assert opsdesk("export").exit_code == 2


def test_a_table_is_taken_in_whole(opsdesk: Run) -> None:
    told = opsdesk("import", "people", "-", input="Name;Department\nAna Ferreira;Support\nRaj Patel;Sales\n")
    assert (told.exit_code, told.stdout) == (0, "2 people taken in\n")
    people = json.loads(opsdesk("list", "people", "--json").stdout)
    assert [(p["name"], p["department"]) for p in people[2:]] == [("Ana Ferreira", "Support"), ("Raj Patel", "Sales")]


def test_a_dry_run_takes_nothing_in(opsdesk: Run) -> None:
    told = opsdesk("import", "people", "-", "--dry-run", input="Name\nAna Ferreira\n")
    assert told.stdout == "1 person would be taken in\n"
    assert len(json.loads(opsdesk("list", "people", "--json").stdout)) == 2


@pytest.mark.parametrize(("kind", "one"), [("customers", "customer"), ("actions", "action")])
def test_one_is_told_in_the_singular(opsdesk: Run, kind: str, one: str) -> None:
    assert opsdesk("import", kind, "-", input="Acme\n").stdout == f"1 {one} taken in\n"


def test_columns_that_are_not_known_are_named_on_stderr(opsdesk: Run) -> None:
    told = opsdesk("import", "PEOPLE", "-", input="Name;Shoe size;Pet\nAna Ferreira;38;cat\n")
    assert (told.exit_code, told.stdout) == (0, "1 person taken in\n")
    assert told.stderr == (
        "Not used: Shoe size, Pet. Known columns are name, first, last, handle, department, email, limit.\n"
    )


def test_a_bad_line_is_named_and_nothing_is_taken_in(opsdesk: Run) -> None:
    told = opsdesk("import", "people", "-", input="Name,Department\nAna Ferreira,Support\n,Sales\n")
    assert told.exit_code == 1
    assert "line 3: " in told.stderr
    assert len(json.loads(opsdesk("list", "people", "--json").stdout)) == 2
