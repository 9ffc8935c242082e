from __future__ import annotations

from datetime import timedelta

import pytest

from opsdesk.ui.widgets.clock import pixels, spoken


@pytest.mark.parametrize(
    ("seconds", "said"), [(72, "1:12"), (0, "0:00"), (-80, "+1:20"), (-1, "+0:01"), (3600, "60:00"), (59.9, "0:59")]
)
def test_what_is_left_and_what_is_over(seconds: float, said: str) -> None:
    assert spoken(timedelta(seconds=seconds)) == said


def test_digits_are_three_by_five_pixels_of_two_cells() -> None:
    assert pixels("1") == ["  ██  ", "████  ", "  ██  ", "  ██  ", "██████"]


def test_twice_as_large_is_twice_as_wide_and_high() -> None:
    small, large = pixels("1:12"), pixels("1:12", 2)
    assert (len(large), len(large[0])) == (2 * len(small), 2 * len(small[0]))


@pytest.mark.parametrize("text", ["1:12", "+12:34", "0:00"])
def test_every_row_is_equally_wide(text: str) -> None:
    assert len({len(row) for row in pixels(text)}) == 1
