from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opsdesk.core.actions import Action, Told
from opsdesk.core.names import Directory, Names
from opsdesk.core.quickentry import Chip, Draft, doubled, parse, text_of
from opsdesk.core.settings import Settings
from opsdesk.core.text import clean

TODAY = date(2026, 11, 23)  # a Monday
FRIDAY = date(2026, 11, 27)
USUAL = date(2026, 11, 30)
NAMES = Names(
    Directory(
        [("sue", "Sue Park"), ("bob", "Bob Hill"), ("sam", "Sam Suarez"), ("zoe", "Zoë Ångström"), ("sue2", "Sue Ott")],
        [("gone", "Gone Long")],
    ),
    Directory([("globex", "Globex"), ("wayne", "Wayne & Söhne"), ("3m", "3M"), ("nippon", "[EMEA] 日本物流")]),
)


def read(text: str, settings: Settings | None = None) -> Draft:
    return parse(text, NAMES, today=TODAY, settings=settings or Settings())


def roles(draft: Draft) -> list[tuple[str, str]]:
    return [(chip.role, draft.text[chip.start : chip.end]) for chip in draft.chips]


def test_everything_at_once() -> None:
    draft = read("Call back with the workaround @sue #globex fri !")
    assert draft == Draft(
        text="Call back with the workaround @sue #globex fri !",
        title="Call back with the workaround",
        owner="sue",
        customer="globex",
        due=FRIDAY,
        promise=True,
        by="sue",
        chips=(
            Chip("owner", "Sue Park", 30, 34),
            Chip("customer", "Globex", 35, 42),
            Chip("due", "Fri 27 Nov", 43, 46),
            Chip("promise", "promised", 47, 48),
        ),
    )


@pytest.mark.parametrize(
    ("text", "title", "due"),
    [
        ("Call fri", "Call", FRIDAY),
        ("Call FRI.", "Call", FRIDAY),
        ("Call fri @sue #globex !", "Call", FRIDAY),
        ("@sue #globex Call fri", "Call", FRIDAY),
        ("Call in 2 weeks @sue", "Call", date(2026, 12, 7)),
        ("Call by fri", "Call", FRIDAY),
        ("Call on friday", "Call", FRIDAY),
        ("Call due next fri", "Call", date(2026, 12, 4)),
        ("Close the books end of month", "Close the books", USUAL),
        ("Call 27 november 2026", "Call", FRIDAY),
        ("Call about the fri meeting", "Call about the fri meeting", USUAL),
        ("Ask on fri what happened", "Ask on fri what happened", USUAL),
        ("Call fri @sue about it", "Call fri about it", USUAL),
        ("due:fri Call about it", "Call about it", FRIDAY),
        ("Call DUE:2026-11-27 about fri", "Call about fri", FRIDAY),
        ("Call due:soon", "Call due:soon", USUAL),
        ("Call nodate", "Call", None),
        ("Call someday @sue", "Call", None),
        ("Call due:none", "Call", None),
        ("Monitor it 24/7", "Monitor it 24/7", USUAL),
        ("Call soon", "Call soon", USUAL),
        ("Say 2026-11-27 nodate", "Say 2026-11-27", None),
    ],
)
def test_only_what_the_text_ends_with_is_its_date(text: str, title: str, due: date | None) -> None:
    draft = read(text)
    assert (draft.title, draft.due) == (title, due)


def test_without_a_date_the_usual_one_is_proposed() -> None:
    draft = read("Call", Settings(due_days=3))
    assert (draft.due, draft.due_default) == (TODAY + timedelta(3), True)
    assert draft.chips == (Chip("due", "Thu 26 Nov (3 days)", 4, 4),)
    assert not read("Call fri").due_default
    assert not read("Call nodate").due_default


def test_a_promise_asks_for_its_date() -> None:
    draft = read("Call !")
    assert (draft.due, draft.due_default) == (None, False)
    assert draft.chips[-1] == Chip("due", "promised by when?", 6, 6)


@pytest.mark.parametrize(
    "text", ["Call yesterday", "Call last fri", "Call 22.11.2026", "Call 2026-11-22", "Call 22 nov"]
)
def test_a_date_before_today_is_past(text: str) -> None:
    draft = read(text)
    assert draft.past
    assert draft.chips[-1].text.endswith(", past")


