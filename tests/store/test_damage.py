"""What a disk changes by itself: a record is read from its trail in the journal, or named; nothing is guessed."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from msgspec.structs import replace

from opsdesk.core.actions import Action
from opsdesk.core.errors import Damaged, NotFound, Unavailable
from opsdesk.store.rows import entry_sum
from opsdesk.store.sqlite import SqliteStore
from tests.clock import START
from tests.contract.conftest import capture

Open = Callable[[], SqliteStore]
REPAIR = "`opsdesk check --repair` restores what can be restored."
COLUMNS = [
    ("live", 0),
    ("live", "x"),
    ("meeting", None),
    ("meeting", "M-8"),
    ("body", None),
    ("body", b"{nonsense"),
    ("body", "text"),
    ("body", 7),
    ("sum", 1),
    ("sum", "x"),
]


def spoil(folder: Path, *statement: object) -> None:
    with closing(sqlite3.connect(folder / "desk.db")) as db, db:
        db.execute(str(statement[0]), statement[1:])


@pytest.fixture
def made(folder: Path) -> list[Action]:
    """Three actions said in one meeting; the second was changed, the third removed and taken back."""
    with closing(SqliteStore(folder)) as store:
        _, two, three = capture(store, "one", "two", "three", meeting="M-1")
        with store.work("edit", by="bob", at=START) as work:
            work.put(replace(two, title="zwei", relisted=("M-1",)))
        with store.work("drop", by="bob", at=START) as work:
            work.remove(Action, three.id)
        with store.work("undo", by="bob", at=START) as work:
            work.undo(store.history()[-1])
        return list(store.all(Action))


@pytest.mark.parametrize(("column", "value"), COLUMNS)
@pytest.mark.parametrize("number", [1, 2, 3])
def test_a_damaged_record_is_read_from_the_journal(
    folder: Path, opened: Open, made: list[Action], number: int, column: str, value: object
) -> None:
    spoil(folder, f"update docs set {column}=? where kind='actions' and number=?", value, number)
    desk = opened()
    assert desk.damaged == ()
    assert desk.get(Action, f"A-{number}") == made[number - 1]
    assert list(desk.all(Action)) == made
    assert desk.damaged == (f"A-{number}",)


@pytest.mark.parametrize("read", ["live", "said", "work"])
def test_whoever_asks(folder: Path, opened: Open, made: list[Action], read: str) -> None:
    spoil(folder, "update docs set body=? where number=2", b"?")
    desk = opened()
    if read == "live":
        assert list(desk.live(Action)) == made
    elif read == "said":
        assert list(desk.where(Action, meeting="M-1")) == made
    else:
        with desk.work("x", by="sue", at=START) as work:
            assert work.get(Action, "A-2") == made[1]
    assert desk.damaged == ("A-2",)


def test_text_that_is_no_text_is_damage(folder: Path, opened: Open, made: list[Action]) -> None:
    spoil(folder, "update docs set meeting=cast(x'ff41' as text) where number=1")
    assert list(opened().all(Action)) == made


def test_writing_a_damaged_record_mends_it(folder: Path, opened: Open, made: list[Action]) -> None:
    spoil(folder, "update docs set body=? where number=2", b"?")
    desk = opened()
    with desk.work("edit", by="sue", at=START) as work:
        new = work.put(replace(work.get(Action, "A-2"), owner="sue"))
    assert desk.damaged == ()
    other = opened()
    assert other.get(Action, "A-2") == new
    assert other.damaged == ()
    assert other.history()[-1].changes[0].before == {"owner": ""}


def test_a_removed_record_stays_removed(folder: Path, opened: Open, made: list[Action]) -> None:
    desk = opened()
    with desk.work("drop", by="sue", at=START) as work:
        work.remove(Action, "A-3")
    spoil(folder, "update docs set sum=1 where number=3")
    other = opened()
    assert list(other.all(Action)) == made[:2]
    with pytest.raises(NotFound):
        other.get(Action, "A-3")
    assert other.damaged == ("A-3",)
    assert [a.id for a in capture(other, "next")] == ["A-4"]


@pytest.mark.parametrize(
    "journal",
    [
        "delete from journal where seq=2",
        "update journal set body=x'00' where seq=2",
        "update journal set person='eve' where seq=4",
        "update journal set origin=1 where seq=1",
        "update journal set undoes=9 where seq=3",
        "update journal set body=9 where seq=3",
    ],
)
def test_a_record_is_never_guessed(folder: Path, opened: Open, made: list[Action], journal: str) -> None:
    """Any entry that is missing or damaged might have changed it."""
    spoil(folder, "update docs set body=? where number=2", b"?")
    spoil(folder, journal)
    desk = opened()
    for read in (lambda: desk.get(Action, "A-2"), lambda: desk.all(Action), lambda: desk.live(Action)):
        with pytest.raises(Damaged) as refused:
            read()
        assert refused.value.message == f"A-2 is damaged in the desk's file: {folder / 'desk.db'}."
        assert refused.value.hint == REPAIR
    assert desk.damaged == ()
    assert desk.get(Action, "A-1") == made[0]


def test_a_record_without_a_trail_is_named(folder: Path, opened: Open, made: list[Action]) -> None:
    spoil(folder, "update docs set number=77 where number=2")
    desk = opened()
    with pytest.raises(Damaged, match="A-77 is damaged"):
        desk.all(Action)


def test_a_trail_that_does_not_fit_together_is_not_used(folder: Path, opened: Open, made: list[Action]) -> None:
    with closing(sqlite3.connect(folder / "desk.db")) as db, db:
        db.create_function("whole", 5, entry_sum)
        db.execute("update journal set body=(select body from journal where seq=1) where seq=2")
        db.execute("update journal set sum=whole(seq, person, undoes, origin, body)")
        db.execute("update docs set sum=1 where number=1")
    with pytest.raises(Damaged, match="A-1 "):
        opened().get(Action, "A-1")


@pytest.mark.parametrize(("column", "value"), [("person", "eve"), ("origin", 3), ("body", b"{"), ("undoes", 4)])
def test_a_damaged_entry_is_named(folder: Path, opened: Open, made: list[Action], column: str, value: object) -> None:
    spoil(folder, f"update journal set {column}=? where seq=2", value)
    desk = opened()
    assert [tx.seq for tx in desk.history(2)] == [3, 4]
    for read in (desk.history, lambda: desk.history(limit=3), lambda: desk.history(1)):
        with pytest.raises(Damaged) as refused:
            read()
        assert refused.value.message == f"Entry 2 of the journal is damaged in the desk's file: {folder / 'desk.db'}."
        assert refused.value.hint == REPAIR
    assert list(desk.all(Action)) == made


def test_nothing_is_put_over_what_a_damaged_entry_no_longer_tells(
    folder: Path, opened: Open, made: list[Action]
) -> None:
    """Not found by its id, as that is what is damaged: the old text would then count as a change of one's own."""
    read = opened().get(Action, "A-1")
    with opened().work("edit", by="bob", at=START) as work:
        work.put(replace(read, why="theirs"))
    spoil(folder, "update journal set body=replace(body, 'A-1', 'A-9') where seq=5")
    desk = opened()
    with pytest.raises(Damaged, match="Entry 5 of the journal is damaged"), desk.work("edit", by="sue", at=START) as w:
        w.put(replace(read, title="mine"))
    assert desk.get(Action, "A-1").why == "theirs"
    with desk.work("edit", by="sue", at=START) as work:
        assert work.put(replace(work.get(Action, "A-1"), title="mine")).why == "theirs"


def test_an_entry_that_arrives_damaged_is_named_and_told_again(folder: Path, opened: Open, made: list[Action]) -> None:
    desk = opened()
    assert list(desk.all(Action)) == made
    capture(opened(), "four")
    spoil(folder, "update journal set sum=1 where seq=5")
    for _ in range(2):
        with pytest.raises(Unavailable, match="Entry 5 of the journal"):
            desk.all(Action)


def test_a_desk_mended_while_it_is_open_is_read_anew(folder: Path, opened: Open, made: list[Action]) -> None:
    desk = opened()
    with closing(sqlite3.connect(folder / "desk.db")) as db:
        (kept,) = db.execute("select sum from docs where number=2").fetchone()
    spoil(folder, "update docs set sum=1 where number=2")
    assert list(desk.all(Action)) == made
    assert desk.damaged == ("A-2",)
    spoil(folder, "update docs set sum=? where number=2", kept)
    assert list(desk.all(Action)) == made
    assert desk.damaged == ()
