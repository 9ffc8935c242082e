"""What others have to know of a walk over the flags: which flags there are, where some were walked, how it ends."""

from __future__ import annotations

from datetime import datetime

from msgspec.structs import replace

from opsdesk.core.customers import Customer
from opsdesk.core.flagreviews import FlagReview
from opsdesk.core.flagwalk import SPOKEN, ended, time_of
from opsdesk.core.meeting import Meeting
from opsdesk.core.ports import Reader, Work
from opsdesk.core.scores import Score, measure_key
from opsdesk.core.settings import Settings


def measures_of(settings: Settings) -> frozenset[str]:
    """Each as its `measure_key`."""
    return frozenset(measure_key(measure.name) for measure in settings.measures)


def walkable(read: Reader, measures: frozenset[str]) -> list[Score]:
    """What the cells of active customers say, of measures that there are; of others what is an open flag still."""
    active = {customer.handle for customer in read.live(Customer)}
    live = (score for score in read.live(Score) if score.customer in active)
    return [score for score in live if score.flag or measure_key(score.measure) in measures]


def walked_in(read: Reader, meeting: Meeting, now: datetime) -> frozenset[str]:
    """The titles of the sections in which flags were walked."""
    reviews = read.where(FlagReview, meeting=meeting.id)
    return frozenset(each.section for each in reviews if each.outcome or time_of(meeting, each, now) > SPOKEN)


def last_walked(read: Reader, meeting: str) -> tuple[datetime, ...]:
    """When something of its walk over the flags happened, in any order."""
    return tuple(each.left or each.entered for each in read.where(FlagReview, meeting=meeting))


def end_walk(work: Work, meeting: Meeting) -> None:
    """The meeting has ended in the middle of a turn: it was one if it took more than 15 seconds, else it never was."""
    for review in work.where(FlagReview, meeting=meeting.id):
        if review.live and meeting.ended is not None:
            over = ended(meeting, review, meeting.ended)
            if not over.outcome and over.talk <= SPOKEN:
                work.remove(FlagReview, review.id)
            else:
                work.put(replace(over, outcome=over.outcome or "discussed"))
