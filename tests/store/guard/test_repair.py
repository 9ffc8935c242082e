"""What a repair brings back and from where, what it cuts and keeps, and what it never touches."""

from __future__ import annotations

import base64
import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from msgspec import json
from msgspec.structs import replace

from opsdesk.core.actions import Action
from opsdesk.core.errors import NotFound, Unavailable
from opsdesk.core.guard import Finding, Repair
from opsdesk.core.journal import Change, Transaction, undoable
from opsdesk.core.kinds import KINDS
from opsdesk.store import connections, keeping
from opsdesk.store.guard import SqliteGuard, copying
from opsdesk.store.guard import repair as repairing
from opsdesk.store.guard.places import alone, unfinished
from opsdesk.store.memory import MemoryStore
from opsdesk.store.rows import doc_row, entry_row
from opsdesk.store.sqlite import SqliteStore
from tests.clock import START
from tests.contract.conftest import capture
from tests.copies import copy
from tests.faults.corruption import bytes_of
from tests.store.guard.test_hold import other, tries

LONG = "a long story " * 700


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """Thirty entries; A-1 is changed by the newest, A-2 is long, A-3 is removed. Closed and tidied."""
    folder = tmp_path / "watched"
    with closing(SqliteStore(folder)) as store:
        for number in range(1, 28):
            capture(store, f"task {number}", why=LONG if number == 2 else "")
        edit(store, "A-1", "first")
        with store.work("drop", by="bob", at=START) as work:
            work.remove(Action, "A-3")
        edit(store, "A-1", "second")
    spoil(folder, "select 1")
    return folder


def edit(store: SqliteStore, id: str, title: str) -> None:
    with store.work("edit", by="bob", at=START) as work:
        work.put(replace(work.get(Action, id), title=title))


def spoil(folder: Path, statement: str, *values: object) -> None:
    with closing(sqlite3.connect(folder / "desk.db", isolation_level=None)) as db:
        db.execute(statement, values)
        db.execute("pragma journal_mode=delete")


def titles(folder: Path) -> dict[str, str]:
    with closing(SqliteStore(folder)) as store:
        return {action.id: action.title for action in store.all(Action)}


def seqs(folder: Path) -> list[int]:
    with closing(SqliteStore(folder)) as store:
        return [entry.seq for entry in store.history()]


def repair(folder: Path) -> Repair:
    """The damaged files are kept byte for byte."""
    before = bytes_of(folder)
    done = SqliteGuard(folder).repair()
    if done.backup:
        assert {name: (Path(done.backup) / name).read_bytes() for name in before} == before
    assert not unfinished(folder)
    return done


def cut_of(done: Repair) -> list[dict[str, str]]:
    told = json.decode((Path(done.backup) / "cut.json").read_bytes())
    return [{**each, "bytes": base64.b64decode(each["bytes"]).decode(errors="replace")} for each in told["cut"]]


def copied(folder: Path, target: Path) -> Path:
    """As a killed process leaves it."""
    target.mkdir()
    for name, data in bytes_of(folder).items():
        (target / name).write_bytes(data)
    return target


def test_nothing_is_touched_where_nothing_is_amiss(desk: Path) -> None:
    before = {file: file.stat() for file in desk.rglob("*")}
    assert repair(desk) == Repair()
    assert {file: file.stat() for file in desk.rglob("*")} == before


@pytest.mark.parametrize("column", ["body=x'00'", "sum=1", "live='x'", "meeting='M-3'"])
@pytest.mark.parametrize("number", [1, 2, 27])
def test_a_damaged_record_comes_back_from_the_journal(desk: Path, column: str, number: int) -> None:
    whole = titles(desk)
    spoil(desk, f"update docs set {column} where number=?", number)
    done = repair(desk)
    assert done.restored == (f"A-{number}: restored from the journal.",)
    assert done.findings_after == ()
    assert titles(desk) == whole
    assert SqliteGuard(desk).check() == ()
    (cut,) = cut_of(done)
    assert cut["what"] == f"A-{number}"
    assert cut["why"] == "It does not fit its checksum."