@pytest.mark.parametrize("text", ["Fix it by 19 nov @sue", "Fix it 19.11.", "due:19/11 Fix it"])
def test_a_past_date_is_asked_about_with_another_day_to_take(text: str) -> None:
    draft = read(text)
    assert (draft.title, draft.due, draft.past) == ("Fix it", date(2026, 11, 19), True)
    assert draft.offer == date(2027, 11, 19)
    assert read("Fix it fri").offer is None


def test_today_is_not_past() -> None:
    assert not read("Call today").past


@pytest.mark.parametrize(
    ("text", "owner"),
    [
        ("Call @sue", "sue"),
        ("Call @SUE", "sue"),
        ("Call @Bo", "bob"),
        ("Call @hill", "bob"),
        ("Call @bobhill", "bob"),
        ("Call @zoë", "zoe"),
        ("Call @ang", "zoe"),
        ("Hey @bob, call", "bob"),
        ("@bob: call", "bob"),
        ("@gone call", "gone"),
        ("@gon call", ""),
        ("@sue ask @bob", "bob"),
        ("Call @", ""),
        ("Call a@bob.c", ""),
        ("Call (@bob", ""),
        ("Call @@bob", ""),
    ],
)
def test_an_owner_by_handle_name_or_a_clear_start_of_one(text: str, owner: str) -> None:
    assert read(text).owner == owner


def test_of_two_owners_the_last_counts_and_the_other_stays_text() -> None:
    assert read("Tell @bob that we moved @sue").title == "Tell @bob that we moved"


@pytest.mark.parametrize(
    ("text", "passed", "said"),
    [
        ("Call @bob @sue fri", ("@bob",), ("two owners: sue counts, @bob is text", "")),
        ("Call @bob, #wayne @sam @sue #globex", ("@bob", "#wayne", "@sam"), None),
        ("Ask @sue about it @sue", (), ("", "")),
        ('Ask "@bob" @sue', (), ("", "")),
    ],
)
def test_that_only_the_last_of_several_names_counts_is_said(
    text: str, passed: tuple[str, ...], said: tuple[str, ...] | None
) -> None:
    draft = read(text)
    several = ("several owners: sue counts, @bob and @sam are text", "two customers: globex counts, #wayne is text")
    assert draft.passed_over == passed
    told = doubled(draft, "owners", draft.owner), doubled(draft, "customers", draft.customer)
    assert told == (several if said is None else said)


@pytest.mark.parametrize(
    "text", ["Call 2026-11-24 fri", "Call @sue 2026-11-24 ! fri", "Call 2026-11-24 #globex by fri"]
)
def test_a_date_behind_the_one_of_a_corrected_line_counts_and_is_said(text: str) -> None:
    draft = read(text)
    assert (draft.title, draft.due, draft.passed_over) == ("Call 2026-11-24", FRIDAY, ("2026-11-24",))
    assert doubled(draft, "dates", "Fri 27 Nov") == "two dates: Fri 27 Nov counts, 2026-11-24 is text"


@pytest.mark.parametrize(
    "text", ["Call fri", "2026-11-24 Call fri", 'Read "2026-11-24" fri', "Call 2026-11-24", "Call q1 fri"]
)
def test_one_date_is_no_two(text: str) -> None:
    assert read(text).passed_over == ()


def test_a_promise_stuck_to_its_date_lies_where_it_was_typed() -> None:
    draft = read("Call fri! @sue")
    assert (draft.due, roles(draft)) == (FRIDAY, [("due", "fri"), ("promise", "!"), ("owner", "@sue")])


@pytest.mark.parametrize(
    ("text", "customer"),
    [
        ("Call #globex", "globex"),
        ("Call #GLO", "globex"),
        ("Call #söhne", "wayne"),
        ("Call #wayne&söhne", "wayne"),
        ("Call #3m", "3m"),
        ("Call #日本物流", "nippon"),
        ("Fix #1", ""),
        ("Learn C#", ""),
        ("Call # globex", ""),
    ],
)
def test_a_customer(text: str, customer: str) -> None:
    draft = read(text)
    assert draft.customer == customer
    assert draft.unknown == ()


