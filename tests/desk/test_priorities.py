"""Ranking priorities: one step each, taken back as one."""

from __future__ import annotations

import pytest

from opsdesk import agendas
from opsdesk.core.entries import Item
from opsdesk.core.errors import Invalid
from opsdesk.core.settings import Settings
from opsdesk.desk import Desk
from opsdesk.store.memory import MemoryStore
from tests.clock import Clock

AGENDA, SECTION = "customer-success", "Priorities"


@pytest.fixture
def desk() -> Desk:
    made = Desk(MemoryStore(), Clock(), "sue", Settings(company="Northwind Systems"), lambda: agendas.read(None))
    for text in ("Decline the wishes", "Hire for Support", "Stop the export"):
        made.items.add(text, agenda=AGENDA, section=SECTION)
    made.items.add("Elsewhere", agenda=AGENDA, section="Delays")
    return made


def ranks(desk: Desk) -> dict[str, int]:
    return {each.id: each.rank for each in desk.read.live(Item)}


def test_a_rank_moves_the_others_of_its_section_only(desk: Desk) -> None:
    assert desk.items.rank("T-3", 1).rank == 1
    assert ranks(desk) == {"T-1": 2, "T-2": 3, "T-3": 1, "T-4": 0}
    assert desk.items.place("T-1") == (2, 3)


def test_one_undo_takes_all_of_it_back(desk: Desk) -> None:
    desk.items.rank("T-3", 1)
    assert desk.undo.last().command == "Rank T-3 1."
    assert ranks(desk) == dict.fromkeys(("T-1", "T-2", "T-3", "T-4"), 0)


def test_a_line_moves_up_and_down_until_the_end(desk: Desk) -> None:
    desk.items.shift("T-3", -1)
    assert [desk.items.place(id)[0] for id in ("T-1", "T-2", "T-3")] == [1, 3, 2]
    desk.items.shift("T-3", -1)
    with pytest.raises(Invalid, match="T-3 is the first already"):
        desk.items.shift("T-3", -1)
    with pytest.raises(Invalid, match="T-2 is the last already"):
        desk.items.shift("T-2", 1)


def test_what_is_settled_has_no_place_and_leaves_none(desk: Desk) -> None:
    desk.items.rank("T-3", 1)
    desk.items.settle("T-3")
    assert desk.items.place("T-1") == (1, 2)
    with pytest.raises(Invalid, match="settled already"):
        desk.items.rank("T-3", 1)


def test_the_minutes_of_the_section_print_them_in_order(desk: Desk) -> None:
    desk.items.rank("T-3", 1)
    meeting = desk.meetings.start(AGENDA)
    at = next(n for n, section in enumerate(meeting.sections) if section.title == SECTION)
    desk.meetings.go_to(meeting.id, at)
    desk.meetings.bring(meeting.id, "Answer within a day")
    desk.meetings.close(meeting.id)
    (item,) = (each for each in desk.minutes.of(meeting.id).minutes.items if each.title == SECTION)
    assert [(line.place, line.id, line.relisted) for line in item.ranked] == [
        (1, "T-3", 1), (2, "T-1", 1), (3, "T-2", 1), (4, "T-5", 1),
    ]  # fmt: skip
