"""Records of registers that were made or changed in a meeting, as lines of its minutes, from its journal."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from opsdesk.core.declared import titles
from opsdesk.core.journal import Change, Fields, Transaction
from opsdesk.core.kinds import shape_named
from opsdesk.core.minutes import ChangedLine
from opsdesk.core.overtaken import Voice
from opsdesk.core.register import ORIGIN, Registered
from opsdesk.core.registers import registers
from opsdesk.insight.judged_lines import KIND as JUDGED
from opsdesk.insight.judged_lines import judged_line
from opsdesk.insight.minute_lines import Lines
from opsdesk.insight.since import net
from opsdesk.insight.trail import told

MOST = 40
"""Characters of one value."""
SILENT = ("state", "why", "slips", "talk", "informed", "notices", *ORIGIN)


def sections_touched(journal: Iterable[Transaction]) -> frozenset[str]:
    """The titles of the sections in which records of registers were made or changed for good."""
    return frozenset(_by_section(journal))


def changed_lines(
    section: str, journal: Sequence[Transaction], records: Mapping[str, Registered], lines: Lines, inside: bool
) -> tuple[ChangedLine, ...]:
    """Of one section, in the order they were touched first. `records`: those that may be named, by id.

    `inside`: whether single fields are told too; before a customer it is no more than the state.
    """
    found = []
    for change in _by_section(journal).get(section, ()):
        record = records.get(change.id)
        if record is not None and record.kind == JUDGED:
            found.append(judged_line(change, record, lines))
        elif record is not None:
            what = _what(change, record, lines, inside)
            if what:
                text = registers()[record.kind].text_of(record, lines.person)
                found.append(ChangedLine(id=change.id, text=text, what=what))
    return tuple(found)


def _by_section(journal: Iterable[Transaction]) -> dict[str, list[Change]]:
    """The net changes of records of registers, by the section in which they were touched."""
    by_section: dict[str, list[Transaction]] = {}
    for tx in journal:
        by_section.setdefault(tx.section, []).append(tx)
    kept = {section: [each for each in net(these) if _is_told(each)] for section, these in by_section.items()}
    return {section: changes for section, changes in kept.items() if changes}


def _is_told(change: Change) -> bool:
    shape = shape_named(change.kind)
    return change.after is not None and shape is not None and issubclass(shape, Registered) and shape.kind != "timeline"


def _what(change: Change, record: Registered, lines: Lines, inside: bool) -> str:
    """ "new", "identified → monitoring", "Forecast: 2026-11-24 → 2026-12-01 (the carrier is late)"."""
    before, after = change.before, change.after or {}
    if before is None:
        state = str(after.get("state") or "")
        return f"new, {state}" if state and state != next(iter(record.states), "") else "new"
    if after.get("state", "") != before.get("state", ""):
        why = f": {after['why']}" if inside and after.get("why") else ""
        state = f"{before['state']} → {after['state']}{why}"
        return "; ".join([state, *(_fields(change, record, lines, moved=True) if inside else ())])
    fields = "; ".join(_fields(change, record, lines)) if inside else ""
    why = _why(record, after)
    return f"{fields} ({why})" if fields and why else fields


def _why(record: Registered, after: Fields) -> str:
    """Of a date that was moved the reason stands with the date before it."""
    slips = getattr(record, "slips", ())
    return str(slips[-1].why) if slips and "slips" in after else str(after.get("why") or "")


def _fields(change: Change, record: Registered, lines: Lines, *, moved: bool = False) -> tuple[str, ...]:
    """Those that carry a title; where its state `moved`, without the times and days that its verbs stamp."""
    shape, before, after = type(record), change.before or {}, change.after or {}
    stamped = [name for verb in registers()[record.kind].verbs for name in verb.stamps] if moved else []
    silent = (*SILENT, *(record.in_order if moved else ()), *stamped)
    differing = (name for name, value in after.items() if before.get(name) != value)
    names = [name for name in differing if name in titles(shape) and name not in silent]
    part = Change(
        change.kind, change.id, {name: before.get(name) for name in names}, {name: after[name] for name in names}
    )
    return told(part, shape, Voice(person=lines.person, customer=lines.customer, zone=lines.zone), MOST)
