"""What a meeting leaves on paper: its records turned into minutes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, tzinfo
from typing import TypeVar

import msgspec
from msgspec.structs import replace

from opsdesk.core.actions import Action
from opsdesk.core.clocks import entered, used_by_section
from opsdesk.core.customers import Customer
from opsdesk.core.entries import Decision, Item, Note
from opsdesk.core.flagreviews import FlagReview
from opsdesk.core.journal import Transaction
from opsdesk.core.meeting import NOTHING, Meeting, Section
from opsdesk.core.minutes import CarriedLine, ChangedLine, MinuteItem, Minutes, Standing, Waived, reported
from opsdesk.core.people import Person
from opsdesk.core.register import Registered
from opsdesk.core.registers.incidents import Incident
from opsdesk.core.scores import Score
from opsdesk.insight.changed_lines import changed_lines
from opsdesk.insight.happened import moved_lines, timeline_lines
from opsdesk.insight.minute_head import header_of, whole_minutes
from opsdesk.insight.minute_lines import Lines, by_number
from opsdesk.insight.ranked_lines import ranked_lines
from opsdesk.insight.under_way import open_lines
from opsdesk.insight.walked_lines import walked_lines
from opsdesk.insight.withheld import Tells, nothing, printed

OUTAGES = "outages"
"""The board of the section that tells what was open."""


class Material(msgspec.Struct, frozen=True, kw_only=True):
    """The records minutes are made from.

    `notes`, `decisions`, `scores`: of this meeting. `actions`: of this meeting and of its agenda. `items`: of its
    agenda. `meetings`: of its agenda and customer. `journal`: what was done in it, oldest first; `registered`: records
    of registers, by id, that may be named in its minutes; `moved`: actions of earlier, the same way.
    `under_way`: incidents that were open when it met, as they stood then, that may be named.
    `reviews`: of flags, in this meeting; `open_flags`: what was red or orange when it ended, where it walks the flags.
    `tells`: which words a customer must not read.
    """

    notes: Sequence[Note] = ()
    decisions: Sequence[Decision] = ()
    scores: Sequence[Score] = ()
    actions: Sequence[Action] = ()
    items: Sequence[Item] = ()
    meetings: Sequence[Meeting] = ()
    people: Sequence[Person] = ()
    customers: Sequence[Customer] = ()
    journal: Sequence[Transaction] = ()
    registered: Mapping[str, Registered] = {}
    moved: Mapping[str, Action | Item] = {}
    under_way: Sequence[Incident] = ()
    reviews: Sequence[FlagReview] = ()
    open_flags: Sequence[Score] = ()
    tells: Tells = nothing


def minutes_of(
    meeting: Meeting,
    material: Material,
    *,
    company: str,
    zone: tzinfo,
    next_start: datetime | None = None,
    owed: tuple[str, ...] = (),
) -> Minutes:
    """The minutes of this meeting, ids in the order of their numbers, times local to `zone`.

    A meeting whose audience is a customer holds that customer's records only, and nothing of what is owed inside.
    """
    inside = _inside(meeting)
    ours = _shareable(meeting, material)
    lines = _lines(meeting, ours, zone)
    found = replace(
        header_of(meeting, lines, company),
        flags=tuple(lines.flag(each) for each in by_number(ours.scores)),
        previous=tuple(lines.action(each) for each in _previous(meeting, ours, lines)),
        items=tuple(_item(number, meeting, ours, lines) for number in range(1, len(meeting.sections) + 1)),
        remarks=tuple(each.text for each in _in_order(ours.notes) if each.section not in lines.items),
        decisions=tuple(lines.decision(each) for each in by_number(ours.decisions)),
        actions=tuple(lines.action(each) for each in by_number(ours.actions) if each.meeting == meeting.id),
        parked=tuple(_carried(meeting, ours, lines)),
        owed=owed if inside else (),
        waived=_waived(meeting, lines) if inside else (),
        next=lines.local(next_start) if next_start else None,
    )
    return found if inside else printed(found, material.tells)


def _inside(meeting: Meeting) -> bool:
    """Whether no customer reads them."""
    return meeting.audience != "customer"


def _lines(meeting: Meeting, material: Material, zone: tzinfo) -> Lines:
    return Lines(
        people={person.handle: person.name for person in material.people},
        customers={customer.handle: customer.name for customer in material.customers},
        items={section.title: number for number, section in enumerate(meeting.sections, 1)},
        zone=zone,
        until=meeting.ended or meeting.last,
    )


def _shareable(meeting: Meeting, material: Material) -> Material:
    """Of a customer's series, what belongs to that customer; in front of the customer nothing else at all, and nothing
    of how the company judges it.
    """
    if not meeting.customer:
        return material
    projected = meeting.audience == "customer"

    def ours(record: Action | Item | Score) -> bool:
        said_here = record.meeting == meeting.id and not (projected and record.customer)
        return record.customer == meeting.customer or said_here

    return replace(
        material,
        scores=[] if projected else [score for score in material.scores if ours(score)],
        reviews=[] if projected else material.reviews,
        open_flags=[] if projected else material.open_flags,
        actions=[action for action in material.actions if ours(action)],
        items=[item for item in material.items if ours(item)],
        moved={id: action for id, action in material.moved.items() if ours(action)},
    )


def _waived(meeting: Meeting, lines: Lines) -> tuple[Waived, ...]:
    return tuple(
        Waived(what=each.what or each.owed, why=each.why, by=lines.person(each.by)) for each in meeting.waivers
    )


def _previous(meeting: Meeting, material: Material, lines: Lines) -> list[Action]:
    """Earlier actions that were on the table: past due on the meeting's day, or finished since the last one."""
    if meeting.started is None:
        return []
    since = _previous_end(meeting, material.meetings)
    today = lines.local(meeting.started).date()
    return by_number(each for each in material.actions if _on_the_table(each, meeting, since, today, lines))


