"""The customer page as Markdown: the records that the printed page has room for, each with all its words."""

from __future__ import annotations

from collections.abc import Iterator

from opsdesk.core.customerpage import CustomerPage, PageLine
from opsdesk.minutes.customer_fit import MARKS, fitted
from opsdesk.minutes.customer_words import facts, judged, level, made, trend
from opsdesk.minutes.markdown import inline, leading


def as_markdown(page: CustomerPage) -> str:
    """LF, ending in one."""
    return "\n".join(_page(page)) + "\n"


def _page(page: CustomerPage) -> Iterator[str]:
    state = level(page)
    yield f"# {inline(page.name)}" + (f" {state}" if state else "")
    weeks = f"last 12 weeks {trend(page)}" if trend(page) else ""
    for words in (" · ".join(facts(page)), judged(page), weeks, made(page)):
        if words:
            yield from ("", leading(words))
    for each in fitted(page):
        yield from ("", f"## {each.part.title}")
        if each.part.summary:
            yield from ("", leading(each.part.summary))
        if each.lines:
            yield ""
        for line in each.lines:
            yield from _entry(line)
        if each.more:
            yield f"- … {each.more} more"
    if page.nothing:
        yield from ("", leading(page.nothing))


def _entry(line: PageLine) -> Iterator[str]:
    mark = MARKS[line.weight].strip()
    lead = " ".join(filter(None, (mark, f"**{inline(line.id)}**", inline(line.text))))
    yield f"- {lead}" + "".join(f" — {inline(each)}" for each in (line.reason, line.owner) if each)
    yield from (f"  - {leading(words)}" for words in line.said)
