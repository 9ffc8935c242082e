"""What Northwind Systems runs, and who is there to run it: components, environments, absences, announcements."""

from __future__ import annotations

import msgspec

from opsdesk.demo.chronicle import Step, Tale


class Part(msgspec.Struct, frozen=True):
    """A component; `depends`: handles."""

    handle: str
    name: str
    owner: str
    slo: float
    depends: tuple[str, ...] = ()


class Leave(msgspec.Struct, frozen=True):
    """Somebody away, both working days included, counted from the one the demo is opened on."""

    who: str
    first: int
    last: int
    made: int
    why: str
    cover: str = ""


COMPONENTS = (
    Part("database", "Main database", "tom", 99.95),
    Part("broker", "Message broker", "tom", 99.9),
    Part("login", "Single sign-on", "tom", 99.9, ("database",)),
    Part("app", "Warehouse app", "mia", 99.9, ("login", "database")),
    Part("scanner", "Scanner app", "mia", 99.5, ("login", "api")),
    Part("search", "Article search", "mia", 99.5, ("database",)),
    Part("import", "Order import", "tom", 99.5, ("broker", "database")),
    Part("labels", "Label printing", "tom", 99.5, ("broker",)),
    Part("api", "Partner API", "tom", 99.9, ("database",)),
    Part("gateway", "Carrier gateway", "tom", 99.5, ("api", "broker")),
    Part("invoices", "Invoicing", "mia", 99.5, ("database",)),
)

LEAVES = (
    Leave("ines", -31, -29, -38, "holiday", "raj"),
    Leave("lena", -19, -18, -26, "trade fair in Lyon", "raj"),
    Leave("jonas", -14, -14, -16, "moving house"),
    Leave("mia", 0, 3, -15, "family"),
)

ROTA = ("tom", "mia", "tom", "jonas", "tom", "mia", "tom", "tom", "tom", "jonas")
"""On call week by week; the last but one is that in which the demo is opened."""

ON_CALL = tuple(
    Tale(
        "absences",
        -38 if week < 4 else -20,
        "09:05",
        "sue",
        fields={"person": who, "what": "on call", "starts": f"{{w[{week - 8}]}}", "ends": f"{{s[{week - 8}]}}"},
        name=f"on call {week}",
    )
    for week, who in enumerate(ROTA)
)

AWAY = tuple(
    Tale(
        "absences",
        leave.made,
        "09:10",
        leave.who,
        leave.why,
        {
            "person": leave.who,
            "starts": f"{{d[{leave.first}]}}",
            "ends": f"{{d[{leave.last}]}}",
            "cover": leave.cover,
        },
    )
    for leave in LEAVES
)

ENVIRONMENTS = (
    Tale(
        "environments",
        -38,
        "09:15",
        "jonas",
        "staging",
        steps=(
            Step(-27, "09:20", "jonas", "hold", "@jonas {d[-24]}"),
            Step(-23, "09:30", "jonas", "free"),
            Step(-16, "12:05", "jonas", "break", "disk full after the load test"),
            Step(-14, "15:00", "tom", "mend", "old copies removed"),
            Step(-10, "09:40", "mia", "hold", "@mia {d[-4]}"),
            Step(-6, "11:20", "jonas", "degrade", "data is two months old, imports fail"),
        ),
    ),
    Tale(
        "environments",
        -38,
        "09:16",
        "jonas",
        "dev",
        steps=(
            Step(-20, "13:40", "mia", "break", "schema of two branches mixed"),
            Step(-20, "16:00", "mia", "mend", "made anew"),
        ),
    ),
    Tale(
        "environments",
        -38,
        "09:17",
        "jonas",
        "load test",
        steps=(Step(-2, "16:05", "tom", "break", "disk full, the last run wrote 400 GB of logs"),),
    ),
    Tale(
        "environments",
        -38,
        "09:18",
        "ines",
        "demo tenant",
        steps=(Step(-5, "10:40", "ines", "hold", "@ines {d[4]}"),),
    ),
)

ANNOUNCEMENTS = (
    Tale(
        "announcements",
        -35,
        "10:00",
        "sue",
        "The new phone rota begins on Monday @sue",
        {"until": "{d[-28]}"},
        (Step(-35, "10:05", "sue", "publish"), Step(-27, "09:00", "sue", "end")),
    ),
    Tale(
        "announcements",
        -12,
        "14:20",
        "lena",
        "The customers' day is fixed, eleven have said yes @lena",
        {"until": "{d[8]}"},
        (Step(-12, "14:25", "lena", "publish"),),
    ),
    Tale(
        "announcements",
        -3,
        "11:10",
        "ines",
        "Release 4.12 brings the slot planner, off by default @ines",
        {"until": "{d[5]}"},
        (Step(-2, "10:00", "ines", "publish"),),
    ),
    Tale(
        "announcements",
        -1,
        "15:10",
        "ana",
        "Support answers from 06:00 from next month on @ana",
        {"until": "{d[15]}", "audience": "customer", "customers": "acme,globex,hooli"},
    ),
)

PRESENCE = (*ON_CALL, *AWAY, *ENVIRONMENTS, *ANNOUNCEMENTS)
