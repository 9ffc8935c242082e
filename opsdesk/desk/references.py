"""Whom and what a row may name."""

from __future__ import annotations

from typing import Any

from opsdesk.core.counting import called
from opsdesk.core.customers import Customer
from opsdesk.core.errors import Invalid, NotFound
from opsdesk.core.kinds import shape_of, shapes
from opsdesk.core.people import Person
from opsdesk.core.ports import Reader
from opsdesk.core.record import Record
from opsdesk.core.references import BY_HANDLE, fields_of
from opsdesk.core.register import Registered


class References:
    """People, customers and components by handle, the rest by id; handles of new rows are claimed as they are read."""

    def __init__(self, read: Reader) -> None:
        self._known: dict[type[Record], set[str]] = {
            Person: {each.handle for each in read.all(Person)},
            Customer: {each.handle for each in read.all(Customer)},
        }
        self._read = read
        self._handles: dict[str, set[str]] = {}

    def check(self, shape: type[Record], field: str, value: Any) -> None:
        """Raises Invalid for what is not here. `value`: as JSON types."""
        target = fields_of(shape.kind).get(field)
        for named in value if isinstance(value, list) else [value]:
            if target is not None and named and not self._is_here(target, named):
                raise Invalid(f'{field}: there is no {called(target, 1) if target else "record"} "{named}" here.')

    def _is_here(self, target: str, named: str) -> bool:
        if target in BY_HANDLE:
            return named in self._of(target)
        shape = shape_of(named)
        try:
            return shape is not None and target in ("", shape.kind) and bool(self._read.get(shape, named))
        except NotFound:
            return False

    def _of(self, kind: str) -> set[str]:
        own = {each.kind: each for each in self._known}.get(kind)
        if own is not None:
            return self._known[own]
        if kind not in self._handles:
            shape = shapes().get(kind)
            self._handles[kind] = {each["handle"] for each in self._read.all(shape)} if shape else set()
        return self._handles[kind]

    def claim(self, record: Record) -> None:
        """One record more. Raises Invalid where its handle is somebody's."""
        if isinstance(record, Person | Customer):
            if record.handle in self._known[type(record)]:
                raise Invalid(f'The handle "{record.handle}" is taken.')
            self._known[type(record)].add(record.handle)
        if isinstance(record, Registered) and "handle" in record:
            if record["handle"] in self._of(record.kind):
                raise Invalid(f'The handle "{record["handle"]}" is taken.')
            self._of(record.kind).add(record["handle"])
