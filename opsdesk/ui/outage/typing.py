"""What is typed of an incident into the capture bar, answered as one types."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from msgspec.structs import replace

from opsdesk.core.errors import Invalid
from opsdesk.core.instants import readable
from opsdesk.core.outageentry import Entered, Kind, is_way
from opsdesk.core.register import Verb
from opsdesk.core.registers.incidents import REGISTER, Incident, Talk
from opsdesk.core.registers.timeline import TimelineEntry
from opsdesk.insight.talking import NEVER, TITLES
from opsdesk.ui.ink import Ink
from opsdesk.ui.typing.modes import words_mode
from opsdesk.ui.widgets.capture_bar import Mode

if TYPE_CHECKING:
    from opsdesk.ui.outage.keys import OutageKeys
    from opsdesk.ui.screens.base import DeskScreen

HINTS: dict[Kind, str] = {
    "note": "what  @who  a time in front where it was earlier;  told Sales by phone;  next 17:00",
    "update": "how it stands;  next 17:00 at the end",
    "told": "a department, @who, how, when: Sales, @sue by phone 14:05",
}
LABELS: dict[Kind, str] = {"note": "note", "update": "update", "told": "told"}
EMPTY = ("none", "-")


def line_mode(screen: OutageKeys, kind: Kind, text: str = "") -> Mode:
    """One line of the outage, kept as what it says; a note's bar stays open for the next."""
    incident, use = screen.incident, screen.desk.incidents

    def call(typed: str) -> Entered:
        doubt = _doubt(use.understood(typed, kind)) if text else ""
        if doubt:
            raise Invalid(f"{doubt}.", "Type phone, chat, mail, call …, or who else was told; ctrl+o keeps it so.")
        return anyway(typed)

    def anyway(typed: str) -> Entered:
        return use.enter(
            incident.id, typed, kind, seen=incident, meeting=screen.meeting_id, section=screen.section_title
        )

    return words_mode(
        screen,
        id=f"{kind} {incident.id}",
        label=f"{incident.id}: {LABELS[kind]}",
        hint=HINTS[kind],
        call=call,
        said=lambda kept: f"{incident.id}: {_kept(screen, kept)} · z undoes",
        answer=lambda typed: answer(screen, typed, kind, begun=bool(text)),
        stays=kind == "note",
        text=text,
        anyway=anyway if text else None,
    )


def _doubt(found: Entered) -> str:
    """Of words behind a department that was there before anybody typed."""
    known = not found.how or found.asked or is_way(found.how)
    return "" if known else f'"{found.how}" is no way of telling somebody'


def _kept(screen: OutageKeys, kept: Entered) -> str:
    due = screen.desk.incidents.the(screen.shown_id).next_update
    then = f"next update due {time_of(screen, due)}" if due else "no update is due"
    match kept.kind:
        case "told":
            return f"{'not ' * kept.out}{_names(screen, kept)} informed{f' {kept.how}' if kept.how else ''}"
        case "next":
            return then
        case "update":
            return f"update kept, {then}"
    return "in its timeline"


def answer(screen: OutageKeys, typed: str, kind: Kind, *, begun: bool = False) -> Sequence[Ink]:
    """What the line is understood as. `begun`: its first word stood there already."""
    if not typed.strip():
        return [Ink(_offered(screen, kind), "dim")]
    found = screen.desk.incidents.understood(typed, kind)
    told = [Ink(words) for words in _chips(screen, found) if words]
    doubts = (found.asked, _doubt(found) if begun else "", *_strangers(found), _far(screen, found))
    told += [Ink(words, "orange") for words in doubts if words]
    return [each for one in told for each in (Ink(" · ", "dim"), one)][1:]


def _offered(screen: OutageKeys, kind: Kind) -> str:
    if kind == "told":
        return f"{', '.join(screen.desk.settings.speak_with_customers)}, @handle"
    owed = screen.owed_to if kind == "update" else ""
    if owed:
        return f"owed to {owed} · Enter keeps it, Esc leaves"
    return "Enter keeps it, Esc leaves"


