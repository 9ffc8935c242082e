"""Every text on its ground: at least 4.5 : 1, in every theme."""

from __future__ import annotations

from itertools import product

import pytest

from opsdesk.ui.theme import PALETTES

INKS = ("ink", "bright", "dim", "accent", "red", "orange", "green")


def luminance(colour: str) -> float:
    """WCAG 2.1 relative luminance."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    r, g, b = (p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_the_formula_knows_black_on_white() -> None:
    assert round(contrast("#000000", "#FFFFFF"), 1) == 21.0


@pytest.mark.parametrize(("name", "ink", "ground"), list(product(PALETTES, INKS, ("ground", "raised"))))
def test_every_ink_is_readable(name: str, ink: str, ground: str) -> None:
    palette = PALETTES[name]
    assert contrast(palette.role(ink), palette.role(ground)) >= 4.5


@pytest.mark.parametrize("name", [n for n in PALETTES if n.startswith("contrast")])
def test_high_contrast_means_seven_to_one(name: str) -> None:
    palette = PALETTES[name]
    assert min(contrast(palette.role(ink), palette.ground) for ink in INKS) >= 7
