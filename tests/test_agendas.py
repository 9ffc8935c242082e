"""Agenda files: the ten that are shipped, a desk's own, and every mistake at once."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import get_args

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from opsdesk import agendas
from opsdesk.agendas.lines import line_of, lines
from opsdesk.agendas.writing import new
from opsdesk.boards.index import BOARDS
from opsdesk.core.agenda import Agenda, BoardName
from opsdesk.core.errors import Invalid, Unavailable
from opsdesk.core.text import clean

TABLE = {
    "daily-operations-sync": (
        "Daily Operations Sync",
        "Operations, Support, Program Management",
        "Burning issues · Service outages · Planned maintenance · Delayed deliveries · Staffing",
    ),
    "customer-success": (
        "Customer Success",
        "Sales, Program Management, Support, Operations, Professional Services, R&D",
        "Customer success score sheet · Updates · Delays · Priorities · Address red and orange flags",
    ),
    "operations-engineering-sync": (
        "Operations-Engineering Sync",
        "Operations, Engineering, QA",
        "Requirements · Releases · Known issues · Bugs · Dev/staging environment",
    ),
    "company-friday": ("Company Friday", "everybody", "Announcements · Updates and department presentations"),
    "spof-analysis": (
        "SPOF Analysis",
        "Operations, Engineering, QA, Product, Support",
        "Single point of failure analysis",
    ),
    "escalation-review": (
        "Escalation Review",
        "regional VPs and operations directors, second-tier support, R&D",
        "Escalations · Chronic issues · Problem customers · Decisions",
    ),
    "customer-status-call": (
        "Customer Status Call",
        "the customer, its owner",
        "Open promises · Progress · New requests · What we promise next",
    ),
    "priorities": ("Priorities", "heads of department", "Carried over · Candidates · Ranking · What we stop"),
    "product-operations-review": (
        "Product Operations Review",
        "Product, R&D, Support, Operations",
        "How are we actually doing as a whole? · How are customers receiving our changes? · "
        "Are we solving their biggest problems? · What is our quality level? · How stable are we? · "
        "What is our velocity of delivering value? · What do we spend on support? · "
        "Do we keep what the sales cycle promised? · Experiments · Cross-squad initiatives",
    ),
    "process-improvement-guild": (
        "Process Improvement Guild",
        "one per squad",
        "Running experiments · Results · New proposals",
    ),
}
SHIPPED = agendas.read()


@pytest.mark.parametrize("slug", TABLE)
def test_a_shipped_meeting_has_its_exact_names(slug: str) -> None:
    agenda = SHIPPED[slug]
    sections = " · ".join(section.title for section in agenda.sections)
    assert (agenda.title, ", ".join(agenda.participants), sections) == TABLE[slug]


def test_exactly_the_ten_meetings_are_shipped() -> None:
    assert {*SHIPPED} == {*TABLE}
    assert all(agenda.slug == slug for slug, agenda in SHIPPED.items())


@pytest.mark.parametrize("path", agendas.shipped(), ids=lambda path: path.stem)
def test_a_shipped_file_has_no_mistake(path: Path) -> None:
    assert agendas.check(path) == ()


@pytest.mark.parametrize("agenda", SHIPPED.values(), ids=lambda agenda: agenda.slug)
def test_each_section_asks_something_and_the_minutes_add_up(agenda: Agenda) -> None:
    assert all(1 <= len(section.ask) <= 3 for section in agenda.sections)
    assert sum(section.minutes for section in agenda.sections) + 1 + 2 == agenda.timebox


def test_a_new_desk_begins_with_three_meetings() -> None:
    on = {slug for slug, agenda in SHIPPED.items() if agenda.on}
    assert on == {"daily-operations-sync", "customer-success", "operations-engineering-sync"}


def test_the_daily_is_short_has_a_limit_and_no_closing_steps() -> None:
    daily = SHIPPED["daily-operations-sync"]
    assert (daily.timebox, daily.limit_days, daily.escalates_to, daily.closing) == (20, 5, "escalation-review", ())
    assert (daily.recurrence.rule, daily.recurrence.at) == ("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "16:30")


def test_the_escalation_review_is_an_hour_at_six_in_chicago() -> None:
    review = SHIPPED["escalation-review"]
    assert (review.timebox, review.hard_cap) == (60, True)
    assert (review.recurrence.at, review.recurrence.zone) == ("06:00", "America/Chicago")


def test_audiences_and_customers_are_as_the_meetings_need_them() -> None:
    assert {slug for slug, each in SHIPPED.items() if each.audience == "company"} == {"company-friday"}
    assert {slug for slug, each in SHIPPED.items() if each.audience == "customer"} == {"customer-status-call"}
    assert {slug for slug, each in SHIPPED.items() if each.per_customer} == {"customer-status-call"}
    assert "food and beer" in SHIPPED["company-friday"].about


def test_every_board_that_may_be_named_is_there() -> None:
    assert {*get_args(BoardName)} == {*BOARDS}


GOOD = """\
title = "Own Sync"
participants = ["Operations"]
timebox = 20

