"""What can be typed into the capture bar: one mode for each thing that takes words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, TypeVar

from opsdesk.core.actions import Action
from opsdesk.core.completion import Completion
from opsdesk.ui.ink import Ink
from opsdesk.ui.typing.answers import understood
from opsdesk.ui.typing.outcomes import corrected
from opsdesk.ui.widgets.capture_bar import Mode

if TYPE_CHECKING:
    from opsdesk.ui.screens.base import DeskScreen

T = TypeVar("T")
ACTION_HINT = "what  @who  #customer  date  ! for a promise"


def action_mode(screen: DeskScreen) -> Mode:
    """A new action: in the room it belongs to the meeting and its section, elsewhere to nobody's."""

    def submit(text: str, past_ok: bool = False) -> None:
        screen.submit(mode, lambda: screen.capture(text, past_ok=past_ok), kept, text)

    def mode() -> Mode:
        return Mode(
            id="action",
            label="action",
            hint=ACTION_HINT,
            submit=submit,
            anyway=lambda text: submit(text, past_ok=True),
            answer=lambda text: understood(screen, text),
            stays=True,
        )

    return mode()


def edit_mode(screen: DeskScreen, action: Action) -> Mode:
    """The action as one would have typed it; what was typed is put over what others have made of it meanwhile."""
    words = screen.desk.actions.text_of(action)

    def submit(text: str, past_ok: bool = False) -> None:
        screen.submit(
            mode,
            lambda: screen.moves.edit(action.id, text, past_ok=past_ok, seen=action),
            lambda kept: corrected(screen, action, kept),
            text,
        )

    def mode() -> Mode:
        return Mode(
            id=f"edit {action.id}",
            label=action.id,
            hint=ACTION_HINT,
            submit=submit,
            anyway=lambda text: submit(text, past_ok=True),
            answer=lambda text: understood(screen, text),
            text=words,
            rev=action.rev,
            cursor=min((chip.start for chip in screen.draft(words).chips if chip.end), default=len(words) + 1) - 1,
        )

    return mode()


def words_mode(
    screen: DeskScreen,
    *,
    id: str,
    label: str,
    hint: str,
    call: Callable[[str], T],
    said: Callable[[T], str] = lambda kept: f"{getattr(kept, 'id', '')} kept · z undoes".strip(),
    answer: Callable[[str], Sequence[Ink]] = lambda text: (),
    complete: Callable[[str, int], Sequence[Completion]] | None = None,
    stays: bool = False,
    bare: bool = False,
    text: str = "",
    rev: int = 0,
    then: Callable[[T], None] = lambda _: None,
    anyway: Callable[[str], T] | None = None,
) -> Mode:
    """A line of words that one use case takes as it is, `anyway` where something was asked about it; `then` runs when
    it was kept.
    """

    def submit(typed: str, take: Callable[[str], T] = call) -> None:
        screen.submit(mode, lambda: take(typed), said, typed, then)

    def mode() -> Mode:
        return Mode(
            id=id,
            label=label,
            hint=hint,
            submit=submit,
            anyway=None if anyway is None else lambda typed: submit(typed, anyway),
            answer=answer,
            complete=complete,
            stays=stays,
            bare=bare,
            text=text,
            rev=rev,
        )

    return mode()


def kept(action: Action) -> str:
    return f"{action.id} kept · z undoes"
