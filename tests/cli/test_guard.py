"""`opsdesk check`, `backup` and `restore`, and what is done after every verb that writes."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from datetime import UTC, date
from pathlib import Path

import pytest
from click.testing import CliRunner

from opsdesk.cli import guard as verbs
from opsdesk.cli import guard_text, guarding
from opsdesk.cli.addressing import addressed
from opsdesk.cli.group import cli
from opsdesk.cli.screen import problems
from opsdesk.cli.wiring import Wiring
from opsdesk.config import write_marker
from opsdesk.core.consistency import REPAIR
from opsdesk.core.copies import Copy
from opsdesk.core.entries import Decision, Note
from opsdesk.core.errors import Unavailable
from opsdesk.core.guard import Finding, Repair
from opsdesk.store.guard import SqliteGuard
from opsdesk.store.sqlite import SqliteStore
from tests.cli.conftest import HOSTILE, NOW, Run


@pytest.fixture(autouse=True)
def whole(folder: Path) -> None:
    """Without what the small desk says of a meeting that it does not have."""
    with closing(SqliteStore(folder)) as store, store.work("Tidy", by="sue", at=NOW) as work:
        work.remove(Note, "N-1")
        work.remove(Decision, "D-1")


@pytest.fixture
def copy(opsdesk: Run, tmp_path: Path) -> Path:
    """A backup; the desk has gone on by one transaction."""
    assert opsdesk("backup", str(tmp_path / "copy.db")).exit_code == 0
    opsdesk("add", "Made since @sue fri")
    return tmp_path / "copy.db"


def actions(opsdesk: Run) -> int:
    return len(json.loads(opsdesk("list", "actions", "--json").stdout))


# check


def test_a_whole_desk_is_told_by_what_was_looked_at(opsdesk: Run) -> None:
    told = opsdesk("check")
    assert (told.exit_code, told.stdout, told.stderr) == (0, "8 records and 2 transactions: all is well.\n", "")


def test_a_check_changes_nothing(opsdesk: Run, folder: Path) -> None:
    before = (folder / "desk.db").read_bytes()
    opsdesk("check")
    assert (folder / "desk.db").read_bytes() == before
    assert not (folder / "backups").exists()


def found(monkeypatch: pytest.MonkeyPatch, *findings: Finding) -> None:
    monkeypatch.setattr(SqliteGuard, "check", lambda self, told: findings)


def test_damage_is_told_by_a_word_and_exit_1_and_a_repair_is_offered_once(
    opsdesk: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found(
        monkeypatch,
        Finding("A-1", "It is damaged.", hint=REPAIR),
        Finding("A-2", "It is damaged.", hint="Mend it."),
        Finding("journal 41", f"Strange: {HOSTILE}", grave=False),
    )
    told = opsdesk("check")
    assert told.exit_code == 1
    assert told.stdout.splitlines()[:2] == ["damage  A-1: It is damaged.", "damage  A-2: It is damaged. Mend it."]
    assert told.stdout.splitlines()[2].startswith("remark  journal 41: Strange: [EMEA]")
    assert "\x1b" not in told.stdout
    assert "check --repair` keeps the files as they are and mends what can be mended.\n" in told.stderr
    assert len(told.stderr.splitlines()) == 1


def test_a_repair_is_not_offered_where_it_does_not_help(opsdesk: Run, folder: Path) -> None:
    with closing(sqlite3.connect(folder / "desk.db", isolation_level=None)) as db:
        db.execute("pragma user_version=99")
    told = opsdesk("check")
    assert (told.exit_code, told.stderr) == (1, "")
    assert told.stdout.startswith("newer  format: This desk was written by a newer OpsDesk: desk.db. Update OpsDesk")
    assert "repair" not in told.stdout
    (folder / "desk.db").write_bytes(b"")
    told = opsdesk("check")
    assert told.exit_code == 1
    assert "repair" not in told.stdout + told.stderr
    assert "restore` lists the copies" in told.stdout


def test_remarks_never_fail(opsdesk: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    found(monkeypatch, Finding("log", "It is long.", grave=False))
    told = opsdesk("check")
    assert told.exit_code == 0
    assert told.stdout == "remark  log: It is long.\n8 records and 2 transactions: nothing is lost or wrong.\n"


@pytest.mark.parametrize(("grave", "code"), [(True, 1), (False, 0)])
def test_findings_as_json(opsdesk: Run, monkeypatch: pytest.MonkeyPatch, grave: bool, code: int) -> None:
    found(monkeypatch, Finding("A-1", "It is damaged.", grave))
    told = opsdesk("check", "--json")
    assert told.exit_code == code
    said = json.loads(told.stdout)
    assert said["findings"] == [{"place": "A-1", "what": "It is damaged.", "grave": grave, "hint": ""}]
    assert said["whole"] is not grave
    assert said["looked_at"]["records"] == 8


@pytest.mark.parametrize("verb", [["check"], ["check", "--repair"], ["backup", "copy.db"]])
def test_where_no_desk_is_it_says_so_and_makes_none(tmp_path: Path, verb: Sequence[str]) -> None:
    told = CliRunner().invoke(cli, ["--desk", str(tmp_path / "none"), *verb], obj=Wiring())
    assert told.exit_code == 1
    assert told.stderr.startswith(f"opsdesk: There is no desk at {tmp_path / 'none'}.")
    assert not (tmp_path / "none").exists()


def test_a_dry_run_goes_with_a_repair(opsdesk: Run) -> None:
    assert opsdesk("check", "--dry-run").exit_code == 2


def repaired(monkeypatch: pytest.MonkeyPatch, done: Repair) -> None:
    monkeypatch.setattr(SqliteGuard, "repair", lambda self, told: done)
    monkeypatch.setattr(SqliteGuard, "rehearse", lambda self, told: done)


def test_a_repair_says_where_the_files_are_and_what_it_did(opsdesk: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    remains = Finding("journal 3", "It is gone.")
    repaired(monkeypatch, Repair("desk/backups/x", ("A-1 is back.",), ("journal 3 was cut.",), (remains,)))
    told = opsdesk("check", "--repair")
    assert told.exit_code == 1
    assert told.stdout.splitlines() == [
        "The files as they were are in desk/backups/x.",
        "restored  A-1 is back.",
        "cut  journal 3 was cut.",
        "remains  journal 3: It is gone.",
        "The desk is not whole then.",
    ]


def test_a_repair_after_which_the_desk_is_whole_succeeds(opsdesk: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    repaired(monkeypatch, Repair("desk/backups/x", ("A-1 is back.",)))
    told = opsdesk("check", "--repair")
    assert told.exit_code == 0
    assert told.stdout.splitlines()[-1] == "The desk is whole then."
    assert json.loads(opsdesk("check", "--repair", "--json").stdout)["restored"] == ["A-1 is back."]


def test_what_is_lost_is_said_and_never_called_whole(opsdesk: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    remark = Finding("journal", "Entry 3 was lost.", grave=False)
    repaired(monkeypatch, Repair("desk/backups/x", findings_after=(remark,), lost=("Entry 3 was lost.",)))
    told = opsdesk("check", "--repair")
    assert told.exit_code == 1
    assert told.stdout.splitlines() == [
        "The files as they were are in desk/backups/x.",
        "lost  Entry 3 was lost.",
        "remark  journal: Entry 3 was lost.",
        "What is known to be lost is named in desk/backups/x/cut.json.",
        "The desk is sound then, but not whole: what is lost could not be brought back.",
    ]
    assert json.loads(opsdesk("check", "--repair", "--json").stdout)["lost"] == ["Entry 3 was lost."]


def test_a_lost_entry_is_told_once_and_the_desk_goes_on(opsdesk: Run, folder: Path, tmp_path: Path) -> None:
    """It is backed up, brought back, exported and taken into another, and its trail shows the line that is lost."""
    assert opsdesk("done", "A-1").exit_code == 0
    with closing(sqlite3.connect(folder / "desk.db")) as db:
        db.execute("update journal set sum=sum+1 where seq=3")
        db.commit()
        db.execute("pragma wal_checkpoint(truncate)")
    assert opsdesk("check").exit_code == 1
    before = sorted(str(file) for file in folder.rglob("*"))
    assert opsdesk("check", "--repair", "--dry-run").exit_code == 1
    assert sorted(str(file) for file in folder.rglob("*")) == before
    assert opsdesk("check", "--repair").exit_code == 1
    told = opsdesk("check")
    assert told.exit_code == 0
    assert "remark  journal: Entry 3 was lost in a damage found on " in told.stdout
    assert opsdesk("check", "--repair").exit_code == 0
    assert "Lost: this entry could not be read" in opsdesk("show", "A-1", "--trail").stdout
    assert opsdesk("backup", str(tmp_path / "copy.db")).exit_code == 0
    assert opsdesk("restore", str(tmp_path / "copy.db"), "--yes").exit_code == 0
    exported = tmp_path / "all.json"
    assert opsdesk("export", "--json", "-o", str(exported)).exit_code == 0
    taken = CliRunner().invoke(cli, ["--desk", str(tmp_path / "new"), "import", str(exported)], obj=Wiring())
    assert taken.exit_code == 0, taken.output


def test_a_dry_run_says_what_a_repair_would_do(opsdesk: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    repaired(monkeypatch, Repair("", ("A-1 is back.",)))
    told = opsdesk("check", "--repair", "--dry-run")
    assert told.stdout.splitlines() == [
        "Nothing was changed. A repair would do this, after a copy of the files as they are:",
        "restored  A-1 is back.",
        "The desk would be whole then.",
    ]


def test_a_whole_desk_has_nothing_to_repair(opsdesk: Run) -> None:
    for option in ([], ["--dry-run"]):
        told = opsdesk("check", "--repair", *option)
        assert (told.exit_code, told.stdout) == (0, "8 records and 2 transactions: all is well.\n")


def test_a_damaged_record_is_rehearsed_repaired_and_then_whole(opsdesk: Run, folder: Path) -> None:
    file = folder / "desk.db"
    spoil(folder)
    spoiled = file.read_bytes()
    assert opsdesk("check").exit_code == 1
    assert opsdesk("check", "--repair", "--dry-run").exit_code == 0
    assert file.read_bytes() == spoiled
    told = opsdesk("check", "--repair")
    assert (told.exit_code, told.stdout.splitlines()[-1]) == (0, "The desk is whole then.")
    assert opsdesk("check").exit_code == 0


def spoil(folder: Path) -> None:
    """The row of A-1 is not what its checksum says."""
    with closing(sqlite3.connect(folder / "desk.db")) as db:
        db.execute("update docs set sum=sum+1 where kind='actions' and number=1")
        db.commit()
        db.execute("pragma wal_checkpoint(truncate)")


# backup


def test_a_backup_says_what_is_in_it(opsdesk: Run, tmp_path: Path) -> None:
    told = opsdesk("backup", str(tmp_path / "copy.db"))
    what = "8 records and 2 transactions, the last on 2026-11-23 at 15:00 by sue (Tidy)"
    assert (told.exit_code, told.stdout) == (0, f"{tmp_path / 'copy.db'}: {what}.\n")


def test_a_backup_replaces_a_file_only_with_force(opsdesk: Run, copy: Path) -> None:
    before = copy.read_bytes()
    told = opsdesk("backup", str(copy))
    assert (told.exit_code, told.stderr) == (
        1,
        f"opsdesk: {copy} is already there. Add --force to replace it, or name another file.\n",
    )
    assert copy.read_bytes() == before
    assert json.loads(opsdesk("backup", str(copy), "--force", "--json").stdout)["transactions"] == 3


def test_a_backup_is_none_in_the_desks_own_place(opsdesk: Run, folder: Path) -> None:
    told = opsdesk("backup", str(folder))
    assert told.exit_code == 1
    assert "belongs to the desk itself" in told.stderr


# restore


def test_a_demo_desk_says_that_it_keeps_no_daily_backups(opsdesk: Run, folder: Path) -> None:
    write_marker(folder, {"seed": 1})
    assert opsdesk("restore").stderr == (
        "There are no backups here: a demo desk keeps no daily ones. `opsdesk backup FILE` makes one.\n"
    )


def test_backups_are_listed(opsdesk: Run, folder: Path) -> None:
    told = opsdesk("restore")
    assert (told.exit_code, told.stdout) == (0, "")
    assert told.stderr.startswith("There are no backups here yet")
    (folder / "backups").mkdir()
    opsdesk("backup", str(folder / "backups" / "mine.db"))
    os.utime(folder / "backups" / "mine.db", (0, 0))
    header, row = opsdesk("restore").stdout.splitlines()
    assert header.split() == ["Name", "Made", "Size", "Records", "Transactions", "The", "last", "of", "them"]
    assert row.split() == [
        "mine.db",
        "1970-01-01",
        "00:00",
        "29",
        "kB",
        "8",
        "2",
        "2026-11-23",
        "15:00",
        "sue:",
        "Tidy",
    ]
    (listed,) = json.loads(opsdesk("restore", "--json").stdout)
    assert (listed["records"], listed["last"]["by"]) == (8, "sue")


def test_a_damaged_copy_is_marked_in_the_list_and_refused_before_anybody_is_asked(
    opsdesk: Run, folder: Path, copy: Path
) -> None:
    (folder / "backups").mkdir()
    bad = folder / "backups" / "daily-2026-11-20.db"
    bad.write_bytes(copy.read_bytes().replace(b'"title":', b'"tytle":', 1))
    assert "It is damaged (" in opsdesk("restore").stdout
    (listed,) = json.loads(opsdesk("restore", "--json").stdout)
    assert listed["problem"].startswith("It is damaged (")
    told = opsdesk("restore", bad.name)
    assert told.exit_code == 1
    assert "would be lost" not in told.stderr
    assert "is damaged (" in told.stderr
    assert "Copy it as desk.db into a folder of its own" in told.stderr


def test_a_copy_that_was_cut_is_sent_to_a_folder_of_its_own(opsdesk: Run, copy: Path) -> None:
    os.truncate(copy, 8192)
    for option in ([], ["--yes"]):
        told = opsdesk("restore", str(copy), *option)
        assert told.exit_code == 1
        assert "Copy it as desk.db into a folder of its own" in told.stderr


def test_another_programs_file_is_no_copy(opsdesk: Run, tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "other.db")) as db:
        db.execute("create table mine(x)")
    told = opsdesk("restore", str(tmp_path / "other.db"))
    assert (told.exit_code, "Name one that `opsdesk" in told.stderr) == (1, True)


@pytest.mark.parametrize("place", ["file", "link"])
def test_copies_that_nobody_can_look_at_are_no_empty_list(opsdesk: Run, folder: Path, place: str) -> None:
    if place == "file":
        (folder / "backups").write_text("")
    else:
        (folder / "backups").symlink_to(folder / "nowhere")
    told = opsdesk("restore")
    assert told.exit_code == 1
    assert str(folder / "backups") in told.stderr
    assert "no backups here yet" not in told.stderr


def test_without_a_yes_nothing_is_restored_and_all_is_told(opsdesk: Run, copy: Path) -> None:
    told = opsdesk("restore", str(copy))
    assert told.exit_code == 1
    assert told.stderr.splitlines() == [
        f"{copy}: 8 records and 2 transactions, the last on 2026-11-23 at 15:00 by sue (Tidy).",
        "The desk would lose 1 transaction made since, the last on 2026-11-23 at 15:00 by sue (Add Made since)."
        " It would be kept first.",
        "opsdesk: Nothing was restored. Add --yes to do it.",
    ]
    assert actions(opsdesk) == 4
    assert json.loads(opsdesk("restore", str(copy), "--json").stdout)["lost"] == 1
    assert actions(opsdesk) == 4


def test_a_restored_desk_says_how_to_turn_it_round(opsdesk: Run, folder: Path, copy: Path) -> None:
    told = opsdesk("restore", str(copy), "--yes")
    (kept,) = (folder / "backups").glob("before-restore-*.db")
    assert (told.exit_code, told.stdout, told.stderr.splitlines()) == (
        0,
        "",
        [
            "Restored: 8 records and 2 transactions, the last on 2026-11-23 at 15:00 by sue (Tidy).",
            "The desk as it was, with 1 transaction that the copy lacks, is kept:"
            f" `opsdesk restore {kept.name} --yes` brings it back.",
            "Settings, time zone and agendas are files of their own and were left alone.",
        ],
    )
    assert actions(opsdesk) == 3
    assert json.loads(opsdesk("restore", kept.name, "--yes", "--json").stdout)["gained"] == 1
    assert actions(opsdesk) == 4


def test_a_desk_that_vanished_while_it_was_asked_is_not_said_to_be_kept(
    opsdesk: Run, folder: Path, copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(verbs, "_somebody_is_there", lambda: True)
    monkeypatch.setattr("click.confirm", lambda *_, **__: shutil.rmtree(folder) or True)
    told = opsdesk("restore", str(copy))
    assert told.exit_code == 0
    assert "The desk that was here before was gone by then, so nothing of it could be kept.\n" in told.stderr
    assert actions(opsdesk) == 3


@pytest.mark.parametrize(("typed", "code", "left"), [("y", 0, 3), ("n", 1, 4), ("", 1, 4)])
def test_at_a_terminal_it_asks(
    opsdesk: Run, copy: Path, monkeypatch: pytest.MonkeyPatch, typed: str, code: int, left: int
) -> None:
    monkeypatch.setattr(verbs, "_somebody_is_there", lambda: True)
    told = opsdesk("restore", str(copy), input=f"{typed}\n")
    assert told.exit_code == code
    assert "Restore it? [y/N]" in told.stderr
    assert actions(opsdesk) == left


def test_what_is_no_copy_is_one_sentence(opsdesk: Run, tmp_path: Path) -> None:
    (tmp_path / "letter").write_text("Dear Sue")
    told = opsdesk("restore", str(tmp_path / "letter"), "--yes")
    assert told.exit_code == 1
    assert told.stderr == (
        f"opsdesk: {tmp_path / 'letter'} is not a copy of a desk. Name one that `opsdesk backup` made.\n"
    )


def test_a_desk_whose_file_is_gone_or_damaged_or_empty_comes_back(opsdesk: Run, folder: Path, copy: Path) -> None:
    for content in (None, b"", b"rubbish" * 999):
        (folder / "desk.db").unlink()
        if content is not None:
            (folder / "desk.db").write_bytes(content)
        assert opsdesk("restore", str(copy)).exit_code == 1
        told = opsdesk("restore", str(copy), "--yes")
        assert told.exit_code == 0
        assert ("The files that were there are kept in" in told.stderr) == (content is not None)
        assert actions(opsdesk) == 3


def test_broken_settings_are_no_obstacle(opsdesk: Run, folder: Path, copy: Path) -> None:
    (folder / "settings.toml").write_text("time_zone = ")
    assert opsdesk("check").exit_code == 0
    assert opsdesk("restore", str(copy), "--yes").exit_code == 0


# after every verb


@pytest.fixture
def today(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where today's copy is to be; the clock is the real one."""
    monkeypatch.delenv("OPSDESK_NOW")
    monkeypatch.setattr(guarding, "today", lambda wiring: date(2026, 11, 23))
    return folder / "backups" / "daily-2026-11-23.db"


