"""The walk over the flags as lines of minutes: what came of each, and which were not reached."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TypeGuard

from opsdesk.core.flagreviews import FlagReview, Outcome
from opsdesk.core.flagwalk import Turn, section_of, walk
from opsdesk.core.meeting import Meeting
from opsdesk.core.scores import Score
from opsdesk.core.walkedlines import Walked, WalkedLine
from opsdesk.insight.minute_lines import Lines


def walked_lines(
    meeting: Meeting, section: int, reviews: Sequence[FlagReview], flags: Sequence[Score], lines: Lines
) -> tuple[WalkedLine, ...]:
    """Of one section (its index), in the order of their turns. `reviews`: of the meeting; `flags`: what was red or
    orange when it ended.
    """
    title = meeting.sections[section].title
    turns = sorted(reviews, key=lambda each: (each.entered, len(each.id), each.id))
    found = [_walked(each, each.outcome, lines) for each in turns if each.section == title and _came(each.outcome)]
    here = meeting.started is not None and section_of(meeting) == section
    return (*found, *(_not_reached(meeting, reviews, flags, lines) if here else ()))


def open_at_end(scores: Iterable[Score], meeting: Meeting) -> tuple[Score, ...]:
    """Of everything that was said of some cells: what was red or orange when the meeting ended."""
    last: dict[tuple[str, str], Score] = {}
    for score in sorted(scores, key=lambda each: (each.at, len(each.id), each.id)):
        if meeting.ended is None or score.at <= meeting.ended:
            last[score.customer, score.measure] = score
    return tuple(score for score in last.values() if score.flag)


def _came(outcome: Outcome) -> TypeGuard[Walked]:
    return outcome != ""


def _walked(review: FlagReview, outcome: Walked, lines: Lines) -> WalkedLine:
    return WalkedLine(
        id=review.id,
        customer=lines.customer(review.customer),
        measure=review.measure,
        level=review.level,
        outcome=outcome,
        why=review.why,
        plan=review.plan,
        together=review.at_once and outcome == "kept",
        seconds=int(review.talk.total_seconds()),
    )


def _not_reached(
    meeting: Meeting, reviews: Sequence[FlagReview], flags: Sequence[Score], lines: Lines
) -> Iterator[WalkedLine]:
    left = walk(meeting, flags, reviews, lines.until).ahead
    return (_left(turn, lines) for turn in left if turn.review is None or not turn.review.outcome)


def _left(turn: Turn, lines: Lines) -> WalkedLine:
    score = turn.score
    name = lines.customer(score.customer)
    return WalkedLine(id=score.id, customer=name, measure=score.measure, level=score.level, outcome="not reached")
