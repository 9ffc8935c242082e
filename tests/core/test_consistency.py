"""A journal that lacks entries, and what it still tells of the records."""

from __future__ import annotations

from typing import Any

import pytest

from opsdesk.core.actions import Action, Told
from opsdesk.core.consistency import against, gaps, missing, pointing
from opsdesk.core.entries import Item, Note
from opsdesk.core.errors import Invalid
from opsdesk.core.guard import Finding
from opsdesk.core.journal import Change, Transaction, fields
from opsdesk.core.kinds import KINDS
from opsdesk.core.people import Person
from opsdesk.core.record import Record
from opsdesk.core.references import ANY, OF_OWN, dangling, unplaced, values
from opsdesk.core.replay import Replay
from tests.clock import START

KEY = ("actions", "A-1")


def entry(seq: int, before: dict[str, Any] | None, after: dict[str, Any] | None, **more: int) -> Transaction:
    return Transaction(seq=seq, at=START, by="sue", command="x", changes=(Change(*KEY, before, after),), **more)


def made(seq: int = 1, **more: Any) -> Transaction:
    return entry(seq, None, fields(Action(id="A-1", rev=seq, title="one", **more)))


@pytest.mark.parametrize(
    ("seqs", "expected"),
    [([], []), ([1, 2, 3], []), ([2, 3], [(1, 1)]), ([1, 5, 6, 9], [(2, 4), (7, 8)]), ([4], [(1, 3)])],
)
def test_gaps(seqs: list[int], expected: list[tuple[int, int]]) -> None:
    assert list(gaps(seqs)) == expected
    assert [finding.place for finding in missing(seqs)] == [f"journal {first}" for first, _ in expected]


def test_a_whole_journal_is_replayed() -> None:
    history = [made(), entry(2, {"title": "one"}, {"title": "two"}), entry(3, {"why": ""}, {"why": "so"})]
    now = fields(Action(id="A-1", rev=3, title="two", why="so"))
    for strict in (True, False):
        replay = Replay(history, strict=strict)
        assert (replay.fields, replay.torn, replay.touched, replay.seqs) == ({KEY: now}, {}, {KEY: 3}, {1, 2, 3})
        assert Replay([*history, entry(4, now, None)], strict=strict).fields == {KEY: None}


@pytest.mark.parametrize(
    ("history", "torn"),
    [
        ([entry(2, {"title": "one"}, {"title": "two"})], 2),
        ([made(), entry(3, {"title": "other"}, {"title": "two"})], 3),
        ([made(), made(4)], 4),
        ([made(), entry(2, {"title": "one"}, None), entry(5, {"title": "one"}, {"title": "x"})], 5),
    ],
)
def test_the_first_entry_that_does_not_fit(history: list[Transaction], torn: int) -> None:
    with pytest.raises(Invalid, match=f"Entry {torn} of the journal"):
        Replay(history, strict=True)
    replay = Replay(history)
    assert replay.torn == {KEY: torn}
    assert replay.touched == {KEY: history[-1].seq}


def test_a_field_that_is_younger_than_the_record_tears_nothing() -> None:
    whole = fields(Action(id="A-1", title="one")) or {}
    old = entry(1, None, {name: value for name, value in whole.items() if name != "why"})
    assert Replay([old, entry(2, {"why": ""}, {"why": "so"})]).torn == {}


def found(record: Action | None, history: list[Transaction], emptied: bool = False) -> list[str]:
    records: dict[tuple[str, str], Record] = {} if record is None else {KEY: record}
    return [finding.what for finding in against(records, {KEY} if emptied else set(), Replay(history))]


