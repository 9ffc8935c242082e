"""So many records of a kind, in words."""

from __future__ import annotations

OWN = {
    "actions": ("action", "actions"),
    "customers": ("customer", "customers"),
    "decisions": ("decision", "decisions"),
    "items": ("agenda item", "agenda items"),
    "meetings": ("meeting", "meetings"),
    "minutes": ("set of minutes", "sets of minutes"),
    "moved": ("moved meeting", "moved meetings"),
    "notes": ("note", "notes"),
    "people": ("person", "people"),
    "scores": ("flag", "flags"),
    "series": ("series", "series"),
}


def counted(kind: str, many: int) -> str:
    """As in "1 person", "40 actions", "1,200 incidents"."""
    return f"{many:,} {called(kind, many)}"


def called(kind: str, many: int) -> str:
    """What one of the kind is called, or several."""
    one, several = OWN.get(kind) or _of_register(kind)
    return one if many == 1 else several


def _of_register(kind: str) -> tuple[str, str]:
    from opsdesk.core.registers import registers

    found = registers().get(kind)
    return (found.one, kind.replace("_", " ")) if found else (kind, kind)
