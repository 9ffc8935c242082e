from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import convert

from opsdesk.core.names import Directory, fold, handle_for
from opsdesk.core.record import Handle

PEOPLE = Directory([("sue", "Sue Park"), ("bob", "Bob Hill"), ("bo", "Bo Li")], [("old", "Old Hand")])


@pytest.mark.parametrize(
    ("name", "taken", "handle"),
    [
        ("Sue Park", (), "sue"),
        ("Sue Park", ("sue",), "sue.park"),
        ("Sue Park", ("sue", "sue.park"), "sue2"),
        ("Sue Park", ("sue", "sue.park", "sue2"), "sue3"),
        ("Wayne & Söhne", (), "wayne"),
        ("Wayne & Söhne", ("wayne",), "wayne.sohne"),
        ("Øystein Strauß", ("oystein",), "oystein.strauss"),
        ("[EMEA] 日本物流", (), "emea"),
        ("日本物流", (), "c1"),
        ("日本物流", ("c1",), "c2"),
        ("3M", (), "3m"),
        ("", (), "c1"),
    ],
)
def test_a_handle_is_made_from_the_name(name: str, taken: tuple[str, ...], handle: str) -> None:
    assert handle_for(name, taken, "c") == handle


@given(st.lists(st.text(), max_size=20))
def test_every_name_gets_a_handle_of_its_own_that_a_record_may_hold(names: list[str]) -> None:
    taken: set[str] = set()
    for name in names:
        handle = handle_for(name, taken)
        assert convert(handle, Handle)
        assert handle not in taken
        taken.add(handle)


def test_a_very_long_name_gets_a_handle_of_allowed_length() -> None:
    name = "x" * 100
    first = handle_for(name, ())
    assert len(first) == 40
    assert convert(handle_for(name, {first}), Handle) != first


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("sue", ("sue",)),
        ("Bob Hill", ("bob",)),
        ("bobhill", ("bob",)),
        ("bo", ("bo",)),
        ("b", ("bo", "bob")),
        ("li", ("bo",)),
        ("ill", ()),
        ("old", ("old",)),
        ("ol", ()),
        ("", ()),
        ("PARK", ("sue",)),
    ],
)
def test_people_are_found_by_what_is_typed_of_them(typed: str, found: tuple[str, ...]) -> None:
    assert PEOPLE.find(typed) == found


def test_a_name_not_known_is_its_handle() -> None:
    assert (PEOPLE.name("sue"), PEOPLE.name("old"), PEOPLE.name("dan")) == ("Sue Park", "Old Hand", "dan")


@given(st.text())
def test_folding_is_done_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)
