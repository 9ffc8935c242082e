"""What was said in one meeting is found without the rest of its kind, and is what a search through all would find."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from opsdesk.core.actions import Action
from opsdesk.core.entries import Decision, Note
from opsdesk.core.ports import Reader, Store, Work
from opsdesk.core.said import said_in
from opsdesk.store.shelf import Shelf
from tests.clock import START
from tests.contract.conftest import ENGINES, capture

MEETINGS = ("", "M-1", "M-2", "M-12", "日本")
steps = st.lists(
    st.tuples(st.sampled_from(("add", "move", "remove", "undo", "all", "fail")), st.integers(0, 9)), max_size=12
)


def searched(reader: Reader, meeting: str, **equal: object) -> list[Action]:
    found = [action for action in reader.all(Action) if action.meeting == meeting]
    return [action for action in found if all(action[name] == value for name, value in equal.items())]


def as_searched(reader: Reader) -> None:
    """Asked first, so that the kind is not remembered by the search already."""
    found = {meeting: list(reader.where(Action, meeting=meeting)) for meeting in MEETINGS}
    late = {meeting: list(reader.where(Action, lambda a: a.owner != "bob", meeting=meeting)) for meeting in MEETINGS}
    sues = {meeting: list(reader.where(Action, owner="sue", meeting=meeting)) for meeting in MEETINGS}
    assert found == {meeting: searched(reader, meeting) for meeting in MEETINGS}
    assert sues == late == {meeting: searched(reader, meeting, owner="sue") for meeting in MEETINGS}


def change(work: Work, verb: str, number: int) -> None:
    found = work.all(Action) if verb == "all" else work.live(Action)
    meeting = MEETINGS[number % len(MEETINGS)]
    if verb == "add" or not found:
        work.add(Action(title=f"{number}", meeting=meeting, owner="sue" if number % 3 else "bob"))
    elif verb == "remove":
        work.remove(Action, found[number % len(found)].id)
    elif verb == "all":
        for each in found:
            work.put(replace(each, meeting=meeting))
    else:
        work.put(replace(found[number % len(found)], meeting=meeting))


def step(store: Store, verb: str, number: int) -> None:
    with store.work(verb, by="sue", at=START) as work:
        if verb == "undo" and store.history():
            work.undo(store.history()[-1])
        else:
            change(work, verb, number)
        as_searched(work)
        if verb == "fail":
            raise LookupError


@pytest.mark.parametrize("engine", sorted(ENGINES))
@settings(max_examples=60, deadline=None)
@given(sequence=steps)
def test_whatever_was_written_and_whoever_asks(engine: str, sequence: list[tuple[str, int]]) -> None:
    with TemporaryDirectory() as folder, closing(ENGINES[engine](Path(folder))) as store:
        for verb, number in sequence:
            try:
                step(store, verb, number)
            except LookupError:
                assert verb == "fail"
            as_searched(store)


def test_no_kind_is_read_whole(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    with store.work("x", by="sue", at=START) as work:
        said = [
            work.add(Action(title="one", meeting="M-5", created=START)),
            work.add(Note(text="two", meeting="M-5", at=START)),
        ]
        work.add(Decision(text="three", meeting="M-6", at=START))
    monkeypatch.delattr(Shelf, "every")
    assert list(said_in(store, "M-5")) == said
    with store.work("y", by="sue", at=START) as work:
        said.append(work.add(Action(title="four", meeting="M-5", created=START)))
        assert set(said_in(work, "M-5")) == set(said)


@pytest.mark.parametrize("meeting", ["", "M-9", "\ud800", "M-1'", None, 1, ("M-1",)])
def test_a_meeting_that_is_none(store: Store, meeting: object) -> None:
    capture(store, "one", meeting="M-1")
    plain: Sequence[Action] = capture(store, "two")
    assert list(store.where(Action, meeting=meeting)) == (plain if meeting == "" else [])
