"""Every board by its name in an agenda file."""

from __future__ import annotations

from opsdesk.boards import (
    burning,
    changes,
    decisions,
    delays,
    escalations,
    flags,
    priorities,
    promises,
    scores,
    section,
    staffing,
)
from opsdesk.boards.lay import board
from opsdesk.boards.table import Board

BOARDS: dict[str, Board] = {
    "section": board(section.find),
    "burning": board(burning.find),
    "delays": board(delays.find),
    "promises": board(promises.find),
    "staffing": board(staffing.find),
    "flags": board(flags.find),
    "scores": board(scores.find),
    "escalations": board(escalations.find),
    "priorities": board(priorities.find),
    "changes": board(changes.find),
    "decisions": board(decisions.find),
}
