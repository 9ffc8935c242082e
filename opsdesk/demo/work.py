"""What there is to do at Northwind Systems, by the meeting and section it comes up in."""

from __future__ import annotations

import msgspec


class Task(msgspec.Struct, frozen=True):
    """Something to do: who does it, in how many working days. `told`: a customer is promised the day."""

    title: str
    owner: str
    days: int
    customer: bool = False
    told: bool = False


BURNING = (
    Task("Find out why the order import stops at midnight", "tom", 2, customer=True),
    Task("Send a written account of the outage", "ana", 2, customer=True, told=True),
    Task("Restore the deleted warehouse from the backup", "tom", 1, customer=True, told=True),
    Task("Clear the stuck label queue by hand", "tom", 1, customer=True),
    Task("Call the warehouse lead and say what we know", "ana", 1, customer=True, told=True),
    Task("Raise the API rate limit for the season", "tom", 3, customer=True, told=True),
    Task("Check which customers the failed batch hit", "sue", 1),
    Task("Reset single sign-on after the certificate change", "tom", 1, customer=True, told=True),
    Task("Resend the invoices that went out without tax", "ana", 2, customer=True, told=True),
    Task("Put a second person on the night alerts", "sue", 5),
    Task("Repair the customs export for shipments to Norway", "tom", 3, customer=True, told=True),
    Task("Explain the wrong stock figures of Tuesday", "ana", 2, customer=True, told=True),
)

OUTAGES = (
    Task("Write the timeline of last night's outage", "sue", 2),
    Task("Add an alert for replication lag over 30 seconds", "tom", 4),
    Task("Tell Sales what to say about the login failures", "sue", 1),
    Task("Update the status page wording for partial outages", "ana", 3),
    Task("Move the health check off the main database", "tom", 5),
    Task("Test the fail-over of the message broker", "tom", 6),
)

MAINTENANCE = (
    Task("Announce the database upgrade to all customers", "ana", 3),
    Task("Write the way back for the storage migration", "tom", 4),
    Task("Agree the maintenance window with their IT", "raj", 3, customer=True, told=True),
    Task("Rotate the certificates of the partner gateway", "tom", 5),
)

DELAYS = (
    Task("Say a date for the returns module that holds", "raj", 2, customer=True, told=True),
    Task("Deliver the pallet label template", "kofi", 5, customer=True, told=True),
    Task("Finish the carrier integration", "tom", 8, customer=True, told=True),
    Task("Hand over the migration plan", "kofi", 4, customer=True, told=True),
    Task("Tell them that reporting moves to next sprint", "raj", 1, customer=True, told=True),
    Task("Get the test data we are waiting for", "kofi", 3, customer=True),
    Task("Ship the fix for duplicate pick lists", "tom", 4, customer=True, told=True),
    Task("Send the corrected price file", "lena", 2, customer=True, told=True),
)

STAFFING = (
    Task("Find cover for the on-call week", "sue", 3),
    Task("Write down how the nightly restore is done", "tom", 7),
    Task("Give Jonas access to the staging database", "tom", 2),
    Task("Plan who answers while Ana is away", "ana", 3),
)

SHEET = (
    Task("Ask their head of logistics how the first month went", "lena", 4, customer=True),
    Task("Book a visit on site", "lena", 8, customer=True, told=True),
    Task("Collect their three worst tickets", "ana", 3, customer=True),
    Task("Find out who replaced their project lead", "lena", 3, customer=True),
)

UPDATES = (
    Task("Send the notes of the release to all account owners", "ines", 3),
    Task("Invite customers to try the new slot planner", "ines", 6),
    Task("Share the list of fixes they asked for", "raj", 2, customer=True, told=True),
    Task("Collect what customers say about the new scan screen", "ines", 6),
    Task("Tell Support which workaround ends with the release", "mia", 2),
)

PRIORITIES = (
    Task("Cut the wish list down to five", "ines", 4, customer=True),
    Task("Move two bugs out of the sprint for the broker work", "raj", 2),
    Task("Decide which integration waits", "raj", 3),
    Task("Estimate the multi-site stock view", "mia", 5),
)

FLAGS = (
    Task("Write an exit criterion for the delivery flag", "raj", 2, customer=True),
    Task("Agree a recovery plan with their operations", "raj", 4, customer=True, told=True),
    Task("Show the fix for the slow search on their data", "tom", 5, customer=True, told=True),
    Task("Send weekly figures on answered tickets", "ana", 5, customer=True, told=True),
    Task("Renegotiate the support hours", "lena", 8, customer=True),
    Task("Train their shift leads on the scan screen", "kofi", 7, customer=True, told=True),
)

