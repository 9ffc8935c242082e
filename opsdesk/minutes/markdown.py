"""Minutes as Markdown (CommonMark, and one table as GitHub reads it): what people typed shows as they typed it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from opsdesk.core.minutes import Minutes
from opsdesk.minutes.outline import DASH, NONE, Chapter, Document, Entry, Part, outline
from opsdesk.minutes.words import joined

_ANYWHERE = re.compile(r"([\\`*_{}\[\]<>|~&$#])")
_LIST = re.compile(r"([0-9]*)([-+]|[.)](?=\s|$))")


def as_markdown(minutes: Minutes) -> str:
    return document(outline(minutes))


def document(outlined: Document) -> str:
    """LF, ending in one."""
    return "\n".join(_document(outlined)) + "\n"


def inline(text: str) -> str:
    """The text so that it shows as it is within a line, a heading or a table's cell."""
    return _ANYWHERE.sub(r"\\\1", text)


def leading(text: str) -> str:
    """The text so that it shows as it is where a line begins, and is no list."""
    listed = _LIST.match(text)
    return f"{listed[1]}\\{inline(text[listed.start(2) :])}" if listed else inline(text)


def _document(document: Document) -> Iterator[str]:
    yield f"# {inline(document.title)}"
    yield from ("", leading(document.subtitle))
    for banner in document.banners:
        yield from ("", f"**{inline(banner)}**")
    for chapter in document.chapters:
        yield from _chapter(chapter)


def _chapter(chapter: Chapter) -> Iterator[str]:
    yield from ("", f"## {chapter.title}")
    for part in chapter.parts:
        yield from ("", f"### {part.title}", "")
        yield from _part(part)


def _part(part: Part) -> Iterator[str]:
    if not (part.facts or part.lead or part.entries or part.signatures):
        yield NONE
    yield from (f"- **{label}:** {inline(said)}" for label, said in part.facts)
    if part.lead:
        yield leading(part.lead)
    if part.lead and part.entries:
        yield ""
    yield from _entries(part.entries, "")
    yield from _signatures(part.signatures)


def _entries(entries: Iterable[Entry], indent: str) -> Iterator[str]:
    for entry in entries:
        yield f"{indent}- {_titled(entry)}{''.join(f' — {inline(each)}' for each in _besides(entry) if each)}"
        yield from _entries(entry.entries, indent + "  ")


def _besides(entry: Entry) -> tuple[str, ...]:
    """What people said, which may be sentences, stands for itself."""
    if entry.said:
        return entry.end, entry.said, joined(entry.asides)
    return (joined((entry.end, *entry.asides)),)


def _titled(entry: Entry) -> str:
    if entry.strong:
        return f"**{inline(f'{entry.mark} {entry.text}'.strip())}**"
    if entry.mark in ("", DASH):
        return leading(entry.text)
    return f"**{inline(entry.mark)}** {inline(entry.text)}"


def _signatures(signatures: tuple[tuple[str, str], ...]) -> Iterator[str]:
    if signatures:
        yield from ("| Role | Name | Signature | Date |", "| --- | --- | --- | --- |")
    yield from (f"| {role} | {inline(name) or NONE} | | |" for role, name in signatures)
