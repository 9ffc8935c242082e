"""Everything a desk holds, as one JSON document: same desk, same bytes."""

from __future__ import annotations

from typing import Any

from msgspec import json, to_builtins

from opsdesk.core.kinds import KINDS
from opsdesk.core.ports import Reader
from opsdesk.core.settings import Settings

FORMAT = 1


def whole(reader: Reader, settings: Settings) -> dict[str, Any]:
    """{"opsdesk": format, "settings": {…}, "records": {kind: [record, …]}}; kinds by name, records by number."""
    kinds = sorted(KINDS, key=lambda shape: shape.kind)
    return {
        "opsdesk": FORMAT,
        "settings": to_builtins(settings, str_keys=True),
        "records": {shape.kind: list(reader.all(shape)) for shape in kinds},
    }


def encoded(reader: Reader, settings: Settings) -> bytes:
    """The same as indented UTF-8 JSON, ending with a line feed."""
    return json.format(json.encode(whole(reader, settings)), indent=2) + b"\n"
