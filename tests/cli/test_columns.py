"""Columns of text, however wide its letters are."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from opsdesk.cli.columns import aligned, cut, room, width


def test_wide_letters_take_two_cells_and_marks_none() -> None:
    assert (width("日本"), width("Ünï"), width("u\u0308"), width("")) == (4, 3, 1, 0)


def test_columns_stand_under_their_headers() -> None:
    assert aligned(("Id", "Name"), [("C-1", "日本物流"), ("C-12", "Acme")]) == [
        "Id    Name",
        "C-1   日本物流",
        "C-12  Acme",
    ]


def test_a_column_after_wide_letters_is_aligned_too() -> None:
    assert aligned(("A", "B"), [("日本", "x"), ("abcde", "y")]) == ["A      B", "日本   x", "abcde  y"]


def test_columns_without_any_value_are_left_out() -> None:
    assert aligned(("Id", "Why", "What"), [("A-1", "", "Call")]) == ["Id   What", "A-1  Call"]


def test_the_widest_column_gives_way_on_a_narrow_terminal() -> None:
    lines = aligned(("Id", "What", "Who"), [("A-1", "Call back with the workaround", "sue")], 20)
    assert lines == ["Id   What        Who", "A-1  Call back…  sue"]


def test_no_width_no_cut() -> None:
    long = "x" * 10_000
    assert aligned(("What",), [(long,)]) == ["What", long]


@settings(max_examples=200)
@given(st.text(max_size=40), st.integers(1, 30))
def test_a_cut_text_fits_and_says_that_it_was_cut(text: str, cells: int) -> None:
    short = cut(text, cells)
    assert width(short) <= cells
    assert short == text or (short.endswith("…") and text.startswith(short[:-1]))


@settings(max_examples=100)
@given(st.lists(st.tuples(st.text("ab日 ", max_size=50), st.text("ab日 ", max_size=50)), min_size=1, max_size=5))
def test_no_line_is_wider_than_the_terminal(rows: list[tuple[str, str]]) -> None:
    assert max(map(width, aligned(("What", "Who"), rows, 40))) <= 40


def test_lines_are_cut_for_a_terminal_and_for_nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    assert room() == 60
    monkeypatch.setattr("sys.stdout.isatty", lambda: False, raising=False)
    assert room() is None


def test_more_columns_than_a_terminal_has_room_for_are_cut_at_its_edge() -> None:
    lines = aligned([f"Column {i}" for i in range(12)], [["a long value"] * 12, ["日本" * 5] * 12], 40)
    assert [width(line) <= 40 for line in lines] == [True] * 3
    assert all(line.endswith("…") for line in lines)
