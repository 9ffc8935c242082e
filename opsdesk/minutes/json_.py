"""Minutes as JSON: the whole value, its fields in the order they are declared, times with their offset."""

from __future__ import annotations

from msgspec import json

from opsdesk.core.minutes import Minutes


def as_json(minutes: Minutes) -> str:
    return json.format(json.encode(minutes), indent=2).decode() + "\n"
