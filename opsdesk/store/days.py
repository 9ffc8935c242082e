"""What the copy of a day is called: whether there is one is asked without loading what makes it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

BACKUPS = "backups"
WHOLE, DAMAGED = "daily-{}.db", "daily-{}-damaged.db"


def made(folder: Path, day: date) -> bool:
    """Looks at a name or two, no more. Raises OSError."""
    return any((folder / BACKUPS / name.format(day)).exists() for name in (WHOLE, DAMAGED))
