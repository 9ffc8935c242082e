"""Text from people: data everywhere, never a command to a terminal."""

from __future__ import annotations

import re
from typing import Any

# C0 and C1 controls, marks that turn or isolate the direction of text, and the line and paragraph separators.
# Compiled when first used: most text is plain, and a verb that meets none starts faster.
_SPACES = "[\t\n\v\f\r\x1c-\x1f\x85\u2028\u2029]+"
_REMOVED = "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb]"
_SURROGATES = "[\ud800-\udfff]"


def clean(text: str) -> str:
    """One line of text without control and direction characters; idempotent."""
    if text.isascii() and text.isprintable():
        return text.strip()
    spaced = re.sub(_SPACES, " ", text)
    return re.sub(_SURROGATES, "\ufffd", re.sub(_REMOVED, "", spaced)).strip()


def cleaned(value: Any) -> Any:
    """The same JSON-like value with every text in it cleaned."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, dict):
        return {name: cleaned(each) if each else each for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [cleaned(each) for each in value]
    return value
