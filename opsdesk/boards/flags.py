"""All open flags: red, then orange, the longest first, with what is owed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from opsdesk.boards.lay import Found, Table
from opsdesk.core.customers import Customer
from opsdesk.core.scores import Score, measure_key


def find(table: Table) -> Iterable[Found]:
    return [table.flag(score) for score in active(table) if score.flag]


def active(table: Table) -> Iterator[Score]:
    """What the cells of active customers say, of measures that there are; of others what is an open flag still."""
    customers = {customer.handle for customer in table.reader.live(Customer)}
    measures = {measure_key(measure.name) for measure in table.scene.settings.measures}
    scores = (score for score in table.reader.live(Score) if score.customer in customers)
    return (score for score in scores if score.flag or measure_key(score.measure) in measures)
