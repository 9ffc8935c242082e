"""What is typed of the flag whose turn it is: what resolved it, until when it is kept, why it is skipped."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from opsdesk.core.errors import Invalid
from opsdesk.core.flagwalk import Cell, Turn, Walk
from opsdesk.core.phrases import UNTIL, lead
from opsdesk.core.spans import named
from opsdesk.ui.ink import Ink
from opsdesk.ui.typing.modes import words_mode
from opsdesk.ui.widgets.capture_bar import Mode

if TYPE_CHECKING:
    from opsdesk.ui.flagwalk.cells import CellKeys

DATES = "fri, 4 dec, +2w"


def resolved_mode(screen: CellKeys, turn: Turn) -> Mode:
    def call(text: str) -> Walk:
        return screen.desk.walk.resolved(screen.meeting_id, text.strip(), of=turn.cell)

    return _mode(screen, turn, "resolved", "what made it green; Enter alone says nothing of it", call, bare=True)


def skip_mode(screen: CellKeys, turn: Turn) -> Mode:
    def call(text: str) -> Walk:
        return screen.desk.walk.skip(screen.meeting_id, text.strip(), of=turn.cell)

    return _mode(screen, turn, "skipped", "the reason", call)


def kept_mode(screen: CellKeys, turn: Turn) -> Mode:
    """Its new exit date first, then why."""

    def call(text: str) -> Walk:
        plan, why = until(screen, text)
        if plan is None:
            raise Invalid(f"{text} does not begin with a date.", f"Type one first: {DATES}; then the reason.")
        return screen.desk.walk.kept(screen.meeting_id, plan, why, of=turn.cell)

    return _mode(screen, turn, "kept until", f"{DATES}, because …", call, lambda text: _dated(screen, text))


def oranges_mode(screen: CellKeys, count: int) -> Mode:
    """With or without a new exit date for all of them."""

    def call(text: str) -> Walk:
        plan, why = until(screen, text)
        return screen.desk.walk.keep_oranges(screen.meeting_id, plan, why)

    def answer(text: str) -> Sequence[Ink]:
        return _dated(screen, text, bare=True)

    many = "1 orange flag" if count == 1 else f"{count} orange flags"
    return words_mode(
        screen,
        id="keep oranges",
        label=f"{many} kept",
        hint=f"Enter, or until when and why: {DATES}, because …",
        call=call,
        said=lambda walk: screen.then_comes(f"{many} kept", walk),
        answer=answer,
        bare=True,
    )


def _mode(
    screen: CellKeys,
    turn: Turn,
    what: str,
    hint: str,
    call: Callable[[str], Walk],
    answer: Callable[[str], Sequence[Ink]] = lambda text: (),
    *,
    bare: bool = False,
) -> Mode:
    name = screen.cell_called(turn.cell)
    done = what.removesuffix(" until")
    return words_mode(
        screen,
        id=f"{done} {'/'.join(turn.cell)}",
        label=f"{name} {what}",
        hint=hint,
        call=call,
        said=lambda walk: screen.then_comes(f"{name} {done}{_until(screen, walk, turn.cell)}", walk),
        answer=answer,
        bare=bare,
    )


def _until(screen: CellKeys, walk: Walk, cell: Cell) -> str:
    plan = next((each.plan for each in reversed(walk.done) if each.cell == cell and each.outcome == "kept"), None)
    return f" until {named(plan, screen.desk.today())}" if plan else ""


def until(screen: CellKeys, text: str) -> tuple[date | None, str]:
    """The day that the text begins with, and the reason behind it."""
    words = text.split()
    while words and words[0].lower() in UNTIL:
        words = words[1:]
    plan, why = lead(" ".join(words).replace(",", " ", 1), screen.desk.today(), screen.desk.settings)
    return (plan, why) if plan is not None else (None, text.strip())


def _dated(screen: CellKeys, text: str, *, bare: bool = False) -> list[Ink]:
    plan, why = until(screen, text)
    if plan is None:
        asked = "Enter keeps them as they are" if bare and not text.strip() else "with the reason and no new date"
        return [Ink(asked if bare else f"a date first: {DATES}", "dim")]
    return [
        Ink("until ", "dim"),
        Ink(named(plan, screen.desk.today())),
        Ink(f" because {why}" if why else "", "dim"),
    ]
