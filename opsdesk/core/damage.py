"""Damage that was met and got over, as one sentence."""

from __future__ import annotations

from collections.abc import Sequence

NAMED = 5


def read_from_journal(ids: Sequence[str]) -> str:
    """Which records were damaged where they are kept, and what mends them; "" for none."""
    if not ids:
        return ""
    named = ", ".join(ids[:NAMED]) + (f" and {len(ids) - NAMED} more" if len(ids) > NAMED else "")
    was = "were" if len(ids) > 1 else "was"
    return f"{named} {was} damaged in the desk's file and read from the journal: `opsdesk check --repair` mends it."
