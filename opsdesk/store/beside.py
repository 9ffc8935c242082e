"""The files that SQLite keeps beside a desk's own: of the same owner and with the same rights, or nobody can write."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from typing import TYPE_CHECKING

from opsdesk.core.errors import Unavailable

if TYPE_CHECKING:
    from pathlib import Path

MINE = 0o600


def make_writable(desk: Path) -> None:
    """Gives its owner back what a copy or a backup program has taken, where this person is the owner."""
    if not hasattr(os, "geteuid"):
        return
    for file in _beside(desk):
        with suppress(OSError):
            found = file.stat()
            if found.st_uid == os.geteuid() and found.st_mode & MINE != MINE:
                file.chmod(MINE)


def refuse_unwritable(desk: Path) -> None:
    """Raises Unavailable with the name of the file that is in the way: the desk's own and its folder may be right."""
    for file in _beside(desk):
        if os.access(desk, os.W_OK) and not os.access(file, os.W_OK):
            hint = f"Give it the owner and the rights that {desk.name} has."
            raise Unavailable(f"This file beside the desk's may not be written: {file}.", hint)


def _beside(desk: Path) -> Iterator[Path]:
    for ending in ("-wal", "-shm"):
        file = desk.with_name(desk.name + ending)
        if file.exists():
            yield file
