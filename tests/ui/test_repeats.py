"""A held key counts once, whatever the keyboard's first delay; a key pressed again counts again."""

from __future__ import annotations

import pytest

from opsdesk.ui.repeats import DELAY, QUICK, Repeats


def counted(times: list[float], key: str = "x") -> int:
    """How often a verb would run for presses at these times."""
    repeats, runs, waiting = Repeats(), 0, False
    for at, following in zip(times, [*times[1:], float("inf")], strict=True):
        said = repeats.press(key, at)
        waiting = said == "perhaps" and following - at >= QUICK
        runs += said == "pressed" or waiting
    return runs


@pytest.mark.parametrize("first", [0.225, 0.25, 0.5, 0.66])
@pytest.mark.parametrize("every", [0.02, 0.033, 0.1])
def test_a_held_key_counts_once(first: float, every: float) -> None:
    assert counted([0.0, *(first + i * every for i in range(40))]) == 1


@pytest.mark.parametrize("gap", [0.13, 0.3, 0.5, 1.2])
def test_a_key_pressed_again_counts_again(gap: float) -> None:
    assert counted([i * gap for i in range(5)]) == 5


def test_another_key_counts_at_once() -> None:
    repeats = Repeats()
    assert [repeats.press(key, at) for key, at in (("x", 0.0), ("s", 0.01), ("x", 0.02))] == ["pressed"] * 3


def test_the_first_delay_is_longer_than_the_repeat() -> None:
    assert QUICK < DELAY
