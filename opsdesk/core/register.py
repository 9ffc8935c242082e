"""A register: one kind of record in one file, with its states, its verbs, and why a record of it is on the table."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from typing import Annotated, Any, ClassVar, Literal

import msgspec
from msgspec import Meta

from opsdesk.core.agenda import Audience
from opsdesk.core.record import Handle, Record, Text
from opsdesk.core.settings import Settings

LEAST = timedelta.resolution
"""What the last moment of a day is before the next one begins."""

Weight = Literal["red", "orange", "green", "none"]

# What a field names is told by its type: the check of references, quick entry and completion read it there.
Who = Annotated[Handle, Meta(extra={"names": "people"})]
Whose = Annotated[Handle, Meta(extra={"names": "customers"})]
Part = Annotated[Handle, Meta(extra={"names": "components"})]
Held = Annotated[str, Meta(extra={"names": "meetings"})]
Case = Annotated[str, Meta(extra={"names": "tickets"})]
Link = Annotated[str, Meta(extra={"names": ""})]

ORIGIN = ("created", "created_by", "agenda", "meeting", "section", "came_of", "led_to")
"""Where a record came from: kept by the desk, never typed."""


class Look(msgspec.Struct, frozen=True, dict=True):
    """When, and by which of the company's rules, records are looked at. `now` is aware."""

    now: datetime
    settings: Settings

    @cached_property
    def today(self) -> date:
        """The company's calendar day."""
        return self.now.astimezone(self.settings.zone).date()

    def begun(self, back: int) -> datetime:
        """When the company's day of `back` days ago began (aware)."""
        known = self._begun
        if back not in known:
            known[back] = datetime.combine(self.today - timedelta(days=back), time(), self.settings.zone).astimezone(
                UTC
            )
        return known[back]

    @cached_property
    def _begun(self) -> dict[int, datetime]:
        return {}


class Registered(Record, frozen=True, kw_only=True):
    """`why`: the reason of the last change of state.

    `states`: every state, in the usual order, and the instants (or dates) that a record in it has. `closed`: those in
    which it is settled; an instant that only they have is on no open record. `in_order`: instants of which none lies
    before one that stands ahead of it.

    `came_of`: the id of the record that was turned into this one, `led_to`: what this one was turned into.
    """

    states: ClassVar[Mapping[str, tuple[str, ...]]] = {}
    closed: ClassVar[tuple[str, ...]] = ()
    in_order: ClassVar[tuple[str, ...]] = ()
    created: datetime | None = None
    created_by: Handle = ""
    agenda: str = ""
    meeting: Held = ""
    section: Text = ""
    came_of: Link = ""
    led_to: tuple[Link, ...] = ()
    why: Annotated[Text, Meta(title="Reason")] = ""

    @property
    def live(self) -> bool:
        return getattr(self, "state", "") not in self.closed

    def wrong(self) -> str:
        """What cannot be true in it, as a sentence; empty where all can."""
        return ""


Effect = Callable[[Any, Any, Look, str], Any]


class Owes(msgspec.Struct, frozen=True):
    """A field that has to be said of a record as it is now, though else it may be left out: `why`, as a sentence, and
    how what is `likely` is typed.
    """

    field: str
    why: str
    likely: str


