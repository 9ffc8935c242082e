"""People who work on while their desk's file is exchanged, and whoever repairs it."""

from __future__ import annotations

import random
import sqlite3
from contextlib import closing
from pathlib import Path
from threading import Event

from opsdesk.core.errors import Unavailable
from opsdesk.store.guard import SqliteGuard
from tests.faults.forge import Acknowledge
from tests.faults.sharing import Sharer

PAUSE = 0.03
TRIES = 200


def work_on(acknowledge: Acknowledge, folder: str, by: str, seed: int, commands: int) -> None:
    """As people do, with pauses; what is refused is done again."""
    sharer, chance = Sharer(acknowledge, folder, by, seed), random.Random(seed)
    for number in range(commands):
        Event().wait(chance.uniform(0, PAUSE))
        if number % 3 == 0:
            acknowledge({"news": len(sharer.store.news()), "given": []})
        try:
            sharer.some()
        except Unavailable as error:
            acknowledge({"refused": str(error), "given": []})
    sharer.store.close()


def mend(acknowledge: Acknowledge, folder: str, times: int) -> None:
    for _ in range(times):
        acknowledge({"mended": any(mended(Path(folder)) for _ in range(TRIES))})


def mended(folder: Path) -> bool:
    """A row of the file is damaged first; that may be written anew before, or the desk be written to meanwhile."""
    try:
        with closing(sqlite3.connect(folder / "desk.db")) as db, db:
            db.execute("update docs set sum=0 where number=(select max(number) from docs)")
        return bool(SqliteGuard(folder).repair().restored)
    except (Unavailable, sqlite3.OperationalError):
        Event().wait(PAUSE / 3)
        return False
