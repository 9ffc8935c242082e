"""What is new: since this agenda met last."""

from __future__ import annotations

from datetime import datetime, timedelta

from opsdesk.boards.lay import Table

FIRST_RUN_DAYS = 7


def last_met(table: Table) -> datetime:
    """When the last run of the series ended; before its first run, 7 days ago."""
    run = next(iter(table.runs()), None)
    return (run.ended or run.last) if run else table.scene.now - timedelta(days=FIRST_RUN_DAYS)
