"""Which incident is meant on the command line, and as it was when."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from opsdesk.cli.out import talk
from opsdesk.cli.triage import at

if TYPE_CHECKING:
    from opsdesk.core.registers.incidents import Incident
    from opsdesk.desk import Desk


def lately(desk: Desk, id: str) -> str:
    """The id, or that of the one that is meant where none is named; said where that one is over."""
    from opsdesk.cli.incident_text import clock_time

    found = desk.incidents.lately(id)
    if not id and not found.live:
        talk(f"No incident is open: this is {found.id}, resolved {clock_time(desk, found.resolved)}.")
    return found.id


def seen_at(desk: Desk, id: str, rev: int | None) -> Incident | None:
    """The incident as it was at the rev that was named, if one was."""
    from opsdesk.core.registers.incidents import Incident

    return None if rev is None else at(desk, Incident, id or desk.incidents.the().id, rev)


def doubt(unknown: Sequence[str]) -> None:
    if unknown:
        talk(f"Not known here: {', '.join(unknown)}. opsdesk list people and opsdesk list customers show who is.")


def parted(words: Sequence[str]) -> tuple[str, str]:
    """The id, "" where none is named, and the rest as one line."""
    id, rest = id_of(words)
    return id, " ".join(rest)


def id_of(words: Sequence[str]) -> tuple[str, Sequence[str]]:
    from opsdesk.core.registers.incidents import Incident

    head, _, number = (words[0] if words else "").partition("-")
    named = head.upper() == Incident.prefix and number.isdecimal()
    return (words[0].upper(), words[1:]) if named else ("", words)
