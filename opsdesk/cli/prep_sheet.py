"""The cells that somebody should look at as rows of a spreadsheet to be filled, which `opsdesk import scores` takes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from opsdesk.cli.scores_text import OWED, said_on
from opsdesk.core.register import Look
from opsdesk.core.scores import Level

if TYPE_CHECKING:
    from opsdesk.core.names import Directory, Names
    from opsdesk.core.settings import Measure
    from opsdesk.desk import Desk
    from opsdesk.insight.prep import Owing

NOW = (
    "customer",
    "measure",
    "level (now)",
    "said",
    "comment (now)",
    "owner (now)",
    "exit (now)",
    "plan (now)",
    "owes",
)
TO_FILL = ("new level", "new comment", "owner", "exit", "plan")
MEANINGS = ("red means", "orange means", "green means")
HEADINGS = (*NOW, *TO_FILL, *MEANINGS)


def meanings(measure: Measure) -> tuple[tuple[Level, str], ...]:
    """What each level means in this measure; "" where the settings do not say."""
    return ("red", measure.red), ("orange", measure.orange), ("green", measure.green)


def to_fill(found: Iterable[Owing], desk: Desk) -> Iterator[Sequence[str]]:
    """The headings first; what is to be filled is empty."""
    look, names = Look(desk.now(), desk.settings), desk.people.names()
    yield HEADINGS
    for each in found:
        words = (words for _, words in meanings(each.measure))
        yield (*_now(each, look, names), *("" for _ in TO_FILL), *words)


def _now(each: Owing, look: Look, names: Names) -> tuple[str, ...]:
    score = each.score
    cell = _named(each.customer.handle, names.customers), each.measure.name, each.level
    if score is None:
        return (*cell, *("" for _ in NOW[len(cell) :]))
    plan = score.plan.isoformat() if score.plan else ""
    owed = ", ".join(OWED[part] for part in each.parts)
    said = said_on(score, look).isoformat()
    return (*cell, said, score.comment, names.people.name(score.owner), score.exit, plan, owed)


def _named(handle: str, names: Directory) -> str:
    """The name, where a table brings it back as this customer; else the handle."""
    from opsdesk.exchange.cells import guarded

    name = names.name(handle)
    return name if names.find(name) == (handle,) and guarded(name) == name and name.strip("#") == name else handle
