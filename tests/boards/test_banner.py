"""The banner of an outage: the worst in one line, and before whom it may stand."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from opsdesk.boards.banner import banner, open_incidents
from opsdesk.boards.table import Scene
from opsdesk.core.registers.incidents import REGISTER, Incident
from opsdesk.core.settings import Settings
from opsdesk.store.memory import MemoryStore
from tests.clock import START
from tests.desk.meeting_desk import furnished

NOW = START + timedelta(minutes=42)


def incident(title: str, sev: int, minutes: int = 0, **more: Any) -> Incident:
    at = START + timedelta(minutes=minutes)
    return Incident(title=title, sev=sev, started=at, detected=at, **more)


def scene(**more: Any) -> Scene:
    return Scene(now=NOW, settings=Settings(time_zone="Europe/Berlin"), **more)


@pytest.fixture
def store() -> MemoryStore:
    made = furnished()
    with made.work("fill", by="sue", at=START) as work:
        work.add(incident("Login slow, EU", 1, customers=("acme", "globex"), next_update=NOW + timedelta(minutes=12)))
        work.add(incident("Export fails", 3, customers=("acme",), next_update=NOW + timedelta(minutes=5)))
        work.add(incident("Import of Globex fails", 2, 40, customers=("acme",), next_update=NOW))
        over = {"state": "resolved", "acknowledged": NOW, "mitigated": NOW, "resolved": NOW}
        work.add(incident("Old", 1, **over))
    return made


def settle(store: MemoryStore, *ids: str) -> None:
    with store.work("settle", by="sue", at=NOW) as work:
        for id in ids:
            work.remove(Incident, id)


def test_nothing_open_is_no_banner() -> None:
    assert banner(furnished(), scene()) is None


def test_the_worst_stands_in_one_line_with_how_many_more(store: MemoryStore) -> None:
    assert banner(store, scene()) == (
        "SEV-1",
        "Login slow, EU",
        "since 16:00 (42 min)",
        "next update in 12 min",
        "2 more",
    )
    assert [each.id for each in open_incidents(store, scene())] == ["I-1", "I-3", "I-2"]
    assert banner(store, scene(audience="company")) == banner(store, scene())


def test_an_update_that_is_overdue_is_said_inside_only(store: MemoryStore) -> None:
    with store.work("late", by="sue", at=NOW) as work:
        for each in store.live(Incident):
            work.put(Incident(**{**{name: each[name] for name in each}, "next_update": NOW - timedelta(minutes=5)}))
    told = banner(store, scene())
    assert told is not None
    assert told[3:] == ("update overdue for 5 min", "2 more, update overdue")
    assert banner(store, scene(audience="customer", customer="acme")) == (
        "SEV-1",
        "Login slow, EU",
        "since 16:00 (42 min)",
        "2 more",
    )


def test_of_one_severity_whatever_owes_an_update_stands_first() -> None:
    quiet = incident("Everything is down", 2, 42, id="I-1", next_update=NOW + timedelta(minutes=5))
    late = incident("Login slow", 2, 5, id="I-2", impact="partial", next_update=NOW - timedelta(minutes=5))
    part = incident("Export fails", 2, 60, id="I-3", impact="partial", next_update=NOW + timedelta(minutes=5))
    watched = incident("Mail is late", 1, 60, id="I-4", state="monitoring")
    forgotten = replace(watched, id="I-5", next_update=NOW - timedelta(minutes=1))
    found = [part, watched, quiet, late, forgotten]
    ordered = sorted(found, key=lambda each: REGISTER.order(each, scene().look))
    assert [each.id for each in ordered] == ["I-5", "I-2", "I-1", "I-3", "I-4"]


def test_the_update_that_another_outage_owes_is_said(store: MemoryStore) -> None:
    with store.work("late", by="sue", at=NOW) as work:
        work.put(replace(store.get(Incident, "I-3"), next_update=NOW - timedelta(minutes=5)))
    told, outside = banner(store, scene()), banner(store, scene(audience="customer", customer="acme"))
    assert told is not None
    assert outside is not None
    assert (told[-1], outside[-1]) == ("2 more, update overdue", "2 more")


def test_before_a_customer_only_what_concerns_it_and_no_other_name(store: MemoryStore) -> None:
    acme, globex = (scene(audience="customer", customer=each) for each in ("acme", "globex"))
    both = ("SEV-1", "Login slow, EU", "since 16:00 (42 min)", "next update in 12 min")
    assert banner(store, acme) == (*both, "2 more")
    assert banner(store, globex) == both
    settle(store, "I-1")
    assert banner(store, acme) == ("SEV-2", "incident", "since 16:40 (2 min)", "next update in 0 min", "1 more")
    settle(store, "I-3")
    assert banner(store, acme) == ("SEV-3", "Export fails", "since 16:00 (42 min)", "next update in 5 min")
    for room in (globex, scene(audience="customer")):
        assert banner(store, room) is None


def test_one_without_an_update_due_says_nothing_of_it(store: MemoryStore) -> None:
    settle(store, "I-1", "I-2", "I-3")
    with store.work("open", by="sue", at=NOW) as work:
        work.add(incident("日本 slow", 4))
    assert banner(store, scene()) == ("SEV-4", "日本 slow", "since 16:00 (42 min)")
