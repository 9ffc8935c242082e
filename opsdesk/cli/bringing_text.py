"""What becomes of the rows of a sheet, in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from opsdesk.core.text import clean

if TYPE_CHECKING:
    from opsdesk.desk.comparing import Becomes, Line

SHOWN = 40
WORDS: Mapping[Becomes, str] = {
    "added": "added",
    "changed": "changed",
    "alone": "left alone",
    "refused": "refused",
}


def counted(counts: Mapping[Becomes, int]) -> str:
    """As in "2 added, 1 changed, 95 left alone"."""
    parts = [f"{counts[each]:,} {word}" for each, word in WORDS.items() if counts.get(each)]
    return ", ".join(parts) or "no rows"


def told(line: Line) -> str:
    """As in "  line 3  A-12  due: 2026-11-20 → 2026-11-27"."""
    fields = [
        f"{name}: {_shown(new)}" if line.becomes == "added" else f"{name}: {_shown(old)} → {_shown(new)}"
        for name, old, new in line.fields
    ]
    return f"  line {line.line:,}  {line.id or 'new'}  {', '.join(fields)}"


def _shown(value: Any) -> str:
    if value in (None, "", [], {}):
        return "nothing"
    text = f"{len(value)} of them" if isinstance(value, list) else clean(str(value))
    return text if len(text) <= SHOWN else f"{text[: SHOWN - 1]}…"