class Verb(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that can be done with a record.

    `frm`: the states in which it can be, any where none is named; `to`: the state it leads to, "" where it stays.
    `stamps`: instants (or dates) that are now, where they are not known yet; `clears`: fields that are emptied.
    `asks`: fields that one typed line may give; `needs`: those of them that it must. `label`: as in "Resolve".
    `wants`: whether whoever is at the keyboard is asked for them also where none is needed.
    `named`: those of them that no bare date is meant for. `owes`: (record, look) → what it must give just now.
    `likely`: (record, look) → what is said with it as a rule, as it is typed; where that is anything, whoever is at the
    keyboard is asked.
    `then`: what else changes: (before, after, look, by) → after.
    """

    id: str
    label: str
    key: str = ""
    frm: tuple[str, ...] = ()
    to: str = ""
    stamps: tuple[str, ...] = ()
    asks: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    wants: bool = False
    clears: tuple[str, ...] = ()
    named: tuple[str, ...] = ()
    owes: Callable[[Any, Look], Owes | None] | None = None
    likely: Callable[[Any, Look], str] | None = None
    then: Effect | None = None


def unchanged(record: Any, look: Look) -> Any:
    return record


def own_state(record: Any, look: Look) -> str:
    return str(getattr(record, "state", ""))


def nothing_ended(before: Any, after: Any, others: Sequence[Any], look: Look) -> tuple[Any, ...]:
    return ()


def no_trouble(record: Any, others: Sequence[Any]) -> str:
    return ""


def nothing_assumed(values: Mapping[str, Any]) -> str:
    return ""


def no_doubt(before: Any, after: Any, look: Look) -> str:
    return ""


def newest_first(record: Any, look: Look) -> tuple[Any, ...]:
    return (-int(record.id.rpartition("-")[2] or 0),)


def no_reason(record: Any, look: Look) -> str:
    return ""


def no_weight(record: Any, look: Look) -> Weight:
    return "none"


class Register(msgspec.Struct, frozen=True, kw_only=True):
    """One kind, for whoever lists, types, moves and shows its records.

    `one`: "incident"; `title`: "Incidents". `text`: the field that free words go to. `owner`, `customer`, `day`: the
    fields that @who, #customer and a trailing date mean, `until` the one that "until" and a date means, `word` one
    whose values may stand alone, `hours` one that "2h" and "30 min" mean; "" where there is none. `columns`: fields of
    a list. `kept`: fields that only verbs or the desk itself set. `ahead`: days that lie ahead as a rule: a past one
    is asked about. `made`: (record, look) → what a new one also is.
    `order`: (record, look) → least for the most harmful; `reason`: why it is on the table.
    `line`: what it is called, where `text` says too little. `remark`: what is unusual of it, for whoever changes it.
    `follows`: (before, after, look) → what else changes where fields are set by hand.
    `beside`: (before or None, after, look, by) → records that are made with every such step, in its transaction.
    `ends`: (before or None, after, the others of the kind, look) → those of them that it has ended, as they are then.
    `over`: whether it is over by now though nobody has said so, as an absence after its last day. `state`: what it is
    listed as. `listed`: it has a
    list of its own; without one its records stand where what they belong to is shown.
    `means_nothing`: why a verb of the key table (by its id in core.triage) is none of its own, in one sentence.
    `among`: (record, the others of the kind) → what cannot be beside them, as a sentence with what to do. `doubt`:
    (before, after, look) → what is asked about such a change before it is kept, as a sentence. `assumed`: (values) →
    what a new one is taken for where nobody says, and how to say otherwise.
    `open_to`: the strictest audience that may see records of the kind, of a customer's its own.
    """

    shape: type[Registered]
    one: str
    title: str
    columns: tuple[str, ...]
    text: str = ""
    owner: str = ""
    customer: str = ""
    day: str = ""
    until: str = ""
    word: str = ""
    hours: str = ""
    verbs: tuple[Verb, ...] = ()
    kept: tuple[str, ...] = ()
    ahead: tuple[str, ...] = ()
    made: Callable[[Any, Look], Any] = unchanged
    order: Callable[[Any, Look], tuple[Any, ...]] = newest_first
    reason: Callable[[Any, Look], str] = no_reason
    weight: Callable[[Any, Look], Weight] = no_weight
    among: Callable[[Any, Sequence[Any]], str] = no_trouble
    doubt: Callable[[Any, Any, Look], str] = no_doubt
    assumed: Callable[[Mapping[str, Any]], str] = nothing_assumed
    open_to: Audience = "team"
    line: Callable[[Any], str] | None = None
    remark: Callable[[Any, Look], str] = no_reason
    follows: Callable[[Any, Any, Look], Any] | None = None
    beside: Callable[[Any, Any, Look, str], tuple[Registered, ...]] | None = None
    ends: Callable[[Any, Any, Sequence[Any], Look], tuple[Any, ...]] = nothing_ended
    over: Callable[[Any, Look], bool] | None = None
    state: Callable[[Any, Look], str] = own_state
    listed: bool = True
    means_nothing: Mapping[str, str] = {}

    @property
    def kind(self) -> str:
        return self.shape.kind

    def is_open(self, record: Registered, look: Look) -> bool:
        """Neither settled nor over by itself."""
        return record.live and not (self.over is not None and self.over(record, look))

    def text_of(self, record: Record, person: Callable[[str], str] = str) -> str:
        """What a record is called in a line. `person`: handle → name, for those that are called by their owner."""
        if self.line is not None:
            owner = record[self.owner] if self.owner else ""
            return self.line(msgspec.structs.replace(record, **{self.owner: person(owner)}) if owner else record)
        return str(record[self.text]) if self.text else record.id


def give(owner: str = "owner", frm: tuple[str, ...] = ()) -> Verb:
    """Another owner."""
    return Verb(id="give", label="Give to", key="@", frm=frm, asks=(owner,), needs=(owner,))
