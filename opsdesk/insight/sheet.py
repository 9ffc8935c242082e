"""The score sheet as a value: a row a customer, a cell a measure, and what they come to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import msgspec

from opsdesk.core.customers import Customer
from opsdesk.core.ports import Reader
from opsdesk.core.register import Look
from opsdesk.core.registers.overrides import Override
from opsdesk.core.scores import Score, in_order, measure_key
from opsdesk.core.settings import Measure
from opsdesk.insight.rollup import Rolled, rolled

Cells = tuple[Score | None, ...]


class SheetRow(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """`cells`: the live score of each measure, in their order; None where nobody has said one."""

    customer: Customer
    cells: Cells
    rolled: Rolled


class Sheet(msgspec.Struct, frozen=True, kw_only=True):
    """Active customers in the order of their numbers."""

    measures: tuple[Measure, ...]
    rows: tuple[SheetRow, ...] = ()


def sheet(reader: Reader, look: Look) -> Sheet:
    """Reads the live scores once and groups them once, measures without regard to case.

    Of measures that the settings name no more only open flags are on it, in what the cells come to.
    """
    measures = look.settings.measures
    place = {measure_key(measure.name): index for index, measure in enumerate(measures)}
    customers = reader.live(Customer)
    cells: dict[str, list[Score | None]] = {each.handle: [None] * len(measures) for each in customers}
    gone: dict[str, list[Score]] = {}
    for score in reader.live(Score):
        row, index = cells.get(score.customer), place.get(measure_key(score.measure))
        if row is not None and index is not None:
            before = row[index]
            row[index] = score if before is None or before.at <= score.at else before
        elif score.flag:
            gone.setdefault(score.customer, []).append(score)
    holding = overrides(reader, look)
    return Sheet(
        measures=measures,
        rows=tuple(
            _row(each, tuple(cells[each.handle]), gone.get(each.handle, ()), holding.get(each.handle), look)
            for each in customers
        ),
    )


def overrides(reader: Reader, look: Look) -> Mapping[str, Override]:
    """Customer → the override that holds for it today, the newest of several."""
    return {each.customer: each for each in reader.live(Override) if each.holds(look.today)}


def newest(scores: Iterable[Score]) -> Mapping[str, Score]:
    """Measure (its `measure_key`) → its cell; of one customer's live scores, in any order."""
    return {measure_key(score.measure): score for score in in_order(scores)}


def _row(customer: Customer, cells: Cells, gone: Sequence[Score], override: Override | None, look: Look) -> SheetRow:
    said = [*(score for score in cells if score is not None), *gone]
    return SheetRow(customer=customer, cells=cells, rolled=rolled(said, look.settings, look, override))
