"""What is asked about a register's line, what is refused in it, and which dates it says."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from opsdesk.core.entrywords import Entry, slots_of
from opsdesk.core.registerentry import parse
from opsdesk.core.registers.incidents import assumed
from tests.clock import START
from tests.core.registered import KNOWN, look, register

NIGHT = START.replace(day=27, hour=21)  # 22:00 in Berlin


def read(kind: str, text: str, verb: str = "") -> Entry:
    each = register(kind)
    chosen = next((one for one in each.verbs if one.id == verb), None)
    return parse(text, slots_of(each, chosen), KNOWN, look())


@pytest.mark.parametrize(
    ("kind", "text", "asked"),
    [
        ("incidents", "z #nocust", ("#nocust is no customer here.",)),
        ("incidents", "z #acmee @tmo", ("#acmee is no customer here: did you mean #acme?",
                                        "@tmo is no person here: did you mean @tom?")),
        ("incidents", "z prio:1", ('There is no field "prio".',)),
        ("incidents", "z sve:1 custmer:acme", ('There is no field "sve": did you mean sev?',
                                               'There is no field "custmer": did you mean customers?')),
        ("deliveries", "SSO #acmee fri", ("#acmee is no customer here: did you mean #acme?",)),
        ("incidents", 'z "#nocust" "prio:1"', ()),
        ("incidents", "z #1234, http://a.b, std::bad_alloc, redis:6379, Error: full", ()),
        ("incidents", "z @sue #acme sev:1", ()),
        ("maintenance", "z work @tom", ("@tom is kept as text: there is no owner here.",)),
        ("components", "z #acme", ("#acme is kept as text: there is no customer here.",)),
        ("maintenance", 'z "@tom" @babel', ()),
    ],
)  # fmt: skip
def test_what_may_be_a_slip_of_the_hand_is_asked_about_and_stays_text(
    kind: str, text: str, asked: tuple[str, ...]
) -> None:
    found = read(kind, text)
    assert (found.asked, found.problems) == (asked, ())
    if asked and kind == "incidents":
        assert found.values["title"] == text


def test_a_name_that_could_be_several_is_asked_about() -> None:
    known = {**KNOWN, "people": type(KNOWN["people"])([("sue", "Sue Park"), ("sun", "Sun Li")])}
    found = parse("z @su", slots_of(register("incidents")), known, look())
    assert found.asked == ("@su could be @sue or @sun.",)


@pytest.mark.parametrize(
    ("kind", "verb", "text", "asked"),
    [
        ("incidents", "resolve", "redis:3 was full, see a:b", ()),
        ("incidents", "resolve", "owner:tom was wrong", ("Owner is not taken here: it takes Reason.",)),
        ("environments", "hold", "@tmo fri", ("@tmo is no person here: did you mean @tom?",)),
    ],
)
def test_in_a_verbs_words_only_names_and_fields_are_asked_about(
    kind: str, verb: str, text: str, asked: tuple[str, ...]
) -> None:
    assert read(kind, text, verb).asked == asked


@pytest.mark.parametrize(
    ("kind", "text", "values"),
    [
        ("incidents", "z severity:1 component:login customer:acme",
         {"title": "z", "sev": 1, "components": ("login",), "customers": ("acme",)}),
        ("bugs", "z sev:2 components:login", {"title": "z", "severity": 2, "component": "login"}),
        ("deliveries", "z customers:acme", {"title": "z", "customer": "acme"}),
        ("absences", "@tom away mon fri",
         {"person": "tom", "what": "away", "starts": date(2026, 11, 30), "ends": date(2026, 12, 4)}),
        ("absences", "@tom from mon to wed",
         {"person": "tom", "starts": date(2026, 11, 30), "ends": date(2026, 12, 2)}),
        ("absences", "@tom training 27 nov 4 dec",
         {"person": "tom", "why": "training", "starts": date(2026, 11, 27), "ends": date(2026, 12, 4)}),
        ("absences", "@tom fri 4 dec", {"person": "tom", "why": "fri", "starts": date(2026, 12, 4)}),
        ("absences", "@tom 4 dec 27 nov", {"person": "tom", "why": "4 dec", "starts": date(2026, 11, 27)}),
        ("absences", "@tom what:on-call mon", {"person": "tom", "what": "on call", "starts": date(2026, 11, 30)}),
        ("absences", "@tom on-call mon", {"person": "tom", "what": "on call", "starts": date(2026, 11, 30)}),
        ("maintenance", "Disks fri 22:00 23:30",
         {"title": "Disks", "starts": NIGHT, "ends": NIGHT + timedelta(minutes=90)}),
        ("environments", "staging @tom mon fri",
         {"name": "staging mon", "holder": "tom", "until": date(2026, 11, 27)}),
    ],
)  # fmt: skip
def test_fields_by_other_names_and_two_dates(kind: str, text: str, values: dict[str, Any]) -> None:
    assert read(kind, text).values == values


@pytest.mark.parametrize(
    ("kind", "verb", "text", "said"),
    [
        ("incidents", "", "z sev:1 sev:2", "SEV is said twice, 1 and 2: say it once."),
        ("maintenance", "", "m starts:tomorrow", 'Starts: "tomorrow" says no time of day: "tomorrow 22:00" does.'),
        ("maintenance", "", "m tomorrow", 'Starts: "tomorrow" says no time of day: "tomorrow 22:00" does.'),
        ("incidents", "", "z next_update:fri", 'Next update: "fri" says no time of day: "fri 22:00" does.'),
        ("deliveries", "start", "yes", '"yes" is not understood here: it takes no words.'),
        ("deliveries", "give", "@sue yes", '"yes" is not understood here: only owner can be said.'),
    ],
)
def test_what_is_refused_says_what_to_type(kind: str, verb: str, text: str, said: str) -> None:
    assert read(kind, text, verb).problems == (said,)


def test_a_day_alone_is_enough_for_what_has_happened_and_the_same_twice_for_anything() -> None:
    found = read("incidents", "z started:yesterday sev:2 sev:2")
    assert (found.problems, found.values["sev"]) == ((), 2)
    assert found.values["started"] == START.replace(day=21, hour=23)


def test_where_nobody_says_how_bad_it_is_the_higher_is_taken_and_said() -> None:
    assert assumed({}) == "SEV-2, nobody said: sev:3 lowers it"
    assert assumed({"sev": 3}) == ""
    assert register("incidents").shape(title="z").sev == 2


WORDS = st.lists(
    st.sampled_from(
        ["mon", "fri", "22:00", "until", "from", "to", "-", "27 nov", "x", "@tom", '"fri"', "on-call", "a:b"]
    ),
    max_size=8,
)


@settings(max_examples=200)
@given(kind=st.sampled_from(["absences", "maintenance", "environments", "deliveries"]), words=WORDS)
def test_two_dates_crash_nothing_and_an_end_is_never_before_the_days_that_stand_with_it(
    kind: str, words: list[str]
) -> None:
    found = read(kind, " ".join(words))
    starts, ends = found.values.get("starts"), found.values.get("ends")
    if starts is not None and ends is not None:
        assert ends >= starts
