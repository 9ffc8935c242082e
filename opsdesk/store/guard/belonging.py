"""Which files belong to a desk: nothing that is copied, exported or printed is ever put in the place of one."""

from __future__ import annotations

import os
from pathlib import Path

from opsdesk.core.errors import Invalid
from opsdesk.store.days import BACKUPS
from opsdesk.store.guard.places import FILES

BESIDE = frozenset(("zone", "settings.toml", "demo.toml", "errors.log"))
AGENDAS = "agendas"
KEPT = ("before-", "daily-")
ELSEWHERE = "Name a file elsewhere, at best on another disk."


def refuse_belonging(place: Path) -> None:
    """Raises Invalid where a file or folder of this name is a desk's own, or would be; OSError."""
    folder = owner(place)
    if folder is not None:
        raise Invalid(f"{place} belongs to the desk in {folder}.", ELSEWHERE)
    if place.exists() and os.path.lexists(f"{os.path.realpath(place)}-wal"):
        raise Invalid(f"{place} is a database in use: the newest of it is in the -wal beside it.", ELSEWHERE)


def owner(place: Path) -> Path | None:
    """The folder of the desk that it belongs to, wherever links lead; None for what is nobody's."""
    real = Path(os.path.realpath(place))
    return next((folder for folder in (*real.parents[:3], real) if _is_own(real, folder) and was_here(folder)), None)


def was_here(folder: Path) -> bool:
    """Whether there is a desk in the folder, or what is left of one."""
    return any(os.path.lexists(folder / name) for name in FILES) or has_copies(folder)


def has_copies(folder: Path) -> bool:
    """Whether copies of a desk are kept in it."""
    return any(each.suffix == ".db" or each.name.startswith(KEPT) for each in (folder / BACKUPS).glob("[!.]*"))


def _is_own(real: Path, folder: Path) -> bool:
    """As names go; a new name is free among the backups, as long as it is not one that they are given."""
    first, *rest = real.relative_to(folder).parts or ("",)
    if first == BACKUPS and len(rest) == 1:
        return real.exists() or rest[0].startswith((".", *KEPT))
    return first in (BACKUPS, AGENDAS) or (not rest and (not first or first in FILES or first in BESIDE))
