"""Rows of a table as flags of the score sheet. What a cell may not hold raises Invalid, with what is allowed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from opsdesk.core import flagentry
from opsdesk.core.customers import Customer
from opsdesk.core.errors import Invalid
from opsdesk.core.names import Names, fold
from opsdesk.core.people import Person
from opsdesk.core.ports import Reader
from opsdesk.core.record import checked
from opsdesk.core.register import Look
from opsdesk.core.scores import Level, Score
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


class Said:
    """What one table says: no cell of the sheet twice, and nothing over what others have said since it was written."""

    def __init__(self, read: Reader, names: Names, look: Look, by: str) -> None:
        self._names, self._look, self._by = names, look, by
        self._customers = {each.handle for each in read.live(Customer)}
        self._people = {each.handle for each in read.live(Person)}
        self._cells = {(each.customer, each.measure): each for each in read.live(Score)}
        self._measures = [measure.name for measure in look.settings.measures]
        self._seen: set[tuple[str, str]] = set()

    def row(self, row: Row) -> Score | None:
        """None for a row whose level is empty: nothing is said of its cell."""
        level = _level(_either(row, "level"))
        comment = _either(row, "comment")
        if level is None:
            _refuse_rest(row, comment)
            return None
        customer, measure = self._customer(row.get("customer", "")), self._measure(row.get("measure", ""))
        self._refuse_overtaken(row.get("level (now)", ""), level, self._cells.get((customer, measure)))
        made = Score(
            customer=customer,
            measure=measure,
            level=level,
            comment=comment,
            owner=self._owner(row.get("owner", "")),
            exit=row.get("exit", ""),
            plan=day(row.get("plan", ""), self._look.today, self._look.settings),
            valid_days=_days(row.get("valid days", "")),
            at=self._now,
            since=self._now,
        )
        return self._once(made)

    def typed(self, text: str) -> Score:
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

    def _once(self, made: Score) -> Score:
        """With the level before, as it would be kept."""
        cell = made.customer, made.measure
        if cell in self._seen:
            raise Invalid(f"{made.measure} of {self._name(made.customer)} is said in a line above already.")
        before = self._cells.get(cell)
        same = before is not None and before.level == made.level
        comment_for(made.level, made.comment or (before.comment if before and same else ""))
        kept: Score = checked(made)
        self._seen.add(cell)
        return kept

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


def _refuse_rest(row: Row, comment: str) -> None:
    """What somebody has written must not be lost because the level is missing."""
    written = {"comment": comment, **{name: row.get(name, "") for name in ("owner", "exit", "plan")}}
    said = [name for name, text in written.items() if text]
    if said:
        raise Invalid(f"It says {' and '.join(said)}, and no level.")


def _days(typed: str) -> int:
    if not typed or typed == "0":
        return 0
    if len(typed) > 4 or not typed.isdecimal() or not 1 <= int(typed) <= LONGEST_VALID:
        raise Invalid(f'"{typed}" is no number of days: a whole number from 1 to {LONGEST_VALID} is.')
    return int(typed)
