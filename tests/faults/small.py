"""A small disk of its own, which is really full when it is full: memory, mounted for a test where that is allowed."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

KILOBYTE = 1_024


@contextmanager
def small_disk(place: Path, kilobytes: int) -> Iterator[Path | None]:
    """None where mounting is not allowed."""
    place.mkdir()
    options = f"size={kilobytes}k,mode=700"
    done = subprocess.run(["mount", "-t", "tmpfs", "-o", options, "none", str(place)], check=False, capture_output=True)
    if done.returncode:
        yield None
        return
    try:
        yield place
    finally:
        subprocess.run(["umount", "-l", str(place)], check=True)


def fill(disk: Path, left: int) -> None:
    """Leaves room for so many bytes, in whole pages of the system."""
    found = os.statvfs(disk)
    with (disk / "filler").open("wb") as file:
        file.write(bytes(max(0, found.f_bavail * found.f_frsize - left)))


def make_room(disk: Path) -> None:
    (disk / "filler").unlink()
