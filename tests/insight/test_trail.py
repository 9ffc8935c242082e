"""A record and what happened to it, in words."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from msgspec.structs import replace

from opsdesk.core.actions import Action, Slip
from opsdesk.core.journal import Change, Transaction
from opsdesk.core.overtaken import Voice
from opsdesk.insight.fields import described, words
from opsdesk.insight.trail import told, trail, turned
from tests.clock import START

SLIPS = tuple(Slip(was=date(2026, 11, day), at=START, why=f"reason {day}") for day in range(20, 25))


def changed(seq: int, undoes: int = 0, kind: str = "actions", id: str = "A-1") -> Transaction:
    change = Change(kind, id, {"due": None}, {"due": f"2026-11-{seq}"})
    return Transaction(seq=seq, at=START, by="sue", command="edit", undoes=undoes, changes=(change,))


def told_by(history: list[Transaction]) -> list[tuple[int, bool, list[int]]]:
    found = trail(history, "actions", "A-1")
    return [(step.tx.seq, step.undone, [tx.seq for tx in step.turns]) for step in found]


def test_a_trail_is_all_that_happened_to_one_record_oldest_first() -> None:
    history = [changed(2), changed(1), changed(3, id="A-12"), changed(4, kind="notes"), changed(5, undoes=2)]
    assert told_by(history) == [(1, False, []), (2, True, [5])]


@pytest.mark.parametrize(
    ("before", "after", "lines"),
    [
        (
            {"due": None, "slips": []},
            {"due": "2026-11-27", "slips": [1]},
            ("Due: nothing → 2026-11-27", "Slips: nothing → 1"),
        ),
        ({"title": "x" * 50}, {"title": ""}, (f"What: {'x' * 39}… → nothing",)),
        (None, {"title": "x"}, ()),
        ({"title": "x"}, None, ()),
    ],
)
def test_a_change_is_told_field_by_field(before: Any, after: Any, lines: tuple[str, ...]) -> None:
    assert told(Change("actions", "A-1", before, after), Action, most=40) == lines


def test_without_a_limit_a_value_is_told_whole() -> None:
    assert told(Change("actions", "A-1", {"title": ""}, {"title": "x" * 50}), Action) == (
        f"What: nothing → {'x' * 50}",
    )


def test_an_undo_and_a_redo_stand_with_the_command_that_they_turned() -> None:
    again = [changed(1), changed(2), changed(3, undoes=2), replace(changed(4, undoes=3), redoes=2), changed(5)]
    assert told_by(again) == [(1, False, []), (2, False, [3, 4]), (5, False, [])]
    assert told_by([*again, changed(6, undoes=2)])[1] == (2, True, [3, 4, 6])


def test_an_undo_of_what_is_not_known_is_a_step_of_its_own() -> None:
    assert told_by([changed(7, undoes=2)]) == [(7, False, [])]


def test_who_turned_a_step_is_told_with_the_time_and_where_needed_the_day() -> None:
    undo = replace(changed(3, undoes=2), by="tom", at=START + timedelta(minutes=4))
    redo = replace(changed(4, undoes=3), redoes=2, at=START + timedelta(days=1))
    steps = trail([changed(1), changed(2), undo, redo], "actions", "A-1")
    voice = Voice(person=str.capitalize, zone=ZoneInfo("Europe/Berlin"))
    assert [turned(step, voice) for step in steps] == [
        "",
        "undone by Tom 16:04, done again by Sue 2026-11-24 16:00",
    ]


def test_values_are_told_by_names_and_in_the_company_s_time() -> None:
    voice = Voice(person={"sue": "Sue Park"}.__getitem__, customer=str.upper, zone=ZoneInfo("Asia/Tokyo"))
    before = {"owner": "", "customer": "acme", "started": None, "promise": False, "gone_by_now": "x"}
    after = {
        "owner": "sue",
        "customer": "globex",
        "started": "2026-11-23T15:00:00Z",
        "promise": True,
        "gone_by_now": 3,
    }
    assert told(Change("actions", "A-1", before, after), Action, voice) == (
        "Who: nothing → Sue Park",
        "Customer: ACME → GLOBEX",
        "Started: nothing → 2026-11-24 00:00",
        "Promised: nothing → yes",
        "Gone by now: x → 3",
    )


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
