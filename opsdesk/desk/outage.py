"""What is looked up about an incident: which one is meant, who is named, how it stands, the draft of its review."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import TYPE_CHECKING

from opsdesk.core.errors import Invalid, NotFound
from opsdesk.core.names import Directory, fold
from opsdesk.core.people import Person
from opsdesk.core.registers.incidents import Incident
from opsdesk.core.registers.timeline import TimelineEntry
from opsdesk.core.settings import Settings
from opsdesk.desk.naming import shape_at

if TYPE_CHECKING:
    from opsdesk.core.ports import Reader
    from opsdesk.core.register import Look
    from opsdesk.core.review import Review
    from opsdesk.insight.standing import Standing


LATELY = timedelta(days=7)


def the_incident(read: Reader, id: str) -> Incident:
    """The one of this id; of "" the only open one. Raises NotFound, Invalid."""
    if id:
        shape = shape_at(id.upper())
        if shape is not Incident:
            raise Invalid(f"{id.upper()} is no incident.", "opsdesk list incidents shows which there are.")
        return read.get(Incident, id.upper())
    found = read.live(Incident)
    if len(found) == 1:
        return found[0]
    if not found:
        raise NotFound("No incident is open.", "Name one by its id: opsdesk list incidents shows which there are.")
    raise Invalid(f"{len(found)} incidents are open.", f"Say which: {', '.join(each.id for each in found)}.")


def the_last_incident(read: Reader, id: str, look: Look) -> Incident:
    """As the_incident; where none is open the one that was resolved last, if that was in the last days."""
    if id or read.live(Incident):
        return the_incident(read, id)
    over = [each for each in read.all(Incident) if each.resolved is not None and look.now - each.resolved <= LATELY]
    if not over:
        raise NotFound(
            f"No incident is open, and none was resolved in the last {LATELY.days} days.",
            "Name one by its id: opsdesk list incidents shows which there are.",
        )
    return max(over, key=lambda each: (each.resolved or look.now, each.id))


def departments_of(people: Iterable[Person], settings: Settings) -> dict[str, str]:
    """As folded → as written: those with somebody in them, and those that speak with customers."""
    named = {fold(each.department): each.department for each in people if each.department}
    return named | {fold(each): each for each in settings.speak_with_customers}


def audience_named(typed: str, people: Iterable[Person], settings: Settings, names: Directory) -> tuple[str, ...]:
    """Departments as they are written, and people by handle. Raises NotFound, Invalid."""
    departments = departments_of(people, settings)
    words = [word.strip() for word in typed.split(",") if word.strip()]
    if not words:
        raise Invalid("Say who was informed.", f"A department or a person: {', '.join(departments.values())}, @handle.")
    return tuple(dict.fromkeys(_one(word, departments, names) for word in words))


def _one(word: str, departments: dict[str, str], names: Directory) -> str:
    key = fold(word)
    people = names.find(word.removeprefix("@"))
    starting = [] if word.startswith("@") else [name for start, name in departments.items() if start.startswith(key)]
    exact = [departments[key]] if key in departments else [each for each in people if each == key]
    could = exact or [*starting, *people]
    if len(could) == 1:
        return could[0]
    known = ", ".join(could or departments.values())
    raise NotFound(f'"{word}" is {"more than one" if could else "no department or person"} here.', f"Known: {known}.")


def standing_of(read: Reader, incident: Incident, look: Look) -> Standing:
    from opsdesk.insight.standing import standing

    return standing(incident, _entries(read, incident), read.live(Person), look)


def review_of(read: Reader, incident: Incident, look: Look) -> Review:
    from opsdesk.insight.review import review

    return review(incident, _entries(read, incident), read, look)


def _entries(read: Reader, incident: Incident) -> tuple[TimelineEntry, ...]:
    return tuple(read.where(TimelineEntry, about=incident.id))
