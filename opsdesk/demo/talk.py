"""What is said at Northwind Systems: notes, decisions, items that come back, reasons."""

from __future__ import annotations

NOTES = {
    "daily-operations-sync": (
        (
            "{name}: the import stopped again at 00:04, restarted by hand at 06:50",
            "{name} called twice before eight; Ana has told them what we know",
            "Three tickets about slow search since noon, all from sites with more than 50,000 articles",
            "Tom had two calls pulled forward by {name}; the broker work stands still",
        ),
        (
            "Login failed for 14 minutes between 10:20 and 10:34, cause was the old certificate",
            "No outage since yesterday; one alert at 03:10 was a false one",
            "Replication lag up to 95 seconds during the night batch",
            "Status page was updated 25 minutes after we knew",
        ),
        (
            "Storage migration on Thursday from 22:00, two hours, read-only",
            "Certificates of the partner gateway run out in three weeks",
            "Nothing before the weekend: month end at {name}",
        ),
        (
            "The returns module for {name} will not make the date we gave",
            "{name} has not sent the test data, that makes it next week",
            "Carrier integration waits on Tom, two weeks now",
            "The pallet labels for {name} passed the test on site",
        ),
        (
            "Ana away on Friday, Sue takes the phone",
            "Tom on call for the third week in a row",
            "Nobody but Tom can restore a backup this week",
        ),
    ),
    "customer-success": (
        (
            "{name} has a new head of logistics who wants figures, not stories",
            "{name} renewed for a year without talking about the price",
            "Nobody has spoken with {name} for a month",
        ),
        (
            "Release 4.12 brings the slot planner, off by default",
            "{name} will open a second warehouse in spring",
            "The customers' day is fixed; eleven have said yes",
        ),
        ("{name} asks for the carrier integration in every call", "Two of three delays this week wait for Tom"),
        ("Stop taking small favours by chat; they go through Support", "Broker work before new integrations"),
        (
            "{name}: green again when a month passes without a stopped import",
            "{name} is angry about dates, not about the product",
        ),
    ),
    "operations-engineering-sync": (
        ("Operations cannot see which tenant causes the load", "Support needs a reset that does not wake Tom"),
        ("4.12 goes out on Tuesday, 4.11.3 stays as the way back", "The slot planner needs one more week of tests"),
        ("Stopped imports: fourth time this quarter, same cause", "Label queue: the workaround takes 20 minutes each"),
        ("Tax rounding came back because the fix was never merged", "Six of nine bugs were found by customers"),
        ("Staging has been down since Monday noon", "QA and Operations want staging in the same week"),
    ),
    "escalation-review": (
        (
            "{name}: their board wants a date, not an update",
            "Three of the escalations wait for the same person",
            "{name} was told nothing for six days",
        ),
        ("Stopped imports again, both regions", "The label queue came back after the last release"),
        ("{name} has asked for the notice period", "{name} is calmer since Raj calls every Friday"),
        ("Nobody leaves without knowing who calls whom", "The oldest escalation is eleven working days old"),
    ),
    "customer-status-call": (
        ("The address list came back with 40 corrections", "All open points but one are done"),
        ("The first hall works with the new pick lists", "Training was well received, the second shift is missing"),
        ("{name} asks for two label sizes", "{name} wants the stock figures every night"),
        ("{name} can go live when the article import holds", "Go-live stays on the first of the month"),
    ),
}

DECISIONS = {
    "daily-operations-sync": (
        "No release on Fridays",
        "Support answers within 30 minutes in an outage, also without news",
        "Favours by chat are answered with a ticket number",
        "The night batch starts at 02:00, after the imports",
        "Whoever restarts an import writes down when and why",
    ),
    "escalation-review": (
        "The broker comes before every new integration",
        "A customer who escalates hears from us every day, also without news",
        "Nothing stays in the review for a third week",
        "Regions send one name for each escalation, not a team",
    ),
    "customer-success": (
        "Every red flag has an owner before the meeting ends",
        "Promises to customers name a day, never 'soon'",
        "New integrations wait until the broker work is done",
        "Account owners call every customer once a month",
        "Customers hear of a delay from us before they notice it",
    ),
    "operations-engineering-sync": (
        "Releases on Tuesdays, with a written way back",
        "The import fix comes before new features",
        "Staging belongs to QA from Monday to Wednesday",
        "A bug that comes back gets a test first",
    ),
}

ITEMS = {
    "daily-operations-sync": (
        (0, "Who may restart an import at night, and how"),
        (1, "A status page that customers find"),
        (2, "A fixed maintenance window every month"),
        (3, "Who tells the customer when a date will not hold"),
        (4, "On-call for more than one person"),
    ),
    "customer-success": (
        (1, "What to do with customers who write to Tom directly"),
        (3, "Which of the twelve wishes we decline"),
        (0, "Who looks after customers below 50,000 a year"),
    ),
    "operations-engineering-sync": (
        (2, "Whether to buy a broker instead of mending ours"),
        (4, "A second staging environment"),
    ),
}

REASONS = (
    "an outage came between",
    "the test data came late",
    "waited for Tom",
    "took longer than thought",
    "another customer was more urgent",
    "their contact was away",
)

DROPPED = ("they no longer need it", "solved by the release", "was asked for twice", "not worth the days it takes")

WAITS = ("the customer's test data", "an answer of their IT", "the carrier's credentials", "Tom")

BAD = {
    "Product": (
        "import stops at night, third time this month",
        "search is too slow at shift change",
        "multi-site stock is missing",
    ),
    "Support": ("waited two days for a first answer", "same ticket opened four times", "asks for Tom by name"),
    "Delivery": ("carrier integration promised three times", "go-live moved by two weeks", "returns module is late"),
    "Relationship": ("new head of logistics, never met", "angry about broken dates", "nobody has called for a month"),
    "Commercial": ("asks for a discount", "notice period ends in spring", "last invoice is disputed"),
}

GOOD = {
    "Product": ("slot planner does what they need", "no stopped import for four weeks"),
    "Support": ("answers are quick and right", "no ticket older than a week"),
    "Delivery": ("all dates kept this month", "went live on the day"),
    "Relationship": ("recommends us to others", "visited on site, good talk"),
    "Commercial": ("renewed for a year", "added a second warehouse"),
}

EXITS = (
    "four weeks without a stopped import",
    "first answer within four hours for two weeks",
    "three dates in a row kept",
    "a talk with their new head of logistics",
    "search under one second on their data",
)
