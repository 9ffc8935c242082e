"""The registers at work: a record from one typed line, its fields set, its verbs done, of one or of many at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from opsdesk.core import filling
from opsdesk.core.clocks import current_section
from opsdesk.core.declared import title_of
from opsdesk.core.entrywords import Entry, slots_of
from opsdesk.core.errors import Invalid, NotFound
from opsdesk.core.fieldvalues import ANY, value_of
from opsdesk.core.meeting import Meeting
from opsdesk.core.names import Directory
from opsdesk.core.record import Record
from opsdesk.core.register import Look, Register, Registered, Verb
from opsdesk.core.registercompletion import complete
from opsdesk.core.registerentry import parse
from opsdesk.core.registers import register_of, registers
from opsdesk.core.stepping import possible, step, wrong
from opsdesk.desk import byhand
from opsdesk.desk import seen as earlier
from opsdesk.desk.asking import refuse_asked, refuse_doubtful, refuse_past
from opsdesk.desk.beside import write_beside
from opsdesk.desk.directory import has_handles, open_to
from opsdesk.desk.naming import check_links, field, handled, refuse, refuse_among, register_at, shape_at, verb_called

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from opsdesk.core.completion import Completion
    from opsdesk.core.fieldvalues import Directories
    from opsdesk.core.ports import Work
    from opsdesk.desk.context import Context

Seen = Record | Iterable[Record] | None
TITLE_SHOWN = 40
NAMED_AT_MOST = 3


class Registers:
    """Every verb is one transaction; each raises NotFound for an unknown id or kind, and Invalid where the rules
    forbid it. `seen`: the records as they were when somebody began to type, where others may have changed them since.
    `meeting`: the id of the one it is done in, for its minutes; in the section that it is in where none is named.
    A day that lies ahead as a rule, such as a promised one, and has passed is asked about, as are names that nobody
    has, fields that there are not, and what a register doubts: Invalid, unless `past_ok`.
    """

    def __init__(self, context: Context, past_ok: bool = False) -> None:
        self._context, self._past_ok = context, past_ok
        self._read: dict[str, tuple[Sequence[Record], Directory]] = {}

    @property
    def all(self) -> Mapping[str, Register]:
        """Kind → register."""
        return registers()

    @property
    def anyway(self) -> Registers:
        """The same verbs, where whatever is asked about is meant."""
        return Registers(self._context, past_ok=True)

    def register(self, kind: str) -> Register:
        """Raises NotFound, naming what there is."""
        found = registers().get(kind)
        if found is None:
            raise NotFound(f'There is no register "{kind}".', f"There are {', '.join(registers())}.")
        return found

    def look(self) -> Look:
        """Now, as the registers look at their records."""
        return Look(self._context.clock(), self._context.settings)

    def possible(self, record: Registered) -> tuple[Verb, ...]:
        """What can be done with it as it is now."""
        return possible(self.register(record.kind), record)

    # typing

    def draft(self, kind: str, text: str, verb: str = "") -> Entry:
        """What the text is understood as, of a verb as what it asks for; nothing is kept."""
        register = self.register(kind)
        chosen = verb_called(register, verb) if verb else None
        return parse(text, slots_of(register, chosen), self.directories(), self.look())

    def complete(self, kind: str, text: str, cursor: int, *, verb: str = "", only: str = "") -> tuple[Completion, ...]:
        """What Tab offers; with `only` (a handle) no other customer."""
        register = self.register(kind)
        chosen = verb_called(register, verb) if verb else None
        return complete(text, cursor, slots_of(register, chosen), self.directories(only))

    def directories(self, only: str = "") -> Directories:
        """Of every kind that is named by handle; with `only` (a handle) nothing that tells of any other customer."""
        names = self._context.book.names(only)
        found = {"people": names.people, "customers": names.customers}
        if only:
            return {**found, **open_to(only, self._context.store)}
        found |= {kind: self._directory(each) for kind, each in registers().items() if has_handles(each)}
        return found | {ANY: self._directory(self.register("releases"), "id")}

    def _directory(self, register: Register, named: str = "handle") -> Directory:
        records = self._context.store.all(register.shape)
        known = self._read.get(register.kind)
        if known is None or known[0] is not records:
            known = records, Directory((each[named].lower(), each[register.text]) for each in records)
            self._read[register.kind] = known
        return known[1]

    # making

    def add(
        self, kind: str, text: str, *, meeting: str = "", section: str = "", agenda: str = "", **fields: Any
    ) -> Registered:
        """A record from one line; `fields` count before what is typed, words in them as people type them.

        In a meeting with a customer it is theirs where none is typed.
        """
        register = self.register(kind)
        values = {**self._understood(register, text), **self._typed(register.shape, fields)}
        self._ask(register, values)
        place = self._context.store.get(Meeting, meeting) if meeting else None
        if place and place.customer and register.customer and not values.get(register.customer):
            values |= self._typed(register.shape, {register.customer: place.customer})
        section = section or (current_section(place).title if place else "")
        now = max(self._context.clock(), place.last) if place else self._context.clock()
        look = Look(now, self._context.settings)
        origin = {"meeting": meeting, "section": section, "agenda": agenda or (place.agenda if place else "")}
        with self._context.work(
            f"Add {_short(self._name(register, values))}", meeting=meeting, section=section
        ) as work:
            made = {"created": now, "created_by": self._context.by, **origin, **handled(register, values, work)}
            check_links(work, register.shape, made)
            kept = filling.made(register, made, look)
            refuse_among(work, register, kept)
            kept = work.add(kept)
            write_beside(work, None, kept, look, self._context.by)
            return kept

    def _ask(self, register: Register | None, values: Mapping[str, Any]) -> None:
        if not self._past_ok:
            refuse_past(register, values, self.look())

    def _understood(self, register: Register, text: str, verb: Verb | None = None) -> Mapping[str, Any]:
        """Raises Invalid for what cannot be read."""
        entry = parse(text, slots_of(register, verb), self.directories(), self.look())
        if entry.problems:
            raise Invalid(entry.problems[0], " ".join(entry.problems[1:]))
        if not self._past_ok:
            refuse_asked(entry)
        return entry.values

    def _typed(self, shape: type[Record], fields: Mapping[str, Any]) -> dict[str, Any]:
        """Fields by their names, words in them read. Raises Invalid, naming what there is."""
        look, directories, typed = self.look(), self.directories(), {}
        for word, value in fields.items():
            name = field(shape, word)
            typed[name] = value_of(shape, name, value, directories, look) if isinstance(value, str) else value
        return typed

    def _name(self, register: Register, values: Mapping[str, Any]) -> str:
        return str(values.get(register.text) or values.get(register.owner) or register.one)

    # changing

    def set(
        self, ids: Sequence[str], values: Mapping[str, Any], *, seen: Seen = None, meeting: str = "", section: str = ""
    ) -> tuple[Record, ...]:
        """These fields of all of these records, words as people type them; also of actions, people and customers.

        Raises Invalid for a field that only verbs set, with their names.
        """
        chosen = [(id, shape_at(id)) for id in dict.fromkeys(ids)]
        for id, shape in chosen:
            refuse(id, shape, values)
        typed = {shape: self._typed(shape, values) for _, shape in chosen}
        for shape, each in typed.items():
            self._ask(register_of(shape), each)
        steps = {shape: self._setting(shape, each) for shape, each in typed.items()}
        called = ", ".join(title_of(shape, name) for shape, each in list(typed.items())[:1] for name in each)
        with self._work(f"Set {called} of {several(ids)}", meeting, section) as work:
            for shape, each in typed.items():
                check_links(work, shape, each)
            return tuple(self._put(work, id, shape, steps[shape], seen) for id, shape in chosen)

    def _setting(self, shape: type[Record], values: Mapping[str, Any]) -> Callable[[Any], Any]:
        register = register_of(shape)
        if register is None:
            return partial(byhand.changed, values=values, look=self.look())
        return partial(filling.changed, register=register, values=values, look=self.look())

    def act(
        self, ids: Sequence[str], verb: str, words: str = "", *, seen: Seen = None, meeting: str = "", section: str = ""
    ) -> tuple[Registered, ...]:
        """One verb for all of these records; `words`: what it asks for, typed in one line."""
        chosen = {id: register_at(id) for id in ids}
        verbs = {id: (each, verb_called(each, verb)) for id, each in chosen.items()}
        return self.step(verbs, words, seen, meeting, section)

    def step(
        self, verbs: Mapping[str, tuple[Register, Verb]], words: str, seen: Seen, meeting: str, section: str
    ) -> tuple[Registered, ...]:
        """Of each record (its id) its own verb, all of them in one transaction."""
        said = {id: self._understood(register, words, verb) for id, (register, verb) in verbs.items()}
        for id, (register, _) in verbs.items():
            self._ask(register, said[id])
        label = next((verb.label for _, verb in verbs.values()), "Nothing")
        look, by = self.look(), self._context.by
        with self._work(f"{label}: {several(list(verbs))}", meeting, section) as work:
            for id, (register, _) in verbs.items():
                check_links(work, register.shape, said[id])
            return tuple(
                self._put(work, id, register.shape, partial(step, verb=verb, look=look, by=by, values=said[id]), seen)
                for id, (register, verb) in verbs.items()
            )

    def _work(self, command: str, meeting: str, section: str) -> AbstractContextManager[Work]:
        if meeting and not section:
            section = current_section(self._context.store.get(Meeting, meeting)).title
        return self._context.work(command, meeting=meeting, section=section)

    def _put(self, work: Work, id: str, shape: type[Any], step: Callable[[Any], Any], seen: Seen) -> Any:
        before = _as_seen(seen, id)
        found = earlier.now(work, shape, id, before)
        kept = earlier.put(work, self._context.store, found, step, before)
        told = wrong(kept) if isinstance(kept, Registered) else ""
        if told:
            raise Invalid(f"{id} has changed since: {told}", "Look at it as it is now, then decide.")
        register = register_of(shape)
        if register is not None:
            refuse_among(work, register, kept, found)
        if not self._past_ok:
            refuse_doubtful(found, kept, self.look(), self.directories()["people"])
        write_beside(work, found, kept, self.look(), self._context.by)
        return kept


def several(ids: Sequence[str]) -> str:
    return ", ".join(ids) if len(ids) <= NAMED_AT_MOST else f"{len(ids)} records"


def _as_seen(seen: Seen, id: str) -> Any:
    if seen is None or isinstance(seen, Record):
        return seen if seen is not None and seen.id == id else None
    return next((each for each in seen if each.id == id), None)


def _short(title: str) -> str:
    return title if len(title) <= TITLE_SHOWN else f"{title[: TITLE_SHOWN - 1].rstrip()}…"
