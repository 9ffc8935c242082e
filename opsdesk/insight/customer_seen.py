"""Whose page it is, who reads it, and what of it they may read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, tzinfo
from typing import TypeVar

import msgspec

from opsdesk.core.audience import Before
from opsdesk.core.customerpage import PageLine
from opsdesk.core.customers import Customer
from opsdesk.core.names import Directory
from opsdesk.core.ports import Reader
from opsdesk.core.register import Look, Register, Registered, Weight
from opsdesk.insight.shown import may_show, reduced
from opsdesk.insight.withheld import WITHHELD, Tells

S = TypeVar("S", bound=Registered)


class Seen(msgspec.Struct, frozen=True, kw_only=True):
    """`begun`: when the desk began, None where nobody knows. `tells`: which words those in the room must not read."""

    reader: Reader
    customer: Customer
    look: Look
    room: Before
    people: Directory
    tells: Tells
    begun: datetime | None = None

    @property
    def handle(self) -> str:
        return self.customer.handle

    @property
    def zone(self) -> tzinfo:
        return self.look.settings.zone

    @property
    def team(self) -> bool:
        return self.room.audience == "team"

    @property
    def listened(self) -> bool:
        """Whether the customer reads it."""
        return self.room.audience == "customer"

    def day(self, at: datetime) -> date:
        """Its calendar day where the company is."""
        return at.astimezone(self.zone).date()

    def person(self, handle: str) -> str:
        """The name; before the customer nobody of ours is named."""
        return "" if self.listened or not handle else self.people.name(handle)

    def heard(self, text: str) -> str:
        """As those in the room may read it."""
        return WITHHELD if text and self.tells(text) else text

    def theirs(self, register: Register, records: Iterable[S]) -> list[S]:
        """Those that name this customer and may be shown, of several customers only this one; the worst first."""
        mine = (each for each in records if self.concerns(register, each) and may_show(each, self.room, self.reader))
        return sorted((reduced(each, self.room) for each in mine), key=lambda each: register.order(each, self.look))

    def concerns(self, register: Register, record: Registered) -> bool:
        whose = record[register.customer] if register.customer else ""
        return self.handle in (whose if isinstance(whose, tuple) else (whose,))

    def line(
        self,
        register: Register,
        record: Registered,
        *,
        text: str = "",
        reason: str | None = None,
        said: Sequence[str] = (),
        weight: Weight | None = None,
    ) -> PageLine:
        """A record of a register: by its own text, reason and weight where no other is given.

        Before the customer its weight is not told: it weighs what only we know, such as that nobody owns it.
        """
        told = register.reason(record, self.look) if reason is None else reason
        return PageLine(
            id=record.id,
            text=self.heard(text or register.text_of(record, self.person)),
            reason=self.heard(told),
            weight=weight or ("none" if self.listened else register.weight(record, self.look)),
            owner=self.person(record[register.owner]) if register.owner else "",
            said=tuple(self.heard(words) for words in said if words),
        )
