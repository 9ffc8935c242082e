"""A desk on which everything that people can write down names customers of whom another must not read."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

import msgspec

from opsdesk import agendas
from opsdesk.boards.index import BOARDS
from opsdesk.core.agenda import Agenda, AgendaSection
from opsdesk.core.settings import Settings
from opsdesk.desk import Desk
from opsdesk.store.memory import MemoryStore
from tests.clock import START, Clock

CALL, EVERYTHING = "customer-status-call", "everything"
OURS = "acme"
STRANGE = (("Zyxxon Ltd", "zyxxon"), ("Quoxvex Industries", "quoxvex"), ("Brimblat Works", "brimblat"))
INSIDE = "snarkle"
"""A word that the team uses among itself only."""
PERSON = ("Wilhelmina Throckmorton", "wilhelmina")
SECRETS = ("zyxx", "quox", "brimb", "ltd", "snark", "vortig")
"""Beginnings of what must stand nowhere, so that what is cut off is found too."""
SPIKED = "Zyxxon Ltd and Quoxvex have it too"


def told(words: str, secrets: tuple[str, ...] = SECRETS) -> list[str]:
    """Which of the secrets stand in it."""
    return [each for each in secrets if each in words.lower()]


def boards_of_all() -> tuple[AgendaSection, ...]:
    """One section for every board there is."""
    return tuple(AgendaSection(title=f"All {name}", minutes=1, board=name) for name in BOARDS)  # type: ignore[arg-type]


def read() -> Mapping[str, Agenda]:
    """As shipped, and one call with a customer that shows everything there is."""

    shipped = agendas.read(None)
    every = msgspec.structs.replace(
        shipped[CALL], slug=EVERYTHING, title="Everything", sections=boards_of_all(), timebox=len(BOARDS) + 3
    )
    return {**shipped, EVERYTHING: every}


def desk(clock: Clock | None = None, by: str = "sue") -> Desk:
    return Desk(MemoryStore(), clock or Clock(), by, Settings(company="Northwind Systems"), read)


def company(clock: Clock) -> Desk:
    """Who there is."""
    made = desk(clock)
    for name, department in (("Sue Park", "Operations"), ("Tom Reyes", "Operations"), ("Ana Lima", "Support")):
        made.people.add(name, department)
    made.people.add_customer("Acme Logistics", owner="sue", handle=OURS, onboarding=True)
    for name, handle in STRANGE:
        made.people.add_customer(name, owner="sue", handle=handle, onboarding=True)
    made.cadence.switch(CALL, True, OURS)
    made.cadence.switch(CALL, True, "zyxxon")
    return made


def registers(made: Desk) -> None:
    """Of every register: a record of another, one that they share with ours, one of ours that names them."""
    add, inside = made.registers.add, {"why": INSIDE}
    add("components", "Vortigern Engine of Zyxxon", handle="vortig", owner="tom")
    add("components", "Shared Login", handle="login", owner="tom")
    for whose, words in (("zyxxon", "Cluster"), ("acme #zyxxon #quoxvex", "Shared"), ("acme", SPIKED), ("acme", "Own")):
        marks, text = f"#{whose}", "Down" if words == SPIKED else words
        more = {"title": words} if words == SPIKED else {}
        add("incidents", f"{text} outage {marks} sev:1 @tom", workaround=SPIKED, **inside, **more)
        add("maintenance", f"{text} window {marks} starts:tomorrow 22:00 told:zyxxon", result=SPIKED, **inside, **more)
        add("known-issues", f"{text} issue {marks}", workaround=SPIKED, **inside, **more)
        add("bugs", f"{text} bug {marks}", **inside, **more)
        one = whose.split()[0]
        add("deliveries", f"{text} delivery #{one} @tom fri", **inside, **more)
        add("requirements", f"{text} requirement #{one} @tom fri", **inside, **more)
    add("incidents", "Engine trouble #zyxxon components:vortig sev:1")
    add("releases", "9.9", contents=SPIKED, owner="tom", why=SPIKED)
    add("environments", "zyxxon-staging", holder="tom", why=SPIKED)
    add("announcements", "We won Zyxxon Ltd", audience="customer", customers="zyxxon", owner="sue")
    add("absences", "@tom away tomorrow", why=SPIKED)


def outage(made: Desk) -> None:
    """The incident that hits ours and others has all that can be said of one."""
    shared = "I-2"
    made.incidents.update(shared, f"{SPIKED}, {INSIDE}")
    made.incidents.note(shared, f"{SPIKED}, {INSIDE}")
    made.incidents.inform(shared, "Sales, @ana", how=SPIKED)
    points = dict.fromkeys(("known", "affected", "works", "workaround", "doing", "not_say"), f"{SPIKED} {INSIDE}")
    made.incidents.talk(shared, points)
    made.incidents.approve(shared)


def work(made: Desk) -> None:
    """Actions, items and flags."""
    for words in (
        f"Tell {SPIKED} @tom #acme fri !",
        "Ours alone @tom #acme yesterday !",
        "Theirs @tom #zyxxon yesterday !",
    ):
        made.actions.capture(words, past_ok=True)
    made.actions.wait(made.actions.capture("Waits @tom #acme fri").id, "Zyxxon Ltd")
    made.actions.drop(made.actions.capture("Dropped @tom #acme fri").id, SPIKED)
    made.actions.redate(made.actions.capture("Moved @tom #acme fri").id, made.today() + timedelta(days=9), SPIKED)
    for section in ("Progress", "New requests"):
        made.items.add(f"Item {SPIKED}", agenda=CALL, section=section, customer=OURS)
        made.items.add("Item of another", agenda=CALL, section=section, customer="quoxvex")
    for name in BOARDS:
        made.items.add(f"Item {SPIKED}", agenda=EVERYTHING, section=f"All {name}", customer=OURS)
        made.items.add(f"Item {INSIDE}", agenda=EVERYTHING, section=f"All {name}", customer="brimblat")
    made.scores.set("zyxxon", "Support", "red", f"{INSIDE} Zyxxon Ltd leaves")
    made.scores.set(OURS, "Support", "red", SPIKED)


def meetings(made: Desk, clock: Clock) -> None:
    """What was said where ours did not sit, and in the last call with them."""
    for slug, customer in (("daily-operations-sync", ""), (CALL, "zyxxon"), (CALL, OURS), (EVERYTHING, OURS)):
        held = made.meetings.start(slug, customer=customer)
        made.meetings.note(held.id, f"Note: {SPIKED}")
        made.meetings.decide(held.id, f"Decided: {SPIKED}")
        made.meetings.act(held.id, f"Do: {SPIKED} @tom fri")
        made.meetings.park(held.id, f"Parked: {SPIKED}")
        clock.forward(minutes=9)
        made.meetings.close(held.id)
        if made.meetings.drafts():
            made.meetings.settle(held.id)
        clock.forward(minutes=1)


def full(clock: Clock | None = None) -> Desk:
    """All of it; what the registers hold came after the last calls, so that it is all news."""
    clock = clock or Clock(START - timedelta(hours=3))
    made = company(clock)
    meetings(made, clock)
    registers(made)
    outage(made)
    work(made)
    clock.forward(minutes=30)
    return made
