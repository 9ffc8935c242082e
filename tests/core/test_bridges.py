"""A journal of which entries were lost follows again, and comes to the records as they are."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from opsdesk.core.bridges import LOST, Bridges, stand_ins
from opsdesk.core.journal import Change, Fields, Transaction
from opsdesk.core.replay import Key, Replay
from tests.clock import START

KEYS = [("actions", "A-1"), ("actions", "A-2")]
FIELDS = ("title", "why", "owner")


def entry(seq: int, *changes: Change) -> Transaction:
    return Transaction(seq=seq, at=START, by="sue", command="x", changes=changes)


def made(seq: int, key: Key = KEYS[0]) -> Transaction:
    return entry(seq, Change(*key, None, {"id": key[1], "rev": seq, "title": "one", "why": "", "owner": "sue"}))


def edited(seq: int, before: str, after: str) -> Transaction:
    return entry(seq, Change(*KEYS[0], {"title": before}, {"title": after}))


def filled(history: list[Transaction], lost: set[int], bridges: Bridges) -> list[Transaction]:
    kept = [each for each in history if each.seq not in lost]
    return sorted([*kept, *stand_ins(sorted(lost), bridges.changes, START)], key=lambda each: each.seq)


def test_what_a_later_entry_found_is_what_a_lost_one_did() -> None:
    history = [made(1), edited(2, "one", "two"), edited(3, "two", "three")]
    bridges = Bridges([history[0], history[2]], {2}, {})
    assert bridges.changes == {2: [Change(*KEYS[0], {"title": "one"}, {"title": "two"})]}
    (stands_in,) = stand_ins([2], bridges.changes, START)
    assert (stands_in.command, stands_in.lost) == (LOST, True)
    assert Replay(filled(history, {2}, bridges), strict=True).fields == Replay(history).fields


def test_what_a_record_was_when_a_lost_entry_had_written_it() -> None:
    history = [made(1), edited(2, "one", "two")]
    now = Replay(history).fields[KEYS[0]]
    assert now is not None
    bridges = Bridges(history[:1], {2}, {KEYS[0]: {2: now}})
    assert filled(history, {2}, bridges)[1].changes == history[1].changes


def test_a_record_that_is_as_it_was_is_touched_only() -> None:
    now = {**(Replay([made(1)]).fields[KEYS[0]] or {}), "rev": 2}
    bridges = Bridges([made(1)], {2}, {KEYS[0]: {2: now}})
    assert bridges.changes == {2: [Change(*KEYS[0], {}, {})]}
    assert bridges.fields[KEYS[0]] == now


def test_a_record_whose_beginning_is_lost_is_known_in_part() -> None:
    bridges = Bridges([edited(2, "one", "two")], {1}, {})
    assert bridges.partial == {KEYS[0]}
    assert bridges.fields == {KEYS[0]: {"id": "A-1", "title": "two", "rev": 2}}


def test_a_record_that_is_not_there_any_more_was_removed_by_a_lost_entry() -> None:
    bridges = Bridges([made(1)], {2}, {}, [KEYS[0]])
    assert [(change.id, change.after) for change in bridges.changes[2]] == [("A-1", None)]


def test_a_contradiction_where_nothing_is_lost_is_unfit() -> None:
    assert Bridges([made(1), edited(2, "other", "two")], set(), {}).unfit == {2}


@st.composite
def histories(draw: st.DrawFn) -> tuple[list[Transaction], dict[Key, dict[int, Fields]]]:
    """Two records made, edited, removed and made again; and every version of each."""
    history: list[Transaction] = []
    now: dict[Key, Fields | None] = {}
    versions: dict[Key, dict[int, Fields]] = {key: {} for key in KEYS}
    for seq in range(1, draw(st.integers(2, 12)) + 1):
        key = draw(st.sampled_from(KEYS))
        was = now.get(key)
        new: dict[str, Any] | None = {name: draw(st.sampled_from("abc")) for name in FIELDS}
        if was is None:
            change = Change(*key, None, {"id": key[1], "rev": seq, **(new or {})})
        elif draw(st.integers(0, 4)) == 0:
            change, new = Change(*key, was, None), None
        else:
            name = draw(st.sampled_from(FIELDS))
            change = Change(*key, {name: was[name]}, {name: (new or {})[name]})
        replay = Replay([*history, entry(seq, change)], strict=True)
        history.append(entry(seq, change))
        now[key] = replay.fields[key]
        if now[key] is not None:
            versions[key][seq] = now[key] or {}
    return history, versions


@settings(max_examples=200, deadline=None)
@given(histories(), st.data())
def test_whatever_is_lost_the_rest_follows_and_the_records_are_as_they_are(
    told: tuple[list[Transaction], dict[Key, dict[int, Fields]]], data: st.DataObject
) -> None:
    history, _ = told
    now = Replay(history).fields
    lost = set(data.draw(st.lists(st.sampled_from([each.seq for each in history]), unique=True)))
    kept = [each for each in history if each.seq not in lost]
    rows = {key: {fields["rev"]: fields} for key, fields in now.items() if fields is not None}
    emptied = [key for key, fields in now.items() if fields is None]
    bridges = Bridges(kept, lost, rows, emptied)
    assert not bridges.unfit
    whole = filled(history, lost, bridges)
    assert [each.seq for each in whole] == [each.seq for each in history]
    assert [each for each in whole if not each.lost] == kept
    fields = Replay(whole, strict=True).fields
    assert fields == bridges.fields
    assert {key: each for key, each in fields.items() if each is not None} == {
        key: each for key, each in now.items() if each is not None
    }
    assert all(replace(each, changes=()) == replace(each, lost=True, changes=()) for each in whole if each.lost)
