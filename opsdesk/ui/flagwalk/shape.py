"""The level of a flag as one reads it from the back of the room: a shape of five lines, never colour alone."""

from __future__ import annotations

SHAPES = {
    "red": ("    ##    ", "   ####   ", "  ######  ", " ######## ", "##########"),
    "orange": ("    ##    ", "  ######  ", "##########", "  ######  ", "    ##    "),
    "green": ("  ######  ", "##########", "##########", "##########", "  ######  "),
}
UNKNOWN = ("          ", "    ##    ", "   ####   ", "    ##    ", "          ")
CELLS = len(UNKNOWN[0])


def shape(level: str, scale: int = 1) -> list[str]:
    """Five lines of blocks, times `scale`, each CELLS times `scale` wide."""
    rows = ("".join(pixel * scale for pixel in row) for row in SHAPES.get(level, UNKNOWN))
    return [row.replace("#", "█") for row in rows for _ in range(scale)]
