"""A desk with a small company, for the screens."""

from __future__ import annotations

from pathlib import Path

from opsdesk import agendas
from opsdesk.core.ports import Store
from opsdesk.core.settings import Settings
from opsdesk.desk import Desk
from opsdesk.store.memory import MemoryStore
from opsdesk.ui.app import OpsDesk
from opsdesk.ui.hands import Hands, Sheet
from tests.clock import Clock

PEOPLE = (
    ("Sue Park", "Operations"),
    ("Tom Reyes", "Operations"),
    ("Ana Lima", "Support"),
    ("Ed Novak", "Program Management"),
)
CUSTOMERS = ("Acme Logistics", "Globex", "[EMEA] 日本物流")


def company(clock: Clock | None = None, store: Store | None = None) -> Desk:
    """Four people, three customers, the clock standing at Monday 23 November 2026, 15:00 UTC."""
    desk = Desk(
        store or MemoryStore(),
        clock or Clock(),
        "sue",
        Settings(company="Northwind Systems"),
        lambda: agendas.read(None),
    )
    for name, department in PEOPLE:
        desk.people.add(name, department)
    for name in CUSTOMERS:
        desk.people.add_customer(name)
    return desk


def hands(**others: object) -> Hands:
    """Hands that keep nothing."""

    def never(*_: object) -> Desk:
        raise AssertionError("this test opens no other desk")

    plain = {
        "read_table": lambda data: Sheet(headers=(), rows=()),
        "remember": lambda key, value: None,
        "settle": never,
        "make_demo": never,
        "save": lambda name, text: Path(name),
    }
    return Hands(**{**plain, **others})


def app(desk: Desk, start: str = "", **others: object) -> OpsDesk:
    return OpsDesk(desk, hands(**others), start)
