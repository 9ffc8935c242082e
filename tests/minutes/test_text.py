"""Plain text: 72 columns, whatever is said."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from rich.cells import cell_len

from opsdesk.core.text import clean
from opsdesk.minutes.cells import UNICODE, width, wrapped
from opsdesk.minutes.text import COLUMNS, as_text
from tests.minutes.sample import DAILY, EXPORT, SAMPLES

WORDS = st.text(max_size=120).map(clean)


@pytest.mark.parametrize("name", SAMPLES)
def test_no_line_is_wider_than_72_cells_or_ends_in_a_space(name: str) -> None:
    for line in as_text(SAMPLES[name]).splitlines():
        assert cell_len(line, UNICODE) <= COLUMNS
        assert line == line.rstrip()


@pytest.mark.parametrize("word", ["x" * 10_000, "日本" * 5_000, "e\u0301" * 5_000, "👩‍🚒" * 2_000])
def test_a_word_of_ten_thousand_characters_is_broken_and_kept_whole(word: str) -> None:
    printed = as_text(replace(DAILY, actions=(replace(EXPORT, title=word),)))

    assert all(width(line) <= COLUMNS for line in printed.splitlines())
    assert "".join(wrapped(word, 40)) == word


@settings(max_examples=200)
@given(WORDS, st.integers(2, 72))
def test_wrapping_keeps_every_word_and_the_width(said: str, cells: int) -> None:
    lines = wrapped(said, cells)

    assert all(width(line) <= cells for line in lines)
    assert "".join(lines).replace(" ", "") == said.replace(" ", "")


@settings(max_examples=50)
@given(WORDS, WORDS, WORDS)
def test_any_title_owner_and_customer_fit(title: str, owner: str, customer: str) -> None:
    action = replace(EXPORT, title=title or "x", owner=owner, customer=customer, promised_to=customer)
    printed = as_text(replace(DAILY, series=title, customer=customer, actions=(action,), previous=(action,)))

    assert all(width(line) <= COLUMNS for line in printed.split("\n"))


def test_a_name_too_long_for_the_edge_goes_under_its_line() -> None:
    item = replace(DAILY.items[0], actions=(replace(EXPORT, owner="Maximiliana von und zu Hohenzollern-Sigmaringen"),))
    lines = as_text(replace(DAILY, items=(item,), actions=())).splitlines()
    place = next(n for n, line in enumerate(lines) if line.endswith("failing invoice export"))

    assert lines[place + 1].strip() == "Maximiliana von und zu Hohenzollern-Sigmaringen"


def test_an_early_start_leaves_the_end_that_is_printed_to_be_compared_with() -> None:
    start = DAILY.scheduled
    held = replace(
        DAILY,
        started=start - timedelta(minutes=5),
        planned_end=start + timedelta(minutes=DAILY.timebox - 5),
        ended=start + timedelta(minutes=3),
    )
    printed = " ".join(as_text(held).split())
    assert f"started 5 min early, ended {DAILY.timebox - 3} min early" in printed