[recurrence]
rule = "FREQ=WEEKLY;BYDAY=TU"
at = "10:00"

[[sections]]
title = "First"
minutes = 10

[[sections]]
title = "Second"
minutes = 7
"""

BAD = """\
titel = "Daily"
participants = []
timebox = 20
audience = "everyone"
hard_cap = "yes"
escalates_to = "escalation-reviw"
per_customer = true
closing = ["next", "next", "raing"]

[recurrence]
rule = "FREQ=HOURLY"
at = "25:00"
zone = "Mars/Olympus"

[roles]
chair = 7

[[sections]]
title = "A"
minutes = 5
[[sections]]
title = "a"
minutes = "ten"
board = "burnig"
asks = ["x"]
[[sections]]
title = ""
minutes = 900
ask = ["", 5]
"""


def put(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_every_mistake_is_listed_at_once_with_its_line(tmp_path: Path) -> None:
    found = agendas.check(put(tmp_path, "bad.toml", BAD))
    assert [(each.line, each.place) for each in found] == [
        (0, "limit_days"),
        (0, "title"),
        (1, "titel"),
        (2, "participants"),
        (4, "audience"),
        (5, "hard_cap"),
        (6, "escalates_to"),
        (8, "closing"),
        (8, "closing[2]"),
        (11, "recurrence.rule"),
        (12, "recurrence.at"),
        (13, "recurrence.zone"),
        (16, "roles.chair"),
        (22, "sections[1].title"),
        (23, "sections[1].minutes"),
        (24, "sections[1].board"),
        (25, "sections[1].asks"),
        (27, "sections[2].title"),
        (28, "sections[2].minutes"),
        (29, "sections[2].ask[0]"),
        (29, "sections[2].ask[1]"),
    ]
    assert {each.file for each in found} == {str(tmp_path / "bad.toml")}


@pytest.mark.parametrize(
    ("before", "after", "place", "found", "allowed"),
    [
        ('title = "Own Sync"', 'titel = "Own Sync"', "titel", "an unknown key", "'title' was probably meant"),
        ('title = "Own Sync"', 'zzz = "Own Sync"', "zzz", "an unknown key", "one of slug, title, participants"),
        ('title = "Own Sync"', "", "title", "nothing", "a text of 1 to 80 letters"),
        ("timebox = 20", "timebox = 20.0", "timebox", "20.0", "a whole number from 5 to 480"),
        ("timebox = 20", "timebox = true", "timebox", "true", "a whole number from 5 to 480"),
        ("minutes = 7", "minutes = true", "sections[1].minutes", "true", "a whole number from 1 to 480"),
        ("timebox = 20", "timebox = 30", "timebox", "30", "20 (sections 17 + opening 1 + closing 2)"),
        ("timebox = 20", "timebox = 20\nlate = 1979-05-27", "late", "1979-05-27", 'one of "end", "length"'),
        ("timebox = 20", "timebox = 20\nslug = 'x'", "slug", '"x"', '"own", the file\'s name'),
        ("timebox = 20", "timebox = 20\nlimit_days = 5", "escalates_to", "nothing", "the agenda that items go to"),
        ("timebox = 20", 'timebox = 20\naudience = "customer"', "per_customer", "false", "true"),
        ("timebox = 20", "timebox = 20\nper_customer = true", "audience", '"team"', '"customer"'),
        ("timebox = 20", "timebox = 20\nroles = 5", "roles", "5", "a table with chair, deputy, minute_taker"),
        ('["Operations"]', '"Operations"', "participants", '"Operations"', "a list of at least one"),
        ('at = "10:00"', 'at = "10:00\\n"', "", "", ""),
        ('at = "10:00"', 'at = "10:0"', "recurrence.at", '"10:0"', "a time of day such as 09:30"),
        ('"Second"', '"FIRST"', "sections[1].title", '"FIRST"', "a title that no other section has"),
        ("minutes = 7", "minuts = 7", "sections[1].minuts", "an unknown key", "'minutes' was probably meant"),
        ("timebox = 20", "timebox = 20\nroles = {chair = 5}", "roles.chair", "5", "a text"),
        ("timebox = 20", 'timebox = 20\nclosing = ["sing"]', "closing[0]", '"sing"', 'one of "next", "rating"'),
        ("minutes = 7", "minutes = 7\nboard = 5", "sections[1].board", "5", 'one of "announcements"'),
    ],
)
def test_one_mistake_says_what_was_found_and_what_is_allowed(
    tmp_path: Path, before: str, after: str, place: str, found: str, allowed: str
) -> None:
    mistakes = agendas.check(put(tmp_path, "own.toml", GOOD.replace(before, after, 1)))
    named = next((each for each in mistakes if each.place == place), None)
    assert (named is None) == (place == "")
    assert named is None or (named.found == found and allowed in named.allowed)


def test_a_syntax_error_has_its_line(tmp_path: Path) -> None:
    (mistake,) = agendas.check(put(tmp_path, "own.toml", GOOD.replace("minutes = 7", "minutes = seven")))
    assert (mistake.line, mistake.found) == (15, '"minutes = seven"')
    assert mistake.allowed == "TOML (Invalid value)"


def test_an_unfinished_file_is_wrong_at_its_end(tmp_path: Path) -> None:
    (mistake,) = agendas.check(put(tmp_path, "own.toml", 'title = "A"\nclosing = ['))
    assert (mistake.line, mistake.place) == (2, "the end")


@pytest.mark.parametrize(
    ("content", "allowed"),
    [
        (b"title = \xff", "a file in UTF-8"),
        (b"a = " + b"[" * 5000, "an agenda"),
        (b".".join([b"a"] * 5000) + b" = 1", "an agenda"),
        (b"a = " + b"9" * 5000, "TOML"),
    ],
)
def test_content_that_is_no_agenda_at_all_is_one_mistake(tmp_path: Path, content: bytes, allowed: str) -> None:
    path = tmp_path / "own.toml"
    path.write_bytes(content)
    (mistake,) = agendas.check(path)
    assert allowed in mistake.allowed


def test_a_file_that_cannot_be_read_is_a_mistake(tmp_path: Path) -> None:
    missing, folder = tmp_path / "none.toml", tmp_path / "folder.toml"
    folder.mkdir()
    assert [agendas.check(path)[0].place for path in (missing, folder)] == ["the file", "the file"]


def test_what_is_no_file_or_too_large_is_a_mistake_and_not_read(tmp_path: Path) -> None:
    device, large = tmp_path / "device.toml", tmp_path / "large.toml"
    device.symlink_to("/dev/zero")
    with large.open("wb") as file:
        file.truncate(1_000_001)
    assert [agendas.check(path)[0].found for path in (device, large)] == [
        "something that is no file",
        "1,000,001 bytes",
    ]


def test_a_byte_order_mark_and_windows_line_ends_are_read(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_bytes(b"\xef\xbb\xbf" + GOOD.replace("\n", "\r\n").encode())
    assert agendas.check(path) == ()


def test_a_file_name_that_is_no_slug_is_a_mistake(tmp_path: Path) -> None:
    (mistake,) = agendas.check(put(tmp_path, "Own Sync.toml", GOOD))
    assert (mistake.place, mistake.found) == ("the file's name", '"Own Sync"')


def test_a_desks_own_file_adds_a_meeting(tmp_path: Path) -> None:
    put(tmp_path, "agendas/own-sync.toml", GOOD)
    loaded = agendas.load(tmp_path)
    assert loaded.agendas["own-sync"].slug == "own-sync"
    assert (len(loaded.agendas), loaded.own, loaded.mistakes) == (11, {"own-sync"}, ())


def test_a_desks_own_file_replaces_a_shipped_one(tmp_path: Path) -> None:
    put(tmp_path, "agendas/daily-operations-sync.toml", GOOD)
    known = agendas.read(tmp_path)
    assert (known["daily-operations-sync"].title, len(known)) == ("Own Sync", 10)


def test_own_files_may_escalate_to_each_other(tmp_path: Path) -> None:
    put(tmp_path, "agendas/second.toml", GOOD)
    put(tmp_path, "agendas/first.toml", 'limit_days = 3\nescalates_to = "second"\n' + GOOD)
    assert agendas.load(tmp_path).own == {"first", "second"}
    assert agendas.check(tmp_path / "agendas" / "first.toml") == ()


def test_a_broken_own_file_leaves_the_shipped_one_and_is_told(tmp_path: Path) -> None:
    put(tmp_path, "agendas/daily-operations-sync.toml", "title = 5")
    put(tmp_path, "agendas/own.toml", "[[")
    loaded = agendas.load(tmp_path)
    assert loaded.agendas == SHIPPED
    assert {Path(each.file).name for each in loaded.mistakes} == {"daily-operations-sync.toml", "own.toml"}


def test_a_folder_without_files_gives_the_shipped_ones(tmp_path: Path) -> None:
    assert agendas.read(tmp_path) == agendas.read(None) == SHIPPED


def test_hostile_text_is_kept_as_clean_text(tmp_path: Path) -> None:
    put(tmp_path, "agendas/own.toml", GOOD.replace("Own Sync", "[EMEA] Ünïcode 日本 [/x] \\u202e\\u001B[31m"))
    assert agendas.read(tmp_path)["own"].title == "[EMEA] Ünïcode 日本 [/x] [31m"


def test_hostile_text_in_a_mistake_is_clean(tmp_path: Path) -> None:
    (first, *_) = agendas.check(put(tmp_path, "own.toml", GOOD + 'board = "\\u001B[31m\\u202e"\n'))
    assert first.found == '"[31m"'
    (key, *_) = agendas.check(put(tmp_path, "own.toml", '"\\u001B[31m" = 5\n' + GOOD))
    assert key.place == "[31m"


words = st.sampled_from([*GOOD.splitlines(), *BAD.splitlines(), '"""', "'''", "[[sections.x]]", "a.b.c = {d = 1}"])


