"""The head of the customer page: the name and its level, large, and what the customer is to us."""

from __future__ import annotations

from collections.abc import Sequence

from opsdesk.core.customerpage import CustomerPage
from opsdesk.minutes.customer_words import SHAPES, facts, judged, level
from opsdesk.ui.customer.letters import ROWS, large, shape
from opsdesk.ui.ink import Ink, shorten, width

MARGIN = 2
GAP = 4
ROLES = {0: "green", 1: "orange", 2: "red", None: "dim"}
Line = Sequence[Ink]


def head(page: CustomerPage, cells: int, *, tall: bool) -> list[Line]:
    """`tall`: there is room for large letters. Every line has at most so many cells."""
    room = cells - 2 * MARGIN
    lines = [*((_large(page, room) if tall else ()) or (_plain(page, room), _facts(page, room)))]
    if judged(page):
        lines.append([Ink(shorten(judged(page), room), "orange")])
    return [[Ink(" " * MARGIN), *line] for line in lines]


def _role(page: CustomerPage) -> str:
    return page.level if page.level in ("red", "orange", "green") else "dim"


def _large(page: CustomerPage, cells: int) -> Sequence[Line]:
    """The name, the mark of its level, and beside them in three lines what else there is to say."""
    marks = shape(page.level) if page.level else [""] * ROWS
    taken = GAP + (len(marks[0]) + GAP if page.level else 0)
    said = [_state(page), [Ink(" · ".join(facts(page)), "dim")], _weeks(page)]
    name = large(page.name, cells - taken - max(map(_cells, said)))
    return [
        [Ink(row, "bright"), Ink(" " * GAP), *([Ink(mark, _role(page)), Ink(" " * GAP)] if mark else []), *words]
        for row, mark, words in zip(name, marks, said, strict=False)
    ]


def _state(page: CustomerPage) -> list[Ink]:
    return [Ink(level(page), f"{_role(page)}!")]


def _weeks(page: CustomerPage) -> list[Ink]:
    if not page.trend:
        return []
    return [Ink("12 weeks ", "dim"), *(Ink(SHAPES[each], ROLES[each]) for each in page.trend)]


def _cells(line: Line) -> int:
    return sum(width(piece.text) for piece in line)


def _plain(page: CustomerPage, cells: int) -> Line:
    state = level(page)
    name = shorten(page.name, max(8, cells - width(state) - GAP))
    return [Ink(name, "bright!"), Ink(" " * GAP), Ink(state, f"{_role(page)}!")]


def _facts(page: CustomerPage, cells: int) -> Line:
    """With the last 12 weeks, where there is room for them."""
    said, weeks = [Ink(shorten(" · ".join(facts(page)), cells), "dim")], _weeks(page)
    return [*said, Ink("   "), *weeks] if weeks and _cells(said) + 3 + _cells(weeks) <= cells else said