REQUIREMENTS = (
    Task("Describe what Operations needs to see per tenant", "sue", 6),
    Task("Offer a way to switch off imports per customer", "tom", 9),
    Task("Let Support reset single sign-on without Engineering", "tom", 9),
)

RELEASES = (
    Task("Run the release check list on staging", "jonas", 4),
    Task("Write the way back for release 4.12", "tom", 3),
    Task("Put the slot planner behind a switch", "mia", 5),
)

ISSUES = (
    Task("Replace the nightly import by small batches", "tom", 10),
    Task("Write the workaround for stuck label queues down", "jonas", 4),
    Task("Count how often imports stop at midnight", "jonas", 3),
)

BUGS = (
    Task("Add a test for duplicate pick lists", "jonas", 5),
    Task("Find out why the tax rounding bug came back", "mia", 4),
    Task("Close the bugs nobody can repeat", "jonas", 6),
)

STAGING = (
    Task("Refresh staging with last month's data", "tom", 4),
    Task("Give QA an environment of its own", "tom", 10),
    Task("Say who holds staging this week", "jonas", 1),
)

BY_THE_WAY = (
    Task("Answer the security questionnaire", "sue", 7, customer=True),
    Task("Order the new label printers for the test room", "kofi", 8),
    Task("Renew the monitoring contract", "sue", 10),
    Task("Update the price list in the shop", "lena", 4),
    Task("Set up the tenant", "tom", 3, customer=True),
    Task("Import the article master", "kofi", 4, customer=True),
    Task("Export the audit log they asked for", "tom", 3, customer=True, told=True),
    Task("Change the sender address of the alerts", "tom", 2),
    Task("Prepare the quarterly business review", "lena", 9, customer=True, told=True),
    Task("Add two users and a read-only role", "ana", 1, customer=True, told=True),
    Task("Send the signed data processing contract", "lena", 3, customer=True, told=True),
    Task("Clean up the tags in the support tool", "ana", 8),
    Task("Look into the slow search", "tom", 5, customer=True),
    Task("Review the onboarding check list", "kofi", 6),
    Task("Write the article on return labels", "ana", 5),
    Task("Rebuild the demo tenant", "ines", 6),
    Task("Open the firewall for the new scanner", "tom", 2, customer=True, told=True),
    Task("Measure page load times on site", "mia", 6, customer=True),
)

OPEN_PROMISES = (
    Task("Send the list of open points", "kofi", 1, customer=True, told=True),
    Task("Correct the imported addresses", "kofi", 3, customer=True, told=True),
)

PROGRESS = (
    Task("Show the first pick list on their data", "kofi", 4, customer=True, told=True),
    Task("Connect their scanners to the test tenant", "tom", 4, customer=True, told=True),
)

NEW_REQUESTS = (
    Task("Check whether two label sizes are possible", "ines", 4, customer=True),
    Task("Say what a nightly stock export costs", "lena", 4, customer=True),
)

NEXT_PROMISES = (
    Task("Deliver the article import", "kofi", 5, customer=True, told=True),
    Task("Switch on single sign-on", "tom", 5, customer=True, told=True),
    Task("Train the first shift", "kofi", 6, customer=True, told=True),
)

SENT_UP = (
    Task("Call their managing director and say which date holds", "raj", 2, customer=True, told=True),
    Task("Free two days of Tom for the oldest escalation", "mia", 1),
    Task("Write down who answers for each escalation", "sue", 2),
    Task("Decide whether we pay for the second carrier", "lena", 3, customer=True),
)

CHRONIC = (
    Task("Say what would end the stopped imports for good", "tom", 6),
    Task("Count what the label queue costs us in a month", "jonas", 4),
    Task("Offer two ways to share the on-call weeks", "sue", 5),
)

FOLLOWED_UP = (
    Task("Tell the regions what was decided", "sue", 1),
    Task("Put the agreed limits into the support contract", "lena", 6),
    Task("Bring the cost of a second broker next Wednesday", "mia", 5),
)

TASKS = {
    "daily-operations-sync": (BURNING, OUTAGES, MAINTENANCE, DELAYS, STAFFING),
    "customer-success": (SHEET, UPDATES, DELAYS, PRIORITIES, FLAGS),
    "operations-engineering-sync": (REQUIREMENTS, RELEASES, ISSUES, BUGS, STAGING),
    "escalation-review": (SENT_UP, CHRONIC, FLAGS, FOLLOWED_UP),
    "customer-status-call": (OPEN_PROMISES, PROGRESS, NEW_REQUESTS, NEXT_PROMISES),
}
