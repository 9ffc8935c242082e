"""What a red flag owes, and until when."""

from __future__ import annotations

from datetime import date

import pytest
from msgspec.structs import replace

from opsdesk.core.scores import Score
from opsdesk.insight.plans import late, owes, plan_due
from tests.insight.scored import LOOK, PLAIN, day, look, score

ASKED = {"owner": "sue", "exit": "two quiet weeks", "plan": day(5)}

DUE = [
    ("plan within 2 working days of turning red: Monday → Wednesday", 0, date(2026, 11, 25)),
    ("Thursday → Monday", 3, date(2026, 11, 30)),
    ("Friday → Tuesday", 4, date(2026, 12, 1)),
    ("Saturday → Tuesday", 5, date(2026, 12, 1)),
    ("Sunday → Tuesday", 6, date(2026, 12, 1)),
]


@pytest.mark.parametrize(("source", "turned", "due"), DUE, ids=[case[0] for case in DUE])
def test_a_plan_is_due_two_working_days_after_turning_red(source: str, turned: int, due: date) -> None:
    assert plan_due(score("r", turned), PLAIN) == due


def test_holidays_and_the_companys_own_week_count() -> None:
    closed = replace(PLAIN, holidays=(date(2026, 11, 24),))
    assert plan_due(score("r"), closed) == date(2026, 11, 26)
    gulf = replace(PLAIN, working_days=("sun", "mon", "tue", "wed", "thu"))
    assert plan_due(score("r", 3), gulf) == date(2026, 11, 30)


def test_it_turned_red_on_the_companys_day_and_a_confirmation_gives_no_more_time() -> None:
    tokyo = replace(PLAIN, time_zone="Asia/Tokyo")  # midnight there: Tuesday already
    assert plan_due(score("r"), tokyo) == date(2026, 11, 26)
    assert plan_due(score("r", 2, since=0), PLAIN) == date(2026, 11, 25)


OWED = [
    ("a red flag has an owner, an exit criterion and a plan date", score("r"), ("owner", "exit", "plan")),
    ("what it has it does not owe", score("r", **ASKED), ()),
    ("each on its own", score("r", **ASKED | {"exit": ""}), ("exit",)),
    ("a plan for today is one", score("r", **ASKED | {"plan": day()}), ()),
    ("a plan date that has passed is none", score("r", -9, **ASKED | {"plan": day(-1)}), ("plan",)),
    ("orange owes nothing", score("o"), ()),
    ("green owes nothing", score("g"), ()),
    ("unknown owes nothing", score("u"), ()),
]


@pytest.mark.parametrize(("source", "flag", "owed"), OWED, ids=[case[0] for case in OWED])
def test_what_is_owed(source: str, flag: Score, owed: tuple[str, ...]) -> None:
    assert owes(flag, LOOK) == owed


def test_it_is_late_from_the_day_after_the_second_working_day_on() -> None:
    flag = score("r")
    assert [late(flag, look(days)) for days in (0, 2, 3)] == [False, False, True]
    settled = score("r", **ASKED)
    assert [late(settled, look(days)) for days in (3, 5, 6)] == [False, False, True]
    assert not late(score("o", -30), LOOK)
