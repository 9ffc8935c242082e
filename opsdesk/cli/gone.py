"""A folder in which there was a desk, and whose file is gone: what is left tells that it was there."""

from __future__ import annotations

from pathlib import Path

from opsdesk.core.errors import Unavailable


def refuse_gone(folder: Path) -> None:
    """Raises Unavailable where the folder holds backups of a desk, or the time zone that one was made in; OSError."""
    from opsdesk.config import ZONE, read_marker
    from opsdesk.store.files import NAME
    from opsdesk.store.guard.belonging import has_copies

    copies = has_copies(folder)
    if not copies and not (folder / ZONE).exists():
        return
    if read_marker(folder):
        hint = "`opsdesk demo --fresh` makes the demo desk anew."
    elif copies:
        hint = "`opsdesk restore` lists the copies that can be put in its place."
    else:
        hint = "`opsdesk restore FILE` puts a backup in its place; without one, move the folder away to begin anew."
    raise Unavailable(f"The desk's file is gone: {folder / NAME}.", hint)
