"""`opsdesk scores`, `score` and `override`: text byte for byte, and one command one step."""

from __future__ import annotations

import csv
import json
from io import StringIO
from pathlib import Path

import pytest

from opsdesk.cli import columns
from opsdesk.cli.columns import width
from opsdesk.store.sqlite import SqliteStore
from tests.cli.conftest import HOSTILE, NOW, Run
from tests.cli.golden import same
from tests.cli.scored_desk import said


def test_the_sheet(scored: Run) -> None:
    told = scored("scores")
    assert (told.exit_code, told.stderr) == (0, "")
    same("scores.txt", told.stdout)


def test_one_measure_with_what_was_said_of_it(scored: Run) -> None:
    same("scores-measure.txt", scored("scores", "--measure", "prod").stdout)


def test_as_csv_without_formulas(scored: Run) -> None:
    told = scored("scores", "--csv")
    same("scores.csv", told.stdout)
    assert not [cell for row in csv.reader(StringIO(told.stdout)) for cell in row if cell[:1] in ("=", "+", "@")]


@pytest.mark.parametrize(
    ("sort", "names"),
    [
        ("worst", ["nippon", "globex", "acme"]),
        ("value", ["acme", "globex", "nippon"]),
        ("discussed", ["nippon", "acme", "globex"]),
        ("name", ["nippon", "acme", "globex"]),
    ],
)
def test_orders(scored: Run, sort: str, names: list[str]) -> None:
    told = json.loads(scored("scores", "--sort", sort, "--json").stdout)
    assert [each["customer"] for each in told["customers"]] == names


def test_the_worst_of_one_measure_are_those_whose_own_cell_is(scored: Run) -> None:
    told = json.loads(scored("scores", "--measure", "Support", "--json").stdout)
    assert [each["customer"] for each in told["customers"]] == ["globex", "nippon", "acme"]


def test_json_holds_what_counts_and_what_it_computes_to(scored: Run) -> None:
    told = json.loads(scored("scores", "--customer", "nip", "--measure", "product", "--json").stdout)
    assert told["coverage"] == {
        "fresh": 2, "active": 3, "complete": 0, "cells": 3 / 15, "goal": 95, "share": 2 / 3, "percent": 66, "met": False
    }  # fmt: skip
    (row,) = told["customers"]
    assert (row["level"], row["computed"], row["override"]["until"]) == ("orange", "red", "2026-12-04")
    assert (row["known"], row["stale"]) == (0.2, 1)
    (cell,) = row["cells"]
    assert (cell["measure"], cell["level"], cell["stale"], cell["score"]["exit"]) == (
        "Product", "red", True, "they scan again"
    )  # fmt: skip


def test_only_what_is_stale(scored: Run) -> None:
    assert len(json.loads(scored("scores", "--stale", "--json").stdout)["customers"]) == 3
    told = json.loads(scored("scores", "--stale", "--measure", "Delivery", "--json").stdout)
    assert [each["customer"] for each in told["customers"]] == ["nippon", "acme"]


def test_each_level_differs_by_shape_and_letter(scored: Run) -> None:
    line = next(each for each in scored("scores").stdout.splitlines() if each.startswith("Globex"))
    assert {"○ g", "▲ R", "◆ O", "·"} <= {line[at : at + 3].strip() for at in range(len(line))}


@pytest.mark.parametrize("cells", [40, 60, 80, 200])
def test_no_line_is_longer_than_the_terminal(scored: Run, monkeypatch: pytest.MonkeyPatch, cells: int) -> None:
    monkeypatch.setattr(columns, "room", lambda: cells)
    for argv in (("scores",), ("scores", "--measure", "Product"), ("prep",), ("coverage",)):
        table = [line for line in scored(*argv).stdout.splitlines() if "  " in line]
        assert table
        assert all(width(line) <= cells for line in table)


@pytest.mark.parametrize(
    ("argv", "said"),
    [
        (("--customer", "nobody"), "No customer is called 'nobody'. opsdesk list customers shows which there are.\n"),
        (("--customer", "globx"), "No customer is called 'globx'. Close are globex.\n"),
        (("--customer", HOSTILE), "opsdesk list customers shows which there are.\n"),
        (
            ("--measure", "x"),
            "There is no measure 'x'. There are Product, Support, Delivery, Relationship, Commercial.",
        ),
        (("--measure", ""), "There is no measure ''."),
    ],
)
def test_what_is_not_there_is_one_sentence(scored: Run, argv: tuple[str, ...], said: str) -> None:
    told = scored("scores", *argv)
    assert (told.exit_code, told.stdout, told.stderr.count("\n")) == (1, "", 1)
    assert said in told.stderr


