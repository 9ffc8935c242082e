"""Every board by its name in an agenda file."""

from __future__ import annotations

from opsdesk.boards import (
    burning,
    changes,
    decisions,
    delays,
    escalations,
    flags,
    outages,
    priorities,
    promises,
    scores,
    section,
    staffing,
)
from opsdesk.boards.lay import board
from opsdesk.boards.registered import register_board
from opsdesk.boards.table import Board

BOARDS: dict[str, Board] = {
    "section": board(section.find),
    "burning": board(burning.find),
    "delays": board(delays.find, by_customer=True),
    "promises": board(promises.find),
    "staffing": board(staffing.find),
    "flags": board(flags.find),
    "scores": board(scores.find),
    "escalations": board(escalations.find),
    "priorities": board(priorities.find),
    "changes": board(changes.find),
    "decisions": board(decisions.find),
    "outages": board(outages.find),
    "maintenance": board(register_board("maintenance")),
    "requirements": board(register_board("requirements")),
    "releases": board(register_board("releases")),
    "known-issues": board(register_board("known-issues")),
    "bugs": board(register_board("bugs")),
    "environments": board(register_board("environments")),
    "announcements": board(register_board("announcements")),
}
