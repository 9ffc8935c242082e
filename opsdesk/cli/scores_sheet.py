"""The score sheet as rows of a spreadsheet."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from opsdesk.core.scores import Score
from opsdesk.insight.sheet import SheetRow

if TYPE_CHECKING:
    from opsdesk.core.register import Look
    from opsdesk.core.registers.overrides import Override
    from opsdesk.core.settings import Measure
    from opsdesk.ui.scores.book import Book

HEADINGS = ("customer", "name", "level", "computed", "override until", "override why", "override by", "known %")


def sheet_rows(
    rows: Sequence[SheetRow], measures: Sequence[Measure], book: Book, person: Callable[[str], str]
) -> Iterator[list[str]]:
    """For a spreadsheet, the headings first; a stale cell says so. `person`: the name of a handle."""
    names = [each.name for each in measures]
    yield [*HEADINGS, *names]
    for row in rows:
        rolled, cells = row.rolled, dict(zip((each.name for each in book.measures), row.cells, strict=True))
        yield [
            row.customer.handle,
            row.customer.name,
            rolled.level,
            rolled.computed,
            *_judged(rolled.override, person),
            f"{100 * rolled.share:.0f}",
            *(_word(cells[name], book.look) for name in names),
        ]


def _judged(override: Override | None, person: Callable[[str], str]) -> tuple[str, str, str]:
    """Until when, why, and who says so."""
    if override is None:
        return "", "", ""
    return override.until.isoformat(), override.title, person(override.created_by)


def _word(score: Score | None, look: Look) -> str:
    if score is None or score.level == "unknown":
        return ""
    return f"{score.level}, stale" if score.stale(look) else score.level
