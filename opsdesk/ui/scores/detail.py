"""The cell under the cursor in full; while a level is typed, what each level means there."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date

import msgspec

from opsdesk.core.dates import readable
from opsdesk.core.register import Look
from opsdesk.core.scores import Level, Score
from opsdesk.core.settings import Measure
from opsdesk.core.spans import named
from opsdesk.insight.plans import late, owes, plan_due
from opsdesk.insight.reviewed import before_this, times
from opsdesk.insight.rollup import Rolled
from opsdesk.insight.sheet import SheetRow
from opsdesk.ui.ink import FLAGS, Ink, flag, within
from opsdesk.ui.scores.rows import sign, stale_days
from opsdesk.ui.scores.story import Story
from opsdesk.ui.widgets.columns import cut

Line = Sequence[Ink]
BETWEEN = Ink("     ", "dim")
DOT = Ink(" · ", "dim")
KEYS = {"owner": ("@", "owner"), "exit": ("=", "exit"), "plan": ("t", "plan date")}


class Shown(msgspec.Struct, frozen=True, kw_only=True):
    """What the lines are made of. `person`: handle → name; `owners`: whether anybody may be named. `short`: the
    customer is not named again.
    """

    row: SheetRow
    measure: Measure
    score: Score | None
    look: Look
    story: Story | None
    person: Callable[[str], str]
    owners: bool = True
    short: bool = False

    @property
    def level(self) -> Level:
        return self.score.level if self.score else "unknown"

    def day(self, score: Score, *, said: bool = False) -> date:
        return (score.at if said else score.since).astimezone(self.look.settings.zone).date()


def full(shown: Shown, cells: int) -> list[Line]:
    """What is known of the cell, as lines of so many cells: the dearest first."""
    made: list[Line] = [_first(shown)]
    if shown.score is not None and shown.score.comment:
        made.append([Ink(within(shown.score.comment, cells, 1))])
    owed = list(_owed(shown))
    owed += _before(shown)
    if owed:
        made.append([each for piece in owed for each in (BETWEEN, *piece)][1:])
    made += _override(shown)
    return [cut(line, cells) for line in made]


def _first(shown: Shown) -> Line:
    head = [Ink(shown.measure.name), DOT]
    if not shown.short:
        head = [Ink(shown.row.customer.name, "bright!"), DOT, *head]
    score = shown.score
    if score is None or score.level == "unknown":
        return [*head, *_unknown(shown, score), Ink("   r, o or g says how it is", "dim")]
    mark = sign(score, shown.look)
    stale = score.stale(shown.look)
    since = f"{score.level} since {_day(shown.day(score), shown.look)}"
    level = [Ink(f"{mark.text}  {since}", mark.role)]
    if stale:
        level.append(Ink(f", stale {stale_days(score, shown.look)} d", "orange"))
    told = " · ".join(_told(shown, score))
    return [*head, *level, Ink(f"   {told}", "dim")]


def _unknown(shown: Shown, score: Score | None) -> Line:
    """What was a flag before nobody knew it is one still."""
    if score is None or not score.beneath:
        return [Ink("· unknown", "dim")]
    return [
        Ink(f"· unknown since {_day(shown.day(score), shown.look)}, ", "dim"),
        Ink(f"was {score.beneath}", score.beneath),
    ]


def _told(shown: Shown, score: Score) -> Iterable[str]:
    """Reviews survived, and who said it when and in which meeting."""
    if shown.story is not None and score.flag:
        found = shown.story.reviewed(score.customer, score.measure)
        yield (
            f"{found.survived} review{'' if found.survived == 1 else 's'} survived"
            if found.survived
            else "no review yet"
        )
        if found.skipped:
            yield f"skipped {times(found.skipped)}"
        if found.again:
            yield found.again
    verb = "confirmed" if score.at != score.since else "set"
    by = f" by {shown.person(score.by)}" if shown.owners and score.by else ""
    where = f" in {shown.story.meeting(score.meeting)}" if score.meeting and shown.story else ""
    on = f" {_day(shown.day(score, said=True), shown.look)}" if verb == "confirmed" else ""
    yield f"{verb}{on}{by}{where}"


def _owed(shown: Shown) -> Iterable[Line]:
    """exit, plan by, owner; what of it is owed, by when and with which key; open promises of the customer."""
    score = shown.score
    if score is not None and score.flag:
        yield from _given(shown, score)
        yield from _missing(shown, score)
    count = shown.story.promises(shown.row.customer.handle) if shown.story else 0
    if count:
        yield [Ink("open promises  ", "dim"), Ink(str(count))]


def _before(shown: Shown) -> Iterable[Line]:
    """Of a flag that was opened again who had it the time before and how it was to end: to be taken, or not."""
    score = shown.score
    if shown.story is None or score is None or not score.flag or not owes(score, shown.look):
        return
    then = before_this(shown.story.said(score.customer, score.measure))
    if then is None:
        return
    owner = shown.person(then.owner) if then.owner and shown.owners else ""
    plan = f"plan {_day(then.plan, shown.look)}" if then.plan else ""
    said = ", ".join(filter(None, (owner, f"exit {then.exit}" if then.exit else "", plan)))
    if said:
        yield [Ink(f"before: {said}", "dim")]


def _given(shown: Shown, score: Score) -> Iterable[Line]:
    missing = owes(score, shown.look)
    if score.exit:
        yield [Ink("exit  ", "dim"), Ink(score.exit)]
    if score.plan and "plan" not in missing:
        yield [Ink("plan by  ", "dim"), Ink(named(score.plan, shown.look.today))]
    if score.owner and shown.owners:
        yield [Ink("owner  ", "dim"), Ink(shown.person(score.owner))]


def _missing(shown: Shown, score: Score) -> Iterable[Line]:
    missing = [part for part in owes(score, shown.look) if shown.owners or part != "owner"]
    if not missing:
        return
    role = "red" if late(score, shown.look) else "orange"
    line = [Ink(f"owed by {named(plan_due(score, shown.look.settings), shown.look.today)}  ", role)]
    for part in missing:
        key, words = KEYS[part]
        line += [Ink(f" {key} ", "bright!"), Ink(f"{words} ", "dim")]
    yield line


def _override(shown: Shown) -> Iterable[Line]:
    """The level somebody judged it to be, beside what the cells come to."""
    rolled: Rolled = shown.row.rolled
    override = rolled.override
    if override is None:
        return
    until, by = getattr(override, "until", None), getattr(override, "created_by", "")
    words = f" until {_day(until, shown.look)}" if until else ""
    who = f" by {shown.person(by)}" if by and shown.owners else ""
    shape, letter = FLAGS[override.level]
    computed, its = FLAGS[rolled.computed]
    yield [
        Ink("judged  ", "dim"),
        Ink(f"{shape} {letter}", override.level),
        Ink(f"{words}{who}: "),
        Ink(str(getattr(override, "title", ""))),
        Ink(f"   computed {computed} {its}".rstrip(), "dim"),
    ]


def meanings(measure: Measure, level: Level, cells: int, *, only: bool = False) -> list[Line]:
    """What red, orange and green mean in this column; `only`: the one that is typed."""
    levels: tuple[Level, ...] = ("red", "orange", "green")
    if only:
        levels = (level,) if level in levels else ()
    return [cut(_meaning(measure, each, mine=each == level), cells) for each in levels]


def _meaning(measure: Measure, level: Level, *, mine: bool) -> Line:
    _, letter = FLAGS[level]
    words = str(getattr(measure, level)) or f"nobody has written down what {level} means here"
    mark = flag(level)
    return [Ink(f"{mark.text} {letter}  ", mark.role), Ink(words, "bright!" if mine else "dim")]


def _day(day: date, look: Look) -> str:
    return readable(day, look.today) if day != look.today else "today"