def _chips(screen: OutageKeys, found: Entered) -> Sequence[str]:
    match found.kind:
        case "told":
            by = f"by {screen.person(found.by)}" if found.by else ""
            who = f"{_names(screen, found)} informed" if found.who else ""
            return (
                f"not {who}" if found.out and who else who,
                found.how,
                f"at {time_of(screen, found.at)}" if found.at else "now",
                by,
            )
        case "next":
            return (_next(screen, found),)
    happened = found.happened
    at = f"at {time_of(screen, happened.at)}" if happened.at else "now"
    by = f"by {screen.person(happened.who)}" if happened.who else ""
    return (found.kind, at, by, _next(screen, found))


def _next(screen: OutageKeys, found: Entered) -> str:
    if not found.said:
        return ""
    return f"next update due {time_of(screen, found.due)}" if found.due else "no update is due then"


def _far(screen: OutageKeys, found: Entered) -> str:
    """That the next update would be later than it should be."""
    due = replace(screen.incident, next_update=found.due) if found.said else None
    return REGISTER.remark(due, screen.desk.registers.look()).rstrip(".") if due is not None else ""


def _strangers(found: Entered) -> Sequence[str]:
    return () if found.asked else tuple(f"{name} is nobody here" for name in found.unknown)


def _names(screen: OutageKeys, found: Entered) -> str:
    return ", ".join(map(screen.person, found.who))


def step_mode(screen: OutageKeys, verb: Verb) -> Mode:
    """The next state, with what led to it; "-" where nothing is to be said."""
    incident = screen.incident
    hints = {"identify": "what the cause is", "mitigate": "what was done", "resolve": "what ended it"}

    def call(typed: str) -> Incident:
        words = "" if typed.strip() in EMPTY else typed
        return screen.desk.incidents.step(
            incident.id, verb.id, words, seen=incident, meeting=screen.meeting_id, section=screen.section_title
        )

    return words_mode(
        screen,
        id=f"{verb.id} {incident.id}",
        rev=incident.rev,
        label=f"{incident.id}: {verb.label.lower()}",
        hint=f"{hints.get(verb.id, 'why')};  a time in front where it was earlier",
        call=call,
        said=lambda kept: f"{kept.id} is {kept.state} · z undoes",
        answer=lambda typed: answer(screen, typed, "note") if typed.strip() else [Ink("- says nothing of it", "dim")],
    )


# what may be said


def point_mode(screen: OutageKeys, name: str) -> Mode:
    """One talking point, corrected or said for the first time."""
    incident = screen.incident
    talk = incident.talk or Talk()
    hints = {"not_say": f"what is not said, besides: {NEVER}", "workaround": "what they can do meanwhile"}

    def call(typed: str) -> Incident:
        words = "" if typed.strip().casefold() in EMPTY else typed
        return screen.desk.incidents.talk(
            incident.id, {name: words}, seen=incident, meeting=screen.meeting_id, section=screen.section_title
        )

    return words_mode(
        screen,
        id=f"{name} {incident.id}",
        rev=incident.rev,
        label=f"{incident.id}: {TITLES[name].lower()}",
        hint=hints.get(name, "in words that can be said to a customer"),
        call=call,
        said=lambda kept: f"{TITLES[name]}: kept{_taken_back(incident, kept)} · z undoes",
        text=getattr(talk, name),
        answer=lambda typed: [Ink(_warned(incident, typed), "dim")],
        then=screen.onward,
    )


def _warned(incident: Incident, typed: str) -> str:
    if not typed.strip():
        return "Enter keeps it, none empties it, Esc leaves"
    approved = incident.talk is not None and incident.talk.approved is not None
    return "the approval is taken back by it" if approved else ""


def _taken_back(before: Incident, after: Incident) -> str:
    was = before.talk is not None and before.talk.approved is not None
    return ", no longer approved" if was and after.talk is not None and after.talk.approved is None else ""


# a line of the timeline


def correct_mode(screen: OutageKeys, entry: TimelineEntry) -> Mode:
    def call(typed: str) -> object:
        return screen.desk.registers.set(
            [entry.id], {"text": typed}, seen=entry, meeting=screen.meeting_id, section=screen.section_title
        )

    return words_mode(
        screen,
        id=f"edit {entry.id}",
        rev=entry.rev,
        label=entry.id,
        hint="the words as they should be",
        text=entry.text,
        call=call,
        said=lambda _: f"{entry.id} corrected · z undoes",
    )


def time_of(screen: DeskScreen, at: datetime | None) -> str:
    return readable(at, screen.desk.now(), screen.desk.settings) if at is not None else ""
