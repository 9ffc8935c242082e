"""How a record of a register moves from one state to the next, by its verbs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from itertools import pairwise
from typing import Any, TypeVar

from msgspec.structs import replace

from opsdesk.core.declared import bare, declared, initial, is_text, naming, title_of
from opsdesk.core.errors import Invalid
from opsdesk.core.register import Look, Owes, Register, Registered, Verb

S = TypeVar("S", bound=Registered)
SIGNS = {"people": "a person, typed as @handle", "customers": "a customer, typed as #handle"}


def step(record: S, verb: Verb, look: Look, by: str, values: Mapping[str, Any] | None = None) -> S:
    """The record after the verb; `values`: what was typed for the fields that it asks for, `by`: a handle.

    Raises Invalid where the verb is not for the state that the record is in, lacks a value or is given one that it
    does not ask for, and where the record would be what it cannot be.
    """
    said = values or {}
    _refuse(refused(record, verb))
    _refuse(_unfit(record, verb, said))
    owed = owes(record, verb, look)
    if owed is not None and not said.get(owed.field):
        raise Invalid(f"{_called(record)}: {owed.why}", f'As in opsdesk do {record.id} {verb.id} "{owed.likely}".')
    after = replace(record, **_laid(record, verb, said))
    for name in sorted(verb.stamps, key=lambda name: _place(record, name)):
        if after[name] is None:
            after = replace(after, **{name: _stamp(after, name, look)})
    if verb.then is not None:
        after = verb.then(record, after, look, by)
    _refuse(early(after, tuple(name for name in (*verb.stamps, *after.in_order) if name in said), look) or wrong(after))
    return after


def refused(record: Registered, verb: Verb) -> str:
    """Why the verb is not for this record as it is now; empty where it is."""
    state = getattr(record, "state", "")
    if verb.to and verb.to == state and not verb.asks:
        return f"{_called(record)} is {state} already."
    if verb.frm and state not in verb.frm:
        return f"{_called(record)} is {state}: {verb.id} is for what is {_either(verb.frm)}."
    if verb.to or verb.asks:
        return ""
    names = [title_of(type(record), name) for name in verb.stamps if record[name] is None]
    filled = any(record[name] for name in verb.clears)
    return "" if names or filled else f"{_called(record)} is so already: {verb.id} changes nothing."


def owes(record: Registered, verb: Verb, look: Look) -> Owes | None:
    """What has to be said with the verb just now, though else it may be left out."""
    return verb.owes(record, look) if verb.owes is not None else None


def past(register: Register, values: Mapping[str, Any], look: Look) -> str:
    """Says that a day which lies ahead as a rule is past; empty where none is."""
    gone = (name for name in register.ahead if _is_day(values.get(name)) and values[name] < look.today)
    return next((f"{title_of(register.shape, name)} {values[name]} is past." for name in gone), "")


def possible(register: Register, record: Registered) -> tuple[Verb, ...]:
    """The verbs that are for this record as it is now."""
    return tuple(verb for verb in register.verbs if not refused(record, verb))


def verb_at(register: Register, record: Registered, key: str) -> Verb | None:
    """What this key does to the record now; of several verbs on one key the first that is possible."""
    return next((verb for verb in possible(register, record) if verb.key == key), None)


def wrong(record: Registered) -> str:
    """What cannot be true in a record of a register, as a sentence; empty where all can."""
    return next(_wrongs(record), "") or record.wrong()


def early(record: Registered, names: tuple[str, ...], look: Look) -> str:
    """Says that an instant which tells what has happened lies ahead; empty where none does."""
    for name in names:
        value = record[name]
        if (isinstance(value, datetime) and value > look.now) or (_is_day(value) and value > look.today):
            return f"{title_of(type(record), name)} lies in the future: it says what has happened."
    return ""


def happened(register: Register) -> tuple[str, ...]:
    """The fields that tell when something has happened."""
    return tuple(dict.fromkeys([*register.shape.in_order, *(name for verb in register.verbs for name in verb.stamps)]))


def _wrongs(record: Registered) -> Iterator[str]:
    shape, state = type(record), getattr(record, "state", "")
    for name in record.states.get(state, ()):
        if record[name] is None:
            yield f"It is {state}, and nobody says when: {title_of(shape, name)} is missing."
    for name in () if not record.live else _of_closed(shape):
        if record[name] is not None:
            yield f"{title_of(shape, name)} is only known of what is {_either(shape.closed)}: it is {state}."
    known = [name for name in shape.in_order if record[name] is not None]
    for first, second in pairwise(known):
        if record[second] < record[first]:
            earlier, later = title_of(shape, first), title_of(shape, second)
            yield f"{later} lies before {earlier}: say a later time, or set {earlier} to an earlier one first."


def _of_closed(shape: type[Registered]) -> list[str]:
    """Instants that only a settled record has."""
    of_open = {name for state, names in shape.states.items() if state not in shape.closed for name in names}
    return [name for state in shape.closed for name in shape.states[state] if name not in of_open]


def _laid(record: Registered, verb: Verb, said: Mapping[str, Any]) -> dict[str, Any]:
    laid = {name: initial(type(record))[name] for name in verb.clears}
    if verb.to:
        laid |= {"state": verb.to, "why": ""}
    return {**laid, **said}


def _unfit(record: Registered, verb: Verb, said: Mapping[str, Any]) -> str:
    shape = type(record)
    unasked = next((name for name in said if name not in verb.asks), "")
    if unasked:
        asks = ", ".join(title_of(shape, name) for name in verb.asks)
        return f"{verb.label} takes no {title_of(shape, unasked)}" + (f": it takes {asks}." if asks else ".")
    lacking = next((name for name in verb.needs if not said.get(name)), "")
    return f"{_called(record)}: {verb.id} needs {wanted(shape, lacking)}, in the same line." if lacking else ""


def wanted(shape: type[Registered], name: str) -> str:
    """What a field takes and how it is typed, as in "a date such as fri"."""
    from msgspec.inspect import DateType

    named = naming(shape).get(name)
    if named in SIGNS:
        return SIGNS[named]
    if is_instant(shape, name):
        return "a time such as fri 22:00"
    if isinstance(bare(declared(shape)[name]), DateType):
        return "a date such as fri"
    title = title_of(shape, name).lower()
    return f"its {title} in a few words" if is_text(declared(shape)[name]) else f"its {title} as {name}:…"


def _stamp(record: Registered, name: str, look: Look) -> datetime | date:
    """Now; never before what stands ahead of it or after what follows it, as when a clock was put back."""
    if not is_instant(type(record), name):
        return look.today
    place = _place(record, name)
    before = [record[each] for each in record.in_order[:place] if record[each] is not None]
    after = [record[each] for each in record.in_order[place + 1 :] if record[each] is not None]
    stamp: datetime = min([max([look.now, *before]), *after])
    return stamp


def _place(record: Registered, name: str) -> int:
    return record.in_order.index(name) if name in record.in_order else len(record.in_order)


def is_instant(shape: type[Registered], name: str) -> bool:
    from msgspec.inspect import DateTimeType

    return isinstance(bare(declared(shape)[name]), DateTimeType)


def _is_day(value: object) -> bool:
    return isinstance(value, date) and not isinstance(value, datetime)


def _refuse(words: str) -> None:
    if words:
        raise Invalid(words)


def _called(record: Registered) -> str:
    return record.id or "It"


def _either(states: tuple[str, ...]) -> str:
    return " or ".join(filter(None, [", ".join(states[:-1]), states[-1]]))
