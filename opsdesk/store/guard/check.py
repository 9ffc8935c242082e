"""Looks through a desk's files without changing a byte of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from opsdesk.core.guard import Finding, Told, silent

if TYPE_CHECKING:
    from pathlib import Path


def check(folder: Path, told: Told = silent) -> tuple[Finding, ...]:
    """Everything that is not as it should be, the gravest last."""
    return ()
