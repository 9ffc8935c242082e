"""What Northwind Systems takes down on purpose, and when."""

from __future__ import annotations

from opsdesk.demo.chronicle import Step, Tale

MAINTENANCE = (
    Tale(
        "maintenance",
        -36,
        "13:00",
        "tom",
        "Second node of the message broker #acme #globex #umbrella #stark",
        {"components": "broker", "starts": "{d[-28]} 20:00", "ends": "{d[-28]} 22:00", "risk": "high"},
        (
            Step(-35, "10:20", "ana", "announce"),
            Step(-28, "20:00", "tom", "run"),
            Step(-28, "21:30", "tom", "done", 'result:"ready half an hour early"'),
        ),
    ),
    Tale(
        "maintenance",
        -26,
        "13:05",
        "tom",
        "New certificates of the carrier gateway #acme #globex #hooli",
        {"components": "gateway", "starts": "{d[-19]} 21:00", "ends": "{d[-19]} 21:30"},
        (
            Step(-24, "10:25", "ana", "announce"),
            Step(-19, "21:00", "tom", "run"),
            Step(-19, "22:10", "tom", "done", 'result:"40 minutes late: one carrier refused the new certificate"'),
        ),
    ),
    Tale(
        "maintenance",
        -18,
        "13:10",
        "tom",
        "Storage migration, first half #umbrella #initech #gringotts",
        {"components": "database", "starts": "{d[-9]} 22:00", "ends": "{d[-9]} 23:30", "risk": "medium"},
        (Step(-13, "16:15", "sue", "cancel", "month end at Gringotts"),),
    ),
    Tale(
        "maintenance",
        -12,
        "13:15",
        "tom",
        "Storage migration, first half #umbrella #initech",
        {"components": "database", "starts": "{d[-6]} 21:30", "ends": "{d[-6]} 23:30", "risk": "medium"},
        (
            Step(-10, "10:30", "ana", "announce"),
            Step(-6, "21:30", "tom", "run"),
            Step(-6, "23:10", "tom", "done", 'result:"read-only for 70 minutes, nothing lost"'),
        ),
        name="storage",
    ),
    Tale(
        "maintenance",
        -7,
        "13:20",
        "tom",
        "Database upgrade #acme #globex #umbrella #hooli #initech",
        {"components": "database", "starts": "{t[1]} 22:00", "ends": "{t[1]} 23:30", "risk": "medium"},
        (Step(-2, "10:35", "ana", "announce", "told:acme,globex,hooli"),),
    ),
    Tale(
        "maintenance",
        -5,
        "13:25",
        "raj",
        "New search index #nippon #massive",
        {"components": "search", "starts": "{d[2]} 20:00", "ends": "{d[2]} 22:00", "risk": "high"},
    ),
)