def _previous_end(meeting: Meeting, meetings: Sequence[Meeting]) -> datetime | None:
    begin = meeting.started or meeting.scheduled
    return max((each.ended for each in meetings if each.ended and each.started and each.ended <= begin), default=None)


def _on_the_table(action: Action, meeting: Meeting, since: datetime | None, today: date, lines: Lines) -> bool:
    if action.meeting == meeting.id or action.agenda != meeting.agenda:
        return False
    if lines.state(action) in ("done", "dropped"):
        return since is None or action.finished is None or action.finished > since
    return action.due is not None and action.due < today


def _item(number: int, meeting: Meeting, material: Material, lines: Lines) -> MinuteItem:
    section = meeting.sections[number - 1]
    here = [each for each in material.items if each.section == section.title]
    notes = [each.text for each in _in_order(material.notes) if each.section == section.title]
    kept = MinuteItem(
        number=number,
        title=section.title,
        planned=section.minutes,
        actual=whole_minutes(used_by_section(meeting, lines.until)[number - 1]),
        reached=number - 1 in entered(meeting),
        put_off=section.parked,
        outcome=section.outcome,
        open=open_lines(material.under_way, lines, _inside(meeting)) if section.board == OUTAGES else (),
        notes=tuple(notes),
        decisions=tuple(lines.decision(each) for each in _said(material.decisions, meeting, section)),
        actions=tuple(lines.action(each) for each in _said(material.actions, meeting, section)),
        flags=tuple(lines.flag(each) for each in _said(material.scores, meeting, section)),
        walked=walked_lines(meeting, number - 1, material.reviews, material.open_flags, lines),
        ranked=ranked_lines(meeting, section, here, material.actions, lines),
        changed=_changed(section.title, meeting, material, lines),
        parked=tuple(_put_here(each, meeting, lines, material) for each in by_number(here) if _of_here(each, meeting)),
        settled=tuple(lines.carried(each, _settled(each)) for each in by_number(here) if each.settled_in == meeting.id),
    )
    return replace(kept, outcome="") if kept.outcome == NOTHING and reported(kept) else kept


def _changed(title: str, meeting: Meeting, material: Material, lines: Lines) -> tuple[ChangedLine, ...]:
    """Before a customer nothing of timelines. What the closing gate asked of actions belongs to no section."""
    inside, journal, records = _inside(meeting), material.journal, material.registered
    before = [tx for tx in journal if meeting.closing is None or tx.at < meeting.closing]
    return (
        *changed_lines(title, journal, records, lines, inside),
        *(timeline_lines(title, journal, records, lines) if inside else ()),
        *moved_lines(title, before, material.moved, lines, inside),
    )


def _in_order(notes: Sequence[Note]) -> list[Note]:
    return sorted(by_number(notes), key=lambda note: note.at)


S = TypeVar("S", Action, Decision, Item, Score)


def _said(records: Iterable[S], meeting: Meeting, section: Section) -> list[S]:
    return by_number(each for each in records if each.meeting == meeting.id and each.section == section.title)


def _settled(item: Item) -> Standing:
    return "dropped" if item.state == "dropped" else "done"


def _carried(meeting: Meeting, material: Material, lines: Lines) -> Iterator[CarriedLine]:
    """Every item of the series still open when the meeting ended."""
    reached = {meeting.sections[index].title for index in entered(meeting)}
    for item in by_number(material.items):
        settled_later = item.settled is not None and item.settled > lines.until
        if item.live or settled_later:
            yield lines.carried(item, _standing(item, meeting, reached, lines, material))


def _of_here(item: Item, meeting: Meeting) -> bool:
    """Put on the agenda or put off in this meeting, and not settled in it."""
    return meeting.id in (item.meeting, item.parked_in) and item.settled_in != meeting.id


def _put_here(item: Item, meeting: Meeting, lines: Lines, material: Material) -> CarriedLine:
    if item.parked_in == meeting.id:
        return lines.carried(item, "parked")
    return lines.carried(item, "escalated" if _is_escalated(item, lines, material) else "still open")


def _is_escalated(item: Item, lines: Lines, material: Material) -> bool:
    """By the end of the meeting, or in its name: while it runs its last event lies before what is done in it."""
    touched = any(change.id == item.id for tx in material.journal for change in tx.changes)
    return item.escalated is not None and (item.escalated <= lines.until or touched)


def _standing(item: Item, meeting: Meeting, reached: set[str], lines: Lines, material: Material) -> Standing:
    if item.parked_in == meeting.id and item.settled_in != meeting.id:
        return "parked"
    if _is_escalated(item, lines, material):
        return "escalated"
    return "still open" if item.section in reached else "not reached"