@settings(max_examples=150)
@given(
    st.one_of(st.binary(max_size=300), st.lists(words | st.text(max_size=20)).map(lambda all: "\n".join(all).encode()))
)
def test_no_content_makes_it_fail_and_what_has_no_mistake_is_an_agenda(
    tmp_path_factory: pytest.TempPathFactory, content: bytes
) -> None:
    folder = tmp_path_factory.mktemp("desk")
    path = put(folder, "agendas/own.toml", "")
    path.write_bytes(content)
    mistakes = agendas.check(path)
    assert bool(mistakes) != ("own" in agendas.read(folder))
    assert all(clean(str(each)) == str(each) for each in mistakes)


values: st.SearchStrategy[object] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


@settings(max_examples=150)
@given(
    st.sampled_from([("timebox",), ("sections",), ("recurrence",), ("recurrence", "at"), ("roles",), ("ask",)]), values
)
def test_what_is_listed_and_what_the_types_allow_agree(path: tuple[str, ...], value: object) -> None:
    from opsdesk.core.shape import misfits

    table = tomllib.loads(GOOD)
    place = table if len(path) == 1 else table[path[0]]
    (place if path != ("ask",) else table["sections"][0])[path[-1]] = value
    listed = list(misfits(table, msgspec.inspect.type_info(Agenda)))
    try:
        msgspec.convert(table, Agenda)
    except msgspec.ValidationError:
        assert listed
    else:
        assert not listed or isinstance(value, float)


