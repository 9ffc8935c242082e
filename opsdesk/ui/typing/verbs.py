"""The verbs of a line that take words: wait, give, new date."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from msgspec.structs import replace

from opsdesk.core.actions import Action
from opsdesk.core.dates import EXAMPLES
from opsdesk.core.errors import Invalid
from opsdesk.core.phrases import lead, trail
from opsdesk.core.quickentry import Draft
from opsdesk.ui.dates import day
from opsdesk.ui.ink import Ink
from opsdesk.ui.typing import outcomes
from opsdesk.ui.typing.modes import words_mode
from opsdesk.ui.widgets.capture_bar import Mode

if TYPE_CHECKING:
    from opsdesk.ui.screens.base import DeskScreen


def wait_mode(screen: DeskScreen, action: Action) -> Mode:
    def call(text: str) -> Action:
        on, until = trail(text, screen.desk.today(), screen.desk.settings)
        return screen.moves.wait(action.id, whom(screen, on), until, seen=action)

    return words_mode(
        screen,
        id=f"wait {action.id}",
        rev=action.rev,
        label=f"{action.id} waits on",
        hint="whom or what, and until when",
        call=call,
        said=lambda kept: outcomes.waits(screen, kept),
    )


def give_mode(screen: DeskScreen, action: Action) -> Mode:
    def call(text: str) -> Action:
        draft = screen.draft(text if text.startswith("@") else f"@{text}")
        if not draft.owner:
            raise Invalid(f"{text} is nobody known here.", "Type a name or a handle; Tab completes it.")
        return screen.moves.give(action.id, draft.owner, seen=action)

    return words_mode(
        screen,
        id=f"give {action.id}",
        rev=action.rev,
        label=f"{action.id} goes to",
        hint="@who",
        call=call,
        text="@",
        said=lambda kept: outcomes.goes(screen, kept),
    )


def lack_mode(screen: DeskScreen, action: Action) -> Mode:
    """Only what the action lacks is asked for: its owner, its date, or both in one line."""
    if action.owner:
        return _due_mode(screen, action)
    return _owner_mode(screen, action) if action.due else _both_mode(screen, action)


def _owner_mode(screen: DeskScreen, action: Action) -> Mode:
    return words_mode(
        screen,
        id=f"owner {action.id}",
        rev=action.rev,
        label=f"owner of {action.id}",
        hint="a name or a handle",
        call=lambda text: screen.moves.give(action.id, " ".join(text.split()), seen=action),
        said=lambda given: f"{action.id} is {screen.person(given.owner)}'s · z undoes",
    )


def _due_mode(screen: DeskScreen, action: Action) -> Mode:
    return words_mode(
        screen,
        id=f"due {action.id}",
        rev=action.rev,
        label=f"date of {action.id}",
        hint=f"when: {EXAMPLES}",
        call=lambda text: screen.moves.redate(action.id, screen.desk.actions.day(text), seen=action),
        said=lambda kept: outcomes.is_due(screen, kept),
    )


def _both_mode(screen: DeskScreen, action: Action) -> Mode:
    """One of the two is taken too; what is none of them is not."""

    def call(text: str) -> Action:
        draft = _who_and_when(screen, text)
        due = None if draft.due_default else draft.due
        meant = replace(action, owner=draft.owner, due=due)
        return screen.moves.edit(action.id, screen.desk.actions.text_of(meant), seen=action)

    return words_mode(
        screen,
        id=f"owner and date of {action.id}",
        rev=action.rev,
        label=f"owner and date of {action.id}",
        hint="@who and when",
        call=call,
        answer=lambda text: _answer(screen, text),
        said=lambda _: f"{action.id} corrected · z undoes",
    )


def _answer(screen: DeskScreen, text: str) -> list[Ink]:
    if not text.strip():
        return []
    try:
        draft = _who_and_when(screen, text)
    except Invalid as error:
        return [Ink(error.message, "orange")]
    owner = screen.person(draft.owner) if draft.owner else "@owner?"
    due = "when?" if draft.due is None or draft.due_default else day(draft.due, screen.desk.today())
    return [Ink(owner, "ink"), Ink(" · ", "dim"), Ink(due, "ink")]


def _who_and_when(screen: DeskScreen, text: str) -> Draft:
    """`sue fri` is read as `@sue fri`, where that is the only way to read it. Raises Invalid for other words."""
    draft = screen.draft(text)
    if draft.title:
        draft = screen.draft(f"@{text.strip()}")
    if draft.title or draft.customer or draft.promise:
        raise Invalid(f"{text.strip()} is not an owner and a date.", "Type them as in: @sue fri; Tab completes a name.")
    return draft


def date_mode(screen: DeskScreen, action: Action) -> Mode:
    def split(text: str) -> tuple[date | None, str]:
        return lead(text, screen.desk.today(), screen.desk.settings)

    def call(text: str) -> Action:
        due, why = split(text)
        if due is None:
            raise Invalid(f"{text} does not begin with a date.", "Type one first: fri, 27 nov, +3d; then the reason.")
        return screen.moves.redate(action.id, due, why, seen=action)

    def answer(text: str) -> list[Ink]:
        due, why = split(text)
        if due is None:
            return [Ink("a date first: fri, 27 nov, +3d", "dim")]
        return [Ink("due ", "dim"), Ink(day(due, screen.desk.today())), Ink(f" because {why}" if why else "", "dim")]

    return words_mode(
        screen,
        id=f"date {action.id}",
        rev=action.rev,
        label=f"{action.id} is due",
        hint="fri, because …",
        call=call,
        answer=answer,
        said=lambda kept: outcomes.is_due(screen, kept),
    )


def whom(screen: DeskScreen, words: str) -> str:
    """The handle behind one @name; other words as they are."""
    draft = screen.draft(words)
    return draft.owner if draft.owner and not draft.title else words