def test_a_damaged_entry_is_cut_and_named_and_the_records_stay(desk: Path) -> None:
    whole = titles(desk)
    spoil(desk, "update journal set body=? where seq=28", b'{"was":"first"}')
    done = repair(desk)
    assert done.lost == ("Entry 28 was lost from the journal; what it changed stands as it was found.",)
    assert not done.whole
    assert [(cut["what"], "first" in cut["bytes"]) for cut in cut_of(done)] == [("journal 28", True)]
    assert titles(desk) == whole
    assert seqs(desk) == list(range(1, 31))
    usable(desk)


def usable(folder: Path) -> None:
    """Nothing grave is found, and it is backed up, brought back, and taken into another, as any desk is."""
    guard, target = SqliteGuard(folder), folder.with_name("copy.db")
    assert [str(finding) for finding in guard.check() if finding.grave] == []
    guard.backup(target)
    assert guard.restore(target).lost == 0
    target.unlink()
    assert SqliteGuard(folder).daily(date(2026, 11, 24)) == ""
    with closing(SqliteStore(folder)) as store:
        records = [record for kind in KINDS for record in store.all(kind)]
        assert MemoryStore().take_over(store.history(), records) == len(store.history())


def lost(folder: Path) -> list[Transaction]:
    with closing(SqliteStore(folder)) as store:
        return [entry for entry in store.history() if entry.lost]


def test_what_a_lost_entry_did_is_told_by_the_record_that_it_wrote_last(desk: Path) -> None:
    spoil(desk, "update journal set sum=0 where seq=30")
    with closing(SqliteStore(desk)) as store:
        before = store.get(Action, "A-1")
    repair(desk)
    (entry,) = lost(desk)
    assert (entry.seq, entry.by, entry.command) == (30, "opsdesk", "Lost: this entry could not be read")
    assert entry.changes == (Change("actions", "A-1", {"title": "first"}, {"title": "second"}),)
    with closing(SqliteStore(desk)) as store:
        assert store.get(Action, "A-1") == before
        assert [each.seq for each in store.trail("A-1")] == [1, 28, 30]
    usable(desk)


def test_what_a_lost_entry_did_is_told_by_the_entry_that_found_it_done(desk: Path) -> None:
    spoil(desk, "update journal set sum=0 where seq in (1, 28)")
    repair(desk)
    made, edited = lost(desk)
    (change,) = edited.changes
    assert made.changes == ()
    assert (change.before, change.after and change.after["title"]) == (None, "first")
    usable(desk)


def test_what_a_lost_entry_has_removed_stays_removed(desk: Path) -> None:
    whole = titles(desk)
    spoil(desk, "update journal set sum=0 where seq=29")
    repair(desk)
    (entry,) = lost(desk)
    assert [(change.id, change.after) for change in entry.changes] == [("A-3", None)]
    assert titles(desk) == whole
    usable(desk)


def test_a_lost_entry_is_a_remark_from_then_on(desk: Path) -> None:
    spoil(desk, "update journal set sum=0 where seq in (4, 6, 7, 8)")
    repair(desk)
    today = f"{datetime.now(UTC):%Y-%m-%d}"
    what = f"Entries 4 and 6-8 were lost in a damage found on {today}; what they changed stands as it was found."
    assert SqliteGuard(desk).check() == (Finding("journal", what, grave=False),)
    assert SqliteGuard(desk).repair() == Repair(findings_after=(Finding("journal", what, grave=False),))


def test_nobody_undoes_what_was_lost(desk: Path) -> None:
    spoil(desk, "update journal set sum=0 where seq=30")
    repair(desk)
    with closing(SqliteStore(desk)) as store:
        newest = list(reversed(store.history()))
    found = undoable(newest)
    assert found is not None
    assert found.seq == 29
    assert undoable(replace(each, by="opsdesk") for each in lost(desk)) is None


