"""Where the desk is, who is at it, what time it is."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from os import stat_result
from pathlib import Path

import pytest
from click.testing import CliRunner

from opsdesk import config
from opsdesk.cli.group import cli
from opsdesk.cli.person import handle
from opsdesk.cli.wiring import Wiring, clock
from opsdesk.cli.zone import machine_zone
from opsdesk.core.errors import Invalid, Unavailable
from opsdesk.core.settings import Settings


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("LOGNAME", "USER", "USERNAME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    return tmp_path


def test_the_folder_is_the_option_else_the_variable_else_the_usual_one(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert Wiring().folder == home / "data" / "opsdesk" / "desk"
    monkeypatch.setenv("OPSDESK_DESK", str(home / "named"))
    assert Wiring().folder == home / "named"
    assert Wiring(home / "option").folder == home / "option"


def test_whoever_is_named_last_in_this_order_is_at_the_desk(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = home / "desk"
    monkeypatch.setattr("opsdesk.cli.person._kept_by_system", lambda: "")
    assert Wiring(folder).by() == "me"
    monkeypatch.setattr("opsdesk.cli.person._kept_by_system", lambda: "root")
    assert Wiring(folder).by() == "root"
    monkeypatch.setenv("LOGNAME", "Sue Park")
    assert Wiring(folder).by() == "sue-park"
    config.remember("me", "raj")
    assert Wiring(folder).by() == "raj"
    config.write_marker(folder, {"me": "ana"})
    assert Wiring(folder).by() == "ana"
    monkeypatch.setenv("OPSDESK_USER", "tom")
    assert Wiring(folder).by() == "tom"
    assert Wiring(folder, "kofi").by() == "kofi"


@pytest.mark.parametrize(
    ("name", "written"),
    [("Sue", "sue"), ("DOMAIN\\sue", "domain-sue"), ("日本", ""), ("..x", "x"), ("a" * 60, "a" * 40), ("-", "")],
)
def test_any_name_becomes_a_handle(name: str, written: str) -> None:
    assert handle(name) == written


def test_the_pretended_clock_starts_where_it_is_told_and_runs_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPSDESK_NOW", "2026-11-23T16:00+01:00")
    now = clock()
    first, second = now(), now()
    start = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)
    assert start <= first <= second < start + timedelta(hours=1)


def test_an_instant_without_a_zone_is_utc(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPSDESK_NOW", "2026-11-23 15:00")
    assert clock()().replace(second=0, microsecond=0, minute=0) == datetime(2026, 11, 23, 15, 0, tzinfo=UTC)


def test_words_that_are_no_instant_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPSDESK_NOW", "noon")
    with pytest.raises(Invalid, match="'noon', which is no instant"):
        clock()


@pytest.mark.parametrize("instant", ["9999-12-31T23:00Z", "0001-01-01T00:00+14:00", "1970-01-01"])
def test_an_instant_that_no_desk_is_kept_at_is_refused(monkeypatch: pytest.MonkeyPatch, instant: str) -> None:
    monkeypatch.setenv("OPSDESK_NOW", instant)
    with pytest.raises(Invalid, match="no desk is kept then") as refused:
        clock()
    assert refused.value.hint == "Name one in the years from 1971 to 2999."


@pytest.mark.parametrize("typed", ["Evil Name; x", "sue park", "..sue"])
def test_what_is_no_handle_is_nobody(home: Path, typed: str) -> None:
    with pytest.raises(Invalid, match="is no handle"):
        Wiring(home / "desk", typed).by()
    assert Wiring(home / "desk", "Sue").by() == "sue"


def test_an_empty_folder_is_none(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(home)
    for empty in ("", " "):
        told = CliRunner().invoke(cli, ["--desk", empty, "add", "Call fri"], obj=Wiring())
        assert (told.exit_code, "It names no folder." in told.stderr) == (2, True)
    assert list(home.iterdir()) == []
    monkeypatch.setenv("OPSDESK_DESK", "")
    assert Wiring().folder == home / "data" / "opsdesk" / "desk"


def test_a_folder_within_a_file_is_one_sentence(home: Path) -> None:
    (home / "file").write_text("mine")
    told = CliRunner().invoke(cli, ["--desk", str(home / "file" / "sub"), "add", "Call fri"], obj=Wiring())
    assert told.stderr == (
        f"opsdesk: {home / 'file'} is a file, and a desk is a folder. Name it with --desk or OPSDESK_DESK.\n"
    )


@pytest.mark.parametrize(
    ("tz", "zone"), [("Europe/Berlin", "Europe/Berlin"), (":America/New_York", "America/New_York"), ("UTC", "UTC")]
)
def test_the_zone_is_that_of_the_environment(monkeypatch: pytest.MonkeyPatch, tz: str, zone: str) -> None:
    monkeypatch.setenv("TZ", tz)
    assert machine_zone() == zone


@pytest.mark.parametrize("tz", ["", "CST6CDT-nonsense", "/etc/passwd", "../x"])
def test_a_zone_nobody_knows_is_that_of_the_machine_else_utc(monkeypatch: pytest.MonkeyPatch, tz: str) -> None:
    monkeypatch.setenv("TZ", tz)
    monkeypatch.setattr("os.path.realpath", lambda _: "/usr/share/zoneinfo/Asia/Tokyo")
    assert machine_zone() == "Asia/Tokyo"
    monkeypatch.setattr("os.path.realpath", lambda _: "/etc/localtime")
    assert machine_zone() == "UTC"


def test_the_company_zone_wins_over_the_machines(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    assert Wiring(home).settings().time_zone == "Asia/Tokyo"
    config.write_settings(home, Settings(time_zone="Europe/Berlin"))
    assert Wiring(home).settings().time_zone == "Europe/Berlin"


def test_a_desk_is_opened_once_and_again_when_asked(home: Path) -> None:
    wiring = Wiring(home / "desk", "sue")
    desk = wiring.desk()
    assert wiring.desk() is desk
    again = wiring.reopen()
    assert again is not desk
    assert again.by == "sue"
    wiring.close()


def test_another_folder_is_another_desk(home: Path) -> None:
    wiring = Wiring(home / "one", "sue")
    first = wiring.desk()
    first.people.add("Sue Park")
    wiring.folder = home / "two"
    assert wiring.desk() is not first
    assert wiring.desk().people.person_name("sue") == "sue"
    wiring.close()


@pytest.mark.parametrize(
    ("argv", "input"),
    [
        (("add", "Call someday !"), ""),
        (("add", "Call yesterday"), ""),
        (("add", "--dry-run", "Call"), ""),
        (("import", "people", "-"), "Name,Department\n,Sales\n"),
        (("import", "people", "-"), ""),
        (("import", "people", "-", "--dry-run"), "Ana Ferreira\n"),
        (("agenda", "off", "foo"), ""),
        (("agenda", "on", "foo"), ""),
    ],
)
def test_what_is_refused_or_only_tried_makes_no_desk(home: Path, argv: tuple[str, ...], input: str) -> None:
    CliRunner().invoke(cli, ["--desk", str(home / "desk"), *argv], obj=Wiring(), input=input)
    assert not (home / "desk").exists()


@pytest.mark.parametrize(
    ("argv", "input", "told"),
    [
        (("add", "Call"), "", "A-1  Call"),
        (("import", "people", "-"), "Ana Ferreira\n", "1 person taken in\n"),
        (("agenda", "off", "daily-operations-sync"), "", "Daily"),
    ],
)
def test_what_is_done_makes_the_desk_and_is_done_once(home: Path, argv: tuple[str, ...], input: str, told: str) -> None:
    said = CliRunner().invoke(cli, ["--desk", str(home / "desk"), *argv], obj=Wiring(), input=input)
    assert said.stdout.startswith(told), said.output
    wiring = Wiring(home / "desk")
    assert len(wiring.existing().history()) == 1
    wiring.close()


@pytest.mark.parametrize("argv", [("list", "actions"), ("add", "Call"), ("agenda", "list"), ("done", "A-1")])
def test_a_folder_nobody_may_look_into_is_one_sentence(
    home: Path, monkeypatch: pytest.MonkeyPatch, argv: tuple[str, ...]
) -> None:
    look = Path.stat

    def refused(path: Path, **options: bool) -> stat_result:
        if path.parent == home / "desk":
            raise PermissionError(13, "Permission denied", str(path))
        return look(path, **options)

    (home / "desk").mkdir()
    monkeypatch.setattr("os.access", lambda *_, **__: False)
    monkeypatch.setattr(Path, "stat", refused)
    told = CliRunner().invoke(cli, ["--desk", str(home / "desk"), *argv], obj=Wiring())
    assert told.exit_code == 1
    assert told.stderr == (
        f"opsdesk: {home}/desk cannot be looked into: Permission denied. "
        "Ask whoever it belongs to, or name another folder with --desk.\n"
    )


def test_a_file_cut_to_nothing_does_not_pass_for_a_new_desk(tmp_path: Path) -> None:
    wiring = Wiring(tmp_path / "desk")
    wiring.desk().actions.capture("Call back")
    wiring.close()
    (tmp_path / "desk" / "desk.db").write_bytes(b"")
    with pytest.raises(Unavailable, match="is empty"):
        Wiring(tmp_path / "desk").desk()
    assert (tmp_path / "desk" / "desk.db").read_bytes() == b""
