"""Finding a record by any part of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from opsdesk.core.actions import Action
from opsdesk.core.customers import Customer
from opsdesk.core.entries import Decision, Item, Note
from opsdesk.core.meeting import Meeting
from opsdesk.core.people import Person
from opsdesk.core.ports import Reader
from opsdesk.core.record import R

MOST = 200


class Hit(msgspec.Struct, frozen=True):
    """One record found: its id, what it says, and what it is."""

    id: str
    text: str
    about: str
    customer: str = ""


def find(reader: Reader, words: str, *, only_customer: str = "") -> list[Hit]:
    """At most 200 records whose text holds every word, customers and people first, then open work, then the record.

    With `only_customer` (a handle) nothing that is not that customer's is found.
    """
    wanted = words.lower().split()
    if not wanted:
        return []
    hits: list[Hit] = []
    for hit in _everything(reader):
        if all(word in f"{hit.id} {hit.text} {hit.about}".lower() for word in wanted):
            hits.append(hit)
        if len(hits) >= MOST:
            break
    return [hit for hit in hits if not only_customer or hit.customer == only_customer]


def _everything(reader: Reader) -> Iterator[Hit]:
    for customer in reader.all(Customer):
        yield Hit(customer.id, customer.name, f"customer #{customer.handle}", customer.handle)
    for person in reader.all(Person):
        yield Hit(person.id, person.name, f"{person.department} @{person.handle}".strip())
    for action in _newest(reader.live(Action)):
        yield _action(action)
    for item in _newest(reader.live(Item)):
        yield Hit(item.id, item.text, f"agenda item · {item.section}", item.customer)
    for decision in _newest(reader.all(Decision)):
        yield Hit(decision.id, decision.text, f"decision {decision.at:%Y-%m-%d}")
    for action in _newest(reader.where(Action, lambda a: not a.live)):
        yield _action(action)
    for note in _newest(reader.all(Note)):
        yield Hit(note.id, note.text, f"note {note.at:%Y-%m-%d}")
    for meeting in _newest(reader.all(Meeting)):
        yield Hit(
            meeting.id, f"{meeting.title} #{meeting.number}", f"meeting {meeting.scheduled:%Y-%m-%d}", meeting.customer
        )


def _action(action: Action) -> Hit:
    about = " ".join(word for word in (action.state, f"@{action.owner}", f"#{action.customer}") if len(word) > 1)
    return Hit(action.id, action.title, about, action.customer)


def _newest(found: Sequence[R]) -> Iterator[R]:
    return reversed(found)