def test_an_entry_that_contradicts_those_before_it_is_cut(desk: Path) -> None:
    change = Change("actions", "A-1", {"title": "never"}, {"title": "third"})
    entry = Transaction(seq=31, at=START, by="bob", command="edit", changes=(change,))
    spoil(desk, "insert into journal values(?,?,?,?,?,?)", *entry_row(entry, 1))
    spoil(desk, "update docs set sum=0 where number=2")
    done = repair(desk)
    assert ("journal 31", "It does not follow from the entries before it.") in [
        (each["what"], each["why"]) for each in cut_of(done)
    ]
    assert titles(desk)["A-1"] == "second"
    usable(desk)


def test_a_record_that_no_entry_tells_of_is_told_of_by_the_repair(desk: Path) -> None:
    """Were it known to the records alone, no journal could be replayed to them."""
    spoil(desk, "insert into docs values(?,?,?,?,?,?)", *doc_row(Action, "A-40", Action(id="A-40", title="x", rev=3)))
    spoil(desk, "update docs set sum=0 where number=2")
    repair(desk)
    with closing(SqliteStore(desk)) as store:
        assert store.get(Action, "A-40").rev == 31
        assert [(each.seq, each.command) for each in store.trail("A-40")] == [(31, "Repair")]
    usable(desk)


# A file that was cut


def pages(desk: Path) -> int:
    return (desk / "desk.db").stat().st_size // 4096


@pytest.mark.parametrize("left", [15, 12, 8, 6])
def test_what_a_cut_took_is_counted_and_named_and_no_number_is_given_again(desk: Path, left: int) -> None:
    wanted = pages(desk)
    os.truncate(desk / "desk.db", left * 4096)
    assert f"desk.db was cut: {wanted - left} of its {wanted} pages are missing." in [
        finding.what for finding in SqliteGuard(desk).check()
    ]
    done = repair(desk)
    assert done.lost[0].startswith(f"The file was cut: {wanted - left} of its {wanted} pages are missing")
    assert not done.whole
    kept = json.decode((Path(done.backup) / "cut.json").read_bytes())["lost"]
    there = titles(desk)
    named = [id for id in kept["records"] if id.startswith("A-")]
    assert not set(named) & set(there)
    highest = max(int(id[2:]) for id in {*there, *named})
    assert {f"A-{number}" for number in range(1, highest + 1)} - {"A-3"} <= {*there, *named}
    if named:
        assert f"At least {len(named)} of the {highest} actions that are known of" in " ".join(done.lost)
    last = len(seqs(desk))
    assert seqs(desk) == list(range(1, last + 1))
    usable(desk)
    with closing(SqliteStore(desk)) as store:
        revs = [action.rev for action in store.all(Action)]
        (new,) = capture(store, "new")
        assert int(new.id[2:]) > highest
        assert new.rev == last + 1 > max(revs, default=0)


def test_a_page_is_all_that_is_left_and_a_copy_has_the_rest(desk: Path) -> None:
    """What the copy lacks is unknown, so the desk is never called whole."""
    (desk / "backups").mkdir()
    copy(desk, desk / "backups" / "daily-2026-11-20.db")
    whole = titles(desk)
    os.truncate(desk / "desk.db", 4096)
    done = repair(desk)
    assert titles(desk) == whole
    assert done.lost
    assert not done.whole
    usable(desk)


def test_a_number_that_is_damaged_itself_fills_nothing_with_lost_entries(desk: Path) -> None:
    spoil(desk, "update journal set seq=70000 where seq=30")
    spoil(desk, "update docs set number=50000 where number=27")
    repair(desk)
    assert seqs(desk) == list(range(1, 31))
    usable(desk)


# A dry run


@pytest.mark.parametrize("damaged", ["update journal set sum=0 where seq=28", "update docs set sum=0 where number=5"])
@pytest.mark.parametrize("with_copy", [False, True])
def test_a_rehearsal_says_what_the_repair_does_and_writes_nothing(desk: Path, damaged: str, with_copy: bool) -> None:
    if with_copy:
        (desk / "backups").mkdir()
        copy(desk, desk / "backups" / "daily-2026-11-20.db")
    spoil(desk, damaged)
    before = {file: file.stat() for file in (desk, *desk.rglob("*"))}
    would = SqliteGuard(desk).rehearse()
    assert {file: file.stat() for file in (desk, *desk.rglob("*"))} == before
    assert would == replace(repair(desk), backup="")
    assert would.whole == (with_copy or "docs" in damaged)


