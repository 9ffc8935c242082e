"""Taking back and doing again: one's own commands, newest first."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress

from msgspec.structs import replace

from opsdesk.core.errors import Conflict, Invalid, NotFound, NotUndone
from opsdesk.core.journal import Change, Fields, Transaction, fields, redoable, stale, undoable
from opsdesk.core.kinds import shape_of
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
        """The command taken back. Raises Invalid where there is none, NotUndone if it was overtaken."""
        return self._take_back("undo", undoable, "There is nothing to undo.")

    def older(self, offered: Transaction) -> Transaction:
        """Takes back just this step, which a refusal has offered. Raises Invalid where it is not the next older one of
        some step in effect any more, NotUndone if it was overtaken too.
        """

        def choose(newest_first: Iterable[Transaction]) -> Transaction | None:
            found = undoable(newest_first, offered.seq + 1)
            return found if found and found.seq == offered.seq else None

        return self._take_back("undo", choose, f"{offered.command} is undone already.")

    def next_older(self, refused: Transaction) -> Transaction | None:
        """The step before one that cannot be taken back."""
        return undoable(self._newest_first(), refused.seq)

    def skip(self) -> tuple[Transaction, ...]:
        """Takes back the newest step that nobody has changed since; that one and those left as they are, newest first.

        Raises Invalid where there is none.
        """
        left: list[Transaction] = []
        found = self.peek()
        while found is not None:
            try:
                return self.older(found), *left
            except NotUndone as error:
                left.append(found)
                found = error.older
        raise Invalid("There is nothing to undo that nobody has changed since.")

    def overtaken(self, tx: Transaction) -> bool:
        """Whether a field that it set is not as it set it any more: it would be refused."""
        return any(stale(change, self._now(change)) for change in tx.changes)

    def _now(self, change: Change) -> Fields | None:
        shape = shape_of(change.id)
        try:
            return fields(self._context.store.get(shape, change.id)) if shape else change.after
        except NotFound:
            return None

    def redo(self) -> Transaction:
        """The command done again, as it was first done. Raises Invalid, NotUndone as `last`."""
        return self._original(self._take_back("redo", redoable, "There is nothing to redo."))

    def left(self, tx: Transaction) -> str:
        """One sentence where something that tx changed is in minutes that have left the desk since; else ""."""
        from opsdesk.desk.gone import sentence

        return sentence(self._context, tx)

    def _take_back(self, command: str, choose: Choose, nothing: str) -> Transaction:
        found: Transaction | None = None
        try:
            with self._context.work(command) as work:
                found = choose(self._newest_first())
                if found is None:
                    raise Invalid(nothing)
                _forget_copies(work, found)
                work.undo(found)
                return found
        except Conflict as error:
            if found is None:
                raise
            raise self._refusal(command, found, error) from error

    def _refusal(self, command: str, found: Transaction, error: Conflict) -> NotUndone:
        from opsdesk.desk.refusal import refused

        older = self.next_older(found) if command == "undo" else None
        return NotUndone(error, refused(self._context, command, found, error), found, older)

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
