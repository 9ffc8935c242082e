"""A conflict in words."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from opsdesk.core.actions import Action
from opsdesk.core.errors import Conflict
from opsdesk.core.merge import Difference
from opsdesk.core.overtaken import PLAIN, Voice, changed, removed, sentence, words
from opsdesk.core.registers.incidents import Incident

AT = datetime(2026, 11, 23, 14, 2, tzinfo=UTC)
CALLED = {"bob": "Bob Okoye", "acme": "Acme Corporation"}
VOICE = Voice(
    person=lambda handle: CALLED.get(handle, handle),
    customer=lambda handle: CALLED.get(handle, handle),
    zone=ZoneInfo("Europe/Paris"),
)
MINE = Action(id="A-12", title="x")


def differing(
    field: str, title: str, was: Any, theirs: Any, mine: Any, at: datetime = AT, by: str = "bob"
) -> Difference:
    return Difference(field=field, title=title, was=was, theirs=theirs, mine=mine, by=by, at=at)


DUE = differing("due", "Due", "2026-11-24", "2026-11-30", "2026-11-26")
WHO = differing("owner", "Who", "sue", "", "tom")
WHAT = differing("title", "What", "x", "call", "w" * 90, AT + timedelta(hours=1), "kim")
SLIPS = differing("slips", "Slips", [], [{"was": "2026-11-24"}], [])


@pytest.mark.parametrize(
    ("fought", "said"),
    [
        ((DUE,), "A-12: bob set Due to 2026-11-30 on 2026-11-23 at 14:02 UTC, you 2026-11-26."),
        ((DUE, SLIPS), "A-12: bob set Due to 2026-11-30 on 2026-11-23 at 14:02 UTC, you 2026-11-26."),
        (
            (DUE, WHO),
            "A-12: bob set Due to 2026-11-30 and cleared Who on 2026-11-23 at 14:02 UTC,"
            " you set Due to 2026-11-26 and set Who to tom.",
        ),
        (
            (WHAT, WHO),
            "A-12: bob cleared Who on 2026-11-23 at 14:02 UTC, you tom;"
            f' kim set What to "call" on 2026-11-23 at 15:02 UTC, you "{"w" * 39}…".',
        ),
        ((SLIPS,), "A-12: bob set Slips to 1 entry on 2026-11-23 at 14:02 UTC, you nothing."),
    ],
)
def test_who_when_and_what_differs_are_one_sentence(fought: tuple[Difference, ...], said: str) -> None:
    conflict = changed(Action, "A-12", fought, MINE)
    assert conflict.message == sentence(conflict) == said
    assert conflict.mine is MINE
    assert conflict.at == max(each.at for each in fought)


def test_names_and_the_companys_time_take_the_place_of_handles_and_utc() -> None:
    conflict = changed(Action, "A-12", (DUE,), MINE)
    assert sentence(conflict, VOICE) == (
        "A-12: Bob Okoye set Due to 2026-11-30 on 2026-11-23 at 15:02, you 2026-11-26."
    )
    assert sentence(removed(Action, "A-12", "bob", AT), VOICE) == (
        "A-12 was removed by Bob Okoye on 2026-11-23 at 15:02."
    )


def test_where_nothing_is_to_be_chosen_nothing_is_said_of_oneself() -> None:
    assert changed(Action, "A-12", (DUE,)).message == "A-12: bob set Due to 2026-11-30 on 2026-11-23 at 14:02 UTC."


def test_a_conflict_of_another_kind_keeps_its_sentence() -> None:
    assert sentence(Conflict("globex has been added meanwhile."), VOICE) == "globex has been added meanwhile."


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("title", "call", '"call"'),
        ("owner", "bob", "Bob Okoye"),
        ("customer", "acme", "Acme Corporation"),
        ("due", "2026-11-30", "2026-11-30"),
        ("due", None, "nothing"),
        ("promise", True, "yes"),
        ("promise", False, "nothing"),
        ("state", "done", "done"),
        ("finished", "2026-11-23T14:02:00Z", "2026-11-23 15:02"),
        ("relisted", ["M-1", "M-2"], "M-1, M-2"),
        ("told", {"words": "by friday!", "by": "bob"}, '"by friday!"'),
        ("slips", [{"was": "2026-11-24"}] * 2, "2 entries"),
        ("title", "[/x] \u202e日本", '"[/x] \u202e日本"'),
    ],
)
def test_a_value_is_said_as_people_read_it(field: str, value: Any, said: str) -> None:
    assert words(Action, field, value, VOICE) == said


def test_values_with_words_of_their_own_are_said_in_them() -> None:
    at = "2026-11-23T14:02:00Z"
    assert words(Incident, "talk", {"known": "yes", "not_say": "4.12", "approved": at}, VOICE) == (
        '"known: yes; not say: 4.12; approved"'
    )
    assert words(Incident, "informed", [{"who": "Sales", "at": at}, {"who": "ann", "at": at}], VOICE) == "Sales, ann"
    assert words(Incident, "informed", [{"whom": "Sales"}], VOICE) == "1 entry"


def test_without_names_and_zone_a_time_is_utc() -> None:
    assert words(Action, "finished", "2026-11-23T14:02:00Z", PLAIN) == "2026-11-23 14:02 UTC"