def test_a_rehearsal_names_the_desk_where_nothing_can_be_mended(tmp_path: Path) -> None:
    (tmp_path / "desk.db").write_bytes(b"rubbish" * 999)
    with pytest.raises(Unavailable, match=f"Nothing of a desk is found in {tmp_path},"):
        SqliteGuard(tmp_path).rehearse()
    assert [file.name for file in tmp_path.iterdir()] == ["desk.db"]


def test_what_the_entries_after_a_gap_changed_is_caught_up_with(desk: Path) -> None:
    """The row is older than the journal, whose beginning for it is lost."""
    with closing(SqliteStore(desk)) as store:
        (old,) = [a for a in store.all(Action) if a.id == "A-1"]
    spoil(desk, "delete from journal where seq=1")
    spoil(
        desk,
        "insert or replace into docs values(?,?,?,?,?,?)",
        *doc_row(Action, "A-1", replace(old, title="first", rev=28)),
    )
    done = repair(desk)
    assert "A-1: restored from the journal." in done.restored
    assert titles(desk)["A-1"] == "second"


def test_missing_entries_come_back_from_the_newest_backup_that_agrees(desk: Path, tmp_path: Path) -> None:
    backups = desk / "backups"
    backups.mkdir()
    with closing(SqliteStore(desk)) as store:
        copy(desk, backups / "daily-2026-11-20.db")
    with closing(SqliteStore(tmp_path / "other")) as store:
        capture(store, "of another desk")
        copy(tmp_path / "other", backups / "daily-2026-11-21.db")
    (backups / "daily-2026-11-22.db").write_bytes(b"no database")
    spoil(desk, "delete from journal where seq in (1, 7, 28)")
    spoil(desk, "vacuum")
    done = repair(desk)
    assert done.restored == ("journal 1, journal 7, journal 28: restored from daily-2026-11-20.db.",)
    assert done.findings_after == ()
    assert seqs(desk) == list(range(1, 31))


def test_a_file_that_is_gone_comes_back_from_the_backup_and_says_how_far_it_goes(desk: Path) -> None:
    whole = titles(desk)
    (desk / "backups").mkdir()
    with closing(SqliteStore(desk)) as store:
        copy(desk, desk / "backups" / "daily-2026-11-20.db")
        edit(store, "A-1", "third")
    for name in bytes_of(desk):
        (desk / name).unlink()
    done = repair(desk)
    (finding,) = done.findings_after
    assert finding.what.startswith(
        "The newest entry that was found is entry 30 (edit by bob on 2026-11-23 at 15:00 UTC)"
    )
    assert titles(desk) == whole


def test_what_a_restore_gave_up_does_not_come_back(desk: Path, tmp_path: Path) -> None:
    """It is still in the log's frames and in the copy from before the restore."""
    with closing(SqliteStore(desk)) as store:
        copy(desk, desk / "old.db")
        capture(store, "given up")
        SqliteGuard(desk).restore(desk / "old.db")
        with closing(sqlite3.connect(desk / "desk.db")) as other, other:
            other.execute("update docs set sum=0 where number=1")
        killed = copied(desk, tmp_path / "killed")
    assert b"given up" in (killed / "desk.db-wal").read_bytes()
    assert repair(killed).findings_after == ()
    assert "given up" not in titles(killed).values()
    assert seqs(killed) == list(range(1, 31))


@pytest.mark.parametrize("frame", [3, 20, 60])
def test_what_lies_in_the_log_behind_damage_comes_back(tmp_path: Path, frame: int) -> None:
    with closing(SqliteStore(tmp_path / "open")) as store:
        for number in range(20):
            capture(store, f"task {number}", why=LONG if number == 9 else "")
        whole = {action.id: action.title for action in store.all(Action)}
        desk = copied(tmp_path / "open", tmp_path / "watched")
    data = bytearray((desk / "desk.db-wal").read_bytes())
    data[32 + frame * 4120 + 2000] ^= 1
    (desk / "desk.db-wal").write_bytes(data)
    with closing(SqliteStore(copied(desk, tmp_path / "seen"))) as store:
        assert len(store.all(Action)) < 20
    repair(desk)
    assert titles(desk) == whole
    assert seqs(desk) == list(range(1, 21))


