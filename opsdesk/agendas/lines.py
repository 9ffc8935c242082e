"""Where in a TOML file a value stands: its line, which the parser does not tell."""

from __future__ import annotations

import re
from collections.abc import Mapping

from opsdesk.core.shape import Path

_KEY = r"""(?:[A-Za-z0-9_-]+|"[^"]*"|'[^']*')"""
_DOTTED = rf"{_KEY}(?:\s*\.\s*{_KEY})*"
_ENTRY = re.compile(rf"\s*(\[\[|\[)?\s*({_DOTTED})\s*(=|\]\]|\])")
_QUOTES = re.compile("\"\"\"|'''")

Lines = dict[Path, int]


def lines(text: str) -> Lines:
    """The line (from 1) of each table and key; what stands inside a list or an inline table is not found."""
    found: Lines = {}
    last: dict[Path, int] = {}
    table: Path = ()
    quotes = ""
    for number, line in enumerate(text.split("\n"), 1):
        entry = None if quotes else _ENTRY.match(line)
        quotes = _still_open(line, quotes)
        if entry is None:
            continue
        bracket, name, _ = entry.groups()
        path = _resolved(last, () if bracket else table, name)
        if bracket == "[[":
            last[path] = last.get(path, -1) + 1
            path = (*path, last[path])
        table = path if bracket else table
        found.setdefault(path, number)
    return found


def line_of(found: Lines, path: Path) -> int:
    """The line of a place, else of the nearest thing around it; 0 if there is none."""
    return next((found[path[:n]] for n in range(len(path), 0, -1) if path[:n] in found), 0)


def _resolved(last: Mapping[Path, int], table: Path, dotted: str) -> Path:
    """The path of a name in a table; under a list of tables its last one so far is meant."""
    *parents, name = (name.strip("\"'") for name in re.findall(_KEY, dotted))
    path = table
    for parent in parents:
        path = (*path, parent)
        path = (*path, last[path]) if path in last else path
    return (*path, name)


def _still_open(line: str, quotes: str) -> str:
    """The quotes of a text over several lines that is open at the line's end; empty if none is."""
    for mark in _QUOTES.findall(line):
        quotes = mark if not quotes else "" if mark == quotes else quotes
    return quotes
