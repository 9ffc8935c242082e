"""The score sheet as rows, each made when it comes into sight: level, name, cells, weeks, why, who."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import overload

from rich.cells import set_cell_size

from opsdesk.core.register import Look
from opsdesk.core.scores import Score
from opsdesk.core.settings import Measure
from opsdesk.insight.plans import owes
from opsdesk.insight.reviewed import times
from opsdesk.insight.rollup import Rolled
from opsdesk.insight.sheet import SheetRow
from opsdesk.ui.ink import FLAGS, Ink, fit, flag, shorten, width
from opsdesk.ui.scores.plan import GAP, TREND, WHY_GOOD, Form, Plan
from opsdesk.ui.scores.story import Story
from opsdesk.ui.widgets.columns import Row

STALE = "○"
STRONG = {"red": "red!"}
BARS = {None: " ", 0: "▁", 1: "▃", 2: "▆"}
WEEK = 7
WORTH = 12  # cells of a comment that are worth being shown
LONG_AGO = 28  # days after which it is worth a word that a customer was not discussed
OWED = {"exit": "exit", "plan": "plan date"}


class Rows(Sequence[Row]):
    """As many as customers, each made once."""

    def __init__(self, found: Sequence[SheetRow], make: Callable[[SheetRow], Row]) -> None:
        self._found, self._make = found, make
        self._made: dict[int, Row] = {}
        self._places: dict[str, int] | None = None

    def __len__(self) -> int:
        return len(self._found)

    @overload
    def __getitem__(self, at: int) -> Row: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Row]: ...
    def __getitem__(self, at: int | slice) -> Row | Sequence[Row]:
        if isinstance(at, slice):
            return [self[each] for each in range(*at.indices(len(self)))]
        row = self._made.get(at)
        if row is None:
            row = self._made[at] = self._make(self._found[at])
        return row

    def place(self, key: str) -> int | None:
        if self._places is None:
            self._places = {row.customer.handle: at for at, row in enumerate(self._found)}
        return self._places.get(key)


def sign(score: Score | None, look: Look, form: Form = "wide") -> Ink:
    """A cell: shape and letter; stale ○ and a small letter, so that it is not taken for what somebody stands by."""
    if score is None or score.level == "unknown":
        return Ink("·", "dim")
    shape, letter = FLAGS[score.level]
    stale = score.stale(look)
    text = f"{STALE} {letter.lower()}" if stale else f"{shape} {letter}"
    return Ink(_as(text, form), "dim" if stale else STRONG.get(score.level, score.level))


def _as(text: str, form: Form) -> str:
    return text if form == "wide" else text.replace(" ", "") if form == "tight" else text[-1]


def heads(measures: Sequence[Measure], plan: Plan) -> list[Ink]:
    """The names of the columns, as short as they have to be."""
    room = max(1, plan.pitch - 1)
    made = [Ink(" " * (plan.first + 1))]
    made += [
        Ink(_column(set_cell_size(measure.name.upper(), room).rstrip(), plan.pitch), "dim") for measure in measures
    ]
    named = (
        ("12 WEEKS", plan.trend),
        ("VALUE", plan.value),
        ("DISCUSSED", plan.spoken),
        ("WHY", plan.why),
        ("WHO", plan.who),
    )
    return [*made, *(Ink(_column(name, cells), "dim") for name, cells in named if cells)]


def _column(text: str, cells: int) -> str:
    return text + " " * max(0, cells - width(text))


class Maker:
    """Makes the rows of one sheet for one width. `person`: handle → name."""

    def __init__(
        self, plan: Plan, look: Look, revenue: float, story: Story | None, person: Callable[[str], str]
    ) -> None:
        self._plan, self._look, self._revenue, self._story, self._person = plan, look, revenue, story, person

    def row(self, found: SheetRow) -> Row:
        plan, handle = self._plan, found.customer.handle
        why = self.why(found)
        return Row(
            key=handle,
            cells=(
                _front(found.rolled),
                self._name(found),
                *(sign(cell, self._look, plan.form) for cell in found.cells),
                Ink(self._trend(handle), "dim"),
                Ink(self._value(found), "dim"),
                self._spoken(handle),
                why,
                self._who(found.rolled),
            ),
            told=why.text,
        )

    def _name(self, found: SheetRow) -> Ink:
        name, room = found.customer.name, self._plan.name - GAP
        beside = overridden(found.rolled, self._look)
        if width(name + beside) > room:
            beside = overridden(found.rolled, self._look, short=True)
        room -= width(beside)
        return Ink(f"{name if width(name) <= room else fit(name, room)}{beside}", "bright!")

    def _trend(self, handle: str) -> str:
        if self._story is None or not self._plan.trend:
            return ""
        return "".join(BARS[level] for level in self._story.trend(handle)).rstrip()[: TREND - GAP]

    def _value(self, found: SheetRow) -> str:
        """Its share of all revenue."""
        return f"{100 * found.customer.revenue / self._revenue:.1f} %" if self._revenue else ""

    def _spoken(self, handle: str) -> Ink:
        known = self._story.attention(handle) if self._story else None
        if known is None:
            return Ink("")
        return Ink("never", "orange") if known.days is None else Ink(_ago(known.days), "dim")

    def _who(self, rolled: Rolled) -> Ink:
        """Of the worst flag; what is red without anybody is said."""
        if rolled.by is None:
            return Ink("")
        if rolled.by.owner:
            return Ink(self._person(rolled.by.owner).split(" ")[0], "dim")
        return Ink("none", "orange") if rolled.by.level == "red" else Ink("")

    def why(self, found: SheetRow) -> Ink:
        """The worst flag; else what nobody stands by any more; else how long nobody has spoken of it."""
        if found.rolled.by is not None:
            return Ink(self._fitting(self._of_flag(found.rolled), found.rolled.by.comment))
        beneath = next((score for score in found.cells if score is not None and score.beneath), None)
        if beneath is not None:
            return Ink(f"{beneath.measure} unknown, was {beneath.beneath}", "orange")
        stale = _stale(found, self._look)
        known = self._story.attention(found.customer.handle) if self._story else None
        if known is not None and known.never_discussed:
            return Ink(f"never discussed{', ' if stale else ''}{stale}", "orange")
        if stale:
            return Ink(stale)
        if known is not None and known.days is not None and known.days >= LONG_AGO:
            return Ink(f"last discussed {known.days} d ago", "dim")
        return Ink("onboarding", "dim") if found.customer.onboarding else Ink("")

    def _fitting(self, parts: Sequence[str], comment: str) -> str:
        """The first of them, as many more as there is room for, and on a wide screen the beginning of what was said."""
        said = parts[0]
        for part in parts[1:]:
            longer = f"{said}, {part}"
            said = longer if width(longer) < self._plan.why else said
        left = self._plan.why - width(said) - 2 * GAP
        return (
            f"{said} · {shorten(comment, left)}" if comment and left >= WORTH and self._plan.why >= WHY_GOOD else said
        )

    def _of_flag(self, rolled: Rolled) -> list[str]:
        """How long, how often it was passed over, what is missing; the dearest first."""
        score = rolled.by
        if score is None:
            return []
        since = (self._look.today - score.since.astimezone(self._look.settings.zone).date()).days
        said = [f"{score.level} {since} d" if since else f"{score.level} since today"]
        if rolled.no_measure:
            said = _no_measure(rolled, said[0])
        if rolled.stale_flags > 1:
            said.append(f"{rolled.stale_flags} stale flags")
        elif score.stale(self._look):
            said.append(f"stale {stale_days(score, self._look)} d")
        known = self._story.reviewed(score.customer, score.measure) if self._story else None
        if known is not None and known.skipped:
            said.append(f"skipped {times(known.skipped)}")
        said += [f"no {OWED[part]}" for part in owes(score, self._look) if part != "owner"]
        if known is not None and known.last is None and not known.skipped:
            said.append("not discussed")
        return said


def _no_measure(rolled: Rolled, worst: str) -> list[str]:
    """As in "red Six, no longer a measure": such a flag has no column in which it could be seen."""
    gone = [f"{score.level} {score.measure}" for score in rolled.no_measure]
    told = f"{', '.join(gone)}, no longer {'a measure' if len(gone) == 1 else 'measures'}"
    return [told] if rolled.by in rolled.no_measure else [worst, told]


def _front(rolled: Rolled) -> Ink:
    """What its cells come to; red stands out without colour too."""
    mark = flag(rolled.computed)
    return Ink(mark.text, STRONG.get(mark.role, mark.role))


def called(found: SheetRow, look: Look) -> str:
    """Its name as it stands in its row, with room for all of it."""
    return found.customer.name + overridden(found.rolled, look)


def overridden(rolled: Rolled, look: Look, *, short: bool = False) -> str:
    """As in " (● until fri)", beside the level that the cells come to; empty without an override."""
    override = rolled.override
    if override is None:
        return ""
    shape, letter = FLAGS[override.level]
    until = getattr(override, "until", None)
    if short or until is None:
        return f" ({shape} {letter})"
    day = f"{until:%a}" if (until - look.today).days < WEEK else f"{until.day} {until:%b}"
    return f" ({shape} {letter} until {day})"


def _stale(found: SheetRow, look: Look) -> str:
    """As in "stale 9 d", "3 stale"."""
    old = [score for score in found.cells if score is not None and score.stale(look)]
    if len(old) > 1:
        return f"{len(old)} of {len(found.cells)} stale"
    return f"{old[0].measure} stale {stale_days(old[0], look)} d" if old else ""


def stale_days(score: Score, look: Look) -> int:
    """Since the last day on which it was fresh."""
    return (look.today - score.at.astimezone(look.settings.zone).date()).days - score.valid


def _ago(days: int) -> str:
    return "today" if days == 0 else f"{days} d ago"
