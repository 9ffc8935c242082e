"""Priorities on the table: the ranked list, and below it what keeps coming back."""

from __future__ import annotations

from tests.boards.company import action, item, lines, shown


def test_the_items_of_the_section_stand_in_their_order_with_reason_and_how_often_they_came_back() -> None:
    found = lines(
        "priorities",
        item("T-1", section="Delays", rank=2, relisted=("M-1", "M-2", "M-3")),
        item("T-2", section="Delays", rank=1),
        item("T-3", section="Delays", ref="A-1"),
        item("T-4", section="Burning issues", rank=1),
        action("A-1", 3, owner="sue"),
        action("A-2", -3, relisted=("M-1",)),
        section="Delays",
    )
    assert [(line.id, line.text) for line in found] == [
        ("T-2", "1. Item T-2"),
        ("T-1", "2. Item T-1"),
        ("T-3", "3. Item T-3"),
        ("A-2", "Do A-2"),
    ]
    assert shown(found)[1] == ("T-1", "re-listed 3×: do, drop or escalate")
    assert (found[2].owner, found[2].reason) == ("Sue Park", "on the agenda since Sun 22 Nov · A-1 due Thu 26 Nov")
    assert [line.weight for line in found] == ["orange", "red", "orange", "red"]


def test_what_is_put_on_the_agenda_in_this_meeting_takes_its_place_without_moving_a_number() -> None:
    found = lines(
        "priorities",
        item("T-1", section="Delays", rank=3),
        item("T-2", section="Delays", rank=1, meeting="M-9"),
        section="Delays",
        meeting="M-9",
    )
    assert [line.text for line in found] == ["2. Item T-1"]
