"""The walk over the open flags in a meeting: whose turn it is, how long it may take, what is left. All of it from
timestamps, so that a desk that was killed goes on to the second.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from math import floor

import msgspec
from msgspec.structs import replace

from opsdesk.core.clocks import NOTHING, Tone, current, moment, share_of, tone, used_by_section
from opsdesk.core.flagreviews import FlagReview
from opsdesk.core.meeting import Meeting
from opsdesk.core.moves import FLAGS
from opsdesk.core.scores import Level, Score

Cell = tuple[str, str]
"""Customer (a handle) and measure."""

WEIGHTS: dict[Level, int] = {"red": 2, "orange": 1, "green": 1, "unknown": 1}
SPOKEN = timedelta(seconds=15)
"""A turn that is broken off was one only if it took longer."""


class Turn(msgspec.Struct, frozen=True, kw_only=True):
    """One flag on the walk; `score` is what its cell says now. `review`: its own, where it was begun."""

    score: Score
    allotted: timedelta = NOTHING
    used: timedelta = NOTHING
    review: FlagReview | None = None

    @property
    def cell(self) -> Cell:
        return self.score.customer, self.score.measure

    @property
    def left(self) -> timedelta:
        """Negative once the time is used."""
        return self.allotted - self.used

    @property
    def share(self) -> float:
        return share_of(self.used, self.allotted)

    @property
    def tone(self) -> Tone:
        return tone(self.used, self.allotted)


class Walk(msgspec.Struct, frozen=True, kw_only=True):
    """`section`: the index of the one that walks the flags, -1 where there is none; `title`: its title. `on`: whether
    the meeting is in it now, else its clock stands still. `done`: in the order of their turns. `left`: the flags after
    the `current` one, reds first, the longest open first.
    """

    section: int = -1
    title: str = ""
    on: bool = False
    current: Turn | None = None
    left: tuple[Turn, ...] = ()
    done: tuple[FlagReview, ...] = ()

    @property
    def ahead(self) -> tuple[Turn, ...]:
        """The current one and those left."""
        return ((self.current,) if self.current else ()) + self.left

    @property
    def number(self) -> int:
        """Which flag the current one is, counted from 1."""
        return len(self.done) + 1

    @property
    def total(self) -> int:
        return len(self.done) + len(self.ahead)

    @property
    def oranges(self) -> tuple[Turn, ...]:
        """Those that can be kept together."""
        return tuple(turn for turn in self.ahead if turn.score.level == "orange")


def walk(meeting: Meeting, scores: Iterable[Score], reviews: Iterable[FlagReview], now: datetime) -> Walk:
    """`scores`: the live ones of active customers; `reviews`: those of this meeting."""
    section = section_of(meeting)
    if section < 0:
        return Walk()
    own = sorted(reviews, key=_turn_order)
    last = {each.cell: each for each in own}
    cells = {(score.customer, score.measure): score for score in scores if meeting.customer in ("", score.customer)}
    known = {cell: score for cell, score in cells.items() if score.flag or cell in last}
    here = next((each for each in reversed(own) if each.live and each.cell in known), None)
    waiting = _in_order(
        score for cell, score in known.items() if _waits(score, last.get(cell)) and (not here or cell != here.cell)
    )
    first = known[here.cell] if here else next(iter(waiting), None)
    turns = _timed(meeting, section, first, here, [each for each in waiting if each is not first], own, now)
    return Walk(
        section=section,
        title=meeting.sections[section].title,
        on=current(meeting) == section and meeting.closing is None and meeting.state == "running",
        current=turns[0] if turns else None,
        left=tuple(turns[1:]),
        done=tuple(each for each in own if each.outcome and each is not here),
    )


def section_of(meeting: Meeting) -> int:
    """The section that walks the flags: the one it is in, else the last one it was in, else the first; -1 for none."""
    flags = [index for index, section in enumerate(meeting.sections) if section.board == FLAGS]
    been = [span.section for span in meeting.spans if span.section in flags]
    return next(iter([*reversed(been), *flags]), -1)


def begun(meeting: Meeting, score: Score, reviews: Iterable[FlagReview]) -> FlagReview:
    """Its turn, from when the one before was over; the level it had then stays with it."""
    return FlagReview(
        customer=score.customer,
        measure=score.measure,
        score=score.id,
        level="red" if score.level == "red" else "orange",
        meeting=meeting.id,
        section=meeting.sections[section_of(meeting)].title,
        entered=_begins(meeting, reviews),
    )


def ended(meeting: Meeting, review: FlagReview, at: datetime) -> FlagReview:
    """Its turn is over: now, or when the meeting left the section. What came of it is said by who calls."""
    left = max(review.entered, _last_in(meeting, at))
    used = time_of(meeting, review, left)
    away = (left - review.entered - used).total_seconds()
    return replace(review, left=left, away=max(0, round(away)))


def resumed(meeting: Meeting, review: FlagReview, at: datetime) -> FlagReview:
    """Gone back to: its time goes on from `at`, and what came of it stays until something else does."""
    others = _inside(meeting, review.entered, max(at, review.entered)) - review.talk
    return replace(review, left=None, away=max(0, floor(others.total_seconds())))


def time_of(meeting: Meeting, review: FlagReview, now: datetime) -> timedelta:
    """How long it has been spoken of: only while the meeting was in the section."""
    if review.left is not None:
        return review.talk
    spent = _inside(meeting, review.entered, max(now, review.entered))
    return max(NOTHING, spent - timedelta(seconds=review.away))


def latest(meeting: Meeting, reviews: Iterable[FlagReview], now: datetime) -> datetime:
    """Now, and never before the last thing that happened in it."""
    return max([now, meeting.last, *(each.left or each.entered for each in reviews)])


def before(walk: Walk) -> FlagReview | None:
    """The review that one goes back to."""
    now = walk.current.review if walk.current else None
    earlier = [each for each in walk.done if now is None or _turn_order(each) < _turn_order(now)]
    return earlier[-1] if earlier else None


def _turn_order(review: FlagReview) -> tuple[datetime, int]:
    return review.entered, int(review.id.rpartition("-")[2] or 0)


def _in_order(scores: Iterable[Score]) -> list[Score]:
    """Reds first, the longest in it first."""
    return sorted(scores, key=lambda each: (each.level != "red", each.since, len(each.id), each.id))


def _waits(score: Score, last: FlagReview | None) -> bool:
    """A flag whose turn has not been; one that has turned red since joins again."""
    if not score.flag or last is None or last.left is None:
        return score.flag
    return score.level == "red" and score.since > last.left


def _timed(
    meeting: Meeting,
    section: int,
    first: Score | None,
    review: FlagReview | None,
    waiting: Sequence[Score],
    reviews: Sequence[FlagReview],
    now: datetime,
) -> list[Turn]:
    """The time that was left when the first one's turn began is shared by all, a red counting twice an orange."""
    if first is None:
        return []
    at = moment(meeting, now)
    turn = review or begun(meeting, first, reviews)
    used = time_of(meeting, turn, at)
    rest = timedelta(seconds=meeting.sections[section].seconds) - used_by_section(meeting, at)[section] + used
    own, *_ = _shares(rest, [first, *waiting])
    later = _shares(rest - max(own, used), waiting)
    others = (Turn(score=score, allotted=part) for score, part in zip(waiting, later, strict=True))
    return [Turn(score=first, allotted=own, used=used, review=review), *others]


