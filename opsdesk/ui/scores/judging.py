"""What is typed to judge a customer otherwise than its cells: a level, until when, and why."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from opsdesk.core.errors import Invalid
from opsdesk.core.flagentry import LEVELS
from opsdesk.core.phrases import lead
from opsdesk.core.scores import Level
from opsdesk.ui.ink import FLAGS, Ink
from opsdesk.ui.scores.typing import day_of
from opsdesk.ui.typing.modes import words_mode
from opsdesk.ui.widgets.capture_bar import Mode

if TYPE_CHECKING:
    from opsdesk.ui.scores.listed import Cell, ScoreList

LIFT = "lift"


def override_mode(screen: ScoreList, cell: Cell) -> Mode:
    """`green until fri because they signed`; where one holds already, `lift` and why takes it away."""
    override = cell.override
    shape, letter = FLAGS[cell.computed]
    place = screen.said_in

    def call(text: str) -> object:
        first, _, rest = text.strip().partition(" ")
        if override is not None and first.lower() == LIFT:
            return screen.desk.scores.lift(override, rest.strip(), **place)
        level, until, why = judged(text, screen)
        return screen.desk.scores.override(cell.handle, level, why, until, **place)

    def said(kept: object) -> str:
        level, until = str(getattr(kept, "level", "")), getattr(kept, "until", None)
        if getattr(kept, "state", "") == "lifted":
            return f"{cell.name}: counts as computed again, {shape} {cell.computed} · z undoes"
        ended = f", {override} is ended" if override is not None else ""
        return f"{cell.name}: {level} until {day_of(screen, until)}, computed {shape} {cell.computed}{ended} · z undoes"

    def answer(text: str) -> Sequence[Ink]:
        if not text.strip():
            lift = " · lift, and why" if override else ""
            return [Ink(f"computed {shape} {letter} stays in sight{lift}", "dim")]
        if override is not None and text.split()[0].lower() == LIFT:
            return [Ink(f"{shape} {cell.computed} counts again")]
        try:
            level, until, why = judged(text, screen)
        except Invalid as error:
            return [Ink(error.message, "orange")]
        mark, its = FLAGS[level]
        return [Ink(f"{mark} {its}", level), Ink(f" until {day_of(screen, until)} "), Ink(f"because {why}", "dim")]

    return words_mode(
        screen,
        id=f"override {cell.handle}",
        label=f"{cell.name} is judged",
        hint="green until fri, because …",
        call=call,
        said=said,
        answer=answer,
    )


def judged(text: str, screen: ScoreList) -> tuple[Level, date, str]:
    """The level, its last day and the reason. Raises Invalid with what is missing."""
    words = text.split()
    level = LEVELS.get(words[0].lower().rstrip(",")) if words else None
    if level is None or level == "unknown":
        raise Invalid("A level first: red, orange or green; then until when, and why.")
    rest = words[1:]
    while rest and rest[0].lower() in ("until", "till", "til"):
        rest = rest[1:]
    joined = " ".join(rest).replace(",", " ", 1)
    until, why = lead(joined, screen.desk.today(), screen.desk.settings)
    if until is None:
        raise Invalid(f"Until when? {words[0]} until fri, because …")
    if not why:
        raise Invalid(f"{level} until {day_of(screen, until)}: and why?")
    return level, until, why
