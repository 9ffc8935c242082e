"""Finding a record by any part of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from opsdesk.core.actions import Action
from opsdesk.core.audience import Before
from opsdesk.core.customers import Customer
from opsdesk.core.entries import Decision, Item, Note
from opsdesk.core.meeting import Meeting
from opsdesk.core.people import Person
from opsdesk.core.ports import Reader
from opsdesk.core.record import R, Record
from opsdesk.core.register import Register, Registered
from opsdesk.core.registers import registers
from opsdesk.insight.fields import called
from opsdesk.insight.others import Others
from opsdesk.insight.shown import may_show, reduced

MOST = 200
WHOLE, START, ANYWHERE = range(3)
EDGES = str.maketrans(dict.fromkeys("@#/.,;:!?()[]\"'“”„’-_", " "))


class Hit(msgspec.Struct, frozen=True, kw_only=True):
    """One record found: what it says, what it is, and by which words beside its id and its text it is found."""

    record: Record
    text: str
    about: str
    also: str = ""

    @property
    def id(self) -> str:
        return self.record.id

    @property
    def is_named(self) -> bool:
        return isinstance(self.record, Customer | Person)

    @property
    def searched(self) -> str:
        return f"{self.id} {self.text} {self.also}".lower()


def find(reader: Reader, words: str, room: Before) -> list[Hit]:
    """At most 200 records that hold every word and that those in the room may see.

    Names first, then whole words, starts of words, and any part of one; among equals customers, people, open work.
    """
    wanted = words.lower().split()
    if not wanted:
        return []
    told = _everything(reader, room) if room.audience != "customer" else _openly(reader, room)
    hits = [hit for hit in told if all(word in hit.searched for word in wanted)]
    hits = [hit for hit in hits if may_show(hit.record, room, reader)]
    return sorted(hits, key=lambda hit: _place(hit, wanted))[:MOST]


def _openly(reader: Reader, room: Before) -> Iterator[Hit]:
    """What that customer may see; what tells of another one neither shows its words nor is found by them."""
    others = Others(reader, room.customer)
    for hit in _everything(reader, room):
        if may_show(hit.record, room, reader):
            yield msgspec.structs.replace(hit, text=called(type(hit.record))) if others.named_in(hit.text) else hit


def _place(hit: Hit, wanted: Sequence[str]) -> tuple[int, int]:
    whole = [hit.id.lower(), *hit.searched.split()]
    parts = [*whole, *hit.searched.translate(EDGES).split()]
    far = max(_distance(word, parts) for word in wanted)
    if hit.is_named:
        return (0, far) if far < ANYWHERE else (ANYWHERE + 1, 0)
    return far + 1, 1


def _distance(word: str, parts: Sequence[str]) -> int:
    if word in parts:
        return WHOLE
    return START if any(part.startswith(word) for part in parts) else ANYWHERE


def _everything(reader: Reader, room: Before) -> Iterator[Hit]:
    names = {person.handle: person.name for person in reader.all(Person)} if room.audience == "team" else {}
    for customer in reader.all(Customer):
        yield Hit(record=customer, text=customer.name, about=f"customer #{customer.handle}", also=f"#{customer.handle}")
    for person in reader.all(Person):
        about = f"{person.department} @{person.handle}".strip()
        yield Hit(record=person, text=person.name, about=about, also=f"@{person.handle}")
    for action in _newest(reader.live(Action)):
        yield _action(action, names)
    for item in _newest(reader.live(Item)):
        yield Hit(record=item, text=item.text, about=f"agenda item · {item.section}")
    for register in registers().values():
        yield from (_registered(register, record, names, room) for record in _newest(reader.live(register.shape)))
    yield from _past(reader, names, room)


def _past(reader: Reader, names: dict[str, str], room: Before) -> Iterator[Hit]:
    for decision in _newest(reader.all(Decision)):
        yield Hit(record=decision, text=decision.text, about=f"decision {decision.at:%Y-%m-%d}")
    for action in _newest(reader.where(Action, lambda a: not a.live)):
        yield _action(action, names)
    for register in registers().values():
        closed = reader.where(register.shape, lambda record: not record.live)
        yield from (_registered(register, record, names, room) for record in _newest(closed))
    for note in _newest(reader.all(Note)):
        yield Hit(record=note, text=note.text, about=f"note {note.at:%Y-%m-%d}")
    for meeting in _newest(reader.all(Meeting)):
        about = f"meeting {meeting.scheduled:%Y-%m-%d}"
        yield Hit(record=meeting, text=f"{meeting.title} #{meeting.number}", about=about, also=f"#{meeting.customer}")


def _registered(register: Register, record: Registered, names: dict[str, str], room: Before) -> Hit:
    """As _action: by its text, its state, whose it is, and which customers it concerns."""
    record = reduced(record, room)
    owner = str(record[register.owner]) if register.owner else ""
    named = f"@{owner}" if owner in names else ""
    customers = record[register.customer] if register.customer else ()
    signs = " ".join(f"#{each}" for each in (customers if isinstance(customers, tuple) else (customers,)) if each)
    handle = str(record["handle"]) if "handle" in record else ""
    about = " ".join(filter(None, [register.one, getattr(record, "state", ""), named]))
    also = " ".join(filter(None, [about, names.get(owner, ""), signs, handle]))
    return Hit(
        record=record, text=register.text_of(record, lambda handle: names.get(handle, handle)), about=about, also=also
    )


def _action(action: Action, names: dict[str, str]) -> Hit:
    """Its owner is named and searched only where `names` has them: among the team."""
    owner = f"@{action.owner}" if action.owner in names else ""
    customer = f"#{action.customer}" if action.customer else ""
    about = " ".join(word for word in (action.state, owner, customer) if word)
    also = " ".join((owner, names.get(action.owner, ""), customer))
    return Hit(record=action, text=action.title, about=about, also=also)


def _newest(found: Sequence[R]) -> Iterator[R]:
    return reversed(found)
