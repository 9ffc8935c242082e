"""Updates: what is new with each customer since the last meeting."""

from __future__ import annotations

import pytest

from opsdesk.boards.table import Line
from opsdesk.core.actions import Slip
from opsdesk.core.customers import Customer
from opsdesk.core.record import Record
from opsdesk.core.registers.deliveries import Delivery
from opsdesk.core.registers.escalations import Escalation
from opsdesk.core.registers.incidents import Incident
from opsdesk.core.registers.sidechannel import SideChannel
from tests.boards.company import action, at, day, lines, run, score

LATE = "forecast 7 days after the promise, the customer does not know, moved 1×"


def promise(id: str, due: int, customer: str, **more: object) -> Record:
    return action(id, due, promise=True, customer=customer, **more)


def pulled(id: str, on: int, person: str = "tom", customer: str = "globex") -> SideChannel:
    return SideChannel(id=id, title="Asked Tom", customer=customer, person=person, day=day(on), hours=1.5)


def updates(*records: Record, **where: object) -> list[Line]:
    return lines("updates", run("M-1", 7, -7), *records, **where)


def told(found: list[Line]) -> list[tuple[str, str, str]]:
    return [(line.id, line.weight, line.reason) for line in found]


def test_customer_by_customer_the_worst_off_first() -> None:
    found = updates(
        promise("A-1", -2, "globex"),
        score("S-1", "orange", -3, customer="initech"),
        Delivery(id="DL-1", title="Go-live", customer="globex", state="delivered", delivered=day(-3)),
        score("S-2", "orange", -3, customer="globex", measure="Delivery"),
    )
    assert [(line.customer, line.id) for line in found] == [
        ("Globex", "A-1"),
        ("Globex", "S-2"),
        ("Globex", "DL-1"),
        ("Initech", "S-1"),
    ]


def test_each_kind_of_news_has_its_reason() -> None:
    found = updates(
        score("S-1", "red", -3, customer="globex"),
        Escalation(id="ES-1", title="Board asks", customer="globex", opened=at(-2), update=day(1), owner="sue"),
        Incident(id="I-1", title="Login", sev=3, customers=("globex",), started=at(-1), detected=at(-1), owner="sue"),
        promise("A-1", -2, "globex"),
        promise("A-2", 3, "globex", slips=(Slip(was=day(1), at=at(-1), why="waited"),)),
        promise("A-5", 3, "globex"),
        Delivery(
            id="DL-1", title="Go-live", customer="globex", promised=day(2), forecast=day(9), owner="sue",
            slips=(Slip(was=day(2), at=at(-1)),),
        ),
        promise("A-3", -3, "globex", state="done", finished=at(-1)),
        promise("A-4", -20, "globex"),
    )  # fmt: skip
    assert told(found) == [
        ("A-1", "red", "promise broken Sat 21 Nov"),
        ("S-1", "red", "green → red Sun 22 Nov"),
        ("I-1", "orange", "since Sun 22 Nov, SEV-3 for 27 h, investigating, hits 1 customer"),
        ("A-2", "orange", "moved from Tue 24 Nov to Thu 26 Nov"),
        ("DL-1", "orange", f"slipped from Wed 25 Nov to Wed 2 Dec, {LATE}"),
        ("ES-1", "orange", "opened Sat 21 Nov, high, update due tomorrow"),
        ("A-3", "none", "late: done Sun 22 Nov, promised for Fri 20 Nov"),
    ]


def test_what_was_before_the_last_meeting_is_no_news() -> None:
    assert updates(
        promise("A-1", -20, "globex"),
        promise("A-2", -9, "globex", state="done", finished=at(-9)),
        score("S-1", "red", -20, at=at(-20)),
        score("S-2", "green", -20, was="green"),
        Escalation(id="ES-1", title="Old", customer="globex", opened=at(-20), update=day(1)),
        Delivery(id="DL-1", title="Old", customer="globex", state="delivered", delivered=day(-9)),
    ) == []  # fmt: skip


def test_more_than_two_requests_by_the_side_channel_in_30_days_are_orange() -> None:
    assert updates(pulled("SC-1", -1), pulled("SC-2", -30), pulled("SC-3", -31)) == []
    (line,) = updates(pulled("SC-1", -1), pulled("SC-2", -30), pulled("SC-3", -3, "sue"), pulled("SC-4", -31))
    assert (line.id, line.weight, line.text) == ("SC-1", "orange", "3 side-channel requests in 30 days")
    assert (line.customer, line.reason) == ("Globex", "4.5 h of Sue Park and Tom Reyes")


def test_who_came_and_who_left_is_news() -> None:
    found = updates(
        Customer(id="C-8", handle="hooli", name="Hooli", since=day(-2)),
        Customer(id="C-9", handle="acme", name="Acme", active=False, left=day(-1), since=day(-700)),
        Customer(id="C-7", handle="old", name="Old", active=False, left=day(-30)),
    )
    assert [(line.id, line.weight, line.text, line.reason) for line in found] == [
        ("C-9", "red", "Acme: no customer any more", "left Sun 22 Nov"),
        ("C-8", "none", "Hooli: new customer", "since Sat 21 Nov"),
    ]


def test_what_went_well_is_one_line_of_each_customer_and_one_of_those_with_nothing_else() -> None:
    def kept(id: str, customer: str) -> Record:
        return promise(id, -1, customer, state="done", finished=at(-2))

    hooli = Customer(id="C-8", handle="hooli", name="Hooli")
    found = updates(
        hooli,
        promise("A-1", -2, "globex"),
        kept("A-2", "globex"),
        kept("A-3", "globex"),
        kept("A-4", "initech"),
        kept("A-5", "hooli"),
        score("S-1", "green", -1, customer="initech", was="red"),
    )
    assert [(line.id, line.text, line.reason, line.customer) for line in found] == [
        ("A-1", "Do A-1", "promise broken Sat 21 Nov", "Globex"),
        ("A-2", "2 promises kept", "A-2, A-3", "Globex"),
        ("A-4", "2 promises kept and 1 flag green", "Initech, Hooli", "2 customers"),
    ]


@pytest.mark.parametrize("audience", ["company", "customer"])
def test_others_than_the_team_read_of_no_person(audience: str) -> None:
    found = updates(
        *(pulled(f"SC-{n}", -n) for n in range(1, 5)),
        score("S-1", "red", -3, customer="globex"),
        promise("A-1", -2, "globex", owner="tom"),
        audience=audience,
        customer="globex" if audience == "customer" else "",
    )
    assert ("Tom" in "".join(line.reason + line.text for line in found)) is False
    ids = {line.id for line in found}
    assert ids == ({"A-1"} if audience == "customer" else {"A-1", "S-1", "SC-1"})