def test_the_first_verb_that_writes_makes_the_copy_of_the_day_and_says_nothing(opsdesk: Run, today: Path) -> None:
    for reading in (["list", "actions"], ["show", "A-1"], ["check"], ["cadence"]):
        opsdesk(*reading)
        assert not today.exists()
    assert opsdesk("drop", "A-99", "--why", "not there").exit_code == 1
    assert not today.exists()
    told = opsdesk("add", "Call @sue fri")
    assert (told.exit_code, told.stderr) == (0, "")
    assert today.exists()
    before = today.read_bytes()
    opsdesk("done", "A-1")
    assert today.read_bytes() == before


def test_a_copy_that_cannot_be_made_is_said_and_fails_no_verb(
    opsdesk: Run, today: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> str:
        raise Unavailable("The disk is full, so nothing was saved: backups.", "Make room and do it again.")

    monkeypatch.setattr(SqliteGuard, "daily", full)
    told = opsdesk("add", "Call @sue fri")
    assert told.exit_code == 0
    assert told.stdout.startswith("A-4  Call")
    assert told.stderr == (
        "No backup of today was made. The disk is full, so nothing was saved: backups. Make room and do it again.\n"
    )


def test_an_interruption_while_it_is_made_fails_no_verb(
    opsdesk: Run, today: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: object) -> str:
        raise KeyboardInterrupt

    monkeypatch.setattr(SqliteGuard, "daily", interrupted)
    assert opsdesk("add", "Call @sue fri").exit_code == 0


def test_a_pretended_clock_and_a_demo_desk_make_none(
    opsdesk: Run, folder: Path, today: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPSDESK_NOW", "2027-01-01T12:00Z")
    opsdesk("add", "Call @sue fri")
    monkeypatch.delenv("OPSDESK_NOW")
    write_marker(folder, {"me": "sue"})
    opsdesk("add", "Call @sue fri")
    assert not (folder / "backups").exists()


def test_a_damaged_record_that_a_verb_has_met_is_said_once_with_the_cure(opsdesk: Run, folder: Path) -> None:
    spoil(folder)
    told = opsdesk("list", "actions")
    assert told.exit_code == 0
    assert told.stderr == (
        "A-1 was damaged in the desk's file and read from the journal: `opsdesk check --repair` mends it.\n"
    )


def test_a_desk_on_a_network_is_warned_about_when_it_is_made_checked_and_opened(
    opsdesk: Run, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("opsdesk.store.place.network", lambda folder: "nfs4")
    made = CliRunner().invoke(cli, ["--desk", str(tmp_path / "new"), "add", "Call fri"], obj=Wiring())
    again = CliRunner().invoke(cli, ["--desk", str(tmp_path / "new"), "add", "Call fri"], obj=Wiring())
    warning = "is on a network file system (nfs4)"
    assert warning in made.stderr
    assert warning not in again.stderr
    assert warning in opsdesk("check").stderr
    assert opsdesk("check").exit_code == 0
    assert any(warning in said for said in problems(Wiring(folder)))


@pytest.mark.parametrize(
    "verb",
    [
        ("list", "actions"), ("show", "A-1"), ("add", "Call fri"), ("add", "Call", "--dry-run"), ("undo",),
        ("check",), ("check", "--repair"), ("backup", "copy.db"), ("minutes",), ("agenda", "list"),
        ("agenda", "on", "x"), ("export", "--json"), ("done", "A-1"), ("cadence",),
    ],
    ids=" ".join,
)  # fmt: skip
def test_where_the_desks_file_is_gone_every_verb_says_so_and_none_begins_another(
    opsdesk: Run, folder: Path, verb: Sequence[str]
) -> None:
    (folder / "backups").mkdir()
    opsdesk("backup", str(folder / "backups" / "mine.db"))
    (folder / "desk.db").unlink()
    told = opsdesk(*verb)
    assert (told.exit_code, told.stdout) == (1, "")
    assert told.stderr == (
        f"opsdesk: The desk's file is gone: {folder / 'desk.db'}. "
        "`opsdesk restore` lists the copies that can be put in its place.\n"
    )
    assert not (folder / "desk.db").exists()


def test_a_desk_whose_file_is_gone_is_restored(opsdesk: Run, folder: Path) -> None:
    (folder / "backups").mkdir()
    opsdesk("backup", str(folder / "backups" / "mine.db"))
    (folder / "desk.db").unlink()
    assert "mine.db" in opsdesk("restore").stdout
    assert opsdesk("restore", "mine.db", "--yes").exit_code == 0
    assert actions(opsdesk) == 3


def test_what_says_that_there_was_a_desk_is_a_copy_or_its_zone(tmp_path: Path) -> None:
    def added(*left: str) -> str:
        folder = tmp_path / str(len(list(tmp_path.iterdir())))
        for name in left:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text("x")
        return CliRunner().invoke(cli, ["--desk", str(folder), "add", "Call fri"], obj=Wiring()).stderr

    assert added("settings-of-mine", "backups/.lock") == ""
    assert "without one, move the folder away to begin anew" in added("zone")
    assert "restore` lists the copies" in added("zone", "backups/daily-2026-11-20.db")
    assert "restore` lists the copies" in added("backups/before-repair-20261120T150000Z/desk.db")


def test_a_demo_desk_whose_file_is_gone_names_how_it_is_made_anew(folder: Path, opsdesk: Run) -> None:
    write_marker(folder, {"me": "sue"})
    (folder / "zone").write_text("UTC")
    (folder / "desk.db").unlink()
    assert opsdesk("list", "actions").stderr.endswith("`opsdesk demo --fresh` makes the demo desk anew.\n")


# commands that are named


def test_a_command_that_is_named_reaches_the_desk_that_was_named(folder: Path) -> None:
    place = folder.parent / "my desk"
    folder.rename(place)
    spoil(place)
    named = f"`opsdesk --desk '{place}' check --repair`"
    met = CliRunner().invoke(cli, ["list", "actions", "--desk", str(place)], obj=Wiring())
    assert met.stderr.endswith(f"{named} mends it.\n")
    looked = CliRunner().invoke(cli, ["--desk", str(place), "check"], obj=Wiring())
    assert named in looked.stderr
    assert "`opsdesk check" not in looked.output
    refused = CliRunner().invoke(cli, ["--desk", str(place), "backup", str(folder.parent / "x.db")], obj=Wiring())
    assert f"opsdesk: The desk in {place} is damaged" in refused.stderr
    assert named in refused.stderr


def test_only_commands_are_addressed_and_each_once() -> None:
    desk = Path("d")
    assert addressed("OpsDesk says: opsdesk is there.", desk) == "OpsDesk says: opsdesk is there."
    assert addressed("opsdesk --desk x list", desk) == "opsdesk --desk x list"
    assert addressed("See opsdesk list people, `opsdesk undo`.", desk) == (
        "See opsdesk --desk d list people, `opsdesk --desk d undo`."
    )
    assert addressed("my-opsdesk list, /bin/opsdesk list", desk) == "my-opsdesk list, /bin/opsdesk list"
    assert addressed("opsdesk list", None) == "opsdesk list"


def test_a_copy_that_is_not_told_apart_from_the_desk_loses_nothing(opsdesk: Run, tmp_path: Path, copy: Path) -> None:
    opsdesk("backup", str(copy), "--force")
    assert "Nothing that is in the desk would be lost.\n" in opsdesk("restore", str(copy)).stderr


# what is shown


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        (0, "0 bytes"),
        (999, "999 bytes"),
        (1000, "1.0 kB"),
        (33_000, "33 kB"),
        (999_600, "1.0 MB"),
        (5 * 10**12, "5000 GB"),
    ],
)
def test_sizes(number: int, shown: str) -> None:
    assert guard_text.size(number) == shown


def test_a_copy_that_cannot_be_read_is_listed_with_the_reason() -> None:
    (_, row) = guard_text.table([Copy("a/b.db", 5, problem="It is torn.")], UTC)
    assert row.split("  ") == ["b.db", "5 bytes", "It is torn."]
