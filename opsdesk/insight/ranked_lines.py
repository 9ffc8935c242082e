"""The ranked list of a section of priorities as lines of minutes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from opsdesk.core.actions import Action
from opsdesk.core.entries import Item
from opsdesk.core.meeting import Meeting, Section
from opsdesk.core.rankedlines import RankedLine
from opsdesk.core.ranking import ranking
from opsdesk.insight.minute_lines import Lines

PRIORITIES = "priorities"


def ranked_lines(
    meeting: Meeting, section: Section, items: Iterable[Item], actions: Sequence[Action], lines: Lines
) -> tuple[RankedLine, ...]:
    """What was open in it when the meeting ended, in order; nothing of any other section, and of a meeting that was not
    held. `items`: of the section; an owner is that of the action an item is about.
    """
    if section.board != PRIORITIES or meeting.started is None:
        return ()
    owners = {action.id: lines.person(action.owner) for action in actions}
    still = [each for each in items if each.opened <= lines.until and (each.live or _later(each, lines))]
    return tuple(
        RankedLine(
            place=place,
            id=each.id,
            text=each.text,
            customer=lines.customer(each.customer),
            owner=owners.get(each.ref, ""),
            why=each.why,
            relisted=len(each.relisted),
            choose=each.must_choose,
        )
        for place, each in enumerate(ranking(still), 1)
    )


def _later(item: Item, lines: Lines) -> bool:
    """Settled after it."""
    return item.settled is not None and item.settled > lines.until
