"""One printed page: how many records of each part find room, and how many more there are."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from opsdesk.core.customerpage import CustomerPage, PageLine, PagePart
from opsdesk.minutes.cells import padded, width, wrapped
from opsdesk.minutes.customer_words import facts, judged, level, made, trend

COLUMNS = 80
LINES = 60
MARKS = {"red": "▲", "orange": "◆", "green": "●", "none": " "}
ID = len("TK-1000")
LEFT = 2 + ID + 1
STEP = 4
GAP = 2
MOST = 2
"""Lines that one text takes at most."""
OWNER = 24


class Fitted(msgspec.Struct, frozen=True, kw_only=True):
    """A part as it is printed. `blocks`: of each record its lines; `more`: records that find no room."""

    part: PagePart
    heading: tuple[str, ...]
    lines: tuple[PageLine, ...]
    blocks: tuple[tuple[str, ...], ...]
    more: int


def head(page: CustomerPage) -> list[str]:
    """The name and its level at the two edges of the first line, then what the customer is to us."""
    state = level(page)
    name = short(page.name, COLUMNS - width(state) - GAP)
    under = [" · ".join(facts(page)), judged(page)]
    if trend(page):
        under.append(f"last 12 weeks {trend(page)}")
    return [
        padded(name, COLUMNS - width(state)) + state if state else name,
        *(line for words in under if words for line in limited(words, COLUMNS)),
        *limited(made(page), COLUMNS, 1),
        "=" * COLUMNS,
    ]


def foot(page: CustomerPage) -> list[str]:
    """The empty parts in one line."""
    return ["", *limited(page.nothing, COLUMNS, len(page.parts))] if page.nothing else []


def fitted(page: CustomerPage, lines: int = LINES) -> tuple[Fitted, ...]:
    """The first record of every part, then one more of each in turn while there is room, in the order of use.

    Where the first ones do not find room there is no air between the parts.
    """
    told = page.told
    spaced = _fitted(page, lines, air=1)
    if all(each.lines or not part.lines for each, part in zip(spaced, told, strict=True)):
        return spaced
    return _fitted(page, lines, air=0)


def _fitted(page: CustomerPage, lines: int, air: int) -> tuple[Fitted, ...]:
    parts = page.told
    blocks = [[tuple(_block(line)) for line in part.lines] for part in parts]
    headings = [("",) * (air if number else 0) + tuple(_heading(part)) for number, part in enumerate(parts)]
    taken = len(head(page)) + len(foot(page)) + sum(map(len, headings))
    shown = _shares(blocks, lines - taken)
    return tuple(
        Fitted(
            part=part,
            heading=heading,
            lines=part.lines[:count],
            blocks=tuple(block[:count]),
            more=len(part.lines) - count,
        )
        for part, heading, block, count in zip(parts, headings, blocks, shown, strict=True)
    )


def _shares(blocks: Sequence[Sequence[Sequence[str]]], room: int) -> list[int]:
    """How many of each part; a part of which some are left out needs a line that says so."""
    shown = [0] * len(blocks)
    left = room - sum(bool(block) for block in blocks)
    growing = True
    while growing:
        growing = False
        for at, block in enumerate(blocks):
            if shown[at] < len(block):
                freed = 1 if shown[at] + 1 == len(block) else 0
                cost = len(block[shown[at]]) - freed
                if cost <= left:
                    left, shown[at], growing = left - cost, shown[at] + 1, True
    return shown


def _heading(part: PagePart) -> list[str]:
    title = part.title.upper()
    if not part.summary:
        return [title]
    first, *more = limited(part.summary, COLUMNS - width(title) - GAP)
    return [f"{title}  {first}", *(" " * (width(title) + GAP) + line for line in more)]


def _block(line: PageLine) -> list[str]:
    """The text with its owner at the right edge; below it why it is here, and what helps on the phone."""
    end = short(line.owner, OWNER)
    below = [line.reason, *line.said]
    if not end and width(line.text) + GAP + width(line.reason) <= COLUMNS - LEFT:
        end, below = line.reason, list(line.said)
    if len(below) == 2 and width(" · ".join(below)) <= COLUMNS - STEP:
        below = [" · ".join(filter(None, below))]
    texts = limited(line.text, COLUMNS - LEFT - (width(end) + GAP if end else 0))
    lead = padded(f"{MARKS[line.weight]} {line.id}", LEFT)
    first = lead + padded(texts[0], COLUMNS - LEFT - width(end)) + end
    under = (row for words in below if words for row in limited(words, COLUMNS - STEP))
    return [first.rstrip(), *(" " * LEFT + row for row in texts[1:]), *(" " * STEP + row for row in under)]


def limited(text: str, cells: int, lines: int = MOST) -> list[str]:
    """At most so many lines; what is cut ends with an ellipsis."""
    most = cells * (lines + 1)
    found = wrapped(text[:most], cells)
    if len(found) <= lines and len(text) <= most:
        return found
    last = min(lines, len(found)) - 1
    return [*found[:last], short(f"{found[last]}…", cells)]


def short(text: str, cells: int) -> str:
    """At most so many cells."""
    if width(text) <= cells:
        return text
    kept = wrapped(text[:cells], max(2, cells - 1))[0] if cells > 2 else ""
    return f"{kept}…"
