"""What minutes tell of a walk over the flags and of overrides, and that none of it is for a customer."""

from __future__ import annotations

from datetime import date

import pytest

from opsdesk.core.minutes import Minutes
from opsdesk.desk import Desk
from opsdesk.minutes import FORMATS
from tests.clock import Clock
from tests.desk.meeting_desk import desk as plain_desk
from tests.desk.walk_desk import flagged, started
from tests.minutes.golden import same

FRIDAY = date(2026, 12, 4)


@pytest.fixture
def ours(clock: Clock) -> Desk:
    return flagged(clock)


def walked(minutes: Minutes) -> list[tuple[str, str, str]]:
    return [(f"{each.customer} {each.measure}", each.level, each.outcome) for each in minutes.items[1].walked]


def success(ours: Desk, clock: Clock) -> str:
    """One flag is raised and one customer judged; one is discussed, one resolved, one skipped, one not reached."""
    id = ours.meetings.start("success").id
    ours.meetings.flag(id, "globex support orange Two answers came late")
    ours.scores.override("globex", "green", "the outage is over, they know", FRIDAY, meeting=id)
    clock.forward(minutes=1)
    ours.meetings.next(id, of=0)
    ours.walk.begin(id)
    clock.forward(seconds=150)
    ours.walk.kept(id, FRIDAY, "they asked for a week")
    clock.forward(seconds=100)
    ours.walk.resolved(id, "it runs again")
    ours.walk.skip(id, "Max is away")
    clock.forward(seconds=20)
    ours.walk.discussed(id)
    return id


def test_the_minutes_tell_what_came_of_each_flag(ours: Desk, clock: Clock) -> None:
    id = success(ours, clock)
    ours.meetings.close(id)
    minutes = ours.minutes.of(id).minutes
    assert walked(minutes) == [
        ("Acme Delivery", "red", "kept"),
        ("Globex Product", "red", "resolved"),
        ("Acme Support", "orange", "skipped"),
        ("Globex Delivery", "orange", "discussed"),
        ("Globex Support", "orange", "not reached"),
    ]
    assert [(each.text, each.what) for each in minutes.items[0].changed] == [
        ("Globex judged ● green until 2026-12-04", "set: the outage is over, they know")
    ]
    for form in FORMATS.values():
        same(f"minutes-success{form.suffix}", form.render(minutes))


def test_what_happened_since_changes_nothing_in_minutes_that_are_settled_later(ours: Desk, clock: Clock) -> None:
    id = success(ours, clock)
    ours.meetings.close(id)
    before = walked(ours.minutes.of(id).minutes)
    clock.forward(days=1)
    ours.scores.set("globex", "Support", "green")
    ours.scores.set("acme", "Product", "red", "it crashes")
    for owed in ours.meetings.gate(id):
        ours.meetings.waive(id, owed.key, "by mail")
    ours.meetings.settle(id)
    assert walked(ours.minutes.of(id).minutes) == before


def test_an_override_that_is_lifted_is_told_with_its_reason(ours: Desk, clock: Clock) -> None:
    earlier = ours.scores.override("acme", "green", "they know", FRIDAY)
    id = started(ours, clock)
    ours.scores.lift(earlier.id, "they wrote again", meeting=id)
    ours.meetings.close(id)
    told = ours.minutes.of(id).minutes.items[1].changed
    assert [(each.id, each.text, each.what) for each in told] == [
        ("OV-1", "Acme judged ● green until 2026-12-04", "lifted: they wrote again")
    ]


def test_a_meeting_that_never_came_to_its_flags_says_which_they_were(ours: Desk, clock: Clock) -> None:
    id = ours.meetings.start("success").id
    clock.forward(minutes=1)
    ours.meetings.adjourn(id, "an outage")
    minutes = ours.minutes.of(id).minutes
    assert [outcome for *_, outcome in walked(minutes)] == ["not reached"] * 4
    page = FORMATS["txt"].render(minutes)
    assert "Not reached: ▲ Acme Delivery, ▲ Globex Product, ◆ Acme" in page


def test_a_customer_reads_nothing_of_how_it_is_judged() -> None:
    ours = plain_desk()
    id = ours.meetings.start("call", customer="acme").id
    ours.meetings.flag(id, "acme support red Their CIO wrote")
    ours.scores.override("acme", "green", "they know", FRIDAY, meeting=id)
    ours.meetings.close(id)
    page = FORMATS["txt"].render(ours.minutes.of(id).minutes)
    assert "CIO" not in page
    assert "judged" not in page
    assert ours.minutes.of(id).minutes.flags == ()
