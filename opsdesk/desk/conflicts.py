"""Two people, one field: said with names and in the company's time, and settled by whoever came second."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any, Literal

import msgspec

from opsdesk.core.actions import Action
from opsdesk.core.declared import titles
from opsdesk.core.errors import Conflict, Invalid
from opsdesk.core.journal import fields
from opsdesk.core.merge import Difference, both, later, reconciled
from opsdesk.core.overtaken import Voice, changed, leading, sentence, words
from opsdesk.core.progress import moved_over
from opsdesk.core.record import R
from opsdesk.desk.seen import reading

if TYPE_CHECKING:
    from opsdesk.core.record import Record
    from opsdesk.desk.context import Context

Choice = Literal["theirs", "mine", "both"]
SHOWN = 4_000  # characters of a value; who draws it shows what differs


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """One field in words: as both had read it, as it is now, as it would be; who set it, when in the company's time.

    `both`: what the two would be together, empty where only one can be. `theirs_why`, `mine_why`: the reason that was
    given with it.
    """

    field: str
    title: str
    was: str
    theirs: str
    mine: str
    both: str = ""
    theirs_why: str = ""
    mine_why: str = ""
    by: str
    when: str


class Disagreement(msgspec.Struct, frozen=True, kw_only=True):
    """A conflict for people. `choices`: what `resolve` takes, none where nothing can be chosen.

    `one`: why both cannot be kept, where they cannot. `by`: who was the last to change it.
    """

    sentence: str
    by: str = ""
    lines: tuple[Line, ...] = ()
    choices: tuple[Choice, ...] = ()
    one: str = ""


class Conflicts:
    def __init__(self, context: Context) -> None:
        self._context = context

    def told(self, conflict: Conflict) -> Disagreement:
        """Who, when, and what differs."""
        voice = self._voice(self._context.today())
        said, by = sentence(conflict, voice), voice.person(conflict.by)
        if conflict.mine is None:
            return Disagreement(sentence=said, by=by)
        shape = type(conflict.mine)
        first = leading(shape, conflict.differences)
        slips = next((each for each in conflict.differences if each.field == "slips"), None)
        lines = tuple(_line(shape, each, slips, voice) for each in first)
        one = _only_one(shape, (*first, *conflict.differences))
        choices: tuple[Choice, ...] = ("theirs", "mine") if one else ("theirs", "mine", "both")
        return Disagreement(sentence=said, by=by, lines=lines, choices=choices, one=one)

    def resolve(self, conflict: Conflict, choice: Choice) -> Record:
        """The fields that differ as theirs, mine or both of them; what does not differ is kept of both in any case.

        Raises Conflict where the record has changed again in one of them, Invalid where both cannot be, or where the
        conflict leaves nothing to choose.
        """
        if conflict.mine is None:
            raise Invalid(f"{conflict.id} leaves nothing to choose.", "Look at it as it is now, then decide.")
        chosen = reconciled(conflict.mine, conflict.differences, choice)
        theirs = reconciled(conflict.mine, conflict.differences, "theirs")
        if isinstance(chosen, Action) and isinstance(theirs, Action):
            chosen = moved_over(theirs, chosen)
        try:
            with self._context.work(f"Settle {chosen.id}") as work:
                return work.put(chosen)
        except Conflict as error:
            newer = self.again(conflict)
            if newer is conflict:
                raise
            self.reword(newer)
            raise newer from error

    def again(self, conflict: Conflict) -> Conflict:
        """The same conflict where nobody has changed the record since; else with theirs as it is now, mine as typed.

        Without differences they have made it the same as mine. Raises NotFound where it was removed since.
        """
        typed = conflict.mine
        if typed is None:
            return conflict
        now = self._context.store.get(type(typed), typed.id)
        if now.rev == typed.rev:
            return conflict
        theirs, since = fields(now) or {}, [e for e in self._context.store.trail(now.id) if e.seq > typed.rev]
        newer = (later(each, theirs, since) for each in conflict.differences)
        left = tuple(each for each in newer if each.theirs != each.mine)
        named = titles(type(typed))
        if not any(each.field in named for each in left):
            left = ()  # what only goes with a field has nothing to go with
        mine = msgspec.convert({**theirs, **{each.field: each.mine for each in left}}, type(typed))
        if left:
            return changed(type(typed), now.id, left, mine)
        return Conflict("", shape=type(typed), id=now.id, by=conflict.by, at=conflict.at, mine=mine)

    def reading(self, shape: type[R], id: str, rev: int) -> R:
        """The record as it was at this `rev`, to be given as `seen`.

        Raises Invalid where it never was at that, NotFound where it never was.
        """
        return reading(self._context.store, shape, id, rev)

    def reword(self, conflict: Conflict) -> None:
        """The sentence with names and the company's time in the place of handles and UTC."""
        conflict.message = sentence(conflict, self._voice())

    def _voice(self, today: date | None = None) -> Voice:
        names, zone = self._context.book.names(), self._context.settings.zone
        return Voice(person=names.people.name, customer=names.customers.name, zone=zone, today=today)


def _line(shape: type[Record], each: Difference, slips: Difference | None, voice: Voice) -> Line:
    why = slips if each.field == "due" else None
    return Line(
        field=each.field,
        title=each.title,
        was=_said(shape, each.field, each.was, voice),
        theirs=_said(shape, each.field, each.theirs, voice),
        mine=_said(shape, each.field, each.mine, voice),
        both=_together(shape, each, voice),
        theirs_why=_why(why, why.theirs) if why else "",
        mine_why=_why(why, why.mine) if why else "",
        by=voice.person(each.by),
        when=voice.when(each.at),
    )


def _said(shape: type[Record], field: str, value: Any, voice: Voice) -> str:
    """Whom one waits on may be anything; where it is somebody, by their name."""
    named = voice.person(value) if field == "waiting_on" and value else value
    return str(named) if named != value else words(shape, field, value, voice, SHOWN)


def _together(shape: type[Record], each: Difference, voice: Voice) -> str:
    try:
        return _said(shape, each.field, both(shape, each), voice)
    except Invalid:
        return ""


def _why(slips: Difference, value: Any) -> str:
    """The reason with which a date was moved last, since both had read it."""
    new = [slip["why"] for slip in value or () if slip not in (slips.was or ())]
    return str(new[-1]) if new else ""


def _only_one(shape: type[Record], differing: Iterable[Difference]) -> str:
    """Why both cannot be kept; empty where they can."""
    try:
        for each in differing:
            both(shape, each)
    except Invalid as error:
        return error.message
    return ""
