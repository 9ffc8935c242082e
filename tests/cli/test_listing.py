"""`opsdesk list`: aligned text, whole records as JSON."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from opsdesk.core.actions import Action
from opsdesk.core.kinds import KINDS
from opsdesk.store.sqlite import SqliteStore
from tests.cli.conftest import HOSTILE, NOW, Run
from tests.cli.golden import same


@pytest.mark.parametrize("kind", ["actions", "people", "customers", "notes", "decisions", "scores"])
def test_each_kind_has_its_columns(opsdesk: Run, kind: str) -> None:
    told = opsdesk("list", kind)
    assert told.exit_code == 0
    same(f"list-{kind}.txt", told.stdout)


def test_json_holds_whole_records(opsdesk: Run) -> None:
    actions = json.loads(opsdesk("list", "actions", "--json").stdout)
    assert [a["id"] for a in actions] == ["A-1", "A-2", "A-3"]
    assert set(Action.__struct_fields__) == set(actions[0])
    assert actions[0] | {"title": "Call back with the workaround", "due": "2026-11-27", "promise": True} == actions[0]


@pytest.mark.parametrize(
    ("options", "ids"),
    [
        (("--open",), ["A-1", "A-2"]),
        (("--owner", "sue"), ["A-1", "A-3"]),
        (("--owner", "@Sue", "--open"), ["A-1"]),
        (("--owner", "me"), ["A-1", "A-3"]),
        (("--customer", "#nippon"), ["A-2"]),
        (("--owner", "tom", "--customer", "globex"), []),
    ],
)
def test_filters_narrow_the_list(opsdesk: Run, options: tuple[str, ...], ids: list[str]) -> None:
    assert [a["id"] for a in json.loads(opsdesk("list", "actions", "--json", *options).stdout)] == ids


@pytest.mark.parametrize("word", ["action", "ACTIONS", "Actions"])
def test_a_kind_may_be_named_in_the_singular_and_in_capitals(opsdesk: Run, word: str) -> None:
    assert opsdesk("list", word).stdout == opsdesk("list", "actions").stdout


@pytest.mark.parametrize("shape", KINDS, ids=lambda shape: shape.kind)
def test_every_kind_there_is_can_be_listed(opsdesk: Run, shape: type[Action]) -> None:
    assert opsdesk("list", shape.kind).exit_code == 0
    assert isinstance(json.loads(opsdesk("list", shape.kind, "--json").stdout), list)


def test_an_empty_list_says_what_to_do_and_prints_no_data(opsdesk: Run) -> None:
    told = opsdesk("list", "meetings")
    assert (told.exit_code, told.stdout) == (0, "")
    assert "opsdesk run SLUG" in told.stderr
    assert json.loads(opsdesk("list", "meetings", "--json").stdout) == []


def test_a_kind_that_is_not_there_is_used_wrongly(opsdesk: Run) -> None:
    told = opsdesk("list", "invoices")
    assert (told.exit_code, told.stdout) == (2, "")
    assert "Error: There is no kind of record called 'invoices'. There are actions, " in told.stderr


@pytest.mark.parametrize(("kind", "name"), [("notes", "owner"), ("people", "owner"), ("people", "customer")])
def test_a_filter_that_means_nothing_for_the_kind_is_used_wrongly(opsdesk: Run, kind: str, name: str) -> None:
    told = opsdesk("list", kind, f"--{name}", "sue")
    assert (told.exit_code, told.stdout) == (2, "")
    assert f"Error: {kind.capitalize()} have no {name}: list them without --{name}." in told.stderr


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--owner", "@sua"), "Nobody here has the handle '@sua'. Close are sue."),
        (("--owner", "x"), "Nobody here has the handle 'x'. opsdesk list people shows who there is."),
        (("--customer", "globx"), "No customer has the handle 'globx'. Close are globex."),
    ],
)
def test_somebody_who_is_not_there_is_no_empty_list(opsdesk: Run, options: tuple[str, ...], said: str) -> None:
    for form in ((), ("--json",)):
        told = opsdesk("list", "actions", *options, *form)
        assert (told.exit_code, told.stdout, told.stderr) == (1, "", f"opsdesk: {said}\n")


def test_those_of_somebody_who_left_are_still_listed(opsdesk: Run, folder: Path) -> None:
    store = SqliteStore(folder)
    with store.work("Fill", by="sue", at=NOW) as work:
        work.add(Action(title="Call", owner="left"))
    store.close()
    assert opsdesk("list", "actions", "--owner", "left").stdout.split()[-3:] == ["Call", "left", "ready"]
    told = opsdesk("--as", "new", "list", "actions", "--owner", "me")
    assert (told.exit_code, told.stdout) == (0, "")


def test_ids_are_in_the_order_of_their_numbers(opsdesk: Run, folder: Path) -> None:
    store = SqliteStore(folder)
    with store.work("Fill", by="sue", at=NOW) as work:
        for number in range(4, 13):
            work.add(Action(title=f"Number {number}"))
    store.close()
    assert [line.split()[0] for line in opsdesk("list", "actions").stdout.splitlines()[1:]] == [
        f"A-{n}" for n in range(1, 13)
    ]


@pytest.mark.parametrize("title", [HOSTILE, "x" * 10_000, "日" * 3_000, "%s {0} \\n $HOME `id`"])
def test_hostile_text_is_data(opsdesk: Run, folder: Path, title: str) -> None:
    store = SqliteStore(folder)
    with store.work("Fill", by="sue", at=NOW) as work:
        kept = work.add(Action(title=title)).title
    store.close()
    told = opsdesk("list", "actions")
    assert told.exit_code == 0
    assert len(told.stdout.splitlines()) == 5
    assert "\x1b" not in told.stdout
    assert "\u202e" not in told.stdout
    assert kept in told.stdout
    assert json.loads(opsdesk("list", "actions", "--json").stdout)[-1]["title"] == kept


def test_me_is_whoever_is_at_the_keyboard_however_it_is_typed(opsdesk: Run) -> None:
    ours, mine = (opsdesk("list", "actions", "--owner", who, "--json").stdout for who in ("sue", "@me"))
    assert mine == ours != "[]\n"


def test_an_absence_that_has_passed_is_not_open(opsdesk: Run) -> None:
    opsdesk("add", "--kind", "absence", "@sue away 2026-11-16 until:2026-11-20")
    opsdesk("add", "--kind", "absence", "@sue away 2026-11-23 until:2026-11-27")
    assert [line.split()[0] for line in opsdesk("list", "absences").stdout.splitlines()] == ["Id", "AB-2", "AB-1"]
    assert [line.split()[0] for line in opsdesk("list", "absences", "--open").stdout.splitlines()] == ["Id", "AB-2"]
