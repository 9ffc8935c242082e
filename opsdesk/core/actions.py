"""Actions and promises: who does what by when, and what a customer was told."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Annotated, ClassVar, Literal

import msgspec
from msgspec import Meta

from opsdesk.core.record import Handle, Record, Text

State = Literal["ready", "started", "waiting", "done", "dropped"]
WorkKind = Literal["", "feature", "maintenance", "support", "improvement"]
RELIST_LIMIT = 3


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """A promise as it was made: the words, said by whom to whom and when; typed by whom; the date that counts."""

    words: Annotated[str, Meta(title="Words", max_length=20_000)]
    by: Handle
    to: Text
    on: datetime
    typed_by: Handle
    meeting: str = ""
    due: date | None = None


class Slip(msgspec.Struct, frozen=True, kw_only=True):
    """A due date that was moved: the date it was before, when it was moved, and why."""

    was: date
    at: datetime
    why: Text = ""

    @property
    def words(self) -> str:
        """As in "from 2026-11-27 (waited for Tom)"."""
        return f"from {self.was}" + (f" ({self.why})" if self.why else "")


class Action(Record, frozen=True, kw_only=True):
    """One owner, one due date. `relisted` holds the ids of the meetings that met while it was past due.

    `came_of`: the id of the record that was turned into this one, `led_to`: what this one was turned into.
    """

    kind: ClassVar[str] = "actions"
    prefix: ClassVar[str] = "A"
    together: ClassVar[tuple[tuple[str, ...], ...]] = (
        ("due", "promise", "told", "slips"),
        ("state", "waiting_on", "wait_until", "why", "started", "finished"),
    )
    by_hand: ClassVar[tuple[str, ...]] = ("title", "owner", "due", "customer", "work", "blocked_by")
    instead: ClassVar[Mapping[str, str]] = {
        "promise": "use opsdesk add, with ! in its line",
        "told": "what a customer was told stays on record",
        "slips": "dates that were moved stay on record",
        "state": "use opsdesk start, wait, done, drop or reopen {id}",
        "waiting_on": "use opsdesk wait {id} WHOM",
        "wait_until": "use opsdesk wait {id} WHOM --until DATE",
        "why": "a reason goes with what it is the reason of: use opsdesk drop, escalate or redate {id} --why TEXT",
        "escalated": "use opsdesk escalate {id}",
        "": "the desk itself keeps it",
    }
    title: Annotated[Text, Meta(title="What", min_length=1)]
    owner: Annotated[Handle, Meta(title="Who")] = ""
    due: Annotated[date | None, Meta(title="Due")] = None
    customer: Annotated[Handle, Meta(title="Customer")] = ""
    promise: Annotated[bool, Meta(title="Promised")] = False
    state: Annotated[State, Meta(title="State")] = "ready"
    work: Annotated[WorkKind, Meta(title="Kind of work")] = ""
    told: Told | None = None
    slips: tuple[Slip, ...] = ()
    waiting_on: Annotated[Text, Meta(title="Waits on")] = ""
    wait_until: Annotated[date | None, Meta(title="Waits until")] = None
    why: Annotated[Text, Meta(title="Reason")] = ""
    blocked_by: tuple[str, ...] = ()
    created: datetime | None = None
    created_by: Handle = ""
    started: datetime | None = None
    finished: datetime | None = None
    escalated: datetime | None = None
    agenda: str = ""
    meeting: str = ""
    section: Text = ""
    relisted: tuple[str, ...] = ()
    came_of: str = ""
    led_to: tuple[str, ...] = ()

    @property
    def live(self) -> bool:
        return self.state not in ("done", "dropped")

    @property
    def first_due(self) -> date | None:
        """The date a promise is kept or broken by."""
        return self.told.due if self.told and self.told.due else self.slips[0].was if self.slips else self.due

    def overdue(self, today: date) -> bool:
        return self.live and self.due is not None and self.due < today

    def broken(self, today: date) -> bool:
        """An open promise whose first date has passed; re-dating does not mend it."""
        return self.promise and self.live and self.first_due is not None and self.first_due < today

    @property
    def must_choose(self) -> bool:
        """Re-listed a third time: do it, drop it with a reason, or escalate it."""
        return self.live and self.escalated is None and len(self.relisted) >= RELIST_LIMIT
