"""What one record runs into, said of either side, also before it is kept."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from opsdesk.core.people import Person
from opsdesk.core.register import Look, Registered
from opsdesk.core.registers.absences import Absence
from opsdesk.core.registers.bugs import Bug
from opsdesk.core.registers.components import Component
from opsdesk.core.registers.deliveries import Delivery
from opsdesk.core.registers.environments import Environment
from opsdesk.core.registers.incidents import Incident
from opsdesk.core.registers.maintenance import Maintenance
from opsdesk.core.registers.releases import Release
from opsdesk.core.settings import Settings
from opsdesk.insight.foreseen import foreseen
from tests.boards.company import Memory
from tests.clock import START

TUESDAY, FRIDAY = date(2026, 11, 24), date(2026, 11, 27)
LOOK = Look(START, Settings(holidays=(TUESDAY,)))
SUE = Person(id="P-1", handle="sue", name="Sue Park")
LOGIN = Component(id="K-1", handle="login", name="Login", owner="sue")
WINDOW = Maintenance(
    id="W-1",
    title="New disks",
    components=("login",),
    starts=START + timedelta(hours=24),
    ends=START + timedelta(hours=26),
)
AWAY = Absence(id="AB-1", person="sue", starts=TUESDAY, ends=FRIDAY)
OUT = Release(id="RL-1", version="2.4", planned=TUESDAY)
DOWN = Incident(id="I-1", title="Login slow", sev=2, components=("login",), started=START)


def said(record: Registered, *others: Any) -> tuple[str, ...]:
    return foreseen(record, Memory(SUE, LOGIN, *others), LOOK)


def test_a_window_runs_into_incidents_absences_releases_and_holidays() -> None:
    whole = (
        "I-1 (SEV-2) is open on login",
        "Sue Park, who owns Login, is away from Tue 24 Nov to Fri 27 Nov, and nobody covers",
        "release 2.4 is planned for Tue 24 Nov",
        "Tue 24 Nov is a holiday",
    )
    assert said(WINDOW, WINDOW, AWAY, OUT, DOWN) == whole
    typed = Maintenance(title="New disks", components=("login",), starts=WINDOW.starts, ends=WINDOW.ends)
    assert said(typed, AWAY, OUT, DOWN) == whole


def test_whatever_a_window_runs_into_names_the_window_also_while_it_is_typed() -> None:
    for record in (AWAY, OUT, DOWN):
        assert said(record, WINDOW, AWAY, OUT, DOWN) == ("conflicts with W-1 New disks",)
    assert said(Absence(person="sue", starts=TUESDAY, ends=TUESDAY), WINDOW) == ("conflicts with W-1 New disks",)
    assert said(Absence(person="sue", starts=FRIDAY, ends=FRIDAY), WINDOW) == ()
    assert said(Absence(person="tom", starts=TUESDAY, ends=TUESDAY), WINDOW) == ()
    assert said(Release(version="2.5", planned=TUESDAY), WINDOW) == ("conflicts with W-1 New disks",)


def test_the_record_at_hand_counts_and_not_as_it_was_kept() -> None:
    moved = Release(id="RL-1", version="2.4", planned=FRIDAY)
    assert said(moved, WINDOW, OUT) == ()


def test_an_environment_held_too_long_and_a_delivery_past_its_promise() -> None:
    held = Environment(id="E-1", name="staging", holder="sue", until=date(2026, 11, 20))
    assert said(held) == ("Sue Park holds it 3 days past Fri 20 Nov",)
    late = Delivery(id="DL-1", title="Sign-on", promised=TUESDAY, forecast=FRIDAY)
    assert said(late) == ("forecast Fri 27 Nov is 3 days past the promise of Tue 24 Nov",)
    assert said(Bug(id="B-1", title="Tax")) == ()


def test_who_is_away_while_on_call_leaves_the_duty_to_nobody_unless_somebody_covers() -> None:
    duty = Absence(id="AB-2", person="sue", what="on call", starts=TUESDAY, ends=FRIDAY)
    today = START.date()
    assert said(Absence(person="sue", starts=TUESDAY, ends=TUESDAY), duty) == ("on call tomorrow, and nobody else is",)
    long = Absence(person="sue", starts=today, ends=date(2036, 1, 1))
    assert said(long, duty) == ("on call tomorrow and 3 days more, and nobody else is",)
    assert said(Absence(person="sue", starts=TUESDAY, ends=FRIDAY, cover="tom"), duty) == ()
    assert said(Absence(person="tom", starts=TUESDAY, ends=FRIDAY), duty) == ()
    both = Absence(id="AB-3", person="tom", what="on call", starts=TUESDAY, ends=FRIDAY)
    assert said(Absence(person="sue", starts=TUESDAY, ends=FRIDAY), duty, both) == ()
