"""What SQLite says of a damaged file, for a person."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

LINES: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), said)
    for pattern, said in (
        (r"row \d+ missing from index (\w+)", "The index “{0}” has lost entries, so lists may leave records out"),
        (r"wrong # of entries in index (\w+)", "The index “{0}” does not fit its table, so lists may be wrong"),
        (r"non-unique entry in index (\w+)", "The index “{0}” names something twice"),
        (r"NULL value in (\w+)\.(\w+)", "The table “{0}” lacks a value in its column “{1}”"),
        (r"(?:NUMERIC|TEXT|BLOB|INT|REAL).* value in (\w+)\.(\w+)", "The table “{0}” has a wrong value in “{1}”"),
        (r"Rowid \d+ out of order", "Entries are out of order"),
        (r"Page (\d+):? (?:is )?never used", "Page {0} belongs to nothing"),
        (r"2nd reference to page (\d+)", "Page {0} is used twice"),
        (r"Freelist", "The list of free pages is damaged"),
        (r"Tree \d+ page (\d+)", "Page {0} is damaged"),
        (r"[Pp]age (\d+)", "Page {0} is damaged"),
    )
)
MOST = 8


def sentences(lines: Iterable[str]) -> Iterator[str]:
    """One a different matter, with SQLite's own words; the rest is counted."""
    said: dict[str, str] = {}
    for line in lines:
        for part in line.splitlines():
            if part and not part.startswith("***"):
                said.setdefault(_said(part), part)
    told = list(said.items())
    yield from (f"{sentence} (SQLite: {part})." for sentence, part in told[:MOST])
    if len(told) > MOST:
        yield f"{len(told) - MOST} more of its pages or tables are damaged."


def _said(part: str) -> str:
    for pattern, said in LINES:
        found = pattern.search(part)
        if found:
            return said.format(*found.groups())
    return "The file is damaged"
