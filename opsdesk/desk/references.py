"""Whom and what a row may name."""

from __future__ import annotations

from typing import Any

from opsdesk.core.customers import Customer
from opsdesk.core.errors import Invalid
from opsdesk.core.meeting import Meeting
from opsdesk.core.people import Person
from opsdesk.core.ports import Reader
from opsdesk.core.record import Record
from opsdesk.core.scores import Score

KINDS: dict[str, type[Record]] = {"owner": Person, "customer": Customer, "meeting": Meeting}


class References:
    """People and customers by their handles, meetings by their ids; those of new rows are claimed as they are read."""

    def __init__(self, read: Reader) -> None:
        self._known: dict[type[Record], set[str]] = {
            Person: {each.handle for each in read.all(Person)},
            Customer: {each.handle for each in read.all(Customer)},
            Meeting: {each.id for each in read.all(Meeting)},
        }
        self._flags = {(each.customer, each.measure) for each in read.live(Score)}

    def check(self, field: str, value: Any) -> None:
        """Raises Invalid for what is not here."""
        kind = KINDS.get(field)
        if kind and value and value not in self._known[kind]:
            raise Invalid(f'{field}: there is no {kind.__name__.lower()} "{value}" here.')

    def claim(self, record: Record) -> None:
        """One record more. Raises Invalid where its handle is somebody's, or its cell has a flag already."""
        if isinstance(record, Person | Customer):
            if record.handle in self._known[type(record)]:
                raise Invalid(f'The handle "{record.handle}" is taken.')
            self._known[type(record)].add(record.handle)
        if isinstance(record, Score) and record.live:
            if (record.customer, record.measure) in self._flags:
                raise Invalid(f"{record.customer} has a flag for {record.measure} already.")
            self._flags.add((record.customer, record.measure))
