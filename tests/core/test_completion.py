from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opsdesk.core.completion import Completion, complete
from opsdesk.core.names import Directory, Names

NAMES = Names(
    Directory(
        [("sue", "Sue Park"), ("bob", "Bob Hill"), ("zoe", "Zoë Ångström"), ("jsue", "Jan Sue")], [("su", "Su Ex")]
    ),
    Directory([("globex", "Globex"), ("wayne", "Wayne & Söhne")] + [(f"x{i:02}", f"Xeno {i}") for i in range(20)]),
)


def texts(typed: str) -> list[str]:
    return [each.text for each in complete(typed, len(typed), NAMES)]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("Call @sue", ["@sue", "@jsue"]),
        ("Call @xy", []),
        ("Call @SU", ["@jsue", "@sue"]),
        ("Call @ang", ["@zoe"]),
        ("Call @ö", ["@bob", "@zoe"]),
        ("Call @Zoé", ["@zoe"]),
        ("Call !bo", ["!bob"]),
        ("Call !@bo", ["!bob"]),
        ("Call @@bo", []),
        ("Call #soh", ["#wayne"]),
        ("Call #lobe", ["#globex"]),
        ("Call sue", []),
        ("Call @sue ", []),
        ("a@su", []),
        ("", []),
        ('"@su"', []),
        ("Call @", ["@bob", "@jsue", "@sue", "@zoe"]),
    ],
)
def test_what_a_word_can_become(typed: str, found: list[str]) -> None:
    assert texts(typed) == found


def test_the_whole_word_at_the_cursor_is_replaced() -> None:
    assert complete("Call @suxx now", 8, NAMES) == (
        Completion("@jsue", 5, 10, "Jan Sue"),
        Completion("@sue", 5, 10, "Sue Park"),
    )


def test_never_more_than_eight() -> None:
    assert len(texts("#x")) == 8


@given(st.text(alphabet='@#! "sugx日\n'), st.integers(0, 30))
def test_no_text_breaks_it(text: str, cursor: int) -> None:
    for found in complete(text, min(cursor, len(text)), NAMES):
        assert 0 <= found.start <= found.end <= len(text)
        assert text[found.start] == found.text[0]
