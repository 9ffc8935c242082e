"""`opsdesk demo --no-screen`: a folder of its own, written whole or not at all, never over a desk of one's own."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Callable
from pathlib import Path
from shutil import copytree

import pytest
from click.testing import CliRunner, Result

from opsdesk import config
from opsdesk.cli.group import cli
from opsdesk.cli.wiring import Wiring
from opsdesk.demo import USER
from tests.cli.conftest import NOW

Run = Callable[..., Result]


@pytest.fixture
def whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """The command line of somebody whose files are all under `tmp_path`."""
    monkeypatch.setenv("OPSDESK_NOW", NOW.isoformat())
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    return lambda *argv: CliRunner().invoke(cli, list(argv), obj=Wiring())


@pytest.fixture
def opsdesk(whole: Run, monkeypatch: pytest.MonkeyPatch) -> Run:
    """The same, where the company has lived for a moment instead of eight weeks."""
    monkeypatch.setattr("opsdesk.demo.build", lambda enter, *_: enter(USER).people.add("Sue Park", "Operations"))
    return whole


@pytest.mark.parametrize("before", [True, False])
def test_the_demo_desk_is_written_where_it_was_asked_for(opsdesk: Run, tmp_path: Path, before: bool) -> None:
    place = ["--desk", str(tmp_path / "demo")]
    told = opsdesk(*place, "demo", "--no-screen") if before else opsdesk("demo", *place, "--no-screen")
    assert told.exit_code == 0, told.output
    assert told.stdout == f"{tmp_path / 'demo'}\n"
    assert (tmp_path / "demo").stat().st_mode & 0o777 == 0o700
    assert [each.name for each in tmp_path.iterdir()] == ["demo"]


def test_eight_weeks_are_made_and_whoever_opens_them_is_sue(whole: Run, tmp_path: Path) -> None:
    place = ("--desk", str(tmp_path / "demo"))
    whole("demo", *place, "--no-screen")
    assert len(json.loads(whole("list", "meetings", "--json", *place).stdout)) > 50
    mine = json.loads(whole("list", "actions", "--owner", "me", "--json", *place).stdout)
    assert {each["owner"] for each in mine} == {"sue"}


def test_a_demo_desk_that_is_there_is_used_as_it_is(opsdesk: Run, tmp_path: Path) -> None:
    place = ("--desk", str(tmp_path / "demo"))
    opsdesk("demo", *place, "--no-screen")
    opsdesk("add", *place, "Kept for later")
    told = opsdesk("demo", *place, "--no-screen")
    assert (told.exit_code, told.stderr) == (0, "")
    assert json.loads(opsdesk("list", "actions", "--json", *place).stdout)[-1]["title"] == "Kept for later"


def test_a_fresh_one_moves_the_old_one_aside(opsdesk: Run, tmp_path: Path) -> None:
    place = ("--desk", str(tmp_path / "demo"))
    opsdesk("demo", *place, "--no-screen")
    opsdesk("demo", *place, "--no-screen", "--fresh", "--seed", "8")
    assert sorted(each.name for each in tmp_path.iterdir()) == ["demo", "demo-20261123-150000"]
    marker = tomllib.loads((tmp_path / "demo" / "demo.toml").read_text())
    assert (marker["seed"], marker["me"]) == (8, "sue")


def test_without_a_place_it_goes_beside_ones_own_desk_never_into_it(
    opsdesk: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPSDESK_DESK", str(tmp_path / "mine"))
    assert opsdesk("demo", "--no-screen").stdout == f"{tmp_path}/data/opsdesk/demo\n"
    assert not (tmp_path / "mine").exists()


@pytest.mark.parametrize("option", [(), ("--fresh",)])
def test_a_desk_of_ones_own_is_never_written_into(opsdesk: Run, tmp_path: Path, option: tuple[str, ...]) -> None:
    place = ("--desk", str(tmp_path / "mine"))
    opsdesk("add", *place, "Mine")
    told = opsdesk("demo", *place, "--no-screen", *option)
    assert (told.exit_code, told.stdout) == (1, "")
    assert told.stderr.startswith(f"opsdesk: {tmp_path / 'mine'} holds something that is no demo desk.")
    assert len(json.loads(opsdesk("list", "actions", "--json", *place).stdout)) == 1


def test_what_fails_on_the_way_leaves_nothing_behind(
    opsdesk: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("opsdesk.config.write_marker", broken)
    assert opsdesk("demo", "--desk", str(tmp_path / "demo"), "--no-screen").exit_code == 1
    assert list(tmp_path.iterdir()) == []


def test_the_screen_opens_on_the_demo_desk(opsdesk: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[Wiring] = []
    monkeypatch.setattr("opsdesk.cli.screen.need_terminal", lambda: None)
    monkeypatch.setattr("opsdesk.cli.screen.open_screen", opened.append)
    told = opsdesk("demo", "--desk", str(tmp_path / "demo"))
    assert (told.exit_code, told.stdout) == (0, "")
    assert [each.folder for each in opened] == [tmp_path / "demo"]


def test_two_fresh_ones_in_one_second_keep_both_old_ones(opsdesk: Run, tmp_path: Path) -> None:
    place = ("--desk", str(tmp_path / "demo"))
    opsdesk("demo", *place, "--no-screen")
    told = [opsdesk("demo", *place, "--no-screen", "--fresh") for _ in range(3)]
    aside = [f"demo-20261123-150000{number}" for number in ("", "-2", "-3")]
    assert [each.exit_code for each in told] == [0, 0, 0]
    assert sorted(each.name for each in tmp_path.iterdir()) == ["demo", *aside]
    assert f"The demo desk that was there is in {tmp_path / aside[2]} now.\n" in told[2].stderr


def test_a_link_to_the_demo_desk_stays_one(opsdesk: Run, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "demo")
    for option in ((), ("--fresh",)):
        told = opsdesk("demo", "--desk", str(tmp_path / "link"), "--no-screen", *option)
        assert told.stdout == f"{tmp_path / 'demo'}\n"
    assert (tmp_path / "link").is_symlink()
    assert sorted(each.name for each in tmp_path.iterdir()) == ["demo", "demo-20261123-150000", "link"]


def test_whoever_makes_it_second_uses_what_is_there(
    opsdesk: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def slow(folder: Path, marker: dict[str, str | int]) -> None:
        write(folder, marker)
        copytree(folder, tmp_path / "demo")
        write(tmp_path / "demo", {**marker, "seed": 9})

    write = config.write_marker
    monkeypatch.setattr(config, "write_marker", slow)
    told = opsdesk("demo", "--desk", str(tmp_path / "demo"), "--no-screen")
    assert (told.exit_code, told.stdout) == (0, f"{tmp_path / 'demo'}\n")
    assert [each.name for each in tmp_path.iterdir()] == ["demo"]
    assert tomllib.loads((tmp_path / "demo" / "demo.toml").read_text())["seed"] == 9


def test_another_seed_for_a_desk_that_is_there_is_said_to_be_ignored(opsdesk: Run, tmp_path: Path) -> None:
    place = ("--desk", str(tmp_path / "demo"), "--no-screen")
    opsdesk("demo", *place)
    assert opsdesk("demo", *place, "--seed", "7").stderr == ""
    assert opsdesk("demo", *place, "--seed", "8").stderr == (
        "--seed is ignored: there is a demo desk already. Add --fresh to make it anew.\n"
    )


def test_a_place_that_cannot_be_written_is_one_sentence(
    opsdesk: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("opsdesk.config.write_marker", refused)
    told = opsdesk("demo", "--desk", str(tmp_path / "demo"), "--no-screen")
    assert told.exit_code == 1
    assert f"opsdesk: {tmp_path / 'demo'}: Permission denied. Name another place" in told.stderr