def _shares(rest: timedelta, flags: Sequence[Score]) -> list[timedelta]:
    seconds, whole = max(0, int(rest.total_seconds())), sum(WEIGHTS[each.level] for each in flags)
    return [timedelta(seconds=seconds * WEIGHTS[each.level] // whole) for each in flags]


def _begins(meeting: Meeting, reviews: Iterable[FlagReview]) -> datetime:
    """When the turn before was over; the first one's begins with the section."""
    entered = [span.entered for span in meeting.spans if meeting.sections[span.section].board == FLAGS]
    over = [each.left for each in reviews if each.left is not None]
    return max([*entered[:1], *over], default=meeting.last)


def _inside(meeting: Meeting, start: datetime, end: datetime) -> timedelta:
    """How much of it the meeting was in a section that walks the flags."""
    spans = (span for span in meeting.spans if meeting.sections[span.section].board == FLAGS)
    stays = (min(end, span.left or end) - max(start, span.entered) for span in spans)
    return sum((max(NOTHING, stay) for stay in stays), NOTHING)


def _last_in(meeting: Meeting, at: datetime) -> datetime:
    """The last moment, up to `at`, that the meeting was in such a section."""
    spans = (span for span in meeting.spans if meeting.sections[span.section].board == FLAGS)
    return max((min(at, span.left or at) for span in spans), default=at)
