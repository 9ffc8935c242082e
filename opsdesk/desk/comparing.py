"""Rows of one kind against the records there are: what is new, what differs, and who else has changed it since."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Generic, Literal

import msgspec
from msgspec.structs import replace

from opsdesk.core.actions import Action
from opsdesk.core.brought import Brought
from opsdesk.core.errors import Conflict, Invalid
from opsdesk.core.journal import Fields, Transaction, fields
from opsdesk.core.merge import before, contested, differences
from opsdesk.core.overtaken import Voice, changed, removed, sentence
from opsdesk.core.record import R
from opsdesk.desk.context import Context
from opsdesk.desk.gone import newest_first
from opsdesk.desk.references import References
from opsdesk.desk.shaping import defaults, shaped
from opsdesk.desk.sheetrules import SheetRules

Choice = Literal["", "theirs", "mine"]
Becomes = Literal["added", "changed", "alone", "refused"]


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """What comes of one row: `fields` with their values before and after, as JSON types; `why` it is refused.

    `conflict`: because somebody else has changed the same field since the row was exported; `foreign`: because it was
    not exported from this desk.
    """

    kind: str
    line: int
    id: str = ""
    becomes: Becomes
    fields: tuple[tuple[str, Any, Any], ...] = ()
    why: str = ""
    conflict: bool = False
    foreign: bool = False


class Foreign(Invalid):
    """A row that was not made from a record of this desk."""


class Comparing(Generic[R]):
    """`choice` is whose value counts where the sheet and somebody else have changed the same field."""

    def __init__(
        self, context: Context, shape: type[R], references: References, voice: Voice, choice: Choice = ""
    ) -> None:
        self._context, self._shape, self._references = context, shape, references
        self._voice, self._choice = voice, choice
        self._rules = SheetRules(context)
        self._there: dict[str, R] = {record.id: record for record in context.store.all(shape)}
        self._seen: set[str] = set()
        self._trails: Mapping[str, Sequence[Transaction]] = {}

    def outcomes(self, rows: Iterable[Brought]) -> Iterator[tuple[Line, R | None]]:
        """Of every row the line that tells it, and the record to keep. Those that need the journal come last."""
        overtaken: list[Brought] = []
        for row in rows:
            if self._is_overtaken(row):
                overtaken.append(row)
            else:
                yield self._outcome(row, self._plainly)
        self._trails = self._read_trails({row.id: row.rev for row in overtaken})
        for row in overtaken:
            yield self._outcome(row, self._over)

    def _is_overtaken(self, row: Brought) -> bool:
        """Whether the record is no longer as it was when the row was made from it."""
        if row.problem or not row.id or row.rev <= 0:
            return False
        now = self._there.get(row.id)
        return now is None or now.rev != row.rev

    def _outcome(self, row: Brought, judge: Callable[[Brought], tuple[Line, R | None]]) -> tuple[Line, R | None]:
        try:
            self._once(row)
            return judge(row)
        except Foreign as error:
            return replace(self._line(row, "refused", why=error.message), foreign=True), None
        except Invalid as error:
            return self._line(row, "refused", why=error.message), None
        except Conflict as error:
            return replace(self._line(row, "refused", why=error.message), conflict=True), None

    def _once(self, row: Brought) -> None:
        if row.problem:
            raise Invalid(row.problem)
        if row.id in self._seen:
            raise Invalid("It is there twice.")
        if row.id and row.id.partition("-")[0] != self._shape.prefix:
            raise Invalid(f"{row.id} is no id of {self._shape.kind}.")
        if row.id:
            self._seen.add(row.id)

    def _plainly(self, row: Brought) -> tuple[Line, R | None]:
        if not row.id:
            return self._added(row)
        if row.rev <= 0:
            raise Invalid("Its rev is missing: without it nobody knows what the row was made from.")
        now = self._there[row.id]
        return self._changed(row, now, fields(now) or {})

    def _over(self, row: Brought) -> tuple[Line, R | None]:
        """Merged with what others have done since the row was made."""
        trail, now = self._trails.get(row.id, ()), self._there.get(row.id)
        if not trail or trail[-1].seq != row.rev:
            raise Foreign(self._unknown(row, now))
        if now is None:
            raise Invalid(sentence(removed(self._shape, row.id, trail[0].by, trail[0].at), self._voice))
        since = trail[:-1]
        base = before(fields(now) or {}, since, self._shape.kind, row.id)
        if base is None:
            raise Foreign(self._unknown(row, now))
        return self._changed(row, now, fields(shaped(self._shape, base)) or {}, since)

    def _unknown(self, row: Brought, now: R | None) -> str:
        if now is None and "id" in self._shape.instead:
            return f"There is no {row.id} here."
        if now is None:
            return f"There is no {row.id} here. To add the row as a new one, empty its id and rev."
        return f"{row.id} never was at rev {row.rev} here. Export it again and change that."

    def _changed(self, row: Brought, now: R, base: Fields, since: Sequence[Transaction] = ()) -> tuple[Line, R | None]:
        """What the row changed of `base`, which it was made from, and nothing else; by the rules of the verbs.

        Beside another due date of an action, another `why` is the reason of it.
        """
        record = shaped(self._shape, {**base, **row.fields, "id": row.id})
        theirs, mine = fields(now) or {}, fields(record) or {}
        asked = {name for name in mine if name != "rev" and mine[name] != base.get(name)}
        why = mine["why"] if issubclass(self._shape, Action) and asked >= {"due", "why"} else ""
        touched = [name for name in mine if name in asked and mine[name] != theirs[name] and (name != "why" or not why)]
        touched = self._chosen(touched, (base, theirs, mine), since)
        kept = self._rules.changed(now, record, touched, why) if touched else now
        if kept == now:
            return self._line(row, "alone"), None
        return self._line(row, "changed", tuple(self._between(theirs, fields(kept) or {}))), kept

    def _chosen(
        self, touched: list[str], sides: tuple[Fields, Fields, Fields], since: Sequence[Transaction]
    ) -> list[str]:
        """Without what others changed too, where that counts. Raises Conflict where nobody has chosen."""
        fought = contested(*sides, touched, self._shape.together)
        if not fought or self._choice == "mine":
            return touched
        if self._choice == "theirs":
            return [name for name in touched if name not in fought]
        _, theirs, mine = sides
        laid = shaped(self._shape, {**theirs, **{name: mine[name] for name in touched}})
        found = changed(self._shape, laid.id, differences(self._shape, fought, *sides, since[::-1]), laid)
        found.message = sentence(found, self._voice)
        raise found

    def _added(self, row: Brought) -> tuple[Line, R | None]:
        known = defaults(self._shape)
        said = {name: value for name, value in row.fields.items() if value is not None and (value or name not in known)}
        record = self._rules.made(shaped(self._shape, said), tuple(said))
        differing = tuple(self._between(dict(known), fields(record) or {}))
        self._references.claim(record)
        return self._line(row, "added", differing), record

    def _between(self, old: Fields, new: Fields) -> Iterator[tuple[str, Any, Any]]:
        for name, value in new.items():
            if name not in ("id", "rev") and value != old.get(name):
                self._references.check(self._shape, name, value)
                yield name, old.get(name), value

    def _line(self, row: Brought, becomes: Becomes, differing: tuple[Any, ...] = (), why: str = "") -> Line:
        return Line(kind=self._shape.kind, line=row.line, id=row.id, becomes=becomes, fields=differing, why=why)

    def _read_trails(self, wanted: Mapping[str, int]) -> Mapping[str, Sequence[Transaction]]:
        """Id → the transactions that changed it, from the seq it was read at on, newest first, and only that of them:
        one may have changed all the others too.
        """
        trails: dict[str, list[Transaction]] = {id: [] for id in wanted}
        for entry in newest_first(self._context, min(wanted.values()) - 1) if wanted else ():
            for change in entry.changes:
                if change.kind == self._shape.kind and entry.seq >= wanted.get(change.id, entry.seq + 1):
                    since = entry.seq > wanted[change.id]
                    trails[change.id].append(replace(entry, changes=(change,) if since else ()))
        return trails
