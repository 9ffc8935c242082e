from __future__ import annotations

from datetime import date

import pytest

from opsdesk.core.actions import Action
from opsdesk.core.journal import Transaction, difference, fields, in_effect, redoable, undoable
from tests.clock import START


def entry(seq: int, undoes: int = 0, redoes: int = 0) -> Transaction:
    return Transaction(seq=seq, at=START, by="sue", command="x", undoes=undoes, redoes=redoes)


def history(*undone: tuple[int, int] | int) -> list[Transaction]:
    """Newest first; 0 is a command, n takes n back, (n, m) takes the undo n back so that m is in effect again."""
    made = [entry(seq, *(u if isinstance(u, tuple) else (u,))) for seq, u in enumerate(undone, 1)]
    return made[::-1]


def seq(found: Transaction | None) -> int:
    return found.seq if found else 0


@pytest.mark.parametrize(
    ("undone", "effective", "undo", "redo"),
    [
        ((), [], 0, 0),
        ((0,), [1], 1, 0),
        ((0, 0), [2, 1], 2, 0),
        ((0, 1), [2], 0, 2),
        ((0, 0, 2), [3, 1], 1, 3),
        ((0, 0, 2, 1), [4, 3], 0, 4),
        ((0, 0, 2, 1, (4, 1)), [5, 3, 1], 1, 3),
        ((0, 0, 2, 1, (4, 1), (3, 2)), [6, 5, 2, 1], 2, 0),
        ((0, 1, (2, 1)), [3, 1], 1, 0),
        ((0, 1, (2, 1), 1), [4, 3], 0, 4),
        ((0, 1, 0), [3, 2], 3, 0),
        ((0, 1, 0, 3), [4, 2], 0, 4),
    ],
)
def test_what_can_be_undone_and_redone(undone: tuple[int, ...], effective: list[int], undo: int, redo: int) -> None:
    newest_first = history(*undone)
    assert [tx.seq for tx in in_effect(reversed(newest_first))] == effective
    assert seq(undoable(newest_first)) == undo
    assert seq(redoable(newest_first)) == redo


def test_no_more_is_read_than_needed() -> None:
    rest = iter(history(0, 0, 0, 0))
    assert seq(undoable(rest)) == 4
    assert seq(next(rest)) == 3


def test_fields_are_jsons_types() -> None:
    found = fields(Action(id="A-1", title="x", due=date(2026, 11, 27), relisted=("M-1",))) or {}
    assert (found["due"], found["relisted"]) == ("2026-11-27", ["M-1"])
    assert fields(None) is None


def test_a_difference_is_the_fields_that_differ_without_the_revision() -> None:
    change = difference("actions", "A-1", {"rev": 1, "a": 1, "b": 2}, {"rev": 2, "a": 1, "b": 3})
    assert (change.before, change.after) == ({"b": 2}, {"b": 3})


def test_making_and_removing_keep_everything() -> None:
    whole = {"rev": 1, "a": 1}
    assert difference("actions", "A-1", None, whole).after == whole
    assert difference("actions", "A-1", whole, None).before == whole


def test_what_has_left_the_desk_is_neither_undone_nor_in_the_way() -> None:
    captured = Transaction(seq=1, at=START, by="sue", command="capture")
    printed = Transaction(seq=2, at=START, by="sue", command="print", left="printed")
    undone = Transaction(seq=3, at=START, by="sue", command="undo", undoes=1)
    saved = Transaction(seq=4, at=START, by="sue", command="save", left="saved to x.md")
    assert undoable([printed, captured]) == captured
    assert undoable([printed]) is None
    assert redoable([saved, undone, printed, captured]) == undone
