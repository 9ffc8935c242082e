"""Reasons that a verb needs, and how they are given on the command line."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from opsdesk.core.errors import Invalid


@contextmanager
def reasoned(why: str) -> Iterator[None]:
    """Where a reason is asked for and there is none, the option that gives it is named. Raises Invalid."""
    try:
        yield
    except Invalid as error:
        if why.strip() or not error.hint.startswith("Say why"):
            raise
        raise Invalid(error.message, "Say why in a few words: --why 'the supplier is late'.") from error
