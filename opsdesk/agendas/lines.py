"""Where in a TOML file a value stands: its line, which the parser does not tell."""

from __future__ import annotations

import re

from opsdesk.agendas.shape import Path

_KEY = r"""(?:[A-Za-z0-9_-]+|"[^"]*"|'[^']*')"""
_DOTTED = rf"{_KEY}(?:\s*\.\s*{_KEY})*"
_ENTRY = re.compile(rf"\s*(\[\[|\[)?\s*({_DOTTED})\s*(=|\]\]|\])")
_QUOTES = re.compile("\"\"\"|'''")

Lines = dict[Path, int]


def lines(text: str) -> Lines:
    """The line (from 1) of each table and key; what stands inside a list or an inline table is not found."""
    found: Lines = {}
    table: Path = ()
    open_text = ""
    for number, line in enumerate(text.split("\n"), 1):
        was_open, open_text = open_text, _still_open(line, open_text)
        entry = None if was_open else _ENTRY.match(line)
        if entry is None:
            continue
        bracket, name, _ = entry.groups()
        path = (*_resolved(found, () if bracket else table, name),)
        if bracket:
            path = table = (*path, _count(found, path)) if bracket == "[[" else path
        found.setdefault(path, number)
    return found


def line_of(found: Lines, path: Path) -> int:
    """The line of a place, else of the nearest thing around it; 0 if there is none."""
    return next((found[path[:n]] for n in range(len(path), 0, -1) if path[:n] in found), 0)


def _resolved(found: Lines, table: Path, dotted: str) -> Path:
    """The path of a name in a table; under a list of tables the last one is meant."""
    path = table
    names = [name.strip("\"'") for name in re.findall(_KEY, dotted)]
    for place, name in enumerate(names):
        path = (*path, name)
        last = _count(found, path) - 1
        if place < len(names) - 1 and last >= 0:
            path = (*path, last)
    return path


def _count(found: Lines, path: Path) -> int:
    return sum(1 for each in found if each[:-1] == path and isinstance(each[-1], int))


def _still_open(line: str, quotes: str) -> str:
    """The quotes of a text over several lines that is open at the line's end; empty if none is."""
    for mark in _QUOTES.findall(line):
        quotes = mark if not quotes else "" if mark == quotes else quotes
    return quotes
