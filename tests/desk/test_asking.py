"""What is asked before it is kept, and kept as it is once somebody says that it is meant."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from opsdesk.core.errors import Invalid
from opsdesk.core.kinds import shapes
from opsdesk.desk import Desk
from tests.clock import Clock
from tests.desk.meeting_desk import desk


@pytest.fixture
def sue(clock: Clock) -> Desk:
    return desk(clock)


def record(at: Desk, id: str) -> Any:
    shape = next(shape for shape in shapes().values() if shape.prefix == id.partition("-")[0])
    return at.read.get(shape, id)


def test_a_customer_that_is_not_known_makes_no_incident_unless_that_is_meant(sue: Desk) -> None:
    before = len(sue.history())
    for make in (sue.incidents.open, lambda text: sue.registers.add("incidents", text)):
        with pytest.raises(Invalid, match=r"#acmee is no customer here: did you mean #acme\? .* ctrl\+o"):
            make("Login slow #acmee")
    assert len(sue.history()) == before
    kept = sue.incidents.open("Login slow #acmee", meant=True)
    assert (kept.title, kept.customers) == ("Login slow #acmee", ())
    assert sue.registers.anyway.add("incidents", "See ticket:x").id == "I-2"


def test_a_verbs_words_are_asked_about_too(sue: Desk) -> None:
    sue.registers.add("bugs", "Crash")
    with pytest.raises(Invalid, match="is not taken here: it takes Reason"):
        sue.registers.act(["B-1"], "fix", "customer:acme had it")
    sue.registers.anyway.act(["B-1"], "fix", "customer:acme had it")
    assert record(sue, "B-1").why == "customer:acme had it"


def test_an_environment_is_not_taken_from_whoever_holds_it_without_a_word(sue: Desk) -> None:
    sue.registers.add("environments", "staging @bob 2026-11-27")
    said = "E-1: staging is held by Bob until Fri 27 Nov: Ann would take it away."
    for take in (
        lambda at: at.act(["E-1"], "hold", "@ann 2026-12-01"),
        lambda at: at.set(["E-1"], {"holder": "ann"}),
    ):
        with pytest.raises(Invalid) as asked:
            take(sue.registers)
        assert asked.value.message == said
        assert record(sue, "E-1").holder == "bob"
    with pytest.raises(Invalid):
        sue.triage.act(["E-1"], "give", "@ann")
    sue.triage.anyway.act(["E-1"], "give", "@ann 2026-12-01")
    assert (record(sue, "E-1").holder, record(sue, "E-1").until) == ("ann", date(2026, 12, 1))
    sue.registers.act(["E-1"], "free")
    sue.registers.act(["E-1"], "hold", "@bob")
    assert record(sue, "E-1").holder == "bob"


def test_no_second_of_the_same_name_and_no_circle_comes_about(sue: Desk) -> None:
    for text in ("Login", "Database"):
        sue.registers.add("components", text)
    sue.registers.add("environments", "staging")
    for make, said in (
        (lambda: sue.registers.add("components", "login"), "K-1, handle login"),
        (lambda: sue.registers.set(["K-2"], {"name": "LOGIN"}), "K-1, handle login"),
        (lambda: sue.registers.add("environments", "Staging @bob"), "already: E-1"),
        (lambda: sue.registers.add("components", "x handle:login"), "The handle login is taken by K-1"),
    ):
        with pytest.raises(Invalid, match=said):
            make()
    sue.registers.set(["K-1"], {"depends": "database"})
    with pytest.raises(Invalid, match="database → login → database: nothing can depend on itself"):
        sue.registers.set(["K-2"], {"depends": "login"})
    assert record(sue, "K-2").depends == ()
    sue.registers.set(["K-1"], {"owner": "bob"})
    assert record(sue, "K-1").owner == "bob"
