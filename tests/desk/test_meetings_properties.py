"""Whatever is done in a meeting, in any order: nothing said is lost, and undoing everything gives the beginning."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from opsdesk.core.errors import OpsDeskError
from opsdesk.core.meeting import Meeting
from opsdesk.desk import Desk
from tests.clock import Clock
from tests.desk.meeting_desk import desk, everything

Verb = tuple[str, tuple[Any, ...]]

TEXT = st.sampled_from(["Call @bob #globex fri", "Tell them!", "", "[EMEA] Ünïcode 日本 [/x] \u202e", "x" * 10_000])
FLAG = st.sampled_from(["acme support red broken", "acme support green", "nonsense"])
ENTRY = st.sampled_from(["N-1", "D-1", "A-1", "A-2", "S-1", "T-1", "T-2", "T-9", "M-1", ""])
WHO = st.sampled_from(["sue", "bob", "max"])


def verb(name: str, *arguments: st.SearchStrategy[Any]) -> st.SearchStrategy[Verb]:
    return st.tuples(st.just(name), st.tuples(*arguments))


CAPTURES = st.one_of(
    verb("note", TEXT), verb("decide", TEXT), verb("act", TEXT), verb("flag", FLAG), verb("park", TEXT)
)
EVENTS = st.one_of(
    verb("next"),
    verb("back"),
    verb("more", st.integers(-1, 9)),
    verb("park_section"),
    verb("outcome"),
    verb("attend", WHO, st.sampled_from(["present", "apologies", "absent"])),
    verb("leave", WHO),
    verb("rate", WHO, st.integers(0, 11)),
    verb("waive", st.sampled_from(["section:0", "section:1", "x"]), st.sampled_from(["", "because"])),
    verb("close"),
    verb("settle"),
    verb("adjourn", st.sampled_from(["", "because"])),
    verb("reopen"),
)
CORRECTIONS = st.one_of(
    verb("amend", ENTRY, TEXT),
    verb("remove", ENTRY),
    verb("convert", ENTRY, st.sampled_from(["note", "decision", "action", "parked"])),
)
SECONDS = st.integers(-300, 600)


def does(of: Desk, id: str, what: Verb) -> bool:
    """Whether it was possible; anything but a clear refusal fails the test."""
    name, arguments = what
    method: Callable[..., object] = getattr(of.meetings, name)
    try:
        method(*arguments) if name in ("amend", "remove", "convert") else method(id, *arguments)
    except OpsDeskError:
        return False
    return True


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.one_of(CAPTURES, EVENTS), SECONDS), max_size=25))
def test_no_entry_is_ever_lost(steps: list[tuple[Verb, int]]) -> None:
    clock = Clock()
    ours = desk(clock)
    id = ours.meetings.start("daily").id
    taken = 0
    for what, seconds in steps:
        clock.forward(seconds=seconds)
        taken += does(ours, id, what) and what[0] in ("note", "decide", "act", "flag", "park")
        assert len(ours.meetings.said(id)) == taken
    times = [stay.entered for stay in ours.read.get(Meeting, id).spans]
    assert times == sorted(times)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.one_of(CAPTURES, EVENTS, CORRECTIONS), SECONDS), max_size=20))
def test_undoing_everything_gives_the_beginning_and_redoing_the_end(steps: list[tuple[Verb, int]]) -> None:
    clock = Clock()
    ours = desk(clock)
    beginning = everything(ours)
    id = ours.meetings.start("daily").id
    for what, seconds in steps:
        clock.forward(seconds=seconds)
        does(ours, id, what)
    end = everything(ours)
    while ours.undo.peek():
        ours.undo.last()
    assert everything(ours) == beginning
    while ours.undo.peek_redo():
        ours.undo.redo()
    assert everything(ours) == end
