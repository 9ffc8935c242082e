"""What is read back at the end of a call with a customer: what it is promised, by the words as they were said."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

import msgspec

from opsdesk.core.actions import Action
from opsdesk.core.meeting import Meeting
from opsdesk.core.ports import Reader
from opsdesk.core.registers.deliveries import Delivery
from opsdesk.insight.shown import unmarked
from opsdesk.insight.withheld import WITHHELD, Tells


class Said(msgspec.Struct, frozen=True, kw_only=True):
    """One promise, or what else was agreed: in the words as said, who does it (a handle), by when; `by`: who promised
    it, where that is somebody else.
    """

    id: str
    words: str
    who: str = ""
    by: str = ""
    due: date | None = None


class ReadBack(msgspec.Struct, frozen=True, kw_only=True):
    """`made`: promises of this call as they were said, `agreed`: its other actions, `still`: promises of earlier that
    are open, the one that is due first in front.
    """

    made: tuple[Said, ...] = ()
    agreed: tuple[Said, ...] = ()
    still: tuple[Said, ...] = ()


def read_back(reader: Reader, meeting: Meeting, said: Sequence[Action], tells: Tells) -> ReadBack:
    """`said`: the actions of this call, in order of time. `tells`: which words tell of somebody else."""
    here = [each for each in said if each.customer == meeting.customer and each.state != "dropped"]
    return ReadBack(
        made=tuple(_of_action(each, tells) for each in here if each.promise),
        agreed=tuple(_of_action(each, tells) for each in here if not each.promise),
        still=tuple(sorted(_still(reader, meeting, tells), key=lambda each: (each.due or date.max, each.id))),
    )


def _still(reader: Reader, meeting: Meeting, tells: Tells) -> Iterable[Said]:
    for action in reader.where(Action, customer=meeting.customer, promise=True):
        if action.live and action.meeting != meeting.id:
            yield _of_action(action, tells)
    for delivery in reader.where(Delivery, customer=meeting.customer):
        told = delivery.told or delivery.promised
        if delivery.live and told is not None:
            yield Said(id=delivery.id, words=_heard(delivery.title, tells), who=delivery.owner, due=told)


def _of_action(action: Action, tells: Tells) -> Said:
    told = action.told if action.promise else None
    words = (unmarked(told.words) if told else "") or action.title
    by = told.by if told and told.by != action.owner else ""
    return Said(id=action.id, words=_heard(words, tells), who=action.owner, by=by, due=action.due)


def _heard(words: str, tells: Tells) -> str:
    return WITHHELD if tells(words) else words
