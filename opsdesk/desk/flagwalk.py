"""Walking the open flags of a meeting one by one: spoken of, resolved, kept to a new date, or skipped for a reason."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import NamedTuple

from msgspec.structs import replace

from opsdesk.core.errors import Invalid
from opsdesk.core.flagreviews import FlagReview, Outcome
from opsdesk.core.flagwalk import SPOKEN, Cell, Turn, Walk, before, begun, ended, latest, resumed, section_of, walk
from opsdesk.core.meeting import Meeting
from opsdesk.core.ports import Reader, Work
from opsdesk.core.runner import REFUSED
from opsdesk.desk.context import Context
from opsdesk.desk.scores import Flag, Scores
from opsdesk.desk.walked import measures_of, walkable


class Place(NamedTuple):
    """Where the walk stands in an open transaction; `at`: when what is done now counts."""

    work: Work
    meeting: Meeting
    walk: Walk
    at: datetime


class FlagWalk:
    """Each step is one transaction, begins the turn of the flag after it, and returns the walk as it is then.

    `of`: the cell (customer, measure) that was seen when it was pressed, so that two people pressing at once do not
    pass over one. Raises NotFound, and Invalid outside of the section that walks the flags, where no flag is left, or
    where the walk has moved on from `of`.
    """

    def __init__(self, context: Context) -> None:
        self._context = context

    def state(self, id: str) -> Walk:
        """As it is now; without a current flag where all have had their turn. Raises NotFound."""
        store = self._context.store
        return self._place(store, store.get(Meeting, id))[0]

    def begin(self, id: str) -> Walk:
        """The first flag's turn, which its section has begun; a walk that is under way goes on as it is."""
        seen = self.state(id)
        if not seen.on or seen.current is None or seen.current.review is not None:
            return seen
        return self._step(id, "walk over the flags", lambda place: None)

    def discussed(self, id: str, *, of: Cell | None = None) -> Walk:
        """It was spoken of: on to the next. One that has turned green is resolved; one kept before stays kept."""
        return self._turned(id, "discussed", of, lambda place, turn: self._end(place, turn, _came_of(turn)))

    def resolved(self, id: str, comment: str = "", *, of: Cell | None = None) -> Walk:
        """Its cell is green from now on."""

        def act(place: Place, turn: Turn) -> None:
            if turn.score.level != "green":
                self._set_green(place, turn, comment)
            self._end(place, turn, "resolved", why=comment)

        return self._turned(id, "resolved", of, act)

    def kept(self, id: str, plan: date, why: str = "", *, of: Cell | None = None) -> Walk:
        """Stays what it is, to a new exit date. Raises Invalid for a day that is past, and for what is no flag now."""
        self._to_come(plan)

        def act(place: Place, turn: Turn) -> None:
            if not turn.score.flag:
                raise Invalid(f"{self._name(turn.cell)} is {turn.score.level} now.", "Go on to the next flag.")
            place.work.put(replace(turn.score, plan=plan))
            self._end(place, turn, "kept", plan=plan, why=why)

        return self._turned(id, "kept", of, act)

    def skip(self, id: str, why: str, *, of: Cell | None = None) -> Walk:
        """Not spoken of, for a reason. Raises Invalid without one."""
        if not why.strip():
            raise Invalid("A flag is not skipped without a reason.", "Say why in a few words.")
        return self._turned(id, "skipped", of, lambda place, turn: self._end(place, turn, "skipped", why=why))

    def keep_oranges(self, id: str, plan: date | None = None, why: str = "") -> Walk:
        """All oranges that are left stay what they are, in one go; a red whose turn it is stays on.

        Raises Invalid where there are none, and for a day that is past.
        """
        self._to_come(plan)

        def act(place: Place) -> None:
            if not place.walk.oranges:
                raise Invalid("No orange flag is left.", "Go on to the next flag.")
            self._go_on(place)
            for turn in place.walk.oranges:
                self._keep(place, turn, plan, why)

        return self._step(id, "oranges kept together", act)

    def back(self, id: str, *, of: Cell | None = None) -> Walk:
        """To the flag before. What had come of it stays until something else does; the one that was just begun has not
        begun, and its time is that of the one before. Raises Invalid at the first.
        """

        def act(place: Place) -> None:
            self._still_at(place.walk, of)
            earlier = before(place.walk)
            if earlier is None:
                raise Invalid("This is the first flag.", "There is nothing to go back to.")
            at = self._leave(place, earlier)
            place.work.put(resumed(place.meeting, earlier, at))

        return self._step(id, "step back", act)

    def _turned(self, id: str, what: str, of: Cell | None, act: Callable[[Place, Turn], None]) -> Walk:
        """Something comes of the flag whose turn it is."""

        def step(place: Place) -> None:
            self._still_at(place.walk, of)
            if place.walk.current is None:
                raise Invalid("Every flag has had its turn.", "Go on to the closing, or back to one.")
            act(place, place.walk.current)

        return self._step(id, f"{self._called(id)} {what}", step)

    def _step(self, id: str, command: str, act: Callable[[Place], None]) -> Walk:
        meeting = self._context.store.get(Meeting, id)
        title = meeting.sections[section_of(meeting)].title if meeting.sections else ""
        with self._context.work(command, meeting=id, section=title) as work:
            place = self._on(work, id)
            act(place)
            self._go_on(self._on(work, id))
        return self.state(id)

    def _on(self, work: Work, id: str) -> Place:
        """Raises Invalid where the meeting is not in the section that walks the flags."""
        meeting = work.get(Meeting, id)
        if meeting.state != "running":
            raise Invalid(*REFUSED[meeting.state])
        found, at = self._place(work, meeting)
        if found.section < 0:
            raise Invalid("This meeting does not walk the flags.", "Set a level on the score sheet.")
        if not found.on:
            raise Invalid("The meeting is not at its flags.", f"Go to {found.title} first.")
        return Place(work, meeting, found, at)

    def _place(self, read: Reader, meeting: Meeting) -> tuple[Walk, datetime]:
        reviews = read.where(FlagReview, meeting=meeting.id)
        at = latest(meeting, reviews, self._context.clock())
        return walk(meeting, walkable(read, measures_of(self._context.settings)), reviews, at), at

    def _go_on(self, place: Place) -> None:
        """The turn of the current flag is begun, if it is not yet."""
        turn = place.walk.current
        if turn is not None and turn.review is None:
            place.work.add(self._begun(place, turn))

    def _begun(self, place: Place, turn: Turn) -> FlagReview:
        return replace(begun(place.meeting, turn.score, place.walk.done), by=self._context.by)

    def _end(
        self,
        place: Place,
        turn: Turn,
        outcome: Outcome,
        *,
        plan: date | None = None,
        why: str = "",
        at_once: bool = False,
    ) -> None:
        """With nothing new said, what was said of it before stays."""
        review = turn.review or self._begun(place, turn)
        same = review if review.outcome == outcome else None
        over = replace(
            ended(place.meeting, review, place.at),
            outcome=outcome,
            plan=plan or (same.plan if same else None),
            why=why.strip() or (same.why if same else ""),
            at_once=at_once,
            by=self._context.by,
        )
        _keep_record(place.work, over)

    def _keep(self, place: Place, turn: Turn, plan: date | None, why: str) -> None:
        """One of those that are kept together: the one whose turn it is has been spoken of, if it was long enough."""
        if plan:
            place.work.put(replace(turn.score, plan=plan))
        if turn is place.walk.current:
            own = next(each for each in place.work.where(FlagReview, meeting=place.meeting.id) if each.live)
            self._end(place, replace(turn, review=own), "kept", plan=plan, why=why, at_once=turn.used <= SPOKEN)
        else:
            waiting = replace(self._begun(place, turn), entered=place.at)
            self._end(place, replace(turn, review=waiting), "kept", plan=plan, why=why, at_once=True)

    def _leave(self, place: Place, earlier: FlagReview) -> datetime:
        """The current flag is left for an earlier one; from when on the time is that one's."""
        review = place.walk.current.review if place.walk.current else None
        if review is None:
            return max((each.left for each in place.walk.done if each.left), default=place.at)
        if review.outcome:
            place.work.put(ended(place.meeting, review, place.at))
            return place.at
        place.work.remove(FlagReview, review.id)
        return review.entered

    def _set_green(self, place: Place, turn: Turn, comment: str) -> None:
        flag = Flag(customer=turn.score.customer, measure=turn.score.measure, level="green", comment=comment)
        scores = Scores(self._context)
        scores.put(place.work, flag, at=place.at, meeting=place.meeting.id, section=place.walk.title)

    def _to_come(self, plan: date | None) -> None:
        if plan is not None and plan < self._context.today():
            raise Invalid(f"{plan} is past.", "Give a day from today on.")

    def _still_at(self, found: Walk, of: Cell | None) -> None:
        now = found.current.cell if found.current else None
        if of is not None and of != now:
            where = self._name(now) if now else "its end"
            raise Invalid(f"The walk has moved on to {where} already.", "Press again to go on from there.")

    def _called(self, id: str) -> str:
        turn = self.state(id).current
        return self._name(turn.cell) if turn else "flag"

    def _name(self, cell: Cell) -> str:
        return f"{self._context.book.names().customers.name(cell[0])} {cell[1]}"


def _came_of(turn: Turn) -> Outcome:
    if turn.score.level == "green":
        return "resolved"
    return "kept" if turn.review and turn.review.outcome == "kept" else "discussed"


def _keep_record(work: Work, review: FlagReview) -> None:
    if review.id:
        work.put(review)
    else:
        work.add(review)
