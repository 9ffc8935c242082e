"""Everything that can happen to a meeting, each as a value that knows what it does to it."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar, Literal

import msgspec
from msgspec.structs import replace

from opsdesk.core import attendance, moves, opening
from opsdesk.core.agenda import Late
from opsdesk.core.clocks import current
from opsdesk.core.errors import Invalid
from opsdesk.core.meeting import NOTHING, Meeting, MeetingState, Presence, Rating, Waiver

OPEN: tuple[MeetingState, ...] = ("running", "draft")
MAX_SCORE = 10


class Event(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """`at`: when it happened (aware UTC). `states`: those a meeting may be in. `moves`: it changes the agenda's course,
    which the last five minutes of a hard cap do not allow."""

    states: ClassVar[tuple[MeetingState, ...]] = ("running",)
    moves: ClassVar[bool] = False
    at: datetime

    def apply(self, meeting: Meeting) -> Meeting:
        """The meeting after it. Raises Invalid where it is not possible."""
        raise NotImplementedError


class Next(Event, frozen=True, kw_only=True):
    """To the next section that is not parked; from the last one to the closing stage.

    `of`: the section it was pressed in, so that two people pressing at once do not skip one.
    """

    moves: ClassVar[bool] = True
    of: int | None = None

    def apply(self, meeting: Meeting) -> Meeting:
        return moves.forward(meeting, self.of, self.at)


class Back(Event, frozen=True, kw_only=True):
    """To the section before; out of the closing stage into the section it was opened from."""

    moves: ClassVar[bool] = True
    of: int | None = None

    def apply(self, meeting: Meeting) -> Meeting:
        return moves.back(meeting, self.of, self.at)


class GoTo(Event, frozen=True, kw_only=True):
    moves: ClassVar[bool] = True
    section: int

    def apply(self, meeting: Meeting) -> Meeting:
        return moves.go_to(meeting, self.section, self.at)


class Extend(Event, frozen=True, kw_only=True):
    """More seconds for this section; the end moves."""

    moves: ClassVar[bool] = True
    seconds: int = 120

    def apply(self, meeting: Meeting) -> Meeting:
        return moves.extend(meeting, self.seconds, self.at)


class Borrow(Event, frozen=True, kw_only=True):
    """More seconds for this section, from the last ones not yet entered; the end stays."""

    moves: ClassVar[bool] = True
    seconds: int = 120

    def apply(self, meeting: Meeting) -> Meeting:
        return moves.borrow(meeting, self.seconds)


class Keep(Event, frozen=True, kw_only=True):
    """What a late start keeps from now on: the planned length (the end moves) or the planned end (sections shrink)."""

    what: Late

    def apply(self, meeting: Meeting) -> Meeting:
        return opening.keep(meeting, self.what)


class ParkSection(Event, frozen=True, kw_only=True):
    """Put off as a whole; `section` None: the current one."""

    moves: ClassVar[bool] = True
    section: int | None = None

    def apply(self, meeting: Meeting) -> Meeting:
        index = _index(meeting, self.section)
        if meeting.sections[index].parked:
            raise Invalid(f"{meeting.sections[index].title} is parked already.", "Go to it to take it up again.")
        return moves.with_section(meeting, index, parked=True)


class Outcome(Event, frozen=True, kw_only=True):
    """What a section came to, in one line; an empty text takes it back. `of`: the section it was typed in."""

    states: ClassVar[tuple[MeetingState, ...]] = OPEN
    section: int | None = None
    text: str = NOTHING
    of: int | None = None

    def apply(self, meeting: Meeting) -> Meeting:
        moves.still_in(meeting, self.of)
        return moves.with_section(meeting, _index(meeting, self.section), outcome=self.text)


class Attend(Event, frozen=True, kw_only=True):
    states: ClassVar[tuple[MeetingState, ...]] = OPEN
    who: str
    presence: Presence

    def apply(self, meeting: Meeting) -> Meeting:
        return attendance.attend(meeting, self.who, self.presence, self.at)


class Leave(Event, frozen=True, kw_only=True):
    who: str

    def apply(self, meeting: Meeting) -> Meeting:
        return attendance.leave(meeting, self.who, self.at)


class HandOver(Event, frozen=True, kw_only=True):
    role: Literal["chair", "minute_taker"]
    to: str

    def apply(self, meeting: Meeting) -> Meeting:
        return attendance.hand_over(meeting, self.role, self.to, self.at)


class OpenClosing(Event, frozen=True, kw_only=True):
    """The sections are done: read-back, rating, what is still owed."""

    def apply(self, meeting: Meeting) -> Meeting:
        return moves.open_closing(meeting, self.at)


class Rate(Event, frozen=True, kw_only=True):
    """One person's rating, 1 to 10; a second one replaces it."""

    states: ClassVar[tuple[MeetingState, ...]] = OPEN
    who: str
    score: int

    def apply(self, meeting: Meeting) -> Meeting:
        if not self.who or not 1 <= self.score <= MAX_SCORE:
            raise Invalid("A rating is a person's number from 1 to 10.", "Give a whole number from 1 to 10.")
        others = tuple(each for each in meeting.ratings if each.who != self.who)
        return replace(meeting, ratings=(*others, Rating(who=self.who, score=self.score)))


