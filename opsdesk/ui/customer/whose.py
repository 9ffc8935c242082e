"""Whom a line is about."""

from __future__ import annotations

from opsdesk.core.customers import Customer
from opsdesk.core.errors import NotFound
from opsdesk.core.kinds import shape_of
from opsdesk.core.ports import Reader
from opsdesk.core.register import Registered
from opsdesk.core.registers import register_of


def customer_of(reader: Reader, id: str) -> str:
    """The handle of the customer whom the record of this id is, or is about; the first where several are, else ""."""
    shape = shape_of(id) if id else None
    if shape is None:
        return ""
    try:
        record = reader.get(shape, id)
    except NotFound:
        return ""
    if isinstance(record, Customer):
        return record.handle
    register = register_of(shape) if isinstance(record, Registered) else None
    name = register.customer if register else "customer"
    whose = record[name] if name and name in record else ""
    return next(iter(whose), "") if isinstance(whose, tuple) else str(whose)
