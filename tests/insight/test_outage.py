"""An incident under way: update clock, who knows, timeline, talking points; worked examples."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from opsdesk.core.agenda import Audience
from opsdesk.core.people import Person
from opsdesk.core.register import Look
from opsdesk.core.registers.incidents import Incident, Informed, Talk
from opsdesk.core.registers.timeline import TimelineEntry
from opsdesk.core.settings import Settings
from opsdesk.insight.outage import first_told, speakers, time_until, timeline, uninformed, update_clock
from opsdesk.insight.talking import NEVER, Point, draft_points, talking_points, with_points
from tests.clock import START

LOOK = Look(START, Settings())
PEOPLE = tuple(
    Person(handle=handle, name=handle.title(), department=department)
    for handle, department in (("max", "sales"), ("ann", "Support"), ("bob", "Operations"))
)


def after(minutes: float) -> datetime:
    return START + timedelta(minutes=minutes)


def incident(**more: Any) -> Incident:
    values: dict[str, Any] = {"id": "I-1", "title": "Login slow", "sev": 2, "started": START, "detected": START}
    return Incident(**{**values, **more})


@pytest.mark.parametrize(
    ("sev", "due", "weight", "words"),
    [
        (2, 25, "green", "next update in 25 min"),
        (2, 10, "orange", "next update in 10 min"),
        (2, 0, "orange", "next update in 0 min"),
        (2, -0.5, "red", "update overdue for 0 min"),
        (1, -150, "red", "update overdue for 2 h"),
        (3, -5, "orange", "update overdue for 5 min"),
        (3, 150, "green", "next update in 2 h"),
    ],
)
def test_the_update_clock(sev: int, due: float, weight: str, words: str) -> None:
    clock = update_clock(incident(sev=sev, next_update=after(due)), LOOK)
    assert (clock.weight, clock.words, clock.overdue) == (weight, words, due < 0)
    assert (clock.due, clock.left) == (after(due), timedelta(minutes=due))


def test_no_update_is_due_of_what_is_over_or_has_none() -> None:
    over = {"state": "resolved", "acknowledged": START, "mitigated": START, "resolved": START}
    for each in (incident(), incident(next_update=START, **over)):
        clock = update_clock(each, LOOK, ("Sales",))
        assert (clock.due, clock.words, clock.weight, clock.owed) == (None, "", "none", ())


def test_an_update_is_owed_to_departments_and_whoever_was_told_before() -> None:
    told = tuple(Informed(who=who, at=START) for who in ("sales", "board", "board"))
    assert update_clock(incident(next_update=START, informed=told), LOOK, ("Sales", "Support")).owed == (
        "Sales",
        "Support",
        "board",
    )


def test_who_speaks_with_customers_is_a_setting() -> None:
    assert speakers(PEOPLE, Settings()) == ("Sales", "Support")
    assert speakers((), Settings()) == ("Sales", "Program Management", "Support")
    assert speakers(PEOPLE, Settings(speak_with_customers=("Operations",))) == ("Operations",)


def test_a_department_knows_from_the_first_of_it_that_was_told() -> None:
    told = (
        Informed(who="Sales", at=after(20)),
        Informed(who="max", at=after(7), by="sue"),
        Informed(who="bob", at=after(1)),
    )
    hit = incident(informed=told)
    assert first_told(hit, "Sales", PEOPLE) == told[1]
    assert time_until(hit, "Sales", PEOPLE) == timedelta(minutes=7)
    assert time_until(hit, "Support", PEOPLE) is None
    assert uninformed(hit, PEOPLE, Settings()) == ("Support",)
    assert time_until(replace(hit, detected=after(9)), "Sales", PEOPLE) == timedelta()


instants = st.integers(-600, 600).map(after)


@settings(max_examples=100, deadline=None)
@given(
    st.lists(st.tuples(instants, st.sampled_from(["note", "state", "update"]), st.sampled_from(["I-1", "I-2"]))),
    st.lists(instants, min_size=5, max_size=5).map(sorted),
)
def test_a_timeline_is_in_order_and_loses_nothing(
    said: list[tuple[datetime, Any, str]], stamps: list[datetime]
) -> None:
    names = ("started", "detected", "acknowledged", "mitigated", "resolved")
    hit = incident(state="resolved", **dict(zip(names, stamps, strict=True)))
    entries = [
        TimelineEntry(id=f"L-{n}", about=about, what=what, text=f"{n}", at=at)
        for n, (at, what, about) in enumerate(said, 1)
    ]
    found = timeline(hit, entries)
    assert [each.at for each in found] == sorted(each.at for each in found)
    assert {each.id for each in found} - {""} == {each.id for each in entries if each.about == "I-1"}
    assert set(stamps) <= {each.at for each in found if each.what == "state"}


AUDIENCES: tuple[Audience, ...] = ("team", "company", "customer")
APPROVED = Talk(known="yes", affected="EU", doing="rolling back", not_say="Redis", approved=START, approved_by="sue")
SAID = (
    Point("Do we know of it", "yes"),
    Point("Who is affected", "EU"),
    Point("What works", "not said yet"),
    Point("Workaround", "not said yet"),
    Point("What we are doing", "rolling back"),
    Point("Next update at", "15:30"),
    Point("Do not say", f"{NEVER}; Redis"),
)


def test_talking_points_stand_in_the_order_of_a_call() -> None:
    hit = incident(talk=APPROVED, next_update=after(30))
    assert talking_points(hit, "team", LOOK) == talking_points(hit, "company", LOOK) == SAID


def test_they_are_never_shown_to_a_customer_nor_before_they_are_approved() -> None:
    assert talking_points(incident(talk=APPROVED), "customer", LOOK) == ()
    for talk in (None, Talk(), replace(APPROVED, approved=None)):
        for audience in AUDIENCES:
            assert talking_points(incident(talk=talk), audience, LOOK) == ()


@pytest.mark.parametrize("name", ["known", "affected", "works", "workaround", "doing", "not_say"])
def test_any_change_takes_the_approval_back_and_the_same_words_do_not(name: str) -> None:
    hit = incident(talk=APPROVED)
    changed = with_points(hit, {name: "else"}).talk
    assert changed is not None
    assert (changed.approved, changed.approved_by) == (None, "")
    assert with_points(hit, {name: getattr(APPROVED, name)}) == hit


def test_the_workaround_of_the_incident_is_drafted_but_what_is_approved_stays_as_it_is() -> None:
    hit = incident(workaround="use the app")
    assert draft_points(hit, LOOK)[3] == Point("Workaround", "use the app")
    assert talking_points(replace(hit, talk=APPROVED), "team", LOOK)[3] == Point("Workaround", "not said yet")


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"next_update": after(-5)}, "14:55 (overdue)"),
        ({}, "none is due"),
        ({"resolved": after(-5), "state": "resolved"}, "none: resolved at 14:55"),
    ],
)
def test_when_the_next_update_is(more: dict[str, Any], said: str) -> None:
    assert draft_points(incident(**more), LOOK)[5] == Point("Next update at", said)
