"""`opsdesk rename` and `opsdesk retire`."""

from __future__ import annotations

import json

import pytest

from tests.cli.conftest import Run


def test_a_person_and_a_customer_get_other_names(opsdesk: Run) -> None:
    assert opsdesk("rename", "@sue", "Sue", "Parker").stdout == "sue  Sue Park is Sue Parker now\n"
    assert opsdesk("rename", "globex", "Globex AG").stdout == "globex  Globex is Globex AG now\n"
    assert json.loads(opsdesk("show", "globex", "--json").stdout)["name"] == "Globex AG"


def test_whoever_is_retired_is_offered_no_more_and_may_come_back(opsdesk: Run) -> None:
    told = opsdesk("retire", "sue")
    assert (told.exit_code, told.stdout) == (0, "sue  Sue Park is retired\n")
    assert told.stderr == "Still open: 1. opsdesk list actions --open --owner sue shows them.\n"
    assert [p["handle"] for p in json.loads(opsdesk("list", "people", "--open", "--json").stdout)] == ["tom"]
    assert opsdesk("retire", "sue").stderr == "opsdesk: Sue Park is retired already.\n"
    assert opsdesk("retire", "sue", "--back").stdout == "sue  Sue Park is here again\n"
    assert opsdesk("undo").stdout == "Undone: Bring back sue\n"


def test_a_customer_is_retired_by_the_sign(opsdesk: Run) -> None:
    assert opsdesk("retire", "#nippon").stdout == "nippon  [EMEA] 日本物流 is retired\n"
    assert opsdesk("retire", "@globex").stderr.startswith("opsdesk: Nobody has the handle '@globex'.")


def test_a_handle_of_both_asks_which(opsdesk: Run) -> None:
    opsdesk("import", "customers", "-", input="Name,Handle\nSue & Sons,sue\n")
    assert opsdesk("rename", "sue", "x").stderr == "opsdesk: sue is a person and a customer. Write '@sue' or '#sue'.\n"
    assert opsdesk("rename", "#sue", "Sons").exit_code == 0


@pytest.mark.parametrize("verb", [("rename", "nobody", "x"), ("retire", "nobody"), ("rename", "sue", " ")])
def test_what_cannot_be_done_is_one_sentence(opsdesk: Run, verb: tuple[str, ...]) -> None:
    told = opsdesk(*verb)
    assert (told.exit_code, told.stdout, told.stderr.count("\n")) == (1, "", 1)
