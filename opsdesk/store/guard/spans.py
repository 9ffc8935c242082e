"""What SQLite can still read of a damaged table: by ranges of its key, around what it cannot."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from typing import Any

Row = tuple[Any, ...]
HIGHEST = 1 << 40
FAILURES = 4000


def around(db: sqlite3.Connection, query: str, *fixed: object) -> Iterator[Row]:
    """The rows of a query that ends with `between ? and ? order by` its first column, a whole number from 1 on.

    A range that cannot be read is halved, and its halves too, until single keys are left.
    """
    spans, failures = [(1, HIGHEST)], 0
    while spans and failures < FAILURES:
        low, high = spans.pop()
        try:
            for row in db.execute(query, (*fixed, low, high)):
                yield row
                low = row[0] + 1
        except (sqlite3.DatabaseError, TypeError):
            failures += 1
            if low < high:
                middle = (low + high) // 2
                spans += [(middle + 1, high), (low, middle)]
