"""The head of the Room: the section, its questions, what it came to; whether they find room beside the big clock."""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import wrap

from opsdesk.ui.ink import Ink

Rows = list[list[Ink]]


def head(title: str, ask: Sequence[str], outcome: str) -> Rows:
    """One row a question, below an empty one."""
    rows = [[Ink(title, "bright!")], [], *[[Ink(words, "dim")] for words in ask]]
    return [*rows, [Ink(outcome, "green")]] if outcome else rows


def fits(rows: Rows, wide: int, high: int) -> bool:
    """Whether so many cells and lines show all of it; a list that is not laid out yet is taken to."""
    return wide <= 0 or high <= 0 or sum(max(1, len(wrap(_text(row), wide))) for row in rows) <= high


def closer(rows: Rows) -> Rows:
    """Without empty rows."""
    return [row for row in rows if row]


def _text(row: list[Ink]) -> str:
    return "".join(piece.text for piece in row)
