"""Rows as aligned columns of plain text; on a terminal no line is longer than it is wide."""

from __future__ import annotations

import sys
import unicodedata
from collections.abc import Sequence

GAP = "  "
SMALLEST = 8
TITLE = 60


def width(text: str) -> int:
    """How many cells a terminal gives to the text."""
    return len(text) if text.isascii() else sum(_cells(c) for c in text)


def cut(text: str, cells: int) -> str:
    """The text in at most so many cells, with … where something was left out."""
    if width(text) <= cells:
        return text
    room = max(cells - 1, 0)
    kept = 0
    for place, letter in enumerate(text):
        kept += _cells(letter)
        if kept > room:
            return text[:place] + "…"
    return text


def brief(title: str) -> str:
    """A title as it stands in a line that says more than it."""
    return cut(title, TITLE)


def room() -> int | None:
    """The width of the terminal that stdout is; None where it is a file or a pipe, which nothing is cut for."""
    if not sys.stdout.isatty():
        return None
    from shutil import get_terminal_size

    return get_terminal_size().columns


def aligned(headers: Sequence[str], rows: Sequence[Sequence[str]], limit: int | None = None) -> list[str]:
    """One line for the headers and one a row. Columns that are empty throughout are left out."""
    used = [i for i in range(len(headers)) if any(row[i] for row in rows)]
    table = [[line[i] for i in used] for line in (headers, *rows)]
    widths = [max(width(line[i]) for line in table) for i in range(len(used))]
    lines = [_line(line, _fitted(widths, limit)) for line in table]
    return [cut(line, limit) for line in lines] if limit else lines


def _fitted(widths: Sequence[int], limit: int | None) -> list[int]:
    """The widths, the widest of them made smaller until a line fits."""
    fitted = list(widths)
    while limit and fitted and sum(fitted) + len(GAP) * (len(fitted) - 1) > limit and max(fitted) > SMALLEST:
        over = sum(fitted) + len(GAP) * (len(fitted) - 1) - limit
        widest = fitted.index(max(fitted))
        rest = max((w for i, w in enumerate(fitted) if i != widest), default=SMALLEST)
        fitted[widest] -= min(over, max(fitted[widest] - max(rest, SMALLEST), 1))
    return fitted


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    padded = (cut(cell, w) + " " * (w - width(cut(cell, w))) for cell, w in zip(cells, widths, strict=True))
    return GAP.join(padded).rstrip()


def _cells(letter: str) -> int:
    if unicodedata.combining(letter) or unicodedata.category(letter) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(letter) in "WF" else 1
