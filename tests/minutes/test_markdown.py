"""Markdown: what people typed is text, in a parser nobody here wrote."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token
from msgspec.structs import replace

from opsdesk.core.text import clean
from opsdesk.minutes.markdown import as_markdown, inline, leading
from tests.minutes.sample import DAILY, EXPORT, HOSTILE, SAMPLES, hostile

PARSER = MarkdownIt("js-default")
OURS = {
    "heading_open", "heading_close", "paragraph_open", "paragraph_close", "inline", "bullet_list_open",
    "bullet_list_close", "list_item_open", "list_item_close", "table_open", "table_close", "thead_open", "thead_close",
    "tbody_open", "tbody_close", "tr_open", "tr_close", "th_open", "th_close", "td_open", "td_close",
}  # fmt: skip
PUNCTUATION = st.text(alphabet="\\`*_{}[]()#+-.!|<>~&$=:;\"'/ 1a日", max_size=60).map(clean)


def _tokens(source: str) -> Iterator[Token]:
    for token in PARSER.parse(source):
        yield token
        yield from token.children or ()


def _shown(source: str) -> str:
    return "".join(token.content for token in _tokens(source) if token.type in ("text", "text_special"))


def _text(inlines: Token) -> str:
    return "".join(token.content for token in inlines.children or ())


@pytest.mark.parametrize("name", SAMPLES)
def test_only_headings_lists_one_table_and_strong_text_come_out(name: str) -> None:
    kinds = {token.type for token in _tokens(as_markdown(SAMPLES[name]))}

    assert kinds <= OURS | {"text", "text_special", "strong_open", "strong_close"}


@pytest.mark.parametrize("said", HOSTILE)
def test_hostile_text_shows_as_it_was_typed(said: str) -> None:
    html = PARSER.render(as_markdown(hostile()))

    assert said in _shown(as_markdown(hostile()))
    assert "<script" not in html
    assert "<a " not in html
    assert "<img" not in html


@settings(max_examples=200)
@given(st.one_of(PUNCTUATION, st.text(max_size=60).map(clean)))
def test_any_text_survives_every_place_it_is_put_in(said: str) -> None:
    for source in (f"- {leading(said)}", f"# {inline(said)}", f"- **A-1** {inline(said)}", leading(said)):
        assert _shown(source).removeprefix("A-1").strip() == said
        assert {token.type for token in _tokens(source)} <= OURS | {
            "text",
            "text_special",
            "strong_open",
            "strong_close",
        }


@settings(max_examples=100)
@given(PUNCTUATION, PUNCTUATION)
def test_the_table_to_sign_keeps_its_rows_and_cells(chair: str, taker: str) -> None:
    tokens = PARSER.parse(as_markdown(replace(DAILY, chair=chair, minute_taker=taker)))
    cells = [_text(after) for token, after in pairwise(tokens) if token.type == "td_open"]

    assert cells == ["Chair", chair or "None", "", "", "Minute-taker", taker or "None", "", ""]


@settings(max_examples=100)
@given(PUNCTUATION)
def test_an_action_keeps_its_title(title: str) -> None:
    source = as_markdown(replace(DAILY, actions=(replace(EXPORT, title=title or "x", owner=title),)))

    assert _shown(source).count(title or "x") >= 2


def test_ordinary_text_is_left_as_it_is() -> None:
    plain = "8.2 of 10: Globex's export (1,140 invoices) isn't done - ask Tom!"

    assert leading(plain) == plain
