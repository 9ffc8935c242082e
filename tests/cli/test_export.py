"""`opsdesk export`: everything, on standard output or in a file."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from tests.cli.conftest import Run


def test_the_export_holds_every_record_and_the_settings(opsdesk: Run) -> None:
    whole = json.loads(opsdesk("export", "--json").stdout)
    assert [person["handle"] for person in whole["records"]["people"]] == ["sue", "tom"]
    assert whole["settings"]["due_days"] == 7
    assert len(whole["records"]["actions"]) == 3


def test_a_file_gets_the_same_bytes_and_is_its_owners_only(opsdesk: Run, tmp_path: Path) -> None:
    file = tmp_path / "desk.json"
    told = opsdesk("export", "--json", "-o", str(file))
    assert (told.exit_code, told.stdout, told.stderr) == (0, "", f"Everything is in {file}.\n")
    assert file.read_bytes() == opsdesk("export", "--json").stdout_bytes
    assert file.stat().st_mode & 0o777 == 0o600


def test_a_place_that_is_not_there_is_one_sentence(opsdesk: Run, tmp_path: Path) -> None:
    told = opsdesk("export", "--json", "-o", str(tmp_path / "no" / "desk.json"))
    assert told.exit_code == 1
    assert told.stderr.endswith("cannot be written: No such file or directory. Name another place.\n")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_place_that_may_not_be_written_is_one_sentence(opsdesk: Run, tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    assert opsdesk("export", "--json", "-o", str(tmp_path / "desk.json")).exit_code == 1


def test_an_export_without_a_format_is_used_wrongly(opsdesk: Run) -> None:
    assert opsdesk("export").exit_code == 2


def test_the_journal_and_ones_own_agendas_are_in_it(opsdesk: Run, folder: Path) -> None:
    opsdesk("done", "A-1")
    opsdesk("agenda", "new", "own")
    (folder / "agendas" / "broken.toml").write_text("title = ")
    (folder / "agendas" / "device.toml").symlink_to("/dev/zero")
    whole = json.loads(opsdesk("export", "--json").stdout)
    assert [each["command"] for each in whole["journal"]] == ["Fill", "Done A-1"]
    assert whole["agendas"] == {"broken": "title = ", "own": (folder / "agendas" / "own.toml").read_text()}


def test_it_is_the_same_on_a_machine_in_another_zone(opsdesk: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    here = opsdesk("export", "--json").stdout_bytes
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    assert opsdesk("export", "--json").stdout_bytes == here


def test_a_file_that_is_there_keeps_its_mode_and_a_device_is_refused(opsdesk: Run, tmp_path: Path) -> None:
    file = tmp_path / "desk.json"
    file.touch(mode=0o640)
    file.chmod(0o640)
    assert opsdesk("export", "--json", "-o", str(file)).exit_code == 0
    assert file.stat().st_mode & 0o777 == 0o640
    assert "/dev/null is not a file." in opsdesk("export", "--json", "-o", "/dev/null").stderr
