"""The verbs of a line that take words: wait, give, new date."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from opsdesk.core.actions import Action
from opsdesk.core.errors import Invalid
from opsdesk.core.phrases import lead, trail
from opsdesk.ui.dates import day
from opsdesk.ui.ink import Ink
from opsdesk.ui.typing.modes import words_mode
from opsdesk.ui.widgets.capture_bar import Mode

if TYPE_CHECKING:
    from opsdesk.ui.screens.base import DeskScreen


def wait_mode(screen: DeskScreen, action: Action) -> Mode:
    def call(text: str) -> Action:
        on, until = trail(text, screen.desk.today(), screen.desk.settings)
        return screen.desk.actions.wait(action.id, whom(screen, on), until)

    return words_mode(
        screen,
        id="wait",
        label=f"{action.id} waits on",
        hint="whom or what, and until when",
        call=call,
        said=lambda _: f"{action.id} waits · z undoes",
    )


def give_mode(screen: DeskScreen, action: Action) -> Mode:
    def call(text: str) -> Action:
        draft = screen.desk.actions.draft(text if text.startswith("@") else f"@{text}")
        if not draft.owner:
            raise Invalid(f"{text} is nobody known here.", "Type a name or a handle; Tab completes it.")
        return screen.desk.actions.give(action.id, draft.owner)

    return words_mode(
        screen,
        id="give",
        label=f"{action.id} goes to",
        hint="@who",
        call=call,
        text="@",
        said=lambda _: f"{action.id} given · z undoes",
    )


def date_mode(screen: DeskScreen, action: Action) -> Mode:
    def split(text: str) -> tuple[date | None, str]:
        return lead(text, screen.desk.today(), screen.desk.settings)

    def call(text: str) -> Action:
        due, why = split(text)
        if due is None:
            raise Invalid(f"{text} does not begin with a date.", "Type one first: fri, 27 nov, +3d; then the reason.")
        return screen.desk.actions.redate(action.id, due, why)

    def answer(text: str) -> list[Ink]:
        due, why = split(text)
        if due is None:
            return [Ink("a date first: fri, 27 nov, +3d", "dim")]
        return [Ink("due ", "dim"), Ink(day(due, screen.desk.today())), Ink(f" because {why}" if why else "", "dim")]

    return words_mode(
        screen,
        id="date",
        label=f"{action.id} is due",
        hint="fri, because …",
        call=call,
        answer=answer,
        said=lambda _: f"{action.id} has a new date · z undoes",
    )


def whom(screen: DeskScreen, words: str) -> str:
    """The handle behind one @name; other words as they are."""
    draft = screen.desk.actions.draft(words)
    return draft.owner if draft.owner and not draft.title else words
