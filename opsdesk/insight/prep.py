"""What each department has to say before the next look at the score sheet: what is stale, not known or owed."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Literal

import msgspec

from opsdesk.core.customers import Customer
from opsdesk.core.errors import NotFound
from opsdesk.core.names import fold
from opsdesk.core.register import Look
from opsdesk.core.scores import Level, Score
from opsdesk.core.settings import Measure, Settings
from opsdesk.insight.plans import Part, owes
from opsdesk.insight.sheet import Sheet

Why = Literal["stale", "soon", "unknown", "owes"]
NEVER = datetime.min.replace(tzinfo=UTC)


class Owing(msgspec.Struct, frozen=True, kw_only=True):
    """One cell that somebody should look at. `score`: what was said last, None where nothing ever was.

    `why`: it is stale now, will be by the day that was asked for ("soon"), is not known, or is fresh and owes `parts`.
    """

    customer: Customer
    measure: Measure
    score: Score | None = None
    why: Why = "unknown"
    parts: tuple[Part, ...] = ()

    @property
    def level(self) -> Level:
        return self.score.level if self.score else "unknown"

    @property
    def said(self) -> datetime:
        """When it was last said; what never was is older than anything."""
        return self.score.at if self.score else NEVER


def owing(sheet: Sheet, look: Look, department: str = "", until: datetime | None = None) -> tuple[Owing, ...]:
    """Of active customers, the longest unsaid first; with `department` only what that one keeps fresh.

    With `until` also what is stale by then, and every flag that owes something. Raises NotFound for a department that
    keeps no measure.
    """
    asked = set(kept_by(department, look.settings)) if department else {each.name for each in sheet.measures}
    then = Look(until, look.settings) if until else None
    cells = (
        _cell(row.customer, measure, score, look, then)
        for row in sheet.rows
        for measure, score in zip(sheet.measures, row.cells, strict=True)
        if measure.name in asked
    )
    return tuple(sorted((each for each in cells if each is not None), key=lambda each: each.said))


def _cell(customer: Customer, measure: Measure, score: Score | None, look: Look, then: Look | None) -> Owing | None:
    if score is None or score.level == "unknown":
        return Owing(customer=customer, measure=measure, score=score)
    parts = owes(score, look)
    why: Why = "stale" if score.stale(look) else "soon" if then and score.stale(then) else "owes"
    if why == "owes" and not (then and parts):
        return None
    return Owing(customer=customer, measure=measure, score=score, why=why, parts=parts)


def kept_by(department: str, settings: Settings) -> tuple[str, ...]:
    """The measures it keeps fresh, by its name or a clear part of it. Raises NotFound, naming those that keep some."""
    wanted = fold(department)
    known = list(dict.fromkeys(each.department for each in settings.measures if each.department))
    found = [each for each in known if fold(each) == wanted]
    found = found or [each for each in known if wanted and fold(each).startswith(wanted)]
    found = found or [each for each in known if wanted and wanted in fold(each)]
    if len(found) != 1:
        hint = f"There are {', '.join(known)}." if known else "Give the measures their departments in settings.toml."
        several = f'"{department}" may be {" or ".join(found)}.'
        raise NotFound(several if found else f'No measure is kept by "{department}".', hint)
    return tuple(measure.name for measure in settings.measures if measure.department in found)
