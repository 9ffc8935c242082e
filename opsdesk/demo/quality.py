"""What Operations asks of Engineering, and what customers find: requirements, known issues, bugs."""

from __future__ import annotations

from opsdesk.demo.chronicle import Step, Tale

REQUIREMENTS = (
    Tale(
        "requirements",
        -36,
        "14:00",
        "sue",
        "A night alert names the customers it concerns",
        steps=(
            Step(-35, "10:30", "tom", "agree", "@tom {d[-20]}"),
            Step(-30, "10:10", "tom", "start"),
            Step(-21, "15:30", "tom", "meet", "out with 4.10, three customers checked"),
        ),
    ),
    Tale(
        "requirements",
        -33,
        "14:05",
        "sue",
        "Keep every log for a year",
        steps=(Step(-31, "10:40", "tom", "decline", "ninety days are enough for the audits we have"),),
    ),
    Tale(
        "requirements",
        -28,
        "14:10",
        "sue",
        "See the load of each tenant",
        steps=(Step(-27, "10:35", "tom", "agree", "@tom {d[-3]}"),),
    ),
    Tale(
        "requirements",
        -24,
        "14:15",
        "sue",
        "Switch off the imports of one customer",
        steps=(Step(-22, "10:45", "tom", "agree", "@tom {d[6]}"), Step(-8, "11:15", "tom", "start")),
    ),
    Tale("requirements", -13, "14:20", "ana", "Support resets single sign-on without Engineering"),
    Tale(
        "requirements",
        -10,
        "14:25",
        "raj",
        "Stock of several sites in one view #massive",
        steps=(Step(-7, "11:30", "ines", "agree", "@mia {d[14]}"),),
    ),
    Tale("requirements", -4, "14:30", "sue", "A restore of the backup that two people can do @tom"),
)

KNOWN_ISSUES = (
    Tale(
        "known-issues",
        -37,
        "14:40",
        "ana",
        "Customs export to Norway has no tax number #acme",
        {"component": "gateway", "workaround": "add it by hand on the carrier's page"},
        (Step(-33, "08:30", "ana", "fix", "out with 4.10"),),
    ),
    Tale(
        "known-issues",
        -35,
        "14:45",
        "ana",
        "The status page shows a partial outage as a whole one",
        {"workaround": "say it in the first line"},
        (Step(-25, "11:00", "sue", "accept", "a new status page comes next year"),),
    ),
    Tale(
        "known-issues",
        -31,
        "14:50",
        "ana",
        "Imports stop at midnight where a file is over 200 MB #umbrella #initech #globex",
        {"component": "import", "workaround": "start the import again by hand, about 20 minutes"},
        (Step(-8, "10:55", "tom", "schedule", "{id[4.13]}"),),
    ),
    Tale(
        "known-issues",
        -26,
        "14:55",
        "jonas",
        "The label queue sticks when a printer goes offline #umbrella #stark",
        {"component": "labels", "workaround": "clear the queue by hand, 20 minutes each time"},
    ),
    Tale(
        "known-issues",
        -17,
        "15:00",
        "ana",
        "Search takes ten seconds with more than 50,000 articles #nippon #massive #hooli",
        {"component": "search", "workaround": "search by article number"},
    ),
    Tale(
        "known-issues",
        -1,
        "15:50",
        "ana",
        "Invoices since the rate update carry wrong freight #tyrell #cyberdyne",
        {"component": "invoices"},
    ),
)


def _bug(day: int, clock: str, by: str, text: str, component: str, found: str, severity: int, *steps: Step) -> Tale:
    """`found`: by whom and where, as in "customer production"."""
    whom, where = found.split()
    fields = {"component": component, "found_by": whom, "found_in": where, "severity": str(severity)}
    return Tale("bugs", day, clock, by, text, fields, steps)


BUGS = (
    _bug(
        -34,
        "09:30",
        "ana",
        "Tax is off by a cent on split invoices @mia #gringotts #massive",
        "invoices",
        "customer production",
        2,
        Step(-32, "10:20", "mia", "start"),
        Step(-26, "16:10", "mia", "fix", "rounded once, at the end"),
        Step(-22, "13:20", "ana", "reopen", "wrong again on the day 4.11 came out"),
        Step(-20, "16:30", "mia", "fix", "also on credit notes"),
        Step(-9, "10:25", "ana", "reopen", "Gringotts sent three invoices; the fix was never merged"),
        Step(-7, "11:40", "mia", "start"),
    ),
    _bug(
        -29,
        "09:35",
        "ana",
        "Two pick lists for one order @tom #stark",
        "app",
        "customer production",
        2,
        Step(-26, "10:40", "tom", "start"),
        Step(-3, "17:05", "tom", "fix", "tested, goes out with 4.12"),
    ),
    _bug(
        -25,
        "09:40",
        "jonas",
        "The slot planner books a ramp twice when two people save at once @mia",
        "app",
        "us staging",
        2,
        Step(-20, "10:55", "mia", "start"),
        Step(-5, "15:20", "mia", "fix", "the second one is told"),
    ),
    _bug(
        -21,
        "09:45",
        "ana",
        "The CSV export turns umlauts into question marks @jonas #wayne",
        "app",
        "customer production",
        3,
        Step(-16, "11:05", "jonas", "start"),
    ),
    _bug(
        -16,
        "09:50",
        "ana",
        "Wrong stock figures after a cancelled delivery @mia #vandelay #wonka",
        "app",
        "customer production",
        2,
    ),
    _bug(-11, "09:55", "jonas", "The badge login asks for the password twice @kofi", "scanner", "us staging", 3),
    _bug(
        -8,
        "09:25",
        "ana",
        "Scanners in hall 3 lose their login at the change of shift @tom #stark",
        "scanner",
        "customer production",
        3,
    ),
    _bug(-6, "09:58", "ana", "Search finds articles of a deleted site #sirius", "search", "customer production", 4),
    _bug(
        -28,
        "10:05",
        "jonas",
        "The import report counts empty lines @jonas",
        "import",
        "us staging",
        4,
        Step(-15, "11:25", "jonas", "drop", "nobody reads the count"),
    ),
    _bug(
        -37,
        "10:08",
        "ana",
        "Users who may only read see the button to save @jonas #aperture",
        "app",
        "customer production",
        4,
        Step(-30, "11:10", "jonas", "start"),
        Step(-26, "11:15", "jonas", "fix", "goes out with 4.11"),
        Step(-16, "11:20", "jonas", "close", "Aperture has looked"),
    ),
)

ASKED_AND_FOUND = (*REQUIREMENTS, *KNOWN_ISSUES, *BUGS)
