"""Minutes as a value: everything the page says, already resolved to names and dates, frozen at closing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import ClassVar, Literal

import msgspec

from opsdesk.core.agenda import Audience
from opsdesk.core.meeting import MeetingState
from opsdesk.core.rankedlines import RankedLine
from opsdesk.core.record import Handle, Record, Text
from opsdesk.core.walkedlines import WalkedLine

COMPLETION_GOAL = 90
"""Per cent of the actions on the table that a team finishes (EOS)."""

Standing = Literal["parked", "not reached", "still open", "escalated", "done", "dropped"]


class ActionLine(msgspec.Struct, frozen=True, kw_only=True):
    """`was`: the due dates before this one, oldest first. `promised_to`: empty where it is no promise.

    `promised_by` is named only where somebody else than the owner promised. `item`: the number of the agenda item it
    was made in, 0 for none. `choose`: re-listed so often that somebody must do, drop or escalate it.
    """

    id: str
    title: Text
    owner: Text = ""
    due: date | None = None
    was: tuple[date, ...] = ()
    customer: Text = ""
    promised_to: Text = ""
    promised_by: Text = ""
    state: str = "ready"
    waiting_on: Text = ""
    why: Text = ""
    relisted: int = 0
    choose: bool = False
    item: int = 0


class DecisionLine(msgspec.Struct, frozen=True, kw_only=True):
    """`item`: the number of the agenda item it was taken in, 0 for none."""

    id: str
    text: Text
    supersedes: str = ""
    item: int = 0


class FlagLine(msgspec.Struct, frozen=True, kw_only=True):
    """`before` and `after` are levels; equal means confirmed. `plan`: the date the exit is planned by."""

    id: str
    customer: Text
    measure: Text
    before: str
    after: str
    comment: Text = ""
    owner: Text = ""
    exit: Text = ""
    plan: date | None = None
    item: int = 0


class CarriedLine(msgspec.Struct, frozen=True, kw_only=True):
    """An item that comes back, or was settled; `relisted` counts how often it came back, `standing` says why."""

    id: str
    text: Text
    section: Text
    customer: Text = ""
    relisted: int = 0
    choose: bool = False
    standing: Standing = "still open"
    why: Text = ""


class ChangedLine(msgspec.Struct, frozen=True, kw_only=True):
    """A record of a register that was made or changed. `what`: as in "identified → monitoring"."""

    id: str
    text: Text
    what: Text


class MinuteItem(msgspec.Struct, frozen=True, kw_only=True):
    """One agenda item, reached or not. Minutes planned, and used (rounded to whole minutes, half up).

    `open`: the incidents that were open when the meeting met, where it asks for outages. `walked`: the flags that were
    walked in it, and those that were not reached. `ranked`: its priorities in order.
    """

    number: int
    title: Text
    planned: int
    actual: int
    reached: bool
    put_off: bool = False
    outcome: Text = ""
    open: tuple[ChangedLine, ...] = ()
    notes: tuple[Text, ...] = ()
    decisions: tuple[DecisionLine, ...] = ()
    actions: tuple[ActionLine, ...] = ()
    flags: tuple[FlagLine, ...] = ()
    walked: tuple[WalkedLine, ...] = ()
    ranked: tuple[RankedLine, ...] = ()
    changed: tuple[ChangedLine, ...] = ()
    parked: tuple[CarriedLine, ...] = ()
    settled: tuple[CarriedLine, ...] = ()


def reported(item: MinuteItem) -> str:
    """The first of what was done or said in it, as in "I-14 was changed here"; "" for none."""
    for lines, what in ((item.changed, "was changed"), (item.settled, "was settled")):
        if lines:
            return f"{lines[0].id} {what} here"
    if any(line.outcome != "not reached" for line in item.walked):
        return "flags were walked here"
    said = [line.id for lines in (item.decisions, item.actions, item.flags, item.parked) for line in lines]
    return f"{said[0]} stands here" if said else "a note stands here" if item.notes else ""


class Came(msgspec.Struct, frozen=True, kw_only=True):
    """A person in the attendance list; `at` is HH:MM local where they were late or left."""

    name: Text
    at: str = ""


class Handed(msgspec.Struct, frozen=True, kw_only=True):
    """A role that changed hands, by name; `at` is HH:MM local."""

    role: Literal["chair", "minute_taker"]
    before: Text
    after: Text
    at: str


class Waived(msgspec.Struct, frozen=True, kw_only=True):
    """Something owed at closing that was let go: what, why, and who let it go."""

    what: Text
    why: Text
    by: Text = ""


class Minutes(msgspec.Struct, frozen=True, kw_only=True):
    """Times are aware and already local to the meeting (`zone` names where), so that rendering needs no setting.

    `planned_end`: where a late start kept the length, later than the timebox says. `used`: minutes from `started` to
    `ended` as a clock on the wall shows them, less breaks. `present` holds everybody who was there, also those in
    `late` and `left`. `previous`: actions of earlier meetings of the series that were on the table. `remarks`: notes
    outside every agenda item. `parked`: every item that comes back. `goal`: per cent of `previous` done.
    """

    meeting: str = ""
    company: Text = ""
    series: Text
    number: int
    version: int = 1
    draft: bool = False
    state: MeetingState = "closed"
    why: Text = ""
    customer: Text = ""
    audience: Audience = "team"
    zone: str
    scheduled: datetime
    started: datetime | None = None
    ended: datetime | None = None
    planned_end: datetime | None = None
    used: int = 0
    timebox: int
    hard_cap: bool = False
    overrun: Text = ""
    chair: Text = ""
    minute_taker: Text = ""
    handovers: tuple[Handed, ...] = ()
    present: tuple[Text, ...] = ()
    apologies: tuple[Text, ...] = ()
    absent: tuple[Text, ...] = ()
    late: tuple[Came, ...] = ()
    left: tuple[Came, ...] = ()
    quorum: int = 0
    quorum_met: bool = True
    flags: tuple[FlagLine, ...] = ()
    previous: tuple[ActionLine, ...] = ()
    goal: int = COMPLETION_GOAL
    items: tuple[MinuteItem, ...] = ()
    remarks: tuple[Text, ...] = ()
    decisions: tuple[DecisionLine, ...] = ()
    actions: tuple[ActionLine, ...] = ()
    parked: tuple[CarriedLine, ...] = ()
    owed: tuple[Text, ...] = ()
    waived: tuple[Waived, ...] = ()
    rating: float | None = None
    ratings: int = 0
    next: datetime | None = None


class Copy(msgspec.Struct, frozen=True, kw_only=True):
    """How minutes left the desk ("printed", "saved"), to where, when, and by whom. No page says so."""

    how: Text
    to: Text = ""
    at: datetime
    by: Handle

    @property
    def words(self) -> str:
        """As in "saved to daily.md"."""
        return f"{self.how} to {self.to}" if self.to else self.how


class MinutesRecord(Record, frozen=True, kw_only=True):
    """The minutes of one meeting as they were frozen; a later version is a record of its own.

    `copies`: what has left the desk, of this version and of the draft before it.
    """

    kind: ClassVar[str] = "minutes"
    prefix: ClassVar[str] = "V"
    instead: ClassVar[Mapping[str, str]] = {
        "id": "minutes are made when a meeting closes",
        "": "minutes are frozen: what they say never changes",
    }
    meeting: str
    agenda: str
    customer: Handle = ""
    version: int = 1
    frozen: datetime
    minutes: Minutes
    copies: tuple[Copy, ...] = ()

    @property
    def live(self) -> bool:
        return False
