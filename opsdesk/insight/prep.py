"""What each department has to say before the next look at the score sheet: cells that are stale or not known."""

from __future__ import annotations

from datetime import UTC, datetime

import msgspec

from opsdesk.core.customers import Customer
from opsdesk.core.errors import NotFound
from opsdesk.core.register import Look
from opsdesk.core.scores import Level, Score
from opsdesk.core.settings import Measure, Settings
from opsdesk.insight.sheet import Sheet

NEVER = datetime.min.replace(tzinfo=UTC)


class Owing(msgspec.Struct, frozen=True, kw_only=True):
    """One cell that somebody should look at. `score`: what was said last, None where nothing ever was."""

    customer: Customer
    measure: Measure
    score: Score | None = None

    @property
    def level(self) -> Level:
        return self.score.level if self.score else "unknown"

    @property
    def said(self) -> datetime:
        """When it was last said; what never was is older than anything."""
        return self.score.at if self.score else NEVER


def owing(sheet: Sheet, look: Look, department: str = "") -> tuple[Owing, ...]:
    """Of active customers, the longest unsaid first; with `department` only what that one keeps fresh.

    Raises NotFound for a department that keeps no measure.
    """
    asked = set(kept_by(department, look.settings)) if department else {each.name for each in sheet.measures}
    cells = (
        Owing(customer=row.customer, measure=measure, score=score)
        for row in sheet.rows
        for measure, score in zip(sheet.measures, row.cells, strict=True)
        if measure.name in asked and (score is None or not score.fresh(look))
    )
    return tuple(sorted(cells, key=lambda each: each.said))


def kept_by(department: str, settings: Settings) -> tuple[str, ...]:
    """The measures it keeps fresh, whatever the case of its letters. Raises NotFound, naming those that keep some."""
    wanted = department.strip().casefold()
    found = tuple(measure.name for measure in settings.measures if measure.department.casefold() == wanted)
    if not wanted or not found:
        known = ", ".join(dict.fromkeys(each.department for each in settings.measures if each.department))
        hint = f"There are {known}." if known else "Give the measures their departments in settings.toml."
        raise NotFound(f'No measure is kept by "{department}".', hint)
    return found