def test_records_against_the_journal() -> None:
    removed = [made(), entry(2, {"title": "one"}, None)]
    one = Action(id="A-1", rev=1, title="one")
    assert found(one, [made()]) == []
    assert found(None, removed, emptied=True) == []
    assert found(Action(id="A-1", rev=1, title="two"), [made()]) == ["Not as the journal tells it: title."]
    assert found(one, []) == ["It was written by entry 1, which the journal does not have."]
    assert found(Action(id="A-1", rev=2, title="one"), [made()])[0].startswith("It was written by entry 2")
    assert found(one, [made(seq=2)])[0].startswith("Entry 1, which wrote it, is missing")
    assert found(one, removed) == ["It was removed by entry 2 of the journal and is still there."]
    assert found(None, [made()]) == ["It is missing; entry 1 of the journal tells of it."]
    assert "kept from being given again" in found(None, removed)[0]
    assert found(one, [made(due="never")])[0].startswith("The journal tells of it what it cannot be")


@pytest.mark.parametrize(
    ("more", "wrong"),
    [
        ({}, False),
        ({"undoes": 1}, False),
        ({"undoes": 2, "redoes": 1}, False),
        ({"undoes": 3}, True),
        ({"undoes": 9}, True),
        ({"undoes": -1}, True),
        ({"redoes": 1}, True),
        ({"undoes": 1, "redoes": 2}, True),
    ],
)
def test_what_an_undo_points_at(more: dict[str, int], wrong: bool) -> None:
    history = [made(), entry(2, {}, {}, undoes=1), entry(3, {}, {}, **more)]
    assert [finding.place for finding in pointing(history)] == (["journal 3"] if wrong else [])


# References


def test_every_declared_field_is_one() -> None:
    shapes = {kind.kind: kind for kind in KINDS}
    for kind, named in OF_OWN.items():
        for path, target in named.items():
            assert path.partition(".")[0] in shapes[kind].__struct_fields__
            assert target == ANY or target in shapes


def test_fields_within_fields_and_of_several() -> None:
    told = Told(words="x", by="sue", to="Acme", on=START, typed_by="sue", meeting="M-3")
    action = Action(id="A-1", title="x", told=told, relisted=("M-1", "M-2"))
    assert list(values(action, "told.meeting")) == ["M-3"]
    assert list(values(action, "relisted")) == ["M-1", "M-2"]
    assert list(values(Action(title="x"), "told.meeting")) == list(values(action, "meeting")) == []


def dangles(*records: Record, removed: tuple[str, ...] = ()) -> list[Finding]:
    kinds: dict[str, list[Record]] = {}
    for record in records:
        kinds.setdefault(record.kind, []).append(record)
    return list(dangling(kinds, removed))


def test_a_note_without_its_meeting_is_grave_unless_that_was_removed() -> None:
    note = Note(id="N-1", text="x", meeting="M-1", at=START)
    assert dangles(note) == [Finding("N-1", "Its meeting M-1 is not there.")]
    assert dangles(note, removed=("M-1",)) == [Finding("N-1", "Its meeting M-1 was removed since.", grave=False)]


def test_what_only_points_is_a_remark() -> None:
    item = Item(id="T-1", text="x", agenda="a", section="s", opened=START, ref="A-9", relisted=("M-1",))
    assert [(each.what, each.grave) for each in dangles(item)] == [
        ("Its relisted M-1 is not there.", False),
        ("Its ref A-9 is not there.", False),
    ]
    assert dangles(replace_ref(item), Action(id="A-1", title="x")) == []


def replace_ref(item: Item) -> Item:
    return Item(id=item.id, text="x", agenda="a", section="s", opened=START, ref="A-1")


def test_an_owner_who_is_not_among_the_people_is_one_remark() -> None:
    actions = [Action(id=f"A-{number}", title="x", owner="bob") for number in range(1, 6)]
    assert dangles(*actions) == [], "a desk without people names nobody wrong"
    (finding,) = dangles(*actions, Person(id="P-1", handle="sue", name="Sue"))
    assert finding == Finding("A-1", "bob, named by A-1, A-2, A-3 and 2 more, is not among the people.", grave=False)


def test_names_in_a_row() -> None:
    assert unplaced(["A-1"]) == "A-1"
    assert unplaced(["A-1", "A-2", "A-3", "A-4"]) == "A-1, A-2, A-3 and 1 more"
