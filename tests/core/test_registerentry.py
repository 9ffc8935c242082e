"""A register's line: what each sign, field and date in it means, and that nothing typed is lost or crashes it."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from opsdesk.core.declared import titles
from opsdesk.core.entrywords import Entry, slots_of
from opsdesk.core.errors import Invalid
from opsdesk.core.fieldvalues import choices, said_of, value_of
from opsdesk.core.registercompletion import complete
from opsdesk.core.registerentry import parse
from opsdesk.core.registers import registers
from tests.clock import START
from tests.core.registered import KNOWN, look, register


def read(kind: str, text: str, verb: str = "") -> Entry:
    each = register(kind)
    chosen = next((one for one in each.verbs if one.id == verb), None)
    return parse(text, slots_of(each, chosen), KNOWN, look())


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """A time of November in Berlin."""
    return START.replace(day=day, hour=hour, minute=minute) - timedelta(hours=1)


@pytest.mark.parametrize(
    ("kind", "text", "values"),
    [
        ("incidents", "Login slow, EU", {"title": "Login slow, EU"}),
        ("incidents", "Login slow @sue", {"title": "Login slow", "owner": "sue"}),
        ("incidents", "#acme #globex Login", {"title": "Login", "customers": ("acme", "globex")}),
        ("incidents", "Login customers:acme,globex", {"title": "Login", "customers": ("acme", "globex")}),
        ("incidents", "Login customer:acme #globex", {"title": "Login", "customers": ("acme", "globex")}),
        ("incidents", "Login sev:2 impact:p", {"title": "Login", "sev": 2, "impact": "partial"}),
        ("incidents", "Login SEV:sev-1", {"title": "Login", "sev": 1}),
        ("incidents", "Login component:login", {"title": "Login", "components": ("login",)}),
        ("incidents", "Login started:14:02", {"title": "Login", "started": at(23, 14, 2)}),
        ("incidents", "Login started:23:50", {"title": "Login", "started": at(22, 23, 50)}),
        ("incidents", "Login started:10 min ago now", {"title": "Login now", "started": START - timedelta(minutes=10)}),
        ("incidents", "Login workaround:use the app @sue",
         {"title": "Login", "workaround": "use the app", "owner": "sue"}),
        ("incidents", 'Login workaround:"use it" now', {"title": "Login now", "workaround": "use it"}),
        ("incidents", 'The word "sev:2" stays', {"title": "The word sev:2 stays"}),
        ("incidents", "See http://x.y/z at 10:30", {"title": "See http://x.y/z at 10:30"}),
        ("incidents", "Ask @bob", {"title": "Ask @bob"}),
        ("deliveries", "SSO #globex @sue 4 dec",
         {"title": "SSO", "customer": "globex", "owner": "sue", "promised": date(2026, 12, 4)}),
        ("deliveries", "SSO by fri #globex", {"title": "SSO", "customer": "globex", "promised": date(2026, 11, 27)}),
        ("maintenance", "Upgrade fri 22:00 until 02:00", {"title": "Upgrade", "starts": at(27, 22), "ends": at(28, 2)}),
        ("maintenance", "Upgrade fri 22:00 until sat 04:30",
         {"title": "Upgrade", "starts": at(27, 22), "ends": at(28, 4, 30)}),
        ("maintenance", "Upgrade risk:h", {"title": "Upgrade", "risk": "high"}),
        ("absences", "@tom fri", {"person": "tom", "starts": date(2026, 11, 27)}),
        ("absences", "@tom on call mon until fri",
         {"person": "tom", "what": "on call", "starts": date(2026, 11, 30), "ends": date(2026, 12, 4)}),
        ("absences", "@tom parental leave until 31.12.",
         {"person": "tom", "why": "parental leave", "ends": date(2026, 12, 31)}),
        ("environments", "staging @tom until fri", {"name": "staging", "holder": "tom", "until": date(2026, 11, 27)}),
        ("environments", "staging @tom fri", {"name": "staging", "holder": "tom", "until": date(2026, 11, 27)}),
        ("known-issues", "PDF blank state:fix scheduled fix:rl-3",
         {"title": "PDF blank", "state": "fix scheduled", "fix": "RL-3"}),
        ("bugs", "Crash found_by:cust found-in:stag",
         {"title": "Crash", "found_by": "customer", "found_in": "staging"}),
        ("components", "Login API slo:99,95 %", {"name": "Login API %", "slo": 99.95}),
        ("timeline", "14:02 restarted the pods about:I-1",
         {"text": "restarted the pods", "at": at(23, 14, 2), "about": "I-1"}),
        ("timeline", "next try in 30 min about:I-1", {"text": "next try in 30 min", "about": "I-1"}),
        ("announcements", "Office closed for:company until 24 dec",
         {"text": "Office closed", "audience": "company", "until": date(2026, 12, 24)}),
    ],
)  # fmt: skip
def test_a_line_and_its_fields(kind: str, text: str, values: dict[str, Any]) -> None:
    found = read(kind, text)
    assert (found.values, found.problems) == (values, ())


@pytest.mark.parametrize(
    ("kind", "verb", "text", "values"),
    [
        ("incidents", "identify", "disk full next_update:in 30 min",
         {"why": "disk full", "next_update": START + timedelta(minutes=30)}),
        ("incidents", "update", "in 45 min", {"next_update": START + timedelta(minutes=45)}),
        ("incidents", "give", "@tom", {"owner": "tom"}),
        ("incidents", "give", "reyes", {"owner": "tom"}),
        ("deliveries", "forecast", "4 dec the vendor is late",
         {"forecast": date(2026, 12, 4), "why": "the vendor is late"}),
        ("deliveries", "forecast", "the vendor is late fri",
         {"forecast": date(2026, 11, 27), "why": "the vendor is late"}),
        ("maintenance", "move", "fri 22:00 until 23:00", {"starts": at(27, 22), "ends": at(27, 23)}),
        ("maintenance", "announce", "#acme", {"told": ("acme",)}),
        ("known-issues", "schedule", "RL-3", {"fix": "RL-3"}),
        ("requirements", "agree", "@sue fri", {"owner": "sue", "due": date(2026, 11, 27)}),
        ("incidents", "resolve", "sev:1 was wrong", {"why": "sev:1 was wrong"}),
    ],
)  # fmt: skip
def test_what_a_verb_asks_for(kind: str, verb: str, text: str, values: dict[str, Any]) -> None:
    found = read(kind, text, verb)
    assert (found.values, found.problems) == (values, ())


@pytest.mark.parametrize(
    ("kind", "text", "said"),
    [
        ("incidents", "x sev:9", 'SEV: "9" is no whole number from 1 to 5.'),
        ("incidents", "x impact:q", 'Impact: "q" is none of down, partial.'),
        ("known-issues", "x state:fix", 'State: "fix" could be fix scheduled or fixed.'),
        ("incidents", "x owner:bob", 'Owner: "bob" names no known person (known: sue, tom).'),
        ("incidents", "x components:web", 'Components: "web" names no known component (known: api, login).'),
        ("incidents", "x talk:y", "Talking points is not typed: a verb keeps it."),
        ("deliveries", "x promised:soon", 'Promised: "soon" is no date: '),
        ("maintenance", "x starts:soon", 'Starts: "soon" is no time: '),
        ("known-issues", "x fix:7", 'Fix: "7" is not the id of a record: A-12 is one.'),
    ],
)
def test_a_field_that_cannot_be_read_is_said_in_a_sentence(kind: str, text: str, said: str) -> None:
    found = read(kind, text)
    assert len(found.problems) == 1
    assert found.problems[0].startswith(said)
    assert [chip.role for chip in found.chips] == ["unknown"]


def test_a_name_that_is_not_known_stays_and_is_told() -> None:
    found = read("incidents", "Ask @bob of #initech")
    assert (found.values["title"], found.unknown, found.ambiguous) == ("Ask @bob of #initech", ("@bob", "#initech"), ())


def test_chips_tell_what_was_understood_where() -> None:
    found = read("incidents", "Login @sue sev:2 next_update:fri 9:00 #acme")
    assert [(chip.role, chip.text, found.text[chip.start : chip.end]) for chip in found.chips] == [
        ("owner", "Sue Park", "@sue"),
        ("field", "SEV 2", "sev:2"),
        ("field", "Next update Fri 27 Nov 09:00", "next_update:fri 9:00"),
        ("customer", "Acme", "#acme"),
    ]


PIECES = st.sampled_from(
    [
        *("@sue", "@", "#acme", "sev:2", "sev:", ":", "sev:sev:2", 'title:"', '"', '""', "until", "fri", "22:00", "at"),
        *("31.12.9999", "24:00", "+9999h", "99999", "state:fix", "[/x]", "日本", "\u202e", "\x1b[31m", "on call", "-"),
    ]
)


@pytest.mark.parametrize("kind", sorted(registers()))
@settings(max_examples=60)
@given(text=st.text(max_size=60) | st.lists(PIECES | st.text(max_size=8), max_size=12).map(" ".join))
def test_no_text_crashes_it_and_every_value_fits_its_field(kind: str, text: str) -> None:
    each = register(kind)
    for verb in (None, *each.verbs):
        found = parse(text, slots_of(each, verb), KNOWN, look())
        assert set(found.values) <= set(titles(each.shape))
        assert all(0 <= chip.start <= chip.end <= len(text) for chip in found.chips)
        for name, value in found.values.items():
            assert said_of(each.shape, name, value, KNOWN, look())
            assert not choices(each.shape, name) or value in choices(each.shape, name)
        assert isinstance(complete(text, len(text), slots_of(each, verb), KNOWN), tuple)


@given(words=st.lists(st.from_regex(r"[a-z]{1,8}", fullmatch=True), min_size=1, max_size=6))
@settings(max_examples=60)
def test_plain_words_are_the_text_as_typed(words: list[str]) -> None:
    line = " ".join(words)
    assert read("incidents", line).values == {"title": line}


@pytest.mark.parametrize(
    ("text", "offered"),
    [
        ("x @t", ["@tom"]),
        ("x #", ["#acme", "#globex"]),
        ("x impact:", ["down", "partial"]),
        ("x impact:p", ["partial"]),
        ("x state:", ["investigating", "identified", "monitoring", "resolved"]),
        ("x components:login,a", ["api"]),
        ("x owner:s", ["sue", "tom"]),
        ("x", []),
        ("x http:", []),
        ('"@t', []),
    ],
)
def test_what_tab_offers(text: str, offered: list[str]) -> None:
    assert [each.text for each in complete(text, len(text), slots_of(register("incidents")), KNOWN)] == offered


@pytest.mark.parametrize(
    ("kind", "verb", "text", "offered"),
    [
        ("deliveries", "forecast", "their firewall fo", ["forecast:"]),
        ("deliveries", "forecast", "reas", ["why:"]),
        ("deliveries", "forecast", "own", []),
        ("environments", "hold", "until:fri holder:s", ["sue", "tom"]),
        ("environments", "hold", "@su", ["@sue"]),
        ("maintenance", "announce", "#ac", ["#acme"]),
        ("maintenance", "announce", "told:acme,gl", ["globex"]),
        ("maintenance", "announce", "components:l", []),
        ("maintenance", "run", "w", []),
    ],
)
def test_what_tab_offers_in_the_line_of_a_verb(kind: str, verb: str, text: str, offered: list[str]) -> None:
    each = register(kind)
    chosen = next(one for one in each.verbs if one.id == verb)
    assert [one.text for one in complete(text, len(text), slots_of(each, chosen), KNOWN)] == offered


def test_a_completion_takes_the_place_of_what_it_completes() -> None:
    text = "x components:login,a y"
    (found,) = complete(text, 20, slots_of(register("incidents")), KNOWN)
    assert text[: found.start] + found.text + text[found.end :] == "x components:login,api y"


@pytest.mark.parametrize(
    ("name", "typed", "value"),
    [
        ("owner", "", ""),
        ("owner", "nobody", ""),
        ("owner", "Sue Park", "sue"),
        ("customers", "", ()),
        ("customers", "Acme; #globex", ("acme", "globex")),
        ("next_update", "none", None),
        ("workaround", "none", "none"),
        ("sev", "3", 3),
    ],
)
def test_a_value_alone(name: str, typed: str, value: Any) -> None:
    assert value_of(register("incidents").shape, name, typed, KNOWN, look()) == value


def test_what_has_to_be_there_is_not_emptied() -> None:
    with pytest.raises(Invalid, match="Who cannot be empty"):
        value_of(register("absences").shape, "person", "", KNOWN, look())
