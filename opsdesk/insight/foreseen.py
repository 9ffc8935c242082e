"""What one record runs into, on whichever side of a conflict it stands; also while it is only being typed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta
from typing import TypeVar

from msgspec.structs import replace

from opsdesk.core.people import Person
from opsdesk.core.ports import Reader
from opsdesk.core.register import Look, Registered
from opsdesk.core.registers.absences import Absence
from opsdesk.core.registers.components import Component
from opsdesk.core.registers.deliveries import Delivery
from opsdesk.core.registers.environments import Environment
from opsdesk.core.registers.incidents import Incident
from opsdesk.core.registers.maintenance import Maintenance
from opsdesk.core.registers.releases import Release
from opsdesk.core.spans import days, named
from opsdesk.insight.clashes import Around, of_delivery, of_environment, of_window
from opsdesk.insight.cover import on_call

S = TypeVar("S", bound=Registered)
CONFLICTING = (Maintenance, Incident, Absence, Release, Environment, Delivery)
"""What can have a conflict."""

AHEAD = timedelta(days=366)
"""Nobody is asked to stand in for a day further ahead."""

TYPED = "new"
"""The id of a record that is not kept yet."""


def around(reader: Reader, look: Look, windows: Sequence[Maintenance]) -> Around:
    """Everything that these windows can run into, as it is now."""
    return Around(
        look=look,
        windows=windows,
        incidents=reader.live(Incident),
        absences=[each for each in reader.live(Absence) if each.ends is None or each.ends >= look.today],
        releases=reader.live(Release),
        components=reader.live(Component),
        names={person.handle: person.name for person in reader.live(Person)},
    )


def foreseen(record: Registered, reader: Reader, look: Look) -> tuple[str, ...]:
    """Its conflicts in words, each naming the other side; of a kind that has none, nothing."""
    if not isinstance(record, CONFLICTING):
        return ()
    known = record if record.id else replace(record, id=TYPED)
    return tuple(dict.fromkeys(_reasons(known, reader, look)))


def facing(window: Maintenance) -> str:
    """A conflict as whatever the window runs into is told of it."""
    return f"conflicts with {window.id} {window.title}"


def _reasons(record: Registered, reader: Reader, look: Look) -> Iterator[str]:
    match record:
        case Environment():
            known = Around(look=look, names={person.handle: person.name for person in reader.live(Person)})
            yield from (clash.reason for clash in of_environment(record, known))
        case Delivery():
            yield from (clash.reason for clash in of_delivery(record, Around(look=look)))
        case Maintenance():
            windows = _with(reader.live(Maintenance), record)
            yield from (clash.reason for clash in of_window(record, around(reader, look, windows)))
        case _:
            if isinstance(record, Absence):
                yield from _duty(record, reader, look)
            yield from _hit(record, around(reader, look, reader.live(Maintenance)))


def _duty(absence: Absence, reader: Reader, look: Look) -> Iterator[str]:
    """The days on which the duty is left to nobody by it."""
    if absence.what != "away" or absence.starts is None or absence.ends is None:
        return
    others = [each for each in reader.live(Absence) if each.id != absence.id]
    first, last = max(absence.starts, look.today), min(absence.ends, look.today + AHEAD)
    ahead = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    bare = [day for day in ahead if on_call(day, others) and not on_call(day, [*others, absence])]
    if bare:
        more = f" and {days(len(bare) - 1)} more" if len(bare) > 1 else ""
        yield f"on call {named(bare[0], look.today)}{more}, and nobody else is"


def _hit(record: Registered, found: Around) -> Iterator[str]:
    """The windows that run into it."""
    beside = _beside(record, found)
    for window in found.windows:
        if any(record.id in clash.others for clash in of_window(window, beside)):
            yield facing(window)


def _beside(record: Registered, found: Around) -> Around:
    match record:
        case Incident():
            return replace(found, incidents=_with(found.incidents, record))
        case Absence():
            return replace(found, absences=_with(found.absences, record))
        case Release():
            return replace(found, releases=_with(found.releases, record))
    return found


def _with(records: Iterable[S], record: S) -> list[S]:
    """The record as it is at hand among the others."""
    return [*(each for each in records if each.id != record.id), record]
