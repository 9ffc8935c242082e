"""An arrow key until the new frame, in lists of any length."""

from __future__ import annotations

from contextlib import ExitStack
from functools import partial
from pathlib import Path

from tests.bench.measure import Screen, interleaved, python
from tests.bench.table import Row, ms

GOAL_MS = 10.0
LENGTHS = (100, 10_000, 100_000)
DOWN = b"\x1b[B"


def rows(home: Path, lengths: tuple[int, ...] = LENGTHS, repeats: int = 60) -> list[Row]:
    programs = [["tests.bench.bare"], *(["tests.bench.long_list", str(length)] for length in lengths)]
    with ExitStack() as stack:
        screens = [stack.enter_context(Screen(python("-m", *program), home)) for program in programs]
        for screen in screens:
            screen.until("Marker")
            screen.quiet()
        floor, *taken = interleaved(repeats, *(partial(screen.answer, DOWN) for screen in screens), warm=5)
    beside = f"{ms(floor)}  a key in a trivial app"
    return [
        Row(f"arrow key to frame, {length:,} lines", ms(each), beside, each * 1000, "ms", GOAL_MS)
        for length, each in zip(lengths, taken, strict=True)
    ]
