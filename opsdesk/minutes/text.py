"""Minutes as plain text, 72 columns: for a printer, a mail, a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from opsdesk.core.minutes import Minutes
from opsdesk.minutes.cells import padded, width, wrapped
from opsdesk.minutes.outline import NONE, Chapter, Document, Entry, Part, outline
from opsdesk.minutes.words import joined

COLUMNS = 72
STEP = 2
GAP = 2
ID = len("A-100")
WIDEST_END = 30
SIGNATURE_ROLE = len("Minute-taker")
SIGNATURE = f"Signed {'_' * 28}  Date {'_' * 12}"


def as_text(minutes: Minutes) -> str:
    return document(outline(minutes))


def document(outlined: Document) -> str:
    """Lines of at most 72 cells, LF, ending in one."""
    lines = (line.rstrip() for line in _document(outlined))
    return "\n".join(lines) + "\n"


def _document(document: Document) -> Iterator[str]:
    yield from wrapped(document.title, COLUMNS)
    yield from wrapped(document.subtitle, COLUMNS)
    yield "=" * COLUMNS
    for banner in document.banners:
        yield from wrapped(banner, COLUMNS)
    for chapter in document.chapters:
        yield from _chapter(chapter)


def _chapter(chapter: Chapter) -> Iterator[str]:
    yield ""
    yield chapter.title.upper()
    yield "-" * COLUMNS
    for number, part in enumerate(chapter.parts):
        if number:
            yield ""
        yield part.title
        yield from _part(part)


def _part(part: Part) -> Iterator[str]:
    if not (part.facts or part.lead or part.entries or part.signatures):
        yield " " * STEP + NONE
    yield from _facts(part.facts)
    if part.lead:
        yield from _hung("", part.lead, STEP, 0)
    yield from _entries(part.entries, STEP)
    yield from _signatures(part.signatures)


def _facts(facts: Iterable[tuple[str, str]]) -> Iterator[str]:
    labels = [label for label, _ in facts]
    column = max(map(width, labels), default=0)
    for label, said in facts:
        yield from _hung(label, said, STEP, column)


def _hung(mark: str, said: str, indent: int, column: int, right: int = 0) -> Iterator[str]:
    """The mark in its column and the text beside it, wrapped under itself; `right` cells are left free."""
    left = indent + (column + GAP if column else 0)
    for number, line in enumerate(wrapped(said, COLUMNS - left - right)):
        yield padded(" " * indent + ("" if number else mark), left) + line


def _entries(entries: tuple[Entry, ...], indent: int) -> Iterator[str]:
    column = max((_column(entry) for entry in entries), default=0)
    for entry in entries:
        yield from _entry(entry, indent, column)


def _column(entry: Entry) -> int:
    """Ids stand in one column all down the page."""
    return max(width(entry.mark), ID) if entry.mark and not entry.strong else width(entry.mark)


def _entry(entry: Entry, indent: int, column: int) -> Iterator[str]:
    left = indent + (column + GAP if column else STEP)
    fits = width(entry.end) <= WIDEST_END
    yield from _titled(entry, indent, column) if fits else _hung(entry.mark, entry.text, indent, column)
    for below in ("" if fits else entry.end, entry.said, joined(entry.asides)):
        yield from _hung("", below, left, 0) if below else ()
    yield from _entries(entry.entries, left)


def _titled(entry: Entry, indent: int, column: int) -> Iterator[str]:
    """The text, and at the right edge of its first line how it ends."""
    right = width(entry.end) + GAP if entry.end else 0
    first, *others = _hung(entry.mark, entry.text, indent, column, right)
    yield padded(first, COLUMNS - width(entry.end)) + entry.end
    yield from others


def _signatures(signatures: Iterable[tuple[str, str]]) -> Iterator[str]:
    for role, name in signatures:
        yield ""
        yield from _hung(role, name or NONE, STEP, SIGNATURE_ROLE)
        yield " " * (STEP + SIGNATURE_ROLE + GAP) + SIGNATURE
