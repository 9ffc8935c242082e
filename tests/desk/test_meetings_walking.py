"""What the events of a meeting are called, who can be handed what, and what a late start keeps."""

from __future__ import annotations

from datetime import timedelta

import pytest

from opsdesk.core.errors import Invalid
from opsdesk.desk import Desk
from tests.clock import START


def test_commands_read_well_after_undo(ours: Desk) -> None:
    id = ours.meetings.start("daily").id
    said = []
    for call in (
        lambda: ours.meetings.more(id),
        lambda: ours.meetings.next(id),
        lambda: ours.meetings.back(id),
        lambda: ours.meetings.go_to(id, 1),
        lambda: ours.meetings.park_section(id, 2),
        lambda: ours.meetings.outcome(id),
        lambda: ours.meetings.attend(id, "bob", "apologies"),
        lambda: ours.meetings.leave(id, "ann"),
        lambda: ours.meetings.hand_over(id, "chair", "max"),
        lambda: ours.meetings.rate(id, "sue", 7),
        lambda: ours.meetings.open_closing(id),
    ):
        call()
        last = ours.undo.peek()
        said.append(last.command if last else "")
    assert said == [
        "2 minutes",
        "next section",
        "step back",
        "going to Outages",
        "parking Staffing",
        "outcome of Outages",
        "attendance of Bob",
        "leaving of Ann",
        "hand-over",
        "rating",
        "closing gate",
    ]


def test_a_role_goes_to_a_person_by_name_and_to_nobody_else(ours: Desk) -> None:
    id = ours.meetings.start("daily").id
    assert ours.meetings.hand_over(id, "minute_taker", "@Bob").minute_taker == "bob"
    with pytest.raises(Invalid, match='Nobody is called "@zed"'):
        ours.meetings.hand_over(id, "chair", "@zed")
    ours.meetings.leave(id, "ann")
    with pytest.raises(Invalid, match="Ann is not in the room"):
        ours.meetings.hand_over(id, "chair", "ann")


def test_a_late_meeting_keeps_its_length_after_all(ours: Desk) -> None:
    id = ours.meetings.start("daily", scheduled=START - timedelta(minutes=6)).id
    assert ours.meetings.view(id).planned_end == START + timedelta(minutes=9)
    ours.meetings.keep(id, "length")
    assert ours.meetings.view(id).planned_end == START + timedelta(minutes=15)
    kept = ours.meetings.keep(id, "end")
    assert [section.seconds for section in kept.sections] == [150, 120, 90]
