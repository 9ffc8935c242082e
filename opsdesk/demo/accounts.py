"""Whom Northwind Systems knows at its customers, what goes past support, and what was escalated."""

from __future__ import annotations

import msgspec

from opsdesk.demo.chronicle import Step, Tale
from opsdesk.demo.company import CLIENTS

OWNERS = {client.handle: client.owner for client in CLIENTS}


class Known(msgspec.Struct, frozen=True):
    """`spoken`: on which working days, counted from the one the demo is opened on."""

    customer: str
    name: str
    role: str
    spoken: tuple[int, ...] = ()
    gone: tuple[int, str] | None = None


KNOWN = (
    Known("acme", "Dana Whitfield", "Head of logistics", (-20, -4)),
    Known("acme", "Piet de Vries", "IT operations", (-27, -9, -2)),
    Known("globex", "Lena Ortiz", "CIO", (-15, -8, -1)),
    Known("globex", "Samir Haddad", "Warehouse manager", (-31,)),
    Known("initech", "Bill Lumbergh", "Director of operations", (-17, -9, -3)),
    Known("initech", "Joanna Mertz", "Project lead", (-22, -12, -6)),
    Known("umbrella", "Alice Abernathy", "Head of IT", (-13, -4)),
    Known("umbrella", "Carlos Oliveira", "Night shift lead", (-25,), (-11, "left for another company")),
    Known("hooli", "Gavin Belmont", "Purchasing", (-16,)),
    Known("hooli", "Monica Hall", "Integration lead", (-26, -6)),
    Known("stark", "Virginia Potts", "Managing director", (-29, -10)),
    Known("stark", "Harold Hogan", "Shift lead, hall 3", (-19, -8)),
    Known("wayne", "Lucius Fuchs", "IT", (-12, -5)),
    Known("tyrell", "Rachael Rosen", "Finance", (-2,)),
    Known("cyberdyne", "Miles Dyson", "Operations", (-23,)),
    Known("nippon", "佐藤 美咲", "物流部長", (-14, -7)),
    Known("soylent", "Tab Fielding", "Project lead", (-11, -6, -1)),
    Known("vandelay", "Art Corvelay", "Owner", (-3,)),
    Known("wonka", "Charlotte Bucket", "Head of retail", (-33,)),
    Known("oscorp", "Norma Osborn", "Head of research"),
    Known("massive", "Nina Sharp", "COO", (-18, -7)),
    Known("gringotts", "Griff Hook", "Internal audit", (-9, -5)),
    Known("dunder", "Pamela Beesley", "Office"),
    Known("sirius", "Marvin Prosser", "Support lead", (-36,)),
    Known("aperture", "Caroline Cave", "Project lead", (-11, -4)),
    Known("bluth", "Michaela Bluth", "Owner", (-30,)),
)


def _known(number: int, each: Known) -> Tale:
    owner = OWNERS[each.customer]
    spoken = tuple(Step(day, "15:05", owner, "spoken") for day in each.spoken)
    gone = (Step(each.gone[0], "15:10", owner, "gone", each.gone[1]),) if each.gone else ()
    words = each.name.lower().replace(" ", ".")
    mail = {"mail": f"{words}@{each.customer}.test"} if words.isascii() else {}
    fields = {"role": each.role, "customer": each.customer, **mail}
    clock = f"{8 + (12 + number) // 60:02}:{(12 + number) % 60:02}"
    return Tale("contacts", -38, clock, owner, each.name, fields, (*spoken, *gone), name=f"contact {each.name}")


CONTACTS = tuple(_known(number, each) for number, each in enumerate(KNOWN))


def _pulled(day: int, by: str, text: str, *steps: Step) -> Tale:
    return Tale("side-channel", day, "14:35", by, f"{text} {{d[{day}]}}", steps=steps, name=f"{day} {text}")


SIDE_CHANNEL = (
    _pulled(-34, "tom", "#globex @tom 3h chat which labels the DHL interface needs"),
    _pulled(-30, "tom", "#hooli @tom 1h tracker asked for a higher rate limit"),
    _pulled(-26, "mia", "#massive @mia 2h mail wanted the search query explained"),
    _pulled(
        -21,
        "tom",
        "#hooli @tom 2h tracker why the API said no",
        Step(-20, "09:15", "ana", "bring", "ticket opened, they know where to write"),
    ),
    _pulled(-17, "tom", "#acme @tom 2h chat customs export to Norway"),
    _pulled(-13, "tom", "#umbrella @tom 1.5h phone restart of the import at night"),
    _pulled(-11, "tom", "#acme @tom 1h chat a second printer in hall 2"),
    _pulled(-9, "kofi", "#initech @kofi 4h phone stock count of the second site"),
    _pulled(-7, "tom", "#acme @tom 3h chat customs export again"),
    _pulled(-5, "jonas", "#wayne @jonas 30min mail umlauts in the CSV export"),
    _pulled(-3, "tom", "#acme @tom 2h tracker asked for the export again"),
    _pulled(-2, "tom", "#globex @tom 1h phone when DHL goes live"),
)


