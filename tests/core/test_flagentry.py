from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opsdesk.core.customers import Customer
from opsdesk.core.flagentry import FlagDraft, answer_flag, parse_flag
from opsdesk.core.names import Directory

MEASURES = ("Product", "Support", "Delivery", "Relationship", "Commercial")
CUSTOMERS = Directory(
    [("acme", "Acme Support GmbH"), ("acme2", "Acme Two"), ("wayne", "Wayne & Söhne"), ("nippon", "[EMEA] 日本物流")]
)


@pytest.mark.parametrize(
    ("text", "cell", "comment"),
    [
        ("acme support red CIO wrote to CEO", ("acme", "Support", "red"), "CIO wrote to CEO"),
        ("#acme sup r late again", ("acme", "Support", "red"), "late again"),
        ("#acme Support  O  late", ("acme", "Support", "orange"), "late"),
        ("acme support gmbh support g", ("acme", "Support", "green"), ""),
        ("acme su sup r late", ("acme", "Support", "red"), "late"),
        ("acme t product u", ("acme2", "Product", "unknown"), ""),
        ("wayne & sohne d g fine", ("wayne", "Delivery", "green"), "fine"),
        ("w rel red red letters", ("wayne", "Relationship", "red"), "red letters"),
        ("日本物流 c o 遅延", ("nippon", "Commercial", "orange"), "遅延"),
    ],
)
def test_a_whole_flag(text: str, cell: tuple[str, str, str], comment: str) -> None:
    draft = parse_flag(text, CUSTOMERS, MEASURES)
    assert (draft.customer, draft.measure, draft.level) == cell
    assert draft.comment == comment
    assert draft.missing == ()


@pytest.mark.parametrize(
    ("text", "missing", "answer"),
    [
        ("", ("customer", "measure", "level"), "customer? · measure? · r, o, g or u?"),
        ("w", ("measure", "level"), "Wayne & Söhne · measure? · r, o, g or u?"),
        ("acm", ("customer", "measure", "level"), "customer? · measure? · r, o, g or u?"),
        ("wayne red late", ("measure",), "Wayne & Söhne · red · measure?"),
        ("wayne support late", ("level",), "Wayne & Söhne · Support · r, o, g or u?"),
        ("wayne support red", ("comment",), "Wayne & Söhne · Support · red · why?"),
        ("wayne support green", (), "Wayne & Söhne · Support · green"),
        ("nobody support red late", ("customer",), "Support · red · customer?"),
    ],
)
def test_what_is_missing_is_named(text: str, missing: tuple[str, ...], answer: str) -> None:
    draft = parse_flag(text, CUSTOMERS, MEASURES)
    assert draft.missing == missing
    assert answer_flag(draft) == answer


def test_other_measures_and_customers_as_records() -> None:
    customers = [Customer(handle="acme", name="Acme")]
    draft = parse_flag("acme time o slow", customers, ("Time to value", "Trust"))
    assert (draft.customer, draft.measure, draft.comment) == ("acme", "Time to value", "slow")
    assert parse_flag("acme t o slow", customers, ("Time to value", "Trust")).missing == ("measure", "level")


@given(st.text() | st.lists(st.sampled_from(["acme", "support", "red", "r", "#", "two"])).map(" ".join))
def test_no_text_breaks_it(text: str) -> None:
    draft = parse_flag(text, CUSTOMERS, MEASURES)
    assert isinstance(draft, FlagDraft)
    assert ("customer" in draft.missing) == (not draft.customer)
