"""A store that is gone when it is closed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from opsdesk.core.kinds import KINDS
from opsdesk.core.record import Record
from opsdesk.store.connections import connect
from opsdesk.store.schema import make
from opsdesk.store.sqlite import TableStore

if TYPE_CHECKING:
    import sqlite3

    from opsdesk.store.source import Same


class InMemory:
    """Nothing on disk; gone when closed."""

    place = "memory"
    shared = True

    def __init__(self) -> None:
        self.reader = connect(":memory:")
        make(self.reader)

    def writer(self) -> sqlite3.Connection:
        return self.reader

    def moved(self) -> bool:
        return False

    def follow(self, same: Same) -> None:
        return None

    def close(self) -> None:
        self.reader.close()


class MemoryStore(TableStore):
    """The same engine with nothing on disk."""

    def __init__(self, kinds: Sequence[type[Record]] = KINDS) -> None:
        super().__init__(InMemory(), kinds)
