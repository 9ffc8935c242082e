"""What was done in a meeting to records that were there before it: to actions and agenda items, and in the timelines of
incidents.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from opsdesk.core.actions import Action
from opsdesk.core.declared import titles
from opsdesk.core.entries import Item
from opsdesk.core.journal import Change, Transaction
from opsdesk.core.minutes import ChangedLine
from opsdesk.core.overtaken import Voice
from opsdesk.core.register import Registered
from opsdesk.core.registers.timeline import TimelineEntry
from opsdesk.core.said import said_text
from opsdesk.insight.minute_lines import Lines
from opsdesk.insight.since import net
from opsdesk.insight.trail import told

MOST = 40
"""Characters of one value."""
BY_STATE = ("state", "why", "waiting_on", "wait_until")
INFORMED = " informed"


def sections_moved(journal: Iterable[Transaction], moved: Mapping[str, Action | Item]) -> frozenset[str]:
    """The titles of the sections in which one of these actions and items, by id, was changed for good."""
    known = list(journal)
    return frozenset(title for title in {tx.section for tx in known} if any(_moved(title, known, moved)))


def moved_lines(
    section: str, journal: Iterable[Transaction], moved: Mapping[str, Action | Item], lines: Lines, inside: bool
) -> tuple[ChangedLine, ...]:
    """Of one section, in the order they were touched first. `moved`: those that may be named, by id.

    `inside`: whether fields and reasons are told too; before a customer it is no more than the state, and the new date
    of a promise.
    """
    found = (
        (record, "; ".join(_steps(change, record, lines, inside))) for change, record in _moved(section, journal, moved)
    )
    return tuple(ChangedLine(id=record.id, text=said_text(record), what=what) for record, what in found if what)


def timeline_lines(
    section: str, journal: Iterable[Transaction], records: Mapping[str, Registered], lines: Lines
) -> tuple[ChangedLine, ...]:
    """What was entered into timelines in one section, each with the id of what it is about; a change of state is told
    with the record itself. `records`: those that may be named, by id.
    """
    made = (records.get(change.id) for change in _net(section, journal) if change.before is None)
    entries = (each for each in made if isinstance(each, TimelineEntry) and each.what != "state")
    return tuple(ChangedLine(id=each.about, text=_said(each, lines), what=_entered(each, lines)) for each in entries)


def _net(section: str, journal: Iterable[Transaction]) -> list[Change]:
    return [each for each in net(tx for tx in journal if tx.section == section) if each.after is not None]


def _moved(
    section: str, journal: Iterable[Transaction], moved: Mapping[str, Action | Item]
) -> Iterator[tuple[Change, Action | Item]]:
    """Those that were there before; what differs only in what the desk itself keeps is no change."""
    for change in _net(section, journal):
        record = moved.get(change.id)
        if record is not None and change.before is not None and _differing(change, record):
            yield change, record


def _differing(change: Change, record: Action | Item) -> list[str]:
    """Of an item only that it was escalated: what was settled or parked is told as such."""
    before, after = change.before or {}, change.after or {}
    told_of = ("escalated", *(titles(Action) if isinstance(record, Action) else ()))
    return [name for name, value in after.items() if name in told_of and before.get(name) != value]


def _steps(change: Change, record: Action | Item, lines: Lines, inside: bool) -> Iterator[str]:
    """ "ready → started", "escalated: who pays for it?"."""
    names = _differing(change, record)
    before, after = change.before or {}, change.after or {}
    if "state" in names:
        yield f"{before['state']} → {_state(after, lines) if inside else after['state']}"
    if not inside:
        yield from _new_date(change, record, names, lines)
        return
    if after.get("escalated"):
        yield f"escalated: {record.why}" if record.why else "escalated"
    if isinstance(record, Action):
        yield from _fields(change, record, names, lines)


def _new_date(change: Change, record: Action | Item, names: Iterable[str], lines: Lines) -> Iterable[str]:
    """Of a promise, which a customer hears with its new date; not why."""
    promised = isinstance(record, Action) and record.promise and "due" in names
    return _told(change, ["due"], lines) if promised else ()


def _fields(change: Change, action: Action, names: Iterable[str], lines: Lines) -> Iterator[str]:
    """ "Due: 2026-11-25 → 2026-11-27 (their test data came late)"."""
    after = change.after or {}
    fields = [name for name in names if name not in (*BY_STATE, "escalated")]
    moved = f" ({action.slips[-1].why})" if "slips" in after and action.slips and action.slips[-1].why else ""
    for name, words in zip(fields, _told(change, fields, lines), strict=True):
        yield f"{words}{moved if name == 'due' else ''}"


def _told(change: Change, fields: Sequence[str], lines: Lines) -> Iterable[str]:
    """Each of these fields of an action: what it was, and is."""
    before, after = change.before or {}, change.after or {}
    part = Change(change.kind, change.id, {n: before.get(n) for n in fields}, {n: after[n] for n in fields})
    return told(part, Action, Voice(person=lines.person, customer=lines.customer, zone=lines.zone), MOST)


def _state(after: Mapping[str, object], lines: Lines) -> str:
    """With whom it waits for, or why it was dropped."""
    if after["state"] == "waiting" and after.get("waiting_on"):
        return f"waiting on {lines.person(str(after['waiting_on']))}"
    return f"{after['state']}: {after['why']}" if after.get("why") else str(after["state"])


def _said(entry: TimelineEntry, lines: Lines) -> str:
    """Who was informed stands in an entry by the handle."""
    who, informed, how = entry.text.partition(INFORMED)
    return f"{lines.person(who)}{informed}{how}" if entry.what == "informed" and informed else entry.text


def _entered(entry: TimelineEntry, lines: Lines) -> str:
    """ "update, 16:34", "note by Tom Reyes, 16:20", of who was informed "16:34"; with the day if that is another."""
    by = f" by {lines.person(entry.by)}" if entry.by and entry.by != entry.created_by else ""
    what = "" if entry.what == "informed" else entry.what
    if entry.at is None:
        return f"{what}{by}".strip()
    return ", ".join(filter(None, (f"{what}{by}".strip(), lines.moment(entry.at))))
