"""The embedded store: TinyDB's tables over one SQLite file (WAL, synchronous=FULL)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, cast

from msgspec.structs import replace

from opsdesk.core.journal import Transaction
from opsdesk.core.kinds import KINDS
from opsdesk.core.record import R, Record
from opsdesk.core.text import clean
from opsdesk.store.engine import Engine
from opsdesk.store.faults import Spoken
from opsdesk.store.files import NAME, DeskFile
from opsdesk.store.source import Source
from opsdesk.store.tables import Records, Tables
from opsdesk.store.work import Unit, chosen, missing

if TYPE_CHECKING:
    from pathlib import Path


class TableStore:
    """core.ports.Store over an engine."""

    def __init__(self, source: Source, kinds: Sequence[type[Record]]) -> None:
        self._engine = Engine(source)
        self._kinds = kinds
        self._tables = Tables(self._engine)

    def table(self, kind: type[Record]) -> Records:
        """The kind as a table of TinyDB's, for its Query; it is written only inside `work`."""
        return self._tables[kind]

    def get(self, kind: type[R], id: str) -> R:
        found = self._engine.committed.get(kind, id)
        if found is None:
            raise missing(kind, id)
        return cast(R, found)

    def all(self, kind: type[R]) -> Sequence[R]:
        return cast(Sequence[R], self._engine.committed.all(kind))

    def live(self, kind: type[R]) -> Sequence[R]:
        return cast(Sequence[R], self._engine.committed.live(kind))

    def where(self, kind: type[R], test: Callable[[R], bool] | None = None, /, **equal: object) -> Sequence[R]:
        return chosen(cast(Sequence[R], self._engine.committed.where(kind, equal)), test, equal)

    def work(
        self, command: str, *, by: str, at: datetime, meeting: str = "", section: str = "", left: str = ""
    ) -> Unit:
        entry = Transaction(at=at, by=clean(by), command=clean(command), meeting=clean(meeting), section=clean(section))
        return Unit(self._engine, self._tables, replace(entry, left=clean(left)) if left else entry, self._kinds)

    def history(self, since: int = 0, *, by: str = "", limit: int = 0, until: int = 0) -> Sequence[Transaction]:
        return self._engine.committed.journal(since, by, limit, until)

    def trail(self, id: str) -> Sequence[Transaction]:
        return self._engine.committed.touching(id)

    def news(self) -> Sequence[Transaction]:
        return self._engine.committed.news()

    @property
    def damaged(self) -> Sequence[str]:
        return self._engine.committed.damaged

    @property
    def migrated(self) -> int:
        return self._engine.committed.migrated()

    def take_over(self, history: Iterable[Transaction], records: Iterable[Record]) -> int:
        from opsdesk.store.takeover import take_over

        return take_over(self._engine, tuple(self._kinds), history, records)

    def close(self) -> None:
        self._engine.close()


class SqliteStore(TableStore):
    """A desk in a folder. Raises Unavailable where it cannot be opened."""

    def __init__(self, folder: Path, kinds: Sequence[type[Record]] = KINDS) -> None:
        with Spoken(str(folder / NAME)):
            source = DeskFile(folder)
        super().__init__(source, kinds)
