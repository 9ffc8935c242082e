"""Looking through a register: every order holds every record, every word narrows, nothing is lost on the way."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from opsdesk.core.audience import Before
from opsdesk.core.entrywords import slots_of
from opsdesk.core.errors import Invalid
from opsdesk.core.names import fold
from opsdesk.core.register import Registered
from opsdesk.ui.register import setting
from opsdesk.ui.register.book import ORDERS, Book
from opsdesk.ui.register.says import Says
from opsdesk.ui.register.typing import completions
from tests.core.registered import KNOWN, look, register

INCIDENTS = register("incidents")


def says(kind: str = "incidents") -> Says:
    return Says(register(kind), Before(), KNOWN, look())


def incident(number: int, title: str = "Login", **more: Any) -> Registered:
    return INCIDENTS.shape(**{"id": f"I-{number}", "title": title, **more})


def book(*records: Registered) -> Book:
    return Book(says(), records, records)


def ids(records: list[Registered]) -> list[str]:
    return [record.id for record in records]


def test_ten_comes_after_nine_and_the_worst_is_first() -> None:
    made = book(incident(9, sev=3), incident(10, sev=3), incident(2, sev=1))
    assert ids(made.chosen("harm", ""))[0] == "I-2"
    assert ids(made.chosen("newest", "")) == ["I-10", "I-9", "I-2"]


def test_a_record_is_found_by_its_id_its_words_and_by_whom_it_names_in_any_order() -> None:
    made = book(incident(1, "Über-Login slow", owner="sue", customers=("globex",)), incident(2, "Mail"))
    for words in ("uber", "slow login", "park", "glob", "i-1", "SUE globex", "investigating i-1"):
        assert ids(made.chosen("harm", words)) == ["I-1"], words
    assert made.chosen("harm", "uber mail") == []


def test_deliveries_are_sorted_by_day_and_those_without_one_come_last() -> None:
    from datetime import date

    shape = register("deliveries").shape
    records = [
        shape(id=f"DL-{n}", title="x", promised=day)
        for n, day in ((1, None), (2, date(2026, 12, 4)), (3, date(2026, 11, 20)))
    ]
    made = Book(says("deliveries"), records, records)
    assert ids(made.chosen("day", "")) == ["DL-3", "DL-2", "DL-1"]


WORDS = st.text(max_size=12)


@settings(max_examples=100)
@given(st.lists(WORDS.filter(lambda word: word.strip()), max_size=8), WORDS, st.sampled_from(list(ORDERS)))
def test_narrowing_keeps_exactly_what_has_the_words_whatever_the_order(
    titles: list[str], wanted: str, order: Any
) -> None:
    made = book(*(incident(n, title) for n, title in enumerate(titles, 1)))
    order = order if order in made.orders else "harm"
    assert sorted(ids(made.chosen(order, ""))) == sorted(ids(made.records))
    kept = set(ids(made.chosen(order, wanted)))
    parts = fold(wanted).split()
    assert kept == {each.id for each in made.records if all(part in made.says.searched(each) for part in parts)}


@settings(max_examples=200)
@given(st.text(max_size=60), st.integers(0, 60))
def test_no_text_breaks_setting_fields_or_completing_them(text: str, cursor: int) -> None:
    with suppress(Invalid):
        assert setting.settings(says(), text)
    assert all(each.text for each in completions(says(), slots_of(INCIDENTS), text, min(cursor, len(text))))


def test_several_fields_are_set_in_one_line_by_name_or_title() -> None:
    assert setting.settings(says(), "sev=2 next update=in 10 min owner=sue") == {
        "sev": "2",
        "next_update": "in 10 min",
        "owner": "sue",
    }
    assert setting.told(says(), "impact=part")[0] == ("Impact", "partial")


def test_names_of_fields_and_their_values_are_completed() -> None:
    def first(text: str) -> str:
        return next((each.text for each in completions(says(), slots_of(INCIDENTS), text, len(text))), "")

    assert first("imp") == "impact="
    assert first("impact=p") == "partial"
    assert first("owner=su") == "sue"
    assert first("Login slow imp") == "impact:"
