"""The incidents of eight weeks at Northwind Systems, and the one that is under way when the demo is opened."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec


class Turn(msgspec.Struct, frozen=True):
    """What somebody did, so many minutes after the incident began: a verb of desk.incidents with its words.

    `how` and `points`: of whom it was told, and what may be said.
    """

    after: int
    by: str
    verb: str
    words: str = ""
    how: str = ""
    points: Mapping[str, str] = {}


class Breakdown(msgspec.Struct, frozen=True):
    """`day`: working days from the one the demo is opened on. Begun at `clock`, seen by `by` `seen` minutes later."""

    text: str
    day: int
    clock: str
    seen: int
    by: str
    sev: int
    components: str
    turns: tuple[Turn, ...]
    impact: str = "down"


def _import_stopped(day: int, whose: str, seen: int, again: str) -> Breakdown:
    turns = (
        Turn(seen + 5, "tom", "acknowledge"),
        Turn(seen + 20, "tom", "mitigate", f"started again by hand, {again}"),
        Turn(seen + 55, "tom", "resolve", "the orders of the night are in"),
        Turn(seen + 70, "ana", "inform", "Program Management", "mail"),
    )
    return Breakdown(f"Order import stopped at midnight @tom {whose}", day, "00:04", seen, "ana", 3, "import", turns)


def _labels_stuck(day: int, clock: str, whose: str) -> Breakdown:
    turns = (
        Turn(9, "tom", "acknowledge"),
        Turn(15, "tom", "identify", 'a printer is offline workaround:"print from the app"'),
        Turn(34, "tom", "mitigate", "queue cleared by hand"),
        Turn(48, "ana", "resolve", "labels come out at both sites"),
    )
    return Breakdown(f"Label queue stuck @tom {whose}", day, clock, 7, "ana", 3, "labels", turns)


LOGIN_DOWN = Breakdown(
    "Nobody can log in @tom #acme #globex #umbrella #hooli #initech #stark #gringotts #massive",
    -27,
    "10:20",
    4,
    "sue",
    1,
    "login",
    (
        Turn(6, "tom", "acknowledge"),
        Turn(9, "ana", "inform", "Support", "chat"),
        Turn(11, "sue", "update", "Nobody can log in since 10:20. Whoever is logged in can work."),
        Turn(14, "tom", "identify", "the old certificate of the sign-on server ran out"),
        Turn(22, "sue", "inform", "Program Management", "phone"),
        Turn(31, "tom", "mitigate", "new certificate in place"),
        Turn(58, "lena", "inform", "Sales", "a customer asked them first"),
        Turn(64, "sue", "resolve", "no failed login for half an hour"),
        Turn(95, "sue", "note", "The end dates of all certificates belong into the monitoring"),
    ),
)

BROKER_DOWN = Breakdown(
    "Message broker down, orders and labels wait @tom #acme #globex #umbrella #stark #nippon #wayne",
    -12,
    "09:38",
    7,
    "ana",
    2,
    "broker,import,labels",
    (
        Turn(10, "tom", "acknowledge"),
        Turn(14, "ana", "inform", "Support", "chat"),
        Turn(16, "sue", "update", "Orders and labels wait since about 09:40; none is lost."),
        Turn(21, "sue", "inform", "Program Management", "phone"),
        Turn(35, "sue", "inform", "Sales", "phone"),
        Turn(44, "sue", "update", "The broker starts and stops again; Tom and Mia look for the cause."),
        Turn(61, "tom", "identify", "memory full after the night's imports"),
        Turn(88, "tom", "mitigate", "more memory, the queue runs down"),
        Turn(112, "sue", "resolve", "the queue is empty, all labels are printed"),
        Turn(150, "sue", "note", "The second node took over nothing: nobody had tried it"),
    ),
)

PAST = (
    _import_stopped(-36, "#umbrella", 386, "the second time this quarter"),
    _labels_stuck(-33, "13:12", "#umbrella"),
    Breakdown(
        "Search slow at the change of shift @mia #acme #globex",
        -30,
        "14:02",
        11,
        "ana",
        4,
        "search",
        (
            Turn(25, "mia", "acknowledge"),
            Turn(70, "mia", "mitigate", "the heaviest query is cut short"),
            Turn(125, "ana", "resolve", "fast again"),
        ),
        "partial",
    ),
    LOGIN_DOWN,
    _import_stopped(-23, "#umbrella #initech", 372, "the third time this quarter"),
    Breakdown(
        "Partner API refuses every third call @tom #hooli",
        -20,
        "11:05",
        16,
        "ana",
        4,
        "api",
        (
            Turn(22, "tom", "acknowledge"),
            Turn(30, "tom", "identify", "they call faster than agreed"),
            Turn(47, "tom", "mitigate", "limit raised until Friday"),
            Turn(76, "raj", "resolve", "Hooli calls slower now"),
        ),
        "partial",
    ),
    Breakdown(
        "Wrong stock figures after the night batch @mia #vandelay #wonka",
        -16,
        "06:30",
        95,
        "ana",
        3,
        "app",
        (
            Turn(110, "mia", "acknowledge"),
            Turn(170, "mia", "identify", "cancelled deliveries were counted"),
            Turn(235, "mia", "mitigate", "figures of the night counted anew"),
            Turn(320, "ana", "resolve", "both customers have compared them"),
        ),
        "partial",
    ),
    _import_stopped(-14, "#umbrella #globex", 379, "the fourth time this quarter"),
    BROKER_DOWN,
    Breakdown(
        "Scanner login fails in hall 3 @tom #stark",
        -8,
        "08:15",
        12,
        "ana",
        5,
        "scanner",
        (
            Turn(26, "tom", "acknowledge"),
            Turn(40, "tom", "mitigate", "they type the password until it is repaired"),
            Turn(180, "ana", "resolve", "the hall works with passwords"),
        ),
        "partial",
    ),
    Breakdown(
        "Customs export hangs @tom #acme",
        -5,
        "13:25",
        18,
        "ana",
        4,
        "gateway",
        (
            Turn(31, "tom", "acknowledge"),
            Turn(52, "tom", "mitigate", "sent by hand"),
            Turn(96, "ana", "resolve", "their customs agent has all papers"),
        ),
        "partial",
    ),
    _labels_stuck(-1, "18:05", "#umbrella #stark"),
)

POINTS = {
    "known": "Yes, since the first calls of this shift; Engineering works on nothing else",
    "affected": "Users of EU sites who log in now; about every third login takes longer than a minute",
    "works": "Whoever is logged in can work; scanners, imports and labels are not touched",
    "workaround": "Stay logged in at the change of shift; a second try mostly works",
    "doing": "The second sign-on server is being put in front of the first",
    "not_say": "nothing about the certificate that ran out",
}

BEGAN = 52
"""Minutes before the demo is opened."""

UNDER_WAY = Breakdown(
    "Login slow, EU @tom #acme #globex #hooli #gringotts",
    0,
    "",
    6,
    "ana",
    2,
    "login",
    (
        Turn(8, "ana", "inform", "Support", "chat"),
        Turn(9, "tom", "acknowledge"),
        Turn(12, "sue", "update", "Logins at EU sites take longer than a minute; whoever is logged in can work."),
        Turn(15, "ana", "note", "Acme and Globex have called; both are at the change of shift"),
        Turn(17, "sue", "inform", "Program Management", "phone"),
        Turn(21, "tom", "identify", 'one of two sign-on servers answers nothing workaround:"stay logged in"'),
        Turn(23, "sue", "talk", points=POINTS),
        Turn(25, "sue", "approve"),
        Turn(27, "lena", "inform", "Sales", "phone"),
        Turn(30, "sue", "update", "Tom puts the second sign-on server in front; every third login is slow still."),
        Turn(43, "tom", "note", "Half of the logins go to the second server"),
    ),
    "partial",
)
