"""The customer score sheet: setting a level, confirming it, and what a red flag still owes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from opsdesk.core.customers import Customer
from opsdesk.core.errors import Conflict, Invalid, NotFound
from opsdesk.core.meeting import Meeting
from opsdesk.core.people import Person
from opsdesk.core.ports import Reader, Work
from opsdesk.core.scores import Level, Score
from opsdesk.desk import seen as earlier
from opsdesk.desk.judging import Judging

if TYPE_CHECKING:
    from opsdesk.core.flagentry import FlagDraft
    from opsdesk.core.names import Names

LEVELS: tuple[Level, ...] = ("red", "orange", "green", "unknown")


class Flag(msgspec.Struct, frozen=True, kw_only=True):
    """What is said of one cell; empty parts keep what was known of the same level."""

    customer: str
    measure: str
    level: Level
    comment: str = ""
    owner: str = ""
    exit: str = ""
    plan: date | None = None
    valid_days: int = 0


class Scores(Judging):
    """One score a cell of customers and measures; the earlier ones stay as its history."""

    def set(
        self,
        customer: str,
        measure: str,
        level: Level,
        comment: str = "",
        *,
        meeting: str = "",
        section: str = "",
        owner: str = "",
        exit: str = "",
        plan: date | None = None,
        valid_days: int = 0,
    ) -> Score:
        """Says a level; the same level again confirms it and keeps its comment, owner, exit, plan and days.

        Red and orange need a comment. `valid_days`: how long it is fresh, 0 as its level says. Raises NotFound for an
        unknown customer, person or measure, Invalid.
        """
        flag = Flag(
            customer=customer,
            measure=measure,
            level=level,
            comment=comment,
            owner=owner,
            exit=exit,
            plan=plan,
            valid_days=valid_days,
        )
        with self._context.work("Flag", meeting=meeting, section=section) as work:
            return self.put(work, flag, at=self._at(work, meeting), meeting=meeting, section=section)

    def level(
        self,
        customer: str,
        measure: str,
        level: Level,
        comment: str = "",
        *,
        seen: Score | None = None,
        meeting: str = "",
        section: str = "",
    ) -> Score:
        """One cell of the sheet, as `set`. `seen`: what it said when this was typed. Raises Conflict where others have
        said another level since, and have not said the same.
        """
        flag = Flag(customer=customer, measure=measure, level=level, comment=comment)
        with self._context.work("Flag", meeting=meeting, section=section) as work:
            self._refuse_overtaken(work, self._known(work, flag), seen)
            return self.put(work, flag, at=self._at(work, meeting), meeting=meeting, section=section)

    def confirm(
        self, customer: str, measure: str, *, seen: Score | None = None, meeting: str = "", section: str = ""
    ) -> Score:
        """What the cell says is so today as well. Raises Invalid where it says nothing, and as `level`."""
        said = seen or self._cell(self._context.store, customer, self._called(measure))
        if said is None or said.level == "unknown":
            raise Invalid("There is no level to confirm.", "Say red, orange or green.")
        return self.level(customer, measure, said.level, seen=said, meeting=meeting, section=section)

    def parse(self, text: str, only: str = "", names: Names | None = None) -> FlagDraft:
        """One line: customer, measure, level, why; with `only` (a handle) no other customer is known.

        With `names` those are known, and nothing is read.
        """
        from opsdesk.core.flagentry import parse_flag

        return parse_flag(text, (names or self._context.book.names(only)).customers, self._measures)

    def complete(
        self, id: str, owner: str = "", exit: str = "", plan: date | None = None, *, seen: Score | None = None
    ) -> Score:
        """Settles what a flag owes; what is left empty stays as it is. Raises NotFound, Invalid if it has changed.

        `seen`: the score as it was when this was typed, where others may have changed it since.
        """
        with self._context.work("Complete a flag") as work:
            found, who = earlier.now(work, Score, id, seen), _person(work, owner)
            if found.superseded:
                raise Invalid(f"{id} has a newer level.", "Complete that one.")
            typed = {name: value for name, value in (("owner", who), ("exit", exit), ("plan", plan)) if value}
            return earlier.put(work, self._context.store, found, lambda score: replace(score, **typed), seen)

    def put(self, work: Work, flag: Flag, *, at: datetime, meeting: str = "", section: str = "") -> Score:
        """As set, in an open transaction."""
        flag = self._known(work, flag)
        before = self._cell(work, flag.customer, flag.measure)
        return self._said(work, flag, before, at=at, meeting=meeting, section=section)

    def put_all(self, work: Work, flags: Iterable[Flag], *, at: datetime) -> None:
        """As put, of many cells, of which no two are the same: what is there is read once. Raises NotFound, Invalid."""
        cells = {(each.customer, each.measure): each for each in work.live(Score)}
        customers = {each.handle for each in work.live(Customer)}
        people = {"", *(each.handle for each in work.live(Person))}
        for flag in flags:
            if flag.customer not in customers or flag.owner not in people:
                self._known(work, flag)
            self._said(work, flag, cells.get((flag.customer, flag.measure)), at=at)

    def _said(
        self, work: Work, flag: Flag, before: Score | None, *, at: datetime, meeting: str = "", section: str = ""
    ) -> Score:
        if before:
            work.put(replace(before, superseded=True))
        same = before if before and before.level == flag.level else None
        return work.add(
            Score(
                customer=flag.customer,
                measure=flag.measure,
                level=flag.level,
                comment=comment_for(flag.level, flag.comment.strip() or (same.comment if same else "")),
                was=before.level if before else "unknown",
                at=at,
                since=same.since if same else at,
                by=self._context.by,
                owner=flag.owner or (same.owner if same else ""),
                exit=flag.exit or (same.exit if same else ""),
                plan=flag.plan or (same.plan if same else None),
                meeting=meeting,
                section=section,
                valid_days=flag.valid_days or (same.valid_days if same else 0),
            )
        )

    def take_back(self, work: Work, score: Score) -> None:
        """Removes one score in an open transaction; the one before it is the cell's level again."""
        work.remove(Score, score.id)
        cell = work.where(Score, customer=score.customer, measure=score.measure)
        earlier = max((each for each in cell if each.id != score.id), key=lambda each: each.at, default=None)
        if earlier and not score.superseded:
            work.put(replace(earlier, superseded=False))

    @property
    def _measures(self) -> tuple[str, ...]:
        return tuple(measure.name for measure in self._context.settings.measures)

    def _cell(self, read: Reader, customer: str, measure: str) -> Score | None:
        """What it says now."""
        return next(iter(read.where(Score, customer=customer, measure=measure, superseded=False)), None)

    def _refuse_overtaken(self, work: Work, flag: Flag, seen: Score | None) -> None:
        found = self._cell(work, flag.customer, flag.measure) if seen else None
        if seen is None or found is None or found.level in (seen.level, flag.level):
            return
        who = self._context.book.names().people.name(found.by)
        told = f"{flag.measure} is {found.level} since, by {who}: {found.comment}".removesuffix(": ")
        raise Conflict(f"{told}.", "Look at it as it is now, then decide.", by=found.by, at=found.at)

    def _known(self, read: Reader, flag: Flag) -> Flag:
        if not any(each.handle == flag.customer for each in read.live(Customer)):
            raise NotFound(f"There is no customer #{flag.customer}.", "Add the customer first.")
        if flag.level not in LEVELS:
            raise Invalid(f'"{flag.level}" is not a level.', f"Say one of {', '.join(LEVELS)}.")
        return replace(flag, measure=self._called(flag.measure), owner=_person(read, flag.owner))

    def _called(self, typed: str) -> str:
        """The measure as the settings write it. Raises NotFound."""
        measure = next((each for each in self._measures if each.casefold() == typed.strip().casefold()), "")
        if not measure:
            raise NotFound(f'There is no measure "{typed}".', f"There are {', '.join(self._measures)}.")
        return measure

    def _at(self, read: Reader, meeting: str) -> datetime:
        now = self._context.clock()
        return max(now, read.get(Meeting, meeting).last) if meeting else now


def _person(read: Reader, handle: str) -> str:
    if handle and not any(each.handle == handle for each in read.live(Person)):
        raise NotFound(f"There is nobody @{handle}.", "Add the person first.")
    return handle


def comment_for(level: Level, comment: str) -> str:
    """The comment, which red and orange cannot do without: raises Invalid."""
    if not comment.strip() and level in ("red", "orange"):
        raise Invalid(f"{level.capitalize()} needs one line that says why.", "Add a few words.")
    return comment.strip()
