"""Who is there, who is on call, and what nobody covers."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from opsdesk.core.actions import Action
from opsdesk.core.registers.absences import Absence
from opsdesk.core.registers.components import Component
from opsdesk.core.registers.deliveries import Delivery
from opsdesk.core.registers.environments import Environment
from opsdesk.core.registers.incidents import Incident
from opsdesk.insight.cover import AHEAD, Held, Uncovered, uncovered, unmanned

TODAY = date(2026, 11, 23)


def absence(person: str, first: int, last: int, what: str = "away", cover: str = "") -> Absence:
    starts, ends = TODAY + timedelta(days=first), TODAY + timedelta(days=last)
    return Absence(person=person, starts=starts, ends=ends, what=what, cover=cover)


def days(*ahead: int) -> tuple[date, ...]:
    return tuple(TODAY + timedelta(days=n) for n in ahead)


def test_days_on_which_whoever_is_on_call_is_away_count_as_unmanned() -> None:
    recorded = [absence("tom", 0, 4, "on call"), absence("sue", 5, 9, "on call"), absence("tom", 3, 4)]
    assert unmanned(recorded, TODAY) == days(3, 4)


def test_where_nobody_has_been_on_call_for_a_month_nobody_is_missed() -> None:
    assert unmanned([absence("tom", -40, -32, "on call")], TODAY) == ()
    assert unmanned([absence("tom", -40, -31, "on call")], TODAY) == days(*range(AHEAD))


def test_what_is_theirs_is_left_to_nobody_unless_somebody_who_is_there_covers() -> None:
    tom = absence("tom", 0, 2, cover="sue")
    held = Held(
        components=[Component(handle="mail", name="Mail", owner="tom")],
        incidents=[Incident(id="I-1", title="x", owner="tom")],
        environments=[Environment(name="staging", holder="tom"), Environment(name="dev", holder="sue")],
    )
    assert uncovered(tom, [tom], held, TODAY) == Uncovered()
    both = [tom, absence("sue", 2, 3)]
    assert uncovered(tom, both, held, TODAY) == Uncovered(
        cover_away=True, components=("Mail",), incidents=("I-1",), environments=("staging",)
    )


def test_promises_that_fall_due_meanwhile_are_left_to_nobody() -> None:
    def due(id: str, ahead: int, owner: str = "tom", promise: bool = True) -> Action:
        return Action(id=id, title="x", owner=owner, due=TODAY + timedelta(days=ahead), promise=promise)

    held = Held(
        actions=[due("A-1", 2), due("A-2", 3), due("A-3", 2, promise=False), due("A-4", 2, "sue"), due("A-5", -1)],
        deliveries=[Delivery(id="DL-1", title="x", owner="tom", promised=TODAY)],
    )
    tom = absence("tom", -2, 2)
    assert uncovered(tom, [tom], held, TODAY).promises == ("A-1", "DL-1")


def test_who_stands_in_for_somebody_on_call_has_the_duty() -> None:
    duty, out = absence("tom", 0, 9, "on call"), absence("tom", 1, 2, cover="sue")
    assert unmanned([duty, out], TODAY) == ()
    assert unmanned([duty, out, absence("sue", 2, 2)], TODAY) == days(2)


def test_only_who_would_be_on_call_leaves_the_duty_to_nobody() -> None:
    duty, tom, ana = absence("tom", 0, 2, "on call"), absence("tom", 2, 4), absence("ana", 2, 4)
    recorded = [duty, tom, ana]
    assert uncovered(tom, recorded, Held(), TODAY).on_call == days(2)
    assert uncovered(ana, recorded, Held(), TODAY) == Uncovered()


spans = st.builds(
    lambda person, first, length, what: absence(person, first, first + length, what),
    st.sampled_from(["tom", "sue", "ana"]), st.integers(-10, 10), st.integers(0, 9),
    st.sampled_from(["away", "on call"]),
)  # fmt: skip


@given(st.lists(spans, max_size=8))
def test_unmanned_days_are_those_that_counting_day_by_day_finds(recorded: list[Absence]) -> None:
    expected = []
    for day in days(*range(AHEAD)):
        away = {each.person for each in recorded if each.what == "away" and each.on(day)}
        if not {each.person for each in recorded if each.what == "on call" and each.on(day)} - away:
            expected.append(day)
    used = any(each.what == "on call" for each in recorded)
    assert unmanned(recorded, TODAY) == (tuple(expected) if used else ())
