"""Every board by its name in an agenda file."""

from __future__ import annotations

from opsdesk.boards import (
    burning,
    changes,
    decisions,
    delays,
    escalations,
    flags,
    orders,
    outages,
    priorities,
    progress,
    promises,
    scores,
    section,
    staffing,
    updates,
)
from opsdesk.boards.lay import board
from opsdesk.boards.registered import register_board
from opsdesk.boards.table import Board

BOARDS: dict[str, Board] = {
    "section": board(section.find),
    "burning": board(burning.find),
    "delays": board(delays.find, orders.by_colour_and_customer),
    "promises": board(promises.find),
    "staffing": board(staffing.find),
    "flags": board(flags.find),
    "scores": board(scores.find),
    "escalations": board(escalations.find),
    "priorities": board(priorities.find, priorities.by_rank),
    "changes": board(changes.find),
    "updates": board(updates.find, orders.by_customer),
    "progress": board(progress.find),
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
