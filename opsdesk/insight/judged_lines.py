"""Overrides that were set, changed or lifted in a meeting, as lines of its minutes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from opsdesk.core.journal import Change
from opsdesk.core.minutes import ChangedLine
from opsdesk.core.register import Registered
from opsdesk.insight.minute_lines import Lines

KIND = "overrides"
SHAPES: Mapping[str, str] = {"red": "▲", "orange": "◆", "green": "●"}


def judged_line(change: Change, override: Registered, lines: Lines) -> ChangedLine:
    """As in "Globex judged ● green until 2026-12-04", and why: set, changed, or lifted."""
    judged: Any = override
    level = f"{SHAPES.get(judged.level, '')} {judged.level}"
    text = f"{lines.customer(judged.customer)} judged {level} until {judged.until}"
    return ChangedLine(id=change.id, text=text, what=_what(change, judged))


def _what(change: Change, judged: Any) -> str:
    state = (change.after or {}).get("state", "")
    if change.before is None and judged.live:
        return f"set: {judged.title}"
    if state == "lifted":
        return f"lifted: {judged.why}" if judged.why else "lifted"
    return "stands again" if state == "standing" else "changed"
