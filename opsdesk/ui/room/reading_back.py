"""The read-back at the closing gate: by person what was agreed; to a customer what it is promised next."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from opsdesk.core.actions import Action
from opsdesk.core.dates import readable
from opsdesk.core.meeting import Meeting
from opsdesk.desk import Desk
from opsdesk.insight.readback import Said, read_back
from opsdesk.insight.withheld import Tells, as_heard
from opsdesk.ui.ink import Ink
from opsdesk.ui.widgets.columns import Row

OPEN = 8
"""So many of a kind are read back; the board of open promises shows all."""
DATE = 10


def rows(desk: Desk, meeting: Meeting, tells: Tells) -> list[Row]:
    if "readback" not in meeting.steps:
        return []
    actions = [each for each in desk.meetings.said(meeting.id) if isinstance(each, Action)]
    return _promised(desk, meeting, actions, tells) if meeting.customer else _agreed(desk, meeting, actions, tells)


def _promised(desk: Desk, meeting: Meeting, actions: Sequence[Action], tells: Tells) -> list[Row]:
    found = read_back(desk.read, meeting, actions, tells)
    none = [Row(across=(Ink("  Nothing was promised in this call.", "dim"),))]
    blocks = [
        [_head("READ BACK · what we promise next"), Row(), *(_lines(desk, found.made) or none)],
        [_head("ALSO AGREED"), Row(), *_lines(desk, found.agreed)] if found.agreed else [],
        [_head("STILL PROMISED"), Row(), *_lines(desk, found.still)] if found.still else [],
    ]
    return [row for block in blocks if block for row in (*block, Row())][:-1]


def _lines(desk: Desk, said: Sequence[Said]) -> list[Row]:
    """Fri 27 Nov  Raj Patel  Send the price list by Friday: words come last, so that a long line hides no date."""
    whos = [_who(desk, each) for each in said[:OPEN]]
    wide = max(map(len, whos), default=0)
    rows = [_line(desk, each, who.ljust(wide)) for each, who in zip(said, whos, strict=False)]
    hidden = len(said) - OPEN
    return [*rows, *([Row(across=(Ink(f"  … {hidden} more", "dim"),))] if hidden > 0 else [])]


def _who(desk: Desk, said: Said) -> str:
    who = desk.people.person_name(said.who) or "nobody yet"
    return f"{who}, promised by {desk.people.person_name(said.by)}" if said.by else who


def _line(desk: Desk, said: Said, who: str) -> Row:
    today = desk.today()
    when, late = readable(said.due, today) if said.due else "no date", said.due is not None and said.due < today
    return Row(
        across=(
            Ink(f"  {said.id:<7}", "accent"),
            Ink(f"{when:<{DATE}}  ", "orange" if late else "ink"),
            Ink(f"{who}  ", "bright!" if said.who else "orange"),
            Ink(said.words),
        )
    )


def _agreed(desk: Desk, meeting: Meeting, actions: Sequence[Action], tells: Tells) -> list[Row]:
    made = [as_heard(each, tells) for each in actions if meeting.may_show(each.customer)]
    found = [_head("READ BACK"), Row()]
    for owner, mine in groupby(sorted(made, key=lambda a: a.owner), key=lambda a: a.owner):
        found.append(Row(across=(Ink(f"  {desk.people.person_name(owner) or 'nobody yet'}", "bright!"),)))
        found += [_action(desk, action) for action in mine]
    return found if made else [*found, Row(across=(Ink("  No actions were made.", "dim"),))]


def _action(desk: Desk, action: Action) -> Row:
    due = readable(action.due, desk.today()) if action.due else "no date"
    return Row(across=(Ink(f"    {action.id:<7}", "accent"), Ink(action.title), Ink(f"   {due}", "dim")))


def _head(title: str) -> Row:
    return Row(across=(Ink(f" {title}", "dim"),))
