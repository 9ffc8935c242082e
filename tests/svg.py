"""A screen as an SVG picture: text as text, block characters as rectangles, so that nothing depends on a font."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import Any

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.app import App

from tests.screen import strips

CELL = (10, 20)
FONT = "ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace"
MARGIN = 16
BLOCKS = {
    "█": (0.0, 0.0, 1.0, 1.0),
    "▀": (0.0, 0.0, 1.0, 0.5),
    "▄": (0.0, 0.5, 1.0, 0.5),
    "▌": (0.0, 0.0, 0.5, 1.0),
    "▐": (0.5, 0.0, 0.5, 1.0),
    "─": (0.0, 0.46, 1.0, 0.08),
    "━": (0.0, 0.42, 1.0, 0.16),
    "▁": (0.0, 0.875, 1.0, 0.125),
    "▃": (0.0, 0.625, 1.0, 0.375),
    "▆": (0.0, 0.25, 1.0, 0.75),
    "▔": (0.0, 0.0, 1.0, 0.125),
}
"""Left, top, width and height of what each fills, as shares of a cell."""


def svg(app: App[Any], title: str) -> str:
    """The screen of a running app. The same screen gives the same bytes."""
    ground = app.theme_variables.get("background", "#000000")
    return document([list(strip) for strip in strips(app)], app.size.width, ground, title)


def document(rows: list[list[Segment]], columns: int, ground: str, title: str) -> str:
    width, height = columns * CELL[0] + 2 * MARGIN, len(rows) * CELL[1] + 2 * MARGIN
    pieces = [shape for y, row in enumerate(rows) for shape in row_of(row, y)]
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img">',
            f"<title>{escape(title)}</title>",
            f'<rect width="{width}" height="{height}" rx="10" fill="{ground}"/>',
            f'<g transform="translate({MARGIN} {MARGIN})" font-family="{FONT}" font-size="16" xml:space="preserve">',
            *pieces,
            "</g>",
            "</svg>",
            "",
        ]
    )


def row_of(row: list[Segment], y: int) -> Iterator[str]:
    x = 0
    for text, style, control in row:
        if control or not text:
            continue
        yield from run(text, style or Style.null(), x, y)
        x += cell_len(text)


def run(text: str, style: Style, x: int, y: int) -> Iterator[str]:
    """One stretch of text of one style, from cell x of row y."""
    ink, ground = colour(style, "color"), colour(style, "bgcolor")
    if style.reverse:
        ink, ground = ground or "#000000", ink
    if ground:
        yield rectangle(x, y, cell_len(text), (0.0, 0.0, 1.0, 1.0), ground)
    for word, start in stretches(text):
        if word[0] in BLOCKS:
            yield from (rectangle(x + start + n, y, 1, BLOCKS[c], ink) for n, c in enumerate(word))
        else:
            yield letters(word, style, x + start, y, ink)


def stretches(text: str) -> Iterator[tuple[str, int]]:
    """Words and runs of blocks, each with the cell it begins at; blanks are left out."""
    word, start, at = "", 0, 0
    for char in text:
        new = not word or (char in BLOCKS) != (word[0] in BLOCKS) or cell_len(char) != 1
        if word and (char == " " or new):
            yield word, start
            word = ""
        if char != " ":
            start = start if word else at
            word += char
        at += cell_len(char)
    if word:
        yield word, start


def rectangle(x: int, y: int, cells: int, part: tuple[float, float, float, float], fill: str) -> str:
    left, top, width, height = part
    across, down = CELL
    place = f'x="{(x + left) * across:g}" y="{(y + top) * down:g}"'
    size = f'width="{cells * width * across:g}" height="{height * down:g}"'
    return f'<rect {place} {size} fill="{fill}" shape-rendering="crispEdges"/>'


def letters(text: str, style: Style, x: int, y: int, fill: str) -> str:
    weight = ' font-weight="bold"' if style.bold else ""
    length = f'textLength="{cell_len(text) * CELL[0]}" lengthAdjust="spacingAndGlyphs"'
    return f'<text x="{x * CELL[0]}" y="{y * CELL[1] + 15}" {length} fill="{fill}"{weight}>{escape(text)}</text>'


def colour(style: Style, which: str) -> str:
    found = getattr(style, which)
    return found.get_truecolor().hex if found is not None else ""
