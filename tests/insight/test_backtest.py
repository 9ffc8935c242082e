"""Was it green 30 days before it churned or escalated?"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from opsdesk.core.customers import Customer
from opsdesk.core.register import Look
from opsdesk.core.registers.overrides import Override
from opsdesk.core.scores import Score
from opsdesk.core.settings import Settings
from opsdesk.insight.backtest import Backtest, backtest, level_at
from opsdesk.insight.spells import histories
from tests.insight.scored import LOOK, PLAIN, at, day, history, score

ACME = Customer(handle="acme", name="Acme")


class Escalation(msgspec.Struct):
    customer: str
    opened: datetime | None


def left(days: int, handle: str = "acme") -> Customer:
    return Customer(handle=handle, name=handle, active=False, left=day(days))


CASES = [
    ("green 30 days before it left", ((-50, "g"),), ("green", True)),
    ("red 30 days before it left", ((-50, "r"),), ("red", False)),
    ("what was said within the 30 days came too late", ((-50, "g"), (-20, "r")), ("green", True)),
    ("on the day itself it was in time", ((-50, "g"), (-35, "o")), ("orange", False)),
    ("the day after was not", ((-50, "g"), (-34, "o")), ("green", True)),
    ("never said before: unknown is not green", ((-20, "g"),), ("unknown", False)),
    ("a green that was stale by then is not green", ((-99, "g"),), ("unknown", False)),
]


@pytest.mark.parametrize(("source", "said", "expected"), CASES, ids=[case[0] for case in CASES])
def test_what_the_sheet_said_before_a_customer_left(
    source: str, said: tuple[tuple[float, str], ...], expected: tuple[str, bool]
) -> None:
    (found,) = backtest([left(-5)], [], history(*said), LOOK)
    assert (found.what, found.on, found.before, found.green) == ("left", day(-5), *expected)


def test_an_escalation_is_tested_alike() -> None:
    said = (*history((-50, "g")), *history((-50, "r"), (-41, "g"), customer="globex"))
    opened = [Escalation("acme", at(-2)), Escalation("globex", at(-12)), Escalation("acme", None)]
    assert backtest([ACME], opened, said, LOOK) == (
        Backtest(customer="acme", what="escalated", on=day(-2), before="green", shown="green"),
        Backtest(customer="globex", what="escalated", on=day(-12), before="red", shown="red"),
    )


def test_an_escalation_is_measured_at_the_instant_30_days_before() -> None:
    said = (score("g", -40, id="S-1"), score("r", -35, id="S-2"))
    for hours, before in ((-0.01, "green"), (0.01, "red")):
        (found,) = backtest([ACME], [Escalation("acme", at(-5 + hours))], said, LOOK)
        assert (found.on, found.before) == (day(-5), before)


def override(days: float, until: int, lifted: float | None = None) -> Override:
    return Override(
        title="they renewed",
        customer="acme",
        level="green",
        until=day(until),
        created=at(days),
        state="standing" if lifted is None else "lifted",
        lifted=None if lifted is None else at(lifted),
    )


SHOWN = [
    ("without an override the sheet showed what it computed", [], "red"),
    ("with the override in force", [override(-50, -30)], "green"),
    ("its last day counts", [override(-50, -35)], "green"),
    ("it had expired", [override(-50, -36)], "red"),
    ("it had been lifted", [override(-50, -20, lifted=-40)], "red"),
    ("it was lifted later", [override(-50, -20, lifted=-30)], "green"),
    ("it came later", [override(-34, -20)], "red"),
]


@pytest.mark.parametrize(("source", "overrides", "shown"), SHOWN, ids=[case[0] for case in SHOWN])
def test_computed_and_as_shown(source: str, overrides: list[Override], shown: str) -> None:
    for customers, escalations in (([left(-5)], []), ([ACME], [Escalation("acme", at(-5))])):
        (found,) = backtest(customers, escalations, history((-60, "r")), LOOK, overrides)
        assert (found.before, found.shown, found.green) == ("red", shown, False)


def test_the_newest_come_first_and_what_lies_ahead_is_left_out() -> None:
    customers = [left(-40, "old"), left(-5, "new"), left(5, "leaving"), ACME]
    found = backtest(customers, [Escalation("acme", at(-20)), Escalation("acme", at(1))], (), LOOK)
    assert [(each.customer, each.what) for each in found] == [("new", "left"), ("acme", "escalated"), ("old", "left")]


def test_it_goes_by_the_roll_up_of_the_company() -> None:
    said = (*history((-40, "r")), *history((-50, "g"), measure="Product"), *history((-50, "g"), measure="Delivery"))
    weighted = replace(PLAIN, roll_up="weighted")
    assert [each.before for each in backtest([left(0)], [], said, LOOK)] == ["red"]
    assert [each.before for each in backtest([left(0)], [], said, Look(at(), weighted))] == ["orange"]


def test_the_day_is_that_of_the_company_also_across_daylight_saving() -> None:
    chicago = Settings(time_zone="America/Chicago")
    customer = Customer(handle="acme", name="Acme", active=False, left=date(2026, 11, 23))
    last = replace(score("g"), at=datetime(2026, 10, 25, 4, 59, tzinfo=UTC))  # Saturday 24 October, 23:59 there
    first = replace(score("r"), at=datetime(2026, 10, 25, 5, tzinfo=UTC))
    (found,) = backtest([customer], [], [first, last], Look(at(), chicago))
    assert found.before == "green"


def test_the_day_of_an_escalation_is_the_companys_too() -> None:
    tokyo = Settings(time_zone="Asia/Tokyo")
    (found,) = backtest([ACME], [Escalation("acme", at())], (), Look(at(), tokyo))
    assert found.on == day(1)


def test_a_level_at_a_moment_knows_nothing_of_later() -> None:
    said = histories(history((-9, "g"), (-5, "r"), (-2, "g")))
    assert [level_at(said, at(days), PLAIN) for days in (-10, -9, -5.5, -5, -2)] == [
        *("unknown", "green", "green", "red", "green")
    ]


def walked(cells: list[tuple[Score, ...]], moment: datetime) -> str:
    """By going through everything that was said, one after the other."""
    now: dict[str, Score] = {}
    for said in sorted((each for cell in cells for each in cell), key=lambda each: each.at):
        if said.at <= moment:
            now[said.measure] = said
    levels = {each.level for each in now.values() if each.flag or not each.stale(Look(moment, PLAIN))}
    return next((level for level in ("red", "orange", "green") if level in levels), "unknown")


SAID = st.lists(st.tuples(st.integers(-90, 0), st.sampled_from("rogu")), max_size=6)


@given(SAID, SAID, st.integers(-95, 1))
@settings(max_examples=200)
def test_a_level_at_any_moment_is_what_a_walk_through_all_finds(
    one: list[tuple[int, str]], other: list[tuple[int, str]], days: int
) -> None:
    cells = [history(*sorted(one)), history(*sorted(other), measure="Product")]
    moment = at(days) + timedelta(hours=1)
    found = level_at(histories(each for cell in cells for each in cell), moment, PLAIN)
    assert found == walked(cells, moment)
