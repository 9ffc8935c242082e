"""A copy of a desk that others are using."""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from opsdesk.core.actions import Action
from opsdesk.core.errors import Invalid, NotFound, Unavailable
from opsdesk.core.parts import machine
from opsdesk.store import connections
from opsdesk.store.guard import SqliteGuard, copying, places
from opsdesk.store.guard.backups import backup
from opsdesk.store.sqlite import SqliteStore
from tests.clock import START
from tests.contract.conftest import capture
from tests.store.guard.conftest import damage, everything, titles, write


def test_a_copy_holds_what_is_committed_also_while_somebody_writes(guard: SqliteGuard, folder: Path) -> None:
    target = folder.parent / "copy.db"
    with closing(SqliteStore(folder)) as desk, desk.work("x", by="sue", at=START) as work:
        work.add(Action(title="not committed"))
        made = guard.backup(target)
    assert (made.file, made.records, made.transactions) == (str(target), 2, 1)
    assert made.last is not None
    assert (made.last.seq, made.last.by, made.last.command) == (1, "sue", "capture")
    assert [path.name for path in folder.parent.glob("*copy*")] == ["copy.db"]
    assert target.stat().st_mode & 0o777 == 0o600
    (folder.parent / "other").mkdir()
    target.rename(folder.parent / "other" / "desk.db")
    assert titles(folder.parent / "other") == ["one", "two"]


def test_in_a_folder_it_gets_a_name_with_the_time(guard: SqliteGuard, folder: Path) -> None:
    (folder.parent / "stick").mkdir()
    made = Path(guard.backup(folder.parent / "stick").file)
    assert made.parent.name == "stick"
    assert made.match("desk-????????T??????Z.db")


@pytest.mark.parametrize("name", ["", "desk.db", "desk.db-wal", "copy.db", "../desk/desk.db"])
def test_nothing_in_the_desks_own_folder_is_written_over(guard: SqliteGuard, folder: Path, name: str) -> None:
    before = everything(folder)
    with pytest.raises(Invalid, match="belongs to the desk"):
        guard.backup(folder / name, over=True)
    assert everything(folder) == before


def test_the_desk_under_another_name_is_not_written_over(guard: SqliteGuard, folder: Path) -> None:
    os.link(folder / "desk.db", folder.parent / "link.db")
    (folder.parent / "symbolic.db").symlink_to(folder / "desk.db")
    for name in ("link.db", "symbolic.db"):
        with pytest.raises(Invalid, match="is the desk itself"):
            guard.backup(folder.parent / name, over=True)
    assert titles(folder) == ["one", "two"]


def test_what_is_there_is_replaced_only_when_told(guard: SqliteGuard, folder: Path) -> None:
    target = folder.parent / "precious.txt"
    target.write_text("precious")
    with pytest.raises(Invalid, match="already there"):
        guard.backup(target)
    assert target.read_text() == "precious"
    assert guard.backup(target, over=True).records == 2


def test_what_is_no_file_is_never_replaced(guard: SqliteGuard, folder: Path) -> None:
    os.mkfifo(folder.parent / "pipe")
    with pytest.raises(Invalid, match="not a file"):
        guard.backup(folder.parent / "pipe", over=True)


def test_what_appears_meanwhile_stays(guard: SqliteGuard, folder: Path) -> None:
    target = folder.parent / "copy.db"

    def told(_: str) -> None:
        target.write_text("somebody else's")

    with pytest.raises(Invalid, match="already there"):
        guard.backup(target, told=told)
    assert target.read_text() == "somebody else's"
    assert not list(folder.parent.glob(".*.part"))


