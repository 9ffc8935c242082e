"""The score sheet as aligned lines of text and as JSON types."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from opsdesk.cli.columns import aligned, brief, cut, width
from opsdesk.core.counting import counted
from opsdesk.core.dates import readable
from opsdesk.core.scores import Level, Score
from opsdesk.insight.coverage import Coverage, coverage
from opsdesk.insight.plans import owes
from opsdesk.insight.sheet import SheetRow
from opsdesk.minutes.cells import wrapped
from opsdesk.minutes.words import LEVELS as SIGNS

if TYPE_CHECKING:
    from datetime import date

    from opsdesk.core.register import Look
    from opsdesk.core.settings import Measure
    from opsdesk.ui.scores.book import Book
    from opsdesk.ui.scores.story import Story

ORDER: tuple[Level, ...] = ("red", "orange", "green", "unknown")
NOTHING = "·"
STALE = "○"
NO_MEASURE = "no longer a measure"
NAMED_AT_MOST = 5
WIDEST = 6  # cells of a heading where the terminal is narrow
INDENT = "    "
OWED = {"owner": "owner", "exit": "exit criterion", "plan": "plan"}


def sign(level: Level) -> str:
    """Shape and letter: "▲ R", "◆ O", "● G", and "·" where nobody knows."""
    return NOTHING if level == "unknown" else SIGNS[level]


def cell_sign(score: Score | None, look: Look) -> str:
    """What is stale is hollow and has a small letter: "○ r"."""
    if score is None:
        return NOTHING
    return f"{STALE} {sign(score.level)[-1].lower()}" if score.stale(look) else sign(score.level)


def heading(book: Book) -> list[str]:
    """The day, how many customers are of each level as their cells come to, and of how many that is fresh."""
    counts = ", ".join(f"{sign(level)} {book.counts[level]:,}" for level in ORDER)
    judged = f", {book.overridden} judged otherwise" if book.overridden else ""
    today = book.look.today
    return [
        f"Customer score sheet, {today:%A} {today} (week {today.isocalendar().week})",
        f"{counted('customers', len(book.rows))}: {counts}{judged}; {fresh(coverage(book.rows, book.look))}",
    ]


def fresh(found: Coverage) -> str:
    """As in "fresh 11 of 12, 91 % (goal 95 %)"."""
    percent = "" if found.percent is None else f", {found.percent} %"
    return f"fresh {found.fresh:,} of {found.active:,}{percent} (goal {found.goal} %)"


def table(
    rows: Sequence[SheetRow], book: Book, story: Story, person: Callable[[str], str], limit: int | None = None
) -> list[str]:
    """A line a customer: what counts, what it computes to where somebody has judged otherwise, its cells, and why.

    `person`: the name of a handle. `limit`: the width of the terminal.
    """
    headers = ["customer", "level", "computed", "until", *(each.name for each in book.measures), "known", "why"]
    lines = [_line(row, book, story, person) for row in rows]
    whole = aligned(headers, lines)
    return whole if not limit or max(map(width, whole)) <= limit else _narrow(headers, lines, limit)


def _narrow(headers: Sequence[str], lines: Sequence[Sequence[str]], limit: int) -> list[str]:
    """Short headings; until when and why stand below each customer."""
    _, level, computed, _, *measures, _ = (cut(each, WIDEST) for each in headers)
    kept = [[*line[:3], *line[4:-1]] for line in lines]
    head, *told = aligned([headers[0], level, computed, *measures], kept, limit)
    whys = [f"until {line[3]}, {line[-1]}" if line[3] else line[-1] for line in lines]
    below = ([f"{INDENT}{each}" for each in wrapped(why, max(limit - len(INDENT), 2)) if each] for why in whys)
    return [head, *(line for one, why in zip(told, below, strict=True) for line in (one, *why))]


def _line(row: SheetRow, book: Book, story: Story, person: Callable[[str], str]) -> list[str]:
    rolled = row.rolled
    until = rolled.override.until if rolled.override else None
    return [
        row.customer.name,
        sign(rolled.level),
        sign(rolled.computed) if rolled.override else "",
        readable(until, book.look.today) if until else "",
        *(cell_sign(score, book.look) for score in row.cells),
        f"{100 * rolled.share:.0f} %",
        _why(row, story, book.look, person),
    ]


def _why(row: SheetRow, story: Story, look: Look, person: Callable[[str], str]) -> str:
    """Who has judged otherwise, the worst flag, and what each red owes, as in
    "Ana Ito: they renewed; Delivery red 12 d, skipped twice; owes exit criterion; owes 3 in Commercial".
    """
    judged, worst = row.rolled.override, row.rolled.by
    said = [f"{person(judged.created_by)}: {brief(judged.title)}".removeprefix(": ")] if judged else []
    if worst is not None:
        stale = ", stale" if worst.stale(look) else ""
        gone = f", {NO_MEASURE}" if worst in row.rolled.no_measure else ""
        said.append(f"{worst.measure} {story.reviewed(worst.customer, worst.measure).words}{gone}{stale}")
        said.append(f"owes {owed(worst, look)}" if owes(worst, look) else "")
    said += [f"{each.level} {each.measure}, {NO_MEASURE}" for each in row.rolled.no_measure if each is not worst]
    said += [f"{row.rolled.stale_flags} stale flags"] if row.rolled.stale_flags > 1 else []
    said += [f"{each.measure} unknown, was {each.beneath}" for each in row.cells if each is not None and each.beneath]
    others = (score for score in row.cells if score is not None and score is not worst)
    said += [f"owes {len(parts)} in {score.measure}" for score in others if (parts := owes(score, look))]
    return "; ".join(filter(None, said))


def no_measure(rows: Sequence[SheetRow]) -> list[str]:
    """Which open flags have no column any more, and what is done with them."""
    found = [(row.customer, score) for row in rows for score in row.rolled.no_measure]
    if not found:
        return []
    named = ", ".join(f"{customer.name} {score.measure} {score.level}" for customer, score in found[:NAMED_AT_MOST])
    more = f" and {len(found) - NAMED_AT_MOST} more" if len(found) > NAMED_AT_MOST else ""
    customer, score = found[0]
    done = f"opsdesk score {customer.handle} '{score.measure}' green 'why'"
    return [
        f"Open flags of what is no longer a measure: {named}{more}.",
        f"{done} ends one, with {score.level} it is confirmed; named in settings.toml again it has its column back.",
    ]


def owed(score: Score, look: Look) -> str:
    """As in "owner, exit criterion"; nothing where it owes nothing."""
    return ", ".join(OWED[part] for part in owes(score, look))


def one_measure(
    rows: Sequence[SheetRow], measure: Measure, book: Book, person: Callable[[str], str], limit: int | None = None
) -> list[str]:
    """A line a customer: the level of this one measure, when it was said, why, and what is owed."""
    place = book.measures.index(measure)
    headers = ["customer", measure.name, "said", "why", "owner", "plan", "owes"]
    return aligned(headers, [_one(row, row.cells[place], book.look, person) for row in rows], limit)


def _one(row: SheetRow, score: Score | None, look: Look, person: Callable[[str], str]) -> list[str]:
    if score is None:
        return [row.customer.name, NOTHING, "never", "", "", "", ""]
    return [
        row.customer.name,
        cell_sign(score, look),
        said_on(score, look).isoformat(),
        score.comment,
        person(score.owner),
        score.plan.isoformat() if score.plan else "",
        owed(score, look),
    ]


def said_on(score: Score, look: Look) -> date:
    """The company's day on which it was said."""
    return score.at.astimezone(look.settings.zone).date()


