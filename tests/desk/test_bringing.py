"""What was exported comes back: sheets of every kind of a desk that was lived in, and the desk as a whole."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import json
from msgspec.structs import replace

from opsdesk import agendas
from opsdesk.core.actions import Action
from opsdesk.core.brought import Brought
from opsdesk.core.entries import Decision, Item, Note
from opsdesk.core.errors import Conflict, Invalid
from opsdesk.core.kinds import KINDS, OWN
from opsdesk.core.people import Person
from opsdesk.core.record import Record
from opsdesk.core.scores import Score
from opsdesk.core.series import Moved
from opsdesk.core.settings import Settings
from opsdesk.core.text import clean
from opsdesk.demo import DEMO_SETTINGS, USER, Moment, build
from opsdesk.desk import Desk
from opsdesk.desk.bringing import Preview
from opsdesk.desk.comparing import Choice
from opsdesk.exchange.export import document, journal, moment
from opsdesk.exchange.sheets import read_sheet, rows, sheet
from opsdesk.exchange.whole import read_whole
from opsdesk.store.memory import MemoryStore
from tests.clock import Clock

MONDAY = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)


def at(store: MemoryStore, by: str = "sue") -> Desk:
    return Desk(store, Clock(), by, Settings(), dict)


@pytest.fixture
def desk() -> Desk:
    return at(MemoryStore())


@pytest.fixture(scope="module")
def demo() -> MemoryStore:
    """Eight weeks of a company, with records of every kind."""
    store, now = MemoryStore(), Moment(MONDAY)
    shipped = agendas.read(None)
    build(lambda by: Desk(store, now, by, DEMO_SETTINGS, lambda: shipped), now, 7)
    return store


def there(desk: Desk) -> dict[type[Record], tuple[Record, ...]]:
    return {shape: tuple(desk.read.all(shape)) for shape in KINDS}


def brought(records: Iterable[Record], shape: type[Record]) -> list[Brought]:
    found = read_sheet(b"".join(sheet(shape, records)))
    assert found is not None
    return list(rows(found, shape, Settings()))


def take(desk: Desk, shape: type[Record], records: Iterable[Record], choice: Choice = "") -> Preview:
    preview = desk.bringing.preview([(shape, brought(records, shape))], choice)
    desk.bringing.take(preview)
    return preview


def test_the_sheets_of_a_desk_that_was_lived_in_change_nothing(demo: MemoryStore) -> None:
    desk = at(demo, USER)
    before = len(demo.history())
    for shape in KINDS:
        records = demo.all(shape)
        assert take(desk, shape, records).counts == {shape.kind: {"alone": len(records)} if records else {}}
    assert len(demo.history()) == before
    assert sum(bool(demo.all(shape)) for shape in KINDS) >= 10


def test_a_desk_that_was_lived_in_comes_back_byte_for_byte(demo: MemoryStore) -> None:
    def exported(store: MemoryStore) -> bytes:
        now = moment(store, store.history)
        return b"".join(document(now, journal(store.history, now.seq), DEMO_SETTINGS, {}, "UTC"))

    whole, new = read_whole(exported(demo)), MemoryStore()
    assert at(new).bringing.whole(whole.journal(), whole.records()) == len(demo.history())
    assert exported(new) == exported(demo)


def test_the_journal_is_read_in_pages_up_to_one_moment(demo: MemoryStore) -> None:
    asked: list[int] = []

    def history(since: int = 0, *, limit: int = 0, until: int = 0) -> Any:
        found = demo.history(since, limit=limit, until=until)
        asked.append(len(found))
        return found

    last = demo.history(limit=1)[0].seq
    assert list(journal(history, last - 1)) == list(demo.history(until=last - 1))
    assert max(asked) <= 500
    assert len(asked) > 1


def test_what_is_read_while_others_write_is_read_again() -> None:
    store = MemoryStore()
    desk = at(store)
    desk.actions.capture("one")
    late = [True]

    def history(since: int = 0, *, limit: int = 0, until: int = 0) -> Any:
        found = store.history(since, limit=limit, until=until)
        if late and late.pop():
            desk.actions.capture("two")
        return found

    now = moment(store, history)
    assert (now.seq, len(now.records["actions"])) == (2, 2)


@given(
    st.lists(TEXTS, min_size=2, max_size=2), st.sampled_from(["title", "why"]), st.sampled_from(["", "theirs", "mine"])
)
def test_two_sides_are_merged_or_one_is_chosen(typed: list[str], field: str, choice: Choice) -> None:
    store = MemoryStore()
    mine, theirs = (clean(text) or "x" for text in typed)
    made = at(store).actions.capture("first")
    exported = replace(made, title=mine)
    with store.work("edit", by="bob", at=MONDAY) as work:
        work.put(replace(made, **{field: theirs}))
    fought = field == "title" and theirs not in ("first", mine) and mine != "first"
    preview = at(store).bringing.preview([(Action, brought([exported], Action))], choice)
    if fought and not choice:
        (line,) = preview.refused
        assert line.conflict
        assert "bob set What to" in line.why
        return
    at(store).bringing.take(preview)
    now = store.get(Action, made.id)
    assert now.title == (theirs if field == "title" and (mine == "first" or (fought and choice == "theirs")) else mine)
    assert field != "why" or now.why == theirs


def test_what_was_changed_between_preview_and_taking_is_merged_or_refused(desk: Desk) -> None:
    one, two = desk.actions.capture("one"), desk.actions.capture("two")
    preview = desk.bringing.preview(
        [(Action, brought([replace(one, title="uno"), replace(two, work="support")], Action))]
    )
    desk.actions.edit(two.id, "zwei")
    assert desk.bringing.take(preview) == 2
    now = {each.id: each for each in desk.read.all(Action)}
    assert (now["A-1"].title, now["A-2"].title, now["A-2"].work) == ("uno", "zwei", "support")
    again = desk.bringing.preview([(Action, brought([replace(now["A-1"], title="ein")], Action))])
    desk.actions.edit("A-1", "un")
    with pytest.raises(Conflict, match="set What to"):
        desk.bringing.take(again)
    assert desk.read.get(Action, "A-1").title == "un"


def test_a_handle_that_was_taken_meanwhile_is_refused_whole(desk: Desk) -> None:
    row = Brought(line=2, fields={"handle": "eve", "name": "Eve"})
    preview = desk.bringing.preview([(Person, [row, Brought(line=3, fields={"handle": "bob", "name": "Bob"})])])
    desk.people.add("Eve Adams", handle="eve")
    with pytest.raises(Invalid, match='The handle "eve" is taken'):
        desk.bringing.take(preview)
    assert [each.handle for each in desk.read.all(Person)] == ["eve"]


def test_many_rows_that_one_command_has_overtaken_are_merged() -> None:
    store = MemoryStore()
    desk = at(store)
    made = [desk.actions.capture(str(number)) for number in range(40)]
    with store.work("all", by="bob", at=MONDAY) as work:
        for each in made:
            work.put(replace(each, owner="bob"))
    preview = take(desk, Action, [replace(each, title=f"new {each.title}") for each in made])
    assert preview.counts == {"actions": {"changed": 40}}
    assert {(each.owner, each.title[:4]) for each in desk.read.all(Action)} == {("bob", "new ")}
    assert json.encode(preview.lines[0].fields) == b'[["title","0","new 0"]]'


@pytest.mark.parametrize("shape", [each for each in OWN if each is not Moved], ids=lambda shape: shape.kind)
def test_no_field_that_verbs_keep_is_changed_by_a_sheet(demo: MemoryStore, shape: type[Record]) -> None:
    """Every such field of the first record, as it is in the first other record in which it differs."""
    desk, (first, *others) = at(demo, USER), demo.all(shape)
    for name in set(shape.__struct_fields__) - {"id", "rev", *shape.by_hand}:
        other = next((each for each in others if each[name] != first[name]), None)
        if other is not None:
            row = brought([msgspec.structs.replace(first, **{name: other[name]})], shape)
            (line,) = desk.bringing.preview([(shape, row)]).lines
            assert (line.becomes, line.why.startswith(f"{name}: ")) == ("refused", True), line


@pytest.mark.parametrize("shape", OWN, ids=lambda shape: shape.kind)
def test_what_is_said_of_fields_is_said_of_fields_there_are(shape: type[Record]) -> None:
    assert set(shape.by_hand) <= set(shape.__struct_fields__)
    assert set(shape.instead) <= {*shape.__struct_fields__, ""}
    assert set(shape.by_hand).isdisjoint(shape.instead)


@pytest.mark.parametrize(
    ("shape", "field", "value", "why"),
    [
        (Note, "text", "x", "The meeting is closed. Reopen it to change what it says."),
        (Decision, "text", "x", "The meeting is closed. Reopen it to change what it says."),
        (Item, "text", "x", "is settled already."),
        (Score, "comment", "x", "has a newer level."),
    ],
)  # fmt: skip
def test_what_is_in_the_minutes_or_settled_stays(
    demo: MemoryStore, shape: type[Record], field: str, value: str, why: str
) -> None:
    past = next(each for each in demo.all(shape) if not each.live and each[field] != value)
    row = brought([msgspec.structs.replace(past, **{field: value})], shape)
    (line,) = at(demo, USER).bringing.preview([(shape, row)], "mine").lines
    assert (line.becomes, line.why.endswith(why)) == ("refused", True), line.why


def test_the_reason_of_a_date_that_others_set_too_is_left_with_it() -> None:
    store = MemoryStore()
    made = at(store).actions.capture("Call fri")
    row = Brought(line=2, id=made.id, rev=made.rev, fields={"due": "2026-12-01", "why": "mine", "title": "Write"})
    at(store, "bob").actions.redate(made.id, date(2026, 12, 1), "theirs")
    desk = at(store)
    preview = desk.bringing.preview([(Action, [row])])
    assert preview.counts == {"actions": {"changed": 1}}
    desk.bringing.take(preview)
    now = store.get(Action, made.id)
    assert (now.title, now.why, [slip.why for slip in now.slips]) == ("Write", "", ["theirs"])


@given(
    st.lists(st.tuples(st.booleans(), st.integers(1, 20)), min_size=1, max_size=6),
    st.sampled_from(["", "theirs", "mine"]),
    st.booleans(),
)
def test_no_sheet_ever_shortens_the_dates_that_were_moved(
    moves: list[tuple[bool, int]], choice: Choice, promise: bool
) -> None:
    store = MemoryStore()
    seen = made = at(store).actions.capture(f"Call 2026-11-24{' !' * promise}")
    for by_sheet, days in moves:
        before, due = store.get(Action, made.id), date(2026, 12, days)
        if by_sheet:
            row = Brought(line=2, id=made.id, rev=seen.rev, fields={"due": due.isoformat(), "why": f"{days} days"})
            preview = at(store).bringing.preview([(Action, [row])], choice)
            if not preview.refused:
                at(store).bringing.take(preview)
        elif before.due != due:
            at(store, "bob").actions.redate(made.id, due, "late")
            seen = before
        now = store.get(Action, made.id)
        assert now.slips[: len(before.slips)] == before.slips
        assert len(now.slips) - len(before.slips) == (now.due != before.due)
        assert (now.told, now.created) == (made.told, made.created)
