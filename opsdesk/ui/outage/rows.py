"""How an incident stands, line by line: who knows of it, what may be said, what happened."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from textwrap import wrap

import msgspec

from opsdesk.core.register import Look
from opsdesk.core.registers.incidents import REGISTER, Incident
from opsdesk.insight.standing import Standing
from opsdesk.insight.standing_lines import NOT_YET, Called, clock_time, known_words, length
from opsdesk.insight.talking import NEEDED, NEXT, TITLES, UNSAID, Point, draft_points, talking_points
from opsdesk.ui.ink import Ink, fit, flag, shorten, width
from opsdesk.ui.widgets.columns import Row

WHO, SAY, AT, OTHER, NEXT_KEY, WRITE = "who/", "say/", "at/", "incident/", "next", "write"
TITLE, NARROW, LEAST = 21, 12, 20  # cells
UNDER = 60  # cells, below which titles are narrow

Pieces = tuple[Ink, ...]


class Page(msgspec.Struct, frozen=True, kw_only=True):
    """What stands on the page, and how it is read. `cells`: of a line; `others`: open ones besides, the worst first."""

    found: Standing
    called: Called
    look: Look
    cells: int
    others: Sequence[Incident] = ()

    @property
    def incident(self) -> Incident:
        return self.found.incident

    @property
    def titles(self) -> int:
        return TITLE if self.cells >= UNDER else NARROW

    def told(self, title: str, text: str, role: str = "ink", key: str = "", less: int = 0) -> Iterator[Row]:
        """In two columns, as many lines as the text needs; the first of them can be chosen. `less`: cells kept free."""
        room = max(LEAST, self.cells - self.titles - 4 - less)
        for at, part in enumerate(wrap(text, room) or [""]):
            lead = "" if key and not at else " "
            name = Ink(f"{lead}{fit('' if at else title, self.titles)}  ", "dim")
            yield Row(key="" if at else key, across=(name, Ink(part, role)))

    def time(self, at: datetime | None) -> str:
        return clock_time(at, self.look)


# how it stands


def standing(page: Page, *, points: bool) -> list[Row]:
    """`points`: what may be said stands here too, and not beside it."""
    return [
        *knowing(page),
        Row(),
        *([*saying(page), Row()] if points else []),
        *happened(page),
        *(others(page) if page.others else []),
    ]


def knowing(page: Page) -> Iterator[Row]:
    yield title("WHO KNOWS", "Enter or i: who was told")
    for each in page.found.known:
        words = known_words(each, page.called, page.look)
        role = "ink" if each.at is not None or not page.incident.live else "orange"
        yield from page.told(each.department, words, role, f"{WHO}{each.department}")
    departments = {each.department.casefold() for each in page.found.known}
    for told in page.incident.informed:
        if told.who.casefold() not in departments:
            by = f" by {page.called.person(told.by)}" if told.by else ""
            how = f", {told.how}" if told.how else ""
            yield from page.told(page.called.person(told.who), f"informed at {page.time(told.at)}{by}{how}")
    knew = page.found.until_sales_knew
    yield from page.told("Time until Sales knew", length(knew) or NOT_YET, "bright" if knew is not None else "dim")


def happened(page: Page) -> Iterator[Row]:
    """The newest first."""
    yield title("TIMELINE", "n note · u update")
    for each in reversed(page.found.moments):
        by = f"  {page.called.person(each.by)}" if each.by else ""
        text = f"update: {each.text}" if each.what == "update" else each.text
        role = "bright" if each.what == "update" else "ink" if each.what == "note" else "dim"
        rows = list(page.told(page.time(each.at), text, role, f"{AT}{each.id}" if each.id else "", width(by)))
        yield Row(key=rows[0].key, across=(*rows[0].across, Ink(by, "accent")))
        yield from rows[1:]


def others(page: Page) -> Iterator[Row]:
    yield Row()
    yield title("ALSO OPEN", "Enter goes there")
    for each in page.others:
        mark = flag(REGISTER.weight(each, page.look))
        words = f"{each.title} · {REGISTER.reason(each, page.look)}"
        name = fit(f"{each.id}", page.titles - 2)
        cells = max(LEAST, page.cells - page.titles - 4)
        across = (mark, Ink(f" {name}  ", "dim"), Ink(shorten(words, cells)))
        yield Row(key=f"{OTHER}{each.id}", across=across)


def title(words: str, keys: str = "") -> Row:
    return Row(across=(Ink(f" {words}", "bright"), Ink(f"   {keys}" if keys else "", "dim")))


# what may be said


def saying(page: Page) -> list[Row]:
    """Once it is approved; until then that it is not."""
    said = talking_points(page.incident, "team", page.look)
    if not said:
        asked = (Ink("not approved yet", "orange"), Ink("   Enter or = writes them", "dim"))
        return [title("TALKING POINTS"), Row(key=WRITE, across=asked)]
    return [title("TALKING POINTS", approval(page)), *_points(page, said)]


def writing(page: Page) -> list[Row]:
    """Every point as it stands, to be said and approved."""
    talk = page.incident.talk
    if talk is not None and talk.approved is not None:
        head: Pieces = (Ink(f" {approval(page)}", "green"), Ink("   a change takes it back", "dim"))
    else:
        head = (
            Ink(" DRAFT: nobody says this yet", "orange!"),
            Ink(f"   {lacking(page.incident) or '! approves it'}", "dim"),
        )
    return [Row(across=head), Row(), *_points(page, draft_points(page.incident, page.look))]


def approval(page: Page) -> str:
    talk = page.incident.talk
    if talk is None or talk.approved is None:
        return "not approved yet"
    return f"approved by {page.called.person(talk.approved_by)} {page.time(talk.approved)}"


def lacking(incident: Incident) -> str:
    """What is to be said first, or that it can be approved."""
    missing = [TITLES[name].lower() for name in NEEDED if not getattr(incident.talk, name, "")]
    return f"it lacks {', '.join(missing)}" if missing else ""


def _points(page: Page, points: Sequence[Point]) -> Iterator[Row]:
    needed = {TITLES[name] for name in NEEDED}
    for each in points:
        unsaid = each.text == UNSAID
        role = ("orange" if each.title in needed else "dim") if unsaid else "ink"
        yield from page.told(each.title, each.text, role, key_of(each.title))


def key_of(point: str) -> str:
    """The key of a point's row, by its title."""
    if point == NEXT:
        return NEXT_KEY
    return f"{SAY}{next(name for name, called in TITLES.items() if called == point)}"


def beside(page: Page, cells: int) -> list[list[Ink]]:
    """What may be said, for the panel at the side."""
    said = talking_points(page.incident, "team", page.look)
    head = [Ink("TALKING POINTS", "dim"), Ink(f"   {approval(page)}", "green" if said else "orange")]
    if not said:
        return [head, [], [Ink("= writes and approves it", "dim")]]
    told: list[list[Ink]] = [head]
    for each in said:
        told += [[], [Ink(each.title, "dim")], *([Ink(part)] for part in wrap(each.text, cells) or [""])]
    return told


# before others than the team


def openly(fields: Iterable[tuple[str, str]], cells: int) -> list[Row]:
    titles = TITLE if cells >= UNDER else NARROW
    room = max(LEAST, cells - titles - 4)
    return [
        Row(across=(Ink(f" {fit('' if at else name, titles)}  ", "dim"), Ink(part)))
        for name, text in fields
        for at, part in enumerate(wrap(text, room) or [""])
    ]
