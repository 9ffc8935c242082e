"""Priorities in order: the rank of an agenda item among those of its section."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec.structs import replace

from opsdesk.core.entries import Item


def ranking(items: Iterable[Item]) -> list[Item]:
    """The first priority first; those that nobody has ranked last, as they came."""
    return sorted(items, key=lambda item: (not item.rank, item.rank, item.opened, int(item.id.rpartition("-")[2] or 0)))


def placed(items: Iterable[Item], id: str, place: int) -> list[Item]:
    """All of them in their new order, the one with this id at `place` (from 1; past an end means that end), each with
    its rank.
    """
    ordered = ranking(items)
    moved = next(item for item in ordered if item.id == id)
    others = [item for item in ordered if item is not moved]
    at = min(max(place, 1), len(ordered)) - 1
    return [
        item if item.rank == rank else replace(item, rank=rank)
        for rank, item in enumerate([*others[:at], moved, *others[at:]], 1)
    ]