def test_lines_are_found_past_texts_over_several_lines() -> None:
    text = 'about = """\n[roles]\nchair = 1\n"""\n[recurrence]\n at = 1\n[[s]]\nb.c = 1\n"d" = 2\n[[s]]\n[s.t]\nu = 3\n'
    found = lines(text)
    assert found == {
        ("about",): 1,
        ("recurrence",): 5,
        ("recurrence", "at"): 6,
        ("s", 0): 7,
        ("s", 0, "b", "c"): 8,
        ("s", 0, "d"): 9,
        ("s", 1): 10,
        ("s", 1, "t"): 11,
        ("s", 1, "t", "u"): 12,
    }
    assert line_of(found, ("s", 1, "t", "x")) == 11
    assert line_of(found, ("nowhere",)) == 0


def test_a_new_file_is_a_good_agenda_that_only_its_owner_reads(tmp_path: Path) -> None:
    path = new(tmp_path, "weekly-review")
    assert agendas.check(path) == ()
    assert agendas.read(tmp_path)["weekly-review"].title == "Weekly review"
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_new_file_never_replaces_one(tmp_path: Path) -> None:
    path = put(tmp_path, "agendas/own.toml", GOOD)
    with pytest.raises(Invalid, match="is there already"):
        new(tmp_path, "own")
    assert path.read_text() == GOOD


@pytest.mark.parametrize("slug", ["", "Own", "../own", "a--b", "-a", "a" * 81, "a\n"])
def test_a_new_file_needs_a_good_name(tmp_path: Path, slug: str) -> None:
    with pytest.raises(Invalid, match="cannot name an agenda"):
        new(tmp_path, slug)
    assert list(tmp_path.iterdir()) == []


def test_a_new_file_in_a_place_that_is_no_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Unavailable):
        new(put(tmp_path, "file", ""), "own")


def test_a_key_of_the_agenda_under_a_tables_head_is_told_where_it_belongs(tmp_path: Path) -> None:
    path = tmp_path / "x.toml"
    path.write_text("[roles]\nquorum = -3\nchairman = 1\n")
    allowed = {mistake.place: mistake.allowed for mistake in agendas.check(path)}
    assert allowed["roles.quorum"] == "quorum at the top level: write it above the first table"
    assert allowed["roles.chairman"] == "'chair' was probably meant"
