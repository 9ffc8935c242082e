"""A copy a day."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

import pytest

from opsdesk.core.errors import NotFound, Unavailable
from opsdesk.store.guard import SqliteGuard, daily
from opsdesk.store.guard.places import alone
from opsdesk.store.sqlite import SqliteStore
from tests.contract.conftest import capture
from tests.store.guard.conftest import damage, everything, write

MONDAY = date(2026, 11, 23)


def kept(folder: Path) -> list[str]:
    return sorted(file.name for file in (folder / "backups").glob("*.db"))


def days(folder: Path) -> set[date]:
    return {date.fromisoformat(name.removeprefix("daily-").removesuffix(".db")) for name in kept(folder)}


def test_the_first_of_a_day_makes_its_copy_and_the_others_leave_it(guard: SqliteGuard, folder: Path) -> None:
    assert guard.daily(MONDAY) == ""
    before = everything(folder)
    write(folder, "three")
    assert guard.daily(MONDAY) == ""
    assert kept(folder) == ["daily-2026-11-23.db"]
    assert everything(folder)["backups/daily-2026-11-23.db"] == before["backups/daily-2026-11-23.db"]
    (copy,) = guard.copies()
    assert (copy.records, copy.transactions) == (2, 1)
    assert (folder / "backups").stat().st_mode & 0o777 == 0o700


def test_it_is_made_while_the_desk_is_open_and_leaves_it_open(guard: SqliteGuard, folder: Path) -> None:
    with closing(SqliteStore(folder)) as desk:
        capture(desk, "three")
        assert guard.daily(MONDAY) == ""
        capture(desk, "four")
        assert len(desk.history()) == 3
    assert guard.copies()[0].transactions == 2


def test_a_desk_in_which_nothing_has_happened_is_not_copied_again(guard: SqliteGuard, folder: Path) -> None:
    guard.daily(MONDAY)
    guard.daily(MONDAY + timedelta(days=1))
    assert kept(folder) == ["daily-2026-11-23.db"]
    write(folder, "three")
    guard.daily(MONDAY + timedelta(days=1))
    assert kept(folder) == ["daily-2026-11-23.db", "daily-2026-11-24.db"]


def test_a_copy_that_cannot_be_read_does_not_count_as_the_last(guard: SqliteGuard, folder: Path) -> None:
    guard.daily(MONDAY)
    (folder / "backups" / "daily-2026-11-23.db").write_bytes(b"rubbish")
    guard.daily(MONDAY + timedelta(days=1))
    assert "daily-2026-11-24.db" in kept(folder)


def test_old_ones_go_and_other_copies_never(guard: SqliteGuard, folder: Path) -> None:
    others = ["before-restore-20250101T000000Z.db", "before-format-2-20250101T000000Z.db", "daily-notes.db"]
    (folder / "backups").mkdir()
    for name in others:
        (folder / "backups" / name).touch()
    for number in range(40):
        write(folder, f"day {number}")
        guard.daily(MONDAY + timedelta(days=number - 39))
    for name in others:
        (folder / "backups" / name).unlink()
    assert days(folder) == {MONDAY - timedelta(days=number) for number in (0, 1, 2, 3, 4, 5, 6, 8, 15)}


def test_a_damaged_desk_is_said_once_a_day_and_makes_no_old_copy_go(guard: SqliteGuard, folder: Path) -> None:
    for number in range(9):
        write(folder, f"day {number}")
        guard.daily(MONDAY + timedelta(days=number))
    good = kept(folder)
    damage(folder / "desk.db", b'"title":"two"', b'"title":"tw\xff"')
    write(folder, "on the damaged desk")
    day = MONDAY + timedelta(days=30)
    said = guard.daily(day)
    assert said == "The daily backup found damage (A-2: The record is damaged): `opsdesk check` lists it."
    assert kept(folder) == [*good, f"daily-{day}-damaged.db"]
    assert guard.daily(day) == ""


def test_damage_to_the_pages_is_said_too(guard: SqliteGuard, folder: Path) -> None:
    write(folder, *(f"action {number}" for number in range(300)))
    content = bytearray((folder / "desk.db").read_bytes())
    content[8 * 4096 : 9 * 4096] = bytes(4096)
    (folder / "desk.db").write_bytes(content)
    assert "The daily backup found damage" in guard.daily(MONDAY)
    assert kept(folder) == ["daily-2026-11-23-damaged.db"]


def test_a_gap_in_the_journal_is_said(guard: SqliteGuard, folder: Path) -> None:
    import sqlite3

    write(folder, "three")
    write(folder, "four")
    with closing(sqlite3.connect(folder / "desk.db")) as db:
        db.execute("delete from journal where seq=2")
        db.commit()
    assert "(journal 2: The entry is missing)" in guard.daily(MONDAY)


def test_while_somebody_else_makes_it_nothing_is_done_or_said(guard: SqliteGuard, folder: Path) -> None:
    with alone(folder):
        assert guard.daily(MONDAY) == ""
    assert kept(folder) == []


def test_a_full_disk_is_said_and_the_next_try_makes_it(
    guard: SqliteGuard, folder: Path, full: Callable[[int], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context():
        full(3)
        with pytest.raises(Unavailable, match="The disk is full"):
            guard.daily(MONDAY)
        assert kept(folder) == []
    monkeypatch.undo()
    guard.daily(MONDAY)
    assert kept(folder) == ["daily-2026-11-23.db"]
    assert not list((folder / "backups").glob(".*.part"))


def test_where_no_desk_is_none_is_made(tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        SqliteGuard(tmp_path).daily(MONDAY)
    assert list(tmp_path.iterdir()) == []


def test_a_day_that_has_its_copy_costs_a_look_at_one_name(
    guard: SqliteGuard, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    guard.daily(MONDAY)
    looked: list[str] = []
    exists = Path.exists

    def look(path: Path) -> bool:
        looked.append(path.name)
        return exists(path)

    monkeypatch.setattr(Path, "exists", look)
    monkeypatch.setattr(daily, "daily", None)
    monkeypatch.setattr(os, "open", None)
    assert guard.daily(MONDAY) == ""
    assert looked == ["daily-2026-11-23.db"]


def test_a_year_on_a_wrong_clock_costs_no_good_copy(guard: SqliteGuard, folder: Path) -> None:
    for number in range(7):
        write(folder, f"day {number}")
        guard.daily(MONDAY + timedelta(days=number))
    good = days(folder)
    write(folder, "a year too late")
    guard.daily(MONDAY + timedelta(days=365))
    write(folder, "a year too early")
    guard.daily(MONDAY - timedelta(days=365))
    assert good <= days(folder)
