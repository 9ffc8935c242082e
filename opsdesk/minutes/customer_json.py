"""The customer page as JSON: the whole value, nothing left out, its fields in the order they are declared."""

from __future__ import annotations

from msgspec import json

from opsdesk.core.customerpage import CustomerPage


def as_json(page: CustomerPage) -> str:
    return json.format(json.encode(page), indent=2).decode() + "\n"