def test_a_desk_without_scores_says_how_to_begin(tmp_path: Path, opsdesk: Run) -> None:
    told = opsdesk("--desk", str(tmp_path / "none"), "scores")
    assert told.exit_code == 0
    assert "There are no customers yet: opsdesk" in told.stderr
    assert opsdesk("scores", "--json", "--csv").exit_code == 2


def test_a_flag_in_one_line_is_one_step_and_says_what_it_owes(scored: Run) -> None:
    told = scored("score", "globex", "supp", "green", "they", "answered")
    assert (told.exit_code, told.stdout, told.stderr) == (0, "S-7  Globex Support ▲ R → ● G  they answered\n", "")
    told = scored("score", "[EMEA] 日本物流", "delivery", "r", "late", "--owner", "Sue", "--plan", "fri")
    assert told.stdout == "S-8  [EMEA] 日本物流 Delivery · → ▲ R  late\n"
    assert told.stderr == "It owes exit criterion: the same line again with --exit says so.\n"
    assert json.loads(scored("undo", "--json").stdout)["command"] == "Flag [EMEA] 日本物流 Delivery red"
    assert [each["id"] for each in json.loads(scored("list", "scores", "--json").stdout)][-1] == "S-7"


def test_the_same_level_without_words_confirms(scored: Run) -> None:
    told = scored("score", "globex", "delivery", "o", "--json")
    (made,) = json.loads(told.stdout)
    assert (made["comment"], made["owner"], made["plan"]) == ("the date is in danger", "tom", "2026-12-04")
    assert (made["at"][:10], made["since"][:10], made["was"]) == ("2026-11-23", "2026-11-20", "orange")
    assert "confirmed" in scored("score", "globex", "delivery", "o").stdout


def test_a_flag_may_be_fresh_for_as_long_as_is_said(scored: Run) -> None:
    (made,) = json.loads(scored("score", "acme", "product", "g", "--valid-days", "5", "--json").stdout)
    assert made["valid_days"] == 5
    (kept,) = json.loads(scored("score", "acme", "product", "g", "--valid-days", "0", "--json").stdout)
    assert kept["valid_days"] == 5
    assert scored("score", "acme", "product", "g", "--valid-days", "-1").exit_code == 2


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("globex", "support"), "It names no level. Say r, o, g or u behind the measure"),
        (("globex",), "It names no measure. It is said as: CUSTOMER MEASURE LEVEL WHY"),
        (("globex", "foo", "r", "x"), "There is no measure 'foo'."),
        (("nobody", "support", "r", "x"), "No customer is called 'nobody'."),
        (("", "support", "r", "x"), "No customer is called ''."),
        (("acme", "support", "r"), "Red needs one line that says why. Add a few words."),
        (("acme", "support", "r", "x", "--owner", "dan"), "There is nobody @dan. Add the person first."),
        (("acme", "support", "r", "x", "--plan", "soon"), "'soon'"),
        (("acme", "support", "r", "x" * 201), "Why is one line of at most 200 characters, and this has 201."),
        (("acme", "support", "r", "x" * 10_001), "and this has 10,001. Say it in fewer words;"),
    ],
)
def test_a_line_that_cannot_be_kept_says_what_is_missing(scored: Run, words: tuple[str, ...], said: str) -> None:
    told = scored("score", *words)
    assert (told.exit_code, told.stdout) == (1, "")
    assert said in told.stderr.replace('"', "'")
    assert len(json.loads(scored("list", "scores", "--json").stdout)) == 6


def test_hostile_words_are_data(scored: Run) -> None:
    (made,) = json.loads(scored("score", "acme", "product", "r", HOSTILE, "=1+1", "--exit", HOSTILE, "--json").stdout)
    assert made["comment"] == "[EMEA] Ünïcode 日本 [/x] [31mred[0m =1+1"
    assert "\x1b" not in scored("scores").output


def test_a_customer_is_judged_otherwise_and_no_more(scored: Run) -> None:
    told = scored("override", "globex", "green", "they", "renewed", "--until", "fri")
    assert told.stdout == "OV-2  Globex ● G until 2026-11-27  computed ▲ R  they renewed\n"
    row = json.loads(scored("scores", "--customer", "globex", "--json").stdout)["customers"][0]
    assert (row["level"], row["computed"], row["override"]["title"]) == ("green", "red", "they renewed")
    (lifted,) = json.loads(scored("override", "globex", "--lift", "it", "broke", "--json").stdout)
    assert (lifted["state"], lifted["why"]) == ("lifted", "it broke")
    assert scored("undo").exit_code == 0
    assert scored("override", "globex", "--lift").stdout == "OV-2  Globex ● G lifted  computed ▲ R\n"


