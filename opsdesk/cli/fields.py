"""Which kind is meant, and the columns of a list of it."""

from __future__ import annotations

from opsdesk.core import kinds
from opsdesk.core.declared import title_of, titles
from opsdesk.core.errors import NotFound
from opsdesk.core.kinds import KINDS, OWN
from opsdesk.core.record import Record

# Kinds whose fields carry no titles: these columns tell them apart.
CHOSEN = {
    "meetings": {
        "scheduled": "When",
        "title": "Meeting",
        "number": "No",
        "customer": "Customer",
        "state": "State",
        "chair": "Chair",
        "why": "Why",
    },
    "minutes": {"frozen": "Frozen", "agenda": "Agenda", "meeting": "Meeting", "version": "Version"},
    "series": {"agenda": "Agenda", "on": "On", "anchor": "From", "customer": "Customer", "at": "At", "rule": "Rule"},
    "moved": {
        "agenda": "Agenda",
        "customer": "Customer",
        "what": "What",
        "planned": "Planned",
        "to": "Moved to",
        "why": "Why",
    },
    "notes": {"meeting": "Meeting", "section": "Section", "text": "Note"},
    "decisions": {"meeting": "Meeting", "text": "Decision", "supersedes": "Supersedes"},
    "items": {"agenda": "Agenda", "section": "Section", "text": "Item", "state": "State", "relisted": "Re-listed"},
    "flag-reviews": {
        "meeting": "Meeting",
        "customer": "Customer",
        "measure": "Measure",
        "level": "Level",
        "outcome": "Outcome",
        "plan": "Plan by",
        "why": "Why",
    },
    "scores": {"customer": "Customer", "measure": "Measure", "level": "Level", "at": "Said", "comment": "Why"},
}

ON_CALL = ("on-call", "oncall", "duty", "rota")

CALLED = {
    "actions": "an action",
    "customers": "a customer",
    "decisions": "a decision",
    "flag-reviews": "a review of a flag",
    "items": "an agenda item",
    "meetings": "a meeting",
    "minutes": "the minutes of a meeting",
    "moved": "a meeting skipped or moved",
    "notes": "a note",
    "people": "a person",
    "scores": "a flag",
    "series": "a series of meetings",
}


def called(shape: type[Record]) -> str:
    """What one record of the kind is: "an action"."""
    if shape.kind in CALLED:
        return CALLED[shape.kind]
    from opsdesk.core.registers import registers

    one = registers()[shape.kind].one
    return f"{'an' if one[0] in 'aeiou' else 'a'} {one}"


def shape_named(word: str) -> type[Record]:
    """The kind of record called so, in the singular too. Raises NotFound."""
    wanted = word.lower().replace(" ", "-").replace("_", "-")
    for shape in OWN:
        if wanted in (shape.kind, shape.kind.removesuffix("s"), shape.__name__.lower()):
            return shape
    from opsdesk.core.registers import registers

    for kind, register in registers().items():
        names = {kind, kind.removesuffix("s"), register.one.replace(" ", "-"), register.title.lower().replace(" ", "-")}
        if wanted in names | {register.shape.__name__.lower()}:
            return register.shape
    if wanted in ON_CALL:
        raise NotFound(f"There is no kind of record called {word!r}.", "opsdesk list absences shows who is on call.")
    raise NotFound(f"There is no kind of record called {word!r}.", f"There are {', '.join(s.kind for s in KINDS)}.")


def kind_named(word: str) -> type[Record]:
    """As shape_named, for what is typed after a verb. Raises click's usage error."""
    from click import UsageError

    try:
        return shape_named(word)
    except NotFound as error:
        raise UsageError(str(error)) from error


def shape_of(id: str) -> type[Record]:
    """The kind of record an id such as "A-12" belongs to. Raises NotFound."""
    number = id.partition("-")[2]
    shape = kinds.shape_of(id.upper())
    if shape is not None and number.isdigit():
        return shape
    known = ", ".join(f"{s.prefix}-1 ({s.__name__.lower()})" for s in OWN[:4])
    raise NotFound(f"{id!r} is not the id of a record.", f"Ids are written {known} and so on.")


def columns(shape: type[Record]) -> dict[str, str]:
    """Field → header of a list of such records."""
    return {"id": "Id", **(CHOSEN.get(shape.kind) or _of_register(shape) or titles(shape))}


def _of_register(shape: type[Record]) -> dict[str, str]:
    if shape in OWN:
        return {}
    from opsdesk.core.registers import register_of

    register = register_of(shape)
    return {name: title_of(shape, name) for name in register.columns} if register else {}
