"""What can go wrong, each in one sentence with what to do next."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from opsdesk.core.journal import Transaction
    from opsdesk.core.merge import Difference
    from opsdesk.core.record import Record


class OpsDeskError(Exception):
    """One clear sentence for a person (`message`), and what to do about it (`hint`)."""

    title = "That did not work"

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message} {self.hint}".strip()


class NotFound(OpsDeskError):
    """What was named is not there."""

    title = "Not found"


class Invalid(OpsDeskError):
    """What was given is not allowed."""

    title = "Not possible"


class Conflict(OpsDeskError):
    """Somebody else changed the same thing first.

    The record of this `shape` and `id` was changed by `by` (a handle) at `at`, in `differences`, or was removed where
    there are none. `mine`: the record as it would be over what it is now; what does not differ is merged in it. None
    where nothing can be chosen.
    """

    title = "Changed by somebody else"

    def __init__(
        self,
        message: str,
        hint: str = "",
        *,
        shape: type[Record] | None = None,
        id: str = "",
        by: str = "",
        at: datetime | None = None,
        differences: tuple[Difference, ...] = (),
        mine: Record | None = None,
    ) -> None:
        super().__init__(message, hint)
        self.shape, self.id, self.by, self.at = shape, id, by, at
        self.differences, self.mine = differences, mine


class NotUndone(Conflict):
    """The step `tx` cannot be taken back, or done again, as somebody has changed the same since.

    `older`: the next older step of the same person, that can be asked for instead; None where there is none.
    """

    title = "Not undone"

    def __init__(self, cause: Conflict, message: str, tx: Transaction, older: Transaction | None = None) -> None:
        super().__init__(message, shape=cause.shape, id=cause.id, by=cause.by, at=cause.at)
        self.differences, self.tx, self.older = cause.differences, tx, older


class Unavailable(OpsDeskError):
    """The desk's files cannot be read or written now."""

    title = "The desk cannot be reached"


class Damaged(Unavailable):
    """What a disk changed by itself, where it cannot be told from the rest what it was."""

    title = "The desk's file is damaged"

    def __init__(self, what: str, place: str) -> None:
        super().__init__(
            f"{what} is damaged in the desk's file: {place}.", "`opsdesk check --repair` restores what can be restored."
        )