def test_where_no_second_names_are_known_it_is_put_there_all_the_same(
    guard: SqliteGuard, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def link(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", link)
    assert guard.backup(folder.parent / "copy.db").records == 2


def test_an_interruption_leaves_nothing_behind(guard: SqliteGuard, folder: Path) -> None:
    before = sorted(folder.parent.iterdir())

    def told(_: str) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        guard.backup(folder.parent / "copy.db", told=told)
    assert sorted(folder.parent.iterdir()) == before


def test_a_full_disk_is_one_sentence_and_leaves_nothing(
    guard: SqliteGuard, folder: Path, full: Callable[[int], None]
) -> None:
    full(3)
    with pytest.raises(Unavailable, match="The disk is full") as refused:
        guard.backup(folder.parent / "copy.db")
    assert "copy.db" in refused.value.message
    assert not [path for path in folder.parent.iterdir() if "copy" in path.name]


def test_a_place_that_is_not_there_is_one_sentence(guard: SqliteGuard, tmp_path: Path) -> None:
    with pytest.raises(Invalid, match=r"There is no folder .*nowhere"):
        guard.backup(tmp_path / "nowhere" / "copy.db")
    assert not (tmp_path / "nowhere").exists()


def test_where_no_desk_is_there_is_nothing_to_copy(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="no desk"):
        SqliteGuard(tmp_path / "nowhere").backup(tmp_path / "copy.db")


def test_a_damaged_desk_is_no_backup(guard: SqliteGuard, folder: Path) -> None:
    damage(folder / "desk.db", b'"title":"two"', b'"title":"tw\xff"')
    with pytest.raises(Unavailable, match="is damaged") as refused:
        guard.backup(folder.parent / "copy.db")
    assert "check --repair" in refused.value.hint
    assert not (folder.parent / "copy.db").exists()


@pytest.mark.parametrize("content", [b"", b"rubbish" * 2000])
def test_a_file_that_is_no_desk_is_no_backup(guard: SqliteGuard, folder: Path, content: bytes) -> None:
    (folder / "desk.db").write_bytes(content)
    with pytest.raises(Unavailable):
        guard.backup(folder.parent / "copy.db")
    assert (folder / "desk.db").read_bytes() == content
    assert not (folder.parent / "copy.db").exists()


def test_a_newer_desk_is_not_copied_and_stays_as_it_is(guard: SqliteGuard, folder: Path) -> None:
    newer(folder / "desk.db")
    before = everything(folder)
    with pytest.raises(Unavailable, match="newer OpsDesk"):
        guard.backup(folder.parent / "copy.db")
    assert everything(folder) == before


def newer(file: Path) -> None:
    with closing(sqlite3.connect(file)) as db:
        db.execute("pragma user_version=99")
        db.commit()


DEAD = 2**22 + 1
ANOTHER = f"{int(machine(), 16) ^ 1:04x}"


def left(folder: Path, process: int, *names: str, of: str = "", days: float = 0) -> Path:
    """A part of this machine, or of another; without names a file."""
    place = folder / f".copy{len(list(folder.iterdir()))}.db.{process}-{of or machine()}abcd.part"
    if not names:
        place.write_text("x")
    else:
        place.mkdir()
    within = [place / name for name in names]
    for each in within:
        each.write_text("x")
    for each in (*within, place):
        os.utime(each, (time.time() - days * 86_400,) * 2)
    return place


def test_what_a_killed_copy_left_is_removed_by_the_next_and_nothing_else(guard: SqliteGuard, folder: Path) -> None:
    here, living = folder.parent, os.getppid()
    gone = [
        left(here, DEAD, "desk.db", "desk.db-journal"),
        left(here, DEAD, "actions.csv", f".people.csv.{DEAD}-{machine()}abcd.part"),
        left(here, DEAD),
        left(here, living, "desk.db", days=1.1),
        left(here, DEAD, "desk.db", of=ANOTHER, days=1.1),
    ]
    stays = [
        left(here, living, "desk.db"),
        left(here, DEAD, "desk.db", "letter.txt", days=9),
        left(here, DEAD, "desk.db", of=ANOTHER, days=0.9),
        left(here, DEAD, of=ANOTHER),
    ]
    (here / ".notes.part").write_text("mine")
    guard.backup(here / "copy.db")
    assert [place.name for place in gone if place.exists()] == []
    assert all(place.exists() for place in (*stays, here / ".notes.part"))


def test_two_copies_of_one_second_get_two_names(guard: SqliteGuard, folder: Path) -> None:
    stick = folder.parent / "stick"
    stick.mkdir()
    made = [backup(folder, stick, now=datetime(2026, 11, 23, tzinfo=UTC)).file for _ in range(3)]
    assert [Path(file).name for file in made] == [f"desk-20261123T000000Z{more}.db" for more in ("", "-2", "-3")]


def test_a_name_that_is_taken_meanwhile_is_left_for_the_next(
    guard: SqliteGuard, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stick = folder.parent / "stick"
    stick.mkdir()
    now = datetime(2026, 11, 23, tzinfo=UTC)
    taken = stick / "desk-20261123T000000Z.db"
    made = backup(folder, stick, now=now, told=lambda told: taken.write_text("theirs") and None)
    assert (Path(made.file).name, taken.read_text()) == ("desk-20261123T000000Z-2.db", "theirs")


# what belongs to a desk


def another(folder: Path) -> Path:
    """A desk beside, which is open: its newest is in the -wal."""
    place = folder.parent / "other"
    write(place, "theirs")
    SqliteGuard(place).daily(date(2026, 11, 20))
    (place / "agendas").mkdir()
    (place / "zone").write_text("UTC")
    (place / "desk.db-wal").write_bytes(b"")
    return place


OWN = ["desk.db", "desk.db-wal", "desk.db-journal", "zone", "settings.toml", "backups/daily-2026-11-20.db",
       "backups/daily-2026-11-21.db", "backups/before-restore-x.db", "backups/before-repair-x/desk.db",
       "agendas/x.toml", "../folder-link/desk.db", "../file-link.db"]  # fmt: skip


@pytest.mark.parametrize("name", OWN)
def test_no_file_of_any_desk_is_written_over(guard: SqliteGuard, folder: Path, name: str) -> None:
    place = another(folder)
    (folder.parent / "folder-link").symlink_to(place)
    (folder.parent / "file-link.db").symlink_to(place / "desk.db")
    before = everything(place)
    with pytest.raises(Invalid, match=f"belongs to the desk in {place}"):
        guard.backup(place / name, over=True)
    assert everything(place) == before


def test_no_file_is_put_in_the_place_of_a_desk_that_is_gone(guard: SqliteGuard, folder: Path) -> None:
    place = another(folder)
    for each in place.glob("desk.db*"):
        each.unlink()
    with pytest.raises(Invalid, match="belongs to the desk"):
        guard.backup(place / "desk.db")


def test_a_new_name_in_the_folder_of_another_desk_is_free(guard: SqliteGuard, folder: Path) -> None:
    place = another(folder)
    for name in ("copy.db", "backups/mine.db"):
        assert guard.backup(place / name).records == 2
    with pytest.raises(Invalid, match="belongs to the desk"):
        guard.backup(place / "backups" / "mine.db", over=True)


def test_a_folder_where_no_desk_was_keeps_no_names(guard: SqliteGuard, folder: Path) -> None:
    (folder.parent / "plain").mkdir()
    assert guard.backup(folder.parent / "plain" / "desk.db").records == 2


def test_a_database_in_use_is_not_replaced(guard: SqliteGuard, folder: Path) -> None:
    (folder.parent / "shop.db").write_bytes(b"")
    (folder.parent / "shop.db-wal").write_bytes(b"")
    with pytest.raises(Invalid, match="database in use"):
        guard.backup(folder.parent / "shop.db", over=True)


def test_a_long_copy_says_how_far_it_has_come(
    guard: SqliteGuard, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(copying, "PAGES", 2)
    told: list[str] = []
    guard.backup(folder.parent / "copy.db", told=told.append)
    percents = [int(each.split()[1]) for each in told if each.startswith("copied")]
    assert len(percents) > 2
    assert percents == sorted(percents)
    assert percents[-1] == 100


def test_what_others_write_during_a_copy_neither_stops_it_nor_is_torn_into_it(
    guard: SqliteGuard, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(copying, "PAGES", 1)
    with closing(SqliteStore(folder)) as desk:
        made = guard.backup(folder.parent / "copy.db", told=lambda told: capture(desk, "meanwhile") and None)
        assert len(desk.history()) > 3
    assert (made.records, made.transactions) == (2, 1)


def test_a_desk_whose_lock_does_not_end_is_one_sentence(
    guard: SqliteGuard, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connections, "PATIENCE", 0.01)
    with closing(sqlite3.connect(folder / "desk.db", isolation_level=None)) as other:
        other.execute("pragma journal_mode=delete")
        other.execute("begin exclusive")
        with pytest.raises(Unavailable, match="Another desk is writing"):
            guard.backup(folder.parent / "copy.db")


def test_copies_are_listed_newest_first_with_what_is_in_them(guard: SqliteGuard, folder: Path) -> None:
    assert guard.copies() == []
    places = [folder / "backups" / f"{name}.db" for name in ("first", "second")]
    places[0].parent.mkdir()
    for number, place in enumerate(places):
        guard.backup(place)
        os.utime(place, (number, number))
        write(folder, "more")
    (folder / "backups" / "rubbish.db").write_bytes(b"rubbish")
    os.utime(folder / "backups" / "rubbish.db", (9, 9))
    found = guard.copies()
    assert [(Path(copy.file).name, copy.records, copy.transactions) for copy in found] == [
        ("rubbish.db", 0, 0),
        ("second.db", 3, 2),
        ("first.db", 2, 1),
    ]
    assert "damaged or is not a desk" in found[0].problem


def test_a_copy_is_on_the_disk_before_it_has_its_name_and_its_name_before_it_is_said(
    guard: SqliteGuard, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target, synced = folder.parent / "copy.db", list[tuple[str, bool]]()
    monkeypatch.setattr(copying, "sync", lambda place: synced.append((place.name, target.exists())))
    guard.backup(target)
    assert synced == [("desk.db", False), (folder.parent.name, True)]


def test_the_folder_of_the_copies_is_on_the_disk_before_any_is_put_there(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[Path] = []
    monkeypatch.setattr(places, "sync", synced.append)
    assert places.backups(folder) == places.backups(folder)
    assert synced == [folder]