def _escalated(day: int, by: str, text: str, severity: str, fields: dict[str, str], *steps: Step) -> Tale:
    return Tale("escalations", day, "11:40", by, text, {"severity": severity, **fields}, steps, name=text)


ESCALATIONS = (
    _escalated(
        -34,
        "lena",
        "Calls refused in the week before their sale #hooli @lena",
        "high",
        {"risk": "90000", "what": "account"},
        Step(-34, "13:30", "lena", "acknowledge"),
        Step(-32, "10:20", "lena", "plan", "a whole sale without a refused call"),
        Step(-30, "10:20", "lena", "update", "their limit is doubled until the end of the sale"),
        Step(-27, "10:20", "lena", "monitor"),
        Step(-22, "11:10", "lena", "close", "Monica Hall, by mail"),
    ),
    _escalated(
        -19,
        "raj",
        "Scanners lose their login at every change of shift #stark @raj",
        "low",
        {"what": "attention", "risk": "0"},
        Step(-18, "09:25", "raj", "acknowledge"),
        Step(-9, "09:25", "raj", "update", "the login ends after eight hours"),
        Step(-8, "16:20", "raj", "plan", "two weeks without a lost login in hall 3"),
        Step(-4, "13:20", "raj", "monitor", "sessions now last twelve hours"),
        Step(-3, "09:25", "raj", "update", "no lost login for a day"),
    ),
    _escalated(
        -15,
        "raj",
        "Their CIO wrote to our CEO: DHL was promised three times #globex @raj",
        "critical",
        {"risk": "365000", "what": "account"},
        Step(-15, "13:35", "raj", "acknowledge"),
        Step(-13, "10:40", "raj", "plan", "DHL live for two weeks without a stopped label"),
        Step(-6, "10:35", "raj", "update", "credentials are there, the queue is under review"),
        Step(-3, "10:35", "raj", "update", "test labels printed on site"),
        Step(-1, "10:35", "raj", "update", "their CIO has the new date from us"),
    ),
    _escalated(
        -13,
        "ana",
        "Import stops at night, third time this month #umbrella @sue",
        "high",
        {"what": "attention", "risk": "310000"},
        Step(-12, "09:20", "sue", "acknowledge"),
        Step(-8, "09:20", "sue", "update", "the fix comes with 4.13"),
        Step(-4, "09:20", "sue", "update", "restarted by hand each night, by whoever is on call"),
    ),
    _escalated(
        -9,
        "kofi",
        "Go-live of the second site moved for the third time #initech @kofi",
        "high",
        {"what": "account", "risk": "240000"},
        Step(-9, "14:20", "kofi", "acknowledge"),
        Step(-7, "11:35", "kofi", "plan", "live with a stock count that matches"),
        Step(-3, "11:20", "kofi", "update", "count repeated, 40 places are wrong"),
        Step(-1, "11:20", "kofi", "update", "the last places are being counted"),
    ),
    _escalated(
        -5,
        "lena",
        "Three invoices with the wrong tax, their auditor asks #gringotts @lena",
        "medium",
        {"what": "account", "risk": "205000"},
        Step(-5, "16:10", "lena", "acknowledge"),
        Step(-3, "15:10", "lena", "update", "corrected invoices are with their audit"),
    ),
    _escalated(
        -1, "sue", "Their new board wants one name that answers #nippon", "high", {"what": "account", "risk": "176000"}
    ),
)

OVERRIDES = (
    Tale(
        "overrides",
        -28,
        "15:20",
        "lena",
        "their new head of retail has not met us yet",
        {"customer": "wonka", "level": "orange", "until": "{d[-16]}"},
    ),
    Tale(
        "overrides",
        -4,
        "15:25",
        "lena",
        "the disputed invoice is paid, their bank needs a week",
        {"customer": "tyrell", "level": "green", "until": "{d[7]}"},
    ),
)

ACCOUNTS = (*CONTACTS, *SIDE_CHANNEL, *ESCALATIONS, *OVERRIDES)
