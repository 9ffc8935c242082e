"""What a verb did, said from the record as it was kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from opsdesk.core.actions import Action
from opsdesk.core.declared import title_of
from opsdesk.core.fieldvalues import said_of
from opsdesk.core.journal import Transaction
from opsdesk.core.register import Register, Registered, Verb
from opsdesk.insight.shown import reduced
from opsdesk.ui.dates import day

if TYPE_CHECKING:
    from opsdesk.ui.screens.base import DeskScreen

UNDO = "z undoes"


def corrected(screen: DeskScreen, seen: Action, action: Action) -> str:
    """A-278 corrected · Sue Park dropped it at 05:50."""
    since = [_ended(screen, action)] if seen.live and not action.live else []
    return " · ".join((f"{action.id} corrected", *since, UNDO))


def _ended(screen: DeskScreen, action: Action) -> str:
    """Who finished or dropped it meanwhile, and when; before others than the team nobody is named."""
    did = "dropped" if action.state == "dropped" else "finished"
    entry = next((each for each in reversed(screen.desk.trail(action.id)) if _moves(each, action.id)), None)
    if entry is None or screen.home.glance.before.audience != "team":
        return f"it was {did} meanwhile"
    at, today = entry.at.astimezone(screen.desk.settings.zone), screen.desk.today()
    on = "" if at.date() == today else f"on {day(at.date(), today)} "
    return f"{screen.person(entry.by)} {did} it {on}at {at:%H:%M}"


def _moves(entry: Transaction, id: str) -> bool:
    return any(change.id == id and "state" in (change.after or {}) for change in entry.changes)


def waits(screen: DeskScreen, action: Action) -> str:
    """A-173 waits on Kofi Mensah until Fri 27 Nov."""
    on = screen.person(action.waiting_on)
    until = f" until {day(action.wait_until, screen.desk.today())}" if action.wait_until else ""
    return f"{action.id} waits on {on}{until} · {UNDO}"


def goes(screen: DeskScreen, action: Action) -> str:
    """A-173 goes to Sue Park."""
    return f"{action.id} goes to {screen.person(action.owner)} · {UNDO}"


def is_due(screen: DeskScreen, action: Action) -> str:
    """A-173 is due Fri 27 Nov."""
    when = f"is due {day(action.due, screen.desk.today())}" if action.due else "has no date"
    return f"{action.id} {when} · {UNDO}"


def stepped(screen: DeskScreen, register: Register, verb: Verb, was: Registered, kept: Registered) -> str:
    """I-2 is monitoring · next update 17:30; DL-3: new forecast Tue 1 Dec; what it changed besides is said with it."""
    use = screen.desk.registers
    names, look = use.directories(screen.home.glance.customer), use.look()
    was, kept = (reduced(each, screen.home.glance.before) for each in (was, kept))
    changed = [name for name in verb.asks if kept[name] != was[name] and kept[name]]
    said = {name: said_of(register.shape, name, kept[name], names, look) for name in changed}
    meant = said.pop(verb.needs[0], "") if verb.needs and not verb.to else ""
    did = f"{kept.id} is {verb.to}" if verb.to else f"{kept.id}: {verb.label.lower()} {meant}".rstrip()
    return " · ".join(
        (did, *(f"{title_of(register.shape, name).lower()} {value}" for name, value in said.items()), UNDO)
    )
