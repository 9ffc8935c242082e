"""Tables, queries and operations as TinyDB documents them (https://tinydb.readthedocs.io, 4.9), on every engine.

Where a desk differs on purpose:
- Ids are the desk's own words ("A-12"), never numbers, and none is given twice: not after `truncate` either.
- A table is written inside `store.work` alone, as one command of the journal: all of it or nothing.
- A document is a record of its kind: all its fields are there, a deleted one takes its default, and one that the kind
  does not have is refused. Texts are cleaned. `id` and `rev` are the desk's: what is written to them is not taken.
- Dates are dates, not their text.
- No query's answer is kept, as others write to the same desk.
- The storage is never read or written as a whole.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from types import MappingProxyType
from typing import Any

import pytest
from msgspec.structs import replace
from tinydb import Query, where
from tinydb.operations import add, decrement, delete, increment, subtract
from tinydb.operations import set as setting
from tinydb.table import Document

from opsdesk.core.actions import Action
from opsdesk.core.customers import Customer
from opsdesk.core.errors import Invalid
from opsdesk.store.sqlite import TableStore
from tests.clock import START
from tests.contract.conftest import capture

q = Query()


@contextmanager
def command(store: TableStore) -> Iterator[None]:
    with store.work("script", by="sue", at=START):
        yield


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


# Reading a table


def test_what_a_table_says_of_itself(filled: TableStore) -> None:
    table = filled.table(Action)
    assert table.name == "actions"
    assert len(table) == 2
    assert repr(table).startswith("<Records name='actions', total=2, storage=")
    assert len(filled.table(Customer)) == 0
    assert table.storage.read() is None
    table.clear_cache()
    assert next(iter(table)) == table.all()[0] == table.get(doc_id="A-1")


def test_the_first_that_matches_is_got(filled: TableStore) -> None:
    table = filled.table(Action)
    assert table.get(q.title.exists()).doc_id == "A-1"
    assert table.get(cond=q.title == "two").doc_id == "A-2"
    assert table.get(q.title == "three") is None
    assert [d.doc_id for d in table.get(doc_ids=["A-2", "A-1", "A-2"])] == ["A-1", "A-2"]
    assert table.get(doc_ids=[]) == []
    assert table.get(q.title == "two", doc_id="A-1").doc_id == "A-1"
    assert not table.contains(doc_id="A-9")


@pytest.mark.parametrize("method", ["get", "contains", "remove"])
def test_asking_for_nothing_is_a_mistake(filled: TableStore, method: str) -> None:
    with pytest.raises(RuntimeError), command(filled):
        getattr(filled.table(Action), method)()


def test_a_document_is_a_mapping_with_an_id(filled: TableStore) -> None:
    document = filled.table(Action).get(doc_id="A-2")
    assert isinstance(document, Document)
    assert dict(document) == {**document}
    assert (document["title"], document.get("colour", "none")) == ("two", "none")
    assert set(document) == set(Action.__struct_fields__)


# Writing


def test_anything_that_is_a_mapping_is_inserted(filled: TableStore) -> None:
    table = filled.table(Action)
    with command(filled):
        assert table.insert(MappingProxyType({"title": "three"})) == "A-3"
        for wrong in (["title"], "title", filled.get(Action, "A-1")):
            with pytest.raises(ValueError, match="not a Mapping"):
                table.insert(wrong)
            with pytest.raises(ValueError, match="not a Mapping"):
                table.insert_multiple([{"title": "never"}, wrong])
        assert table.insert_multiple({"title": text} for text in "ab")[-1][:2] == "A-"
        assert table.insert_multiple([]) == []
    assert [a.title for a in filled.all(Action)] == ["one", "two", "three", "a", "b"]


def test_of_several_inserted_all_or_none_are(filled: TableStore) -> None:
    table = filled.table(Action)
    with command(filled):
        with pytest.raises(ValueError, match="A-2"):
            table.insert_multiple([{"title": "a"}, Document({"title": "b"}, doc_id="A-2")])
        with pytest.raises(Invalid):
            table.insert_multiple([{"title": "a"}, {"title": ""}])
        assert table.insert_multiple([Document({"title": "c"}, doc_id="A-50"), {"title": "d"}])[0] == "A-50"
    assert [a.title for a in filled.all(Action)] == ["one", "two", "d", "c"]


def test_updating(filled: TableStore) -> None:
    table = filled.table(Action)
    with command(filled):
        assert table.update({"section": "x"}) == ["A-1", "A-2"]
        assert table.update({"section": "y"}, q.title == "two") == ["A-2"]
        assert table.update({"section": "z"}, q.title == "three") == []
        assert table.update({"section": "z"}, doc_ids=["A-9"]) == []
        assert table.update({"section": "w"}, q.title == "two", doc_ids=iter(["A-1"])) == ["A-1"]
        assert table.update(lambda document: document["relisted"].append("M-3"), doc_ids=["A-1"]) == ["A-1"]
    assert [(a.section, a.relisted) for a in filled.all(Action)] == [("w", ("M-1", "M-2", "M-3")), ("y", ())]


def test_updating_several_at_once(filled: TableStore) -> None:
    table = filled.table(Action)
    with command(filled):
        done = table.update_multiple([
            ({"section": "x"}, q.title == "one"),
            (setting("owner", "eve"), q.title == "two"),
            ({"owner": "kim"}, q.title == "three"),
            ({"why": "late"}, q.owner == "eve"),
        ])  # fmt: skip
        assert done == ["A-1", "A-2", "A-2"]
    assert [(a.section, a.owner, a.why) for a in filled.all(Action)] == [("x", "sue", ""), ("", "eve", "late")]


def test_what_an_update_does_to_one_it_does_to_all_or_none(filled: TableStore) -> None:
    def fail(document: dict[str, Any]) -> None:
        document["section"] = "x"
        if document["title"] == "two":
            raise LookupError

    with command(filled), pytest.raises(LookupError):
        filled.table(Action).update(fail)
    assert [a.section for a in filled.all(Action)] == ["", ""]
    assert len(filled.history()) == 2


def test_upserting(filled: TableStore) -> None:
    table = filled.table(Action)
    with command(filled):
        assert table.upsert({"section": "x"}, q.title.exists()) == ["A-1", "A-2"]
        assert table.upsert(Document({"section": "y"}, doc_id="A-2")) == ["A-2"]
        assert table.upsert(Document({"title": "new"}, doc_id="A-7")) == ["A-7"]
        assert table.upsert({"title": "newer"}, q.title == "newer") == ["A-8"]
        with pytest.raises(ValueError, match="doc_id"):
            table.upsert({"title": "x"})
    assert [(a.id, a.section) for a in filled.all(Action)] == [("A-1", "x"), ("A-2", "y"), ("A-7", ""), ("A-8", "")]


def test_removing(filled: TableStore) -> None:
    table = filled.table(Action)
    with command(filled):
        assert table.remove(q.title == "three") == []
        assert table.remove(doc_ids=["A-9", "A-2"]) == ["A-2"]
        assert table.remove(q.owner == "sue", doc_ids=[]) == []
        assert table.remove(q.owner == "sue") == ["A-1"]
    assert table.all() == []


def test_emptying_a_table_gives_no_id_twice(filled: TableStore) -> None:
    with command(filled):
        filled.table(Action).truncate()
        assert filled.table(Action).insert({"title": "three"}) == "A-3"
    assert [a.id for a in filled.all(Action)] == ["A-3"]


@pytest.mark.parametrize(
    ("operation", "revenue"),
    [
        (add("revenue", 5), 15),
        (subtract("revenue", 5), 5),
        (increment("revenue"), 11),
        (decrement("revenue"), 9),
        (setting("revenue", 7), 7),
        (delete("revenue"), 0),
    ],
)
def test_each_operation(store: TableStore, operation: Callable[..., None], revenue: int) -> None:
    with store.work("x", by="sue", at=START) as work:
        work.add(Customer(handle="globex", name="Globex", revenue=10))
        work.add(Customer(handle="acme", name="Acme", revenue=10))
    with command(store):
        assert store.table(Customer).update(operation, q.handle == "globex") == ["C-1"]
    assert [customer.revenue for customer in store.all(Customer)] == [revenue, 10]


def test_an_operation_on_text_and_lists(filled: TableStore) -> None:
    with command(filled):
        filled.table(Action).update(add("title", " more"), doc_ids=["A-1"])
        filled.table(Action).update(add("relisted", ["M-3"]), doc_ids=["A-1"])
    assert (filled.get(Action, "A-1").title, filled.get(Action, "A-1").relisted) == ("one more", ("M-1", "M-2", "M-3"))


def test_an_operation_on_a_field_that_is_not_there_is_a_mistake(filled: TableStore) -> None:
    for operation in (delete("colour"), increment("colour")):
        with command(filled), pytest.raises(KeyError):
            filled.table(Action).update(operation)
    assert len(filled.history()) == 2


# What a desk keeps to itself


def test_a_field_that_the_kind_does_not_have_is_refused(filled: TableStore) -> None:
    for write in (
        lambda: filled.table(Action).insert({"title": "x", "colour": "red"}),
        lambda: filled.table(Action).update(setting("colour", "red")),
    ):
        with command(filled), pytest.raises(Invalid, match="actions have no field 'colour'"):
            write()


def test_id_and_rev_are_the_desks(filled: TableStore) -> None:
    with command(filled):
        filled.table(Action).update({"id": "A-9", "rev": 77, "section": "x"}, doc_ids=["A-1"])
        assert filled.table(Action).insert({"id": "A-1", "rev": 77, "title": "new"}) == "A-3"
    assert [(a.id, a.rev) for a in filled.all(Action)] == [("A-1", 3), ("A-2", 2), ("A-3", 3)]


def test_the_storage_is_not_written_as_a_whole(filled: TableStore) -> None:
    with pytest.raises(Invalid, match="never written anew"):
        filled.table(Action).storage.write({"actions": {}})
    assert len(filled.table(Action)) == 2


def test_a_script_that_fails_leaves_nothing(filled: TableStore) -> None:
    table = filled.table(Action)

    def write() -> None:
        with command(filled):
            assert (table.insert({"title": "three"}), table.truncate(), len(table)) == ("A-3", None, 0)
            table.insert({"title": ""})

    with pytest.raises(Invalid, match="title"):
        write()
    assert [a.title for a in filled.all(Action)] == ["one", "two"]


def test_tables_and_verbs_write_into_one_command(filled: TableStore) -> None:
    with filled.work("both", by="sue", at=START) as work:
        filled.table(Action).update({"section": "x"}, doc_ids=["A-1"])
        work.put(replace(work.get(Action, "A-1"), owner="eve"))
        assert filled.table(Action).get(doc_id="A-1")["owner"] == "eve"
    (change,) = filled.history()[-1].changes
    assert change.after == {"section": "x", "owner": "eve"}
