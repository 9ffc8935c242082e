"""The rail at the left of the Room: the agenda with its minutes, and who is here."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import datetime
from zoneinfo import ZoneInfo

from opsdesk.core.attendance import in_room, is_late
from opsdesk.core.clocks import View, entered
from opsdesk.core.meeting import Meeting
from opsdesk.ui.dates import clock
from opsdesk.ui.ink import Ink, fit

Lines = list[list[Ink]]
Name = Callable[[str], str]
MARK = 2


def minutes(seconds: float) -> str:
    """Whole minutes, half up."""
    return str(int(seconds / 60 + 0.5))


def agenda(meeting: Meeting, view: View, room: int, owing: Collection[int] = ()) -> Lines:
    """One line a section: reached ones as used/planned, the current one marked. `owing`: those without an outcome."""
    head = [Ink("AGENDA", "dim"), Ink(fit("", room - 9)), Ink("min", "dim")]
    return [head, [], *[_section(meeting, view, at, room, at in owing) for at in range(len(meeting.sections))]]


def _section(meeting: Meeting, view: View, at: int, room: int, owing: bool) -> list[Ink]:
    section, reached = meeting.sections[at], at in entered(meeting)
    used, allotted = minutes(view.sections[at].total_seconds()), minutes(section.seconds)
    spent = f"{used}/{allotted}" if reached else allotted
    here = at == view.section and not view.closing and view.running
    done = "· " if owing else "✓ "
    mark = "▌ " if here else done if reached else "– " if section.parked else "  "
    role = "accent!" if here else "dim" if reached or section.parked else "ink"
    figure = "red" if int(used) > int(allotted) else "orange" if at in view.will_not_fit else role
    return [
        Ink(mark, role),
        Ink(fit(section.title, room - MARK - len(spent) - 1), role),
        Ink(" "),
        Ink(spent, figure),
    ]


def people(meeting: Meeting, name: Name, zone: ZoneInfo, parked: int) -> Lines:
    """here 6 of 7 · late · left · parked."""
    rows = [_pair("here", f"{len(in_room(meeting))} of {len(meeting.attendance)}")]
    rows += [_at("late", a.who, a.came, name, zone) for a in meeting.attendance if is_late(meeting, a)]
    rows += [_at("left", a.who, a.left, name, zone) for a in meeting.attendance if a.left]
    if parked:
        rows.append(_pair("parked", str(parked)))
    return rows


def _pair(label: str, value: str) -> list[Ink]:
    return [Ink(fit(label, 8), "dim"), Ink(value)]


def _at(label: str, who: str, when: datetime | None, name: Name, zone: ZoneInfo) -> list[Ink]:
    return _pair(label, f"{name(who).split(' ')[0]} {clock(when, zone) if when else ''}")
