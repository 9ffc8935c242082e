"""Every mistake in an agenda file at once, each with its place."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Collection, Iterator
from pathlib import Path
from stat import S_ISREG
from typing import Any

import msgspec
from msgspec import inspect
from msgspec.structs import replace

from opsdesk.agendas.lines import line_of, lines
from opsdesk.agendas.writing import SLUG
from opsdesk.core.agenda import CLOSING_MINUTES, OPENING_MINUTES, Agenda
from opsdesk.core.rules import is_zone, problem
from opsdesk.core.shape import Misfit, misfits, nearest, place_of, shown
from opsdesk.core.text import cleaned

Table = dict[str, Any]
LARGEST = 1_000_000


class Mistake(msgspec.Struct, frozen=True, kw_only=True):
    """One mistake: the file, the place in it ("sections[2].minutes", counted from 0) and its line (0: none)."""

    file: str
    place: str
    line: int = 0
    found: str
    allowed: str

    def __str__(self) -> str:
        where = f"{self.file}:{self.line}" if self.line else self.file
        return f"{where}: {self.place}: found {self.found}; allowed: {self.allowed}"


def examine(path: Path, known: Collection[str]) -> tuple[Agenda | None, tuple[Mistake, ...]]:
    """The file's agenda, or every mistake in it; `known`: the slugs that escalates_to may name. Never raises."""
    text = text_of(path)
    if isinstance(text, Mistake):
        return None, (text,)
    try:
        table = cleaned(tomllib.loads(text))
    except RecursionError:
        return None, (_whole(path, "tables or lists nested too deeply", "an agenda"),)
    except ValueError as error:
        return None, (_syntax(path, text, str(error)),)
    return _judged(path, text, table, known)


def text_of(path: Path) -> str | Mistake:
    """What the file holds, or why that cannot be read. Never raises."""
    if refused := _no_small_file(path):
        return refused
    try:
        return path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        return _whole(path, f"byte {error.object[error.start]:#04x} at {error.start}", "a file in UTF-8")
    except OSError as error:
        return _whole(path, error.strerror or "nothing", "a file that can be read")


def _no_small_file(path: Path) -> Mistake | None:
    """What is no file, such as a device, may never end; what cannot be looked at is told when it is read."""
    try:
        found = path.stat()
    except OSError:
        return None
    if not S_ISREG(found.st_mode):
        return _whole(path, "something that is no file", "a file that can be read")
    if found.st_size > LARGEST:
        return _whole(path, f"{found.st_size:,} bytes", f"at most {LARGEST:,} bytes")
    return None


def _judged(path: Path, text: str, table: Table, known: Collection[str]) -> tuple[Agenda | None, tuple[Mistake, ...]]:
    found = [_at_the_top(each) for each in misfits(table, inspect.type_info(Agenda))]
    found += (each for each in _senseless(path.stem, table, known) if each.path not in {m.path for m in found})
    if not found:
        return msgspec.convert(table | {"slug": path.stem}, Agenda), ()
    numbers = lines(text)
    located = (_located(path, each, line_of(numbers, each.path)) for each in found)
    return None, tuple(sorted(located, key=lambda mistake: (mistake.line, mistake.place)))


def _at_the_top(misfit: Misfit) -> Misfit:
    """Whatever is written after a table's head belongs to that table, also what was meant for the agenda itself."""
    *above, name = misfit.path
    if above and misfit.found == "an unknown key" and name in Agenda.__struct_fields__:
        return replace(misfit, allowed=f"{name} at the top level: write it above the first table")
    return misfit


def _located(path: Path, misfit: Misfit, line: int) -> Mistake:
    place = place_of(misfit.path)
    return Mistake(file=cleaned(str(path)), place=place, line=line, found=misfit.found, allowed=misfit.allowed)


def _whole(path: Path, found: str, allowed: str) -> Mistake:
    return Mistake(file=cleaned(str(path)), place="the file", found=found, allowed=allowed)


