"""`opsdesk export`: everything, on standard output or in a file."""

from __future__ import annotations

import json
import os
from contextlib import closing
from pathlib import Path

import pytest

from opsdesk.core.minutes import MinutesRecord
from opsdesk.core.parts import machine
from opsdesk.store.sqlite import SqliteStore
from tests.cli.conftest import NOW, Run
from tests.minutes.sample import DAILY


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
    assert opsdesk("export", "--json", "-o", str(file), "--force").exit_code == 0
    assert file.stat().st_mode & 0o777 == 0o640
    assert "/dev/null is not a file." in opsdesk("export", "--json", "-o", "/dev/null").stderr


def test_a_sheet_that_somebody_has_edited_is_written_over_only_when_told(opsdesk: Run, tmp_path: Path) -> None:
    sheet = tmp_path / "actions.csv"
    sheet.write_text("edited")
    told = opsdesk("export", "--csv", "actions", "-o", str(sheet))
    assert (told.exit_code, sheet.read_text()) == (1, "edited")
    assert told.stderr == f"opsdesk: {sheet} is there already. Add --force to replace it, or name another file.\n"
    assert opsdesk("export", "--csv", "actions", "-o", str(sheet), "--force").exit_code == 0
    assert "Call back" in sheet.read_text()


@pytest.mark.parametrize(
    "argv", [("export", "--json"), ("export", "--csv", "actions"), ("minutes", "--format", "md")], ids=" ".join
)
@pytest.mark.parametrize("name", ["desk.db", "desk.db-wal", "zone", "settings.toml", "backups/daily-2026-11-20.db"])
def test_no_file_of_a_desk_is_written_over(opsdesk: Run, folder: Path, argv: tuple[str, ...], name: str) -> None:
    minutes = MinutesRecord(meeting="M-1", agenda="x", frozen=NOW, minutes=DAILY)
    with closing(SqliteStore(folder)) as store, store.work("Freeze", by="sue", at=NOW) as work:
        work.add(minutes)
    place = folder / name
    place.parent.mkdir(exist_ok=True)
    if not place.exists():
        place.write_bytes(b"")
    before = place.read_bytes()
    told = opsdesk(*argv, "-o", str(place), "--force")
    assert (told.exit_code, place.read_bytes()) == (1, before)
    assert f"{place} belongs to the desk in {folder}." in told.stderr


def test_sheets_are_not_put_in_the_place_of_the_backups(opsdesk: Run, folder: Path) -> None:
    for name in ("backups", "agendas"):
        told = opsdesk("export", "--csv", "all", "-o", str(folder / name))
        assert (told.exit_code, "belongs to the desk" in told.stderr) == (1, True)
        assert not (folder / name).exists()
    assert opsdesk("export", "--csv", "all", "-o", f"{folder / 'sheets'}/").exit_code == 0


def test_an_export_removes_what_a_killed_one_left(opsdesk: Run, tmp_path: Path) -> None:
    left = [tmp_path / f".desk.json.{2**22 + 1}-{machine()}0{number}cd.part" for number in range(2)]
    left[0].write_text("half")
    left[1].mkdir()
    (left[1] / "actions.csv").write_text("half")
    assert opsdesk("export", "--json", "-o", str(tmp_path / "desk.json")).exit_code == 0
    assert not any(each.exists() for each in left)
    left[0].write_text("half")
    assert opsdesk("export", "--csv", "all", "-o", str(tmp_path / "sheets")).exit_code == 0
    assert not left[0].exists()


@pytest.mark.parametrize(
    ("argv", "said"),
    [
        (("backup", ""), "An empty name is no file."),
        (("backup", "-"), "A backup is a file that can be checked."),
        (("backup", "new/"), "There is no folder new/."),
        (("backup", "stick"), "There is no folder stick. Name one that is there, or a file with an ending: stick.db."),
        (("backup", "no/copy.db"), "There is no folder no."),
        (("export", "--json", "-o", ""), "An empty name is no file."),
        (("export", "--csv", "actions", "-o", "new/"), "There is no folder new/."),
        (("minutes", "-o", "new/"), "There is no folder new/."),
    ],
)
def test_a_name_that_leads_nowhere_makes_nothing(
    opsdesk: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, argv: tuple[str, ...], said: str
) -> None:
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    told = opsdesk(*argv)
    assert (told.exit_code, told.stdout, said in told.stderr) == (1, "", True), told.stderr
    assert list((tmp_path / "here").iterdir()) == []


def test_from_a_folder_that_is_gone_it_is_said_so(
    opsdesk: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    (tmp_path / "here").rmdir()
    for argv in (("backup", "copy.db"), ("export", "--json", "-o", "desk.json")):
        said = f"The folder that you are in was removed, so {argv[-1]} is nowhere."
        assert said in opsdesk(*argv).stderr
    assert opsdesk("backup", str(tmp_path / "copy.db")).exit_code == 0
    monkeypatch.chdir(tmp_path)


def test_a_kind_that_nobody_knows_is_used_wrongly(opsdesk: Run) -> None:
    for argv in (("export", "--csv", "foo"), ("list", "foo"), ("import", "foo", "x.csv")):
        assert opsdesk(*argv).exit_code == 2


def test_a_file_in_the_place_of_the_backups_is_named(opsdesk: Run, folder: Path, tmp_path: Path) -> None:
    assert opsdesk("backup", str(tmp_path / "copy.db")).exit_code == 0
    (folder / "backups").write_text("mine")
    told = opsdesk("restore", str(tmp_path / "copy.db"), "--yes")
    assert told.exit_code == 1
    assert "A file is where a folder is needed" in told.stderr
    assert told.stderr.endswith(f": {folder / 'backups'}. Move it away.\n")