def whole(rows: Sequence[SheetRow], measures: Sequence[Measure], book: Book, story: Story) -> dict[str, Any]:
    """Shares from 0 to 1; revenue in the company's currency; instants in UTC."""
    names = {each.name for each in measures}
    return {
        "now": book.look.now,
        "roll_up": book.look.settings.roll_up,
        "measures": [each.name for each in measures],
        "coverage": coverage_whole(coverage(book.rows, book.look)),
        "customers": [_whole_row(row, names, book, story) for row in rows],
    }


def coverage_whole(found: Coverage) -> dict[str, Any]:
    from msgspec import to_builtins

    return {**to_builtins(found), "share": found.share, "percent": found.percent, "met": found.met}


def _whole_row(row: SheetRow, names: set[str], book: Book, story: Story) -> dict[str, Any]:
    rolled, known = row.rolled, story.attention(row.customer.handle)
    cells = zip(book.measures, row.cells, strict=True)
    return {
        "customer": row.customer.handle,
        "name": row.customer.name,
        "level": rolled.level,
        "computed": rolled.computed,
        "override": rolled.override,
        "known": rolled.share,
        "stale": rolled.stale,
        "stale_flags": rolled.stale_flags,
        "no_longer_a_measure": rolled.no_measure,
        "revenue": row.customer.revenue,
        "last_discussed": known.last_discussed if known else None,
        "cells": [_whole_cell(each.name, score, book.look) for each, score in cells if each.name in names],
    }


def _whole_cell(measure: str, score: Score | None, look: Look) -> dict[str, Any]:
    from msgspec import to_builtins

    if score is None:
        return {"measure": measure, "level": "unknown", "stale": False, "owes": (), "score": None}
    return {
        "measure": measure,
        "level": score.level,
        "stale": score.stale(look),
        "owes": owes(score, look),
        "score": to_builtins(score),
    }