@pytest.mark.parametrize(
    ("argv", "code", "said"),
    [
        (("globex",), 2, "Say r, o or g behind the customer"),
        (("globex", "u", "x", "--until", "fri"), 2, "Say r, o or g behind the customer"),
        (("globex", "g", "x"), 2, "Say with --until how long it holds."),
        (("globex", "--lift", "--until", "fri"), 2, "Say --until or --lift"),
        (("globex", "g", "--until", "fri"), 1, "An override needs a reason."),
        (("globex", "g", "x", "--until", "2026-11-22"), 1, "2026-11-22 is past."),
        (("globex", "--lift"), 1, "Nobody has judged Globex otherwise."),
        (("nobody", "g", "x", "--until", "fri"), 1, "No customer is called 'nobody'."),
    ],
)
def test_an_override_that_cannot_be(scored: Run, argv: tuple[str, ...], code: int, said: str) -> None:
    told = scored("override", *argv)
    assert (told.exit_code, told.stdout) == (code, "")
    assert said in told.stderr


@pytest.mark.parametrize(
    "argv",
    [
        ("score", "initech", "product", "r", "they wrote"),
        ("override", "initech", "g", "they renew", "--until", "fri"),
        ("override", "initech", "--lift"),
        ("scores", "--customer", "initech"),
    ],
)
def test_of_a_customer_that_left_nothing_is_said(scored: Run, argv: tuple[str, ...]) -> None:
    before = scored("export", "--json").stdout
    told = scored(*argv)
    assert (told.exit_code, told.stdout) == (1, "")
    assert told.stderr == (
        "opsdesk: Initech is no customer any more (left Fri 20 Nov). "
        "opsdesk retire --back '#initech' makes it one again.\n"
    )
    assert scored("export", "--json").stdout == before


def test_what_every_red_of_a_customer_owes_is_counted(scored: Run) -> None:
    scored("score", "globex", "commercial", "r", "they have not paid", "--owner", "sue")
    line = next(each for each in scored("scores").stdout.splitlines() if each.startswith("Globex"))
    assert line.endswith("; owes owner, exit criterion, plan; owes 2 in Commercial")
    (row,) = json.loads(scored("scores", "--customer", "globex", "--json").stdout)["customers"]
    assert {each["measure"]: each["owes"] for each in row["cells"] if each["owes"]} == {
        "Support": ["owner", "exit", "plan"],
        "Commercial": ["exit", "plan"],
    }


def test_another_level_of_an_override_needs_a_reason_of_its_own(scored: Run) -> None:
    told = scored("set", "OV-1", "level=green")
    assert (told.exit_code, told.stdout) == (1, "")
    assert told.stderr.startswith("opsdesk: OV-1: another level needs a reason of its own.")
    (kept,) = json.loads(scored("set", "OV-1", "level=green", "title=they renewed", "--json").stdout)
    assert (kept["level"], kept["title"]) == ("green", "they renewed")
    assert scored("set", "OV-1", "until=fri").exit_code == 0


def test_on_a_narrow_terminal_why_stands_below_its_customer(scored: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(columns, "room", lambda: 80)
    same("scores-80.txt", scored("scores").stdout)


def test_a_long_name_is_cut(scored: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(columns, "room", lambda: 80)
    name = "日本物流" * 40
    scored("import", "customers", "-", input=f"name,handle\n{name},zz\n")
    told = scored("score", "zz", "product", "r", "late")
    assert told.stdout == f"S-7  {name[:29]}… Product · → ▲ R  late\n"
    for argv in (("scores",), ("scores", "--measure", "Product"), ("prep",), ("coverage",)):
        assert all(width(line) <= 80 for line in scored(*argv).stdout.splitlines() if "日本物流日本" in line)


def test_a_long_reason_from_before_is_confirmed_still(scored: Run, folder: Path) -> None:
    store = SqliteStore(folder)
    with store.work("Long", by="sue", at=NOW) as work:
        work.add(said("acme", "Product", "red", 3, "x" * 900))
    store.close()
    (made,) = json.loads(scored("score", "acme", "product", "r", "--json").stdout)
    assert made["comment"] == "x" * 900


def test_undo_says_which_customer_measure_and_level_it_takes_back(scored: Run) -> None:
    scored("score", "globex", "prod", "r", "they", "wait")
    assert scored("undo").stdout == "Undone: Flag Globex Product red\n"
    assert scored("redo").stdout == "Done again: Flag Globex Product red\n"


def test_two_customers_of_one_beginning_are_both_named(scored: Run) -> None:
    scored("import", "customers", "-", input="Name\nGlobal Foods\n")
    told = scored("scores", "--customer", "glob")
    assert told.stderr == "opsdesk: 'glob' may be Global Foods (#global), Globex (#globex). Name one by its handle.\n"
