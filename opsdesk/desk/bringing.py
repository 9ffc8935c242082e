"""Bringing back what was exported: sheets of records, first looked at, then taken whole or not at all; a whole desk."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping

import msgspec

from opsdesk.core.brought import Brought
from opsdesk.core.counting import counted
from opsdesk.core.errors import Invalid
from opsdesk.core.journal import Transaction
from opsdesk.core.overtaken import Voice
from opsdesk.core.ports import Work
from opsdesk.core.record import Record
from opsdesk.core.register import Registered
from opsdesk.core.registers import register_of
from opsdesk.desk.comparing import Becomes, Choice, Comparing, Line
from opsdesk.desk.context import Context
from opsdesk.desk.naming import refuse_among
from opsdesk.desk.references import References

Sheets = Iterable[tuple[type[Record], Iterable[Brought]]]
Pace = Callable[[Iterable[Record]], Iterable[Record]]
FIRST = ("people", "customers", "meetings", "components")


class Preview(msgspec.Struct, frozen=True, kw_only=True):
    """`counts`: kind → what becomes of how many rows. `lines`: all but those left alone, as the sheets have them.

    `records`: what is kept, those without an id as new ones.
    """

    counts: Mapping[str, Mapping[Becomes, int]]
    lines: tuple[Line, ...] = ()
    records: tuple[Record, ...] = ()

    @property
    def refused(self) -> tuple[Line, ...]:
        return tuple(line for line in self.lines if line.becomes == "refused")


class Bringing:
    def __init__(self, context: Context) -> None:
        self._context = context

    def preview(self, sheets: Sheets, choice: Choice = "") -> Preview:
        """What the rows would make of the records: rows without an id are new, records without a row stay as they are.

        A row is laid over what others have done since it was exported; where both changed the same field, `choice`
        says whose value counts, and without one the row is refused. Nothing is kept.
        """
        references, voice = References(self._context.store), self._voice()
        counts: dict[str, Counter[Becomes]] = {}
        lines: list[Line] = []
        records: list[Record] = []
        for shape, rows in sorted(sheets, key=_people_first):
            counts[shape.kind] = Counter()
            told: list[Line] = []
            for line, record in Comparing(self._context, shape, references, voice, choice).outcomes(rows):
                counts[shape.kind][line.becomes] += 1
                told += [line] if line.becomes != "alone" else []
                records += [record] if record is not None else []
            lines += sorted(told, key=lambda line: line.line)
        return Preview(counts=counts, lines=tuple(lines), records=tuple(records))

    def take(self, preview: Preview, pace: Pace = iter, *, leave_out: bool = False) -> int:
        """Keeps all of it in one transaction, so that one undo takes it back; returns how many records.

        `pace` is handed the records and gives each back in its turn. Raises Invalid where rows are refused, unless they
        are to be left out, or a handle has been taken since; Conflict where somebody has changed the same field since.
        """
        if preview.refused and not leave_out:
            raise Invalid("Nothing was taken in.", "Mend the rows that are refused, or take them out.")
        if preview.records:
            with self._context.work(f"Take in {_told(preview)}") as work:
                references = References(work)
                for record in pace(preview.records):
                    _keep(work, record, references)
        return len(preview.records)

    def whole(self, history: Iterable[Transaction], records: Iterable[Record]) -> int:
        """A desk's whole journal, oldest first, and the records it makes, into a desk that has neither; how many
        transactions. Raises Invalid where they do not fit together or there is something here already.
        """
        return self._context.store.take_over(history, records)

    def _voice(self) -> Voice:
        names = self._context.book.names()
        return Voice(person=names.people.name, customer=names.customers.name, zone=self._context.settings.zone)


def _people_first(sheet: tuple[type[Record], Iterable[Brought]]) -> int:
    """Whoever is named by others comes before them."""
    kind = sheet[0].kind
    return FIRST.index(kind) if kind in FIRST else len(FIRST)


def _keep(work: Work, record: Record, references: References) -> None:
    register = register_of(type(record))
    if register is not None and isinstance(record, Registered) and not record.id:
        refuse_among(work, register, record)
    if record.id:
        work.put(record)
    else:
        references.claim(record)
        work.add(record)


def _told(preview: Preview) -> str:
    """As in "2 people, 30 actions"."""
    kept = {kind: each.get("added", 0) + each.get("changed", 0) for kind, each in preview.counts.items()}
    parts = [counted(kind, many) for kind, many in kept.items() if many]
    return ", ".join(parts)
