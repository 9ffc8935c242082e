from __future__ import annotations

from datetime import date

import pytest

from opsdesk.core.phrases import ahead, lead, trail
from opsdesk.core.settings import Settings

MONDAY, FRIDAY = date(2026, 11, 23), date(2026, 11, 27)


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        ("20 nov", "2027-11-22"),  # the 20th is a Saturday then
        ("19.11.", "2027-11-19"),
        ("18/11", "2027-11-18"),
        ("2026-11-19", "2026-11-26"),
        ("last fri", "2026-11-30"),  # that Friday is a holiday
        ("2026-11-01", "2026-11-30"),
        ("yesterday", "2026-11-30"),
        ("today", None),
        ("fri", None),
        ("soon", None),
    ],
)
def test_a_working_day_is_offered_in_place_of_a_past_one(words: str, offered: str | None) -> None:
    settings = Settings(holidays=(FRIDAY,))
    assert ahead(words, MONDAY, settings) == (date.fromisoformat(offered) if offered else None)


def test_where_no_day_is_worked_any_day_is_offered() -> None:
    assert ahead("2026-11-01", MONDAY, Settings(working_days=())) == date(2026, 11, 29)


@pytest.mark.parametrize(
    ("text", "day", "why"),
    [
        ("fri", FRIDAY, ""),
        ("fri they asked for it", FRIDAY, "they asked for it"),
        ("next fri, because of the outage", date(2026, 12, 4), "of the outage"),
        ("in 2 weeks - moved", date(2026, 12, 7), "moved"),
        ("because of fri", None, "because of fri"),
        ("", None, ""),
    ],
)
def test_a_date_first_and_then_its_reason(text: str, day: date | None, why: str) -> None:
    assert lead(text, MONDAY, Settings()) == (day, why)


@pytest.mark.parametrize(
    ("text", "on", "day"),
    [
        ("legal until next fri", "legal", date(2026, 12, 4)),
        ("legal till 27 nov", "legal", FRIDAY),
        ("the lawyers, until fri", "the lawyers", FRIDAY),
        ("legal fri", "legal", FRIDAY),
        ("@bob by fri", "@bob", FRIDAY),
        ("legal until they answer", "legal until they answer", None),
        ("until fri", "", FRIDAY),
        ("", "", None),
    ],
)
def test_whom_and_until_when(text: str, on: str, day: date | None) -> None:
    assert trail(text, MONDAY, Settings()) == (on, day)