@pytest.mark.parametrize("size", [16, 100, 4096])
def test_a_destroyed_beginning_of_the_file(desk: Path, size: int) -> None:
    whole = titles(desk)
    (desk / "desk.db").write_bytes(os.urandom(size) + (desk / "desk.db").read_bytes()[size:])
    done = repair(desk)
    assert [finding.grave for finding in done.findings_after] == [False]
    assert titles(desk) == whole
    assert seqs(desk) == list(range(1, 31))


def test_a_repaired_desk_gives_no_number_twice(desk: Path) -> None:
    with closing(SqliteStore(desk)) as store, store.work("drop", by="bob", at=START) as work:
        work.remove(Action, "A-27")
    (desk / "desk.db").write_bytes(bytes(4096) + (desk / "desk.db").read_bytes()[4096:])
    spoiled = desk / "desk.db-wal"
    assert not spoiled.exists() or spoiled.stat().st_size == 0
    repair(desk)
    with closing(SqliteStore(desk)) as store:
        assert [action.id for action in capture(store, "new")] == ["A-28"]


# What it refuses, and what fails


def test_a_newer_desk_is_refused_and_left_as_it_is(desk: Path) -> None:
    spoil(desk, "pragma user_version=99")
    before = {file: file.read_bytes() for file in desk.rglob("*")}
    with pytest.raises(Unavailable, match="newer OpsDesk"):
        SqliteGuard(desk).repair()
    assert {file: file.read_bytes() for file in desk.rglob("*")} == before


@pytest.mark.parametrize("content", [b"", b"a letter to a friend" * 1000])
def test_what_holds_nothing_of_a_desk_is_refused_and_left_as_it_is(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "desk.db").write_bytes(content)
    with pytest.raises(Unavailable, match="Nothing of a desk is found"):
        SqliteGuard(tmp_path).repair()
    assert (tmp_path / "desk.db").read_bytes() == content
    assert list((tmp_path / "backups").glob("before-*")) == []


def test_no_folder(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="There is no desk"):
        SqliteGuard(tmp_path / "none").repair()


def test_two_repairs_at_once(desk: Path) -> None:
    spoil(desk, "update docs set sum=0 where number=1")
    before = bytes_of(desk)
    with alone(desk), pytest.raises(Unavailable, match="running already"):
        SqliteGuard(desk).repair()
    assert bytes_of(desk) == before


@pytest.mark.parametrize("failing", ["sync", "replace", "connect", "copyfile"])
@pytest.mark.parametrize("call", [1, 2, 3])
def test_a_disk_that_is_full_leaves_the_desk_as_it_was(
    desk: Path, monkeypatch: pytest.MonkeyPatch, failing: str, call: int
) -> None:
    spoil(desk, "update docs set sum=0 where number=1")
    before, calls = bytes_of(desk), [0]

    def refusing(usual: Callable[..., object]) -> Callable[..., object]:
        def refused(*values: object) -> object:
            calls[0] += 1
            if calls[0] == call:
                raise OSError(28, "No space left on device")
            return usual(*values)

        return refused

    place: object = {"sync": repairing, "replace": repairing.os, "connect": connections, "copyfile": repairing.shutil}[
        failing
    ]
    with monkeypatch.context() as patch:
        patch.setattr(place, failing, refusing(getattr(place, failing)))
        if failing == "replace" and call > 1:
            return
        with pytest.raises(Unavailable, match="The disk is full"):
            SqliteGuard(desk).repair()
    assert bytes_of(desk) == before
    repair(desk)
    assert SqliteGuard(desk).check() == ()


