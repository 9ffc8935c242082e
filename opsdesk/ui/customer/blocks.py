"""The parts of the customer page as rows of a list: one column, or two side by side."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from textwrap import wrap

import msgspec

from opsdesk.core.customerpage import CustomerPage, PageLine, PagePart, PartName
from opsdesk.ui.ink import FLAGS, Ink, fit, shorten, width
from opsdesk.ui.widgets.columns import Row

TWO = 116
"""Cells from which on there are two columns: a screen of 120 has room for them."""
GAP, EDGE = 4, 2
MARK, ID, BETWEEN = 2, 7, 2
INDENT = MARK + ID
LEAST = 6
"""So many records of a part are shown until its last line opens the rest."""
MORE = "more/"
SAID = 2
"""Lines that each thing said of a record takes at most; of an outage there is no such limit."""
RIGHT: tuple[PartName, ...] = (
    "people",
    "tickets",
    "requests",
    "problems",
    "issues",
    "incidents",
    "requirements",
    "discussed",
)
"""Beside what we owe them: whom we talk to, and what they talk about."""


class Laid(msgspec.Struct, frozen=True, kw_only=True):
    """Columns of rows, how many cells wide each is, and by the key of a row what of it is cut."""

    columns: Sequence[Sequence[Row]]
    widths: Sequence[int]
    told: dict[str, str]


def laid(page: CustomerPage, cells: int, opened: Collection[str] = ()) -> Laid:
    """The parts in the order of use; those in which there is nothing are named in one line at the end."""
    widths = _across(cells)
    parts = _columns(page, two=len(widths) > 1)
    columns = [_column(stack, wide - EDGE, opened) for stack, wide in zip(parts, widths, strict=True)]
    if page.nothing:
        columns[-1] += [Row(across=(Ink(words, "dim"),)) for words in wrap(page.nothing, widths[-1] - EDGE)]
    return Laid(columns=columns, widths=widths, told=_told(page, min(widths) - EDGE))


def _across(cells: int) -> Sequence[int]:
    if cells < TWO:
        return [cells]
    left = (cells - GAP) // 2
    return [left, cells - GAP - left]


def _columns(page: CustomerPage, *, two: bool) -> Sequence[Sequence[PagePart]]:
    if not two:
        return [page.told]
    right = {name: part for part in page.told if (name := part.name) in RIGHT}
    left = [part for part in page.told if part.name not in RIGHT]
    return [left, [right[name] for name in RIGHT if name in right]]


def _column(parts: Sequence[PagePart], cells: int, opened: Collection[str]) -> list[Row]:
    rows: list[Row] = []
    for part in parts:
        rows += [*_heading(part, cells), *_rows(part, cells, part.name in opened), Row()]
    return rows


def _heading(part: PagePart, cells: int) -> Iterator[Row]:
    title = part.title.upper()
    alarm = "red!" if part.name == "now" else "dim"
    lines = wrap(part.summary, cells, initial_indent=" " * (len(title) + BETWEEN))
    first = lines[0].strip() if lines else ""
    yield Row(across=(Ink(title, alarm), Ink("  "), Ink(first)))
    yield from (Row(across=(Ink(line),)) for line in lines[1:])


def _rows(part: PagePart, cells: int, opened: bool) -> Iterator[Row]:
    """On one line each, where that cuts nothing of any; else why it is here stands below."""
    many = len(part.lines)
    shown = part.lines if opened or many <= LEAST else part.lines[: LEAST - 1]
    wide = _widths(shown)
    one = not any(line.said for line in shown) and INDENT + sum(wide) + BETWEEN * len([w for w in wide if w]) <= cells
    for line in shown:
        yield from [_one(line, wide, cells)] if one else _several(line, cells, part.name)
    if len(shown) < many:
        yield Row(key=f"{MORE}{part.name}", across=(Ink(f"… {many - len(shown)} more", "dim"),))


def _widths(lines: Sequence[PageLine]) -> tuple[int, int, int]:
    """Text, owner, reason."""
    longest = [max((width(words) for words in column), default=0) for column in zip(*map(_cells, lines), strict=True)]
    return (longest[0], longest[1], longest[2]) if longest else (0, 0, 0)


def _cells(line: PageLine) -> tuple[str, str, str]:
    return line.text, line.owner, line.reason


def _one(line: PageLine, wide: tuple[int, int, int], cells: int) -> Row:
    text, owner, _ = wide
    rest = cells - INDENT - text - BETWEEN - (owner + BETWEEN if owner else 0)
    pieces = [*_lead(line), Ink(fit(line.text, text)), Ink(" " * BETWEEN)]
    pieces += [Ink(fit(line.owner, owner), "dim"), Ink(" " * BETWEEN)] if owner else []
    return Row(key=line.id, across=(*pieces, Ink(shorten(line.reason, rest), _role(line))))


def _several(line: PageLine, cells: int, name: PartName) -> Iterator[Row]:
    room = max(8, cells - INDENT)
    first, *more = _wrapped(line.text, room)
    yield Row(key=line.id, across=(*_lead(line), Ink(first)))
    yield from (Row(across=(Ink(" " * INDENT), Ink(words))) for words in more)
    yield from _why(line, room)
    now = name == "now"
    for words in line.said:
        yield from _point(words, cells - MARK) if now else _said(words, cells - INDENT)


def _why(line: PageLine, room: int) -> Iterator[Row]:
    """Its reason on at most two lines, and who has it behind them."""
    reason = _wrapped(line.reason, room)
    owner = f" · {line.owner}" if line.owner and line.reason else line.owner
    if owner and width(reason[-1]) + width(owner) > room:
        reason, owner = [*reason, ""], line.owner
    for at, words in enumerate(reason):
        last = at == len(reason) - 1
        if words or owner:
            yield Row(across=(Ink(" " * INDENT), Ink(words, _role(line)), Ink(owner if last else "", "dim")))


def _said(words: str, room: int) -> Iterator[Row]:
    yield from (Row(across=(Ink(" " * INDENT), Ink(each, "dim"))) for each in _wrapped(words, room))


def _point(words: str, room: int) -> Iterator[Row]:
    """What may be said in an outage, all of it: every word may be needed."""
    first, *more = wrap(words, room) or [""]
    title, colon, rest = first.partition(": ")
    lead = [Ink(title + colon, "dim"), Ink(rest)] if rest else [Ink(first)]
    yield Row(across=(Ink(" " * MARK), *lead))
    yield from (Row(across=(Ink(" " * MARK), Ink(each))) for each in more)


def _wrapped(words: str, room: int) -> list[str]:
    lines = wrap(words, room) or [""]
    return [*lines[: SAID - 1], shorten(" ".join(lines[SAID - 1 :]), room)] if len(lines) > SAID else lines


def _lead(line: PageLine) -> tuple[Ink, Ink]:
    role = line.weight if line.weight != "none" else "dim"
    return Ink(fit(FLAGS[line.weight][0], MARK), role), Ink(fit(line.id, ID), "bright")


def _role(line: PageLine) -> str:
    return line.weight if line.weight in ("red", "orange") else "dim"


def _told(page: CustomerPage, cells: int) -> dict[str, str]:
    """What a column of so many cells cuts, in full."""
    room = cells - INDENT
    lines = [line for part in page.told for line in part.lines]
    cut = [line for line in lines if any(len(wrap(words, room)) > SAID for words in (line.text, line.reason))]
    return {line.id: "   ".join(filter(None, (line.id, line.text, line.reason))) for line in cut}
