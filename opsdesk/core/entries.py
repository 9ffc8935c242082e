"""What is said in a meeting, beside actions and flags: notes, decisions, and items that come back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, ClassVar, Literal

from msgspec import Meta

from opsdesk.core.actions import RELIST_LIMIT
from opsdesk.core.record import Handle, Record, Text

SAID = "where and when it was said stays on record"


class Note(Record, frozen=True, kw_only=True):
    """A line of the record of one meeting."""

    kind: ClassVar[str] = "notes"
    prefix: ClassVar[str] = "N"
    by_hand: ClassVar[tuple[str, ...]] = ("text",)
    instead: ClassVar[Mapping[str, str]] = {"id": "notes are taken in a meeting", "": SAID}
    text: Annotated[Text, Meta(title="Note", min_length=1)]
    meeting: str
    section: Text = ""
    at: datetime
    by: Handle = ""

    @property
    def live(self) -> bool:
        return False


class Decision(Record, frozen=True, kw_only=True):
    """What was decided; it may supersede an earlier one (its id)."""

    kind: ClassVar[str] = "decisions"
    prefix: ClassVar[str] = "D"
    by_hand: ClassVar[tuple[str, ...]] = ("text",)
    instead: ClassVar[Mapping[str, str]] = {"id": "decisions are taken in a meeting", "": SAID}
    text: Annotated[Text, Meta(title="Decision", min_length=1)]
    meeting: str
    section: Text = ""
    at: datetime
    by: Handle = ""
    supersedes: str = ""

    @property
    def live(self) -> bool:
        return False


ItemState = Literal["open", "done", "dropped"]


class Item(Record, frozen=True, kw_only=True):
    """An agenda item that comes back in its own section until it is settled.

    `ref` is the id of the record it is about, empty for a free line. `relisted` holds the ids of the meetings
    that parked it or did not reach it; `opened` is when it was first put on an agenda, `parked_in` the meeting that
    last put it off by hand. `rank`: its place among those of its section, 1 the first, 0 while nobody has ranked it.
    """

    kind: ClassVar[str] = "items"
    prefix: ClassVar[str] = "T"
    by_hand: ClassVar[tuple[str, ...]] = ("text",)
    instead: ClassVar[Mapping[str, str]] = {
        "id": "items are put on an agenda on the screen",
        "state": "use opsdesk done or drop {id}",
        "why": "use opsdesk drop or escalate {id} --why TEXT",
        "escalated": "use opsdesk escalate {id}",
        "rank": "use opsdesk rank {id} PLACE",
        "": SAID,
    }
    together: ClassVar[tuple[tuple[str, ...], ...]] = (("state", "why", "settled", "settled_in"),)
    text: Annotated[Text, Meta(title="Item", min_length=1)]
    agenda: str
    section: Text
    opened: datetime
    meeting: str = ""
    by: Handle = ""
    ref: str = ""
    customer: Handle = ""
    state: ItemState = "open"
    why: Text = ""
    settled: datetime | None = None
    settled_in: str = ""
    parked_in: str = ""
    escalated: datetime | None = None
    relisted: tuple[str, ...] = ()
    rank: int = 0

    @property
    def live(self) -> bool:
        return self.state == "open"

    @property
    def must_choose(self) -> bool:
        """Re-listed a third time: do it, drop it with a reason, or escalate it."""
        return self.live and self.escalated is None and len(self.relisted) >= RELIST_LIMIT
