"""Taking back and doing again: one's own commands, newest first."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress

from msgspec.structs import replace

from opsdesk.core.errors import Invalid, NotFound
from opsdesk.core.journal import Transaction, redoable, undoable
from opsdesk.core.minutes import MinutesRecord
from opsdesk.core.ports import Work
from opsdesk.desk.context import Context

Choose = Callable[[Iterable[Transaction]], Transaction | None]
WINDOW = 8


class Undo:
    """Per person: nobody takes back what somebody else did."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def peek(self) -> Transaction | None:
        """What `last` would take back."""
        return undoable(self._newest_first())

    def peek_redo(self) -> Transaction | None:
        """What `redo` would do again, as it was first done."""
        undone = redoable(self._newest_first())
        return self._original(undone) if undone else None

    def last(self) -> Transaction:
        """The command taken back. Raises Invalid where there is none, Conflict if it was overtaken."""
        return self._take_back("undo", undoable, "There is nothing to undo.")

    def redo(self) -> Transaction:
        """The command done again, as it was first done. Raises Invalid, Conflict as `last`."""
        return self._original(self._take_back("redo", redoable, "There is nothing to redo."))

    def left(self, tx: Transaction) -> str:
        """One sentence where something that tx changed is in minutes that have left the desk since; else ""."""
        from opsdesk.desk.gone import sentence

        return sentence(self._context, tx)

    def _take_back(self, command: str, choose: Choose, nothing: str) -> Transaction:
        with self._context.work(command) as work:
            found = choose(self._newest_first())
            if found is None:
                raise Invalid(nothing)
            _forget_copies(work, found)
            work.undo(found)
        return found

    def _original(self, undone: Transaction) -> Transaction:
        """The command an undo took back; it is by the same person, and not far behind."""
        return next(tx for tx in self._newest_first() if tx.seq == undone.undoes)

    def _newest_first(self) -> Iterator[Transaction]:
        """Read in growing windows, so that the newest cost the same however long the journal is."""
        window, oldest, migrated = WINDOW, 0, self._context.store.migrated
        while True:
            read = self._context.store.history(by=self._context.by, limit=window)
            for tx in reversed(read):
                if tx.seq <= migrated:
                    return
                if not oldest or tx.seq < oldest:
                    yield tx
            if len(read) < window:
                return
            window, oldest = window * 8, read[0].seq


def _forget_copies(work: Work, found: Transaction) -> None:
    """That minutes were printed is no change of what they say: it does not keep their closing from being undone."""
    made = [each.id for each in found.changes if each.kind == MinutesRecord.kind and each.before is None]
    for id in made:
        with suppress(NotFound):
            work.put(replace(work.get(MinutesRecord, id), copies=()))
