"""Laying the table: what every board shares, whichever records it brings."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime

import msgspec

from opsdesk.boards.discreet import without
from opsdesk.boards.escalated import escalated_of, told_of
from opsdesk.boards.found import HARM as HARM
from opsdesk.boards.found import Found as Found
from opsdesk.boards.orders import Order, by_harm
from opsdesk.boards.table import Board, Line, Scene
from opsdesk.boards.words import (
    Rank,
    action_brief,
    action_reason,
    brief_again,
    day,
    flag_brief,
    flag_reason,
    harm,
    rank,
    relisted,
    weight,
)
from opsdesk.core.actions import Action
from opsdesk.core.customers import Customer
from opsdesk.core.entries import Item
from opsdesk.core.errors import NotFound
from opsdesk.core.meeting import Meeting
from opsdesk.core.people import Person
from opsdesk.core.ports import Reader
from opsdesk.core.scores import Score
from opsdesk.insight.others import Others

MET = ("closed", "draft")


class Table:
    """One board being laid: the records, the scene, and names looked up once."""

    def __init__(self, reader: Reader, scene: Scene) -> None:
        self.reader = reader
        self.scene = scene
        self.today: date = scene.today
        self._people: dict[str, str] | None = None
        self._customers: dict[str, str] | None = None
        self._meetings: dict[str, Meeting | None] = {}

    def person(self, handle: str) -> str:
        if self._people is None:
            self._people = {person.handle: person.name for person in self.reader.live(Person)}
        if handle and handle not in self._people:
            gone = self.reader.where(Person, handle=handle)
            self._people[handle] = gone[0].name if gone else handle
        return self._people.get(handle, "")

    def customer(self, handle: str) -> str:
        if self._customers is None:
            self._customers = {customer.handle: customer.name for customer in self.reader.live(Customer)}
        if handle and handle not in self._customers:
            gone = self.reader.where(Customer, handle=handle)
            self._customers[handle] = gone[0].name if gone else handle
        return self._customers.get(handle, "")

    def meeting(self, id: str) -> Meeting | None:
        if id not in self._meetings:
            try:
                self._meetings[id] = self.reader.get(Meeting, id)
            except NotFound:
                self._meetings[id] = None
        return self._meetings[id]

    def runs(self) -> list[Meeting]:
        """The runs of this series that met, the newest first; without the one that is on now."""
        found = self.reader.where(Meeting, agenda=self.scene.agenda, customer=self.scene.customer)
        met = [run for run in found if run.state in MET and run.id != self.scene.meeting]
        return sorted(met, key=lambda run: run.scheduled, reverse=True)

    def visible(self, customer: str) -> bool:
        """Whether this audience may see a record of that customer."""
        return self.scene.audience != "customer" or (bool(customer) and customer == self.scene.customer)

    def made_here(self, record: Action | Item) -> bool:
        """Said in this very meeting: it stands among what was said, not on the table."""
        return bool(self.scene.meeting) and record.meeting == self.scene.meeting

    def why(self, action: Action) -> str:
        """Its reason; how often it came back is nothing a customer needs to read."""
        return action_reason(action, self.today, trail=self.scene.audience != "customer")

    def action(self, action: Action, reason: str = "", brief: str = "") -> Found:
        few = action_brief(action, self.today, trail=self.scene.audience != "customer")
        return Found(
            line=Line(
                id=action.id,
                text=action.title,
                reason=reason or self.why(action),
                brief=brief or reason or few,
                weight=weight(rank(action, self.today)),
                owner=self.person(action.owner),
                customer=self.customer(action.customer),
            ),
            harm=harm(action, self.today),
            customer=action.customer,
        )

    def flag(self, score: Score, reason: str = "", brief: str = "") -> Found:
        text = f"{self.customer(score.customer)} {score.measure}"
        red = score.level == "red"
        return Found(
            line=Line(
                id=score.id,
                text=f"{text}: {score.comment}" if score.comment else text,
                reason=reason or flag_reason(score, self.scene.now, self.scene.settings),
                brief=brief or reason or flag_brief(score, self.scene.now, self.scene.settings),
                weight="none" if score.level == "unknown" else score.level,
                owner=self.person(score.owner),
                customer=self.customer(score.customer),
            ),
            harm=(Rank.RED if red else Rank.ORANGE, -(self.scene.now - score.since).days),
            customer=score.customer,
        )

    def item(self, item: Item, reason: str = "", brief: str = "") -> Found:
        about = self._about(item.ref)
        own = Rank.CHOOSE if item.must_choose else Rank.CARRIED
        worst = min(own, rank(about, self.today)) if about else own
        return Found(
            line=Line(
                id=item.id,
                text=item.text,
                reason=reason or " · ".join(part for part in (self.carried(item), self._state(about)) if part),
                brief=brief or reason or self.carried_brief(item, about),
                weight=weight(worst),
                owner=self.person(about.owner) if about else "",
                customer=self.customer(item.customer),
            ),
            harm=(worst, -len(item.relisted)),
            customer=item.customer,
            about=item.ref,
        )

    def carried(self, item: Item) -> str:
        """`carried over from #41, 2×`, or since when a new item is on this agenda."""
        if item.must_choose and self.scene.audience != "customer":
            return relisted(item)
        if item.relisted:
            last = self.meeting(item.relisted[-1])
            return f"carried over from {f'#{last.number}' if last else item.relisted[-1]}, {len(item.relisted)}×"
        return f"on the agenda since {day(self.local(item.opened), self.today)}"

    def carried_brief(self, item: Item, about: Action | None = None) -> str:
        """`re-listed 3×: choose`, `carried over 2×`, `new`; about an open action `broken Fri · carried 2×`."""
        choose = item.must_choose and self.scene.audience != "customer"
        times = len(item.relisted)
        if about is not None and about.live and times:
            return brief_again(about, f"{times}×: choose" if choose else f"carried {times}×", self.today)
        if choose:
            return f"re-listed {times}×: choose"
        return f"carried over {times}×" if times else "new"

    def local(self, at: datetime) -> date:
        return at.astimezone(self.scene.settings.zone).date()

    def _about(self, ref: str) -> Action | None:
        """The action an item is about, where it is about one."""
        if not ref.startswith(f"{Action.prefix}-"):
            return None
        try:
            return self.reader.get(Action, ref)
        except NotFound:
            return None

    def _state(self, about: Action | None) -> str:
        if about is None:
            return ""
        return f"{about.id} {self.why(about) if about.live else about.state}"


Find = Callable[[Table], Iterable[Found]]


def board(find: Find, order: Order = by_harm) -> Board:
    """What `find` brings together with what the section carries over, for this audience, most harmful first; then in
    that order.
    """

    def lay(reader: Reader, scene: Scene) -> list[Line]:
        table = Table(reader, scene)
        return laid(table, [*_carried(table), *find(table)], order)

    return lay


def laid(table: Table, found: Iterable[Found], order: Order = by_harm) -> list[Line]:
    """In order and each subject once, without what was parked in this meeting and what this audience may not see."""
    escalated = escalated_of(own_items(table))
    shown = told_of(table.scene, [each for each in found if table.visible(each.customer)], escalated)
    away = {each.about for each in shown if each.about and each.about not in escalated} | _parked_now(table)
    on_table = sorted((each for each in shown if each.line.id not in away), key=lambda each: each.place)
    once: dict[str, Line] = {}
    for each in order(table, on_table):
        once.setdefault(each.line.id, each.line)
    return _for(table, list(once.values()))


def _for(table: Table, lines: list[Line]) -> list[Line]:
    """To the whole company no line names a single person beside a figure, to a customer none another customer."""
    if table.scene.audience == "customer" and lines:
        others = Others(table.reader, table.scene.customer)
        return [without(others, line) for line in lines]
    return [msgspec.structs.replace(line, owner="") for line in lines] if table.scene.audience == "company" else lines


def own_items(table: Table) -> list[Item]:
    """What is open on this agenda, of a customer's series only theirs."""
    scene = table.scene
    items = (item for item in table.reader.live(Item) if item.agenda == scene.agenda)
    return [item for item in items if not scene.customer or item.customer == scene.customer]


def _carried(table: Table) -> list[Found]:
    scene = table.scene
    return [
        table.item(item) for item in own_items(table) if item.section == scene.section and not table.made_here(item)
    ]


def _parked_now(table: Table) -> set[str]:
    """Records put off in this very meeting: they come back at the next."""
    here, escalated = table.scene.meeting, escalated_of(own_items(table))
    made = (item for item in own_items(table) if item.ref and table.made_here(item))
    about = {item.ref for item in made if item.ref not in escalated}
    return about | {item.id for item in table.reader.live(Item) if here and item.parked_in == here}
