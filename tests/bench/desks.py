"""Desks of a given size, written through the store as the desk itself writes them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path

from opsdesk.core.actions import Action, Told
from opsdesk.core.customers import Customer
from opsdesk.core.people import Person
from opsdesk.core.record import Record
from opsdesk.core.settings import Settings
from opsdesk.desk import Desk
from opsdesk.store.sqlite import SqliteStore
from tests.bench.measure import NOW

PEOPLE = ("sue", "bob", "ada", "tom", "eve", "kim", "lee", "max", "ann")
CUSTOMERS = tuple(f"customer-{n}" for n in range(1, 21))
OPEN = 400
TOGETHER = 500
TYPED = 10
MARKER = "Marker"


def write(folder: Path, records: int) -> None:
    """A desk of so many records: people, customers and actions, of which two in five, at most OPEN, are open.

    Most were imported by somebody else, the newest made one by one by whoever sits here.
    """
    store = SqliteStore(folder)
    try:
        at = datetime.fromisoformat(NOW) - timedelta(days=60)
        everything = [*people(), *customers(), *actions(records - len(PEOPLE) - len(CUSTOMERS), at)]
        imported, typed = everything[:-TYPED], everything[-TYPED:]
        for first in range(0, len(imported), TOGETHER):
            add(store, "tom", at, imported[first : first + TOGETHER])
        for record in typed:
            add(store, "sue", at, [record])
    finally:
        store.close()


def add(store: SqliteStore, by: str, at: datetime, records: Sequence[Record]) -> None:
    with store.work("Add", by=by, at=at) as work:
        for record in records:
            work.add(record)


def people() -> Iterator[Person]:
    return (Person(handle=handle, name=handle.title(), department="Operations") for handle in PEOPLE)


def customers() -> Iterator[Customer]:
    return (Customer(handle=handle, name=handle.title(), owner="sue") for handle in CUSTOMERS)


def actions(count: int, at: datetime) -> Iterator[Action]:
    """The open ones last; the very first of them is a promise that was due yesterday and is called MARKER."""
    still_open = min(OPEN, count * 2 // 5)
    yesterday = datetime.fromisoformat(NOW).date() - timedelta(days=1)
    for n in range(count - still_open):
        yield action(n, at, yesterday, finished=at + timedelta(days=7))
    for n in range(still_open):
        yield action(n, at, yesterday if n == 0 else yesterday + timedelta(days=n), promise=n == 0)


def action(n: int, at: datetime, due: date, *, promise: bool = False, finished: datetime | None = None) -> Action:
    customer = CUSTOMERS[n % len(CUSTOMERS)]
    title = f"{MARKER if promise else 'Call back'} with the workaround, case {n}"
    told = Told(words=title, by="sue", to=customer, on=at, typed_by="sue", due=due) if promise else None
    return Action(
        title=title,
        owner=PEOPLE[n % len(PEOPLE)],
        customer=customer,
        due=due,
        promise=promise,
        told=told,
        created=at,
        created_by="sue",
        finished=finished,
        state="done" if finished else "ready",
    )


def open_desk(folder: Path) -> Desk:
    now = datetime.fromisoformat(NOW)
    return Desk(SqliteStore(folder), lambda: now, "sue", Settings(time_zone="UTC"), dict)
