"""What customers ask the support of Northwind Systems, and what is behind it when several ask the same."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

import msgspec

from opsdesk.demo.chronicle import Step, Tale
from opsdesk.demo.company import CLIENTS

FIRST_NUMBER = 4411
OTHERS = 44
EARLIEST = -38
SPREAD = 0.9
USUAL_DAYS = 1.6
AWAY = {"jonas": (-14,)}
CLOCKS = ("08:35", "09:12", "09:48", "10:27", "11:16", "13:05", "13:44", "14:21")
PRIORITIES, WEIGHTS = ("low", "normal", "high", "urgent"), (3, 9, 4, 1)


class Asked(msgspec.Struct, frozen=True):
    """A ticket, opened and, where it is by now, solved so many working days from the one the demo is opened on."""

    name: str
    day: int
    text: str
    customer: str
    priority: str
    assignee: str = "ana"
    solved: int | None = None
    why: str = ""
    waits: str = ""


class Cause(msgspec.Struct, frozen=True):
    """A problem, made on `day`, and the tickets it was made of."""

    symptom: str
    service: str
    day: int
    by: str
    fields: dict[str, str]
    asked: tuple[Asked, ...]
    steps: tuple[Step, ...] = ()


def _asked(name: str, text: str, *cases: tuple[int, str, str, int | None, str]) -> tuple[Asked, ...]:
    """Each with its day, customer, priority, on which day it was solved and how."""
    return tuple(
        Asked(f"{name} {number}", day, text, customer, priority, solved=solved, why=why)
        for number, (day, customer, priority, solved, why) in enumerate(cases)
    )


BY_HAND = "started again by hand"
CAUSES = (
    Cause(
        "Night import stops where a file is over 200 MB",
        "import",
        -17,
        "ana",
        {"owner": "tom"},
        _asked(
            "import",
            "Import stopped at midnight",
            (-33, "umbrella", "high", -33, BY_HAND),
            (-29, "initech", "high", -28, BY_HAND),
            (-24, "globex", "high", -24, BY_HAND),
            (-20, "umbrella", "urgent", -20, BY_HAND),
            (-18, "initech", "high", -18, BY_HAND),
        ),
        (
            Step(-15, "10:15", "tom", "investigate"),
            Step(-11, "16:05", "tom", "know", 'workaround:"start it again by hand" cause:"the whole file is read"'),
            Step(-8, "11:05", "tom", "schedule", "imports in small batches, with 4.13"),
        ),
    ),
    Cause(
        "Labels stop at the whole site when one printer goes offline",
        "labels",
        -14,
        "ana",
        {"owner": "tom"},
        _asked(
            "labels",
            "No labels since a printer is offline",
            (-30, "umbrella", "urgent", -30, "queue cleared by hand"),
            (-23, "stark", "high", -23, "queue cleared by hand"),
            (-19, "umbrella", "high", -19, "queue cleared by hand"),
            (-15, "stark", "urgent", -15, "queue cleared by hand"),
        ),
        (
            Step(-13, "10:15", "tom", "investigate"),
            Step(-6, "16:40", "tom", "know", 'workaround:"clear the queue by hand, 20 minutes"'),
        ),
    ),
    Cause(
        "Search takes ten seconds with many articles",
        "search",
        -9,
        "sue",
        {"owner": "mia"},
        _asked(
            "search",
            "Search is too slow at the change of shift",
            (-28, "nippon", "normal", -22, "they search by number"),
            (-21, "massive", "normal", -16, "they search by number"),
            (-12, "hooli", "normal", None, ""),
            (-10, "nippon", "high", None, ""),
        ),
        (Step(-7, "14:10", "mia", "investigate"),),
    ),
    Cause(
        "Freight on invoices is wrong since the rate update",
        "invoices",
        -1,
        "ana",
        {},
        _asked(
            "freight",
            "Freight on our invoices is wrong",
            (-2, "tyrell", "urgent", None, ""),
            (-2, "cyberdyne", "high", None, ""),
            (-1, "tyrell", "high", None, ""),
        ),
    ),
    Cause(
        "Nobody could log in for as long as the old certificate was there",
        "login",
        -26,
        "sue",
        {"owner": "tom", "cause": "the certificate had run out"},
        _asked(
            "login",
            "Nobody of us can log in",
            (-27, "acme", "urgent", -27, "new certificate"),
            (-27, "gringotts", "urgent", -27, "new certificate"),
            (-27, "stark", "urgent", -27, "new certificate"),
        ),
        (
            Step(-26, "15:15", "tom", "watch", "certificates renew themselves, with an alarm 30 days before"),
            Step(-3, "15:15", "sue", "close", "four weeks without one"),
        ),
    ),
)

SUBJECTS = (
    ("How do we add a second printer", "ana"),
    ("New users for the late shift", "ana"),
    ("A pick list is missing one line", "ana"),
    ("Export of the stock figures as a sheet", "jonas"),
    ("The badge reader does not light up", "kofi"),
    ("Password reset does not arrive", "ana"),
    ("Wrong address on a carrier label", "ana"),
    ("Please change our opening hours", "ana"),
    ("Training for four new colleagues", "kofi"),
    ("The scanner shows yesterday's orders", "jonas"),
    ("An order is there twice", "jonas"),
    ("What does the amber light mean", "ana"),
    ("Delivery note in a second language", "kofi"),
    ("Reports come an hour late", "jonas"),
    ("We cannot see the returns of last week", "ana"),
    ("API key for our new shop", "sue"),
)
WAITING = ("a picture of the label", "the number of the order", "an answer of their IT")
SOLVED = ("answered", "shown on the phone", "corrected", "it was set wrong", "done, they have looked")


def support(dice: Random) -> Iterator[Tale]:
    """Tickets and problems, as `dice` decides them; the tickets numbered as they came in."""
    themed = [each for cause in CAUSES for each in cause.asked]
    came = sorted([*themed, *_others(dice)], key=lambda each: each.day)
    for number, each in enumerate(came):
        yield _ticket(each, FIRST_NUMBER + 7 * number + dice.randrange(7), CLOCKS[number % len(CLOCKS)])
    for cause in CAUSES:
        yield _problem(cause)


def _others(dice: Random) -> Iterator[Asked]:
    """Those that nothing connects; who pays more asks more."""
    revenue = [client.revenue**0.6 for client in CLIENTS]
    for number in range(OTHERS):
        text, assignee = SUBJECTS[number % len(SUBJECTS)]
        day = -1 - int(dice.random() * -EARLIEST)
        took = int(dice.lognormvariate(0, SPREAD) * USUAL_DAYS) + 1
        ended = day + took if day + took < 0 else None
        yield Asked(
            f"other {number}",
            day,
            text,
            dice.choices([client.handle for client in CLIENTS], revenue)[0],
            dice.choices(PRIORITIES[: 3 if ended is None else 4], WEIGHTS[: 3 if ended is None else 4])[0],
            assignee,
            ended,
            dice.choice(SOLVED),
            dice.choice(WAITING) if dice.random() < 0.3 else "",
        )


def _ticket(each: Asked, number: int, clock: str) -> Tale:
    fields = {
        "customer": each.customer,
        "priority": each.priority,
        "number": str(number),
        "assignee": each.assignee,
    }
    return Tale("tickets", each.day, clock, "ana", each.text, fields, tuple(_steps(each)), each.name)


def _steps(each: Asked) -> Iterator[Step]:
    """Half an hour before the daily at the latest; what waits and is not solved waits still."""
    by = "ana" if each.solved in AWAY.get(each.assignee, ()) else each.assignee
    if each.waits and (each.solved is None or each.solved > each.day):
        yield Step(each.day, "14:45", "ana", "wait", each.waits)
    if each.solved is not None:
        yield Step(each.solved, "14:50", by, "solve", each.why)


def _problem(cause: Cause) -> Tale:
    fields = {
        "service": cause.service,
        "customers": ",".join(dict.fromkeys(each.customer for each in cause.asked)),
        "tickets": ",".join(f"{{id[{each.name}]}}" for each in cause.asked),
        **cause.fields,
    }
    return Tale("problems", cause.day, "14:55", cause.by, cause.symptom, fields, cause.steps, cause.symptom)
