"""Tables, queries and operations as TinyDB documents them."""

from __future__ import annotations

from datetime import date

import pytest
from tinydb import Query, where
from tinydb.operations import delete, increment
from tinydb.operations import set as setting
from tinydb.table import Document

from opsdesk.core.actions import Action, Told
from opsdesk.core.errors import Invalid
from opsdesk.store.sqlite import TableStore
from tests.clock import START
from tests.contract.conftest import capture

q = Query()


@pytest.fixture
def filled(store: TableStore) -> TableStore:
    told = Told(words="by friday", by="sue", to="globex", on=START, typed_by="bob")
    capture(store, "one", owner="sue", due=date(2026, 11, 27), told=told)
    capture(store, "two", owner="bob", due=date(2026, 12, 4))
    return store


def test_searching(filled: TableStore) -> None:
    table = filled.table(Action)
    assert [d["title"] for d in table.search(q.owner == "sue")] == ["one"]
    assert [d["title"] for d in table.search((q.owner == "sue") | (where("title") == "two"))] == ["one", "two"]
    assert [d["title"] for d in table.search(q.title.matches("t.o"))] == ["two"]
    assert [d["title"] for d in table.search(q.due < date(2026, 12, 1))] == ["one"]
    assert [d["title"] for d in table.search(q.told.words == "by friday")] == ["one"]
    assert table.count(q.state == "ready") == 2
    assert table.contains(q.owner == "bob")
    assert not table.contains(q.owner == "eve")


def test_reading_by_id(filled: TableStore) -> None:
    table = filled.table(Action)
    found = table.get(doc_id="A-1")
    assert (found.doc_id, found["id"], found["due"]) == ("A-1", "A-1", date(2026, 11, 27))
    assert table.get(doc_id="A-9") is None
    assert table.contains(doc_id="A-2")
    assert [d.doc_id for d in table.get(doc_ids=["A-2", "A-7"])] == ["A-2"]
    assert [d.doc_id for d in table] == [d.doc_id for d in table.all()] == ["A-1", "A-2"]
    assert len(table) == 2


def test_documents_are_copies(filled: TableStore) -> None:
    document = filled.table(Action).get(q.owner == "sue")
    document["told"]["words"] = "never"
    assert filled.get(Action, "A-1").told.words == "by friday"


def test_no_query_is_answered_from_an_old_reading(filled: TableStore) -> None:
    assert filled.table(Action).count(q.owner == "sue") == 1
    capture(filled, "three", owner="sue")
    assert filled.table(Action).count(q.owner == "sue") == 2


def test_writing_happens_inside_a_command_and_is_journaled(filled: TableStore) -> None:
    table = filled.table(Action)
    with filled.work("script", by="sue", at=START) as work:
        assert table.insert({"title": "three"}) == "A-3"
        assert table.update({"owner": "eve"}, q.owner == "bob") == ["A-2"]
        assert table.update(setting("section", "x"), doc_ids=["A-1", "A-77"]) == ["A-1"]
        assert table.upsert({"title": "three", "owner": "sue"}, q.title == "three") == ["A-3"]
        assert table.upsert({"title": "four"}, q.title == "four") == ["A-4"]
        assert table.remove(q.title == "four") == ["A-4"]
        assert [a.owner for a in work.all(Action)] == ["sue", "eve", "sue"]
        assert [d["owner"] for d in table.all()] == ["sue", "eve", "sue"]
    assert [(a.id, a.owner, a.section, a.rev) for a in filled.all(Action)] == [
        ("A-1", "sue", "x", 3), ("A-2", "eve", "", 3), ("A-3", "sue", "", 3),
    ]  # fmt: skip
    assert sorted(change.id for change in filled.history()[-1].changes) == ["A-1", "A-2", "A-3"]


def test_looking_at_a_record_does_not_write_it(filled: TableStore) -> None:
    with filled.work("script", by="sue", at=START):
        filled.table(Action).update({"owner": "eve"}, q.title == "nothing")
        filled.table(Action).update({"owner": "bob"}, q.title == "two")
    assert len(filled.history()) == 2
    assert [a.rev for a in filled.all(Action)] == [1, 2]


def test_a_command_taken_back_takes_tinydbs_writes_back(filled: TableStore) -> None:
    with filled.work("script", by="sue", at=START):
        filled.table(Action).truncate()
    assert len(filled.table(Action)) == 0
    with filled.work("undo", by="sue", at=START) as work:
        work.undo(filled.history()[-1])
    assert [a.title for a in filled.all(Action)] == ["one", "two"]


def test_inserting_many_and_under_a_given_id(filled: TableStore) -> None:
    table = filled.table(Action)
    with filled.work("script", by="sue", at=START):
        assert table.insert_multiple([{"title": "a"}, {"title": "b"}]) == ["A-3", "A-4"]
        assert table.insert(Document({"title": "c"}, doc_id="A-9")) == "A-9"
        with pytest.raises(ValueError, match="A-9"):
            table.insert(Document({"title": "d"}, doc_id="A-9"))
    assert [a.id for a in capture(filled, "next")] == ["A-10"]


def test_what_is_no_record_is_refused(filled: TableStore) -> None:
    table = filled.table(Action)
    for write in (
        lambda: table.insert({"owner": "sue"}),
        lambda: table.insert(Document({"title": "x"}, doc_id="D-1")),
        lambda: table.update({"state": "gone"}),
        lambda: table.update(delete("title"), q.title == "two"),
        lambda: table.update(increment("title"), doc_ids=["A-77"]) or table.insert({}),
    ):
        with pytest.raises(Invalid), filled.work("script", by="sue", at=START):
            write()
    assert len(filled.history()) == 2


def test_writing_outside_a_command_is_refused(filled: TableStore) -> None:
    with pytest.raises(Invalid, match="inside a transaction"):
        filled.table(Action).update({"owner": "eve"})
    with pytest.raises(Invalid, match="inside a transaction"):
        filled.table(Action).insert({"title": "x"})
    assert [a.owner for a in filled.all(Action)] == ["sue", "bob"]
