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
from opsdesk.core.merge import before, differences, merged, reconciled
from opsdesk.core.overtaken import Voice, changed, removed, sentence
from opsdesk.core.record import R, Record
from opsdesk.core.register import Registered
from opsdesk.core.stepping import wrong
from opsdesk.desk.context import Context
from opsdesk.desk.gone import newest_first
from opsdesk.desk.references import References
from opsdesk.desk.shaping import defaults, shaped

Choice = Literal["", "theirs", "mine"]
Becomes = Literal["added", "changed", "alone", "refused"]


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """What comes of one row: `fields` with their values before and after, as JSON types; `why` it is refused.

    `conflict`: because somebody else has changed the same field since the row was exported.
    """

    kind: str
    line: int
    id: str = ""
    becomes: Becomes
    fields: tuple[tuple[str, Any, Any], ...] = ()
    why: str = ""
    conflict: bool = False


class Comparing(Generic[R]):
    """`choice` is whose value counts where the sheet and somebody else have changed the same field."""

    def __init__(
        self, context: Context, shape: type[R], references: References, voice: Voice, choice: Choice = ""
    ) -> None:
        self._context, self._shape, self._references = context, shape, references
        self._voice, self._choice = voice, choice
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
        return self._kept(row, now, self._laid(fields(now) or {}, row))

    def _over(self, row: Brought) -> tuple[Line, R | None]:
        """Merged with what others have done since the row was made."""
        trail, now = self._trails.get(row.id, ()), self._there.get(row.id)
        if not trail or trail[-1].seq != row.rev:
            raise Invalid(self._unknown(row, now))
        if now is None:
            raise Invalid(sentence(removed(self._shape, row.id, trail[0].by, trail[0].at), self._voice))
        theirs, since = fields(now) or {}, trail[:-1]
        base = before(theirs, since, self._shape.kind, row.id)
        if base is None:
            raise Invalid(self._unknown(row, now))
        mine = fields(self._laid(base, row)) or {}
        laid, fought = merged(base, theirs, mine, self._shape.together)
        record = shaped(self._shape, laid)
        if fought:
            record = self._settled(record, fought, (base, theirs, mine), since)
        return self._kept(row, now, record)

    def _unknown(self, row: Brought, now: R | None) -> str:
        if now is None:
            return f"There is no {row.id} here. To add the row as a new one, empty its id and rev."
        return f"{row.id} never was at rev {row.rev} here. Export it again and change that."

    def _settled(
        self, record: R, fought: Sequence[str], sides: tuple[Fields, Fields, Fields], since: Sequence[Transaction]
    ) -> R:
        """Raises Conflict where nobody has chosen whose value counts."""
        differing = differences(self._shape, fought, *sides, since[::-1])
        if self._choice:
            return shaped(self._shape, fields(reconciled(record, differing, self._choice)) or {})
        found = changed(self._shape, record.id, differing, record)
        found.message = sentence(found, self._voice)
        raise found

    def _laid(self, base: Fields, row: Brought) -> R:
        return shaped(self._shape, {**base, **row.fields, "id": row.id})

    def _kept(self, row: Brought, now: R, record: R) -> tuple[Line, R | None]:
        record = replace(record, rev=now.rev)
        if record == now:
            return self._line(row, "alone"), None
        differing = tuple(self._between(fields(now) or {}, fields(record) or {}))
        if any(name == "handle" for name, _, _ in differing):
            raise Invalid("A handle never changes: everything names it.")
        _possible(record)
        return self._line(row, "changed", differing), record

    def _added(self, row: Brought) -> tuple[Line, R | None]:
        known = defaults(self._shape)
        said = {name: value for name, value in row.fields.items() if value is not None and (value or name not in known)}
        record = shaped(self._shape, said)
        if isinstance(record, Action | Registered) and record.created is None:
            record = replace(record, created=self._context.clock(), created_by=record.created_by or self._context.by)
        differing = tuple(self._between(dict(known), fields(record) or {}))
        _possible(record)
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


def _possible(record: Record) -> None:
    """Raises Invalid for a record of a register that cannot be so: a state without its instants."""
    told = wrong(record) if isinstance(record, Registered) else ""
    if told:
        raise Invalid(told)
