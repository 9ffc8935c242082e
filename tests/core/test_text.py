from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from opsdesk.core.text import clean, cleaned

GOOD = ["", "plain", "[EMEA] Ünïcode 日本 [/x]", "👩\u200d💻", "naïve — “quoted”", "\u0627\u0644", "x" * 10_000]


@pytest.mark.parametrize("text", GOOD)
def test_text_without_controls_stays(text: str) -> None:
    assert clean(text) == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("  around  ", "around"),
        ("two\nlines\r\nthree\tfour", "two lines three four"),
        ("\x1b[31mred\x1b[0m", "[31mred[0m"),
        ("a\x00b\x07c\x7fd\x9be", "abcde"),
        ("\u202eevil\u202c \u2066x\u2069", "evil x"),
        ("\ufeffmark", "mark"),
        ("line\u2028para\u2029end\x85", "line para end"),
        ("half \ud800", "half \ufffd"),
        ("\x1b", ""),
    ],
)
def test_controls_and_direction_marks_go(text: str, expected: str) -> None:
    assert clean(text) == expected


@settings(max_examples=150)
@given(st.text(st.characters(categories=["L", "N", "Z", "C", "P"]), max_size=60))
def test_cleaning_is_done_once_and_leaves_one_printable_line(text: str) -> None:
    once = clean(text)
    assert clean(once) == once == once.strip()
    assert len(once.splitlines()) <= 1
    assert not any(unicodedata.category(sign) in ("Cc", "Cs") for sign in once)
    assert once.encode().decode() == once


def test_every_text_within_a_value_is_cleaned() -> None:
    dirty = {"a": " x\x1b", "b": ["\u202ey", ("z\n",)], "c": {"d": "\x00"}, "n": 3, "t": True, "none": None}
    assert cleaned(dirty) == {"a": "x", "b": ["y", ["z"]], "c": {"d": ""}, "n": 3, "t": True, "none": None}
