"""A folder in which there was a desk, and whose file is gone: what is left tells that it was there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from opsdesk.core.errors import Unavailable

if TYPE_CHECKING:
    from opsdesk.store.embedded import Embedded


def refuse_gone(engine: Embedded) -> None:
    """Raises Unavailable where the folder holds backups of a desk, or the time zone that one was made in; OSError."""
    from opsdesk.config import ZONE, read_marker

    copies = engine.has_backups()
    if not copies and not (engine.folder / ZONE).exists():
        return
    if read_marker(engine.folder):
        hint = "`opsdesk demo --fresh` makes the demo desk anew."
    elif copies:
        hint = "`opsdesk restore` lists the copies that can be put in its place."
    else:
        hint = "`opsdesk restore FILE` puts a backup in its place; without one, move the folder away to begin anew."
    raise Unavailable(f"The desk's file is gone: {engine.place}.", hint)
