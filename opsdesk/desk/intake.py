"""Taking in people, customers, open actions and flags from a table: first looked at, then taken whole or not at all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Protocol

import msgspec

from opsdesk.core import counting
from opsdesk.core.actions import Action
from opsdesk.core.columns import COLUMNS, fields
from opsdesk.core.customers import Customer
from opsdesk.core.errors import Conflict, Invalid
from opsdesk.core.people import Person
from opsdesk.core.ports import Work
from opsdesk.core.register import Look
from opsdesk.core.scores import Score
from opsdesk.desk import rows
from opsdesk.desk.context import Context
from opsdesk.desk.people import People
from opsdesk.desk.rows import Row, Taken, is_mail, parted
from opsdesk.desk.scorerows import Nothing, Said
from opsdesk.desk.scores import Flag, Scores

Taking = Person | Customer | Action | Score
NEEDED: dict[str, tuple[tuple[str, ...], ...]] = {
    "people": (("name", "first", "last"),),
    "customers": (("name",),),
    "actions": (("title",),),
    "scores": (("customer",), ("measure",), ("level", "new level")),
}
"""Kind → fields of which one column each has to be there."""
UNHEADED: dict[str, tuple[str, ...]] = {
    "people": ("name", "department", "email", "handle"),
    "customers": ("name", "owner", "revenue"),
}
counted = counting.counted


class Sheet(Protocol):
    """A table that was read: rows and problems each with the number of their line; no headers for a plain list."""

    @property
    def headers(self) -> tuple[str, ...]: ...
    @property
    def rows(self) -> Sequence[tuple[int, tuple[str, ...]]]: ...
    @property
    def problems(self) -> Sequence[tuple[int, str]]: ...


class Preview(msgspec.Struct, frozen=True, kw_only=True):
    """What would be taken in, what cannot be (line number, why), and headers nobody here knows.

    `kind` is people, customers, actions or scores. `taken_for`: what each line was taken for, where none of several
    heads columns. `unsaid`: how many rows say nothing, such as those of cells that nobody has filled; `again`: how
    many say what was said today already. A flag with an id is one that is there, with what it owed.
    """

    kind: str
    records: tuple[Taking, ...] = ()
    problems: tuple[tuple[int, str], ...] = ()
    ignored: tuple[str, ...] = ()
    taken_for: str = ""
    unsaid: int = 0
    again: int = 0


class Intake:
    """Kinds are people, customers, actions and scores."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._people = People(context)

    def preview(self, kind: str, sheet: Sheet) -> Preview:
        """Headers in any order and case. A list without any is names (with department, or owner and revenue), or
        actions or flags as they are typed. Nothing is kept. Raises Invalid for an unknown kind or a needed column
        missing.
        """
        if kind not in COLUMNS:
            raise Invalid(f"{kind} cannot be taken in.", "People, customers, actions and scores can.")
        places, ignored = fields(sheet.headers, COLUMNS[kind])
        _check_headers(kind, sheet.headers, places)
        read = self._reader(kind, places)
        records: list[Taking] = []
        problems, left = list(sheet.problems), Counter[Nothing]()
        for line, cells in sheet.rows:
            try:
                record = read(cells)
            except Invalid as error:
                problems.append((line, str(error)))
                continue
            if isinstance(record, str):
                left[record] += 1
            else:
                records.append(record)
        return Preview(
            kind=kind,
            records=tuple(records),
            problems=tuple(sorted(problems)),
            ignored=ignored,
            taken_for=_taken_for(kind, sheet),
            unsaid=left["unsaid"],
            again=left["again"],
        )

    def take(self, preview: Preview, *, leave_out: bool = False) -> int:
        """Keeps every record in one transaction, so that one undo takes all of them back; returns how many.

        Raises Invalid while there are problems, unless what cannot be read is to be left out; Conflict where
        somebody else has added one of them meanwhile.
        """
        if preview.problems and not leave_out:
            raise Invalid("Nothing was taken in: some lines cannot be read.", "Correct them, or leave them out.")
        if not preview.records:
            return 0
        with self._context.work(f"Take in {counted(preview.kind, len(preview.records))}") as work:
            _check_free(work, preview)
            flags = [_flag(each) for each in preview.records if isinstance(each, Score) and not each.id]
            Scores(self._context).put_all(work, flags, at=self._context.clock())
            for record in preview.records:
                if record.id:
                    work.put(record)
                elif not isinstance(record, Score):
                    work.add(record)
        return len(preview.records)

    def _reader(self, kind: str, places: dict[str, int]) -> Callable[[tuple[str, ...]], Taking | Nothing]:
        if kind == "actions":
            return self._action_reader(places)
        if kind == "scores":
            return self._score_reader(places)
        store, names = self._context.store, self._people.names()
        today, settings = self._context.today(), self._context.settings
        if kind == "people":
            people = Taken(store.all(Person), "p")
            return lambda cells: rows.person(_row(cells, kind, places), people)
        customers = Taken(store.all(Customer), "c")
        return lambda cells: rows.customer(_row(cells, kind, places), customers, names.people, today, settings)

    def _action_reader(self, places: dict[str, int]) -> Callable[[tuple[str, ...]], Taking]:
        """With no column but the title, lines are quick entry."""
        names, now, by = self._people.names(), self._context.clock(), self._context.by
        today, settings = self._context.today(now), self._context.settings
        if len(places) > 1:
            return lambda cells: rows.action(_row(cells, "actions", places), names, now, today, by, settings)
        title = places.get("title")

        def typed(cells: tuple[str, ...]) -> Action:
            text = ", ".join(cell for cell in cells if cell) if title is None else cells[title]
            return rows.typed_action(text, names, now, today, by, settings)

        return typed

    def _score_reader(self, places: dict[str, int]) -> Callable[[tuple[str, ...]], Score | Nothing]:
        look = Look(self._context.clock(), self._context.settings)
        said = Said(self._context.store, self._people.names(), look, self._context.by)
        if places:
            return lambda cells: said.row(_row(cells, "scores", places))
        return lambda cells: said.typed(" ".join(cells))


