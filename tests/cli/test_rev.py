"""--rev: a verb that is meant as the record was, and what is said of who was first."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.cli.conftest import Run

VERBS = {
    "done": (),
    "drop": ("--why", "solved"),
    "escalate": (),
    "give": ("sue",),
    "redate": ("4.12.", "--why", "test data came late"),
    "reopen": (),
    "start": (),
    "wait": ("their IT",),
}


def shown(opsdesk: Run, id: str = "A-1") -> dict[str, Any]:
    record: dict[str, Any] = json.loads(opsdesk("show", id, "--json").stdout)
    return record


def test_other_fields_than_those_changed_since_go_together(opsdesk: Run) -> None:
    rev = str(shown(opsdesk)["rev"])
    assert opsdesk("--as", "tom", "give", "A-1", "tom").exit_code == 0
    moved = opsdesk("redate", "A-1", "4.12.", "--why", "test data came late", "--rev", rev, "--json")
    assert moved.exit_code == 0, moved.stderr
    assert shown(opsdesk).items() >= {"owner": "tom", "due": "2026-12-04"}.items()
    assert json.loads(moved.stdout)[0]["rev"] == shown(opsdesk)["rev"] == 3


def test_the_same_field_is_refused_with_who_when_and_what(opsdesk: Run) -> None:
    opsdesk("--as", "tom", "give", "A-1", "tom")
    told = opsdesk("give", "A-1", "sue", "--rev", "1")
    assert (told.exit_code, told.stdout) == (1, "")
    assert told.stderr == (
        "opsdesk: A-1: Tom Reyes set Who to Tom Reyes on 2026-11-23 at 15:00, you Sue Park."
        " Look at it as it is now, then decide.\n"
    )
    assert shown(opsdesk)["owner"] == "tom"


def test_the_time_is_the_companys(opsdesk: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "America/New_York")
    opsdesk("--as", "tom", "wait", "A-1", "their IT")
    told = opsdesk("start", "A-1", "--rev", "1")
    assert 'Tom Reyes set State to waiting and set Waits on to "their IT" on 2026-11-23 at 10:00, you' in told.stderr


def test_without_a_rev_a_verb_acts_on_what_is_there(opsdesk: Run) -> None:
    opsdesk("--as", "tom", "give", "A-1", "tom")
    assert opsdesk("give", "A-1", "sue").exit_code == 0
    assert shown(opsdesk)["owner"] == "sue"


@pytest.mark.parametrize("verb", sorted(VERBS))
def test_a_rev_that_never_was_is_refused(opsdesk: Run, verb: str) -> None:
    told = opsdesk(verb, "A-1", *VERBS[verb], "--rev", "99")
    assert (told.exit_code, told.stdout) == (1, "")
    assert told.stderr == "opsdesk: A-1 never was at rev 99: it is at 1. `opsdesk show A-1 --json` prints it.\n"


@pytest.mark.parametrize("verb", sorted(VERBS))
def test_every_such_verb_says_in_its_help_what_a_rev_does(opsdesk: Run, verb: str) -> None:
    assert "--rev N" in opsdesk(verb, "--help").stdout
    assert opsdesk(verb, "A-1", *VERBS[verb], "--rev", "0").exit_code == 2


def test_what_was_removed_since_is_said_with_who_and_when(opsdesk: Run) -> None:
    opsdesk("--as", "tom", "add", "Call @tom")
    rev = str(shown(opsdesk, "A-4")["rev"])
    opsdesk("--as", "tom", "undo")
    told = opsdesk("drop", "A-4", "--why", "solved", "--rev", rev)
    assert told.exit_code == 1
    assert told.stderr.startswith("opsdesk: A-4 was removed by Tom Reyes on 2026-11-23 at 15:00.")
    assert "There is no A-4" in opsdesk("drop", "A-4", "--why", "solved").stderr


def test_a_verb_takes_its_kinds_with_a_rev_too(opsdesk: Run) -> None:
    assert "start takes actions" in opsdesk("start", "N-1", "--rev", "1").stderr


def test_undo_that_was_overtaken_says_who_when_and_what(opsdesk: Run) -> None:
    opsdesk("give", "A-1", "tom")
    opsdesk("--as", "tom", "give", "A-1", "sue")
    told = opsdesk("undo")
    assert (told.exit_code, told.stdout) == (1, "")
    assert told.stderr.startswith("opsdesk: Not undone: Tom Reyes has changed A-1 since (Who, 15:00).")


def test_undo_skips_what_others_have_changed_only_when_asked_to(opsdesk: Run) -> None:
    opsdesk("done", "A-2")
    opsdesk("give", "A-1", "tom")
    opsdesk("--as", "tom", "give", "A-1", "sue")
    for _ in range(2):
        told = opsdesk("undo")
        assert told.exit_code == 1
        assert told.stderr.endswith("`opsdesk undo --skip` leaves it and undoes Done A-2.\n")
    told = opsdesk("undo", "--skip")
    assert (told.exit_code, told.stdout) == (0, "Undone: Done A-2\n")
    assert told.stderr == "Left as it is, as somebody has changed it since: Give A-1 to tom\n"
    told = opsdesk("undo", "--skip")
    assert (told.exit_code, told.stdout) == (1, "")
    assert "There is nothing to undo that nobody has changed since." in told.stderr
    assert "--skip" in opsdesk("undo", "--help").stdout


def test_done_takes_a_rev_of_one_record_only(opsdesk: Run) -> None:
    assert opsdesk("done", "A-1", "A-2", "--rev", "1").exit_code == 2
    opsdesk("--as", "tom", "give", "A-1", "tom")
    assert opsdesk("done", "A-1", "--rev", "1").exit_code == 0
    assert shown(opsdesk).items() >= {"owner": "tom", "state": "done"}.items()
    opsdesk("--as", "tom", "wait", "A-2", "their IT")
    told = opsdesk("done", "A-2", "--rev", "1")
    assert (told.exit_code, "Tom Reyes set State to waiting" in told.stderr) == (1, True)
