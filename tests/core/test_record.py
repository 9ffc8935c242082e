from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import convert, to_builtins
from msgspec.structs import replace

from opsdesk.core.actions import Action
from opsdesk.core.errors import Invalid
from opsdesk.core.kinds import KINDS
from opsdesk.core.record import checked
from opsdesk.core.text import cleaned


def test_what_is_right_stays_equal() -> None:
    action = Action(id="A-1", rev=3, title="Call [x]", owner="sue", due=date(2026, 11, 27), relisted=("M-1",))
    assert checked(action) == action


@pytest.mark.parametrize(
    ("fields", "named"),
    [
        ({"title": ""}, "title"),
        ({"title": " \x1b "}, "title"),
        ({"title": "x" * 10_001}, "title"),
        ({"owner": "Not A Handle"}, "owner"),
        ({"owner": "x" * 41}, "owner"),
        ({"state": "lost"}, "state"),
        ({"due": "someday"}, "due"),
        ({"relisted": (1,)}, "relisted"),
    ],
)
def test_a_broken_constraint_names_record_and_field(fields: dict[str, object], named: str) -> None:
    broken = replace(Action(id="A-7", title="x"), **fields)
    with pytest.raises(Invalid, match=rf"A-7: .*{named}"):
        checked(broken)


def test_what_is_missing_is_named() -> None:
    with pytest.raises(Invalid, match=r"^title is missing\."):
        checked(Action(title=""))


@settings(max_examples=150)
@given(st.text(st.characters(categories=["L", "N", "Z", "C", "P"]), max_size=40))
def test_the_short_way_and_the_long_way_agree(text: str) -> None:
    action = Action(title="x" + text, section=text)
    assert checked(action) == convert(cleaned(to_builtins(action)), Action)


def test_a_record_reads_as_a_mapping() -> None:
    action = Action(id="A-1", title="x")
    assert dict(action)["title"] == action["title"] == "x"
    assert "title" in action
    assert "nothing" not in action
    with pytest.raises(KeyError):
        action["nothing"]


def test_kinds_and_prefixes_are_unique() -> None:
    assert len({kind.kind for kind in KINDS}) == len({kind.prefix for kind in KINDS}) == len(KINDS)
    assert all(kind.prefix.isalpha() for kind in KINDS)


def test_what_is_too_long_is_said_in_words() -> None:
    with pytest.raises(Invalid, match=r"title is longer than 10,000 characters\. Say it in fewer words\."):
        checked(Action(title="x" * 10_001))


def test_what_is_not_allowed_names_the_field() -> None:
    with pytest.raises(Invalid, match=r"A-4: owner is not allowed"):
        checked(Action(id="A-4", title="x", owner="NOT A HANDLE"))
