"""The demo company as tests make it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from msgspec.structs import replace

from opsdesk import agendas
from opsdesk.boards.index import BOARDS
from opsdesk.boards.table import Line
from opsdesk.core.agenda import Agenda
from opsdesk.core.registers.absences import Absence
from opsdesk.demo import DEMO_SETTINGS, USER, Moment, build
from opsdesk.desk import Desk
from opsdesk.store.memory import MemoryStore
from opsdesk.store.sqlite import SqliteStore

MONDAY = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)
SHIPPED: Mapping[str, Agenda] = agendas.read(None)


def made(folder: Path | None = None, now: datetime = MONDAY, seed: int = 7) -> Desk:
    """In memory where no folder is named."""
    store, moment = SqliteStore(folder) if folder else MemoryStore(), Moment(now)

    def enter(by: str) -> Desk:
        return Desk(store, moment, by, DEMO_SETTINGS, lambda: SHIPPED)

    build(enter, moment, seed)
    moment.now = now
    return enter(USER)


def table(desk: Desk, agenda: str, title: str) -> list[Line]:
    section = next(each for each in SHIPPED[agenda].sections if each.title == title)
    return BOARDS[section.board](desk.read, replace(desk.scene(), agenda=agenda, section=title))


def days_away(desk: Desk) -> Iterator[tuple[str, date]]:
    for each in desk.read.all(Absence):
        if each.what == "away" and each.starts and each.ends:
            for n in range((each.ends - each.starts).days + 1):
                yield each.person, each.starts + timedelta(days=n)
