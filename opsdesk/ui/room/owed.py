"""Settling what is owed at the gate: the bar says which field is asked for, and understands it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import msgspec

from opsdesk.core.actions import Action
from opsdesk.core.errors import Invalid
from opsdesk.core.meeting import Meeting
from opsdesk.core.scores import Score
from opsdesk.insight.closing import Owed
from opsdesk.ui.dates import day
from opsdesk.ui.ink import Ink
from opsdesk.ui.typing.modes import words_mode
from opsdesk.ui.typing.verbs import lack_mode
from opsdesk.ui.widgets.capture_bar import Mode

if TYPE_CHECKING:
    from opsdesk.ui.screens.base import DeskScreen

CHOICES = "x it is done · Del drops it with a reason · e escalates it"


class Plan(msgspec.Struct, frozen=True):
    """What was typed for a red flag: when it is green again, who owns it (a handle), by when."""

    exit: str
    owner: str
    by: date | None


def settle_mode(screen: DeskScreen, meeting: str, owed: Owed) -> Mode | None:
    """What the bar asks for; None where a choice between verbs is owed, and nothing to type."""
    match owed.key.split(":"):
        case ["flag", id, _]:
            return exit_mode(screen, screen.desk.read.get(Score, id))
        case ["action", id, _]:
            return lack_mode(screen, screen.desk.read.get(Action, id))
        case ["section", at]:
            return _words(screen, owed, f"outcome of {owed.section}", "what it came to, in one line", meeting, int(at))
        case ["overrun"]:
            return _words(screen, owed, "past the cap because", "the reason", meeting, None)
        case _:
            return None


def _words(screen: DeskScreen, owed: Owed, label: str, hint: str, meeting: str, section: int | None) -> Mode:
    meetings = screen.desk.meetings
    seen = screen.desk.read.get(Meeting, meeting)
    return words_mode(
        screen,
        id=f"owed {owed.key}",
        label=label,
        hint=hint,
        call=lambda text: (
            meetings.overrun(meeting, text, seen=seen)
            if section is None
            else meetings.outcome(meeting, text, section, seen=seen)
        ),
        said=lambda _: "settled · z undoes",
    )


def exit_mode(screen: DeskScreen, score: Score) -> Mode:
    """The exit criterion of a red flag; `@who` in it is its owner, a date at its end its plan."""

    def call(text: str) -> Score:
        plan = planned(screen, text)
        return screen.desk.scores.complete(score.id, owner=plan.owner, exit=plan.exit, plan=plan.by, seen=score)

    return words_mode(
        screen,
        id=f"exit {score.id}",
        label=f"exit criterion of {screen.customer(score.customer)} {score.measure}",
        hint="what it takes  @owner  plan date",
        call=call,
        answer=lambda text: _understood(screen, text),
        said=_said,
    )


def planned(screen: DeskScreen, text: str) -> Plan:
    """Raises Invalid for a name nobody has, and for a date that has passed."""
    draft = screen.draft(text)
    if draft.unknown:
        raise Invalid(f"{draft.unknown[0]} is not known.", "Tab completes a name; without the sign it stays text.")
    if draft.past:
        raise Invalid(f"{draft.due} is past.", "Type the day by which it is to be green.")
    return Plan(draft.title, draft.owner, None if draft.due_default else draft.due)


def _understood(screen: DeskScreen, text: str) -> list[Ink]:
    try:
        plan = planned(screen, text)
    except Invalid as error:
        return [Ink(error.message, "orange")]
    owner = screen.person(plan.owner) if plan.owner else "@owner?"
    by = f"plan {day(plan.by, screen.desk.today())}" if plan.by else "plan date?"
    said = Ink(plan.exit, "ink") if plan.exit else Ink("exit criterion?", "orange")
    return [said, Ink(f" · {owner} · {by}", "dim")]


def _said(score: Score) -> str:
    if not score.exit:
        return "kept; its exit criterion is still owed · z undoes"
    return "exit criterion kept · z undoes"
