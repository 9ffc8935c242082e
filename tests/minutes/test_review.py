"""The draft of a review on paper: byte for byte, and hostile words as words."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from msgspec import json
from msgspec.structs import replace

from opsdesk.core.review import Review, ReviewAction, ReviewDecision, ReviewMoment, ReviewTold
from opsdesk.minutes.review import REVIEWS
from tests.minutes.golden import same

BERLIN = ZoneInfo("Europe/Berlin")


def at(hour: int, minute: int, day: int = 23) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=BERLIN)


WHOLE = Review(
    id="I-7",
    title="Login slow, EU",
    company="Northwind",
    zone="Europe/Berlin",
    sev=1,
    state="resolved",
    impact="partial",
    why="rolled back 4.12",
    owner="Bob Ito",
    workaround="Use the app",
    customers=("Acme", "Globex"),
    components=("Login",),
    started=at(23, 40, 22),
    detected=at(23, 50, 22),
    acknowledged=at(23, 55, 22),
    mitigated=at(0, 20),
    resolved=at(1, 5),
    down=85,
    to_acknowledge=5,
    to_resolve=85,
    until_sales_knew=7,
    informed=(
        ReviewTold(who="Sales", at=at(23, 57, 22), by="Sue Park", how="phone"),
        ReviewTold(who="Ann", at=at(0, 1)),
    ),
    uninformed=("Support",),
    timeline=(
        ReviewMoment(at=at(23, 40, 22), what="state", text="Started"),
        ReviewMoment(at=at(23, 50, 22), what="state", text="Opened as SEV-1", by="Sue Park"),
        ReviewMoment(at=at(0, 12), what="note", text="Rolled back 4.12", by="Bob Ito"),
        ReviewMoment(at=at(1, 5), what="state", text="monitoring → resolved: rolled back 4.12", by="Bob Ito"),
    ),
    actions=(
        ReviewAction(
            id="A-12", title="Warm the cache before a release", owner="Bob Ito", due=date(2026, 11, 30), state="ready"
        ),
        ReviewAction(id="A-14", title="Alarm on slow logins", state="done"),
    ),
    decisions=(ReviewDecision(id="D-4", text="No release on Fridays, after I-7"),),
)
BARE = Review(id="I-1", title="Down", zone="UTC", sev=3, state="investigating", impact="down")
HOSTILE = replace(
    WHOLE,
    title="[EMEA] Ünïcode 日本 [/x] <script> *x* | # `",
    timeline=(ReviewMoment(at=at(1, 0), what="note", text="1. first\\ [a](b) - x", by="- <b>"),),
    customers=("日本物流", "*Acme*"),
)
DRAFTS = {"whole": WHOLE, "bare": BARE, "hostile": HOSTILE}


@pytest.mark.parametrize("format", REVIEWS)
@pytest.mark.parametrize("name", DRAFTS)
def test_it_is_the_same_byte_for_byte(name: str, format: str) -> None:
    same(f"review-{name}.{format}", REVIEWS[format](DRAFTS[name]))


def test_json_can_be_read_back() -> None:
    assert json.decode(REVIEWS["json"](WHOLE), type=Review) == WHOLE


@pytest.mark.parametrize("format", ["md", "txt"])
def test_what_only_people_know_is_a_heading_with_nothing_under_it(format: str) -> None:
    lines = [line.strip("# -").lower() for line in REVIEWS[format](WHOLE).splitlines()]
    said = [line for line in lines if line]
    place = said.index("what went well")
    assert said[place : place + 4] == ["what went well", "what went badly", "where we were lucky", "what follows"]


def test_text_is_no_wider_than_a_page() -> None:
    assert max(map(len, REVIEWS["txt"](replace(WHOLE, title="long " * 80)).splitlines())) <= 72


def test_an_incident_that_is_not_over_says_so() -> None:
    told = REVIEWS["md"](replace(WHOLE, resolved=None, state="monitoring", down=90))
    assert "**Not over: monitoring**" in told
    assert "- **In part:** 90 min, and not over" in told
    assert "Not informed yet: Support" in told