def _flag(score: Score) -> Flag:
    return Flag(
        customer=score.customer,
        measure=score.measure,
        level=score.level,
        comment=score.comment,
        owner=score.owner,
        exit=score.exit,
        plan=score.plan,
        valid_days=score.valid_days,
    )


TYPED = {"actions": "an action as it is typed", "scores": "a flag as it is typed"}


def _taken_for(kind: str, sheet: Sheet) -> str:
    """As in "name, department, email, handle"; a list of one column is one of the first of them."""
    if sheet.headers or len(sheet.rows) < 2:
        return ""
    if kind in TYPED:
        return TYPED[kind]
    return ", ".join(UNHEADED[kind]) if any(_is_wide(cells) for _, cells in sheet.rows) else "a name"


def _is_wide(cells: tuple[str, ...]) -> bool:
    try:
        return len(parted(cells)) > 1
    except Invalid:
        return False


def _check_headers(kind: str, headers: tuple[str, ...], places: dict[str, int]) -> None:
    missing = next((needed for needed in NEEDED[kind] if not any(field in places for field in needed)), ())
    if headers and missing:
        allowed = ", ".join(COLUMNS[kind])
        raise Invalid(f"No column is headed {missing[0]}; these are: {', '.join(headers)}.", f"Known are {allowed}.")


def _row(cells: tuple[str, ...], kind: str, places: dict[str, int]) -> Row:
    if places:
        return {field: cells[place] for field, place in places.items()}
    columns, parts = list(UNHEADED[kind]), parted(cells)
    row = {}
    mails = [part for part in parts if is_mail(part)] if "email" in columns else []
    if len(mails) == 1:
        parts.remove(mails[0])
        columns.remove("email")
        row["email"] = mails[0]
    if len(parts) > len(columns):
        raise Invalid(f"It has {len(parts)} cells; a list without headings has {', '.join(columns)}.")
    return row | dict(zip(columns, parts, strict=False))


def _check_free(work: Work, preview: Preview) -> None:
    taken = _handles(work, preview.kind)
    for record in preview.records:
        if isinstance(record, Person | Customer) and record.handle in taken:
            raise Conflict(f"{record.handle} has been added meanwhile.", "Read the table again.")


def _handles(work: Work, kind: str) -> set[str]:
    if kind not in UNHEADED:
        return set()
    known = work.all(Person) if kind == "people" else work.all(Customer)
    return {each.handle for each in known}
