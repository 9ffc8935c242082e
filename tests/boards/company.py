"""A reader over records in memory, and a small company to put on the table."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

from opsdesk.boards.index import BOARDS
from opsdesk.boards.table import Line, Scene
from opsdesk.core.actions import Action
from opsdesk.core.agenda import Agenda, AgendaSection, Recurrence
from opsdesk.core.customers import Customer
from opsdesk.core.entries import Item
from opsdesk.core.errors import NotFound
from opsdesk.core.meeting import Meeting, Section
from opsdesk.core.people import Person
from opsdesk.core.record import R, Record
from opsdesk.core.scores import Level, Score
from opsdesk.core.settings import Settings
from tests.clock import START

TODAY = START.date()
DAILY = "daily-operations-sync"
REVIEW = "escalation-review"


class Memory:
    """Records in the order they are given; `read` counts the kinds that were read whole."""

    def __init__(self, *records: Record) -> None:
        self.records = records
        self.read: list[str] = []

    def get(self, kind: type[R], id: str) -> R:
        for each in self.records:
            if isinstance(each, kind) and each.id == id:
                return each
        raise NotFound(f"There is no {id}.")

    def all(self, kind: type[R]) -> Sequence[R]:
        self.read.append(kind.kind)
        return [each for each in self.records if isinstance(each, kind)]

    def live(self, kind: type[R]) -> Sequence[R]:
        return [each for each in self.records if isinstance(each, kind) and each.live]

    def where(self, kind: type[R], test: Callable[[R], bool] | None = None, /, **equal: object) -> Sequence[R]:
        same = [each for each in self.all(kind) if all(each[name] == value for name, value in equal.items())]
        return [each for each in same if test is None or test(each)]


def agenda(slug: str, title: str, **more: Any) -> Agenda:
    return Agenda(
        slug=slug,
        title=title,
        participants=("Operations",),
        sections=(AgendaSection(title="Burning issues", minutes=5), AgendaSection(title="Delays", minutes=5)),
        recurrence=Recurrence(rule="FREQ=DAILY", at="16:30"),
        timebox=20,
        **more,
    )


AGENDAS = {
    DAILY: agenda(DAILY, "Daily Operations Sync", limit_days=5, escalates_to=REVIEW),
    REVIEW: agenda(REVIEW, "Escalation Review"),
}

SUE = Person(id="P-1", handle="sue", name="Sue Park")
TOM = Person(id="P-2", handle="tom", name="Tom Reyes")
ANA = Person(id="P-3", handle="ana", name="Ana Lima")
GLOBEX = Customer(id="C-1", handle="globex", name="Globex")
INITECH = Customer(id="C-2", handle="initech", name="Initech")
NAMES: tuple[Record, ...] = (SUE, TOM, ANA, GLOBEX, INITECH)


def day(offset: int) -> date:
    return TODAY + timedelta(days=offset)


def at(offset: int, hour: int = 12) -> datetime:
    return datetime.combine(day(offset), datetime.min.time(), UTC) + timedelta(hours=hour)


def action(id: str, due: int | None = None, **more: Any) -> Action:
    fields = {"title": f"Do {id}", "due": None if due is None else day(due), **more}
    return Action(id=id, **fields)


def item(id: str, **more: Any) -> Item:
    fields = {"text": f"Item {id}", "agenda": DAILY, "section": "Burning issues", "opened": at(-1), **more}
    return Item(id=id, **fields)


def score(id: str, level: Level, since: int, customer: str = "initech", **more: Any) -> Score:
    fields = {"measure": "Support", "at": at(-1), "since": at(since), "was": "green", **more}
    return Score(id=id, customer=customer, level=level, **fields)


def run(id: str, number: int, on: int, **more: Any) -> Meeting:
    fields = {"agenda": DAILY, "title": "Daily Operations Sync", "state": "closed", **more}
    return Meeting(
        id=id,
        number=number,
        scheduled=at(on, 16),
        started=at(on, 16),
        ended=at(on, 17),
        last=at(on, 17),
        timebox=20,
        sections=(Section(title="Burning issues", minutes=5, seconds=300),),
        **fields,
    )


def scene(**more: Any) -> Scene:
    fields = {"agenda": DAILY, "section": "Burning issues", "agendas": AGENDAS, **more}
    return Scene(now=START, settings=Settings(company="Northwind"), **fields)


def lines(board: str, *records: Record, **where: Any) -> list[Line]:
    return BOARDS[board](Memory(*NAMES, *records), scene(**where))


def shown(found: list[Line]) -> list[tuple[str, str]]:
    return [(line.id, line.reason) for line in found]
