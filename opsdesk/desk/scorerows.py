"""Rows of a table as flags of the score sheet. What a cell may not hold raises Invalid, with what is allowed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Literal

from msgspec.structs import replace

from opsdesk.core import flagentry
from opsdesk.core.customers import Customer
from opsdesk.core.errors import Invalid
from opsdesk.core.names import Names, fold
from opsdesk.core.people import Person
from opsdesk.core.ports import Reader
from opsdesk.core.record import checked
from opsdesk.core.register import Look
from opsdesk.core.scores import Level, Score, in_order, measure_key
from opsdesk.core.spreadsheets import TRUE
from opsdesk.desk.rows import Row, day, one_of
from opsdesk.desk.scores import comment_for

LEVELS: Mapping[str, Level] = {
    **flagentry.LEVELS,
    **dict.fromkeys(("▲", "▲ r", "rot", "rouge", "rojo"), "red"),
    **dict.fromkeys(("◆", "◆ o", "amber", "a", "yellow", "y", "gelb", "naranja"), "orange"),
    **dict.fromkeys(("●", "● g", "grun", "vert", "verde"), "green"),
    **dict.fromkeys(("·", "unbekannt", "inconnu", "desconocido"), "unknown"),
}
ALLOWED = "r, o, g and u are (red, orange, green, unknown)"
LONGEST_VALID = 3650
SETTLED = ("owner", "exit", "plan")
Nothing = Literal["unsaid", "again"]
"""A row that says nothing, or what was said today already."""


class Said:
    """What one table says: no cell of the sheet twice, and nothing over what others have said since it was written."""

    def __init__(self, read: Reader, names: Names, look: Look, by: str) -> None:
        self._names, self._look, self._by = names, look, by
        self._customers = {each.handle for each in read.live(Customer)}
        self._people = {each.handle for each in read.live(Person)}
        self._cells = {(each.customer, measure_key(each.measure)): each for each in in_order(read.live(Score))}
        self._measures = [measure.name for measure in look.settings.measures]
        self._seen: set[tuple[str, str]] = set()

    def row(self, row: Row) -> Score | Nothing:
        """What it says of its cell; without a level only what the flag there owes, then with the id of that one."""
        if fold(row.get("superseded", "")) in TRUE:
            return "unsaid"
        level = _level(_either(row, "level"))
        comment = _either(row, "comment")
        if level is None:
            _refuse_comment(comment)
            return self._settled(row)
        customer, measure = self._customer(row.get("customer", "")), self._measure(row.get("measure", ""))
        now = self._cells.get((customer, measure_key(measure)))
        self._refuse_overtaken(row.get("level (now)", ""), level, now)
        made = Score(
            customer=customer,
            measure=measure,
            level=level,
            comment=comment,
            owner=self._owner(row.get("owner", "")),
            exit=row.get("exit", ""),
            plan=self._plan(row.get("plan", ""), now),
            valid_days=_days(row.get("valid days", "")),
            at=self._now,
            since=self._now,
        )
        return self._once(made)

    def _settled(self, row: Row) -> Score | Nothing:
        said = [name for name in SETTLED if row.get(name)]
        if not said:
            return "unsaid"
        customer, measure = self._customer(row.get("customer", "")), self._measure(row.get("measure", ""))
        now = self._cells.get((customer, measure_key(measure)))
        if now is None or not now.flag:
            told = f"{measure} of {self._name(customer)} is neither red nor orange"
            raise Invalid(f"It says {' and '.join(said)}, and no level: {told}.")
        written = row.get("level (now)", "")
        self._refuse_overtaken(written, LEVELS.get(fold(written), now.level), now)
        kept: Score = checked(
            replace(
                now,
                owner=self._owner(row.get("owner", "")) or now.owner,
                exit=row.get("exit", "") or now.exit,
                plan=self._plan(row.get("plan", ""), now) or now.plan,
            )
        )
        self._first(kept)
        return "again" if kept == now else kept

    def typed(self, text: str) -> Score | Nothing:
        """A line as a flag is typed: customer, measure, level, why."""
        draft = flagentry.parse_flag(text, self._names.customers, self._measures)
        missing = [each for each in draft.missing if each != "comment"]
        if missing:
            raise Invalid(f"Its {' and '.join(missing)} cannot be told: it is typed as customer, measure, level, why.")
        return self._once(
            Score(
                customer=self._customer(draft.customer),
                measure=draft.measure,
                level=draft.level,
                comment=draft.comment,
                at=self._now,
                since=self._now,
            )
        )

    @property
    def _now(self) -> datetime:
        return self._look.now

    def _first(self, made: Score) -> None:
        """Raises Invalid where a line above says something of the same cell."""
        cell = made.customer, measure_key(made.measure)
        if cell in self._seen:
            raise Invalid(f"{made.measure} of {self._name(made.customer)} is said in a line above already.")
        self._seen.add(cell)

    def _once(self, made: Score) -> Score | Nothing:
        """As it would be kept. What was said today already is not said again."""
        before = self._cells.get((made.customer, measure_key(made.measure)))
        same = before is not None and before.level == made.level
        comment_for(made.level, made.comment or (before.comment if before and same else ""), before)
        kept: Score = checked(made)
        self._first(made)
        return "again" if before and same and self._said_today(kept, before) else kept

    def _said_today(self, made: Score, before: Score) -> bool:
        """Whether the cell was confirmed today, and this adds nothing to it."""
        today = not before.at < self._look.begun(0)
        return today and all(made[name] in (before[name], "", None, 0) for name in ("comment", "valid_days", *SETTLED))

    def _customer(self, typed: str) -> str:
        if not typed.strip("# "):
            raise Invalid("It names no customer.")
        found = one_of(self._names.customers, typed.lstrip("#"), "customer")
        if found not in self._customers:
            raise Invalid(f"{self._name(found)} is no customer any more.")
        return found

    def _measure(self, typed: str) -> str:
        """Behind an apostrophe too, which keeps a spreadsheet from running it."""
        wanted = fold(typed.removeprefix("'"))
        found = [name for name in self._measures if fold(name) == wanted]
        found = found or [name for name in self._measures if wanted and fold(name).startswith(wanted)]
        if len(found) != 1:
            raise Invalid(f'"{typed}" is no measure: {", ".join(self._measures)} are.')
        return found[0]

    def _plan(self, typed: str, now: Score | None) -> date | None:
        """A day from today on, or the one that is planned already."""
        planned = day(typed, self._look.today, self._look.settings)
        if planned is not None and planned < self._look.today and (now is None or now.plan != planned):
            raise Invalid(f"Its plan date {planned} is past.")
        return planned

    def _owner(self, typed: str) -> str:
        found = one_of(self._names.people, typed.lstrip("@"), "person")
        if found and found not in self._people:
            raise Invalid(f"{self._names.people.name(found)} is not here any more.")
        return found

    def _refuse_overtaken(self, written: str, level: Level, now: Score | None) -> None:
        """`written`: the level as it was when the table was made."""
        then, found = LEVELS.get(fold(written)), now.level if now else "unknown"
        if now is None or then is None or found in (then, level):
            return
        who = self._names.people.name(now.by)
        why = f": {now.comment}" if now.comment else ""
        raise Invalid(f"{now.measure} of {self._name(now.customer)} is {found} since, by {who}{why}.")

    def _name(self, customer: str) -> str:
        return self._names.customers.name(customer)


def _either(row: Row, field: str) -> str:
    """What is new, where a table tells it from what is so far."""
    return row.get(f"new {field}", row.get(field, ""))


def _level(typed: str) -> Level | None:
    if not typed:
        return None
    found = LEVELS.get(fold(typed))
    if found is None:
        raise Invalid(f'"{typed}" is no level: {ALLOWED}.')
    return found


def _refuse_comment(comment: str) -> None:
    """What somebody has written must not be lost because the level is missing."""
    if comment:
        raise Invalid("It says comment, and no level.")


def _days(typed: str) -> int:
    """0 is as its level says."""
    if not typed:
        return 0
    if len(typed) > 4 or not typed.isdecimal() or int(typed) > LONGEST_VALID:
        raise Invalid(f'"{typed}" is no number of days: a whole number from 0 to {LONGEST_VALID} is.')
    return int(typed)
