"""Flags on the customer page that nobody has ended, whatever has come over them."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from opsdesk.core.audience import Before
from opsdesk.core.customerpage import CustomerPage, PagePart
from opsdesk.core.customers import Customer
from opsdesk.core.register import Look
from opsdesk.core.settings import MEASURES, Settings
from opsdesk.desk import Desk
from opsdesk.insight.customer_page import customer_page
from tests.clock import Clock
from tests.ui.desks import company


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def desk(clock: Clock) -> Desk:
    return company(clock)


def page(desk: Desk, settings: Settings | None = None) -> CustomerPage:
    (customer,) = desk.read.where(Customer, handle="globex")
    return customer_page(desk.read, customer, Look(desk.now(), settings or desk.settings), Before())


def flags(desk: Desk, settings: Settings | None = None) -> PagePart:
    return page(desk, settings).part("flags")


def test_a_flag_that_is_unknown_now_says_what_it_was(desk: Desk, clock: Clock) -> None:
    desk.scores.set("globex", "Support", "red", "late answers")
    clock.forward(days=3)
    desk.scores.set("globex", "Support", "unknown", "nobody reaches them")
    (line,) = flags(desk).lines
    assert (line.text, line.weight) == ("Support: nobody reaches them", "none")
    assert line.reason == "unknown 0 d, was red, open 3 d, not discussed yet"


def test_a_flag_that_came_again_shows_who_had_it_before(desk: Desk, clock: Clock) -> None:
    desk.scores.set("globex", "Support", "red", "late answers", owner="tom", exit="a quiet week")
    clock.forward(days=3)
    desk.scores.set("globex", "Support", "green")
    clock.forward(days=7)
    desk.scores.set("globex", "Support", "red", "late again")
    (line,) = flags(desk).lines
    assert line.reason == "red again 0 d, 2nd time in 2 weeks, 3 d in all, not discussed yet"
    assert line.said[-1] == "before: Tom Reyes, over when a quiet week"
    assert line.owner == ""


def test_a_flag_of_what_is_no_measure_any_more_is_shown_and_counts(desk: Desk) -> None:
    desk.scores.set("globex", "Support", "red", "late answers")
    without = Settings(measures=MEASURES[:1])
    (line,) = flags(desk, without).lines
    assert line.reason == "red 0 d, not discussed yet, no longer a measure"
    assert page(desk, without).level == "red"


def test_a_measure_in_capitals_keeps_its_flag_and_its_history(desk: Desk) -> None:
    desk.scores.set("globex", "Support", "red", "late answers")
    (line,) = flags(desk, Settings(measures=(replace(MEASURES[1], name="SUPPORT"),))).lines
    assert line.reason == "red 0 d, not discussed yet"


def test_nobody_has_scored_it_yet_only_where_nothing_was_ever_said(desk: Desk) -> None:
    assert flags(desk).summary == "nobody has scored it yet"
    desk.scores.set("globex", "Support", "unknown")
    assert flags(desk).summary.startswith("unknown Product, Support")


def test_a_customer_that_left_shows_its_last_flags(desk: Desk) -> None:
    desk.scores.set("globex", "Support", "red", "late answers")
    desk.people.retire(desk.read.where(Customer, handle="globex")[0])
    assert [line.text for line in flags(desk).lines] == ["Support: late answers"]


@pytest.mark.parametrize("rule", ["strict", "weighted"])
def test_the_last_week_is_the_level_that_is_computed(desk: Desk, clock: Clock, rule: str) -> None:
    desk.scores.set("globex", "Support", "red", "late answers")
    desk.scores.set("globex", "Product", "green")
    desk.scores.override("globex", "green", "they renewed", desk.today())
    found = page(desk, Settings(roll_up="strict" if rule == "strict" else "weighted"))
    assert (found.level, found.computed) == ("green", "red" if rule == "strict" else "orange")
    assert found.trend[-1] == {"orange": 1, "red": 2}[found.computed]
