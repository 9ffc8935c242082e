"""Single records as lines of minutes: handles become names, ids become numbers, times become local."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, tzinfo
from typing import Protocol, TypeVar

import msgspec

from opsdesk.core.actions import Action
from opsdesk.core.entries import Decision, Item
from opsdesk.core.minutes import ActionLine, CarriedLine, DecisionLine, FlagLine, Standing
from opsdesk.core.scores import Score


class Numbered(Protocol):
    @property
    def id(self) -> str: ...


N = TypeVar("N", bound=Numbered)


def by_number(records: Iterable[N]) -> list[N]:
    """A-2 before A-10."""
    return sorted(records, key=lambda record: int(record.id.rpartition("-")[2] or 0))


class Lines(msgspec.Struct, frozen=True, kw_only=True):
    """Names by handle, item numbers by section title, and the zone and instant the minutes are true for."""

    people: Mapping[str, str]
    customers: Mapping[str, str]
    items: Mapping[str, int]
    zone: tzinfo
    until: datetime

    def person(self, handle: str) -> str:
        """A customer's name where one sits in a call with them."""
        return self.people.get(handle) or self.customers.get(handle, handle)

    def customer(self, handle: str) -> str:
        return self.customers.get(handle, handle)

    def local(self, time: datetime) -> datetime:
        return time.astimezone(self.zone).replace(microsecond=0)

    def hour(self, time: datetime) -> str:
        """HH:MM."""
        return self.local(time).time().isoformat("minutes")

    def moment(self, time: datetime) -> str:
        """HH:MM, with the day where it is another one."""
        day = self.local(time).date()
        return self.hour(time) if day == self.local(self.until).date() else f"{day} {self.hour(time)}"

    def action(self, action: Action) -> ActionLine:
        told = action.told
        by = told.by if told and told.by != action.owner else ""
        return ActionLine(
            id=action.id,
            title=action.title,
            owner=self.person(action.owner),
            due=action.due,
            was=tuple(slip.was for slip in action.slips),
            customer=self.customer(action.customer),
            promised_to=self.promised_to(action),
            promised_by=self.person(by),
            state=self.state(action),
            waiting_on=action.waiting_on,
            why=action.why,
            relisted=len(action.relisted),
            choose=action.must_choose,
            item=self.items.get(action.section, 0),
        )

    def state(self, action: Action) -> str:
        """What it was when the meeting ended: minutes settled the next morning do not say what was done since."""
        later = action.finished is not None and action.finished > self.until
        return "ready" if later else action.state

    def promised_to(self, action: Action) -> str:
        if not action.promise:
            return ""
        return (action.told.to if action.told else "") or self.customer(action.customer) or "the customer"

    def decision(self, decision: Decision) -> DecisionLine:
        return DecisionLine(
            id=decision.id,
            text=decision.text,
            supersedes=decision.supersedes,
            item=self.items.get(decision.section, 0),
        )

    def flag(self, score: Score) -> FlagLine:
        return FlagLine(
            id=score.id,
            customer=self.customer(score.customer),
            measure=score.measure,
            before=score.was,
            after=score.level,
            comment=score.comment,
            owner=self.person(score.owner),
            exit=score.exit,
            plan=score.plan,
            item=self.items.get(score.section, 0),
        )

    def carried(self, item: Item, standing: Standing) -> CarriedLine:
        return CarriedLine(
            id=item.id,
            text=item.text,
            section=item.section,
            customer=self.customer(item.customer),
            relisted=len(item.relisted),
            choose=item.must_choose,
            standing=standing,
            why=item.why,
        )
