"""What is wrong with the settings that somebody wrote, each mistake in one sentence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import msgspec

from opsdesk.core.rules import is_zone
from opsdesk.core.settings import SHEET_COLUMNS, Settings
from opsdesk.core.text import cleaned

if TYPE_CHECKING:
    from opsdesk.core.shape import Misfit

NAME = 40  # letters


def sentences(values: Mapping[str, Any]) -> Iterator[str]:
    """Each says where, what was found, and what is allowed."""
    for each in _mistakes(values):
        yield f"{_place(each.path, values)}: found {each.found}; allowed: {each.allowed}."


def _place(path: Sequence[str | int], values: Any) -> str:
    """Counted from 1, and named where it has a name, as in "measures 2 (Trust), weight"."""
    said = ""
    for step in path:
        values = values[step] if _has(values, step) else None
        if isinstance(step, str):
            said += f", {cleaned(step)}"
            continue
        name = values.get("name") if isinstance(values, dict) else None
        said += f" {step + 1} ({name[:NAME]})" if isinstance(name, str) and name else f" {step + 1}"
    return said.removeprefix(", ")


def _has(values: Any, step: str | int) -> bool:
    if isinstance(step, int):
        return isinstance(values, list) and step < len(values)
    return isinstance(values, dict) and step in values


def _mistakes(values: Mapping[str, Any]) -> list[Misfit]:
    from opsdesk.core.shape import misfits

    return [*misfits(values, msgspec.inspect.type_info(Settings)), *beyond_shape(values)]


def beyond_shape(values: Mapping[str, Any]) -> Iterator[Misfit]:
    """What no declared type says: a zone that exists, policies and measures told apart by their names."""
    zone = values.get("time_zone", "")
    if isinstance(zone, str) and zone and not is_zone(zone):
        yield _misfit(("time_zone",), zone, 'a time zone such as "Europe/Berlin"')
    yield from _named_twice(values, "sla", "policy")
    yield from _named_twice(values, "measures", "measure")
    yield from _named_as_columns(values)


def _named_twice(values: Mapping[str, Any], table: str, one: str) -> Iterator[Misfit]:
    rows = values.get(table, ())
    names = [str(each.get("name")) for each in rows if isinstance(each, dict)] if isinstance(rows, list) else []
    for place, name in enumerate(names):
        if name.casefold() in map(str.casefold, names[:place]):
            yield _misfit((table, place, "name"), name, f"a name that no {one} before it has")


def _named_as_columns(values: Mapping[str, Any]) -> Iterator[Misfit]:
    """The sheet has columns of its own beside the measures."""
    rows = values.get("measures", ())
    for place, each in enumerate(rows if isinstance(rows, list) else ()):
        name = each.get("name") if isinstance(each, dict) else None
        if isinstance(name, str) and name.strip().casefold() in SHEET_COLUMNS:
            allowed = f"another name than {', '.join(SHEET_COLUMNS)}, which are columns of the sheet already"
            yield _misfit(("measures", place, "name"), name, allowed)


def _misfit(path: tuple[str | int, ...], value: Any, allowed: str) -> Misfit:
    from opsdesk.core.shape import Misfit, shown

    return Misfit(path, shown(value), allowed)
