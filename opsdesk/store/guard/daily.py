"""A copy a day, made by whichever desk is used first, and the old ones put away."""

from __future__ import annotations

import sqlite3
from contextlib import ExitStack
from datetime import date
from typing import TYPE_CHECKING

from opsdesk.core.errors import OpsDeskError, Unavailable
from opsdesk.core.guard import Told, silent
from opsdesk.store.days import BACKUPS, DAMAGED, WHOLE, made
from opsdesk.store.faults import Spoken
from opsdesk.store.files import NAME
from opsdesk.store.guard.backups import copy, need
from opsdesk.store.guard.copying import part, put
from opsdesk.store.guard.places import alone
from opsdesk.store.guard.reading import NEWEST, reading
from opsdesk.store.guard.rotation import kept
from opsdesk.store.guard.soundness import flaw
from opsdesk.store.schema import version_of

if TYPE_CHECKING:
    from pathlib import Path


def daily(folder: Path, today: date, told: Told = silent) -> str:
    """Makes today's copy where there is none, and says what a person should know of it: nothing, if all is well.

    A desk in which nothing has happened since the newest copy gets none: that one counts until something has. While
    somebody else makes one, this does nothing. Only a copy that passes its check makes an older one go; a copy of a
    damaged desk is kept under a name of its own. Raises Unavailable where the copy cannot be made.
    """
    place = folder / BACKUPS
    with Spoken(str(place), writes=True), ExitStack() as stack:
        need(folder)
        try:
            stack.enter_context(alone(folder))
        except Unavailable:
            return ""
        return _done(folder, place, today, told)


def _done(folder: Path, place: Path, today: date, told: Told) -> str:
    if made(folder, today) or _unchanged(folder, place, today):
        return ""
    with part(place / WHOLE.format(today)) as beside:
        copy(folder, beside, told)
        told("checking the copy")
        worst = flaw(beside / NAME)
        name = DAMAGED if worst else WHOLE
        put(beside / NAME, place / name.format(today))
    _put_away(place, name, today)
    if worst is None:
        return ""
    return f"The daily backup found damage ({worst.place}: {worst.what}): `opsdesk check` lists it."


def _unchanged(folder: Path, place: Path, today: date) -> bool:
    """Whether the newest copy ends with the desk's own last transaction. One that cannot be read tells nothing."""
    newest = max((day for day in _days(place, WHOLE) if day <= today), default=None)
    if newest is None:
        return False
    with reading(folder / NAME) as db:
        now = _state(db)
    try:
        with Spoken(str(place)), reading(place / WHOLE.format(newest)) as db:
            return _state(db) == now
    except OpsDeskError:
        return False


def _state(db: sqlite3.Connection) -> tuple[int, object]:
    return version_of(db), db.execute(NEWEST).fetchone()


def _put_away(place: Path, name: str, today: date) -> None:
    days = _days(place, name)
    for day in days - kept(days, today):
        (place / name.format(day)).unlink(missing_ok=True)


def _days(place: Path, name: str) -> set[date]:
    return {day for file in place.glob(name.format("*")) if (day := _day(file.name, name)) is not None}


def _day(name: str, pattern: str) -> date | None:
    before, _, after = pattern.partition("{}")
    try:
        day = date.fromisoformat(name.removeprefix(before).removesuffix(after))
    except ValueError:
        return None
    return day if pattern.format(day) == name else None
