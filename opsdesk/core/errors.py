"""What can go wrong, each in one sentence with what to do next."""

from __future__ import annotations


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
    """Somebody else changed the same thing first."""

    title = "Changed by somebody else"


class Unavailable(OpsDeskError):
    """The desk's files cannot be read or written now."""

    title = "The desk cannot be reached"
