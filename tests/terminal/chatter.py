"""A desk that never stops writing: `python -m tests.terminal.chatter FOLDER MEETING`, until it is ended."""

from __future__ import annotations

import itertools
import sys
import threading
from pathlib import Path

from opsdesk import agendas
from opsdesk.core.errors import Unavailable
from opsdesk.core.settings import Settings
from opsdesk.desk import Desk
from opsdesk.store.sqlite import SqliteStore
from tests.clock import Clock

PAUSE = 0.003  # seconds, in which others can write


def chatter(folder: Path, meeting: str) -> None:
    desk = Desk(SqliteStore(folder), Clock(), "ana", Settings(time_zone="UTC"), lambda: agendas.read(None))
    for number in itertools.count():
        try:
            desk.actions.capture(f"News {number} @raj #globex fri", meeting=meeting)
        except Unavailable:  # somebody else is writing: the next one then
            continue
        finally:
            threading.Event().wait(PAUSE)


if __name__ == "__main__":
    chatter(Path(sys.argv[1]), sys.argv[2])
