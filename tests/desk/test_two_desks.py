"""Two desks in one meeting: nothing that is said or done at either is lost."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from opsdesk.core.errors import Invalid, OpsDeskError
from opsdesk.core.meeting import Meeting
from opsdesk.core.said import said_in
from opsdesk.desk import Desk
from opsdesk.store.memory import MemoryStore
from opsdesk.store.work import Unit
from tests.clock import Clock
from tests.desk.meeting_desk import desk, everything, furnished

Verb = Callable[[Desk], object]
SAYING: dict[str, Verb] = {
    "note": lambda at: at.meetings.note("M-1", "x"),
    "decision": lambda at: at.meetings.decide("M-1", "x"),
    "action": lambda at: at.meetings.act("M-1", "x"),
    "flag": lambda at: at.meetings.flag("M-1", "acme support red broken"),
    "item": lambda at: at.meetings.bring("M-1", "x"),
    "parked": lambda at: at.meetings.park("M-1", "x"),
}
EVENTS: dict[str, Verb] = {
    "next": lambda at: at.meetings.next("M-1"),
    "back": lambda at: at.meetings.back("M-1"),
    "extend": lambda at: at.meetings.extend("M-1"),
    "borrow": lambda at: at.meetings.borrow("M-1"),
    "late": lambda at: at.meetings.attend("M-1", "max", "present"),
    "rate": lambda at: at.meetings.rate("M-1", at.by, 8),
    "chair": lambda at: at.meetings.hand_over("M-1", "chair", "bob"),
    "outcome": lambda at: at.meetings.outcome("M-1", section=0),
    "parked": lambda at: at.meetings.park_section("M-1"),
    "close": lambda at: at.meetings.close("M-1"),
    "adjourn": lambda at: at.meetings.adjourn("M-1", "fire"),
    "reopen": lambda at: at.meetings.reopen("M-1"),
}
names = st.sampled_from(sorted(EVENTS))


class Interrupted(MemoryStore):
    """Once, somebody else does something between what a verb has read and the transaction that it writes in."""

    meanwhile: Callable[[], object] | None = None

    def work(
        self, command: str, *, by: str, at: datetime, meeting: str = "", section: str = "", left: str = ""
    ) -> Unit:
        act, self.meanwhile = self.meanwhile, None
        if act is not None:
            act()
        return super().work(command, by=by, at=at, meeting=meeting, section=section, left=left)


class Room:
    """Sue and Bob, each at a desk of their own, in one meeting."""

    def __init__(self) -> None:
        self.store = Interrupted()
        furnished(self.store)
        self.sue, self.bob = desk(Clock(), "sue", self.store), desk(Clock(), "bob", self.store)
        self.sue.meetings.start("daily")

    def done(self, at: Desk, verb: Verb) -> bool:
        try:
            verb(at)
        except OpsDeskError:
            return False
        return True


@settings(max_examples=150)
@given(st.lists(st.tuples(st.booleans(), names), max_size=5), names, names)
def test_an_event_amid_another_is_as_if_it_had_come_before(
    earlier: list[tuple[bool, str]], hers: str, his: str
) -> None:
    interrupted, in_turn = Room(), Room()
    for room in (interrupted, in_turn):
        for by_sue, name in earlier:
            room.done(room.sue if by_sue else room.bob, EVENTS[name])
    found: list[bool] = []
    interrupted.store.meanwhile = lambda: found.append(interrupted.done(interrupted.bob, EVENTS[his]))
    found.append(interrupted.done(interrupted.sue, EVENTS[hers]))
    assume(len(found) == 2)
    assert found == [in_turn.done(in_turn.bob, EVENTS[his]), in_turn.done(in_turn.sue, EVENTS[hers])]
    assert everything(interrupted.sue) == everything(in_turn.sue)


@pytest.mark.parametrize("said", sorted(SAYING))
def test_what_is_said_while_another_desk_goes_on_is_kept(said: str) -> None:
    room = Room()
    room.store.meanwhile = lambda: room.bob.meetings.next("M-1")
    SAYING[said](room.sue)
    assert len(said_in(room.store, "M-1")) == 1
    assert len(room.store.get(Meeting, "M-1").spans) == 2


@pytest.mark.parametrize("said", sorted(SAYING))
def test_what_is_said_while_another_desk_closes_is_refused_and_not_left_out_of_the_minutes(said: str) -> None:
    room = Room()
    room.store.meanwhile = lambda: room.bob.meetings.adjourn("M-1", "fire")
    with pytest.raises(Invalid, match="adjourned"):
        SAYING[said](room.sue)
    assert said_in(room.store, "M-1") == ()


def test_minutes_hold_what_was_said_at_another_desk_while_the_meeting_was_closed() -> None:
    room = Room()
    room.store.meanwhile = lambda: room.bob.meetings.note("M-1", "the last word")
    room.sue.meetings.close("M-1")
    assert "the last word" in [each for item in room.sue.minutes.of("M-1").minutes.items for each in item.notes]


def test_an_outcome_is_of_the_section_it_was_given_in_though_another_desk_goes_on_meanwhile() -> None:
    room = Room()
    room.store.meanwhile = lambda: room.bob.meetings.next("M-1")
    room.sue.meetings.outcome("M-1")
    assert [bool(section.outcome) for section in room.store.get(Meeting, "M-1").sections[:2]] == [True, False]
