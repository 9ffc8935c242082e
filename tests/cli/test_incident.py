"""`opsdesk incident`: an outage from its first word to its review, byte for byte, and what is refused."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from opsdesk.core.people import Person
from opsdesk.core.registers.components import Component
from opsdesk.store.sqlite import SqliteStore
from tests.cli.conftest import HOSTILE, NOW, Run
from tests.cli.golden import same

At = Callable[..., str]


@pytest.fixture
def at(opsdesk: Run, folder: Path, monkeypatch: pytest.MonkeyPatch) -> At:
    """Runs one verb of an incident some minutes after 15:00 in Berlin, where somebody is in Sales; its stdout."""
    (folder / "settings.toml").write_text('company = "Initech"\ntime_zone = "Europe/Berlin"\n')
    store = SqliteStore(folder)
    with store.work("Fill", by="sue", at=NOW) as work:
        work.add(Person(handle="max", name="Max Roe", department="Sales"))
        work.add(Component(handle="login", name="Login API"))
    store.close()

    def run(minute: int, *argv: str) -> str:
        monkeypatch.setattr("opsdesk.cli.wiring.clock", lambda: lambda: NOW + timedelta(minutes=minute))
        told = opsdesk("incident", *argv)
        assert told.exit_code == 0, told.stderr
        return told.stdout

    return run


OUTAGE: tuple[tuple[int, tuple[str, ...]], ...] = (
    (0, ("open", "Login slow, EU @tom", "--sev", "2", "--customers", "globex,nippon", "--components", "login")),
    (6, ("ack", "16:05", "on it @tom")),
    (8, ("inform", "sales", "--how", "phone", "--at", "16:07")),
    (20, ("identify", "I-1", "cache full", "since 4.12")),
    (30, ("update", "Rolling back 4.12", "--next", "in 20 min")),
    (35, ("talk", "known=yes, since 16:00", "affected=EU logins", "doing=rolling back", "not-say=4.12")),
    (36, ("talk", "approve")),
    (40, ("note", "16:38 rolled back @tom")),
    (41, ("mitigate", "16:40", "rolled back 4.12")),
)


@pytest.fixture
def outage(at: At) -> At:
    """Mitigated after 40 minutes; the next update is due at 16:50, as it was said."""
    for minute, argv in OUTAGE:
        at(minute, *argv)
    return at


def test_what_each_step_says(at: At) -> None:
    same("incident-steps.txt", "".join(at(minute, *argv) for minute, argv in OUTAGE))


def test_how_it_stands(outage: At) -> None:
    same("incident-status.txt", outage(55, "status"))
    same("incident-overdue.txt", outage(75, "status", "i-1"))


def test_what_may_be_said(outage: At, opsdesk: Run) -> None:
    same("incident-talk.txt", outage(55, "talk"))
    changed = outage(56, "talk", "I-1", "set", "workaround=use the app")
    assert "Approved" not in changed
    told = opsdesk("incident", "talk")
    assert told.stderr == "They are not approved: opsdesk incident talk I-1 approve lets them be shown.\n"
    assert opsdesk("undo").exit_code == 0
    assert "Approved by Sue Park at 16:36." in outage(57, "talk", "show")


@pytest.mark.parametrize("form", ["md", "txt"])
def test_the_draft_of_a_review(outage: At, opsdesk: Run, form: str) -> None:
    outage(90, "resolve", "17:25 no errors for 45 min @tom")
    assert opsdesk("add", "Warm the cache @tom").exit_code == 0
    same(f"incident-review.{form}", outage(95, "review", "I-1", "--format", form))


def test_json_holds_everything(outage: At) -> None:
    told: Any = json.loads(outage(45, "status", "--json"))
    assert told["incident"]["id"] == "I-1"
    assert told["update"]["due"].startswith("2026-11-23T15:50:00")
    assert told["update"]["left"] == 5 * 60
    assert (told["until_sales_knew"], told["uninformed"]) == (7 * 60, [])
    assert told["known"][0]["department"] == "Sales"
    assert [each["what"] for each in told["timeline"]].count("state") == 4
    assert json.loads(outage(50, "review", "--json"))["to_acknowledge"] == 5
    points = json.loads(outage(50, "talk", "--json"))
    assert (points["approved_by"], points["points"][0]["text"]) == ("sue", "yes, since 16:00")
    assert json.loads(outage(51, "note", "x", "--json"))[0]["about"] == "I-1"


def test_every_step_is_taken_back_by_one_undo(outage: At, opsdesk: Run) -> None:
    listed = opsdesk("list", "timeline").stdout
    outage(60, "resolve")
    assert opsdesk("list", "timeline").stdout != listed
    assert opsdesk("undo").exit_code == 0
    assert opsdesk("list", "timeline").stdout == listed
    assert "monitoring" in outage(60, "status")


def test_nobody_is_left_out_unnoticed(at: At, opsdesk: Run) -> None:
    at(0, "open", "Login down", "--sev", "1")
    told = opsdesk("incident", "ack")
    assert told.stderr == "Not informed yet: Sales. opsdesk incident inform I-1 WHO says who was.\n"
    assert opsdesk("incident", "inform", "@max").stderr == ""
    assert opsdesk("incident", "note", "@ghost looks").stderr.startswith("Not known here: @ghost. ")


@pytest.mark.parametrize(
    ("argv", "code", "said"),
    [
        (("status",), 1, "No incident is open, and none was resolved in the last 7 days."),
        (("update", "x"), 1, "No incident is open."),
        (("ack", "I-9"), 1, "There is no I-9."),
        (("review", "A-1"), 1, "A-1 is no incident."),
        (("open", "x", "--sev", "9"), 1, 'SEV: "9" is no whole number from 1 to 5.'),
        (("open", "x", "--customers", "ghost"), 1, "names no known customer"),
        (("open",), 2, "Missing argument"),
        (("inform",), 2, "Missing argument"),
        (("fly",), 2, "No such command"),
    ],
)
def test_what_cannot_be_is_one_sentence(at: At, opsdesk: Run, argv: tuple[str, ...], code: int, said: str) -> None:
    told = opsdesk("incident", *argv)
    assert (told.exit_code, told.stdout) == (code, "")
    assert said in told.stderr


@pytest.mark.parametrize(
    ("argv", "code", "said"),
    [
        (("note", "23:00 later"), 1, "23:00 lies ahead: it is 16:41 now. A day in front says which: yesterday 22:00."),
        (("talk", "eta=soon"), 1, 'There is no talking point "eta".'),
        (("talk", "known"), 2, "Say POINT=WORDS, the words in quotes, or approve."),
        (("talk", "approve"), 1, "The talking points of I-1 are approved already."),
        (("update",), 1, "An update needs words."),
        (("note",), 1, "text is missing"),
        (("reopen",), 1, "reopen needs its reason"),
        (("inform", "the press"), 1, '"the press" is no department or person here. Known: '),
    ],
)
def test_what_an_outage_refuses(outage: At, opsdesk: Run, argv: tuple[str, ...], code: int, said: str) -> None:
    told = opsdesk("incident", *argv)
    assert (told.exit_code, told.stdout) == (code, "")
    assert said in told.stderr


def test_hostile_words_are_words(at: At) -> None:
    for argv in (("open", HOSTILE), ("note", HOSTILE), ("talk", f"known={HOSTILE}")):
        at(0, *argv)
    shown = "".join(at(1, *argv) for argv in (("status",), ("talk",), ("review",), ("review", "--format", "txt")))
    assert not {"\x1b", "\u202e"} & set(shown)
    assert "日本" in shown


REVISED = {
    "ack": (),
    "identify": ("cache full",),
    "mitigate": ("rolled back",),
    "resolve": (),
    "update": ("Still slow",),
    "inform": ("@max",),
    "talk": ("works=the app",),
}


@pytest.mark.parametrize("verb", sorted(REVISED))
def test_every_step_takes_a_rev_and_refuses_one_that_never_was(at: At, opsdesk: Run, verb: str) -> None:
    at(0, "open", "Login down", "--sev", "1")
    for id in ((), ("I-1",)):
        told = opsdesk("incident", verb, *id, *REVISED[verb], "--rev", "99")
        assert told.exit_code == 1
        assert "I-1 never was at rev 99" in told.stderr
    assert "--rev N" in opsdesk("incident", verb, "--help").stdout
    rev = json.loads(opsdesk("show", "I-1", "--json").stdout)["rev"]
    assert opsdesk("incident", verb, *REVISED[verb], "--rev", str(rev)).exit_code == 0


def test_with_a_rev_the_same_field_is_refused_and_others_go_together(at: At, opsdesk: Run) -> None:
    at(0, "open", "Login down", "--sev", "1")
    rev = str(json.loads(opsdesk("show", "I-1", "--json").stdout)["rev"])
    assert opsdesk("--as", "tom", "incident", "talk", "works=the app").exit_code == 0
    assert opsdesk("incident", "ack", "--rev", rev).exit_code == 0
    told = opsdesk("incident", "talk", "works=nothing", "--rev", rev)
    assert (told.exit_code, told.stdout) == (1, "")
    assert "Tom Reyes" in told.stderr
    assert "the app" in opsdesk("incident", "talk").stdout


def test_the_clock_is_left_alone_by_steps_and_said_to_be_late(at: At, opsdesk: Run) -> None:
    at(0, "open", "Login down", "--sev", "1")
    late = "The next update, 17:31, is later than the 30 min of SEV-1.\n"
    at(1, "update", "--next", "in 90 min")
    assert opsdesk("incident", "update", "--next", "17:31").stderr.startswith(late)
    assert late in opsdesk("incident", "ack").stderr
    assert "17:31" in at(2, "status")
    at(3, "update", "--next", "none")
    at(4, "identify", "cache full since 4.12")
    shown = at(5, "status")
    assert "Next update" not in shown
    assert "identified: cache full since 4.12" in shown
    told = opsdesk("do", "I-1", "update", "in 2 h")
    assert told.stderr == "I-1: The next update, 18:05, is later than the 30 min of SEV-1.\n"


def test_after_the_end_the_last_one_is_meant_and_said_so(at: At, opsdesk: Run) -> None:
    at(0, "open", "Login down", "--sev", "1")
    told = at(5, "resolve", "restarted the cache @tom")
    assert "resolved" in told
    assert opsdesk("incident", "resolve", "I-1").exit_code == 1
    said = "No incident is open: this is I-1, resolved 16:05.\n"
    for verb in (("status",), ("review",), ("note", "x"), ("told", "15:58 Sales phone")):
        found = opsdesk("incident", *verb)
        assert (found.exit_code, found.stderr.startswith(said)) == (0, True), verb
    assert "Time until Sales knew  0 min" in at(6, "status")
    assert "restarted the cache" in at(6, "status")


def test_who_is_not_informed_is_said_until_all_are_after_the_end_too(at: At, opsdesk: Run) -> None:
    at(0, "open", "Login down", "--sev", "1")
    line = "Not informed yet: Sales. opsdesk incident inform I-1 WHO says who was.\n"
    assert opsdesk("incident", "resolve", "restarted").stderr == line
    assert opsdesk("incident", "inform", "I-1", "sales", "chat").stderr == ""
    assert opsdesk("incident", "inform", "I-1", "not", "Sales").stderr == line
    again = opsdesk("incident", "inform", "I-1", "not", "Sales")
    assert (again.exit_code, "Sales was not informed of I-1." in again.stderr) == (1, True)


def test_an_outage_is_written_down_afterwards(at: At, opsdesk: Run) -> None:
    made = opsdesk("add", "--kind", "incident", 'i components:login started:"2026-10-20 10:00"')
    assert made.exit_code == 0, made.stderr
    at(1, "resolve", "I-1", "2026-10-20 12:00")
    (row,) = json.loads(opsdesk("uptime", "--month", "2026-10", "--component", "login", "--json").stdout)["rows"]
    assert row["figures"][0]["down"] == 2 * 3600
    response = row["response"][0]
    assert (response["mtta"]["n"], response["ttr"]["n"], response["unacknowledged"]) == (0, 1, 1)


def test_the_clock_is_moved_without_an_update(at: At, opsdesk: Run) -> None:
    at(0, "open", "Login down", "--sev", "1")
    listed = opsdesk("list", "timeline").stdout
    assert at(1, "update", "--next", "16:45")
    assert "16:45" in at(2, "status")
    assert opsdesk("list", "timeline").stdout == listed
