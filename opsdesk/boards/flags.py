"""All open flags: red, then orange, the longest first, with what is owed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from opsdesk.boards.lay import Found, Table
from opsdesk.core.customers import Customer
from opsdesk.core.scores import Score


def find(table: Table) -> Iterable[Found]:
    return [table.flag(score) for score in active(table) if score.flag]


def active(table: Table) -> Iterator[Score]:
    """What the cells of active customers say, of measures that there are."""
    customers = {customer.handle for customer in table.reader.live(Customer)}
    measures = {measure.name for measure in table.scene.settings.measures}
    scores = table.reader.live(Score)
    return (score for score in scores if score.customer in customers and score.measure in measures)
