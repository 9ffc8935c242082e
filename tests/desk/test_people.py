from __future__ import annotations

from datetime import date

import pytest

from opsdesk.core.customers import Customer
from opsdesk.core.errors import Invalid, NotFound
from opsdesk.core.people import Person
from opsdesk.core.settings import Settings
from opsdesk.desk import Desk
from opsdesk.store.memory import MemoryStore
from tests.clock import Clock


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def desk(clock: Clock) -> Desk:
    return Desk(MemoryStore(), clock, "sue", Settings(), dict)


def test_people_get_handles_of_their_own(desk: Desk) -> None:
    handles = [desk.people.add("Sue Park", "Operations").handle for _ in range(3)]
    assert handles == ["sue", "sue.park", "sue2"]
    assert [each.department for each in desk.read.all(Person)] == ["Operations"] * 3


@pytest.mark.parametrize(
    ("wanted", "handle"), [("@Sue", "sue"), ("Zoë", "zoe"), ("s p", "s.p"), (".x", "x"), ("日本", "sue"), ("", "sue")]
)
def test_a_wanted_handle_is_written_as_handles_are(desk: Desk, wanted: str, handle: str) -> None:
    assert desk.people.add("Sue Park", handle=wanted).handle == handle


def test_a_handle_is_given_once_to_a_person_and_once_to_a_customer(desk: Desk) -> None:
    desk.people.add("Sue Park")
    desk.people.add_customer("Sue's Shop", handle="sue")
    with pytest.raises(Invalid, match="handle sue is Sue Park's"):
        desk.people.add("Sue Ott", handle="sue")
    with pytest.raises(Invalid, match="handle sue is Sue's Shop's"):
        desk.people.add_customer("Other", handle="sue")
    assert len(desk.read.all(Person)) == 1


@pytest.mark.parametrize("name", ["", "  ", "\u202e\x1b"])
def test_nobody_is_without_a_name(desk: Desk, name: str) -> None:
    with pytest.raises(Invalid, match="name"):
        desk.people.add(name)
    with pytest.raises(Invalid, match="name"):
        desk.people.add_customer(name, handle="x")


def test_a_customer(desk: Desk) -> None:
    desk.people.add("Sue Park")
    made = desk.people.add_customer("Wayne & Söhne", owner="sue", onboarding=True, revenue=120_000)
    assert (made.handle, made.owner, made.onboarding, made.revenue) == ("wayne", "sue", True, 120_000)
    with pytest.raises(Invalid, match="Nobody has the handle dan"):
        desk.people.add_customer("Acme", owner="dan")
    assert [each.handle for each in desk.read.all(Customer)] == ["wayne"]


def test_names_of_handles(desk: Desk) -> None:
    desk.people.add("Sue Park")
    desk.people.add_customer("Acme Inc")
    assert (desk.people.person_name("sue"), desk.people.person_name("dan")) == ("Sue Park", "dan")
    assert (desk.people.customer_name("acme"), desk.people.customer_name("")) == ("Acme Inc", "")


def test_renaming_keeps_the_handle(desk: Desk) -> None:
    desk.people.add("Sue Park")
    desk.people.add_customer("Acme Inc")
    assert desk.people.rename("sue", "Sue Ott").handle == "sue"
    assert desk.people.rename_customer("acme", "Acme AG").name == "Acme AG"
    assert (desk.people.person_name("sue"), desk.people.customer_name("acme")) == ("Sue Ott", "Acme AG")
    with pytest.raises(NotFound):
        desk.people.rename("dan", "Dan")
    with pytest.raises(NotFound):
        desk.people.rename_customer("dan", "Dan")
    with pytest.raises(Invalid):
        desk.people.rename("sue", " ")


def test_hostile_names_are_names(desk: Desk) -> None:
    made = desk.people.add("[EMEA] Ünïcode 日本 [/x] \u202e")
    assert (made.name, made.handle) == ("[EMEA] Ünïcode 日本 [/x]", "emea")
    with pytest.raises(Invalid):
        desk.people.add("x" * 10_001)


def test_a_customer_that_is_retired_was_one_until_today(desk: Desk, clock: Clock) -> None:
    acme = desk.people.add_customer("Acme")
    gone = desk.people.retire(acme)
    assert (gone.active, gone.left) == (False, date(2026, 11, 23))
    clock.forward(days=9)
    assert desk.people.retire(gone).left == date(2026, 11, 23), "retired once more, it left when it left"
    back = desk.people.retire(gone, back=True)
    assert (back.active, back.left) == (True, None)
    desk.undo.last()
    assert desk.read.get(Customer, acme.id).left == date(2026, 11, 23)


def test_a_person_that_is_retired_has_no_such_day(desk: Desk) -> None:
    sue = desk.people.add("Sue Park")
    assert desk.people.retire(sue) == desk.read.get(Person, sue.id)
    assert not desk.read.get(Person, sue.id).active
