"""What a sheet that was edited by hand may change: the rules that the verbs keep hold for its rows too."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, cast

from msgspec.structs import replace

from opsdesk.core import filling
from opsdesk.core.actions import Action
from opsdesk.core.declared import initial, title_of
from opsdesk.core.entries import Decision, Item, Note
from opsdesk.core.errors import Invalid, NotFound
from opsdesk.core.meeting import Meeting
from opsdesk.core.record import R, Record
from opsdesk.core.register import ORIGIN, Look, Register, Registered
from opsdesk.core.registers import register_of
from opsdesk.core.runner import REFUSED
from opsdesk.core.scores import Score
from opsdesk.desk import byhand, rows
from opsdesk.desk.context import Context
from opsdesk.desk.naming import refuse_among
from opsdesk.desk.scores import comment_for

OF_NEW = ("handle", "promise")
"""Beside what is set by hand: what only a new record is given."""


class SheetRules:
    """Each raises Invalid in one sentence, with the verb that does what the sheet may not."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._look = Look(context.clock(), context.settings)

    def changed(self, now: R, mine: R, names: Sequence[str], why: str = "") -> R:
        """The record with these fields of `mine`; `why`: the reason of an action's new date."""
        register = register_of(type(now))
        if register is not None:
            return cast(R, self._registered(register, now, mine, names))
        refused = next((name for name in names if name not in now.by_hand), "")
        if refused:
            raise Invalid(f"{refused}: {byhand.instead(type(now), refused, now.id)}.")
        self._refuse_final(now)
        values = {name: mine[name] for name in names}
        if isinstance(now, Action):
            return cast(R, self._action(now, values, why))
        if isinstance(now, Score) and "comment" in values:
            comment_for(now.level, values["comment"], now)
        if isinstance(now, Score) and values.get("plan") and values["plan"] < self._look.today:
            raise Invalid(f"plan: {values['plan']} is past: give a day from today on.")
        return replace(now, **values)

    def made(self, record: R, said: Sequence[str]) -> R:
        """A new record of which the row says these fields."""
        shape = type(record)
        register = register_of(shape)
        if register is not None:
            return cast(R, self._made_registered(register, record, said))
        if "id" in shape.instead:
            raise Invalid(f"A new row cannot be taken in: {shape.instead['id']}.")
        defaults = initial(shape)
        refused = [name for name in said if name not in (*shape.by_hand, *OF_NEW) and record[name] != defaults[name]]
        if refused:
            cells = "this cell" if len(refused) == 1 else "these cells"
            raise Invalid(f"A new row says nothing of {', '.join(refused)}: empty {cells}.")
        return cast(R, self._made_action(record)) if isinstance(record, Action) else record

    def _action(self, action: Action, values: Mapping[str, Any], why: str) -> Action:
        if "owner" in values and not values["owner"]:
            raise Invalid(f"owner: {action.id} is handed on, not left to nobody: name whoever has it now.")
        if action.id in values.get("blocked_by", ()):
            raise Invalid(f"blocked_by: {action.id} cannot wait for itself.")
        due = values.get("due")
        if action.promise and due is not None and not why.strip():
            raise Invalid(
                f"due: {action.id} is a promise, whose date is not moved without a reason: write it into its cell why,"
                f" or use opsdesk redate {action.id} {due} --why TEXT."
            )
        return byhand.changed(action, values=values, look=self._look, why=why)

    def _made_action(self, action: Action) -> Action:
        now, by, names = self._look.now, self._context.by, self._context.book.names()
        made = replace(action, created=now, created_by=by)
        return rows.promised(made, made.title, made.owner, names, by)

    def _registered(self, register: Register, now: Record, mine: Record, names: Sequence[str]) -> Registered:
        try:
            filling.refuse_kept(now.id, register, names)
        except Invalid as error:
            raise Invalid(str(error)) from None
        _refuse_origin(type(now), names)
        values = {name: mine[name] for name in names}
        after = filling.changed(cast(Registered, now), register=register, values=values, look=self._look)
        refuse_among(self._context.store, register, after, cast(Registered, now))
        return after

    def _made_registered(self, register: Register, record: Record, said: Sequence[str]) -> Registered:
        _refuse_origin(type(record), [name for name in said if record[name]])
        origin = {"created": self._look.now, "created_by": self._context.by}
        made = filling.made(register, {**{name: record[name] for name in said}, **origin}, self._look)
        refuse_among(self._context.store, register, made)
        return made

    def _refuse_final(self, record: Record) -> None:
        """Of a meeting that is over, a note or decision is in the minutes; an item or flag that is settled stays so."""
        if isinstance(record, Item) and not record.live:
            raise Invalid(f"{record.id} is settled already.")
        if isinstance(record, Score) and record.superseded:
            raise Invalid(f"{record.id} has a newer level.")
        if isinstance(record, Note | Decision):
            try:
                meeting = self._context.store.get(Meeting, record.meeting)
            except NotFound:
                raise Invalid(f"{record.id} belongs to {record.meeting}, which is not here.") from None
            if not meeting.live:
                raise Invalid(f"{record.id} was said in {meeting.id}. {' '.join(REFUSED[meeting.state])}")


def _refuse_origin(shape: type[Record], names: Sequence[str]) -> None:
    name = next((each for each in names if each in ORIGIN), "")
    if name:
        raise Invalid(f"{name}: {title_of(shape, name)} is kept by the desk itself.")
