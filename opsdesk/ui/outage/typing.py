"""What is typed of an incident into the capture bar, answered as one types."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from msgspec.structs import replace

from opsdesk.core.entrywords import slots_of
from opsdesk.core.instants import readable
from opsdesk.core.outageentry import Entered, Kind
from opsdesk.core.register import Verb
from opsdesk.core.registers.incidents import REGISTER, Incident, Talk
from opsdesk.core.registers.timeline import TimelineEntry
from opsdesk.insight.talking import NEVER, TITLES
from opsdesk.ui.ink import Ink
from opsdesk.ui.register.says import Says
from opsdesk.ui.register.typing import hint, understandable, understood
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
        answer=lambda typed: answer(screen, typed, kind),
        stays=kind == "note",
        text=text,
    )


def _kept(screen: OutageKeys, kept: Entered) -> str:
    due = screen.desk.incidents.the(screen.shown_id).next_update
    then = f"next update due {_time(screen, due)}" if due else "no update is due"
    match kept.kind:
        case "told":
            return f"{'not ' * kept.out}{_names(screen, kept)} informed{f' {kept.how}' if kept.how else ''}"
        case "next":
            return then
        case "update":
            return f"update kept, {then}"
    return "in its timeline"


def answer(screen: OutageKeys, typed: str, kind: Kind) -> Sequence[Ink]:
    """What the line is understood as."""
    if not typed.strip():
        return [Ink(_offered(screen, kind), "dim")]
    found = screen.desk.incidents.understood(typed, kind)
    told = [Ink(words) for words in _chips(screen, found) if words]
    told += [Ink(words, "orange") for words in (found.asked, *_strangers(found), _far(screen, found)) if words]
    return [each for one in told for each in (Ink(" · ", "dim"), one)][1:]


def _offered(screen: OutageKeys, kind: Kind) -> str:
    if kind == "told":
        return f"{', '.join(screen.desk.settings.speak_with_customers)}, @handle"
    return "Enter keeps it, Esc leaves"


def _chips(screen: OutageKeys, found: Entered) -> Sequence[str]:
    match found.kind:
        case "told":
            by = f"by {screen.person(found.by)}" if found.by else ""
            who = f"{_names(screen, found)} informed" if found.who else ""
            return (
                f"not {who}" if found.out and who else who,
                found.how,
                f"at {_time(screen, found.at)}" if found.at else "now",
                by,
            )
        case "next":
            return (_next(screen, found),)
    happened = found.happened
    at = f"at {_time(screen, happened.at)}" if happened.at else "now"
    by = f"by {screen.person(happened.who)}" if happened.who else ""
    return (found.kind, at, by, _next(screen, found))


def _next(screen: OutageKeys, found: Entered) -> str:
    if not found.said:
        return ""
    return f"next update due {_time(screen, found.due)}" if found.due else "no update is due then"


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


# a line of the timeline, a new incident


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


def open_mode(screen: DeskScreen, then: Callable[[Incident], None] = lambda _: None) -> Mode:
    """A new incident; before a customer its words are understood as if there were no other."""
    glance, use = screen.home.glance, screen.desk.registers
    says, slots = Says(REGISTER, glance.before, use.directories(glance.customer), use.look()), slots_of(REGISTER)

    def call(text: str) -> Incident:
        understandable(says, slots, text)
        return screen.desk.incidents.open(text, meeting=_meeting(screen))

    def anyway(text: str) -> Incident:
        understandable(says, slots, text, meant=True)
        return screen.desk.incidents.open(text, meeting=_meeting(screen), meant=True)

    def said(made: Incident) -> str:
        due = f", next update due {_time(screen, made.next_update)}" if made.next_update else ""
        return f"{made.id} is open at SEV-{made.sev}{due} · z undoes"

    return words_mode(
        screen,
        id="open incident",
        label="open an incident",
        hint=f"{hint(REGISTER)}, such as sev:2",
        call=call,
        said=said,
        answer=lambda text: understood(says, slots, text),
        then=then,
        anyway=anyway,
    )


def _meeting(screen: DeskScreen) -> str:
    """Of the room; what is typed anywhere else is no meeting's."""
    return screen.place.scope if screen.NAME in ("room", "outage") else ""


def _time(screen: DeskScreen, at: datetime | None) -> str:
    return readable(at, screen.desk.now(), screen.desk.settings) if at is not None else ""
