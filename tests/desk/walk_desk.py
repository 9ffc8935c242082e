"""A meeting with a scan of the sheet before its walk over four flags, for tests of that walk."""

from __future__ import annotations

from opsdesk.core.agenda import Agenda, AgendaSection, Recurrence
from opsdesk.core.flagwalk import Walk
from opsdesk.core.settings import Settings
from opsdesk.desk import Desk
from opsdesk.store.memory import MemoryStore
from tests.clock import Clock
from tests.desk.meeting_desk import furnished

SUCCESS = Agenda(
    slug="success",
    title="Customer Success",
    participants=("everybody",),
    sections=(
        AgendaSection(title="Sheet", minutes=5, board="scores"),
        AgendaSection(title="Flags", minutes=10, board="flags"),
    ),
    recurrence=Recurrence(rule="FREQ=WEEKLY;BYDAY=MO", at="15:00"),
    timebox=18,
)
ACME_RED, GLOBEX_RED = ("acme", "Delivery"), ("globex", "Product")
ACME_ORANGE, GLOBEX_ORANGE = ("acme", "Support"), ("globex", "Delivery")


def desk(clock: Clock, store: MemoryStore | None = None, by: str = "sue") -> Desk:
    return Desk(store or furnished(), clock, by, Settings(company="Initech"), lambda: {"success": SUCCESS})


def flagged(clock: Clock, store: MemoryStore | None = None) -> Desk:
    """Acme's Support orange for a month, its Delivery red for two weeks, Globex' Product red for one; its Delivery
    orange since yesterday; and what is green.
    """
    ours = desk(clock, store)
    now = clock.now
    for days, (customer, measure), level in (
        (30, ACME_ORANGE, "orange"),
        (14, ACME_RED, "red"),
        (7, GLOBEX_RED, "red"),
        (1, GLOBEX_ORANGE, "orange"),
        (1, ("globex", "Support"), "green"),
    ):
        clock.now = now
        clock.forward(days=-days)
        ours.scores.set(customer, measure, level, "late again")
    clock.now = now
    return ours


def started(ours: Desk, clock: Clock) -> str:
    """At the first flag, a minute after it began."""
    id = ours.meetings.start("success").id
    clock.forward(minutes=1)
    ours.meetings.next(id, of=0)
    ours.walk.begin(id)
    return id


def told(walk: Walk) -> list[tuple[str, str, int]]:
    """Of each that had its turn: customer and measure, what came of it, the seconds it took."""
    return [(" ".join(each.cell), each.outcome, int(each.talk.total_seconds())) for each in walk.done]
