"""The small protocols. Nothing else is known of disk, screen and wall clock."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from contextlib import AbstractContextManager
    from datetime import date
    from pathlib import Path

    from opsdesk.core.copies import Copy, Exchange
    from opsdesk.core.guard import Finding, Repair, Told
    from opsdesk.core.journal import Transaction
    from opsdesk.core.record import R, Record

Clock = Callable[[], datetime]
"""Now, as an aware UTC datetime."""


class Reader(Protocol):
    """Committed records, as frozen values."""

    def get(self, kind: type[R], id: str) -> R:
        """One record. Raises NotFound."""
        ...

    def all(self, kind: type[R]) -> Sequence[R]:
        """Every record of the kind, in the order of their ids' numbers."""
        ...

    def live(self, kind: type[R]) -> Sequence[R]:
        """Those whose `live` is true, without reading the others."""
        ...

    def where(self, kind: type[R], test: Callable[[R], bool] | None = None, /, **equal: object) -> Sequence[R]:
        """Those with these field values that also pass the test."""
        ...


class Work(Reader, Protocol):
    """One open transaction: reads see its own writes; leaving it commits all or nothing."""

    seq: int

    def add(self, record: R) -> R:
        """Kept under a new id, which is never given twice. Raises Invalid."""
        ...

    def put(self, record: R) -> R:
        """Replaces the record of that id. What others have changed since it was read is merged.

        Raises Conflict where both changed the same field, or where it was removed since; NotFound, Invalid.
        """
        ...

    def remove(self, kind: type[R], id: str) -> None:
        """Raises NotFound."""
        ...

    def undo(self, tx: Transaction) -> None:
        """Takes tx back. Raises Conflict if any of its fields has been changed since."""
        ...


class Store(Reader, Protocol):
    """Records and their journal, changed by one transaction a command."""

    def work(
        self, command: str, *, by: str, at: datetime, meeting: str = "", section: str = "", left: str = ""
    ) -> AbstractContextManager[Work]:
        """One command. `left`: how something leaves the desk by it, which no undo brings back."""
        ...

    def history(self, since: int = 0, *, by: str = "", limit: int = 0, until: int = 0) -> Sequence[Transaction]:
        """Transactions with seq > since, oldest first; of one person; with limit only the newest so many.

        `until`: none with seq > until, so that a long journal can be read page by page.
        """
        ...

    def trail(self, id: str) -> Sequence[Transaction]:
        """Those that changed the record of this id, oldest first."""
        ...

    def news(self) -> Sequence[Transaction]:
        """What others have committed since the last call."""
        ...

    @property
    def damaged(self) -> Sequence[str]:
        """Ids of records that were damaged where they are kept, and so were read from the journal instead."""
        ...

    @property
    def migrated(self) -> int:
        """The last seq before a newer OpsDesk changed the records themselves: nothing up to it is undone. 0: never."""
        ...

    def take_over(self, history: Iterable[Transaction], records: Iterable[Record]) -> int:
        """The whole history of another store, oldest first, and the records it makes, into this empty one; how many
        transactions. All of it is as it was there: numbers, times, names.

        Raises Invalid, with nothing changed, where this one is not empty, or those do not fit together.
        """
        ...

    def close(self) -> None: ...


class Guard(Protocol):
    """Watches over a desk's files, which may be open, damaged or no desk at all. Raises no other than OpsDeskError."""

    def check(self, told: Told = ...) -> Sequence[Finding]:
        """Everything that is not as it should be; changes nothing."""
        ...

    def repair(self, told: Told = ...) -> Repair:
        """Brings back what can be brought back, after a copy of everything. Touches nothing where nothing is amiss."""
        ...

    def rehearse(self, told: Told = ...) -> Repair:
        """What a repair would do, tried on a copy."""
        ...

    def look(self) -> Copy:
        """What the desk holds."""
        ...

    def copies(self, told: Told = ...) -> Sequence[Copy]:
        """The copies kept beside the desk, newest first, each with what is wrong with it."""
        ...

    def backup(self, target: Path, *, over: bool = False, told: Told = ...) -> Copy:
        """A consistent copy while desks are open, checked; what is there is replaced only if `over`."""
        ...

    def compare(self, source: Path, told: Told = ...) -> Exchange:
        """What restoring this copy, once checked, would bring back and lose; changes nothing."""
        ...

    def restore(self, source: Path, told: Told = ...) -> Exchange:
        """Puts a copy, once checked, in the place of the desk; what was there is kept."""
        ...

    def daily(self, today: date, told: Told = ...) -> str:
        """Today's own copy where it is due, and old ones put away. What a person should know of it, or nothing."""
        ...