def test_names_not_known_stay_in_the_title_and_are_offered() -> None:
    draft = read("Ask @dan about #initech fri @dan")
    assert draft.title == "Ask @dan about #initech @dan"
    assert draft.unknown == ("@dan", "#initech")
    assert draft.ambiguous == ()
    assert draft.due == FRIDAY
    assert roles(draft)[0] == ("unknown", "@dan")


def test_a_start_of_several_names_asks_which() -> None:
    draft = read("Call @s")
    assert (draft.owner, draft.unknown, draft.ambiguous) == ("", ("@s",), ("@s",))
    assert draft.chips[0].text == "Sam Suarez or Sue Park or Sue Ott?"


@pytest.mark.parametrize(
    ("text", "title", "by"),
    [
        ("Call @sue fri !", "Call", "sue"),
        ("! Call @sue fri", "Call", "sue"),
        ("Call @sue !bob fri", "Call", "bob"),
        ("Call ! @sue !bob fri !", "Call", "bob"),
        ("Call fri !", "Call", ""),
        ("Call #globex fri!", "Call", ""),
        ("Call @sue FRI!", "Call", "sue"),
        ("Call by 27 nov! @sue", "Call", "sue"),
        ("due:fri! Call @sue", "Call", "sue"),
        ("Call @sue !@bob fri", "Call", "bob"),
    ],
)
def test_who_promised(text: str, title: str, by: str) -> None:
    draft = read(text)
    assert (draft.promise, draft.title, draft.by) == (True, title, by)


@pytest.mark.parametrize(
    ("text", "title", "owner", "unknown"),
    [
        ("Send it @sue fri !dan", "Send it !dan", "sue", ("!dan",)),
        ("Send it fri !dan @sue", "Send it !dan", "sue", ("!dan",)),
        ("Send it !dan @sue #initech by fri", "Send it !dan #initech", "sue", ("!dan", "#initech")),
        ("Send it @dan fri !dan.", "Send it @dan !dan.", "", ("@dan", "!dan")),
        ("Send it @dan fri ! #initech", "Send it @dan #initech", "", ("@dan", "#initech")),
        ("Send it @sue !dan fri !", "Send it !dan", "sue", ("!dan",)),
    ],
)
def test_of_a_promise_by_somebody_unknown_nothing_is_lost(
    text: str, title: str, owner: str, unknown: tuple[str, ...]
) -> None:
    draft = read(text)
    assert (draft.title, draft.owner, draft.unknown) == (title, owner, unknown)
    assert (draft.promise, draft.due, draft.by) == (True, FRIDAY, owner)


def test_a_promise_by_one_of_several_asks_which() -> None:
    draft = read("Send it fri !s")
    assert (draft.promise, draft.due, draft.unknown, draft.ambiguous) == (True, FRIDAY, ("!s",), ("!s",))


@pytest.mark.parametrize(
    "text", ["Wow!", "Wow!!", "Wow!bob", "a!b", "a != b", "(!bob)", "Say !! now", "Read !1", "Do it now!", "Call fri!!"]
)
def test_an_exclamation_mark_in_text_is_no_promise(text: str) -> None:
    draft = read(text)
    assert (draft.promise, draft.title) == (False, text)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ('Read "fri"', "Read fri"),
        ('Read "the book fri"', "Read the book fri"),
        ('Ask "@sue" about "#globex"', "Ask @sue about #globex"),
        ('Say "yes !" now', "Say yes ! now"),
        ('Say "no" now', 'Say "no" now'),
        ('"Stand by" fri', "Stand by"),
        ('Read "fri".', "Read fri."),
        ('Write ("@sue").', 'Write ("@sue").'),
        ('Fix the 19" rack', 'Fix the 19" rack'),
        ('Open " and @sue', 'Open " and'),
        ('Say "a ""word"" here"', 'Say a "word" here'),
        ('Say "" here', 'Say "" here'),
        ('say"@sue"', 'say"@sue"'),
        ('"  fri  "', "fri"),
        ('""""', '"'),
    ],
)
def test_quotes_protect_and_go_only_where_they_did(text: str, title: str) -> None:
    draft = read(text)
    assert draft.title == title


