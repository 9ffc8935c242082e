"""A record and what happened to it, in words."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from opsdesk.core.actions import Action, Slip
from opsdesk.core.journal import Change, Transaction
from opsdesk.insight.fields import described, words
from opsdesk.insight.trail import told, trail
from tests.clock import START

SLIPS = tuple(Slip(was=date(2026, 11, day), at=START, why=f"reason {day}") for day in range(20, 25))


def changed(seq: int, undoes: int = 0, kind: str = "actions", id: str = "A-1") -> Transaction:
    change = Change(kind, id, {"due": None}, {"due": f"2026-11-{seq}"})
    return Transaction(seq=seq, at=START, by="sue", command="edit", undoes=undoes, changes=(change,))


def test_a_trail_is_what_is_in_effect_of_one_record_oldest_first() -> None:
    history = [changed(1), changed(2), changed(3, id="A-12"), changed(4, kind="notes"), changed(5, undoes=2)]
    assert [(step.tx.seq, step.change.id) for step in trail(history, "actions", "A-1")] == [(1, "A-1"), (5, "A-1")]


@pytest.mark.parametrize(
    ("before", "after", "lines"),
    [
        (
            {"due": None, "slips": []},
            {"due": "2026-11-27", "slips": [1]},
            ("due: nothing → 2026-11-27", "slips: nothing → 1"),
        ),
        ({"title": "x" * 50}, {"title": ""}, (f"title: {'x' * 39}… → nothing",)),
        (None, {"title": "x"}, ()),
        ({"title": "x"}, None, ()),
    ],
)
def test_a_change_is_told_field_by_field(before: Any, after: Any, lines: tuple[str, ...]) -> None:
    assert told(Change("actions", "A-1", before, after), most=40) == lines


def test_without_a_limit_a_value_is_told_whole() -> None:
    assert told(Change("actions", "A-1", {"title": ""}, {"title": "x" * 50})) == (f"title: nothing → {'x' * 50}",)


def test_a_record_is_described_by_the_fields_that_say_something() -> None:
    action = Action(id="A-1", rev=3, title="Call", promise=True, due=date(2026, 11, 27), section="Staffing")
    assert described(action, UTC) == [
        ("What", "Call"),
        ("Due", "2026-11-27"),
        ("Promised", "yes"),
        ("State", "ready"),
        ("Section", "Staffing"),
    ]


def test_of_many_parts_the_number_unless_all_are_asked_for() -> None:
    assert words(SLIPS, UTC) == "5"
    assert words(SLIPS, UTC, few=5).count("reason") == 5


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (None, ""),
        (False, ""),
        (2.0, "2"),
        (2.5, "2.5"),
        (("a", "b"), "a, b"),
        (datetime(2026, 1, 2, 3, tzinfo=UTC), "2026-01-02 03:00"),
    ],
)
def test_values_as_people_read_them(value: Any, said: str) -> None:
    assert words(value, UTC) == said
