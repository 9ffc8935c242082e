"""What is typed into the bar of the score sheet: a level and its reason, what a flag owes, a filter."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from opsdesk.core.dates import EXAMPLES
from opsdesk.core.errors import Conflict, Invalid
from opsdesk.core.flagentry import LEVELS
from opsdesk.core.register import Look
from opsdesk.core.scores import Beneath, Level, Score
from opsdesk.core.settings import Measure
from opsdesk.core.spans import named
from opsdesk.insight.plans import owes, plan_due
from opsdesk.ui.ink import FLAGS, Ink
from opsdesk.ui.typing.modes import words_mode
from opsdesk.ui.widgets.capture_bar import Mode

if TYPE_CHECKING:
    from opsdesk.ui.scores.listed import Cell, ScoreList
    from opsdesk.ui.scores.scoring import Scoring
    from opsdesk.ui.screens.base import DeskScreen

NARROW = "narrow"
OWED = {"owner": "owner", "exit": "exit criterion", "plan": "plan"}


def level_mode(screen: Scoring, cell: Cell, level: Level) -> Mode:
    """One level and one line of why. Where nothing has to be said, an empty line is enough."""
    same = cell.level == level and level != "unknown"
    bare = same or level == "green" or (level == "unknown" and not _open_flag(cell))
    seen: list[Score | None] = [cell.score]
    place = screen.said_in

    def call(text: str) -> Score:
        try:
            return screen.desk.scores.level(
                cell.handle, cell.measure.name, level, text, seen=seen[0], unsaid=seen[0] is None, **place
            )
        except Conflict:
            seen[0] = screen.score_of(cell.handle, cell.measure.name)  # who presses Enter again has read it
            raise

    def submit(text: str) -> None:
        if text.strip():
            screen.submit(mode, lambda: call(text), said, text)
        else:
            screen.intend(lambda: call(""), said)

    def said(kept: Score) -> str:
        return outcome(kept, cell.name, screen.look, same=same)

    def answer(text: str) -> Sequence[Ink]:
        return _asked(cell, level, text, same=same, bare=bare)

    def mode() -> Mode:
        shape, letter = FLAGS[level]
        return Mode(
            id=f"{level} {cell.handle}/{cell.measure.name}",
            label=f"{cell.name} · {cell.measure.name} {shape} {letter}".rstrip(),
            hint="Enter confirms it" if same else "Enter, or why" if bare else "why, in one line",
            submit=submit,
            answer=answer,
            bare=bare,
        )

    return mode()


def _open_flag(cell: Cell) -> Beneath:
    """What unknown would leave open."""
    return cell.score.open_flag if cell.score else ""


def typed_level(mode: Mode | None, handle: str, measure: Measure) -> Level | None:
    """The level that is being typed for this very cell."""
    level, _, cell = mode.id.partition(" ") if mode else ("", "", "")
    return LEVELS.get(level) if level in FLAGS and cell == f"{handle}/{measure.name}" else None


def _asked(cell: Cell, level: Level, text: str, *, same: bool, bare: bool) -> list[Ink]:
    if text.strip():
        change = f"{level} again, with other words" if same else f"{cell.level} → {level}"
        owed = " · owner, exit and plan can follow" if level == "red" and not same else ""
        return [Ink(change), Ink(owed, "dim")]
    if same:
        return [Ink("an empty line: confirmed today", "dim")]
    if level == "unknown" and not bare:
        return [Ink(f"the reason first: it stays an open {_open_flag(cell)} until it is green", "dim")]
    return [Ink("Enter saves it" if bare else "the reason first: red and orange need one line", "dim")]


def outcome(kept: Score, name: str, look: Look, *, same: bool) -> str:
    """As in "Globex Support → RED · owes owner, exit criterion and plan by Wed 25 Nov · z undoes"."""
    what = f"{name} {kept.measure}"
    did = f"{what}: {kept.level} confirmed today" if same else f"{what} → {kept.level.upper()}"
    missing = [OWED[part] for part in owes(kept, look)]
    by = named(plan_due(kept, look.settings), look.today)
    owed = f"owes {_listed(missing)} by {by}" if missing else ""
    return " · ".join(filter(None, (did, owed, "z undoes")))


def _listed(words: Sequence[str]) -> str:
    return " and ".join(filter(None, (", ".join(words[:-1]), words[-1])))


# what a flag owes


def owner_mode(screen: Scoring, cell: Cell, score: Score) -> Mode:
    def call(text: str) -> Score:
        draft = screen.draft(text if text.startswith("@") else f"@{text}")
        if not draft.owner or draft.title:
            raise Invalid(f"{text} is nobody known here.", "Type a name or a handle; Tab completes it.")
        return screen.desk.scores.complete(score.id, owner=draft.owner, seen=score)

    def said(kept: Score) -> str:
        return f"{_of(cell)}: {screen.person(kept.owner)} has it"

    return _owed_mode(screen, cell, score, "owner", "@who", call, said, text="@")


def exit_mode(screen: Scoring, cell: Cell, score: Score) -> Mode:
    def call(text: str) -> Score:
        return screen.desk.scores.complete(score.id, exit=text.strip(), seen=score)

    def said(kept: Score) -> str:
        return f"{_of(cell)}: over when {kept.exit}"

    return _owed_mode(screen, cell, score, "exit", "over when …", call, said, text=score.exit)


def plan_mode(screen: Scoring, cell: Cell, score: Score) -> Mode:
    def call(text: str) -> Score:
        return screen.desk.scores.complete(score.id, plan=screen.desk.actions.day(text), seen=score)

    def said(kept: Score) -> str:
        return f"{_of(cell)}: plan by {day_of(screen, kept.plan)}"

    return _owed_mode(screen, cell, score, "plan", f"when: {EXAMPLES}", call, said)


def _owed_mode(
    screen: Scoring,
    cell: Cell,
    score: Score,
    part: str,
    hint: str,
    call: Callable[[str], Score],
    said: Callable[[Score], str],
    text: str = "",
) -> Mode:
    def told(kept: Score) -> str:
        missing = [OWED[each] for each in owes(kept, screen.look)]
        return " · ".join(filter(None, (said(kept), f"owes {_listed(missing)}" if missing else "", "z undoes")))

    return words_mode(
        screen,
        id=f"{part} {score.id}",
        label=f"{_of(cell)}: {OWED[part]}",
        hint=hint,
        call=call,
        said=told,
        text=text,
        rev=score.rev,
    )


def _of(cell: Cell) -> str:
    return f"{cell.name} {cell.measure.name}"


def day_of(screen: DeskScreen, day: date | None) -> str:
    return named(day, screen.desk.today()) if day else "no date"


# what is listed


def narrow_mode(screen: ScoreList) -> Mode:
    """Every key narrows; nothing of it is a draft."""

    def answer(text: str) -> Sequence[Ink]:
        screen.narrow(text)
        return [Ink(screen.count, "dim"), Ink("   Enter keeps it so, Esc shows all", "dim")]

    return Mode(
        id=NARROW,
        label="find",
        hint="a customer, a level, a name",
        submit=screen.narrow,
        answer=answer,
        text=screen.words,
    )