class Waive(Event, frozen=True, kw_only=True):
    """Something owed at closing is let go, with the reason; `owed` is its key, `what` says it in words."""

    states: ClassVar[tuple[MeetingState, ...]] = OPEN
    owed: str
    what: str = ""
    why: str
    by: str = ""

    def apply(self, meeting: Meeting) -> Meeting:
        why = _reason(self.why, "To let something go takes a reason.")
        others = tuple(each for each in meeting.waivers if each.owed != self.owed)
        return replace(meeting, waivers=(*others, Waiver(owed=self.owed, what=self.what, why=why, by=self.by)))


class Overrun(Event, frozen=True, kw_only=True):
    """The reason for going past the hard cap: with it, everything is possible again."""

    states: ClassVar[tuple[MeetingState, ...]] = OPEN
    why: str

    def apply(self, meeting: Meeting) -> Meeting:
        if not meeting.hard_cap:
            raise Invalid("This meeting has no hard cap.", "It may run over without a recorded reason.")
        return replace(meeting, overrun=_reason(self.why, "Going past the cap takes a reason."))


class Close(Event, frozen=True, kw_only=True):
    """The end; as a draft while something is owed."""

    draft: bool = False

    def apply(self, meeting: Meeting) -> Meeting:
        return replace(moves.end(meeting, self.at), state="draft" if self.draft else "closed")


class Settle(Event, frozen=True, kw_only=True):
    """A draft with nothing owed any more."""

    states: ClassVar[tuple[MeetingState, ...]] = ("draft",)

    def apply(self, meeting: Meeting) -> Meeting:
        return replace(meeting, state="closed")


class Adjourn(Event, frozen=True, kw_only=True):
    """Broken off (an outage, no quorum): everything open rolls on."""

    why: str

    def apply(self, meeting: Meeting) -> Meeting:
        why = _reason(self.why, "Adjourning takes a reason.")
        return replace(moves.end(meeting, self.at), state="adjourned", why=why)


class Reopen(Event, frozen=True, kw_only=True):
    """Running again, in the section it ended in; the break between counts nowhere."""

    states: ClassVar[tuple[MeetingState, ...]] = ("draft", "closed", "adjourned")

    def apply(self, meeting: Meeting) -> Meeting:
        return moves.reopen(meeting, self.at)


def _index(meeting: Meeting, section: int | None) -> int:
    return current(meeting) if section is None else moves.known(meeting, section)


def _reason(why: str, message: str) -> str:
    if not why.strip():
        raise Invalid(message, "Say why in one line.")
    return why.strip()
