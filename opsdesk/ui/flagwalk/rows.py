"""The flag whose turn it is, big; what it needs; and all flags of the walk as lines of the table."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from textwrap import wrap

import msgspec
from msgspec.structs import replace

from opsdesk.boards.table import Line
from opsdesk.core.flagreviews import FlagReview
from opsdesk.core.register import Look
from opsdesk.core.scores import Score
from opsdesk.core.spans import named
from opsdesk.insight.plans import late, owes, plan_due
from opsdesk.ui.dates import day
from opsdesk.ui.flagwalk.found import Found
from opsdesk.ui.flagwalk.shape import CELLS, shape
from opsdesk.ui.ink import Ink, flag, shorten, width, within
from opsdesk.ui.widgets.columns import Row, cut

Name = Callable[[str], str]
Lines = list[list[Ink]]
NAMED = 24  # cells that are left to the words beside the shape
GAP = 3
LABEL = 7
PARTS = {"exit": "=", "plan": "t", "owner": "@"}
COMMENT = 2  # lines of it


class Called(msgspec.Struct, frozen=True, kw_only=True):
    """How records are named before those in the room. `owners`: whether anybody may be."""

    person: Name
    customer: Name
    look: Look
    owners: bool = True


def heading(found: Found, called: Called, section: Ink, room: int, scale: int) -> Lines:
    """Its shape, where there is room for it; who it is, since when, the how manieth of how many; the section's time."""
    turn = found.walk.current
    if turn is None:
        return [*_over(found), [], [Ink(f"{found.walk.title} ", "dim"), section]]
    mark = flag(turn.score.level)
    drawn = shape(turn.score.level, scale) if room >= CELLS * scale + GAP + NAMED else []
    cells = room - (CELLS * scale + GAP if drawn else 0)
    name = f"{called.customer(turn.score.customer)} · {turn.score.measure}"
    words = [
        [Ink(f"{mark.text} ", f"{mark.role}!"), Ink(shorten(name, cells - 2), "bright!")],
        *_since(found.words, mark.role, cells),
        _counted(found),
        [Ink(f"{shorten(found.walk.title, cells - width(section.text) - 1)} ", "dim"), section],
    ]
    return _beside(drawn, mark.role, words)


def one_line(found: Found, called: Called) -> list[Ink]:
    """Where there is room for nothing else."""
    turn = found.walk.current
    if turn is None:
        return _over(found)[0]
    mark = flag(turn.score.level)
    name = f"{called.customer(turn.score.customer)} · {turn.score.measure}"
    place = f"  {found.walk.number} of {found.walk.total}"
    return [Ink(f"{mark.text} ", f"{mark.role}!"), Ink(name, "bright!"), Ink(place, "dim")]


def _since(words: str, role: str, cells: int) -> Lines:
    """Two lines: the second is empty where all of it finds room in the first."""
    if width(words) <= cells:
        return [[Ink(words, role)], []]
    first, _, rest = words.rpartition(", ")
    return [[Ink(shorten(first or rest, cells), role)], [Ink(shorten(rest if first else "", cells), role)]]


