"""One line of an outage: a note, an update, who was told, when the next update is due."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from opsdesk.core.names import Directory, fold
from opsdesk.core.outageentry import Entered, Kind, entered
from opsdesk.core.register import Look
from opsdesk.core.settings import Settings

PEOPLE = Directory([("bob", "Bob Ito"), ("sue", "Sue Park"), ("sam", "Sam Lee")])
DEPARTMENTS = {fold(name): name for name in ("Sales", "Support", "Program Management")}
NOW = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)  # a Monday, 16:00 in Berlin
LOOK = Look(NOW, Settings(time_zone="Europe/Berlin"))


def at(hour: int, minute: int, day: int = 23) -> datetime:
    """In UTC."""
    return datetime(2026, 11, day, hour, minute, tzinfo=UTC)


def read(typed: str, kind: Kind = "note", look: Look = LOOK) -> Entered:
    return entered(typed, kind, PEOPLE, DEPARTMENTS, look)


@pytest.mark.parametrize(
    ("typed", "who", "how", "when", "by"),
    [
        ("told @sue phone", ("sue",), "phone", None, ""),
        ("told sales", ("Sales",), "", None, ""),
        ("Told Sales, @sue and @bob by phone", ("Sales", "sue", "bob"), "by phone", None, ""),
        ("informed program management, support in chat", ("Program Management", "Support"), "in chat", None, ""),
        ("told prog", ("Program Management",), "", None, ""),
        ("told sue chat", ("sue",), "chat", None, ""),
        ("told sales phone 15:40", ("Sales",), "phone", at(14, 40), ""),
        ("15:40 told sales phone", ("Sales",), "phone", at(14, 40), ""),
        ("told sales 10 min ago", ("Sales",), "", at(14, 50), ""),
        ("told sales phone by @bob", ("Sales",), "phone", None, "bob"),
        ("told sales, sales", ("Sales",), "", None, ""),
    ],
)
def test_who_was_told_how_when_and_by_whom(typed: str, who: tuple[str, ...], how: str, when: object, by: str) -> None:
    found = read(typed)
    assert (found.kind, found.who, found.how, found.at, found.by, found.asked) == ("told", who, how, when, by, "")
    assert read(typed, "update").who == who


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        ("told @ghost phone", "@ghost is no department or person here."),
        ("told @s", "@s is no department or person here."),
        ("told sales 17:00", "17:00 lies ahead: it is 16:00 now."),
    ],
)
def test_who_cannot_have_been_told_is_asked_about(typed: str, asked: str) -> None:
    assert (read(typed).kind, read(typed).asked) == ("told", asked)


def test_where_somebody_is_to_be_named_nothing_else_is_understood() -> None:
    assert read("sales, @sue phone", "told").who == ("Sales", "sue")
    assert read("the press", "told").asked == "Say who was informed."
    assert read("", "told").asked == "Say who was informed."


@pytest.mark.parametrize(
    "typed", ["told them to wait", "next we restart it", '"told" sales', "next", "tell sales", "told s"]
)
def test_other_words_are_a_note(typed: str) -> None:
    found = read(typed)
    assert (found.kind, found.happened.text) == ("note", typed.replace('"', ""))


@pytest.mark.parametrize(
    ("typed", "due"),
    [
        ("next 16:30", at(15, 30)),
        ("next update 16:30", at(15, 30)),
        ("next at 16:30", at(15, 30)),
        ("next in 45 min", at(15, 45)),
        ("next 2:30 am", at(1, 30, 24)),
        ("next none", None),
    ],
)
def test_when_the_next_update_is_due(typed: str, due: datetime | None) -> None:
    found = read(typed)
    assert (found.kind, found.said, found.due, found.asked) == ("next", True, due, "")


@pytest.mark.parametrize("typed", ["next 15:30", "next 10 min ago", "next now"])
def test_it_lies_ahead(typed: str) -> None:
    assert read(typed).asked == "The next update lies ahead of now."


def test_an_update_may_end_with_the_next_one() -> None:
    found = read("15:50 Half of the EU is back, next 17:00 @bob", "update")
    assert not found.said
    found = read("15:50 @bob: half of the EU is back, next 17:00", "update")
    assert (found.happened.at, found.happened.who, found.due) == (at(14, 50), "bob", at(16, 0))
    assert found.happened.text == "half of the EU is back"
    found = read("We restart it, the next step is theirs", "update")
    assert (found.said, found.happened.text) == (False, "We restart it, the next step is theirs")
    assert read("It is over, next none", "update") == read("It is over - next none", "update")
    assert read("It is over, next none").happened.text == "It is over, next none"


@settings(max_examples=200)
@given(
    st.one_of(
        st.text(max_size=60),
        st.lists(
            st.sampled_from(
                [
                    "told",
                    "next",
                    "Sales,",
                    "@sue",
                    "@",
                    "by",
                    "14:05",
                    '"',
                    "in",
                    "45",
                    "min",
                    "and",
                    "none",
                    "日本",
                    "\x1b[",
                ]
            ),
            max_size=9,
        ).map(" ".join),
    ),
    st.sampled_from(["note", "update", "told"]),
)
def test_any_text_is_understood_somehow(typed: str, kind: Kind) -> None:
    found = read(typed, kind)
    assert found.kind != "told" or found.who or found.asked
    assert found.kind != "next" or found.said
    assert found.due is None or found.asked or found.due > NOW
