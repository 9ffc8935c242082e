"""`opsdesk import`."""

from __future__ import annotations

import json

import pytest

from tests.cli.conftest import Run


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
