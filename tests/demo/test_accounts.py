"""What the demo company knows of its customers: contacts, side-channel, escalations, problems, tickets, overrides."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

from opsdesk.core.customers import Customer
from opsdesk.core.register import Look
from opsdesk.core.registers import registers
from opsdesk.core.registers.contacts import Contact
from opsdesk.core.registers.escalations import Escalation
from opsdesk.core.registers.overrides import Override
from opsdesk.core.registers.problems import Problem
from opsdesk.core.registers.sidechannel import SideChannel
from opsdesk.core.registers.tickets import Ticket
from opsdesk.core.scores import Score
from opsdesk.demo.company import CLIENTS
from opsdesk.desk import Desk
from opsdesk.insight.backtest import backtest
from tests.demo.company import table


def seen(desk: Desk) -> Look:
    return Look(desk.now(), desk.settings)


def test_every_customer_has_somebody_to_call(desk: Desk) -> None:
    contacts = desk.read.all(Contact)
    assert {each.customer for each in contacts} == {client.handle for client in CLIENTS}
    assert any(each.last is None for each in contacts)
    assert [each.why for each in contacts if not each.live] == ["left for another company"]


def test_one_customer_pulled_somebody_in_more_than_twice_in_thirty_days(desk: Desk) -> None:
    since = desk.today() - timedelta(days=30)
    lately = Counter(each.customer for each in desk.read.all(SideChannel) if each.day and each.day > since)
    assert [customer for customer, times in lately.items() if times > 2] == ["acme"]
    assert all(each.hours for each in desk.read.all(SideChannel))


def test_escalations_are_in_every_state_and_one_owes_an_update(desk: Desk) -> None:
    found, each = desk.read.all(Escalation), registers()["escalations"]
    assert {one.state for one in found} == set(each.shape.states)
    weights = Counter(each.weight(one, seen(desk)) for one in found if one.live)
    assert weights == {"red": 2, "orange": 2, "none": 2}
    assert any(one.severity == "critical" for one in found)
    assert [one.title for one in found if not one.owner] == ["Their new board wants one name that answers"]


def test_the_escalation_review_has_them_on_its_table_the_worst_first(desk: Desk) -> None:
    shown = table(desk, "escalation-review", "Escalations")
    ours = [line for line in shown if line.id.startswith("ES-")]
    assert [(line.id, line.weight) for line in shown[:2]] == [("ES-3", "red"), ("ES-4", "red")]
    assert len(ours) == len(desk.read.live(Escalation)) == 6
    assert ours[0].customer == "Globex"
    assert ours[1].reason.startswith("high, update was due")
    assert any(line.id.startswith(("A-", "T-")) for line in shown)


def test_problems_are_made_of_tickets_that_are_there(desk: Desk) -> None:
    tickets = {each.id: each for each in desk.read.all(Ticket)}
    for problem in desk.read.all(Problem):
        assert len(problem.tickets) >= 3
        assert {tickets[id].customer for id in problem.tickets} == set(problem.customers)
    assert len({each.state for each in desk.read.all(Problem)}) == 5


def test_support_has_answered_most_of_sixty_tickets(desk: Desk) -> None:
    tickets = desk.read.all(Ticket)
    assert 55 <= len(tickets) <= 70
    numbers = [int(each.number) for each in tickets]
    assert len(set(numbers)) == len(numbers)
    assert {each.state for each in tickets} >= {"open", "pending", "solved"}
    assert all(each.opened <= (each.solved or desk.now()) for each in tickets if each.opened)
    assert sum(each.live for each in tickets) < len(tickets) / 3


def test_one_override_stands_and_one_has_expired(desk: Desk) -> None:
    holding = {each.customer: each.holds(desk.today()) for each in desk.read.all(Override)}
    assert holding == {"wonka": False, "tyrell": True}


def test_of_the_customer_that_left_the_sheet_had_said_orange(desk: Desk) -> None:
    tested = backtest(desk.read.all(Customer), desk.read.all(Escalation), desk.read.all(Score), seen(desk))
    left = [each for each in tested if each.what == "left"]
    assert [(each.customer, each.before) for each in left] == [("prestige", "orange")]
    assert not [score for score in desk.read.live(Score) if score.customer == "prestige" and score.level != "unknown"]
