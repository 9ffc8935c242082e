"""What may be read of one record while others than the team are in the room."""

from __future__ import annotations

import pytest

from opsdesk.core.actions import Action, Slip, Told
from opsdesk.core.audience import Before
from opsdesk.core.entries import Decision, Note
from opsdesk.core.record import Record
from opsdesk.insight.shown import may_show, plainly
from tests.boards.company import ANA, GLOBEX, INITECH, Memory, action, at, day, item, run, score

CALL = "customer-status-call"
TEAM, COMPANY = Before(), Before(audience="company")
ON_THE_PHONE = Before(audience="customer", customer="globex")
TWO_AT_ONCE = Before(audience="customer")
DESK = Memory(
    run("M-1", 3, 0, agenda=CALL, audience="customer", customer="globex", state="running"),
    run("M-2", 41, -1),
    run("M-3", 5, -1, audience="company"),
)


def said(where: str) -> Decision:
    return Decision(id="D-1", text="As agreed", meeting=where, at=at(-1))


@pytest.mark.parametrize(
    ("record", "customer", "company"),
    [
        (action("A-1", customer="globex"), True, True),
        (action("A-1", customer="initech"), False, True),
        (action("A-1"), False, True),
        (score("S-1", "red", -3, "globex"), True, True),
        (item("T-1", customer="globex", agenda=CALL), True, True),
        (item("T-1", customer="globex"), False, False),
        (said("M-1"), True, True),
        (said("M-2"), False, False),
        (said("M-3"), False, True),
        (said("M-9"), False, False),
        (Note(id="N-1", text="Tom is tired", meeting="M-2", at=at(-1)), False, False),
        (DESK.records[0], True, True),
        (DESK.records[1], False, False),
        (GLOBEX, True, True),
        (INITECH, False, True),
        (ANA, False, True),
    ],
)
def test_who_may_see_that_a_record_is_there(record: Record, customer: bool, company: bool) -> None:
    assert may_show(record, TEAM, DESK)
    assert may_show(record, ON_THE_PHONE, DESK) is customer
    assert may_show(record, COMPANY, DESK) is company
    assert not may_show(record, TWO_AT_ONCE, DESK)


def test_of_an_action_there_are_the_words_and_the_dates_and_neither_a_person_nor_a_reason() -> None:
    record = Action(
        id="A-1", title="Export to CSV", owner="tom", created_by="sue", why="tom forgot", waiting_on="ana", due=day(4),
        customer="globex", promise=True, relisted=("M-2",), work="support",
        told=Told(words="You get the export @tom #globex !sue fri", by="sue", to="Lena", on=at(-20), typed_by="tom",
                  due=day(-9)),
        slips=(Slip(was=day(-9), at=at(-8), why="another customer was more urgent"), Slip(was=day(-2), at=at(-2))),
    )  # fmt: skip
    assert plainly(record, at(0).tzinfo) == [
        ("What", "Export to CSV"),
        ("Promised", "You get the export fri"),
        ("Due", "2026-11-27"),
        ("Was due", "2026-11-14, 2026-11-21"),
        ("State", "ready"),
    ]


def test_of_a_flag_there_is_no_comment_and_of_other_records_nothing() -> None:
    assert plainly(score("S-1", "red", -3, comment="they pay too little"), at(0).tzinfo) == [
        ("What", "Support"),
        ("State", "red"),
    ]
    assert plainly(Record(id="X-1"), at(0).tzinfo) == []