def _syntax(path: Path, text: str, message: str) -> Mistake:
    """tomllib names the line only in its message."""
    told = re.search(r" \(at line (\d+), column (\d+)\)$", message)
    written = text.split("\n")
    line = int(told[1]) if told else len(written)
    place = f"column {told[2]}" if told else "the end"
    what = re.sub(r" \(at .*\)$", "", message, flags=re.DOTALL)
    found = shown(cleaned(written[line - 1])) if line <= len(written) else "the end of the file"
    return Mistake(file=cleaned(str(path)), place=place, line=line, found=found, allowed=f"TOML ({cleaned(what)})")


def _senseless(slug: str, table: Table, known: Collection[str]) -> Iterator[Misfit]:
    """What has the right type and still makes no sense; what has not is left to the types."""
    yield from _name(slug, table)
    yield from _recurrence(table)
    yield from _sections(table)
    yield from _sum(table)
    yield from _escalation(slug, table, known)
    yield from _customers(table)


def _name(slug: str, table: Table) -> Iterator[Misfit]:
    if not SLUG.fullmatch(slug):
        allowed = "small letters, digits and dashes, as in company-friday.toml"
        yield Misfit(("the file's name",), shown(cleaned(slug)), allowed)
    if isinstance(given := table.get("slug"), str) and given != slug:
        yield Misfit(("slug",), shown(given), f"{shown(cleaned(slug))}, the file's name, or no slug at all")


def _recurrence(table: Table) -> Iterator[Misfit]:
    recurrence = table.get("recurrence")
    if not isinstance(recurrence, dict):
        return
    rule, zone = recurrence.get("rule"), recurrence.get("zone")
    if isinstance(rule, str) and (allowed := problem(rule)):
        yield Misfit(("recurrence", "rule"), shown(rule), allowed)
    if isinstance(zone, str) and zone and not is_zone(zone):
        yield Misfit(("recurrence", "zone"), shown(zone), "a time zone such as America/Chicago, or none")


def _tables(table: Table) -> list[Table]:
    sections = table.get("sections")
    return [each if isinstance(each, dict) else {} for each in sections] if isinstance(sections, list) else []


def _sections(table: Table) -> Iterator[Misfit]:
    titles = [str(section.get("title", "")).casefold() for section in _tables(table)]
    for place, title in enumerate(titles):
        if title and title in titles[:place]:
            again = shown(_tables(table)[place]["title"])
            yield Misfit(("sections", place, "title"), again, "a title that no other section has")
    closing = table.get("closing")
    steps = Counter(each for each in closing if isinstance(each, str)) if isinstance(closing, list) else {}
    for step in (step for step, times in steps.items() if times > 1):
        yield Misfit(("closing",), f"{shown(step)} more than once", "each step at most once")


def _sum(table: Table) -> Iterator[Misfit]:
    minutes = [section.get("minutes") for section in _tables(table)]
    numbers = [each for each in minutes if isinstance(each, int) and not isinstance(each, bool)]
    timebox = table.get("timebox")
    whole = sum(numbers) + OPENING_MINUTES + CLOSING_MINUTES
    if len(numbers) == len(minutes) > 0 and isinstance(timebox, int) and timebox != whole:
        parts = f"sections {sum(numbers)} + opening {OPENING_MINUTES} + closing {CLOSING_MINUTES}"
        yield Misfit(("timebox",), shown(timebox), f"{shown(whole)} ({parts}), or sections of other lengths")


def _escalation(slug: str, table: Table, known: Collection[str]) -> Iterator[Misfit]:
    target, limit = table.get("escalates_to", ""), table.get("limit_days", 0)
    others = tuple(sorted({*known} - {slug}))
    if target and isinstance(target, str) and target not in others:
        meant = nearest(target, others)
        hint = f"; {shown(meant)} was probably meant" if meant else ""
        yield Misfit(("escalates_to",), shown(target), f"another agenda: {', '.join(others)}{hint}")
    if limit and not target:
        yield Misfit(("escalates_to",), "nothing", "the agenda that items go to after limit_days")
    if target and not limit:
        yield Misfit(("limit_days",), shown(limit), "the working days after which items go to escalates_to")


def _customers(table: Table) -> Iterator[Misfit]:
    alone, audience = table.get("per_customer", False), table.get("audience", "team")
    if alone is True and audience != "customer":
        yield Misfit(("audience",), shown(audience), 'with per_customer = true: "customer"')
    if alone is False and audience == "customer":
        yield Misfit(("per_customer",), shown(alone), 'with audience = "customer": true')