def test_a_repair_that_was_begun_is_found_and_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ended between the going of the log and the coming of the new file: only the copy holds the log's frames."""
    with closing(SqliteStore(tmp_path / "open")) as store:
        for number in range(20):
            capture(store, f"task {number}")
        whole = {action.id: action.title for action in store.all(Action)}
        desk = copied(tmp_path / "open", tmp_path / "watched")
    data = bytearray((desk / "desk.db-wal").read_bytes())
    data[32 + 30 * 4120 + 2000] ^= 1
    (desk / "desk.db-wal").write_bytes(data)
    seen = titles(copied(desk, tmp_path / "seen"))
    puts: list[Path] = []

    def killed(new: Path, file: Path, *, over: bool) -> None:
        puts.append(new)
        if len(puts) == 2:
            raise KeyboardInterrupt
        os.replace(new, file)

    with monkeypatch.context() as patch:
        patch.setattr(repairing, "put", killed)
        with pytest.raises(KeyboardInterrupt):
            SqliteGuard(desk).repair()
    assert titles(desk) == seen
    assert [finding.what for finding in SqliteGuard(desk).check()] == ["A repair was begun and not ended."]
    written = copied(desk, tmp_path / "written")
    shutil.copytree(desk / "backups", written / "backups")
    repair(desk)
    assert titles(desk) == whole
    assert SqliteGuard(desk).check() == ()
    with closing(SqliteStore(written)) as store:
        (new,) = capture(store, "written since")
        (entry,) = store.history(limit=1)
    cut = cut_of(repair(written))
    assert [each["what"] for each in cut if each["why"] == "There is another entry of this number."] == [
        f"journal {entry.seq}"
    ]
    assert titles(written)[new.id] == "written since"


@pytest.mark.parametrize("is_open", [False, True])
def test_nobody_comes_in_while_the_files_are_exchanged(
    desk: Path, monkeypatch: pytest.MonkeyPatch, is_open: bool
) -> None:
    """What they wrote would go with the old file, and their log would meet the new one."""
    spoil(desk, "update docs set body=replace(body, 'task', 'tusk') where number=9")
    waiting = other(desk) if is_open else None
    tried: list[str] = []

    def sync(place: Path) -> None:
        keeping.sync(place)
        if place == desk and not list(desk.glob(".repair-*/desk.db")):
            tried.append("after")
        elif place == desk:
            tried.append(tries(desk))

    for module in (repairing, copying):
        monkeypatch.setattr(module, "sync", sync)
    assert SqliteGuard(desk).repair().restored
    assert tried == ["database is locked", "database is locked", "after"]
    assert titles(desk)["A-9"] == "task 9"
    if waiting is not None:
        waiting.communicate()


@pytest.mark.parametrize("early", [False, True])
def test_nobody_makes_a_desk_where_one_is_being_brought_back(
    desk: Path, monkeypatch: pytest.MonkeyPatch, early: bool
) -> None:
    """Else it would be replaced, and its log would meet the file that comes."""
    (desk / "backups").mkdir()
    copy(desk, desk / "backups" / "daily-2026-11-20.db")
    for name in bytes_of(desk):
        (desk / name).unlink()
    tried: list[str] = []
    put = copying.put

    def came(new: Path, file: Path, *, over: bool) -> None:
        if early and not tried:
            write = sqlite3.connect(file)
            write.execute("create table theirs(x)")
            write.close()
        put(new, file, over=over)
        tried.append(tries(desk))

    monkeypatch.setattr(repairing, "put", came)
    if early:
        with pytest.raises(Unavailable, match="written to during its repair"):
            repair(desk)
        with closing(sqlite3.connect(desk / "desk.db")) as db:
            assert db.execute("select name from sqlite_master").fetchall() == [("theirs",)]
        assert [path.name for path in (desk / "backups").iterdir() if path.is_dir()] == []
    else:
        assert repair(desk).restored
        assert tried == ["database is locked", "wrote"]
        assert seqs(desk) == list(range(1, 31))


def test_an_open_desk_goes_on(desk: Path) -> None:
    with closing(SqliteStore(desk)) as store:
        edit(store, "A-1", "third")
        with closing(sqlite3.connect(desk / "desk.db")) as other, other:
            other.execute("update docs set sum=0 where number=1")
        repair(desk)
        (made,) = capture(store, "into the mended one")
        assert store.damaged == ()
    assert (titles(desk)["A-1"], titles(desk)[made.id]) == ("third", "into the mended one")
