"""A register as it was read: in every order, and by every word, without asking anybody again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from functools import cached_property
from typing import Any, Literal

from opsdesk.boards.lay import HARM
from opsdesk.core.names import fold
from opsdesk.core.record import Record
from opsdesk.core.register import Registered
from opsdesk.ui.register.says import Says

Order = Literal["harm", "newest", "day", "name"]
ORDERS: dict[Order, str] = {
    "harm": "most harmful first",
    "newest": "newest first",
    "day": "by day",
    "name": "by name",
}


class Book:
    """`source`: as the store gave them, all of the register or what is open. `records`: of those what may be shown, as
    on every board what is open first, red before orange, and of one colour the most harmful first.

    What is dear is made once, when it is first asked for, on any thread.
    """

    def __init__(self, says: Says, source: Sequence[Record], records: Sequence[Registered]) -> None:
        register, look = says.register, says.look
        self.says, self.source = says, source
        self.records = sorted(
            records,
            key=lambda record: (
                not register.is_open(record, look),
                HARM[says.weight(record)],
                *register.order(record, look),
            ),
        )

    @cached_property
    def by_id(self) -> dict[str, Registered]:
        return {record.id: record for record in self.records}

    @cached_property
    def open(self) -> int:
        return sum(self.says.register.is_open(record, self.says.look) for record in self.records)

    @cached_property
    def orders(self) -> tuple[Order, ...]:
        """Those that mean something here."""
        return tuple(order for order in ORDERS if order != "day" or self.says.register.day)

    @cached_property
    def _searched(self) -> list[str]:
        return [self.says.searched(record) for record in self.records]

    @cached_property
    def _sorted(self) -> dict[Order, list[int]]:
        """Order → places in `records`."""
        return {order: self._in(order) for order in self.orders}

    def prepare(self) -> None:
        """Makes what narrowing and sorting need, so that no key waits for it."""
        _ = self._searched, self._sorted, self.by_id, self.open

    def chosen(self, order: Order, wanted: str) -> list[Registered]:
        """What holds every word, in that order; equals stand as harm has them."""
        parts, records = fold(wanted).split(), self.records
        if not parts and order == "harm":
            return records
        places = range(len(records)) if order == "harm" else self._sorted[order]
        for part in parts:
            texts = self._searched
            places = [at for at in places if part in texts[at]]
        return [records[at] for at in places]

    def _in(self, order: Order) -> list[int]:
        keys = [self._key(order, record) for record in self.records]
        return sorted(range(len(keys)), key=keys.__getitem__)

    def _key(self, order: Order, record: Registered) -> Any:
        match order:
            case "newest":
                return -int(record.id.rpartition("-")[2] or 0)
            case "day":
                return _day(record[self.says.register.day])
            case "name":
                return fold(self.says.register.text_of(record))
        return 0


def _day(value: Any) -> str:
    """Sorts by day and hour; what has none comes last."""
    if isinstance(value, datetime):
        return value.isoformat()
    return value.isoformat() if isinstance(value, date) else "~"
