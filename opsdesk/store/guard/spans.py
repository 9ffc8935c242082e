"""What SQLite can still read of a damaged table: by ranges of its key, around what it cannot."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from typing import Any

Row = tuple[Any, ...]
HIGHEST = 1 << 40
UNREADABLE = (sqlite3.Error, UnicodeError)
"""What reading a damaged database raises; the second where the very words of the error are damaged."""
FAILURES = 200
"""In a row, after which the rest is left to whoever looks through the pages themselves."""


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
                low, failures = row[0] + 1, 0
        except (*UNREADABLE, TypeError):
            failures += 1
            if low < high:
                middle = (low + high) // 2
                spans += [(middle + 1, high), (low, middle)]
