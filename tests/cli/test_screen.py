"""What the command line hands to the screen, and the meeting it opens it in."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner
from msgspec.structs import replace

from opsdesk import config
from opsdesk.cli import screen
from opsdesk.cli.group import cli
from opsdesk.cli.wiring import Wiring
from opsdesk.core.errors import Invalid
from opsdesk.core.meeting import Meeting
from opsdesk.core.people import Person

DAILY = "daily-operations-sync"


@pytest.fixture
def wiring(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Wiring:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    return Wiring(folder)


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The meetings the screen was opened in."""
    meetings: list[str] = []
    monkeypatch.setattr(screen, "need_terminal", lambda: None)
    monkeypatch.setattr(screen, "open_screen", lambda _, meeting="": meetings.append(meeting))
    return meetings


def run(folder: Path, *argv: str) -> int:
    return CliRunner().invoke(cli, ["--desk", str(folder), *argv], obj=Wiring()).exit_code


def test_without_a_verb_the_screen_opens(folder: Path, opened: list[str]) -> None:
    assert run(folder) == 0
    assert opened == [""]


@pytest.mark.parametrize("argv", [(), ("run", DAILY), ("demo",)])
def test_without_a_terminal_nothing_is_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, argv: tuple[str, ...]
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    told = CliRunner().invoke(cli, ["--desk", str(tmp_path / "desk"), *argv], obj=Wiring())
    assert (told.exit_code, told.stdout) == (1, "")
    assert told.stderr == (
        "opsdesk: The screen needs a terminal to draw on and to type into. "
        "Without one there are add, done, list, show, minutes, cadence and more: opsdesk --help lists them.\n"
    )
    assert list(tmp_path.iterdir()) == []


def test_run_starts_the_meeting_and_goes_back_into_it(folder: Path, opened: list[str], wiring: Wiring) -> None:
    assert run(folder, "run", DAILY) == 0
    assert run(folder, "run", DAILY.upper()) == 0
    assert opened == ["M-1", "M-1"]
    assert [m.agenda for m in wiring.desk().read.all(Meeting)] == [DAILY]


def test_an_agenda_nobody_has_starts_nothing(folder: Path, opened: list[str]) -> None:
    assert run(folder, "run", "stand-up") == 1
    assert opened == []


def test_a_status_call_is_held_for_one_customer(folder: Path, opened: list[str]) -> None:
    assert run(folder, "run", "customer-status-call") == 1
    assert run(folder, "run", "customer-status-call", "--customer", "#Nippon") == 0
    assert opened == ["M-1"]


def test_settings_are_kept_and_the_desk_knows_them(wiring: Wiring) -> None:
    desk = screen.hands(wiring).settle(replace(wiring.desk().settings, company="Acme", due_days=3))
    assert (desk.settings.company, desk.settings.due_days) == ("Acme", 3)
    assert config.read_settings(wiring.folder).company == "Acme"


def test_the_demo_company_opens_as_sue_in_a_folder_of_its_own(wiring: Wiring, tmp_path: Path) -> None:
    own = wiring.folder
    desk = screen.hands(wiring).make_demo()
    assert wiring.folder == tmp_path / "data" / "opsdesk" / "demo" != own
    assert desk.by == "sue"
    assert len(desk.read.all(Person)) == 9
    wiring.close()


def test_what_is_chosen_is_remembered(wiring: Wiring) -> None:
    screen.hands(wiring).remember("theme", "light")
    assert screen.hands(wiring).preferences == {"theme": "light"}


def test_only_words_are_preferences_of_the_screen(wiring: Wiring) -> None:
    config.remember("size", 3)
    assert screen.hands(wiring).preferences == {}


@pytest.mark.parametrize("name", ["M-1.txt", "../../M-1.txt", "/etc/M-1.txt"])
def test_what_the_screen_saves_stays_in_the_desks_folder(wiring: Wiring, name: str) -> None:
    place = screen.hands(wiring).save(name, "Minutes 日本\n")
    assert place == wiring.folder / "minutes" / "M-1.txt"
    assert place.read_text(encoding="utf-8") == "Minutes 日本\n"
    assert place.stat().st_mode & 0o777 == 0o600


def test_a_name_that_is_only_a_path_saves_nothing(wiring: Wiring) -> None:
    with pytest.raises(Invalid):
        screen.hands(wiring).save("..", "text")


def test_a_pasted_table_is_read(wiring: Wiring) -> None:
    sheet = screen.hands(wiring).read_table(b"Name;Department\nSue Park;Operations\n")
    assert sheet.headers == ("Name", "Department")
    assert [cells for _, cells in sheet.rows] == [("Sue Park", "Operations")]


def test_the_clock_of_the_desk_is_the_one_that_is_pretended(wiring: Wiring) -> None:
    assert wiring.desk().now().replace(microsecond=0, second=0) == datetime(2026, 11, 23, 15, 0, tzinfo=UTC)
