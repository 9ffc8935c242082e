"""The customer page in words: what stands in its head, the same on paper and on the screen."""

from __future__ import annotations

from opsdesk.core.customerpage import CustomerPage
from opsdesk.minutes.words import LEVELS, clock, day, joined

SHAPES = {0: "●", 1: "◆", 2: "▲", None: "·"}


def level(page: CustomerPage) -> str:
    """As in "▲ R red", with the share of its measures that is known and fresh where it is not all of them."""
    if not page.level:
        return ""
    name = f"{LEVELS[page.level]} {page.level}" if page.level != "unknown" else LEVELS["unknown"]
    share = f", {page.share:.0%} known".replace("%", " %") if page.share is not None and page.share < 1 else ""
    return name + share


def judged(page: CustomerPage) -> str:
    """As in "judged ● G until Fri 2026-11-27 by Sue Park: they signed; computed ▲ R"; empty where nobody has."""
    held = page.override
    if held is None or not page.computed:
        return ""
    by = f" by {held.by}" if held.by else ""
    why = f": {held.why}" if held.why else ""
    return f"judged {LEVELS[held.level]} until {day(held.until)}{by}{why}; computed {LEVELS[page.computed]}"


def trend(page: CustomerPage) -> str:
    """The last 12 weeks, the oldest first; empty where nobody has scored it."""
    return "".join(SHAPES[each] for each in page.trend)


def facts(page: CustomerPage) -> tuple[str, ...]:
    """Since when it is a customer, who has it, what it is worth."""
    if page.audience == "customer":
        return (f"#{page.handle}",)
    since = f"customer since {page.since}" if page.since else ""
    left = f"customer until {page.left}" if page.left else ""
    worth = f"{page.revenue:,.0f} a year" if page.revenue else ""
    owner = f"owner {page.owner}" if page.owner else "nobody owns it"
    named = (f"#{page.handle}", owner, since, left, worth, "onboarding" if page.onboarding else "")
    return tuple(filter(None, named))


def made(page: CustomerPage) -> str:
    """Whose page it is and of which moment."""
    return joined([page.company, f"{day(page.at.date())}, {clock(page.at)}", page.zone])
