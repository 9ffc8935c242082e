"""`opsdesk agenda`: list, show, check, switch on and off, and a new file."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from opsdesk import agendas
from opsdesk.core.agenda import Agenda
from opsdesk.core.settings import Settings
from opsdesk.desk import Desk
from opsdesk.store.sqlite import SqliteStore
from tests.cli.conftest import Run
from tests.cli.golden import same
from tests.clock import Clock

SLUGS = ["daily-operations-sync", "product-operations-review", "escalation-review", "customer-status-call"]
BAD = 'title = "Own"\nparticipants = ["Operations"]\ntimebox = "20"\n\n[[sections]]\ntitel = "First"\nminutes = 0\n'


def own(folder: Path, name: str, text: str) -> Path:
    (folder / "agendas").mkdir(exist_ok=True)
    path = folder / "agendas" / name
    path.write_text(text)
    return path


def test_every_meeting_is_listed_with_when_it_meets(opsdesk: Run) -> None:
    told = opsdesk("agenda", "list")
    assert (told.exit_code, told.stderr) == (0, "")
    same("agenda-list.txt", told.stdout)


@pytest.mark.parametrize("slug", SLUGS)
def test_one_meeting_is_shown_with_its_sections(opsdesk: Run, slug: str) -> None:
    told = opsdesk("agenda", "show", slug)
    assert told.exit_code == 0
    same(f"agenda-show-{slug}.txt", told.stdout)


def test_json_holds_whole_agendas_and_whether_they_are_on(opsdesk: Run) -> None:
    opsdesk("agenda", "off", "customer-success")
    listed = json.loads(opsdesk("agenda", "list", "--json").stdout)
    shown = json.loads(opsdesk("agenda", "show", "customer-success", "--json").stdout)
    assert len(listed) == 10
    assert {*shown} == {*Agenda.__struct_fields__, "own"}
    assert (shown["on"], shown["own"], shown["timebox"]) == (False, False, 60)
    assert shown in listed


def test_an_unknown_slug_is_told_with_those_there_are(opsdesk: Run) -> None:
    told = opsdesk("agenda", "show", "dialy")
    assert (told.exit_code, told.stdout) == (1, "")
    assert "daily-operations-sync" in told.stderr


def test_a_good_file_is_ok(opsdesk: Run, folder: Path) -> None:
    opsdesk("agenda", "new", "own")
    file = folder / "agendas" / "own.toml"
    told = opsdesk("agenda", "check", str(file))
    assert (told.exit_code, told.stdout) == (0, f"{file}: ok\n")


def test_every_mistake_of_every_file_is_listed_and_fails(opsdesk: Run, folder: Path) -> None:
    first, second = own(folder, "first.toml", BAD), own(folder, "second.toml", "[[")
    told = opsdesk("agenda", "check", str(first), str(second))
    assert told.exit_code == 1
    same("agenda-check.txt", told.stdout.replace(str(folder), "DESK"))


def test_mistakes_as_json_have_their_place(opsdesk: Run, folder: Path) -> None:
    told = opsdesk("agenda", "check", "--json", str(own(folder, "first.toml", BAD)))
    places = [(each["line"], each["place"]) for each in json.loads(told.stdout)]
    assert told.exit_code == 1
    assert (3, "timebox") in places
    assert (7, "sections[0].minutes") in places


def test_a_file_that_is_not_there_is_a_mistake_too(opsdesk: Run) -> None:
    told = opsdesk("agenda", "check", "nowhere.toml")
    assert (told.exit_code, told.stdout) == (
        1,
        "nowhere.toml: the file: found No such file or directory; allowed: a file that can be read\n",
    )


def test_without_a_file_the_desks_own_are_checked(opsdesk: Run, folder: Path) -> None:
    none = opsdesk("agenda", "check")
    assert (none.exit_code, none.stdout) == (0, "")
    assert "opsdesk agenda new SLUG" in none.stderr
    own(folder, "first.toml", BAD)
    assert opsdesk("agenda", "check").exit_code == 1


def test_a_broken_file_of_ones_own_is_told_and_stops_nothing(opsdesk: Run, folder: Path) -> None:
    own(folder, "daily-operations-sync.toml", BAD)
    told = opsdesk("agenda", "list")
    assert told.exit_code == 0
    assert told.stderr.count("is left out") == 1
    same("agenda-list.txt", told.stdout)
    assert "Daily Operations Sync" in opsdesk("cadence").stdout


def test_a_meeting_is_switched_on_and_off(opsdesk: Run) -> None:
    on = opsdesk("agenda", "on", "escalation-review")
    assert on.stdout == "Escalation Review is on: next Wed 25 Nov 12:00.\n"
    assert "06:00 Central" in opsdesk("cadence").stdout
    assert opsdesk("agenda", "off", "escalation-review").stdout == "Escalation Review is off.\n"
    assert "06:00 Central" not in opsdesk("cadence").stdout
    opsdesk("undo")
    assert "06:00 Central" in opsdesk("cadence").stdout


def test_a_meeting_is_given_another_time_and_beginning(opsdesk: Run) -> None:
    told = opsdesk("agenda", "on", "company-friday", "--from", "2026-11-30", "--at", "14:30", "--zone", "Europe/Berlin")
    assert told.stdout == "Company Friday is on: next Fri 4 Dec 13:30.\n"


def test_calls_are_switched_for_one_customer(opsdesk: Run) -> None:
    told = opsdesk("agenda", "on", "customer-status-call", "--customer", "#NIPPON", "--rule", "FREQ=WEEKLY;BYDAY=TH")
    assert told.stdout == "Customer Status Call is on: next Thu 26 Nov 09:00.\n"
    wrong = opsdesk("agenda", "on", "customer-status-call", "--customer", "globex")
    assert (wrong.exit_code, wrong.stdout) == (1, "")
    assert "being onboarded" in wrong.stderr


@pytest.mark.parametrize(
    "option", [("--rule", "FREQ=HOURLY"), ("--at", "25:00"), ("--zone", "Mars"), ("--from", "soon")]
)
def test_a_wrong_time_is_refused(opsdesk: Run, option: tuple[str, str]) -> None:
    told = opsdesk("agenda", "on", "priorities", *option)
    assert (told.exit_code, told.stdout) == (1, "")
    assert repr(option[1]) in told.stderr


def test_a_new_file_is_made_once_and_then_listed(opsdesk: Run, folder: Path) -> None:
    made = opsdesk("agenda", "new", "weekly-review")
    assert made.stdout == f"{folder}/agendas/weekly-review.toml\n"
    listed = json.loads(opsdesk("agenda", "list", "--json").stdout)
    assert [each["slug"] for each in listed if each["own"]] == ["weekly-review"]
    again = opsdesk("agenda", "new", "weekly-review")
    assert (again.exit_code, again.stdout) == (1, "")
    assert "is there already" in again.stderr


def test_a_shipped_meeting_is_copied_to_be_changed(opsdesk: Run, folder: Path) -> None:
    opsdesk("agenda", "new", "priorities")
    copy = folder / "agendas" / "priorities.toml"
    copy.write_text(copy.read_text().replace('"Priorities"', '"Top ten"'))
    assert opsdesk("agenda", "show", "priorities").stdout.startswith("Top ten  priorities\n")


def test_beside_the_planned_minutes_stand_those_it_took(folder: Path, opsdesk: Run) -> None:
    clock = Clock()
    desk = Desk(SqliteStore(folder), clock, "sue", Settings(), lambda: agendas.read(None))
    for minutes in (7, 9):
        held = desk.meetings.start("daily-operations-sync", scheduled=clock.now)
        clock.forward(minutes=minutes)
        desk.meetings.close(held.id)
        clock.forward(days=1)
    desk.close()
    shown = opsdesk("agenda", "show", "daily-operations-sync").stdout.splitlines()
    assert "min  last 2" in shown
    assert "  5       8  Burning issues  [burning]" in shown
    assert "  4          Service outages  [outages]" in shown
    assert "  2          closing" in shown