def test_what_quotes_protect_is_neither_owner_nor_date() -> None:
    draft = read('Ask "@sue" about "fri" @bob')
    assert (draft.owner, draft.due, draft.title) == ("bob", USUAL, "Ask @sue about fri")


@pytest.mark.parametrize("text", ["", "   ", "fri", "@sue", "!", "@sue #globex fri !"])
def test_a_text_of_nothing_but_chips_has_no_title(text: str) -> None:
    assert read(text).title == ""


def test_hostile_text_is_kept_without_its_control_characters() -> None:
    draft = read("\x1b[31m [EMEA] Ünïcode 日本 [/x] \u202e @sue fri")
    assert draft.title == "[31m [EMEA] Ünïcode 日本 [/x]"
    assert (draft.owner, draft.due) == ("sue", FRIDAY)


def test_a_very_long_line_is_read() -> None:
    assert read("! " * 5000 + "@sue fri").title == ""
    assert len(read("word " * 5000 + "fri").title) == 24_999


PHRASES = """
    @sue @bob @dan @s #globex #initech #1 C# ! !bob !foo Wow! fri next 27 nov 27.11. 2026-11-27 in 2 weeks by on due
    due:fri due:x nodate yesterday 24/7 q1 " "fri" "@sue call "" \"\"\" a@b.c Call the customer 日本
"""
WORDS = st.sampled_from([*PHRASES.split(), "\u202e", "\x1b[1m"])
TEXTS = st.lists(WORDS | st.text(max_size=6), max_size=12).map(" ".join)


@given(TEXTS | st.text())
def test_no_text_breaks_it_and_chips_lie_in_the_text(text: str) -> None:
    draft = read(text)
    for chip in draft.chips:
        assert 0 <= chip.start <= chip.end <= len(text)
    typed = [chip for chip in draft.chips if chip.start < chip.end]
    assert all(before.end <= after.start for before, after in pairwise(typed))


@given(TEXTS)
def test_the_title_loses_nothing_but_chips_and_quote_marks(text: str) -> None:
    draft = read(text)
    rest = text
    for chip in sorted(draft.chips, key=lambda chip: -chip.start):
        if chip.role != "unknown":
            rest = rest[: chip.start] + " " * (chip.end - chip.start) + rest[chip.end :]
    kept, wanted = (clean(each).replace('"', "").split() for each in (draft.title, rest))
    assert kept == wanted


@given(
    title=TEXTS.map(lambda text: " ".join(clean(text).split())).filter(bool),
    owner=st.sampled_from(["", "sue", "bob", "gone", "sue2"]),
    customer=st.sampled_from(["", "globex", "3m"]),
    due=st.dates(date(2020, 1, 1), date(2030, 1, 1)),
    undated=st.booleans(),
    by=st.sampled_from([None, "sue", "bob"]),
)
def test_the_text_of_an_action_reads_back_to_it(
    title: str, owner: str, customer: str, due: date, undated: bool, by: str | None
) -> None:
    told = Told(words="x", by=by, to="", on=datetime(2026, 11, 23, tzinfo=UTC), typed_by="sue") if by else None
    wanted = due if told or not undated else None
    action = Action(title=title, owner=owner, customer=customer, due=wanted, promise=bool(told), told=told)
    draft = read(text_of(action, NAMES, today=TODAY, settings=Settings()))
    understood = (draft.title, draft.owner, draft.customer, draft.due, draft.promise, draft.by)
    assert understood == (title, owner, customer, wanted, bool(told), by or "")


def test_the_text_of_an_action_is_what_one_would_type() -> None:
    told = Told(words="x", by="sue", to="Globex", on=datetime(2026, 11, 23, tzinfo=UTC), typed_by="bob")
    action = Action(title="Call back", owner="sue", customer="globex", due=FRIDAY, promise=True, told=told)
    assert text_of(action, NAMES, today=TODAY, settings=Settings()) == "Call back @sue #globex 2026-11-27 !"
    plain = Action(title='Say "hi" to @bob')
    assert text_of(plain, NAMES, today=TODAY, settings=Settings()) == '"Say ""hi"" to @bob" nodate'
