"""Priorities: the ranked list of this section, and what keeps coming back and was not finished."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from opsdesk.boards.lay import Found, Table, own_items
from opsdesk.core.actions import Action
from opsdesk.core.ranking import ranking


def find(table: Table) -> Iterable[Found]:
    """Open actions that a meeting has listed again, those that somebody must choose about among them."""
    return [table.action(action) for action in table.reader.live(Action) if action.relisted]


def by_rank(table: Table, ordered: Sequence[Found]) -> list[Found]:
    """The items of the section as they are ranked, each with its place; below them what nobody has ranked."""
    section = [item for item in own_items(table) if item.section == table.scene.section]
    places = {item.id: place for place, item in enumerate(ranking(section), 1)}
    ranked = sorted((each for each in ordered if each.line.id in places), key=lambda each: places[each.line.id])
    others = [each for each in ordered if each.line.id not in places]
    return [*(_numbered(each, places[each.line.id]) for each in ranked), *others]


def _numbered(found: Found, place: int) -> Found:
    return msgspec.structs.replace(found, line=msgspec.structs.replace(found.line, text=f"{place}. {found.line.text}"))
