"""What stands below a list of the line under the cursor: what the list cuts, the reason whole."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from opsdesk.ui.ink import foot, width


def test_a_reason_that_is_too_long_goes_on_in_the_second_line_before_the_keys() -> None:
    reason = "Sales not told, identified, SEV-2 for 58 min, next update 16:33, hits 4 customers"
    assert foot(reason, "x Resolve", 50) == (
        "Sales not told, identified, SEV-2 for 58 min, next",
        "update 16:33, hits 4 customers   x Resolve",
    )
    assert foot("in 2 days", "x Done", 50) == ("in 2 days", "x Done")
    assert foot("", "", 0) == ("", "")


@given(st.text(alphabet="ab 日", max_size=80), st.text(max_size=10), st.integers(-1, 40))
def test_no_line_is_longer_than_there_is_room(text: str, keys: str, cells: int) -> None:
    assert all(width(line) <= max(0, cells) for line in foot(text, keys, cells)[1:])
