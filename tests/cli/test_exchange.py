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
    assert told.stdout == "1 person would be taken in\n  handle: ana, name: Ana Ferreira\n"
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


def test_a_dry_run_shows_the_first_rows_as_they_would_be_taken(opsdesk: Run) -> None:
    table = "Task;Owner;Due;Customer;Promised\n" + "".join(
        f"Call {number};Tom Reyes;27.11.2026;globex;WAHR\n" for number in range(12)
    )
    told = opsdesk("import", "actions", "-", "--dry-run", input=table)
    count, first, *_, last = told.stdout.splitlines()
    assert count == "12 actions would be taken in"
    assert first == "  title: Call 0, owner: tom, due: 2026-11-27, customer: globex, promise: yes"
    assert last == "  … and 2 more"
    assert told.stderr == ""


@pytest.mark.parametrize("dry", [("--dry-run",), ()])
def test_a_table_is_told_as_json_too(opsdesk: Run, dry: tuple[str, ...]) -> None:
    told = opsdesk("import", "customers", "-", "--json", *dry, input="Name,Owner,Since,Pet\nAcme,sue,3.4.2026,cat\n")
    whole = json.loads(told.stdout)
    assert whole == {
        "kind": "customers",
        "taken": not dry,
        "count": 1,
        "records": [{"handle": "acme", "name": "Acme", "owner": "sue", "since": "2026-04-03"}],
        "problems": [],
        "ignored": ["Pet"],
        "taken_for": "",
        "unsaid": 0,
        "again": 0,
    }


@pytest.mark.parametrize("dry", [("--dry-run",), ()])
@pytest.mark.parametrize("empty", ["", "\n\n", "\ufeff"])
def test_an_empty_table_says_what_to_do(opsdesk: Run, dry: tuple[str, ...], empty: str) -> None:
    told = opsdesk("import", "scores", "-", *dry, input=empty)
    assert told.exit_code == 0
    assert told.stderr == (
        "There is nothing in it: opsdesk prep -o FILE writes a table of scores to be filled; opsdesk import --help"
        " says what else comes in.\n"
    )
    known = "name, handle, owner, since, onboarding, left, revenue"
    assert opsdesk("import", "customers", "-", *dry, input=empty).stderr == (
        f"There is nothing in it: a table of customers has a line of headings, of {known}; opsdesk import --help"
        " says what else comes in.\n"
    )


def test_what_was_said_today_is_left_alone(opsdesk: Run) -> None:
    table = "customer,measure,level,comment\nglobex,product,amber,slow\nnippon,product,g,\n"
    assert opsdesk("import", "scores", "-", input=table).stdout == "2 flags taken in\n"
    again = opsdesk("import", "scores", "-", input=table)
    assert again.stdout == "0 flags taken in, 2 lines were said today already: left alone\n"
    assert len(json.loads(opsdesk("list", "scores", "--json").stdout)) == 3


def test_lines_that_are_refused_are_in_the_json(opsdesk: Run) -> None:
    told = opsdesk("import", "actions", "-", "--json", input="Title,Due\nCall,45988\n")
    (problem,) = json.loads(told.stdout)["problems"]
    assert (told.exit_code, problem["line"]) == (1, 2)
    assert problem["why"].startswith('"45988" is the number that a spreadsheet counts a day by (in Excel 2025-11-27)')


def test_a_date_in_the_other_order_is_refused_as_its_neighbours_would_be_read_wrong(opsdesk: Run) -> None:
    told = opsdesk("import", "actions", "-", input="Title,Due\nCall,03/04/2027\nWrite,11/27/2026\n")
    assert told.exit_code == 1
    assert told.stderr.startswith('line 3: "11/27/2026" is no date with the day first, as the settings say.')


@pytest.mark.parametrize(
    ("kind", "table", "taken_for"),
    [
        ("people", "colour\nred\n", "a name"),
        ("people", "colour;shade\nred;dark\n", "name, department, email, handle"),
        ("customers", "colour\nred\n", "a name"),
        ("actions", "colour\nred\n", "an action as it is typed"),
    ],
)
def test_a_table_without_a_known_column_says_what_it_was_taken_for(
    opsdesk: Run, kind: str, table: str, taken_for: str
) -> None:
    told = opsdesk("import", kind, "-", "--dry-run", input=table)
    assert told.stderr.startswith(f"No column is known: each line is taken for {taken_for}. Known columns are ")
    assert "colour" in told.stdout


def test_only_one_of_theirs_and_mine_can_count(opsdesk: Run) -> None:
    told = opsdesk("import", "actions", "-", "--mine", "--theirs", input="id,rev,title\nA-1,1,x\n")
    assert (told.exit_code, told.stdout) == (2, "")
    assert "Say --theirs or --mine: only one of them can count." in told.stderr