def _beside(drawn: Sequence[str], role: str, words: Lines) -> Lines:
    """The words beside the shape, half way down it."""
    if not drawn:
        return words
    top: Lines = [[] for _ in range((len(drawn) - len(words)) // 2)]
    low: Lines = [[] for _ in range(len(drawn) - len(words) - len(top))]
    return [[Ink(left, role), Ink(" " * GAP), *right] for left, right in zip(drawn, [*top, *words, *low], strict=True)]


def _counted(found: Found) -> list[Ink]:
    walk = found.walk
    left = f"{found.reds} red left" if found.reds else f"{len(walk.left)} left" if walk.left else "the last"
    return [Ink(f"{walk.number} of {walk.total}", "bright!"), Ink(f" · {left}", "dim")]


def _over(found: Found) -> Lines:
    """That all had their turn, and what came of them."""
    count = len(found.walk.done)
    words = f"{'The flag has' if count == 1 else f'All {count} flags have'} had {'its' if count == 1 else 'their'} turn"
    outcomes = [each.outcome for each in found.walk.done]
    kinds = ("discussed", "resolved", "kept", "skipped")
    came = ", ".join(f"{outcomes.count(kind)} {kind}" for kind in kinds if kind in outcomes)
    return [[Ink("✓ ", "green!"), Ink(words, "bright!")], [Ink(f"{came} · Space goes on, PgUp back", "dim")]]


# what it needs


def needs(score: Score, called: Called, cells: int, lines: int) -> Lines:
    """The comment, then exit, plan and owner; what is owed says by when and with which key."""
    most = max(1, min(COMMENT, lines - 2))
    said = [[Ink(part)] for part in wrap(within(score.comment, cells, most), max(1, cells))] if score.comment else []
    owed = owes(score, called.look)
    parts = [_part(part, score, called, owed) for part in PARTS if called.owners or part != "owner"]
    return [*said, *(cut(row, cells) for row in _laid(parts, cells))][:lines]


def _laid(parts: Sequence[list[Ink]], cells: int) -> Iterator[list[Ink]]:
    """The exit on a line of its own; plan and owner share one where both find room."""
    first, *rest = parts
    yield first
    if len(rest) == 2 and sum(width(piece.text) for part in rest for piece in part) + GAP <= cells:
        yield [*rest[0], Ink(" " * GAP), *rest[1]]
    else:
        yield from rest


def _part(part: str, score: Score, called: Called, owed: Sequence[str]) -> list[Ink]:
    label = Ink(f"{part:<{LABEL}}", "dim")
    if part in owed:
        by = named(plan_due(score, called.look.settings), called.look.today)
        role = "red" if late(score, called.look) else "orange"
        missed = f", {day(score.plan, called.look.today)} is past" if part == "plan" and score.plan else ""
        return [label, Ink(f"owed by {by}{missed}", role), Ink(f"  {PARTS[part]}", "bright!")]
    told = _told(part, score, called)
    return [label, Ink(told) if told else Ink("none", "dim")]


def _told(part: str, score: Score, called: Called) -> str:
    match part:
        case "exit":
            return score.exit
        case "plan":
            return named(score.plan, called.look.today) if score.plan else ""
        case _:
            return called.person(score.owner) if score.owner else ""


# the table


def ordered(found: Found, lines: Sequence[Line], scores: Mapping[tuple[str, str], Score], called: Called) -> list[Line]:
    """The current flag, those after it, those that had their turn; then whatever else is on the table."""
    known = {line.id: line for line in lines}
    ahead = [known.pop(each.score.id, _line(each.score, called)) for each in found.walk.ahead]
    done = [_done(each, scores.get(each.cell), known, called) for each in found.walk.done]
    return [*ahead, *done, *(line for line in lines if line.id in known)]


def _line(score: Score, called: Called) -> Line:
    customer = called.customer(score.customer)
    text = f"{customer} {score.measure}"
    return Line(
        id=score.id,
        text=f"{text}: {score.comment}" if score.comment else text,
        reason=f"{score.level} now",
        weight="none" if score.level == "unknown" else score.level,
        customer=customer,
    )


def _done(review: FlagReview, score: Score | None, known: dict[str, Line], called: Called) -> Line:
    """Its line, with what came of it."""
    told = outcome(review, called.look.today)
    if score is None:
        text = f"{called.customer(review.customer)} {review.measure}"
        return Line(id=review.score, text=text, reason=told)
    line = known.pop(score.id, _line(score, called))
    return replace(line, reason=told, brief=told.partition(":")[0])


def outcome(review: FlagReview, today: date) -> str:
    """As in "kept until Fri 4 Dec: their lawyer is away"."""
    until = f" until {named(review.plan, today)}" if review.plan and review.outcome == "kept" else ""
    return f"{review.outcome}{until}" + (f": {review.why}" if review.why else "")


def ticked(row: Row) -> Row:
    """A line of a flag that had its turn."""
    _, *rest = row.cells
    return replace(row, cells=(Ink("✓", "green"), *(Ink(cell.text, "dim") for cell in rest)))
