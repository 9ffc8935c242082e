"""The customer page on paper: byte for byte, on one sheet whatever there is, hostile words as words."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import json
from msgspec.structs import replace

from opsdesk.core.customerpage import TITLES, CustomerPage, PageLine, PageOverride, PagePart
from opsdesk.minutes.cells import width
from opsdesk.minutes.customer import PAGES
from opsdesk.minutes.customer_fit import COLUMNS, LINES, fitted, limited
from tests.minutes.golden import same

HOSTILE = "[EMEA] Ünïcode 日本 [/x] *not* <script> | `x` # 1. - "

WHOLE = CustomerPage(
    id="C-2",
    handle="globex",
    name="Globex",
    company="Northwind Systems",
    at=datetime(2026, 11, 23, 9, 31, tzinfo=ZoneInfo("Europe/Berlin")),
    zone="Europe/Berlin",
    level="green",
    computed="red",
    override=PageOverride(level="green", until=date(2026, 11, 27), by="Sue Park", why="they signed for two years"),
    share=0.8,
    trend=(None, None, 0, 0, 1, 1, 2, 2, 2, 2, 2, 2),
    owner="Raj Patel",
    since=date(2023, 3, 1),
    onboarding=True,
    revenue=365_000,
    parts=(
        PagePart(
            name="now",
            lines=(
                PageLine(
                    id="I-13",
                    text="Login slow, EU",
                    reason="SEV-2 identified · since 08:39 (52 min) · next update in 8 min",
                    weight="red",
                    owner="Tom Reyes",
                    said=(
                        "Do we know of it: Yes, since the first calls of this shift",
                        "Do not say: no time by which it is mended, no guess at the cause; nothing of the certificate",
                    ),
                ),
            ),
        ),
        PagePart(
            name="flags",
            lines=(
                PageLine(
                    id="S-295",
                    text="Delivery: DHL interface promised three times",
                    reason="red 10 d, skipped twice",
                    weight="red",
                    owner="Raj Patel",
                    said=("plan by tomorrow · owes an exit criterion",),
                ),
            ),
            summary="green Product, Support · unknown Commercial",
        ),
        PagePart(
            name="promises",
            lines=(
                PageLine(
                    id="A-88", text="Bring DHL live", reason="promise broken Fri 30 Oct", weight="red", owner="Tom"
                ),
                PageLine(id="A-224", text="Tell them the date", reason="promised for today", weight="orange"),
            ),
            summary="kept 2 of 6 in 8 weeks (33 %); late: the test data came late (2)",
        ),
        PagePart(name="deliveries"),
        PagePart(name="actions"),
        PagePart(name="people", lines=(PageLine(id="CT-3", text="Lena Ortiz  +49-30-1", reason="CIO · yesterday"),)),
        PagePart(name="discussed", summary="5 days ago · 25 min in 12 weeks"),
        PagePart(name="requirements"),
    ),
)
OPENLY = replace(
    WHOLE,
    audience="customer",
    level="",
    computed="",
    override=None,
    share=None,
    trend=(),
    owner="",
    since=None,
    onboarding=False,
    revenue=0,
    parts=(WHOLE.parts[2], PagePart(name="deliveries")),
)
EMPTY = CustomerPage(
    id="C-1",
    handle="new",
    name="New",
    company="",
    at=WHOLE.at,
    zone="UTC",
    level="unknown",
    computed="unknown",
    share=0,
    parts=tuple(PagePart(name=name) for name in TITLES),
)
MANY = tuple(PageLine(id=f"TK-{n}", text=f"Ticket {n}", reason="open", said=("more",)) for n in range(300))
CROWDED = replace(WHOLE, parts=tuple(PagePart(name=name, lines=MANY, summary="so many") for name in TITLES))
STRANGE = replace(
    WHOLE,
    name=HOSTILE,
    owner=HOSTILE,
    parts=(PagePart(name="actions", lines=(PageLine(id="A-1", text=HOSTILE, reason=HOSTILE, said=(HOSTILE,)),)),),
)
PRINTED = {"whole": WHOLE, "openly": OPENLY, "empty": EMPTY, "crowded": CROWDED, "hostile": STRANGE}


@pytest.mark.parametrize("form", PAGES)
@pytest.mark.parametrize("name", ["whole", "openly", "empty", "hostile"])
def test_each_page_prints_byte_for_byte(name: str, form: str) -> None:
    same(f"customer-{name}.{form}", PAGES[form](PRINTED[name]))


def test_a_crowded_page_prints_byte_for_byte() -> None:
    same("customer-crowded.txt", PAGES["txt"](CROWDED))


def test_what_finds_no_room_is_counted() -> None:
    for each in fitted(CROWDED):
        assert len(each.lines) + each.more == 300
    assert all(each.lines for each in fitted(CROWDED)[:9])
    told = PAGES["txt"](CROWDED)
    assert told.count("more\n") >= len(TITLES)
    assert len(told.splitlines()) == LINES


def test_json_leaves_nothing_out_and_reads_back_as_it_was() -> None:
    back = json.decode(PAGES["json"](CROWDED), type=CustomerPage)
    assert back.parts == CROWDED.parts


def test_a_single_page_uses_the_room_it_has() -> None:
    lines = tuple(PageLine(id=f"A-{n}", text=f"Action {n}") for n in range(20))
    told = PAGES["txt"](replace(WHOLE, parts=(PagePart(name="actions", lines=lines),)))
    assert "A-19" in told
    assert "more" not in told


TEXTS = st.text(max_size=400) | st.sampled_from(("", HOSTILE, "x" * 10_000, "日本" * 500, "word " * 2000))
LINE = st.builds(PageLine, id=st.just("ES-1000"), text=TEXTS, reason=TEXTS, owner=TEXTS, said=st.tuples(TEXTS))
PARTS = st.tuples(
    *(
        st.builds(PagePart, name=st.just(name), lines=st.lists(LINE, max_size=6).map(tuple), summary=TEXTS)
        for name in TITLES
    )
)


@settings(max_examples=60, deadline=None)
@given(PARTS, TEXTS, TEXTS)
def test_whatever_is_known_it_is_one_sheet_of_80_columns(parts: tuple[PagePart, ...], name: str, owner: str) -> None:
    from msgspec import convert, to_builtins

    from opsdesk.core.text import cleaned

    page = convert(cleaned(to_builtins(replace(WHOLE, name=name, owner=owner, parts=parts))), CustomerPage)
    printed = PAGES["txt"](page).splitlines()
    assert len(printed) <= LINES
    assert max(width(line) for line in printed) <= COLUMNS
    for each in fitted(page):
        assert len(each.lines) + each.more == len(each.part.lines)


def test_what_is_cut_ends_with_one_ellipsis_also_of_letters_that_take_no_room() -> None:
    assert limited("one two three four", 8, 1) == ["one two…"]
    assert limited("e" + "\u0301" * 100, 8, 2) == ["e" + "\u0301" * 23 + "…"]
    assert limited("", 8, 2) == [""]


@given(TEXTS, st.integers(10, 80), st.integers(1, 3))
@settings(max_examples=100, deadline=None)
def test_a_text_takes_no_more_lines_and_cells_than_it_is_given(text: str, cells: int, lines: int) -> None:
    found = limited(text, cells, lines)
    assert len(found) <= lines
    assert all(width(each) <= cells for each in found)
