"""Copies of a desk made while it is open, each checked before it counts."""

from __future__ import annotations

import os
from datetime import datetime
from typing import TYPE_CHECKING

from msgspec.structs import replace

from opsdesk.core.copies import Copy
from opsdesk.core.errors import Invalid, NotFound, Unavailable
from opsdesk.core.guard import Finding, Told, silent
from opsdesk.store.days import BACKUPS
from opsdesk.store.faults import Spoken
from opsdesk.store.files import NAME
from opsdesk.store.guard.belonging import refuse_belonging
from opsdesk.store.guard.copying import copied, part, put
from opsdesk.store.guard.places import FILES, free, stamp
from opsdesk.store.guard.reading import looked_at, reading
from opsdesk.store.guard.soundness import flaw

if TYPE_CHECKING:
    from pathlib import Path


def backup(folder: Path, target: Path, *, over: bool = False, now: datetime | None = None, told: Told = silent) -> Copy:
    """A copy under this name; in a folder, under a name with the time. What is there is replaced only if `over`.

    Raises NotFound where there is no desk, Invalid for a target that cannot be, Unavailable where the desk cannot be
    read, the copy cannot be written, or it does not pass its check: then nothing is there but what was before.
    """
    with Spoken(str(folder / NAME)):
        need(folder)
        named = not target.is_dir()
        place = target if named else free(target / f"desk-{stamp(now)}.db")
        _refuse_own(folder, target, place)
        refuse_belonging(place)
        _refuse_taken(place, over)
    with Spoken(str(place), writes=True), part(place) as beside:
        copy(folder, beside, told)
        told("checking the copy")
        refuse_damaged(flaw(beside / NAME), folder)
        return looked_at(_put(beside / NAME, place, over, named))


def copies(folder: Path, told: Told = silent) -> list[Copy]:
    """Those in the desk's own folder of backups, the newest first, each with what is wrong with it.

    Raises Unavailable where nobody can look.
    """
    place = folder / BACKUPS
    with Spoken(str(place)):
        try:
            files = [each for each in place.iterdir() if each.suffix == ".db" and not each.name.startswith(".")]
        except FileNotFoundError:
            if os.path.lexists(place):
                raise
            return []
        return [_judged(file, told) for file in sorted(files, key=lambda file: file.stat().st_mtime, reverse=True)]


def _judged(file: Path, told: Told) -> Copy:
    told(f"checking {file.name}")
    found = looked_at(file)
    worst = None if found.problem else flaw(file, quick=True)
    return replace(found, problem=f"It is damaged ({worst.place}: {worst.what}).") if worst else found


def need(folder: Path) -> None:
    if not (folder / NAME).exists():
        raise NotFound(f"There is no desk at {folder}.", "Name its folder with --desk.")


def copy(folder: Path, beside: Path, told: Told = silent) -> None:
    """The desk, as a desk in the folder `beside`. Raises Unavailable where it cannot be read."""
    with reading(folder / NAME) as db:
        copied(db, beside / NAME, told)


def refuse_damaged(found: Finding | None, folder: Path) -> None:
    if found is not None:
        what = f"The desk in {folder} is damaged ({found.place}: {found.what}), so no copy of it was kept."
        raise Unavailable(what, "`opsdesk check --repair` keeps its files as they are and mends it.")


def _refuse_own(folder: Path, target: Path, place: Path) -> None:
    """A copy is no copy where the next command, or the next fault, takes both."""
    own = os.path.realpath(folder)
    if os.path.realpath(target) == own or os.path.realpath(place.parent) == own:
        hint = f"Name a file elsewhere, at best on another disk; {folder / BACKUPS} will do."
        raise Invalid(f"{target} belongs to the desk itself.", hint)
    if any(place.exists() and (folder / name).exists() and place.samefile(folder / name) for name in FILES):
        raise Invalid(f"{target} is the desk itself.", "Name another file.")


def _refuse_taken(place: Path, over: bool) -> None:
    if not place.parent.is_dir():
        raise Invalid(f"There is no folder {place.parent}.", "Make it, or name a file in one that is there.")
    if place.exists() and not place.is_file():
        raise Invalid(f"{place} is not a file.", "Name a file to copy the desk into.")
    if not over and os.path.lexists(place):
        raise Invalid(f"{place} is already there.", "Add --force to replace it, or name another file.")


def _put(made: Path, place: Path, over: bool, named: bool) -> Path:
    """Where it is now: under a name that was not given but made up, the next where somebody has taken it meanwhile."""
    while True:
        try:
            put(made, place, over=over and named)
            return place
        except FileExistsError:
            if named:
                _refuse_taken(place, over=False)
            place = free(place)
