"""Names in large letters: a font five pixels high, two pixels over one another in each cell."""

from __future__ import annotations

from opsdesk.core.names import fold
from opsdesk.core.scores import Level

ROWS = 3
GLYPHS = {
    "A": "### #.# ### #.# #.#",
    "B": "##. #.# ##. #.# ##.",
    "C": "### #.. #.. #.. ###",
    "D": "##. #.# #.# #.# ##.",
    "E": "### #.. ##. #.. ###",
    "F": "### #.. ##. #.. #..",
    "G": "#### #... #.## #..# ####",
    "H": "#.# #.# ### #.# #.#",
    "I": "# # # # #",
    "J": "..# ..# ..# #.# ###",
    "K": "#.# #.# ##. #.# #.#",
    "L": "#.. #.. #.. #.. ###",
    "M": "#...# ##.## #.#.# #...# #...#",
    "N": "#..# ##.# #.## #..# #..#",
    "O": "#### #..# #..# #..# ####",
    "P": "### #.# ### #.. #..",
    "Q": "#### #..# #..# #.## ####",
    "R": "### #.# ##. #.# #.#",
    "S": "### #.. ### ..# ###",
    "T": "### .#. .#. .#. .#.",
    "U": "#.# #.# #.# #.# ###",
    "V": "#...# #...# .#.#. .#.#. ..#..",
    "W": "#...# #...# #.#.# ##.## #...#",
    "X": "#.# #.# .#. #.# #.#",
    "Y": "#.# #.# ### .#. .#.",
    "Z": "### ..# .#. #.. ###",
    "0": "### #.# #.# #.# ###",
    "1": ".# ## .# .# .#",
    "2": "### ..# ### #.. ###",
    "3": "### ..# ### ..# ###",
    "4": "#.# #.# ### ..# ..#",
    "5": "### #.. ### ..# ###",
    "6": "### #.. ### #.# ###",
    "7": "### ..# ..# ..# ..#",
    "8": "### #.# ### #.# ###",
    "9": "### #.# ### ..# ###",
    " ": ".. .. .. .. ..",
    "&": ".##.. .#... ####. #.#.. ###..",
    "-": "... ... ### ... ...",
    ".": ". . . . #",
    "'": "# # . . .",
}
SHAPES: dict[Level, str] = {
    "red": "....#.... ...###... ..#####.. .#######. #########",
    "orange": "...#... ..###.. .#####. ..###.. ...#...",
    "green": "..####.. .######. ######## .######. ..####..",
    "unknown": "... ... .#. ... ...",
}
HALVES = {(False, False): " ", (True, False): "▀", (False, True): "▄", (True, True): "█"}


def large(name: str, cells: int) -> list[str]:
    """The name as three rows of at most so many cells; none where it has other letters, or is too long."""
    plain = fold(name).upper()
    if not plain or any(letter not in GLYPHS for letter in plain):
        return []
    pixels = [" ".join(rows) for rows in zip(*(GLYPHS[letter].split() for letter in plain), strict=True)]
    return _halved(pixels) if len(pixels[0]) <= cells else []


def shape(level: Level) -> list[str]:
    """The mark of a level as three rows."""
    return _halved(SHAPES[level].split())


def _halved(pixels: list[str]) -> list[str]:
    wide = len(pixels[0])
    rows = [*pixels, " " * wide]
    pairs = zip(rows[::2], rows[1::2], strict=True)
    return ["".join(HALVES[a == "#", b == "#"] for a, b in zip(up, down, strict=True)) for up, down in pairs]
