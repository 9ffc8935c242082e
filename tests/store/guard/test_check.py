"""Every kind of finding, each by the one thing that brings it about; and that looking changes nothing."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from msgspec import json
from msgspec.structs import replace

from opsdesk.core.actions import Action
from opsdesk.core.entries import Note
from opsdesk.core.guard import Finding
from opsdesk.core.journal import Change, Transaction
from opsdesk.store.guard import SqliteGuard
from opsdesk.store.guard.aside import state
from opsdesk.store.rows import doc_row, entry_row
from opsdesk.store.sqlite import SqliteStore
from tests.clock import START
from tests.contract.conftest import capture

Open = Callable[[], SqliteStore]
FIXTURES = Path(__file__).parents[1] / "fixtures"


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """Three actions of one entry, one of them changed, one removed; closed and tidied."""
    folder = tmp_path / "watched"
    with closing(SqliteStore(folder)) as store:
        _, two, _ = capture(store, "one", "two", "three")
        with store.work("edit", by="bob", at=START) as work:
            work.put(replace(two, title="zwei"))
        with store.work("drop", by="bob", at=START) as work:
            work.remove(Action, "A-3")
    spoil(folder, "select 1")
    return folder


def spoil(folder: Path, statement: str, *values: object) -> None:
    with closing(sqlite3.connect(folder / "desk.db", isolation_level=None)) as db:
        db.execute(statement, values)
        db.execute("pragma journal_mode=delete")


def write(folder: Path, at: int, data: bytes) -> None:
    with (folder / "desk.db").open("r+b") as file:
        file.seek(at)
        file.write(data)


def check(folder: Path) -> tuple[Finding, ...]:
    """The files are the same afterwards, byte for byte, and none has come or gone."""
    before = {file.name: (file.read_bytes(), file.stat().st_mtime_ns) for file in sorted(folder.iterdir())}
    found = tuple(SqliteGuard(folder).check())
    assert {file.name: (file.read_bytes(), file.stat().st_mtime_ns) for file in sorted(folder.iterdir())} == before
    return found


def graves(folder: Path) -> list[tuple[str, str]]:
    return [(finding.place, finding.what) for finding in check(folder) if finding.grave]


def test_a_whole_desk_has_no_findings(desk: Path) -> None:
    assert check(desk) == ()


def test_an_open_desk_is_checked_and_not_disturbed(tmp_path: Path) -> None:
    with closing(SqliteStore(tmp_path / "open")) as store:
        capture(store, "one")
        before = state(tmp_path / "open")
        assert check(tmp_path / "open") == ()
        assert state(tmp_path / "open") == before
        capture(store, "two")
        assert check(tmp_path / "open") == ()


# The file


def test_no_file(tmp_path: Path) -> None:
    assert graves(tmp_path) == [("file", "There is no desk.db in this folder.")]


def test_an_empty_file(tmp_path: Path) -> None:
    (tmp_path / "desk.db").touch()
    assert graves(tmp_path) == [("file", "desk.db is empty.")]


@pytest.mark.parametrize("content", [b"x", b"no database at all" * 500, b"SQLite format 3", bytes(5000)])
def test_no_database(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "desk.db").write_bytes(content)
    assert graves(tmp_path) == [("file", "desk.db is no database: its beginning is damaged, or it never was a desk.")]


@pytest.mark.parametrize("content", [b"SQLite format 3\0", b"SQLite format 3\0" + bytes(5000)])
def test_only_the_name_of_a_database(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "desk.db").write_bytes(content)
    assert [place for place, _ in graves(tmp_path)] == ["file"]


def test_a_database_of_another_program(tmp_path: Path) -> None:
    spoil(tmp_path, "create table mine(x)")
    assert graves(tmp_path) == [("file", "desk.db belongs to another program and is not a desk.")]


def test_a_database_with_nothing_in_it(tmp_path: Path) -> None:
    spoil(tmp_path, "vacuum")
    spoil(tmp_path, "create table mine(x)")
    spoil(tmp_path, "drop table mine")
    assert [(finding.place, finding.grave) for finding in check(tmp_path)] == [("file", False)]


def test_a_newer_desk(desk: Path) -> None:
    spoil(desk, "pragma user_version=99")
    ((place, what),) = graves(desk)
    assert place == "format"
    assert "newer OpsDesk" in what


def test_an_older_desk_is_a_remark_and_is_checked(tmp_path: Path) -> None:
    (tmp_path / "desk.db").write_bytes((FIXTURES / "format-1.db").read_bytes())
    (finding,) = check(tmp_path)
    assert (finding.place, finding.grave) == ("file", False)
    assert "brought up to date when it is opened" in finding.what
    spoil(tmp_path, "delete from journal where seq=2")
    assert ("journal 2", "Entry 2 of the journal is missing.") in graves(tmp_path)


def test_the_number_of_the_format(desk: Path) -> None:
    spoil(desk, "pragma user_version=0")
    assert ("file", "The plan of the file is damaged: the number of its format.") in graves(desk)


def test_an_index_that_is_gone(desk: Path) -> None:
    spoil(desk, "drop index living")
    assert graves(desk) == [("file", "The plan of the file is damaged: living.")]


def test_a_damaged_page_in_human_words(desk: Path) -> None:
    write(desk, 4096 + 3, b"\0\0")
    found = graves(desk)
    assert found[0][0] == "file"
    assert "Page 2 is damaged (SQLite: " in found[0][1]


def test_a_file_cut_short(desk: Path) -> None:
    data = (desk / "desk.db").read_bytes()
    (desk / "desk.db").write_bytes(data[:8192])
    assert graves(desk)[0][0] == "file"


# Rows


@pytest.mark.parametrize(
    ("statement", "place"),
    [
        ("update docs set body=x'7b7d' where number=1", "A-1"),
        ("update docs set sum=7 where number=1", "A-1"),
        ("update docs set live='x' where number=2", "A-2"),
        ("update docs set meeting='M-1' where number=2", "A-2"),
        ("update docs set body=null where number=1", "A-1"),
        ("update journal set person='eve' where seq=2", "journal 2"),
        ("update journal set body=x'7b7d' where seq=1", "journal 1"),
        ("update journal set sum=0 where seq=3", "journal 3"),
    ],
)
def test_a_row_that_does_not_fit_its_checksum(desk: Path, statement: str, place: str) -> None:
    spoil(desk, statement)
    assert (place, "Its row is damaged in the file: it does not fit its checksum.") in graves(desk)
    assert [each for each, _ in graves(desk)].count(place) == 1


@pytest.mark.parametrize(
    ("changed", "column"), [({"state": "done"}, "live"), ({"meeting": "M-1"}, "meeting"), ({"id": "A-9"}, "number")]
)
def test_a_row_whose_columns_say_otherwise_than_its_body(desk: Path, changed: dict[str, str], column: str) -> None:
    with closing(SqliteStore(desk)) as store:
        was = store.get(Action, "A-1")
    kind, number, live, meeting, _, _ = doc_row(Action, "A-1", was)
    body = json.encode(replace(was, **changed))
    from opsdesk.store.rows import doc_sum

    sum = doc_sum(kind, number, live, meeting, body)
    spoil(desk, "update docs set body=?, sum=? where kind=? and number=1", body, sum, kind)
    assert ("A-1", f"What its row is found by is not what it says: {column}.") in graves(desk)


def test_a_record_that_is_none(desk: Path) -> None:
    from opsdesk.store.rows import doc_sum

    sum = doc_sum("actions", 1, True, None, b'{"id":7}')
    spoil(desk, "update docs set body=?, sum=? where kind='actions' and number=1", b'{"id":7}', sum)
    assert any(place == "A-1" and what.startswith("It is not what actions are") for place, what in graves(desk))


# The journal


def entry(seq: int, **more: int) -> Transaction:
    changes = (Change("actions", "A-1", {"title": "one"}, {"title": "one"}),)
    return Transaction(seq=seq, at=START, by="bob", command="x", changes=changes, **more)


def put(folder: Path, told: Transaction) -> None:
    spoil(folder, "insert or replace into journal values(?,?,?,?,?,?)", *entry_row(told, 1))


def test_gaps(desk: Path) -> None:
    spoil(desk, "delete from journal where seq=2")
    put(desk, entry(7))
    what = [what for place, what in graves(desk) if place in ("journal 2", "journal 4")]
    assert what == ["Entry 2 of the journal is missing.", "The entries 4 to 6 of the journal are missing."]


@pytest.mark.parametrize(
    ("more", "what"),
    [
        ({"undoes": 4}, "It takes back entry 4, which is not before it."),
        ({"undoes": 9}, "It takes back entry 9, which is not before it."),
        ({"redoes": 2}, "It does entry 2 again without taking back what took that back."),
        ({"undoes": 3, "redoes": 1}, "It does entry 1 again, but entry 3 took back another."),
    ],
)
def test_undoes_and_redoes_that_point_at_nothing(desk: Path, more: dict[str, int], what: str) -> None:
    put(desk, entry(4, **more))
    assert ("journal 4", what) in graves(desk)


def test_an_entry_whose_row_says_otherwise(desk: Path) -> None:
    from opsdesk.store.rows import entry_sum

    body = json.encode(entry(4))
    sum = entry_sum(4, "eve", 0, 1, body)
    spoil(desk, "insert into journal values(4, 'eve', 0, 1, ?, ?)", body, sum)
    assert ("journal 4", "What its row is found by is not what it says.") in graves(desk)


# Records against the journal


def row(folder: Path, record: Action) -> None:
    spoil(folder, "insert or replace into docs values(?,?,?,?,?,?)", *doc_row(Action, record.id, record))


def test_fields_that_differ_are_named(desk: Path) -> None:
    with closing(SqliteStore(desk)) as store:
        was = store.get(Action, "A-2")
    row(desk, replace(was, title="two", why="because"))
    assert graves(desk) == [("A-2", "Not as the journal tells it: title, why.")]


def test_a_record_of_a_lost_entry(desk: Path) -> None:
    with closing(SqliteStore(desk)) as store:
        was = store.get(Action, "A-2")
    row(desk, replace(was, rev=9))
    assert graves(desk) == [("A-2", "It was written by entry 9, which the journal does not have.")]


def test_records_in_one_and_not_in_the_other(desk: Path) -> None:
    row(desk, Action(id="A-8", title="eight", rev=1))
    row(desk, Action(id="A-3", title="three", rev=1))
    spoil(desk, "delete from docs where number=1")
    assert graves(desk) == [
        ("A-3", "It was removed by entry 3 of the journal and is still there."),
        ("A-8", "No entry of the journal tells of it."),
        ("A-1", "It is missing; entry 1 of the journal tells of it."),
    ]


def test_the_number_of_a_removed_record(desk: Path) -> None:
    spoil(desk, "delete from docs where number=3")
    what = "It was removed by entry 3, and its number is not kept from being given again."
    assert graves(desk) == [("A-3", what)]


def test_a_trail_with_a_hole(desk: Path) -> None:
    change = Change("actions", "A-1", {"title": "another"}, {"title": "ein"})
    put(desk, Transaction(seq=4, at=START, by="bob", command="x", changes=(change,)))
    row(desk, Action(id="A-1", title="ein", rev=4))
    what = "Entry 4 found it otherwise than the journal tells: something before is missing."
    assert graves(desk) == [("A-1", what)]


# References


def test_a_note_whose_meeting_is_not_there_is_grave_and_one_that_was_removed_a_remark(tmp_path: Path) -> None:
    with closing(SqliteStore(tmp_path / "watched")) as store, store.work("note", by="sue", at=START) as work:
        work.add(Note(text="said", meeting="M-5", at=START))
    assert graves(tmp_path / "watched") == [("N-1", "Its meeting M-5 is not there.")]


def test_many_of_a_kind_are_counted(tmp_path: Path) -> None:
    folder = tmp_path / "watched"
    with closing(SqliteStore(folder)) as store, store.work("notes", by="sue", at=START) as work:
        for number in range(450):
            work.add(Note(text=f"{number}", meeting="M-5", at=START))
    found = graves(folder)
    assert len(found) == 201
    assert found[-1] == ("file", "250 more like the one of N-1, up to N-450.")


def test_progress_is_told(desk: Path) -> None:
    told: list[str] = []
    SqliteGuard(desk).check(told.append)
    assert told[0] == "looking at every page"
    assert len(told) >= 4
