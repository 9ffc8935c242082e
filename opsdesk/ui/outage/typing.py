"""What is typed of an incident into the capture bar, answered as one types."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from opsdesk.core.entrywords import slots_of
from opsdesk.core.instants import readable
from opsdesk.core.register import Look
from opsdesk.core.registers.incidents import REGISTER, Incident
from opsdesk.core.timelineentry import parse
from opsdesk.ui.ink import Ink
from opsdesk.ui.register.says import Says
from opsdesk.ui.register.typing import hint, understandable, understood
from opsdesk.ui.typing.modes import words_mode
from opsdesk.ui.widgets.capture_bar import Mode

if TYPE_CHECKING:
    from opsdesk.ui.screens.base import DeskScreen

HAPPENED = "what  @who  a time in front where it was earlier"


def update_mode(screen: DeskScreen, incident: Incident) -> Mode:
    """How it stands, for those who speak with customers."""
    return words_mode(
        screen,
        id=f"update {incident.id}",
        label=f"{incident.id}: update",
        hint=HAPPENED,
        call=lambda text: screen.desk.incidents.update(incident.id, text, seen=incident, meeting=_meeting(screen)),
        said=lambda kept: f"{kept.id}: update kept{_next(screen, kept)} · z undoes",
        answer=_happened(screen),
    )


def note_mode(screen: DeskScreen, incident: Incident) -> Mode:
    """One line of its timeline; the bar stays open for the next."""
    return words_mode(
        screen,
        id=f"note {incident.id}",
        label=f"{incident.id}: note",
        hint=HAPPENED,
        call=lambda text: screen.desk.incidents.note(incident.id, text, meeting=_meeting(screen)),
        said=lambda kept: f"{incident.id}: in its timeline · z undoes",
        answer=_happened(screen),
        stays=True,
    )


def inform_mode(screen: DeskScreen, incident: Incident) -> Mode:
    departments = ", ".join(screen.desk.settings.speak_with_customers)
    return words_mode(
        screen,
        id=f"inform {incident.id}",
        label=f"{incident.id}: inform",
        hint="whom, with commas between them",
        call=lambda text: screen.desk.incidents.inform(incident.id, text, meeting=_meeting(screen)),
        said=lambda kept: f"{kept.id}: kept who was informed, now · z undoes",
        answer=lambda text: () if text.strip() else [Ink(f"{departments}, @handle", "dim")],
    )


def open_mode(screen: DeskScreen) -> Mode:
    """A new incident; before a customer its words are understood as if there were no other."""
    glance, use = screen.home.glance, screen.desk.registers
    says, slots = Says(REGISTER, glance.before, use.directories(glance.customer), use.look()), slots_of(REGISTER)

    def call(text: str) -> Incident:
        understandable(says, slots, text)
        return screen.desk.incidents.open(text, meeting=_meeting(screen))

    return words_mode(
        screen,
        id="open incident",
        label="open an incident",
        hint=hint(REGISTER),
        call=call,
        said=lambda made: f"{made.id} is open at SEV-{made.sev}{_next(screen, made)} · z undoes",
        answer=lambda text: understood(says, slots, text),
    )


MODES: dict[str, Callable[[DeskScreen, Incident], Mode]] = {
    "update": update_mode,
    "note": note_mode,
    "inform": inform_mode,
}


def _meeting(screen: DeskScreen) -> str:
    """Of the room; what is typed anywhere else is no meeting's."""
    return screen.place.scope if screen.NAME == "room" else ""


def _next(screen: DeskScreen, incident: Incident) -> str:
    due = incident.next_update
    return f", next update due {readable(due, screen.desk.now(), screen.desk.settings)}" if due else ""


def _happened(screen: DeskScreen) -> Callable[[str], Sequence[Ink]]:
    def answer(text: str) -> Sequence[Ink]:
        if not text.strip():
            return [Ink("Enter keeps it, Esc leaves", "dim")]
        found = parse(text, screen.home.glance.shown.people, Look(screen.desk.now(), screen.desk.settings))
        chips = [" ".join(filter(None, (chip.field, chip.text))) for chip in found.chips]
        doubts = [found.asked, *(f"{name} is nobody here" for name in found.unknown)]
        told = [*(Ink(chip) for chip in chips), *(Ink(words, "orange") for words in doubts if words)]
        return [each for one in told for each in (Ink(" · ", "dim"), one)][1:] or [Ink("now", "dim")]

    return answer
