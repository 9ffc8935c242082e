"""What was escalated stays on the table it was escalated from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import msgspec

from opsdesk.boards.found import Found
from opsdesk.boards.table import Scene
from opsdesk.core.actions import Action
from opsdesk.core.entries import Item


def escalated_of(items: Iterable[Item]) -> dict[str, str]:
    """What was escalated by an item of its own, which another meeting takes up: the id of the record → of the item."""
    about = (item for item in items if item.escalated and item.ref and not item.parked_in)
    return {item.ref: item.id for item in about if not item.ref.startswith(f"{Action.prefix}-")}


def told_of(scene: Scene, shown: Sequence[Found], escalated: Mapping[str, str]) -> list[Found]:
    """What was escalated keeps its line and its weight, and says so, instead of its item."""
    here = {each.line.id for each in shown}
    beside = [each for each in shown if each.about not in escalated or each.about not in here]
    return [_as_escalated(scene, each, escalated.get(each.line.id, "")) for each in beside]


def _as_escalated(scene: Scene, found: Found, item: str) -> Found:
    if not item or scene.audience == "customer":
        return found
    said, line = f"escalated as {item}", found.line
    brief = f"{said} · {line.brief or line.reason}"
    told = msgspec.structs.replace(line, reason=f"{line.reason}, {said}", brief=brief)
    return msgspec.structs.replace(found, line=told)
