"""A store that is gone when it is closed."""

from __future__ import annotations

from collections.abc import Sequence

from opsdesk.core.kinds import KINDS
from opsdesk.core.record import Record
from opsdesk.store.files import InMemory
from opsdesk.store.sqlite import TableStore


class MemoryStore(TableStore):
    """The same engine with nothing on disk."""

    def __init__(self, kinds: Sequence[type[Record]] = KINDS) -> None:
        super().__init__(InMemory(), kinds)
