"""done, start, wait, give, redate, escalate, drop, undo, redo: each by id, each with --json."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from opsdesk.core.entries import Item
from opsdesk.store.sqlite import SqliteStore
from tests.cli.conftest import NOW, Run


def shown(opsdesk: Run, id: str) -> dict[str, Any]:
    record: dict[str, Any] = json.loads(opsdesk("show", id, "--json").stdout)
    return record


@pytest.mark.parametrize(
    ("argv", "expected", "said"),
    [
        (("done", "a-1"), {"state": "done"}, "A-1  done  Call back with the workaround"),
        (("start", "A-1"), {"state": "started"}, "A-1  started  Call back with the workaround"),
        (("give", "A-1", "@tom"), {"owner": "tom"}, "A-1  given to @tom  Call back with the workaround"),
        (
            ("wait", "A-1", "their IT", "--until", "+3d"),
            {"state": "waiting", "waiting_on": "their IT", "wait_until": "2026-11-26"},
            "A-1  waits on their IT  Call back with the workaround",
        ),
        (
            ("redate", "A-1", "4.12.", "--why", "test data came late"),
            {"due": "2026-12-04"},
            "A-1  due 2026-12-04  Call back with the workaround",
        ),
        (("drop", "A-1", "--why", "solved"), {"state": "dropped", "why": "solved"}, "A-1  dropped  Call back with"),
        (("escalate", "A-1"), {"state": "ready"}, "A-1  escalated  Call back with the workaround"),
    ],
    ids=lambda each: each[0] if isinstance(each, tuple) else "",
)
def test_a_verb_changes_the_action_and_says_so(
    opsdesk: Run, argv: tuple[str, ...], expected: dict[str, object], said: str
) -> None:
    told = opsdesk(*argv)
    assert told.exit_code == 0, told.stderr
    assert told.stdout.startswith(said)
    assert shown(opsdesk, "A-1").items() >= expected.items()


def test_json_holds_the_changed_records(opsdesk: Run) -> None:
    changed = json.loads(opsdesk("done", "A-1", "A-2", "--json").stdout)
    assert [(each["id"], each["state"]) for each in changed] == [("A-1", "done"), ("A-2", "done")]


def test_several_are_done_together_or_not_at_all(opsdesk: Run) -> None:
    told = opsdesk("done", "A-1", "A-99")
    assert (told.exit_code, told.stdout) == (1, "")
    assert "A-99" in told.stderr
    assert shown(opsdesk, "A-1")["state"] == "ready"


def test_a_start_past_the_limit_is_taken_with_a_warning_on_stderr(opsdesk: Run) -> None:
    for number in (4, 5, 6):
        opsdesk("add", f"Call {number} @tom")
        told = opsdesk("start", f"A-{number}")
        assert (told.exit_code, told.stdout) == (0, f"A-{number}  started  Call {number}\n")
        assert told.stderr == ("Tom Reyes has 3 started of 2.\n" if number == 6 else "")


def test_dropping_needs_a_reason(opsdesk: Run) -> None:
    assert opsdesk("drop", "A-1").exit_code == 2
    assert opsdesk("drop", "A-1", "--why", " ").exit_code == 1
    assert shown(opsdesk, "A-1")["state"] == "ready"


def test_words_that_are_no_date_are_refused_with_examples(opsdesk: Run) -> None:
    told = opsdesk("redate", "A-1", "someday", "--why", "later")
    assert told.exit_code == 1
    assert '"someday" is no date. Type ' in told.stderr


def test_nobody_can_be_given_an_action(opsdesk: Run) -> None:
    assert opsdesk("give", "A-1", "bob").exit_code == 1
    assert shown(opsdesk, "A-1")["owner"] == "sue"


def test_undo_and_redo_go_back_and_forth_one_command(opsdesk: Run) -> None:
    opsdesk("done", "A-1")
    told = opsdesk("undo")
    assert (told.exit_code, told.stdout) == (0, "Undone: Done A-1\n")
    assert shown(opsdesk, "A-1")["state"] == "ready"
    assert opsdesk("redo").stdout.startswith("Done again: ")
    assert shown(opsdesk, "A-1")["state"] == "done"


def test_undo_as_json_names_what_it_took_back(opsdesk: Run) -> None:
    opsdesk("done", "A-1")
    taken = json.loads(opsdesk("undo", "--json").stdout)
    assert (taken["command"], taken["by"]) == ("Done A-1", "sue")


def test_undo_as_json_tells_what_has_left_with_it(opsdesk: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    opsdesk("done", "A-1")
    monkeypatch.setattr("opsdesk.desk.undo.Undo.left", lambda self, tx: "It was printed.")
    told = opsdesk("undo", "--json")
    assert (json.loads(told.stdout)["has_left"], told.stderr) == ("It was printed.", "It was printed.\n")
    monkeypatch.undo()


@pytest.mark.parametrize(
    "argv",
    [
        ("redate", "A-1", "2026-12-04"), ("drop", "A-1", "--why", ""), ("drop", "A-1", "--why", " "),
        ("cadence", "skip", "daily-operations-sync", "tue", "--why", ""),
        ("cadence", "move", "daily-operations-sync", "tue", "--to", "wed 10:00", "--why", " "),
    ],
    ids=" ".join,
)  # fmt: skip
def test_where_a_reason_is_missing_the_option_that_gives_it_is_named(opsdesk: Run, argv: tuple[str, ...]) -> None:
    told = opsdesk(*argv)
    assert (told.exit_code, told.stdout) == (1, "")
    assert told.stderr.endswith("without a reason. Say why in a few words: --why 'the supplier is late'.\n")


def test_nothing_to_undo_is_said(opsdesk: Run) -> None:
    told = opsdesk("--as", "tom", "undo")
    assert (told.exit_code, told.stdout) == (1, "")
    assert told.stderr.startswith("opsdesk: ")


def test_what_somebody_else_did_is_not_undone(opsdesk: Run) -> None:
    opsdesk("--as", "tom", "done", "A-1")
    opsdesk("undo")
    assert shown(opsdesk, "A-1")["state"] == "done"


@pytest.fixture
def item(folder: Path) -> str:
    """An open agenda item on the small desk."""
    store = SqliteStore(folder)
    with store.work("Fill", by="sue", at=NOW) as work:
        made = work.add(Item(text="Who restarts imports", agenda="daily", section="Outages", opened=NOW))
    store.close()
    return made.id


def test_actions_and_items_are_done_in_one_step(opsdesk: Run, item: str) -> None:
    told = opsdesk("done", item.lower(), "A-1")
    assert told.stdout == f"{item}  done  Who restarts imports\nA-1  done  Call back with the workaround\n"
    assert opsdesk("undo").stdout == f"Undone: Done {item}, A-1\n"
    assert [shown(opsdesk, id)["state"] for id in (item, "A-1")] == ["open", "ready"]


def test_an_id_that_is_not_there_keeps_the_others_from_being_done(opsdesk: Run, item: str) -> None:
    told = opsdesk("done", item, "A-9999")
    assert (told.exit_code, told.stdout) == (1, "")
    assert shown(opsdesk, item)["state"] == "open"


@pytest.mark.parametrize(
    ("argv", "said"),
    [
        (("done", "N-1"), "N-1 is a note: done takes actions and agenda items. opsdesk list actions shows"),
        (("drop", "D-1", "--why", "x"), "D-1 is a decision: drop takes actions and agenda items."),
        (("start", "T-1"), "T-1 is an agenda item: start takes actions."),
        (("done", "A-1", "N-99"), "There is no N-99"),
        (("done", "sue"), "'sue' is not the id of a record."),
    ],
)
@pytest.mark.usefixtures("item")
def test_what_a_verb_does_not_take_is_named(opsdesk: Run, argv: tuple[str, ...], said: str) -> None:
    told = opsdesk(*argv)
    assert (told.exit_code, told.stdout) == (1, "")
    assert said in told.stderr
    assert shown(opsdesk, "A-1")["state"] == "ready"


def test_settling_an_item_names_it_in_the_journal(opsdesk: Run, item: str) -> None:
    opsdesk("drop", item, "--why", "talked through")
    assert opsdesk("undo").stdout == f"Undone: Drop {item}\n"


def test_giving_to_somebody_unknown_says_where_handles_are_shown(opsdesk: Run) -> None:
    told = opsdesk("give", "A-1", "nobody")
    assert told.stderr == 'opsdesk: Nobody is called "nobody". Type a handle: opsdesk list people shows them.\n'


def test_what_was_done_or_dropped_is_opened_again(opsdesk: Run) -> None:
    assert opsdesk("reopen", "a-3").stdout == "A-3  open again  Renew the monitoring contract\n"
    assert (shown(opsdesk, "A-3")["state"], shown(opsdesk, "A-3")["why"]) == ("ready", "")
    assert opsdesk("reopen", "A-3").stderr == "opsdesk: A-3 is still open.\n"


def test_redo_names_the_command_it_did_again(opsdesk: Run) -> None:
    opsdesk("done", "A-1")
    opsdesk("undo")
    assert opsdesk("redo").stdout == "Done again: Done A-1\n"
    opsdesk("undo")
    assert json.loads(opsdesk("redo", "--json").stdout)["command"] == "Done A-1"
