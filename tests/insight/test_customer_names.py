"""Finding a customer by any part of its name or handle."""

from __future__ import annotations

import pytest

from opsdesk.core.customers import Customer
from opsdesk.insight.customer_names import CustomerNames


def customer(name: str, handle: str, number: int = 1, *, active: bool = True) -> Customer:
    return Customer(id=f"C-{number}", name=name, handle=handle, active=active)


NAMES = CustomerNames(
    (
        customer("Globex", "globex", 1),
        customer("Wayne & Söhne", "wayne", 2),
        customer("Big Globe", "big", 3),
        customer("[EMEA] 日本物流", "nippon", 4),
        customer("Aglow", "aglow", 5),
        customer("Globus", "globus", 6, active=False),
    )
)


@pytest.mark.parametrize(
    ("typed", "handles"),
    [
        ("glo", ["globex", "big", "aglow", "globus"]),
        ("globex", ["globex"]),
        ("#globex", ["globex"]),
        ("GLOBE", ["globex", "big"]),
        ("sohne", ["wayne"]),
        ("SÖHNE wayne", ["wayne"]),
        ("日本", ["nippon"]),
        ("[emea", ["nippon"]),
        ("globe big", ["big"]),
        ("nobody", []),
        ("[/x] \u202e", []),
    ],
)
def test_any_part_finds_what_begins_so_first_and_who_has_left_last(typed: str, handles: list[str]) -> None:
    assert [each.handle for each in NAMES.find(typed)] == handles


@pytest.mark.parametrize("typed", ["", "  ", "#"])
def test_with_nothing_typed_everybody_is_there_by_name(typed: str) -> None:
    assert [each.handle for each in NAMES.find(typed)] == ["nippon", "aglow", "big", "globex", "wayne", "globus"]


@pytest.mark.parametrize(("typed", "handles"), [("big", ["big"]), ("c-5", ["aglow"]), ("big globe", ["big"]), ("", [])])
def test_a_handle_an_id_or_a_whole_name_means_one(typed: str, handles: list[str]) -> None:
    assert [each.handle for each in NAMES.exactly(typed)] == handles


def test_of_2000_customers_each_is_found_by_its_own_words() -> None:
    names = CustomerNames(customer(f"Customer {n:04} Works", f"c{n}", n) for n in range(2000))
    assert [each.handle for each in names.find("1234 works")] == ["c1234"]
    assert len(names.find("works")) == 2000
