"""No query reads more than it is asked for."""

from __future__ import annotations

import sqlite3

import pytest

from opsdesk.store.committed import NAMING, OF_ALL, OF_ONE
from opsdesk.store.schema import make
from opsdesk.store.shelf import EVERY, LIVE, ONE, SAID


@pytest.mark.parametrize(
    ("query", "values", "plan"),
    [
        (ONE, ("actions", 1), "SEARCH docs USING PRIMARY KEY (kind=? AND number=?)"),
        (LIVE, ("actions",), "SEARCH docs USING INDEX living (kind=?)"),
        (EVERY, ("actions", 0, 8), "SEARCH docs USING PRIMARY KEY (kind=? AND number>?)"),
        (SAID, ("actions", "M-1"), "SEARCH docs USING INDEX said (kind=? AND meeting=?)"),
        (OF_ONE, (0, 9, "sue", 8), "SEARCH journal USING INDEX persons (person=? AND rowid>? AND rowid<?)"),
        (OF_ALL, (0, 9, 8), "SEARCH journal USING INTEGER PRIMARY KEY (rowid>? AND rowid<?)"),
    ],
)
def test_each_query_searches_an_index_and_sorts_nothing(query: str, values: tuple[object, ...], plan: str) -> None:
    db = sqlite3.connect(":memory:", isolation_level=None)
    make(db)
    assert [step[3] for step in db.execute(f"explain query plan {query}", values)] == [plan]
    db.close()


def test_a_trail_is_found_in_one_pass_in_order() -> None:
    db = sqlite3.connect(":memory:", isolation_level=None)
    make(db)
    assert [step[3] for step in db.execute(f"explain query plan {NAMING}", (0, b'"A-1"'))] == [
        "SEARCH journal USING INTEGER PRIMARY KEY (rowid>?)"
    ]
    db.close()
