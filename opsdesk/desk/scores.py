"""The customer score sheet: setting a level, confirming it, and what a red flag still owes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from opsdesk.core.customers import Customer
from opsdesk.core.errors import Conflict, Invalid, NotFound
from opsdesk.core.people import Person
from opsdesk.core.ports import Reader, Work
from opsdesk.core.scores import Level, Score, in_order, measure_key
from opsdesk.desk import seen as earlier
from opsdesk.desk.cells import Cells

if TYPE_CHECKING:
    from opsdesk.core.flagentry import FlagDraft
    from opsdesk.core.names import Names

LEVELS: tuple[Level, ...] = ("red", "orange", "green", "unknown")

LONGEST_COMMENT = 200


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


class Scores(Cells):
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

        Red and orange need a comment, and so does unknown over one of them, which ends nothing. Owner, exit and plan
        stay until green: orange → red is the same open flag. `valid_days`: how long it is fresh, 0 as its level says.
        A measure that the settings name no more is known while it has an open flag. Raises NotFound for an unknown
        customer, person or measure, Invalid, also for a plan that is past.
        """
        self._refuse_past(plan)
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
        with self._context.work(self.step(flag), meeting=meeting, section=section) as work:
            return self.put(work, flag, at=self._at(work, meeting), meeting=meeting, section=section)

    def level(
        self,
        customer: str,
        measure: str,
        level: Level,
        comment: str = "",
        *,
        seen: Score | None = None,
        unsaid: bool = False,
        meeting: str = "",
        section: str = "",
    ) -> Score:
        """One cell of the sheet, as `set`. `seen`: what it said when this was typed; `unsaid`: that was nothing. Raises
        Conflict where others have said another level since, and have not said the same.
        """
        flag = Flag(customer=customer, measure=measure, level=level, comment=comment)
        with self._context.work(self.step(flag), meeting=meeting, section=section) as work:
            self._refuse_overtaken(work, self._known(work, flag), seen.level if seen else "unknown" if unsaid else None)
            return self.put(work, flag, at=self._at(work, meeting), meeting=meeting, section=section)

    def confirm(
        self, customer: str, measure: str, *, seen: Score | None = None, meeting: str = "", section: str = ""
    ) -> Score:
        """What the cell says is so today as well. Raises Invalid where it says nothing, and as `level`."""
        said = seen or self._cell(self._context.store, customer, measure)
        if said is None:
            self._called(measure, None)
        if said is None or said.level == "unknown":
            raise Invalid("There is no level to confirm.", "Say red, orange or green.")
        return self.level(customer, measure, said.level, seen=said, meeting=meeting, section=section)

    def parse(self, text: str, only: str = "", names: Names | None = None) -> FlagDraft:
        """One line: customer, measure, level, why; with `only` (a handle) no other customer is known.

        With `names` those are known, and nothing is read.
        """
        from opsdesk.core.flagentry import parse_flag

        known = (names or self._context.book.names(only)).customers
        found = parse_flag(text, known, self._measures)
        if names is not None or "measure" not in found.missing:
            return found
        return parse_flag(text, known, self._open_ones)

    def complete(
        self, id: str, owner: str = "", exit: str = "", plan: date | None = None, *, seen: Score | None = None
    ) -> Score:
        """Settles what a flag owes; what is left empty stays as it is. Raises NotFound, Invalid if it has changed, and
        for a plan that is past.

        `seen`: the score as it was when this was typed, where others may have changed it since.
        """
        self._refuse_past(plan)
        about = next(iter(self._context.store.where(Score, id=id)), None)
        with self._context.work(f"Complete {self._cell_words(about)}" if about else "Complete a flag") as work:
            found, who = earlier.now(work, Score, id, seen), _person(work, owner)
            if found.superseded:
                raise Invalid(f"{id} has a newer level.", "Complete that one.")
            typed = {name: value for name, value in (("owner", who), ("exit", exit), ("plan", plan)) if value}
            return earlier.put(work, self._context.store, found, lambda score: replace(score, **typed), seen)

    def step(self, flag: Flag) -> str:
        """What the journal calls it, as in "Flag Globex Support red"."""
        return f"Flag {self._cell_words(flag)}"

    def _cell_words(self, said: Flag | Score) -> str:
        name = self._context.book.names().customers.name(said.customer)
        return f"{name} {said.measure} {said.level}"

    def put(self, work: Work, flag: Flag, *, at: datetime, meeting: str = "", section: str = "") -> Score:
        """As set, in an open transaction."""
        flag = self._known(work, flag)
        return self._said(
            work, flag, self._cells(work, flag.customer, flag.measure), at=at, meeting=meeting, section=section
        )

    def put_all(self, work: Work, flags: Iterable[Flag], *, at: datetime) -> None:
        """As put, of many cells, of which no two are the same: what is there is read once. Raises NotFound, Invalid."""
        cells: dict[tuple[str, str], list[Score]] = {}
        for each in in_order(work.live(Score)):
            cells.setdefault((each.customer, measure_key(each.measure)), []).append(each)
        customers = {each.handle for each in work.live(Customer)}
        people = {"", *(each.handle for each in work.live(Person))}
        for flag in flags:
            if flag.customer not in customers or flag.owner not in people:
                self._known(work, flag)
            self._said(work, flag, cells.get((flag.customer, measure_key(flag.measure)), ()), at=at)

    def _said(
        self, work: Work, flag: Flag, cells: Sequence[Score], *, at: datetime, meeting: str = "", section: str = ""
    ) -> Score:
        """`cells`: what is said of it now, the newest last; of several, from when its measure was spelt otherwise."""
        for each in cells:
            work.put(replace(each, superseded=True))
        before = cells[-1] if cells else None
        same = before if before and before.level == flag.level else None
        kept = before if before and before.open_flag and flag.level != "green" else same
        return work.add(
            Score(
                customer=flag.customer,
                measure=flag.measure,
                level=flag.level,
                comment=comment_for(flag.level, flag.comment.strip() or (same.comment if same else ""), before),
                was=before.level if before else "unknown",
                at=at,
                since=same.since if same else self._since(work, flag.level, before) or at,
                by=self._context.by,
                owner=flag.owner or (kept.owner if kept else ""),
                exit=flag.exit or (kept.exit if kept else ""),
                plan=flag.plan or (kept.plan if kept else None),
                meeting=meeting,
                section=section,
                valid_days=flag.valid_days or (same.valid_days if same else 0),
                beneath=before.open_flag if before and flag.level == "unknown" else "",
            )
        )

    def take_back(self, work: Work, score: Score) -> None:
        """Removes one score in an open transaction; the one before it is the cell's level again."""
        work.remove(Score, score.id)
        key = measure_key(score.measure)
        whose = (each for each in work.where(Score, customer=score.customer) if each.id != score.id)
        cell = in_order(each for each in whose if measure_key(each.measure) == key)
        earlier = cell[-1] if cell else None
        if earlier and not score.superseded:
            work.put(replace(earlier, superseded=False))

    def _refuse_overtaken(self, work: Work, flag: Flag, seen: Level | None) -> None:
        """`seen`: the level it had, None where nobody looked."""
        found = self._cell(work, flag.customer, flag.measure) if seen else None
        if found is None or found.level in (seen, flag.level):
            return
        who = self._context.book.names().people.name(found.by)
        told = f"{flag.measure} is {found.level} since, by {who}: {found.comment}".removesuffix(": ")
        raise Conflict(f"{told}.", "Look at it as it is now, then decide.", by=found.by, at=found.at)

    def _known(self, read: Reader, flag: Flag) -> Flag:
        if not any(each.handle == flag.customer for each in read.live(Customer)):
            raise NotFound(f"There is no customer #{flag.customer}.", "Add the customer first.")
        if flag.level not in LEVELS:
            raise Invalid(f'"{flag.level}" is not a level.', f"Say one of {', '.join(LEVELS)}.")
        now = self._cell(read, flag.customer, flag.measure)
        measure = self._called(flag.measure, now)
        if now is not None and measure not in self._measures and flag.level not in ("green", "unknown", now.level):
            raise Invalid(
                f"{measure} is no longer a measure.",
                "Set it green or unknown, confirm it, or name it in settings.toml.",
            )
        return replace(flag, measure=measure, owner=_person(read, flag.owner))


def _person(read: Reader, handle: str) -> str:
    if handle and not any(each.handle == handle for each in read.live(Person)):
        raise NotFound(f"There is nobody @{handle}.", "Add the person first.")
    return handle


def comment_for(level: Level, comment: str, before: Score | None = None) -> str:
    """The comment, which red and orange cannot do without, nor unknown over one of them: raises Invalid, also for one
    that is longer than a line.

    `before`: what the cell says until then.
    """
    if len(comment.strip()) > LONGEST_COMMENT and (before is None or comment != before.comment):
        told = f"Why is one line of at most {LONGEST_COMMENT} characters, and this has {len(comment.strip()):,}."
        raise Invalid(told, "Say it in fewer words; an action or a note holds the rest.")
    if not comment.strip() and level in ("red", "orange"):
        raise Invalid(f"{level.capitalize()} needs one line that says why.", "Add a few words.")
    if not comment.strip() and level == "unknown" and before is not None and before.open_flag:
        needs = f"Unknown over an open {before.open_flag} needs one line that says why: it ends no flag."
        raise Invalid(needs, "Add a few words, or set it green if it is over.")
    return comment.strip()
