"""Four themes: dark and light, each also in high contrast. Colours mean something or are not there."""

from __future__ import annotations

from typing import Literal

import msgspec
from textual.theme import Theme

Role = Literal["ink", "bright", "dim", "rule", "accent", "red", "orange", "green"]


class Palette(msgspec.Struct, frozen=True, kw_only=True):
    """Colours as #RRGGBB. Every ink reads at least 4.5 : 1 on ground and raised (WCAG 2.1 AA)."""

    dark: bool
    ground: str
    raised: str
    ink: str
    bright: str
    dim: str
    rule: str
    accent: str
    red: str
    orange: str
    green: str

    def role(self, role: str) -> str:
        return str(getattr(self, role))


PALETTES: dict[str, Palette] = {
    "dark": Palette(
        dark=True,
        ground="#0F1317",
        raised="#1B2128",
        ink="#DCE2E8",
        bright="#FFFFFF",
        dim="#84909D",
        rule="#2A323B",
        accent="#6CB6C8",
        red="#F4636F",
        orange="#F2A93B",
        green="#7FBF8E",
    ),
    "light": Palette(
        dark=False,
        ground="#FAFAF7",
        raised="#E8E9E5",
        ink="#1D242B",
        bright="#000000",
        dim="#59616A",
        rule="#D3D6D3",
        accent="#1A6B7B",
        red="#B81F31",
        orange="#8A5200",
        green="#256B43",
    ),
    "contrast-dark": Palette(
        dark=True,
        ground="#000000",
        raised="#1A1A1A",
        ink="#FFFFFF",
        bright="#FFFFFF",
        dim="#C8C8C8",
        rule="#808080",
        accent="#7FE5FF",
        red="#FF8A8A",
        orange="#FFC24D",
        green="#8CFFA5",
    ),
    "contrast-light": Palette(
        dark=False,
        ground="#FFFFFF",
        raised="#EDEDED",
        ink="#000000",
        bright="#000000",
        dim="#333333",
        rule="#767676",
        accent="#004E60",
        red="#9E0016",
        orange="#6B3C00",
        green="#0A4A23",
    ),
}
DEFAULT = "dark"


def variables(palette: Palette) -> dict[str, str]:
    """The stylesheet's own variables ($raised, $dim, $flag-red …)."""
    return {
        "ground": palette.ground,
        "raised": palette.raised,
        "ink": palette.ink,
        "bright": palette.bright,
        "dim": palette.dim,
        "rule": palette.rule,
        "accent-ink": palette.accent,
        "flag-red": palette.red,
        "flag-orange": palette.orange,
        "flag-green": palette.green,
        "input-selection-background": f"{palette.accent} 40%",
        "scrollbar": palette.rule,
        "scrollbar-background": palette.ground,
        "scrollbar-corner-color": palette.ground,
    }


def themes() -> list[Theme]:
    """One Textual theme a palette, under its name."""
    return [
        Theme(
            name=name,
            primary=p.accent,
            accent=p.accent,
            foreground=p.ink,
            background=p.ground,
            surface=p.ground,
            panel=p.raised,
            success=p.green,
            warning=p.orange,
            error=p.red,
            dark=p.dark,
            variables=variables(p),
        )
        for name, p in PALETTES.items()
    ]


PALETTES_VARIABLES = variables(PALETTES[DEFAULT])
