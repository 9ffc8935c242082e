"""What an engine reads and writes by."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from typing import Protocol

Same = Callable[[sqlite3.Connection, sqlite3.Connection], bool]  # of the file that was read, and the one that is there


class Source(Protocol):
    """A connection to read by, another to write by; `shared` when they are one."""

    place: str
    shared: bool
    reader: sqlite3.Connection

    def writer(self) -> sqlite3.Connection:
        """To the file that is read. Raises Unavailable where it cannot be written, or its log was removed."""
        ...

    def moved(self) -> bool:
        """Whether another file is at its place than the one that is read. Raises Unavailable where none is there."""
        ...

    def follow(self, same: Same) -> None:
        """Reads the file that is at its place now, if it is the `same` desk; else raises Unavailable."""
        ...

    def close(self) -> None: ...
