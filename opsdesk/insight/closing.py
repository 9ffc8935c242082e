"""The closing gate: what a meeting still owes before its minutes are whole."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime

import msgspec
from msgspec.structs import replace

from opsdesk.core.actions import Action
from opsdesk.core.clocks import entered, moment, past_cap
from opsdesk.core.entries import Item
from opsdesk.core.meeting import Meeting
from opsdesk.core.said import Said, said_text
from opsdesk.core.scores import Score
from opsdesk.insight.withheld import Tells, as_heard, nothing

CHOICE = "do it, drop it with a reason, or escalate it"
SHORT = 60
SECTION = "section:"  # before its index: the key of an outcome
FLAG_BOARDS = ("flags", "scores")


class Owed(msgspec.Struct, frozen=True, kw_only=True):
    """One thing owed. `key` stays the same however often it is asked for; `ref` is the record's id, empty for none.

    `section` is the title of the section it belongs to.
    """

    key: str
    text: str
    ref: str = ""
    section: str = ""


class Table(msgspec.Struct, frozen=True, kw_only=True):
    """What lies on a meeting's table: what was `said` in it, the `items` and `actions` of its agenda, open flags.

    `customers`: handle to name. `touched`: titles of sections in which records of registers were made or changed.
    `tells`: which words those in the room must not read.
    """

    said: Sequence[Said] = ()
    items: Sequence[Item] = ()
    actions: Sequence[Action] = ()
    scores: Sequence[Score] = ()
    customers: Mapping[str, str] = {}
    touched: frozenset[str] = frozenset()
    tells: Tells = nothing


def owed(meeting: Meeting, table: Table, now: datetime) -> tuple[Owed, ...]:
    """What is still owed and was not waived: owners and dates, exit criteria, outcomes, choices, the cap's reason.

    A section that was never entered rolls on and owes nothing.
    """
    table = _shown(meeting, table)
    waived = {waiver.owed for waiver in meeting.waivers}
    found = (*_actions(table), *_flags(meeting, table), *_outcomes(meeting, table), *_choices(meeting, table))
    return tuple(each for each in (*found, *_cap(meeting, now)) if each.key not in waived)


def _shown(meeting: Meeting, table: Table) -> Table:
    """What may be seen in it: before one customer nothing of another's."""
    if not meeting.before:
        return table
    return replace(
        table,
        said=[as_heard(each, table.tells) for each in table.said if meeting.may_show(getattr(each, "customer", ""))],
        items=[as_heard(each, table.tells) for each in table.items if meeting.may_show(each.customer)],
        actions=[as_heard(each, table.tells) for each in table.actions if meeting.may_show(each.customer)],
        scores=[each for each in table.scores if meeting.may_show(each.customer)],
    )


def has_outcome(meeting: Meeting, index: int, table: Table) -> bool:
    """Something was said in it, settled or finished in it, or it was put off."""
    section = meeting.sections[index]
    if section.outcome or section.parked or section.title in table.touched:
        return True
    entries = any(each.section == section.title for each in table.said)
    return entries or _settled_here(meeting, section.title, table)


def _settled_here(meeting: Meeting, title: str, table: Table) -> bool:
    items = any(meeting.id in (i.settled_in, i.parked_in) for i in table.items if i.section == title)
    finished = (action.finished for action in table.actions if action.section == title and not action.live)
    return items or any(at and meeting.started and at >= meeting.started for at in finished)


def _actions(table: Table) -> Iterator[Owed]:
    for action in table.said:
        if not isinstance(action, Action) or not action.live:
            continue
        if not action.owner:
            yield _owed(action, "owner", "has no owner")
        if not action.due:
            yield _owed(action, "due", "has no due date")


def _flags(meeting: Meeting, table: Table) -> Iterator[Owed]:
    """Red flags set here, open ones an item of this meeting is about, and all where flags are on the agenda."""
    here = {each.id for each in table.said} | {each.ref for each in table.said if isinstance(each, Item)}
    every = any(section.board in FLAG_BOARDS for section in meeting.sections)
    for score in _scores(table):
        if score.live and (every or score.id in here) and score.level == "red" and not score.exit:
            name = table.customers.get(score.customer, score.customer)
            text = f"{name} {score.measure} is red and has no exit criterion."
            yield Owed(key=f"flag:{score.id}:exit", text=text, ref=score.id, section=score.section)


def _scores(table: Table) -> Iterable[Score]:
    said = {each.id: each for each in table.said if isinstance(each, Score)}
    return {**{each.id: each for each in table.scores}, **said}.values()


def without_outcome(owed: Iterable[Owed]) -> frozenset[int]:
    """Of what a gate asks for: the indexes of the sections that were reached and came to nothing yet."""
    return frozenset(int(each.key.removeprefix(SECTION)) for each in owed if each.key.startswith(SECTION))


def _outcomes(meeting: Meeting, table: Table) -> Iterator[Owed]:
    for index in sorted(entered(meeting)):
        if not has_outcome(meeting, index, table):
            title = meeting.sections[index].title
            yield Owed(key=f"{SECTION}{index}", text=f"{title} has no outcome.", section=title)


def _choices(meeting: Meeting, table: Table) -> Iterator[Owed]:
    """Of what had been put off three times before this meeting; keeping it here, where that is possible, is one too."""
    records: list[Action | Item] = [*table.items, *table.actions]
    for each in records:
        record = replace(each, relisted=tuple(id for id in each.relisted if id != meeting.id))
        kept = isinstance(each, Item) and each.parked_in == meeting.id
        if record.must_choose and not kept and meeting.customer in ("", record.customer):
            times = len(record.relisted)
            yield _owed(record, "choice", f"has been put off {times} times: {CHOICE}")


def _cap(meeting: Meeting, now: datetime) -> Iterator[Owed]:
    if not meeting.overrun and past_cap(meeting, moment(meeting, now)):
        yield Owed(key="overrun", text="The reason for going past the cap is missing.")


def _owed(record: Action | Item, part: str, what: str) -> Owed:
    word = "action" if isinstance(record, Action) else "item"
    text = f"{record.id} “{_short(said_text(record))}” {what}."
    return Owed(key=f"{word}:{record.id}:{part}", text=text, ref=record.id, section=record.section)


def _short(text: str) -> str:
    return text if len(text) <= SHORT else f"{text[: SHORT - 1]}…"
