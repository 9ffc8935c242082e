"""Two people, one field: said with names and in the company's time, and settled by whoever came second."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Literal

import msgspec

from opsdesk.core.actions import Action
from opsdesk.core.errors import Conflict, Invalid
from opsdesk.core.merge import Difference, both, reconciled
from opsdesk.core.overtaken import Voice, leading, sentence, words
from opsdesk.core.progress import moved_over
from opsdesk.core.record import R
from opsdesk.desk.seen import reading

if TYPE_CHECKING:
    from opsdesk.core.record import Record
    from opsdesk.desk.context import Context

Choice = Literal["theirs", "mine", "both"]
SHOWN = 200


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """One field in words: as both had read it, as it is now, as it would be; who set it, when in the company's time."""

    title: str
    was: str
    theirs: str
    mine: str
    by: str
    when: str


class Disagreement(msgspec.Struct, frozen=True, kw_only=True):
    """A conflict for people. `choices`: what `resolve` takes, none where nothing can be chosen.

    `one`: why both cannot be kept, where they cannot.
    """

    sentence: str
    lines: tuple[Line, ...] = ()
    choices: tuple[Choice, ...] = ()
    one: str = ""


class Conflicts:
    def __init__(self, context: Context) -> None:
        self._context = context

    def told(self, conflict: Conflict) -> Disagreement:
        """Who, when, and what differs."""
        said = sentence(conflict, self._voice())
        if conflict.mine is None:
            return Disagreement(sentence=said)
        shape = type(conflict.mine)
        first = leading(shape, conflict.differences)
        lines = tuple(self._line(shape, each) for each in first)
        one = _only_one(shape, (*first, *conflict.differences))
        choices: tuple[Choice, ...] = ("theirs", "mine") if one else ("theirs", "mine", "both")
        return Disagreement(sentence=said, lines=lines, choices=choices, one=one)

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
        with self._context.work(f"Settle {chosen.id}") as work:
            return work.put(chosen)

    def reading(self, shape: type[R], id: str, rev: int) -> R:
        """The record as it was at this `rev`, to be given as `seen`.

        Raises Invalid where it never was at that, NotFound where it never was.
        """
        return reading(self._context.store, shape, id, rev)

    def reword(self, conflict: Conflict) -> None:
        """The sentence with names and the company's time in the place of handles and UTC."""
        conflict.message = sentence(conflict, self._voice())

    def _line(self, shape: type[Record], each: Difference) -> Line:
        voice = self._voice()
        values = (each.was, each.theirs, each.mine)
        was, theirs, mine = (words(shape, each.field, value, voice, SHOWN) for value in values)
        by, when = voice.person(each.by), voice.when(each.at)
        return Line(title=each.title, was=was, theirs=theirs, mine=mine, by=by, when=when)

    def _voice(self) -> Voice:
        names = self._context.book.names()
        return Voice(person=names.people.name, customer=names.customers.name, zone=self._context.settings.zone)


def _only_one(shape: type[Record], differing: Iterable[Difference]) -> str:
    """Why both cannot be kept; empty where they can."""
    try:
        for each in differing:
            both(shape, each)
    except Invalid as error:
        return error.message
    return ""
