"""What a repair leaves out, as it is kept beside the files as they were."""

from __future__ import annotations

import base64
from typing import NamedTuple

from msgspec import json


class Cut(NamedTuple):
    """What was left out: of which record or entry, where it was, why, and its bytes in base64."""

    what: str
    where: str
    why: str
    bytes: str


def in_base64(value: object) -> str:
    if value is None:
        return ""
    raw = value if isinstance(value, bytes) else json.encode(value, enc_hook=repr)
    return base64.b64encode(raw).decode()
