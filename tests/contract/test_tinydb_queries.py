"""Each kind of query that TinyDB documents (https://tinydb.readthedocs.io/en/latest/usage.html), on every engine."""

from __future__ import annotations

import re
from datetime import date

import pytest
from tinydb import Query, where
from tinydb.queries import QueryInstance

from opsdesk.core.actions import Action
from opsdesk.store.sqlite import TableStore

q = Query()


def odd(value: str, *others: str) -> bool:
    return len(value) % 2 == 1 and value not in others


def titles(store: TableStore, query: QueryInstance) -> list[str]:
    return [document["title"] for document in store.table(Action).search(query)]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        (q.title == "one", ["one"]),
        (q["title"] == "one", ["one"]),
        (where("title") == "one", ["one"]),
        (q.title != "one", ["two"]),
        (q.title < "p", ["one"]),
        (q.title <= "one", ["one"]),
        (q.title > "one", ["two"]),
        (q.title >= "one", ["one", "two"]),
        (q.due > date(2026, 11, 27), ["two"]),
        (q.due >= date(2026, 11, 27), ["one", "two"]),
        (q.title.exists(), ["one", "two"]),
        (q.colour.exists(), []),
        (q.colour == "red", []),
        (q.colour != "red", []),
        (q.told.exists(), ["one", "two"]),
        (q.told.words.exists(), ["one"]),
        (q.told.words == "by friday", ["one"]),
        (q.told["to"] == "globex", ["one"]),
        (q.told.words.deeper == "x", []),
        (q.title.matches("o"), ["one"]),
        (q.title.matches("O", flags=re.IGNORECASE), ["one"]),
        (q.title.matches("n"), []),
        (q.title.search("n|w"), ["one", "two"]),
        (q.title.search("W$"), []),
        (q.title.search("WO$", flags=re.IGNORECASE), ["two"]),
        (q.due.matches("2026"), []),
        (q.title.test(odd), ["one", "two"]),
        (q.title.test(odd, "one", "three"), ["two"]),
        (q.relisted.any(["M-2", "M-7"]), ["one"]),
        (q.relisted.any(["M-7"]), []),
        (q.relisted.all(["M-1", "M-2"]), ["one"]),
        (q.relisted.all(["M-1", "M-7"]), []),
        (q.relisted.all([]), ["one", "two"]),
        (q.slips.any(q.why == "ill"), ["one"]),
        (q.slips.all(q.why == "ill"), ["two"]),
        (q.slips.all(q.was < date(2026, 12, 1)), ["one", "two"]),
        (q.slips.any(lambda slip: slip["why"] == "away"), ["one"]),
        (q.due.any(["x"]), []),
        (q.owner.one_of(["bob", "eve"]), ["two"]),
        (q.owner.one_of([]), []),
        (q.fragment({"owner": "sue", "title": "one"}), ["one"]),
        (q.fragment({"owner": "sue", "title": "two"}), []),
        (q.fragment({"colour": "red"}), []),
        (q.noop(), ["one", "two"]),
        (q.title.map(len) == 3, ["one", "two"]),
        (q.title.map(str.upper).map(lambda text: text[0]) == "T", ["two"]),
        (~(q.title == "one"), ["two"]),
        (~q.colour.exists(), ["one", "two"]),
        ((q.title == "one") & (q.owner == "sue"), ["one"]),
        ((q.title == "one") & (q.owner == "bob"), []),
        ((q.title == "one") | (q.owner == "bob"), ["one", "two"]),
        (~((q.title == "one") | (q.owner == "bob")), []),
        (q.noop() & (q.owner == "bob"), ["two"]),
    ],
)
def test_each_kind_of_query(filled: TableStore, query: QueryInstance, found: list[str]) -> None:
    assert titles(filled, query) == found


def test_lists_are_lists(filled: TableStore) -> None:
    table = filled.table(Action)
    assert table.count(q.relisted == ["M-1", "M-2"]) == 1
    assert table.count(q.slips[0].why == "ill") == 0
    assert table.count(q.slips.map(lambda slips: [slip["why"] for slip in slips]) == ["ill", "away"]) == 1
    assert table.count((q.title == "one") & q.told.fragment({"words": "by friday", "to": "globex"})) == 1


def test_a_query_without_a_test_is_a_mistake(filled: TableStore) -> None:
    with pytest.raises(RuntimeError, match="Empty query"):
        filled.table(Action).search(q)
    with pytest.raises(ValueError, match="no path"):
        q == "one"  # noqa: B015
    with pytest.raises(TypeError):
        filled.table(Action).search(q.owner < 3)


def test_a_query_of_a_records_own_fields_is_a_test_for_where(filled: TableStore) -> None:
    query = (q.owner == "sue") & q.title.search("n") & (q.due < date(2026, 12, 1)) & ~q.colour.exists()
    assert [action.id for action in filled.where(Action, query)] == ["A-1"]


def test_any_callable_is_a_query(filled: TableStore) -> None:
    assert [d.doc_id for d in filled.table(Action).search(lambda document: document["owner"] == "bob")] == ["A-2"]
