"""From the start of the process to the first frame with live records on it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from tests.bench import desks
from tests.bench.commands import opsdesk
from tests.bench.measure import Screen, interleaved, python
from tests.bench.table import Row, ratio

SIZES = (100, 50_000)


def until_marker(argv: Sequence[str], home: Path) -> float:
    with Screen(argv, home) as screen:
        return screen.until(desks.MARKER)


def rows(home: Path, sizes: tuple[int, int] = SIZES, repeats: int = 15) -> list[Row]:
    folders = [home / f"paint-{size}" for size in sizes]
    for folder, size in zip(folders, sizes, strict=True):
        desks.write(folder, size)
    small, large = ([opsdesk(), "--desk", str(folder)] for folder in folders)
    floor, few, many = interleaved(
        repeats,
        lambda: until_marker(python("-m", "tests.bench.bare"), home),
        lambda: until_marker(small, home),
        lambda: until_marker(large, home),
    )
    return [
        ratio(f"first paint, {sizes[0]:,} records", few, floor, "a trivial Textual app", 1.3),
        ratio(f"first paint, {sizes[1]:,} records", many, few, f"{sizes[0]:,} records", 1.2),
    ]
