"""`opsdesk add`: one line in, one action out."""

from __future__ import annotations

import json

import pytest

from tests.cli.conftest import HOSTILE, Run

LINE = "Call back tomorrow's driver @tom #globex 27.11. !"


def actions(opsdesk: Run) -> list[dict[str, object]]:
    found: list[dict[str, object]] = json.loads(opsdesk("list", "actions", "--json").stdout)
    return found


def test_the_new_action_is_one_line(opsdesk: Run) -> None:
    told = opsdesk("add", *LINE.split())
    assert told.exit_code == 0
    assert told.stdout == "A-4  Call back tomorrow's driver  @tom  #globex  due 2026-11-27  promised\n"
    assert told.stderr == ""


def test_json_is_one_object_with_the_names_of_the_record(opsdesk: Run) -> None:
    made = json.loads(opsdesk("add", "--json", LINE).stdout)
    assert made == {
        "id": "A-4",
        "title": "Call back tomorrow's driver",
        "owner": "tom",
        "customer": "globex",
        "due": "2026-11-27",
        "promise": True,
        "unknown": [],
    }
    assert actions(opsdesk)[-1].items() >= {k: v for k, v in made.items() if k != "unknown"}.items()


def test_a_dry_run_keeps_nothing(opsdesk: Run) -> None:
    made = json.loads(opsdesk("add", "--dry-run", "--json", LINE).stdout)
    assert (made["id"], made["title"], made["due"]) == (None, "Call back tomorrow's driver", "2026-11-27")
    assert opsdesk("add", "--dry-run", LINE).stdout.startswith("(dry run)  Call back")
    assert len(actions(opsdesk)) == 3


@pytest.mark.parametrize("line", ["", "@tom fri", "Call @tom !", "Call yesterday", "x" * 10_001, "Call someday !"])
def test_a_dry_run_refuses_what_would_be_refused(opsdesk: Run, line: str) -> None:
    dry, kept = opsdesk("add", "--dry-run", "--json", line), opsdesk("add", "--json", line)
    assert (dry.exit_code, dry.stdout) == (1, "")
    assert dry.stderr.replace("The actions record: ", "") == kept.stderr.replace("A-4: ", "")
    assert opsdesk("add", "--dry-run", "--past-ok", "Call yesterday").exit_code == 0


def test_without_a_date_a_dry_run_shows_the_date_that_would_be_kept(opsdesk: Run) -> None:
    dry = json.loads(opsdesk("add", "--dry-run", "--json", "Call back").stdout)
    assert dry | {"id": "A-4"} == json.loads(opsdesk("add", "--json", "Call back").stdout)
    assert dry["due"] == "2026-11-30"


def test_a_name_nobody_has_is_said_on_stderr_only(opsdesk: Run) -> None:
    told = opsdesk("add", "--json", "Call back @bob #nobody")
    assert json.loads(told.stdout)["unknown"] == ["@bob", "#nobody"]
    assert told.stderr.startswith("Not known here: @bob, #nobody.")


def test_of_two_owners_and_two_customers_it_is_said_which_counts(opsdesk: Run) -> None:
    told = opsdesk("add", "Ask @tom and #nippon @sue #globex fri")
    assert told.stdout == "A-4  Ask @tom and #nippon  @sue  #globex  due 2026-11-27\n"
    assert told.stderr.splitlines() == [
        "There are two owners: Sue Park counts, @tom is text.",
        "There are two customers: Globex counts, #nippon is text.",
    ]
    told = opsdesk("add", "Ask 2026-11-24 fri")
    assert told.stderr == "There are two dates: 2026-11-27 counts, 2026-11-24 is text.\n"


def test_a_promise_of_somebody_unknown_is_kept_as_one_of_its_owner(opsdesk: Run) -> None:
    made = json.loads(opsdesk("add", "--json", "Send it @tom fri !bob").stdout)
    assert (made["title"], made["unknown"], made["promise"], made["due"]) == (
        "Send it !bob", ["!bob"], True, "2026-11-27",
    )  # fmt: skip
    told = actions(opsdesk)[-1]["told"]
    assert isinstance(told, dict)
    assert (told["by"], told["words"], told["typed_by"]) == ("tom", "Send it @tom fri !bob", "sue")


def test_a_date_that_has_passed_is_asked_about(opsdesk: Run) -> None:
    told = opsdesk("add", "Call back 2026-11-02")
    assert (told.exit_code, told.stdout) == (1, "")
    assert "2026-11-02 is past" in told.stderr
    assert "--past-ok" in told.stderr
    assert json.loads(opsdesk("add", "--json", "--past-ok", "Call back 2026-11-02").stdout)["due"] == "2026-11-02"


@pytest.mark.parametrize("argv", [(), ("",), ("   ",), ("@sue",)])
def test_nothing_to_do_is_no_action(opsdesk: Run, argv: tuple[str, ...]) -> None:
    told = opsdesk("add", *argv)
    assert told.exit_code == (1 if argv else 2)
    assert len(actions(opsdesk)) == 3


def test_a_line_that_begins_with_a_dash_can_be_typed(opsdesk: Run) -> None:
    assert json.loads(opsdesk("add", "--json", "--", "-5 % on the invoice").stdout)["title"] == "-5 % on the invoice"


def test_hostile_text_is_kept_as_text(opsdesk: Run) -> None:
    told = opsdesk("add", HOSTILE)
    assert told.exit_code == 0
    assert not {"\x1b", "\u202e"} & set(told.stdout)
    assert "[EMEA] Ünïcode 日本 [/x]" in told.stdout


def test_ten_thousand_letters_are_kept_and_more_are_refused(opsdesk: Run) -> None:
    assert len(json.loads(opsdesk("add", "--json", "x" * 10_000).stdout)["title"]) == 10_000
    told = opsdesk("add", "x" * 10_001)
    assert (told.exit_code, told.stderr.count("\n")) == (1, 1)
    assert len(told.stderr) < 500
