from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opsdesk.core.actions import Action, Told
from opsdesk.core.names import Directory, Names
from opsdesk.core.plainly import plain, understood

FRIDAY = date(2026, 11, 27)
NAMES = Names(
    Directory([("tom", "Tom Reyes"), ("sue", "Sue Park"), ("sam", "Sue Park"), ("lee", "Lee, Ann")]),
    Directory([("acme", "Acme"), ("wayne", "Wayne & Söhne")]),
)


def action(title: str, owner: str, customer: str, due: date | None, by: str | None = None) -> Action:
    told = Told(words="x", by=by, to="", on=datetime(2026, 11, 23, tzinfo=UTC), typed_by="sue") if by else None
    return Action(title=title, owner=owner, customer=customer, due=due, promise=bool(told), told=told)


@pytest.mark.parametrize(
    ("made", "words"),
    [
        (action("Call", "tom", "acme", FRIDAY), "Call (Tom Reyes, Acme, due 2026-11-27)"),
        (action("Call", "tom", "", FRIDAY, "tom"), "Call (Tom Reyes, promised for 2026-11-27)"),
        (action("Call", "tom", "", FRIDAY, "sue"), "Call (Tom Reyes, promised by Sue Park for 2026-11-27)"),
        (action("Call", "", "", None), "Call"),
    ],
)
def test_an_action_in_plain_words(made: Action, words: str) -> None:
    assert plain(made, NAMES) == words


def test_the_customer_everybody_knows_is_not_said() -> None:
    assert plain(action("Call", "tom", "acme", None), NAMES, known="acme") == "Call (Tom Reyes)"


@given(
    title=st.text(min_size=1).map(str.strip).filter(bool),
    owner=st.sampled_from(["tom", ""]),
    customer=st.sampled_from(["acme", "wayne", ""]),
    due=st.dates(date(2000, 1, 1), date(2100, 1, 1)),
    by=st.sampled_from([None, "tom"]),
)
def test_plain_words_read_back(title: str, owner: str, customer: str, due: date, by: str | None) -> None:
    draft = understood(plain(action(title, owner, customer, due, by), NAMES), NAMES)
    assert draft is not None
    found = (draft.title, draft.owner, draft.customer, draft.due, draft.promise, draft.by)
    assert found == (title, owner, customer, due, bool(by), by or "")


@pytest.mark.parametrize(
    "text",
    [
        *("", "Call", "Call (again)", "Call (Tom)", "Call (Tom Reyes, later)", "Call (Sue Park)", "Call (Lee, Ann)"),
        *("(Tom Reyes)", "Call(Tom Reyes)", "Call (due 2026-02-30)", "Call (promised by Bob for 2026-11-27)"),
        *("Call (Acme, Acme)", "Call (due 2026-11-27, due 2026-11-27)", "Call (tom reyes)", "Call (Tom Reyes) now"),
    ],
)
def test_other_words_in_brackets_are_text(text: str) -> None:
    assert understood(text, NAMES) is None
