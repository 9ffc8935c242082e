from __future__ import annotations

import pytest

from opsdesk.core.customers import Customer
from opsdesk.core.errors import Invalid, NotFound
from opsdesk.core.people import Person
from opsdesk.core.settings import Settings
from opsdesk.desk import Desk
from opsdesk.store.memory import MemoryStore
from tests.clock import Clock


@pytest.fixture
def desk() -> Desk:
    return Desk(MemoryStore(), Clock(), "sue", Settings(), dict)


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
