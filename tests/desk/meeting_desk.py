"""A desk in memory with a daily of three sections, for tests of meetings."""

from __future__ import annotations

from typing import Any

from opsdesk.core.agenda import Agenda, AgendaSection, Recurrence, Roles
from opsdesk.core.customers import Customer
from opsdesk.core.journal import fields
from opsdesk.core.kinds import KINDS
from opsdesk.core.people import Person
from opsdesk.core.settings import Settings
from opsdesk.desk import Desk
from opsdesk.store.memory import MemoryStore
from tests.clock import START, Clock

WEEKDAYS = Recurrence(rule="FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", at="15:00")

DAILY = Agenda(
    slug="daily",
    title="Daily",
    participants=("Operations", "Support"),
    sections=(
        AgendaSection(title="Burning", minutes=5),
        AgendaSection(title="Outages", minutes=4),
        AgendaSection(title="Staffing", minutes=3),
    ),
    recurrence=WEEKDAYS,
    timebox=15,
    roles=Roles(chair="Operations", deputy="Support", minute_taker="Support"),
    quorum=2,
    limit_days=5,
    escalates_to="review",
)
REVIEW = Agenda(
    slug="review",
    title="Review",
    participants=("everybody",),
    sections=(AgendaSection(title="Escalations", minutes=27),),
    recurrence=WEEKDAYS,
    timebox=30,
    hard_cap=True,
)
CALL = Agenda(
    slug="call",
    title="Call",
    participants=("the customer", "its owner"),
    sections=(AgendaSection(title="Promises", minutes=7),),
    recurrence=WEEKDAYS,
    timebox=10,
    audience="customer",
    per_customer=True,
)
FLAGS = Agenda(
    slug="flags",
    title="Flags",
    participants=("everybody",),
    sections=(AgendaSection(title="Red and orange", minutes=7, board="flags"),),
    recurrence=WEEKDAYS,
    timebox=10,
)
AGENDAS = {each.slug: each for each in (DAILY, REVIEW, CALL, FLAGS)}


def furnished(store: MemoryStore | None = None) -> MemoryStore:
    """Sue and Bob in Operations, Ann in Support, Max in Sales; Acme (Max's) and Globex."""
    store = store or MemoryStore()
    with store.work("set up", by="nobody", at=START) as work:
        people = (("sue", "Operations"), ("bob", "Operations"), ("ann", "Support"), ("max", "Sales"))
        for handle, department in people:
            work.add(Person(handle=handle, name=handle.title(), department=department))
        work.add(Customer(handle="acme", name="Acme", owner="max", onboarding=True))
        work.add(Customer(handle="globex", name="Globex"))
    return store


def desk(clock: Clock | None = None, by: str = "sue", store: MemoryStore | None = None) -> Desk:
    return Desk(
        furnished() if store is None else store, clock or Clock(), by, Settings(company="Initech"), lambda: AGENDAS
    )


def everything(of: Desk) -> dict[str, Any]:
    """Every record by id as the journal holds it, without `rev`."""
    records = [record for kind in KINDS for record in of.read.all(kind)]
    held = {record.id: fields(record) or {} for record in records}
    return {id: {name: value for name, value in each.items() if name != "rev"} for id, each in held.items()}
